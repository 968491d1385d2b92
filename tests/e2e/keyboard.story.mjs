// Without these, a nurse with gloves, a blind officer or a scanner could not do the work.
import assert from 'node:assert/strict';
import { goDesk, goView, signIn, who } from './lib/walk.mjs';

export default {
  async 'the skip link comes first and leads to the work'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'NUR'));
    await page.waitForSelector('[data-testid=desk-hospitals]');
    await page.evaluate(() => document.body.focus());
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.className), 'skip');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'work');
    await close();
  },

  async 'landmarks: banner, navigation, main, complementary; one main heading'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'NUR'));
    await page.waitForSelector('[data-testid=desk-hospitals]');
    for (const landmark of ['banner', 'main', 'complementary', 'search'])
      assert.equal(await page.getByRole(landmark).count(), 1, landmark);
    assert.ok((await page.getByRole('navigation').count()) >= 1);
    assert.equal(await page.locator('h1').count(), 1);
    await close();
  },

  async 'arrows walk tabs and rows, Enter opens, / finds the search'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'NUR'));
    await goDesk(page, 'hospitals', 'all');
    await page.locator('tr[data-row] .row-open').nth(1).waitFor();
    await page.locator('tr[data-row] .row-open').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-testid=row-context]');
    assert.equal(await page.locator('tr[data-selected=true]').count(), 1);
    assert.equal(await page.locator('tr[data-row]').nth(1).getAttribute('data-selected'), 'true');
    await page.locator('[role=tab][aria-selected=true]').focus();
    await page.keyboard.press('ArrowRight');
    assert.notEqual(
      await page.locator('[role=tab][aria-selected=true]').getAttribute('data-testid'),
      'view-all',
    );
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'search');
    await close();
  },

  async 'a scan from anywhere on the laboratory desk opens its tube, with the next step under Enter'({
    browser,
    url,
    signIns,
  }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'LAB'));
    await goDesk(page, 'screening', 'all');
    const code = await page.locator('tr[data-row] .row-open').first().innerText();
    await goView(page, 'arriving');
    await page.locator('h1').click();
    // As a scanner types: faster than a hand, ending in Enter.
    await page.evaluate((text) => {
      for (const sign of [...text, 'Enter']) {
        const signCode =
          sign === 'Enter'
            ? 'Enter'
            : /\d/.test(sign)
              ? `Digit${sign}`
              : ({ '*': 'Digit8', '~': 'Backquote', $: 'Digit4', '=': 'Equal' }[sign] ?? `Key${sign}`);
        const shiftKey = '*~$'.includes(sign);
        document.dispatchEvent(
          new KeyboardEvent('keydown', { code: signCode, key: sign, shiftKey, bubbles: true }),
        );
      }
    }, code.trim());
    await page.waitForSelector('[data-testid=row-context]');
    assert.ok((await page.locator('[data-testid=row-context] h2').first().innerText()).includes(code.trim()));
    await close();
  },
};
