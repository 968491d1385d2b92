// Without this, nobody would know that the first loop can be played by hand, with every clock right: SC-01, a positive at
// a fever clinic on a Sunday night (profile v9, 2022-07-17). Times and numbers are the scenario's.
import assert from "node:assert/strict";
import { axe, shoot } from "./lib/browser.mjs";
import {
  act,
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
  take,
  who,
} from "./lib/walk.mjs";

const zhang = { number: "990121198604121130", name: "张伟", phone: "13900001130" };

/** Duties about the selected thing, by rule: due as `MM-DD HH:mm`, or the state when closed. */
async function aboutThis(page) {
  await page.waitForSelector("[data-testid=about-duty]");
  return page.locator("[data-testid=about-duty]").evaluateAll((cards) =>
    Object.fromEntries(
      cards.map((card) => {
        const due = card.querySelector("[data-testid=duty-due]")?.getAttribute("data-due");
        return [
          card.getAttribute("data-rule"),
          due ? due.slice(5, 16).replace("T", " ") : card.getAttribute("data-state"),
        ];
      }),
    ),
  );
}

export default {
  async "played by nurse, doctor, sampler, laboratory, county CDC, health authority and duty leader"({
    browser,
    url,
    signIns,
  }) {
    const open = async (...roles) => signIn(browser, url, who(signIns, ...roles));
    const nurse = await open("NUR");

    // 18:05 Zhang Wei arrives, 38.2 °C, green code; recorded by the night shift.
    await goDesk(nurse.page, "hospitals");
    await nurse.page.click('[data-testid="action-hospitals.record_arrival"]');
    await fill(nurse.page, "document_number", zhang.number);
    await fill(nurse.page, "name", zhang.name);
    await fill(nurse.page, "phone", zhang.phone);
    await fill(nurse.page, "code", "green");
    await fill(nurse.page, "temperature", "38.2");
    await fill(nurse.page, "symptoms", "fever");
    await fill(nurse.page, "onset_day", "0716");
    await fill(nurse.page, "occurred_at", "0717 1805");
    await record(nurse.page);

    await goView(nurse.page, "here");
    await openRow(nurse.page, "07-17 18:05");
    const address = nurse.page.url();
    await act(nurse.page, "hospitals.triage_1");
    await fill(nurse.page, "occurred_at", "0717 1808");
    await record(nurse.page);
    await act(nurse.page, "hospitals.triage_2");
    await fill(nurse.page, "occurred_at", "0717 1812");
    await record(nurse.page);

    // A doctor gives him a room, the sampler takes and seals a single tube at 18:25.
    const doctor = await open("DOC");
    await doctor.page.goto(address);
    await act(doctor.page, "hospitals.assign_room");
    await take(doctor.page, "room", "");
    await fill(doctor.page, "occurred_at", "0717 1815");
    await record(doctor.page);

    const sampler = await open("SMP");
    await sampler.page.goto(address);
    await act(sampler.page, "hospitals.take_sample");
    await sampler.page.click("[data-testid=new-tube-code]");
    const code = await sampler.page.inputValue("[data-testid=tube-code]");
    await sampler.page.locator(".context form input[inputmode=numeric]").fill("0717 1825");
    await record(sampler.page);

    // Nobody leaves before the result; the result is due at 00:25 at the latest.
    await nurse.page.goto(address);
    await nurse.page.waitForSelector("[data-testid=hold]");
    assert.equal(await dueOf(nurse.page, "OB-H3", "about-duty"), "07-18 00:25");
    await shoot(nurse.page, "sc01-held");
    await doctor.page.goto(address);
    await act(doctor.page, "hospitals.clear_patient");
    assert.ok((await refusals(doctor.page)).includes("R-FEV-4"));
    await shoot(doctor.page, "sc01-refused");
    assert.deepEqual(await axe(doctor.page), []);

    // Box, courier, laboratory: received 19:10, tested.
    await goDesk(sampler.page, "screening");
    await sampler.page.click('[data-testid="action-screening.box_tubes"]');
    await take(sampler.page, "tubes", code);
    await take(sampler.page, "lab", "");
    await fill(sampler.page, "occurred_at", "0717 1835");
    await record(sampler.page);

    const tester = await open("LAB");
    await goDesk(tester.page, "screening", "arriving");
    await tester.page.fill("[data-testid=scan]", code);
    await tester.page.press("[data-testid=scan]", "Enter");
    await tester.page.waitForSelector("[data-testid=row-context]");
    await tester.page.locator(".context .tick input").check();
    await act(tester.page, "screening.receive_tube");
    await fill(tester.page, "occurred_at", "0717 1910");
    await record(tester.page);
    await act(tester.page, "screening.start_test");
    await fill(tester.page, "reagent_lot", "LOT-2207");
    await record(tester.page);
    await act(tester.page, "screening.record_result");
    await fill(tester.page, "result", "positive");
    const ct = tester.page.locator('.context [data-testid="field-ct"] input');
    await ct.nth(1).fill("28.1");
    await ct.nth(3).fill("27.4");
    await record(tester.page);

    // 22:40 a second person authorises: positive.
    const authoriser = await open("LAA");
    await setClock(authoriser.page, "0717 2240");
    await goDesk(authoriser.page, "screening", "sign");
    await openRow(authoriser.page, code);
    await act(authoriser.page, "screening.authorise_result");
    await fill(authoriser.page, "result", "positive");
    await record(authoriser.page);
    const tubeDuties = await aboutThis(authoriser.page);
    assert.equal(tubeDuties["OB-E6"], "07-17 22:55", "laboratory notice");
    assert.equal(tubeDuties["OB-E3"], "discharged", "the result was in time");
    await shoot(authoriser.page, "sc01-authorised");

    // 22:40 isolated on the spot; a try to clear him is refused.
    await doctor.page.goto(address);
    await doctor.page.waitForSelector("[data-testid=isolated]");
    await act(doctor.page, "hospitals.clear_patient");
    assert.ok((await refusals(doctor.page)).length > 0);

    // The county CDC has the case with its clocks, and everybody who was in the clinic by name.
    const cdc = await open("CDC");
    await goDesk(cdc.page, "investigation", "cases");
    await openRow(cdc.page, "07-17 22:40");
    const caseAddress = cdc.page.url();
    const clocks = await aboutThis(cdc.page);
    assert.equal(clocks["OB-D1.start"], "07-18 00:40", "team on the case");
    assert.equal(clocks["OB-D1.core"], "07-18 02:40", "core facts");
    assert.equal(clocks["OB-D1.report"], "07-18 22:40", "first report");
    await cdc.page.getByText("07-14 00:00").first().waitFor();
    await shoot(cdc.page, "sc01-case");
    await goView(cdc.page, "contacts");
    await cdc.page.locator("tr[data-row] .row-open").first().waitFor();
    await cdc.page.locator("tr[data-row] .row-open").first().click();
    assert.equal(await dueOf(cdc.page, "OB-D2", "about-duty"), "07-18 10:40", "contacts judged");

    // The institution reports the event, the county health authority has it at 23:05.
    await goDesk(doctor.page, "reporting", "events");
    await openRow(doctor.page, "07-17 22:40");
    assert.equal(await dueOf(doctor.page, "OB-C4.inst", "about-duty"), "07-18 00:40");
    await act(doctor.page, "reporting.report_event");
    await fill(doctor.page, "report", "发热门诊检出一例阳性");
    await record(doctor.page);

    // 22:55 the duty leader has not acknowledged: the urgent notice has climbed.
    const leader = await open("DL");
    await leader.page.click("[data-testid=notices]");
    await leader.page.waitForSelector('[data-testid=notice][data-rule="N.positive"]');
    await shoot(leader.page, "sc01-notice");
    await leader.page.keyboard.press("Escape");
    await setClock(authoriser.page, "0717 2305");
    await leader.page.reload();
    await goDesk(leader.page, "command", "missing");
    await leader.page.waitForSelector('[data-testid=missing-row][data-rule="N.positive"]');

    const health = await open("HA");
    await goDesk(health.page, "reporting", "events");
    await openRow(health.page, "07-17 22:40");
    await press(health.page, "reporting.receive_event_report");
    assert.equal((await aboutThis(health.page))["OB-C4.dept"], "07-18 01:05");

    // 00:10 the expert group confirms mild illness: card and first-case report due 02:10.
    await setClock(authoriser.page, "0718 0010");
    await cdc.page.goto(caseAddress);
    await act(cdc.page, "investigation.classify_case");
    await fill(cdc.page, "class", "confirmed");
    await fill(cdc.page, "severity", "mild");
    await fill(cdc.page, "decision_note", "专家组：符合诊断标准");
    await record(cdc.page, { review: true });
    const confirmed = await aboutThis(cdc.page);
    assert.equal(confirmed["OB-C1"], "07-18 02:10");
    assert.equal(confirmed["OB-C3"], "07-18 02:10");

    // 00:50 the hospital submits the card, 01:30 the county CDC passes it.
    await setClock(authoriser.page, "0718 0050");
    await goDesk(doctor.page, "reporting", "cards");
    await doctor.page.locator("tr[data-row] .row-open").first().click();
    await act(doctor.page, "reporting.submit_card");
    await fill(doctor.page, "onset_day", "0716");
    await fill(doctor.page, "diagnosis_day", "0718");
    await fill(doctor.page, "address_code", "990121");
    await fill(doctor.page, "occupation", "工人");
    await record(doctor.page);
    await setClock(authoriser.page, "0718 0130");
    await goDesk(cdc.page, "reporting", "cards");
    await cdc.page.locator("tr[data-row] .row-open").first().click();
    assert.equal(await dueOf(cdc.page, "OB-C2", "about-duty"), "07-18 02:50");
    await press(cdc.page, "reporting.pass_card");
    await cdc.page.goto(caseAddress);
    const closed = await aboutThis(cdc.page);
    assert.equal(closed["OB-C1"], "discharged");

    // The clock board still balances.
    await goDesk(leader.page, "command", "clocks");
    await leader.page.waitForSelector("[data-testid=clock-board]");
    const total = async (part) =>
      Number(await leader.page.locator(`[data-testid=total-${part}] b`).innerText());
    const parts = await Promise.all(["discharged", "late", "open", "cancelled", "superseded"].map(total));
    assert.equal(
      parts.reduce((sum, part) => sum + part, 0),
      await total("opened"),
    );
    await shoot(leader.page, "sc01-clock-board");

    for (const one of [nurse, doctor, sampler, tester, authoriser, cdc, leader, health]) await one.close();
  },
};
