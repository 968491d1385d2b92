// Without this, an investigator would type sixty contacts one by one at midnight, and learn of one bad digit at the end.
import assert from 'node:assert/strict';
import { axe, shoot } from './lib/browser.mjs';
import { paste, recorded, Steps } from './lib/steps.mjs';
import { goDesk, signIn, userOf } from './lib/walk.mjs';

const head = '姓名\t身份证号\t手机号\t与病例关系\t地点\t开始时间\t末次接触时间\t是否防护';
const lines = [
  '韩梅\t990121198604121131\t13900000001\t妻子\t家中\t2022/7/15 8:00\t7月17日 13:20\t否',
  '邓超\t\t13900000002\t同事\t县农贸市场\t\t\t是',
  '曹颖\t\t13900000003\t邻居\t\t昨天\t\t也许',
];
// Twenty more of the same market.
const crowd = Array.from(
  { length: 20 },
  (_, at) => `顾客${String(at)}\t\t1380000${String(1000 + at)}\t其他\t县农贸市场`,
);

export default {
  async 'contacts pasted from a spreadsheet: faults by their cells, mended and sent by keyboard, all in one command'({
    browser,
    url,
    signIns,
  }) {
    const { page, close } = await signIn(browser, url, userOf(signIns, 'investigator'));
    await goDesk(page, 'investigation', 'cases');
    const sent = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/name_contacts')) sent.push(request.postDataJSON());
    });
    const steps = new Steps(page);
    await steps.press('tr[data-row] .row-open');
    await steps.press('.context [data-testid="action-investigation.name_contacts"]');
    await paste(page, '[data-cell="0/0"]', [head, ...lines, ...crowd].join('\n'));
    await page.waitForSelector('[data-cell="22/0"]');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('[data-testid=cell-fault]');
    const faults = await page.locator('[data-testid=cell-fault]').allInnerTexts();
    assert.deepEqual(faults, [
      '身份证号校验位不对',
      '不在可选项里',
      '时间看不懂，例如 2240 或 0717 2240',
      '请写“是”或“否”',
    ]);
    assert.equal(sent.length, 0, 'nothing is sent while a cell is wrong');
    await shoot(page, 'contacts-faults');
    assert.deepEqual(await axe(page), []);
    await page.fill('[data-cell="0/1"]', '990121198604121130');
    await page.selectOption('[data-cell="2/3"]', 'other');
    await page.fill('[data-cell="2/5"]', '0716 0900');
    await page.focus('[data-cell="2/7"]');
    await page.keyboard.press('Space');
    await page.keyboard.press('Space');
    page.setDefaultTimeout(60_000);
    await recorded(page, () => steps.key('Control+Enter'));
    steps.atMost(3);
    assert.equal(sent.length, 1, 'one command for all');
    assert.equal(sent[0].contacts.length, 23);
    assert.equal(sent[0].contacts[0].kind, 'household');
    assert.equal(sent[0].contacts[0].exposure_until, '2022-07-17T13:20:00+08:00');
    assert.equal(sent[0].contacts[1].is_protected, true);
    await page.getByText('已列名', { exact: false }).first().waitFor();
    await close();
  },
};
