// Without these, the frequent tasks of the clinic and the laboratory could take more than three interactions, or not work at
// all: register, sample, send, receive, sign, leave early (SC-04), emergency.
import assert from 'node:assert/strict';
import { axe, phone, shoot } from './lib/browser.mjs';
import {
  aboutThis,
  act,
  dueOf,
  fill,
  goDesk,
  goView,
  openRow,
  press,
  record,
  refusals,
  signIn,
  submit,
  take,
  userOf,
  who,
} from './lib/walk.mjs';

const patient = { number: '990121197710081094' };

export default {
  async 'a nurse registers an arrival on a phone in two taps, by the document number of somebody known'({
    browser,
    url,
    signIns,
  }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'NUR'), { viewport: phone });
    await page.click('[data-testid="action-hospitals.record_arrival"]'); // 1
    await fill(page, 'document_number', patient.number);
    await fill(page, 'temperature', '37.9');
    await fill(page, 'code', 'green');
    await shoot(page, 'clinic-arrival-phone');
    assert.deepEqual(await axe(page), []);
    await record(page); // 2
    await page.locator('tr[data-row]', { hasText: '37.9' }).first().waitFor();
    await close();
  },

  async 'triage, room and a sealed single tube; the hold begins'({ browser, url, signIns }) {
    const nurse = await signIn(browser, url, who(signIns, 'NUR'));
    await goDesk(nurse.page, 'hospitals', 'here');
    await openRow(nurse.page, '37.9');
    const address = nurse.page.url();
    await act(nurse.page, 'hospitals.triage_1');
    await record(nurse.page);
    await act(nurse.page, 'hospitals.triage_2');
    await record(nurse.page);

    const doctor = await signIn(browser, url, who(signIns, 'DOC'));
    await doctor.page.goto(address);
    await act(doctor.page, 'hospitals.assign_room');
    await take(doctor.page, 'room', '');
    await record(doctor.page);

    await nurse.page.goto(address);
    await act(nurse.page, 'hospitals.take_sample');
    await nurse.page.click('[data-testid=new-tube-code]');
    const code = await nurse.page.inputValue('[data-testid=tube-code]');
    await record(nurse.page);
    await nurse.page.waitForSelector('[data-testid=hold]');
    await nurse.page.waitForSelector('[data-testid=about-duty][data-rule="OB-H3"]');

    // The notice for the patient, in both languages.
    const [notice] = await Promise.all([
      nurse.page.waitForEvent('popup'),
      nurse.page.click('[data-testid=print-hold]'),
    ]);
    await notice.waitForSelector('[data-testid=hold-notice]');
    assert.equal(await notice.locator('[data-testid=hold-notice] section').count(), 2);
    await shoot(notice, 'clinic-hold-notice');
    assert.deepEqual(await axe(notice), []);
    await notice.close();

    // Boxed by the sampler, received by scan: two interactions.
    await goDesk(nurse.page, 'screening', 'arriving');
    await nurse.page.click('[data-testid="action-screening.box_tubes"]');
    await take(nurse.page, 'tubes', code);
    await take(nurse.page, 'lab', '实验室');
    await record(nurse.page);
    const tester = await signIn(browser, url, who(signIns, 'LAB'));
    await goDesk(tester.page, 'screening', 'arriving');
    await tester.page.fill('[data-testid=scan]', code);
    await tester.page.press('[data-testid=scan]', 'Enter'); // 1
    await tester.page.waitForSelector('[data-testid=row-context]');
    await press(tester.page, 'screening.receive_tube'); // 2
    await tester.page.waitForSelector('[data-testid=about-duty][data-rule="OB-E3"]');
    await act(tester.page, 'screening.start_test');
    await fill(tester.page, 'reagent_lot', 'L-2207');
    await record(tester.page);
    await act(tester.page, 'screening.record_result');
    await fill(tester.page, 'result', 'negative');
    await record(tester.page);

    // Signed by the second person: row, action, submit.
    const authoriser = await signIn(browser, url, who(signIns, 'LAA'));
    await goDesk(authoriser.page, 'screening', 'sign');
    await openRow(authoriser.page, code); // 1
    await act(authoriser.page, 'screening.authorise_result'); // 2
    await fill(authoriser.page, 'result', 'negative');
    await record(authoriser.page); // 3

    // Negative: he may go.
    await doctor.page.goto(address);
    await press(doctor.page, 'hospitals.clear_patient');
    await nurse.page.goto(address);
    await press(nurse.page, 'hospitals.record_departure');
    for (const one of [nurse, doctor, tester, authoriser]) await one.close();
  },

  async 'labels print on a sheet, bar code and QR'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'SMP'));
    await goDesk(page, 'screening');
    await page.click('[data-testid="action-screening.print_tubes"]');
    await fill(page, 'count', '6');
    await record(page);
    await goView(page, 'printed');
    const [sheet] = await Promise.all([page.waitForEvent('popup'), page.click('[data-testid=print-sheet]')]);
    await sheet.waitForSelector('[data-testid=label-sheet] .label-cell');
    assert.ok((await sheet.locator('.label-cell').count()) >= 6);
    await shoot(sheet, 'clinic-labels');
    assert.deepEqual(await axe(sheet), []);
    await sheet.close();
    await close();
  },

  async 'a patient who leaves before the result: report, duty of 15 minutes, command begins the search (SC-04)'({
    browser,
    url,
    signIns,
  }) {
    const nurse = await signIn(browser, url, who(signIns, 'NUR'));
    await goDesk(nurse.page, 'hospitals', 'waiting');
    await nurse.page.locator('tr[data-row] .row-open').first().click(); // 1
    await nurse.page.waitForSelector('[data-testid=row-context]');
    const id = new URL(nurse.page.url()).searchParams.get('sel');
    await act(nurse.page, 'hospitals.report_left_early'); // 2
    await fill(nurse.page, 'exit', 'side_door');
    await fill(nurse.page, 'seen_by', '保安');
    await record(nurse.page); // 3
    await nurse.page.goto(`${url}/d/hospitals?view=left&sel=${id}`);
    await nurse.page.waitForSelector('[data-testid=about-duty][data-rule="OB-H3b"]');
    await shoot(nurse.page, 'clinic-left-early');

    const officer = await signIn(browser, url, who(signIns, 'DO'));
    await officer.page.goto(`${url}/d/hospitals?view=left&sel=${id}`);
    await press(officer.page, 'hospitals.acknowledge_search');
    await officer.page.waitForSelector('[data-testid=about-duty][data-rule="OB-H3b"][data-state=discharged]');
    assert.equal((await aboutThis(officer.page))['OB-H3b'], 'discharged');

    const inspector = await signIn(browser, url, who(signIns, 'INS'));
    await goDesk(inspector.page, 'supervision', 'findings');
    await inspector.page.selectOption('[data-testid=narrow]', 'major');
    await inspector.page.locator('tr[data-row]').first().waitFor();
    for (const one of [nurse, officer, inspector]) await one.close();
  },

  async 'an emergency is never refused: no sample, no identity, at once'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'DOC'));
    await goDesk(page, 'hospitals');
    await page.click('[data-testid="action-hospitals.new_emergency"]'); // 1
    await fill(page, 'team', '抢救一组');
    await fill(page, 'reason', '心脏骤停');
    await record(page); // 2
    await goView(page, 'here');
    await openRow(page, '紧急抢救');
    await dueOf(page, 'OB-EMG', 'about-duty');
    await shoot(page, 'clinic-emergency');
    await close();
  },

  async 'a tester who is asked to sign finds no such button; a doctor clearing without result is refused'({
    browser,
    url,
    signIns,
  }) {
    const tester = await signIn(browser, url, who(signIns, 'LAB'));
    await goDesk(tester.page, 'screening', 'all');
    await tester.page.selectOption('[data-testid=narrow]', 'testing');
    await tester.page.locator('tr[data-row] .row-open').first().click();
    await tester.page.waitForSelector('[data-testid="action-screening.record_result"]');
    assert.equal(await tester.page.locator('[data-testid="action-screening.authorise_result"]').count(), 0);
    const doctor = await signIn(browser, url, who(signIns, 'DOC'));
    await goDesk(doctor.page, 'hospitals', 'waiting');
    await doctor.page.locator('tr[data-row] .row-open').first().click();
    await act(doctor.page, 'hospitals.clear_patient');
    assert.ok((await refusals(doctor.page)).includes('R-FEV-4'));
    for (const one of [tester, doctor]) await one.close();
  },

  async 'a form that the server refuses keeps its input'({ browser, url, signIns }) {
    const { page, close } = await signIn(browser, url, who(signIns, 'DOC'));
    await goDesk(page, 'hospitals', 'rooms');
    const { page: nurse, close: closeNurse } = await signIn(browser, url, userOf(signIns, 'clinic_head'));
    await goDesk(nurse, 'hospitals', 'rooms');
    await nurse.click('[data-testid="action-hospitals.open_room"]');
    await fill(nurse, 'number', '1');
    await submit(nurse);
    assert.ok((await refusals(nurse)).length > 0);
    assert.equal(await nurse.locator('[data-testid="field-number"] input').inputValue(), '1');
    await close();
    await closeNurse();
  },
};
