// Without these, an empty list would look broken, a forbidden one empty, and an old one fresh.
import assert from 'node:assert/strict';
import { axe, shoot } from './lib/browser.mjs';
import { goDesk, goView, signIn, who } from './lib/walk.mjs';

export default {
  async 'an empty list says so, and what will fill it'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'CDC'));
    await goDesk(page, 'investigation', 'contacts');
    await page.selectOption('[data-testid=narrow]', 'untraced');
    await page.waitForSelector('[data-testid=state-empty]');
    await shoot(page, 'state-empty');
    assert.deepEqual(await axe(page), []);
    await close();
  },

  async 'a desk of other roles is refused in words'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'LAB'));
    await page.goto(`${url}/d/command`);
    await page.waitForSelector('[data-testid=state-forbidden]');
    await shoot(page, 'state-forbidden');
    assert.deepEqual(await axe(page), []);
    await close();
  },

  async 'a list that cannot be asked says why and offers another try; one that was shown says how old it is'({
    browser,
    url,
    signIns,
  }) {
    const { page, faults, close } = await signIn(browser, url, who(signIns, 'CDC'));
    await goDesk(page, 'investigation', 'cases');
    await page.waitForSelector('[data-testid=desk-investigation] table');
    await page.route('**/v1/investigation/**', (route) => route.abort());
    await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
    await goView(page, 'contacts');
    await page.waitForSelector('[data-testid=state-error]', { timeout: 30_000 });
    await shoot(page, 'state-error');
    assert.deepEqual(await axe(page), []);
    await page.unroute('**/v1/investigation/**');
    await page.locator('[data-testid=state-error] button').click();
    await page.waitForSelector('[data-testid=state-error]', { state: 'detached' });
    // A request cut off by this test is written to the console by the browser; nothing else may be.
    const other = faults.splice(0).filter((fault) => !fault.includes('net::ERR_FAILED'));
    assert.deepEqual(other, []);
    await close();
  },

  async 'a thing outside one’s scope sounds like a thing that does not exist'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'CDC'));
    await page.goto(`${url}/d/investigation?view=cases&sel=01820a00-0000-8000-bc6e-4c0000000000`);
    await page.waitForSelector('.context .state');
    await shoot(page, 'state-not-found');
    await close();
  },
};
