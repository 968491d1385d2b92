// Without these, nobody could get in, or the next person at the machine would see what the last one read.
import assert from 'node:assert/strict';
import { axe, openPage, phone, shoot } from './lib/browser.mjs';
import { signIn, who } from './lib/walk.mjs';

export default {
  async 'a wrong password is said, the right one opens the desk of the role'({ browser, url, signIns }) {
    const nurse = who(signIns, 'NUR');
    const { page, faults, close } = await openPage(browser, url);
    await page.fill('#user', nurse.user);
    await page.fill('#password', 'not the password');
    await page.click('[data-testid=submit]');
    await page.waitForSelector('[data-testid=sign-in-failed]');
    assert.equal(await page.inputValue('#user'), nurse.user, 'what was typed is kept');
    assert.deepEqual(await axe(page), []);
    await page.fill('#password', nurse.password);
    await page.click('[data-testid=submit]');
    await page.waitForSelector('[data-testid=desk-hospitals]');
    assert.deepEqual(faults, []);
    await close();
  },

  async 'the chosen language is kept, and the page says which it is'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'NUR'));
    assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
    await page.click('[data-testid=language]');
    await page.waitForSelector('html[lang=en]');
    await page.reload();
    await page.waitForSelector('html[lang=en]');
    await page.getByRole('heading', { name: 'Duties', exact: true }).waitFor();
    await close();
  },

  async 'sign-out leaves nothing behind'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'NUR'));
    await page.waitForSelector('[data-testid=desk-hospitals] table, [data-testid=desk-hospitals] .state');
    await page.click('[data-testid=user-menu]');
    await page.click('[data-testid=sign-out]');
    await page.waitForSelector('[data-testid=sign-in]');
    assert.equal(await page.locator('table').count(), 0);
    const answer = await page.request.get(`${url}/v1/duties`);
    assert.equal(answer.status(), 401, 'the server has forgotten the session too');
    await close();
  },

  async 'a first visit on a phone costs at most 350 kB of JavaScript'({ browser, url, signIns }) {
    const { page, close } = await openPage(browser, url, { viewport: phone });
    const network = await page.context().newCDPSession(page);
    await network.send('Network.enable');
    await network.send('Network.setCacheDisabled', { cacheDisabled: true });
    const scripts = new Map();
    let bytes = 0;
    network.on('Network.responseReceived', ({ requestId, response }) => {
      if (response.mimeType.includes('javascript')) scripts.set(requestId, response.url);
    });
    network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) bytes += encodedDataLength;
    });
    await page.reload();
    const nurse = who(signIns, 'NUR');
    await page.fill('#user', nurse.user);
    await page.fill('#password', nurse.password);
    await page.click('[data-testid=submit]');
    await page.waitForSelector('[data-testid=desk-hospitals]');
    await page.waitForLoadState('load');
    await shoot(page, 'phone-first-visit');
    assert.ok(scripts.size > 3, 'scripts were counted');
    assert.ok(bytes <= 350_000, `${bytes} bytes of JavaScript`);
    await close();
  },
};
