// Without these a date would stand there that nobody can ask for its ground, and a machine days off would go unnoticed.
import assert from 'node:assert/strict';
import { axe, openPage, overflow, phone, shoot } from './lib/browser.mjs';
import { goDesk, signIn, userOf, who } from './lib/walk.mjs';

const day = 24 * 3600_000;

export default {
  async 'the first day of infectiousness is asked why, and names its rule, source and edition'({
    browser,
    url,
    signIns,
  }) {
    const { page, close } = await signIn(browser, url, userOf(signIns, 'investigator'));
    await goDesk(page, 'investigation', 'cases');
    await page.locator('tr[data-row] .row-open').first().click();
    await page.locator('.context [data-testid=why-rule]').first().click();
    const drawer = page.locator('dialog.drawer[open]');
    await drawer.getByRole('link', { name: 'D.window.back_d' }).waitFor();
    for (const told of ['2 天', 'v9', '官方公开', '来源', '为何如此'])
      await drawer.getByText(told, { exact: true }).waitFor();
    await shoot(page, 'why-date');
    assert.deepEqual(await axe(page), []);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await close();
  },

  async 'in English, the measure of a stay names its rule'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, userOf(signIns, 'manager'), { language: 'en' });
    await goDesk(page, 'isolation', 'here');
    await page.locator('tr[data-row] .row-open').first().click();
    await page.locator('.context [data-testid=why-rule]').first().click();
    const drawer = page.locator('dialog.drawer[open]');
    await drawer.getByRole('link', { name: /^F\./ }).waitFor();
    await drawer.getByText('Source', { exact: true }).waitFor();
    await shoot(page, 'why-stay-en');
    assert.deepEqual(await axe(page), []);
    await close();
  },

  async 'a machine three days fast is told so, and the page keeps the server’s day'({
    browser,
    url,
    signIns,
  }) {
    const { page, close } = await signIn(browser, url, userOf(signIns, 'investigator'));
    assert.equal(await page.locator('[data-testid=skew]').count(), 0);
    const right = await page.textContent('[data-testid=clock]');
    await page.clock.setSystemTime(Date.now() + 3 * day);
    await page.reload();
    await page.getByTestId('skew').getByText('本机时钟快3天').waitFor();
    assert.equal((await page.textContent('[data-testid=clock]')).slice(0, 5), right.slice(0, 5));
    await shoot(page, 'skew');
    assert.deepEqual(await axe(page), []);
    await close();
  },

  async 'on a phone, in English, a slow machine is told so and nothing is cut off'({
    browser,
    url,
    signIns,
  }) {
    const { page, close } = await signIn(browser, url, userOf(signIns, 'investigator'), {
      viewport: phone,
      language: 'en',
    });
    await page.clock.setSystemTime(Date.now() - 7 * 60_000);
    await page.reload();
    await page.getByTestId('skew').getByText('this machine’s clock is 7 min slow').waitFor();
    await shoot(page, 'skew-phone-en');
    assert.deepEqual(await axe(page), []);
    assert.ok((await overflow(page)) <= 0);
    await close();
  },

  async 'at the gate on a phone a wrong clock is said in the header'({ browser, url, signIns }) {
    const { page, close } = await openPage(browser, `${url}/field/gate`, { viewport: phone });
    await page.clock.setSystemTime(Date.now() + 3 * day);
    const keeper = who(signIns, 'GK');
    await page.fill('#user', keeper.user);
    await page.fill('#password', keeper.password);
    await page.click('[data-testid=sign-in] [data-testid=submit]');
    await page.getByTestId('skew').getByText('本机时钟快3天').waitFor();
    await shoot(page, 'skew-gate-phone');
    assert.ok((await overflow(page)) <= 0);
    assert.deepEqual(await axe(page), []);
    await close();
  },
};
