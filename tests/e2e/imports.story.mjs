// Without these, a township's list could not get in but by typing it again.
import assert from 'node:assert/strict';
import { axe, overflow, phone, shoot } from './lib/browser.mjs';
import { goDesk, goView, signIn, who } from './lib/walk.mjs';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
function residentId(order) {
  const first = `99012119860412${String(order).padStart(3, '0')}`;
  const sum = [...first].reduce((total, digit, at) => total + Number(digit) * weights[at], 0);
  return first + '10X98765432'[sum % 11];
}
const wrong = (number) => number.slice(0, 17) + (number[17] === '1' ? '2' : '1');

/** A list as it is copied out of a spreadsheet, with faults to put right and dirt that is cleaned. */
const pasted = [
  '石桥镇返乡人员名单\t\t\t\t',
  '序号\t姓名\t身份证号\t联系电话\t返乡日期',
  `1\t李　强\t'${residentId(701)}\t+86 138-0013-8701\t2022/7/15`,
  `2\t王 芳\t${wrong(residentId(702))}\t13800138702\t44757`,
  `3\t张伟\t9.90121E+17\t13800138703\t2022年7月16日`,
  `4\t买买提•吐尔逊\t${residentId(704)}\t13800138704\t7月16日`,
  `5\t赵磊\t${residentId(705)}\t13800138705\t上周`,
  `6\t李强\t${residentId(701)}\t13800138701\t2022-07-15`,
  '合计\t6人\t\t\t',
].join('\n');

const count = async (page, name) => Number(await page.locator(`[data-testid=import-${name}] b`).innerText());
const settled = (page, ...states) =>
  page.waitForFunction(
    (wanted) =>
      wanted.includes(document.querySelector('[data-testid=import-job]')?.getAttribute('data-state')),
    states,
  );
const faults = (page) => page.locator('[data-testid=import-job] > .list-scroll [data-testid=import-fault]');

async function open(page) {
  await goDesk(page, 'system');
  await goView(page, 'imports');
  await page.waitForSelector('[data-testid=imports]');
}
/** Where the kind wants them, the township and the sender. */
async function nameList(page) {
  if ((await page.locator('[data-testid=import-township]').count()) === 0) return;
  await page.locator('[data-testid=import-township] option:nth-child(2)').waitFor({ state: 'attached' });
  await page.selectOption('[data-testid=import-township]', { index: 1 });
  await page.fill('[data-testid=import-source]', '市大数据专班 7月17日');
}

export default {
  async 'a list is pasted, its faults are put right cell by cell, and it is imported once'({
    browser,
    url,
    signIns,
  }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'CDC'));
    await open(page);
    await nameList(page);
    await page.fill('[data-testid=import-text]', pasted);
    await page.click('[data-testid=import-check]');
    await settled(page, 'checked');
    assert.equal(await count(page, 'read'), 6);
    assert.equal(await count(page, 'refused'), 3);
    assert.equal(await count(page, 'unchanged'), 1, 'the same person twice');
    assert.equal(await faults(page).count(), 3);
    await page.locator('[data-testid=import-warnings] summary').click();
    await shoot(page, 'import-faults-zh');
    assert.deepEqual(await axe(page), []);
    assert.equal(await overflow(page), 0);

    const cells = faults(page).locator('input');
    await cells.nth(0).fill(residentId(702));
    await cells.nth(1).fill(residentId(703));
    await cells.nth(2).fill('2022-07-14');
    await page.click('[data-testid=import-mend]');
    await page.waitForFunction(
      () => document.querySelector('[data-testid=import-refused] b')?.textContent === '0',
    );
    await settled(page, 'checked');
    await page.click('[data-testid=import-run]');
    await settled(page, 'done');
    assert.equal(await count(page, 'accepted'), 5);
    await shoot(page, 'import-done-zh');

    await page.fill('[data-testid=import-text]', pasted);
    await page.click('[data-testid=import-check]');
    await page.waitForFunction(
      () => document.querySelector('[data-testid=import-unchanged] b')?.textContent === '3',
    );
    await goView(page, 'people');
    await page.fill('#people-search', residentId(702));
    await page.press('#people-search', 'Enter');
    await page.waitForSelector('[data-testid=search-hit], .list tbody tr');
    await close();
  },

  async 'a file is chosen, the error file tells its faults, the repaired file goes in, in English and on a phone'({
    browser,
    url,
    signIns,
  }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'CDC'), {
      language: 'en',
      viewport: phone,
    });
    await open(page);
    await nameList(page);
    const [template] = await Promise.all([
      page.waitForEvent('download'),
      page.click('[data-testid=template-xlsx]'),
    ]);
    assert.equal(template.suggestedFilename(), 'returnees.xlsx');
    const list = (number) =>
      `Name,Document number,Phone\nLi Na,${residentId(720)},13800138720\n=1+1,${number},13800138721\n`;
    const file = (text) => ({ name: 'returnees.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.setInputFiles('[data-testid=import-file]', file(list(wrong(residentId(721)))));
    // the list of the story before is still on the page until this one is checked
    await page.waitForFunction(
      () => document.querySelector('[data-testid=import-refused] b')?.textContent === '1',
    );
    await settled(page, 'checked');
    assert.equal(await count(page, 'refused'), 1);
    const [errors] = await Promise.all([
      page.waitForEvent('download'),
      page.click('[data-testid=import-errors]'),
    ]);
    const text = await (await import('node:fs/promises')).readFile(await errors.path(), 'utf8');
    assert.match(text, /3,,Document number,R-PER-2,/);
    await shoot(page, 'import-faults-en-phone');
    assert.deepEqual(await axe(page), []);
    assert.equal(await overflow(page), 0);
    await page.setInputFiles('[data-testid=import-file]', file(list(residentId(721))));
    await page.waitForFunction(
      () => document.querySelector('[data-testid=import-refused] b')?.textContent === '0',
    );
    await page.click('[data-testid=import-run]');
    await settled(page, 'done');
    assert.equal(await count(page, 'accepted'), 2);
    await close();
  },

  async 'what is no list is refused in words'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'CDC'), { language: 'en' });
    await open(page);
    await nameList(page);
    await page.fill('[data-testid=import-text]', 'a\tb\n1\t2\n');
    await page.click('[data-testid=import-check]');
    await settled(page, 'failed');
    assert.match(
      await page.locator('[data-testid=import-problem]').innerText(),
      /required columns are missing/,
    );
    await shoot(page, 'import-failed-en');
    await close();
  },
};
