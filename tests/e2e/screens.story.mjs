// Without these, a screen nobody looked at could be unreadable, cut off on a phone, or mute for a screen reader.
import assert from 'node:assert/strict';
import { axe, desk, overflow, phone, shoot } from './lib/browser.mjs';
import { signIn, userOf, who } from './lib/walk.mjs';

/** Who shows which desk: each desk once, by somebody who works at it. */
const stages = [
  ['nurse', ['hospitals']],
  ['authoriser', ['screening']],
  ['investigator', ['investigation']],
  ['manager', ['isolation']],
  ['site_doctor', ['isolation']],
  ['keeper', ['gates']],
  ['driver', ['transport']],
  ['grid', ['mine']],
  ['cdc', ['cooperation', 'isolation', 'reporting', 'system']],
  ['police', ['cooperation']],
  ['leader', ['command']],
  ['inspector', ['supervision']],
  ['admin', ['system']],
];

async function settle(page) {
  await page.waitForSelector('.bar-skeleton', { state: 'detached' });
}

async function look(page, name, faults) {
  await settle(page);
  await shoot(page, name);
  for (const violation of await axe(page)) faults.push(`${name}: ${violation}`);
  const cut = await overflow(page);
  if (cut > 0) faults.push(`${name}: ${cut} px cut off at the side`);
  const keys = await page.evaluate(() =>
    (document.body.innerText.match(/\b(?:field|choice|op|desk|about)\.[a-z_.0-9-]+/g) ?? []).join(' '),
  );
  if (keys) faults.push(`${name}: bare keys ${keys}`);
}

/** What one of them sees: every list of these desks, and one row of each. */
async function stage(open, prefix, user, desks, found) {
  const { page, close, viewport } = await open(user);
  for (const name of desks) {
    await page.click(`.desk-nav a[href^="/d/${name}"]`);
    await page.waitForSelector(`[data-testid=desk-${name}]`);
    const views = await page
      .locator('[role=tab]')
      .evaluateAll((tabs) => tabs.map((tab) => tab.dataset.testid));
    for (const view of views) {
      if (viewport === phone) await page.click('[data-testid=part-work]');
      await page.click(`[data-testid=${view}]`);
      await look(page, `${prefix}-${user}-${name}-${view}`, found);
      const row = page.locator('tr[data-row] .row-open, button.room, .person-card .row-open').first();
      if ((await row.count()) === 0) continue;
      await row.click();
      await page.waitForSelector('[data-testid=row-context], .context .state');
      await look(page, `${prefix}-${user}-${name}-${view}-row`, found);
    }
  }
  await close();
}

/** Two people look at a time: it is reading, and a browser leaves the other core idle. */
async function everyScreen(browser, url, signIns, language, viewport) {
  const found = [];
  const open = async (user) => {
    const person = userOf(signIns, user);
    return { ...(await signIn(browser, url, person, { language, viewport })), viewport };
  };
  const prefix = `${viewport === phone ? 'phone' : 'desk'}-${language}`;
  const left = [...stages];
  const walk = async () => {
    for (let next = left.shift(); next; next = left.shift()) await stage(open, prefix, ...next, found);
  };
  await Promise.all([walk(), walk()]);
  assert.deepEqual(found, []);
}

export default {
  'every desk and list, Chinese, 1366x768': ({ browser, url, signIns }) =>
    everyScreen(browser, url, signIns, 'zh-CN', desk),
  'every desk and list, English, 1366x768': ({ browser, url, signIns }) =>
    everyScreen(browser, url, signIns, 'en', desk),
  'every desk and list, Chinese, phone 390x844': ({ browser, url, signIns }) =>
    everyScreen(browser, url, signIns, 'zh-CN', phone),

  async 'rulebook, a rule with its history, a search, a person, the dark colours'({ browser, url, signIns }) {
    const found = [];
    const officer = who(signIns, 'CDC');
    for (const language of ['zh-CN', 'en']) {
      const { page, close } = await signIn(browser, url, officer, { language });
      await page.goto(`${url}/rulebook`);
      await page.fill('[data-testid=rulebook-search]', 'C.case.report_h');
      await page.getByRole('link', { name: 'C.case.report_h', exact: true }).first().waitFor();
      await look(page, `${language}-rulebook`, found);
      await page.getByRole('link', { name: 'C.case.report_h', exact: true }).first().click();
      await page.waitForSelector('[data-testid=rule-page] .card');
      await look(page, `${language}-rule`, found);
      await page.goto(`${url}/search?q=${encodeURIComponent('张伟')}`);
      await page.waitForSelector('[data-testid=search-results]');
      await look(page, `${language}-search`, found);
      await page.locator('[data-testid=search-results] a').first().click();
      await page.waitForSelector('[data-testid=person-page] .card');
      await look(page, `${language}-person`, found);
      await page.click('[data-testid=user-menu]');
      await page.locator('.menu-item').nth(1).click();
      await page.keyboard.press('Escape');
      await page.goto(url);
      await page.waitForSelector('.desk');
      await look(page, `${language}-dark`, found);
      await close();
    }
    assert.deepEqual(found, []);
  },
};
