// Without these, people would stand in the rain at the wrong point, or read on a phone that they are positive when nobody knows.
import assert from 'node:assert/strict';
import { axe, openPage, overflow, phone, shoot } from './lib/browser.mjs';
import { label } from './lib/scanner.mjs';

/** Of the demonstration: a member of its negative pool, one of its pool on hold, and both tubes' codes. */
const negative = { number: '990121194706127017', code: 'T000002XS4' };
const held = { number: '99012119420810711X', code: 'T000002XT5' };

async function look(page, { number, code }, expected) {
  await page.fill('#own-number', number);
  await page.fill('#own-code', code);
  await page.click('[data-testid=submit]');
  await page.waitForSelector(`[data-testid=said][data-said=${expected}]`);
  return page.locator('[data-testid=said]').innerText();
}

/** How long each line is, by the name of its point. */
const lines = (page) =>
  page
    .locator('[data-testid=lines] li')
    .evaluateAll((rows) =>
      Object.fromEntries(rows.map((row) => [row.firstChild.textContent, row.dataset.state])),
    );

const states = { 石门村小学: 'clear', 虒亭镇中心广场: 'busy', 南桥村委会: 'crowded' };

export default {
  async 'lines and own results on a phone, signed in nowhere'({ browser, url }) {
    const { page, faults, close } = await openPage(browser, `${url}/open`, { viewport: phone });
    await page.waitForSelector('[data-testid=lines] li');
    assert.deepEqual(await lines(page), states);
    assert.deepEqual(await axe(page), []);
    await shoot(page, 'open-phone');

    assert.match(await look(page, negative, 'negative'), /阴性[\s\S]*林溪县人民医院核酸检测实验室/);
    await shoot(page, 'open-negative');
    const said = await look(page, held, 'recheck');
    assert.match(said, /这不是阳性/);
    assert.match(said, /留在原地/);
    assert.deepEqual(await axe(page), []);
    assert.ok((await overflow(page)) <= 0);
    await shoot(page, 'open-held');

    // Somebody else's tube, no tube at all, a slip of the keyboard: nobody learns more.
    const other = await look(page, { ...negative, code: held.code }, 'none');
    assert.equal(await look(page, { ...negative, code: label('T', 77) }, 'none'), other);
    await look(page, { ...negative, number: '990121194706127018' }, 'bad_number');
    assert.equal(await page.evaluate(() => JSON.stringify(localStorage)), '{"fx.language":"zh-CN"}');
    await close();
    assert.deepEqual(faults, []);
  },

  async 'the same in English; who asks too often waits'({ browser, url }) {
    const { page, faults, close } = await openPage(browser, `${url}/open`, {
      viewport: phone,
      language: 'en',
    });
    await page.waitForSelector('[data-testid=lines] li');
    assert.match(await page.locator('[data-testid=lines]').innerText(), /busy/);
    assert.match(await look(page, held, 'recheck'), /not a positive/);
    assert.deepEqual(await axe(page), []);
    assert.ok((await overflow(page)) <= 0);
    await shoot(page, 'open-held-en');
    for (let times = 2; times <= 9; times += 1)
      await look(page, { ...held, code: label('T', 900 + times) }, 'none');
    assert.match(await look(page, held, 'wait'), /wait \d+ min/);
    await shoot(page, 'open-wait-en');
    await close();
    assert.deepEqual(faults, []);
  },
};
