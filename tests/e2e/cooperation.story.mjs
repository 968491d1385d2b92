// Without these, another county's question about a person could wait unseen, or a list be called complete with lines left.
import assert from 'node:assert/strict';
import { axe, phone, shoot } from './lib/browser.mjs';
import { recorded, Steps } from './lib/steps.mjs';
import { fill, goDesk, goView, signIn, userOf } from './lib/walk.mjs';

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
};
