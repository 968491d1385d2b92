// Without these, what the index and the drafts know would stay in the API, and a name could leave in a public notice.
import assert from 'node:assert/strict';
import { axe, overflow, phone, shoot } from './lib/browser.mjs';
import { recorded, Steps } from './lib/steps.mjs';
import { goDesk, goView, signIn, userOf } from './lib/walk.mjs';

const investigator = (signIns) => userOf(signIns, 'investigator');
const card = (page, name) => page.locator('[data-testid=met]', { hasText: name });

export default {
  async 'who was with the case: evidence, a longer minimum, and named from the row in three steps'({
    browser,
    url,
    signIns,
  }) {
    const { page, close } = await signIn(browser, url, investigator(signIns));
    await goDesk(page, 'investigation', 'cases');
    const steps = new Steps(page);
    await steps.press('[data-testid=view-trace]');
    // By name, as anybody may see it: masked.
    await card(page, '段').waitFor();
    const all = await page.locator('[data-testid=met]').count();
    await page.selectOption('[data-testid=trace-least]', '120');
    // A longer minimum leaves fewer; the server is asked for them.
    await page.waitForFunction(
      (before) => document.querySelectorAll('[data-testid=met]').length < before,
      all,
    );
    await page.selectOption('[data-testid=trace-least]', { index: 0 });
    await card(page, '段').locator('[data-testid=evidence]').click();
    const meetings = card(page, '段').locator('[data-testid=meetings]');
    assert.match(await meetings.innerText(), /老街小吃店/);
    assert.match(await meetings.innerText(), /70/, 'from 19:10 to 20:20');
    await shoot(page, 'trace-ring1');
    assert.deepEqual(await axe(page), []);

    // Whoever met a contact cannot be named before the contact.
    await page.click('[data-testid=trace-ring2]');
    await card(page, '叶').waitFor();
    assert.equal(await card(page, '叶').locator('[data-testid=name]').count(), 0);
    await page.click('[data-testid=trace-ring1]');
    const [sent] = await Promise.all([
      page.waitForRequest('**/investigation/name_contacts'),
      recorded(page, async () => {
        steps.taken.push('name');
        await card(page, '段').locator('[data-testid=name]').click();
        steps.taken.push('submit');
        await card(page, '段').locator('[data-testid=submit]').click();
      }),
    ]);
    steps.atMost(3);
    const [named] = sent.postDataJSON().contacts;
    assert.equal(named.place, '老街小吃店');
    assert.ok(named.exposure_from < named.exposure_until);
    await card(page, '段').getByText('已列名').first().waitFor();
    await page.click('[data-testid=trace-ring2]');
    await card(page, '叶').locator('[data-testid=name]').waitFor();
    await page.click('[data-testid=trace-sources]');
    await shoot(page, 'trace-sources');
    await close();
  },

  async 'a report is drafted, changed, saved, signed and taken away; a name in the public one is held back'({
    browser,
    url,
    signIns,
  }) {
    const { page, close } = await signIn(browser, url, investigator(signIns));
    await goDesk(page, 'investigation', 'reports');
    await page.click('[data-testid=report-contacts]');
    const basic = page.locator('[data-testid=part-of-basic]');
    await basic.waitFor();
    assert.ok((await basic.inputValue()).length > 10, 'drafted from the records');
    await basic.fill('接触者均已判定，密接已全部转运。');
    await recorded(page, () => page.click('[data-testid=report-save]'));
    await page.getByText('第 1 版，未签发').waitFor();
    await recorded(page, () => page.click('[data-testid=report-sign]'));
    await page.getByText('第 1 版，已签发').waitFor();
    await shoot(page, 'report-signed');
    assert.deepEqual(await axe(page), []);
    const file = await page.evaluate(async () => {
      const answer = await fetch(document.querySelector('[data-testid=report-docx]').href);
      return { status: answer.status, type: answer.headers.get('content-type') };
    });
    assert.equal(file.status, 200);
    assert.match(file.type, /wordprocessingml/);

    await page.click('[data-testid=report-public_notice]');
    await page.locator('[data-testid=part-of-trajectory]').waitFor();
    await basic.fill('请联系 138 0000 0000');
    await recorded(page, () => page.click('[data-testid=report-save]'));
    await page.locator('.wrong').waitFor();
    assert.equal(await page.locator('[data-testid=report-docx]').count(), 0, 'it does not leave the house');
    assert.ok(await page.locator('[data-testid=report-sign]').isDisabled());
    await shoot(page, 'report-names-somebody');
    await basic.fill('新增确诊病例1例。');
    await recorded(page, () => page.click('[data-testid=report-save]'));
    await page.waitForSelector('[data-testid=report-docx]');
    await close();
  },

  async 'on a phone and in English nothing is cut off; a trace that cannot be asked says so'({
    browser,
    url,
    signIns,
  }) {
    const { page, faults, close } = await signIn(browser, url, investigator(signIns), {
      viewport: phone,
      language: 'en',
    });
    await page.goto(`${url}/d/investigation?view=trace`);
    await page.waitForSelector('[data-testid=met]');
    await page.locator('[data-testid=evidence]').first().click();
    assert.ok((await overflow(page)) <= 0);
    await shoot(page, 'trace-phone-en');
    assert.deepEqual(await axe(page), []);
    await goView(page, 'reports');
    await page.waitForSelector('[data-testid=report]');
    assert.ok((await overflow(page)) <= 0);
    await shoot(page, 'report-phone-en');
    assert.deepEqual(await axe(page), []);
    await page.route('**/v1/investigation/trace**', (route) => route.abort());
    await goView(page, 'trace');
    await page.reload();
    await page.waitForSelector('[data-testid=state-error]', { timeout: 30_000 });
    const other = faults.splice(0).filter((fault) => !fault.includes('net::ERR_FAILED'));
    assert.deepEqual(other, []);
    await close();
  },

  async 'everybody lost stands in one list, with the duty, its owner and the person'({
    browser,
    url,
    signIns,
  }) {
    const leader = userOf(signIns, 'leader');
    const { page, close } = await signIn(browser, url, leader);
    await goDesk(page, 'command', 'lost');
    await page.waitForSelector('[data-testid=alarms]');
    await page.waitForSelector('[data-testid=lost-line], [data-testid=state-empty]');
    await shoot(page, 'lost-control');
    assert.deepEqual(await axe(page), []);
    await close();
  },
};
