// Without these, a stop known better would find people in the index whom nobody is ever shown.
import assert from 'node:assert/strict';
import { axe, overflow, phone, shoot } from './lib/browser.mjs';
import { act, fill, goDesk, goView, openRow, press, record, signIn, userOf } from './lib/walk.mjs';

const proposal = (page, name) => page.locator('tr[data-row]', { hasText: name });

export default {
  async 'a stop is corrected, who was there is proposed, one is taken and one is not, each by an officer'({
    browser,
    url,
    signIns,
  }) {
    const { page, close } = await signIn(browser, url, userOf(signIns, 'investigator'));
    await goDesk(page, 'investigation', 'trajectory');
    await page.locator('[data-testid=stop]', { hasText: '老街小吃店' }).click();
    await act(page, 'investigation.correct_stop');
    // The receipt says he stayed half an hour longer.
    await page.fill('.context [data-testid="field-until"] input', '0716 2110');
    await fill(page, 'known_by', 'payment');
    await fill(page, 'reason', '支付小票为21:08');
    await record(page);

    // The index is asked again by itself; its answer stands in the tab, and a duty is owed for it.
    await goView(page, 'exposures');
    // She came at 20:25 and left at 21:10: before, the two were there together until 20:40 only.
    const longer = proposal(page, '钱').filter({ hasText: '07-16 21:10' });
    await longer.waitFor();
    await page.locator('[data-testid=duty-row][data-rule="OB-D8.stop"]').first().waitFor();
    await shoot(page, 'exposures');
    assert.deepEqual(await axe(page), []);
    await longer.locator('.row-open').click();
    await press(page, 'investigation.accept_exposure');
    await longer.getByText('已采纳').waitFor();

    await openRow(page, '段');
    await act(page, 'investigation.decline_exposure');
    await fill(page, 'reason', '隔间就餐，监控核实未接触');
    await record(page);
    await proposal(page, '段').getByText('未采纳').first().waitFor();

    await goView(page, 'contacts');
    await page.locator('tr[data-row]', { hasText: '钱' }).first().waitFor();
    assert.equal(await page.locator('tr[data-row]', { hasText: '段' }).count(), 0);
    await close();
  },

  async 'on a phone and in English the proposals are read and nothing is cut off'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, userOf(signIns, 'investigator'), {
      viewport: phone,
      language: 'en',
    });
    await page.goto(`${url}/d/investigation?view=exposures`);
    await page.waitForSelector('tr[data-row], .person-card');
    assert.ok((await overflow(page)) <= 0);
    await shoot(page, 'exposures-phone-en');
    assert.deepEqual(await axe(page), []);
    await close();
  },
};
