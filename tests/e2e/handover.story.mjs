// Without these, a contact who lives elsewhere could not be handed over from a screen, and a telephoned case not be opened.
import assert from 'node:assert/strict';
import { axe } from './lib/browser.mjs';
import { paste, recorded, Steps } from './lib/steps.mjs';
import { act, fill, goDesk, goView, openRow, press, record, signIn, take, userOf } from './lib/walk.mjs';

const neighbour = '石桥县疾病';

async function accept(browser, url, signIns) {
  const { page, close } = await signIn(browser, url, userOf(signIns, 'neighbour'));
  await goDesk(page, 'cooperation', 'in');
  await page.locator('tr[data-row]', { hasText: '已发出' }).first().locator('.row-open').click();
  await press(page, 'investigation.accept_request');
  await close();
}

async function handedOver(page) {
  await goDesk(page, 'investigation', 'contacts');
  await page.selectOption('[data-testid=narrow]', 'handed_over');
  await page.locator('tr[data-row]').first().waitFor();
  return page.locator('tr[data-row]').count();
}

export default {
  async 'a contact is handed over from its own sheet, once the other county accepts'({
    browser,
    url,
    signIns,
  }) {
    const { page, close } = await signIn(browser, url, userOf(signIns, 'cdc'));
    await goDesk(page, 'investigation', 'contacts');
    await page.locator('tr[data-row] .row-open').first().click();
    await act(page, 'investigation.ask_take_over');
    await take(page, 'receiver', neighbour);
    await record(page);
    await goDesk(page, 'cooperation', 'out');
    await openRow(page, '草稿');
    await press(page, 'investigation.send_request');
    await accept(browser, url, signIns);
    assert.equal(await handedOver(page), 1);
    await close();
  },

  async 'a pasted line to be taken over finds the contact; a stranger is told by the line'({
    browser,
    url,
    signIns,
  }) {
    const { page, close } = await signIn(browser, url, userOf(signIns, 'cdc'));
    await goDesk(page, 'cooperation', 'out');
    await page.click('.work [data-testid="action-investigation.draft_request"]');
    await take(page, 'receiver', neighbour);
    const rows = '姓名\t协查事项\n外来人\t接收管控';
    await paste(page, '.context [data-testid="field-persons"] input', rows);
    await page.click('.context [data-testid=submit]');
    await page.getByText('不是本地登记的在管接触者').first().waitFor();
    await close();
  },

  async 'a case told by telephone is opened, its person registered, in two steps'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, userOf(signIns, 'investigator'));
    await goDesk(page, 'investigation', 'cases');
    const steps = new Steps(page);
    await steps.press('.work [data-testid="action-investigation.open_case"]');
    await fill(page, 'name', '温电话');
    await fill(page, 'reason', '外院电话报告，证件随后补');
    await take(page, 'hospital', '林溪县人民医院');
    await page.locator('.context [data-testid="field-sampled_at"] input').first().fill('2030');
    await recorded(page, () => steps.press('.context [data-testid=submit]'));
    steps.atMost(3);
    await page.locator('tr[data-row]', { hasText: '温' }).first().waitFor();
    await close();
  },

  async 'visits pasted from a register are recorded, and withdrawn whole'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, userOf(signIns, 'cdc'));
    await goDesk(page, 'investigation', 'visits');
    await page.click('.work [data-testid="action-investigation.record_visits"]');
    const rows = '姓名\t地点\t进入\t离开\n顾到访\t农贸市场\t07-16 09:00\t07-16 10:00';
    await paste(page, '.context [data-testid="field-visits"] input', rows);
    await record(page);
    await page.locator('tr[data-row] .row-open').first().click();
    await act(page, 'investigation.withdraw_visits');
    await fill(page, 'reason', '登记簿日期抄错');
    await record(page, { review: true });
    assert.deepEqual(await axe(page), []);
    await close();
  },

  async 'two people taken for one are told apart again, and what came meanwhile is reviewed'({
    browser,
    url,
    signIns,
  }) {
    const { page, close } = await signIn(browser, url, userOf(signIns, 'cdc'));
    await goDesk(page, 'system', 'people');
    await page.click('.work [data-testid="action-people.merge_persons"]');
    await take(page, 'person', '温电话', { search: true });
    await take(page, 'into', '顾到访', { search: true });
    await take(page, 'second_reader', '黄复核');
    await fill(page, 'reason', '以为是同一人');
    await record(page, { review: true });
    await page.fill('#people-search', '温电话');
    await page.press('#people-search', 'Enter');
    await page.locator('.work a[href^="/people/"]').first().click();
    await page.click('[data-testid=unmerge]');
    const form = page.locator('[data-testid="form-people/unmerge_person"]');
    const reader = form.locator('[data-testid=field-second_reader] input');
    await reader.fill('黄复核');
    await form.locator('[role=option]:not([aria-disabled])').first().waitFor();
    await reader.press('ArrowDown');
    await reader.press('Enter');
    await form.locator('[data-testid=field-reason] textarea').fill('两个人，同名');
    await form.locator('[data-testid=submit]').click();
    await recorded(page, () => form.locator('[data-testid=submit]').click());
    await goDesk(page, 'system');
    await goView(page, 'merges');
    await page.locator('tr[data-row] .row-open').first().click();
    await page.waitForSelector('[data-testid=meanwhile]');
    await act(page, 'people.close_merge_review');
    await fill(page, 'note', '期间没有新记录');
    await record(page, { review: true });
    assert.deepEqual(await axe(page), []);
    await close();
  },
};
