// Without these, a "no" could come without its reason, eat what was typed, or leave something half done.
import assert from 'node:assert/strict';
import { axe, shoot } from './lib/browser.mjs';
import { act, fill, goDesk, goView, refusals, signIn, submit, who } from './lib/walk.mjs';

export default {
  async 'a mistyped number is heard on leaving the field, and the form keeps what was typed'({
    browser,
    url,
    signIns,
  }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'NUR'));
    await goDesk(page, 'hospitals');
    await page.click('[data-testid="action-hospitals.record_arrival"]');
    await fill(page, 'temperature', 'hot');
    await page.locator('[data-testid="field-temperature"] input').blur();
    await page.waitForSelector('[data-testid="field-temperature"] .wrong');
    await fill(page, 'name', '王小明');
    await submit(page);
    await page.waitForSelector('[data-testid=form-summary]');
    assert.equal(
      await page.evaluate(() => document.activeElement?.getAttribute('data-testid')),
      'form-summary',
      'the summary has the focus',
    );
    assert.equal(await page.locator('[data-testid="field-name"] input').inputValue(), '王小明');
    await page.locator('[data-testid=form-summary] a').first().click();
    assert.ok(
      await page.evaluate(
        () => document.activeElement?.closest('[data-testid="field-temperature"]') !== null,
      ),
      'the link leads to the field',
    );
    assert.deepEqual(await axe(page), []);
    await close();
  },

  async 'a wrong check digit is refused by the registry with its code, beside the form'({
    browser,
    url,
    signIns,
  }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'NUR'));
    await goDesk(page, 'hospitals');
    await page.click('[data-testid="action-hospitals.record_arrival"]');
    await fill(page, 'document_number', '990121198604121131');
    await fill(page, 'name', '王小明');
    await submit(page);
    assert.ok((await refusals(page)).includes('R-PER-2'));
    await shoot(page, 'refused-check-digit');
    assert.equal(
      await page.locator('[data-testid="field-document_number"] input').inputValue(),
      '990121198604121131',
    );
    await close();
  },

  async 'a refusal in English names its rule, and the rule can be opened'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'DOC'), { language: 'en' });
    await goDesk(page, 'hospitals');
    await goView(page, 'waiting');
    await page.locator('tr[data-row] .row-open').first().click();
    await act(page, 'hospitals.clear_patient');
    assert.ok((await refusals(page)).includes('R-FEV-4'));
    const text = await page.locator('[data-testid=refusal]').first().innerText();
    assert.ok(!/[一-鿿]/.test(text), `English only: ${text}`);
    await shoot(page, 'refused-english');
    assert.deepEqual(await axe(page), []);
    await page.locator('[data-testid=refusal] a').first().click();
    await page.waitForSelector('[data-testid=rule-page] .card');
    await close();
  },
};
