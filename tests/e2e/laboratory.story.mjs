// Without these, a tube nobody scanned would lie in a box till morning, and a plate of ninety would be typed well by well.
import assert from 'node:assert/strict';
import { axe, overflow, phone, shoot } from './lib/browser.mjs';
import { paste } from './lib/steps.mjs';
import { act, fill, goDesk, goView, openRow, record, signIn, userOf, who } from './lib/walk.mjs';

/** Of the demonstration's round: the box under way, the tube in it, the plate on the instrument. */
const box = 'B000002XT5';
const tube = 'T000002XY9';
const plate = 'P-0717-N';
const views = ['lost', 'boxes', 'plates', 'backlog', 'laboratories', 'lots'];

export default {
  async 'who is held with a pool stands with a clock until an own single is taken'({
    browser,
    url,
    signIns,
  }) {
    const { page, close } = await signIn(browser, url, userOf(signIns, 'sampler'));
    await goDesk(page, 'screening', 'holds');
    await page.waitForSelector('[data-testid=holds] tr[data-row]');
    assert.deepEqual(await axe(page), []);
    assert.ok((await page.locator('[data-testid=hold-single] [data-testid=duty-due]').count()) > 0);
    const owed = page.locator('[data-testid=holds] tr[data-row]', {
      has: page.locator('[data-testid=duty-due]'),
    });
    const before = await owed.count();
    await owed.first().locator('.row-open').click();
    await act(page, 'screening.resample');
    assert.deepEqual(await axe(page), []);
    await shoot(page, 'laboratory-holds');
    await record(page);
    await page.waitForFunction(
      (count) => document.querySelectorAll('[data-testid=holds] [data-testid=duty-due]').length < count,
      before,
    );
    await close();
  },

  async 'what got lost on the way, by what it waits for'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'LAB'));
    await goDesk(page, 'screening', 'lost');
    await page.waitForSelector('tr[data-row]');
    for (const awaits of ['receipt', 'result', 'members', 'duplicate']) {
      await page.selectOption('[data-testid=narrow]', awaits);
      await page.waitForFunction(() => document.querySelector('tr[data-row]') !== null);
    }
    await page.selectOption('[data-testid=narrow]', '');
    assert.deepEqual(await axe(page), []);
    await shoot(page, 'laboratory-lost');
    await close();
  },

  async 'a box is counted tube by tube: nothing is taken as there unseen'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'LAB'));
    await goDesk(page, 'screening', 'boxes');
    await openRow(page, box);
    await act(page, 'screening.receive_box');
    await page.waitForSelector('[data-testid=intake-tube]');
    assert.ok(await page.locator('.context [data-testid=submit]').isDisabled());
    await page.fill('[data-testid=intake-scan]', 'T000002XS4');
    await page.keyboard.press('Enter');
    assert.ok(await page.locator('.context [data-testid=submit]').isDisabled());
    await page.fill('[data-testid=intake-scan]', tube);
    await page.keyboard.press('Enter');
    assert.deepEqual(await axe(page), []);
    await shoot(page, 'laboratory-intake');
    await record(page);
    await page.waitForFunction(
      async (code) =>
        (await (await fetch(`/v1/screening/tubes?code=${code}`)).json()).rows[0].state === 'received',
      tube,
    );
    await close();
  },

  async 'a plate is read from what the instrument saved; its wells show it'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'LAB'));
    await goDesk(page, 'screening', 'plates');
    await openRow(page, plate);
    await page.waitForSelector('[data-testid=plate]');
    await act(page, 'screening.read_plate');
    await fill(page, 'others', 'negative');
    await paste(page, '[data-cell="0/0"]', 'Well\tCall\tORF1ab\tN\nA01\tPos\t33.1\t');
    assert.deepEqual(await axe(page), []);
    await shoot(page, 'laboratory-read');
    await record(page);
    const read = await page.evaluate(async () => {
      const { rows } = await (await fetch('/v1/screening/tubes?code=T000002XV6')).json();
      return { state: rows[0].state, reading: rows[0].provisional, ct: rows[0].ct, result: rows[0].result };
    });
    assert.deepEqual(read, {
      state: 'provisional',
      reading: 'positive',
      ct: [{ gene: 'ORF1ab', ct: 33.1 }],
      result: undefined,
    });
    await close();
  },

  async 'backlog by class against the hours; every tab on a phone, in English'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'LAB'), {
      viewport: phone,
      language: 'en',
    });
    await goDesk(page, 'screening');
    for (const view of views) {
      await goView(page, view);
      await page.waitForSelector(view === 'backlog' ? 'tr[data-class=mass_round]' : 'tr[data-row]');
      assert.deepEqual(await axe(page), [], view);
      assert.ok((await overflow(page)) <= 0, view);
      await shoot(page, `laboratory-${view}-en`);
    }
    await close();
  },
};
