// Without these, a round would be ordered that cannot be done by morning, and nobody would say what is missing.
import assert from 'node:assert/strict';
import { axe, desk, overflow, phone, shoot } from './lib/browser.mjs';
import { goDesk, signIn, who } from './lib/walk.mjs';

/** SC-03 typed into the planner: 270,000 people in twenty townships. */
const townships = Array.from({ length: 20 }, (_, at) => `${990121100 + at} 13500 ${20 + at * 2}`).join('\n');

async function propose(page, { samplers, vehicles, perDay, meets }) {
  // Points stand six hours after the order (E.point.setup_h); members of positive pools are sampled again before it closes.
  await page.fill('#plan-townships', townships);
  await page.fill('#plan-start', '0718 0600');
  await page.fill('#plan-until', '0718 2000');
  await page.fill('#plan-deadline', '0720 0600');
  await page.fill('#plan-samplers', String(samplers));
  await page.fill('#plan-vehicles', String(vehicles));
  await page.locator('[id^="lab-"]').first().fill(String(perDay));
  await page.click('[data-testid=propose]');
  await page.waitForSelector(`[data-testid=proposal][data-meets=${meets}]`);
}

export default {
  async 'the planner proposes what meets the deadline, or says what is missing'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'CMD'), { viewport: desk });
    await goDesk(page, 'rounds', 'planner');
    await page.locator('[id^="lab-"]').first().waitFor();
    await propose(page, { samplers: 900, vehicles: 60, perDay: 29_000, meets: true });
    assert.deepEqual(await axe(page), []);
    await shoot(page, 'rounds-planner');
    await propose(page, { samplers: 900, vehicles: 60, perDay: 2_000, meets: false });
    assert.match(await page.locator('[data-testid=missing]').innerText(), /\d/);
    await shoot(page, 'rounds-missing');
    await close();
  },

  async 'the same on a phone, in English'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'CMD'), {
      viewport: phone,
      language: 'en',
    });
    await goDesk(page, 'rounds', 'planner');
    await page.locator('[id^="lab-"]').first().waitFor();
    assert.deepEqual(await axe(page), []);
    await shoot(page, 'rounds-phone');
    assert.ok((await overflow(page)) <= 0);
    await close();
  },
};
