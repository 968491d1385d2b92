/** A scanner, and what it scans. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const checks = digits + '*~$=U';

/** A label of our own: prefix, eight signs of Crockford's base 32, check sign. */
export function label(prefix, n) {
  let body = '';
  for (let at = 0, rest = n; at < 8; at += 1, rest = Math.floor(rest / 32)) body = digits[rest % 32] + body;
  let rest = 0;
  for (const sign of body) rest = (rest * 32 + digits.indexOf(sign)) % 37;
  return prefix + body + checks[rest];
}

/** Resident number `n` of people who do not exist: area 990121, GB 11643. */
export function residentNumber(n) {
  const day = new Date(Date.UTC(1950, 0, 1 + (n % 20_000)));
  const birth = day.toISOString().slice(0, 10).replaceAll('-', '');
  const first = `990121${birth}${String(Math.floor(n / 20_000) + 500).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(first[at]), 0);
  return first + '10X98765432'[sum % 11];
}

/** As a scanner types: places of keys, faster than a hand, ending in Enter. */
export async function scan(page, text) {
  await page.evaluate((signs) => {
    const codeOf = (sign) => {
      if (sign === 'Enter') return 'Enter';
      if (/\d/.test(sign)) return `Digit${sign}`;
      return { '*': 'Digit8', '~': 'Backquote', $: 'Digit4', '=': 'Equal' }[sign] ?? `Key${sign}`;
    };
    // All made before the first is handled, as a scanner's keys are: their times are those of the keys, not of a busy page.
    const keys = [...signs, 'Enter'].map(
      (sign) =>
        new KeyboardEvent('keydown', {
          code: codeOf(sign),
          key: sign,
          shiftKey: '*~$'.includes(sign),
          bubbles: true,
          cancelable: true,
        }),
    );
    for (const key of keys) (document.activeElement ?? document).dispatchEvent(key);
  }, text);
}

/** Scans at a field page and waits for what it says: the kind, and milliseconds from the last key to the shown verdict. */
export async function scanAndHear(page, text) {
  const before = Number(await page.getAttribute('[data-testid=band]', 'data-number'));
  const began = await page.evaluate(() => performance.now());
  await scan(page, text);
  await page.waitForFunction(
    (number) => Number(document.querySelector('[data-testid=band]')?.dataset.number) > number,
    before,
    { polling: 'raf' },
  );
  const band = page.locator('[data-testid=band]');
  const ended = await page.evaluate(() => performance.now());
  return {
    kind: await band.getAttribute('data-kind'),
    tone: await band.getAttribute('data-tone'),
    text: await band.innerText(),
    ms: ended - began,
  };
}
