// Without these, another county's question about a person could wait unseen, or a list be called complete with lines left.
import assert from 'node:assert/strict';
import { axe, phone, shoot } from './lib/browser.mjs';
import { recorded, Steps } from './lib/steps.mjs';
import { act, fill, goDesk, goView, record, signIn, userOf } from './lib/walk.mjs';

export default {
  async 'a person asked about is answered in the request itself: open, choose, press'({
    browser,
    url,
    signIns,
  }) {
    const { page, close } = await signIn(browser, url, userOf(signIns, 'cdc'));
    await goDesk(page, 'cooperation', 'in');
    const steps = new Steps(page);
    await page.locator('tr[data-row]', { hasText: '已接受' }).first().waitFor();
    await steps.press('tr[data-row]:has-text("已接受") .row-open');
    const line = page.locator('[data-testid=answer-line]').first();
    await line.waitFor();
    await line.locator('select').selectOption('sampled');
    await line.locator('input').fill('22:10 已采样送检');
    await recorded(page, async () => {
      steps.taken.push('answer');
      await line.locator('button').click();
    });
    steps.atMost(3);
    await page.getByText('已采样', { exact: false }).first().waitFor();
    assert.deepEqual(await axe(page), []);
    await close();
  },

  async 'a request that came is taken, or sent on to whom it concerns, in three steps'({
    browser,
    url,
    signIns,
  }) {
    const { page, close } = await signIn(browser, url, userOf(signIns, 'cdc'));
    await goDesk(page, 'cooperation', 'in');
    const steps = new Steps(page);
    await steps.press('tr[data-row]:has-text("已发出") .row-open');
    await recorded(page, () => steps.press('.context [data-testid="action-investigation.accept_request"]'));
    steps.atMost(3);
    await close();
  },

  async 'a list shows its equation; a line is answered at the door, on a phone'({ browser, url, signIns }) {
    const officer = await signIn(browser, url, userOf(signIns, 'cdc'));
    await goDesk(officer.page, 'cooperation', 'lists');
    await officer.page.locator('tr[data-row] .row-open').first().click();
    const words = await officer.page.locator('[data-testid=equation]').innerText();
    assert.match(words, /应核 12 行/);
    assert.match(words, /等式成立，共 12/);
    await shoot(officer.page, 'equation');
    await officer.close();

    const { page, close } = await signIn(browser, url, userOf(signIns, 'grid'), { viewport: phone });
    await goView(page, 'lines');
    await page.selectOption('[data-testid=narrow]', 'to_check');
    await page.locator('tr[data-row] .row-open').first().waitFor();
    const steps = new Steps(page);
    await steps.press('tr[data-row] .row-open');
    await steps.press('.context [data-testid="action-investigation.answer_line"]');
    await fill(page, 'outcome', 'not_here');
    await fill(page, 'proof', '户主电话：人在省城，未回村');
    await recorded(page, () => steps.press('.context [data-testid=submit]'));
    steps.atMost(3);
    await close();
  },

  async 'an accepted request is split to towns: each gets a list of its people'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, userOf(signIns, 'cdc'));
    await goDesk(page, 'cooperation', 'in');
    const request = page.locator('tr[data-row]', { hasText: '已接受' });
    await request.first().waitFor();
    for (const row of await request.all()) {
      await row.locator('.row-open').click();
      await page.click('.context [data-testid="action-cooperation.split_to_towns"]');
      await page.locator('[data-testid=form-split] .hint').waitFor();
      if ((await page.locator('[data-testid=split-town]').count()) > 0) break;
    }
    await page.locator('[data-testid=split-town]').first().selectOption({ label: '虒亭镇人民政府' });
    assert.deepEqual(await axe(page), []);
    await page.click('.context [data-testid=submit]');
    await page.locator('[data-testid=form-split]').waitFor({ state: 'detached' });
    await goView(page, 'lists');
    await page.locator('tr[data-row]', { hasText: '协查函（' }).first().waitFor();
    await close();
  },

  async 'the police see whom they were asked to find, and answer in three steps'({ browser, url, signIns }) {
    const officer = await signIn(browser, url, userOf(signIns, 'cdc'));
    await goDesk(officer.page, 'investigation', 'contacts');
    await officer.page.locator('tr[data-row]', { hasText: '已判定' }).first().locator('.row-open').click();
    await act(officer.page, 'investigation.open_police_request');
    await fill(officer.page, 'request', '电话停机，家中无人');
    await record(officer.page);
    await officer.close();

    const { page, close } = await signIn(browser, url, userOf(signIns, 'police'));
    await goDesk(page, 'cooperation', 'police');
    const steps = new Steps(page);
    await steps.press('tr[data-row] .row-open');
    await steps.press('.context [data-testid="action-investigation.answer_police_request"]');
    await fill(page, 'found', true);
    await fill(page, 'answer', '在亲戚家找到：虒亭镇石门村');
    await recorded(page, () => steps.press('.context [data-testid=submit]'));
    steps.atMost(3);
    assert.deepEqual(await axe(page), []);
    await close();
  },
};
