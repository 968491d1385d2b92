// Without this, nobody would know that the first loop can be played by hand with every clock right: SC-01, a positive at a
// fever clinic on a Sunday night (profile v9). The demonstration stands at 21:30 of 2022-07-17 with Zhang Wei's tube in the
// laboratory; it had a case earlier that day, so his is not the county's first. Times are the scenario's.
import assert from 'node:assert/strict';
import { axe, shoot } from './lib/browser.mjs';
import {
  act,
  aboutThis,
  dueOf,
  fill,
  goDesk,
  goView,
  openRow,
  press,
  record,
  refusals,
  setClock,
  signIn,
  who,
} from './lib/walk.mjs';

const tube = 'T000025FF0';

export default {
  async 'played by nurse, doctor, laboratory, county CDC, health authority and duty leaders'({
    browser,
    url,
    signIns,
  }) {
    const everybody = [];
    const open = async (role, at) => {
      const one = await signIn(
        browser,
        url,
        at ? signIns.find((person) => person.user === at) : who(signIns, role),
      );
      everybody.push(one);
      return one.page;
    };
    const nurse = await open('NUR');

    // Sealed 18:25: the result is due at 00:25 at the latest, and nobody leaves before it.
    await goDesk(nurse, 'hospitals', 'waiting');
    await openRow(nurse, '07-17 18:05');
    const patient = nurse.url();
    await nurse.waitForSelector('[data-testid=hold]');
    assert.equal(await dueOf(nurse, 'OB-H3', 'about-duty'), '07-18 00:25');
    await shoot(nurse, 'sc01-held');
    const doctor = await open('DOC');
    await doctor.goto(patient);
    await act(doctor, 'hospitals.clear_patient');
    assert.ok((await refusals(doctor)).includes('R-FEV-4'));
    await shoot(doctor, 'sc01-refused');
    assert.deepEqual(await axe(doctor), []);

    // The laboratory reads positive; a second person signs at 22:40.
    const tester = await open('LAB');
    await goDesk(tester, 'screening', 'testing');
    await openRow(tester, tube);
    await act(tester, 'screening.record_result');
    await fill(tester, 'result', 'positive');
    const ct = tester.locator('.context [data-testid="field-ct"] input');
    await ct.nth(1).fill('28.1');
    await ct.nth(3).fill('27.4');
    await record(tester);

    const authoriser = await open('LAA');
    await setClock(authoriser, '0717 2240');
    await goDesk(authoriser, 'screening', 'sign');
    await openRow(authoriser, tube);
    const tubeAddress = authoriser.url();
    await act(authoriser, 'screening.authorise_result');
    await fill(authoriser, 'result', 'positive');
    await record(authoriser);
    await authoriser.goto(tubeAddress);
    assert.equal((await aboutThis(authoriser))['OB-E6'], '07-17 22:55', 'laboratory notice');
    await shoot(authoriser, 'sc01-authorised');

    // Isolated on the spot; a try to clear him is refused.
    await doctor.goto(patient);
    await doctor.waitForSelector('[data-testid=isolated]');
    await act(doctor, 'hospitals.clear_patient');
    assert.ok((await refusals(doctor)).includes('R-FEV-4'));

    // The county CDC has the case with its clocks, and everybody who was in the clinic by name.
    const cdc = await open('CDC');
    await goDesk(cdc, 'investigation', 'cases');
    await openRow(cdc, '07-17 22:40');
    const theCase = cdc.url();
    const clocks = await aboutThis(cdc);
    assert.equal(clocks['OB-D1.start'], '07-18 00:40', 'team on the case');
    assert.equal(clocks['OB-D1.core'], '07-18 02:40', 'core facts');
    assert.equal(clocks['OB-D1.report'], '07-18 22:40', 'first report');
    await cdc.locator('.context').getByText('07-14 00:00').first().waitFor();
    const named = await cdc.locator('.context .card .tally .mark').first().innerText();
    assert.ok(Number(/\d+/.exec(named)?.[0]) >= 10, `contacts named: ${named}`);
    await shoot(cdc, 'sc01-case');
    await cdc.locator('.context .card li a').first().click();
    await cdc.waitForSelector('[data-testid=view-contacts][aria-selected=true]');
    assert.equal(await dueOf(cdc, 'OB-D2', 'about-duty'), '07-18 10:40', 'contacts judged');

    // Institution to health authority by 00:40; received 23:05, so onward by 01:05.
    await goDesk(doctor, 'reporting', 'events');
    await openRow(doctor, '07-17 22:40');
    assert.equal(await dueOf(doctor, 'OB-C4.inst', 'about-duty'), '07-18 00:40');
    await act(doctor, 'reporting.report_event');
    await fill(doctor, 'report', '发热门诊检出一例阳性，已隔离');
    await record(doctor);

    // The duty leader does not acknowledge; at 22:55 the notice goes to the city's.
    const leader = await open('DL');
    await leader.click('[data-testid=notices]');
    await leader.waitForSelector('[data-testid=notice][data-rule="N.positive"]');
    await shoot(leader, 'sc01-notice');
    await leader.keyboard.press('Escape');
    await setClock(authoriser, '0717 2305');
    const cityLeader = await open('DL', 'city_leader');
    await cityLeader.click('[data-testid=notices]');
    await cityLeader.waitForSelector('[data-testid=notice][data-rule="N.positive"]');
    await shoot(cityLeader, 'sc01-city-leader');

    const health = await open('HA');
    await goDesk(health, 'reporting', 'events');
    await openRow(health, '07-17 22:40');
    await press(health, 'reporting.receive_event_report');
    await health.waitForSelector('[data-testid=about-duty][data-rule="OB-C4.dept"]');
    assert.equal((await aboutThis(health))['OB-C4.dept'], '07-18 01:05');

    // 00:10 mild illness confirmed: card due 02:10.
    await setClock(authoriser, '0718 0010');
    await cdc.goto(theCase);
    await act(cdc, 'investigation.classify_case');
    await fill(cdc, 'class', 'confirmed');
    await fill(cdc, 'severity', 'mild');
    await fill(cdc, 'decision_note', '县专家组会诊：符合轻型标准');
    await record(cdc, { review: true });
    await cdc.waitForSelector('[data-testid=about-duty][data-rule="OB-C1"]');
    assert.equal((await aboutThis(cdc))['OB-C1'], '07-18 02:10');

    // 00:50 the card is submitted, review due 02:50; 01:30 the county CDC passes it.
    await setClock(authoriser, '0718 0050');
    await goDesk(doctor, 'reporting', 'cards');
    await doctor.selectOption('[data-testid=narrow]', 'due');
    await doctor.locator('tr[data-row] .row-open').first().click();
    await act(doctor, 'reporting.submit_card');
    await fill(doctor, 'severity', 'mild');
    await fill(doctor, 'onset_day', '0716');
    await fill(doctor, 'diagnosis_day', '0718');
    await fill(doctor, 'address_code', '990121001');
    await fill(doctor, 'occupation', '工人');
    await record(doctor);
    await setClock(authoriser, '0718 0130');
    await goDesk(cdc, 'reporting', 'cards');
    await cdc.selectOption('[data-testid=narrow]', 'submitted');
    await cdc.locator('tr[data-row] .row-open').first().click();
    assert.equal(await dueOf(cdc, 'OB-C2', 'about-duty'), '07-18 02:50');
    await press(cdc, 'reporting.pass_card');
    await cdc.goto(theCase);
    assert.equal((await aboutThis(cdc))['OB-C1'], 'discharged');

    // The clock board balances.
    await goDesk(leader, 'command', 'clocks');
    await leader.waitForSelector('[data-testid=clock-board]');
    const total = async (part) => Number(await leader.locator(`[data-testid=total-${part}] b`).innerText());
    const parts = await Promise.all(['discharged', 'late', 'open', 'cancelled', 'superseded'].map(total));
    assert.equal(
      parts.reduce((sum, part) => sum + part, 0),
      await total('opened'),
    );
    await shoot(leader, 'sc01-clock-board');
    for (const one of everybody) await one.close();
  },
};
