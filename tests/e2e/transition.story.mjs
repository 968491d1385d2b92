// Without these, a new edition could not be carried out from a screen: who changes and how would be known to nobody before it happens.
import assert from 'node:assert/strict';
import { axe, overflow, phone, shoot } from './lib/browser.mjs';
import { act, fill, goDesk, record, setClock, signIn, userOf } from './lib/walk.mjs';

const order = '联防联控机制综发〔2022〕101 号';
const chosen = 'tr[data-row] .row-open';
const lines = '[data-testid=transition-changes] tbody tr[data-row]';

export default {
  async 'drafted and previewed by one, approved by another, carried out and closed'({
    browser,
    url,
    signIns,
  }) {
    const author = await signIn(browser, url, userOf(signIns, 'cdc'));
    const { page } = author;
    await goDesk(page, 'isolation', 'transitions');
    await page.click('.work [data-testid="action-isolation.draft_transition"]');
    await fill(page, 'document', order);
    await page.locator('.context [data-testid="field-effective_at"] input').first().fill('2022-11-11 00:00');
    for (const one of ['close_contact', 'contact_of_contact'])
      await page.locator(`.context [data-testid="field-classes"] input[value=${one}]`).check();
    await record(page);
    await page.locator(chosen).first().click();
    await act(page, 'isolation.preview_transition');
    await record(page);
    await page.locator(lines).first().waitFor();
    const previewed = await page.locator(lines).count();
    const counted = await page
      .locator('[data-testid=transition-changes] table.numbers td:last-child')
      .allInnerTexts();
    assert.equal(
      counted.reduce((sum, one) => sum + Number(one), 0),
      previewed,
    );
    assert.equal(
      await page.locator('.context [data-testid="action-isolation.approve_transition"]').count(),
      0,
    );
    assert.deepEqual(await axe(page), []);
    await shoot(page, 'transition');

    const other = await signIn(browser, url, userOf(signIns, 'health'));
    await goDesk(other.page, 'isolation', 'transitions');
    await other.page.locator(chosen).first().click();
    await act(other.page, 'isolation.approve_transition');
    await record(other.page);
    await setClock(other.page, '1111 0010');
    await other.close();

    await page.reload();
    await act(page, 'isolation.apply_transition');
    await record(page);
    await page.locator(`${lines}:has-text("11-11 00:1")`).first().waitFor();
    await act(page, 'isolation.close_transition');
    await record(page);
    await page.locator('tr[data-row]', { hasText: '已销号' }).first().waitFor();
    await author.close();
  },

  async 'is read on a phone, in English'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, userOf(signIns, 'cdc'), {
      viewport: phone,
      language: 'en',
    });
    await goDesk(page, 'isolation', 'transitions');
    await page.locator(chosen).first().click();
    await page.waitForSelector('[data-testid=row-context]');
    await page.click('[data-testid=part-work]');
    await page.locator(lines).first().waitFor();
    assert.ok((await overflow(page)) <= 0);
    assert.deepEqual(await axe(page), []);
    await shoot(page, 'transition-phone-en');
    await close();
  },
};
