#pragma once

// A county that investigates, for this desk's tests: its CDC, a hospital with a fever clinic, and the usual way of a
// case and of a contact.

#include <gtest/gtest.h>

#include "desks/investigation/commands.hpp"
#include "desks/investigation/desk.hpp"
#include "desks/investigation/facts.hpp"
#include "desks/investigation/orders/commands.hpp"
#include "kernel/testing/desk_bench.hpp"

namespace fx::investigation::testing {

using fx::testing::Answer;
using fx::testing::at;
using fx::testing::DeskBench;
using fx::testing::happened;
using fx::testing::id;
using fx::testing::refused;
using fx::testing::words;

inline PersonId person(std::uint64_t n) { return id<PersonId>(1'000 + n); }
inline CaseId case_id(std::uint64_t n) { return id<CaseId>(2'000 + n); }
inline TubeId tube(std::uint64_t n) { return id<TubeId>(3'000 + n); }
inline StopId stop(std::uint64_t n) { return id<StopId>(5'000 + n); }
inline ExposureId exposure(std::uint64_t n) { return id<ExposureId>(6'000 + n); }
inline ContactId contact(std::uint64_t n) { return id<ContactId>(4'000 + n); }
inline Day day(std::string_view text) { return *parse_day(text); }

struct County {
  DeskBench bench{desk()};
  UnitId command_post = bench.unit(UnitKind::command_post);
  UnitId cdc = bench.unit(UnitKind::cdc);
  UnitId hospital = bench.unit(UnitKind::hospital);
  UnitId clinic = bench.unit(UnitKind::fever_clinic, hospital);
  UnitId site = bench.unit(UnitKind::quarantine_site);
  AccountId officer = bench.holder(cdc, Role::CDC);
  AccountId investigator = bench.holder(cdc, Role::INV);
  AccountId doctor = bench.holder(hospital, Role::DOC);

  County() {
    bench.now("2022-07-17 22:40");
    bench.rules.set("D.window.back_d", 2);
    bench.rules.set("F.close_contact", "{}");
    bench.rules.set("F.contact_of_contact", "{}");
    bench.rules.set("D.trajectory.gap_h", 2);
    bench.rules.set("D.contact.distance_m", 1);
    bench.rules.set("D.coc.judge", "all");
  }

  template <class C>
  Answer as_officer(std::string_view operation, C c) {
    return bench.as(officer, cdc, {Role::CDC}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_investigator(std::string_view operation, C c) {
    return bench.as(investigator, cdc, {Role::INV}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_doctor(std::string_view operation, C c) {
    return bench.as(doctor, hospital, {Role::DOC}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_system(std::string_view operation, C c) {
    return bench.as_system().ask(operation, std::move(c));
  }

  // ---- the usual way of a case
  /// Case n, of person n, from the positive tube n.
  Answer open(std::uint64_t n, std::optional<Day> onset = {}) {
    return as_system("open_case", OpenCase{case_id(n),
                                           person(n),
                                           "covid19-cn",
                                           hospital,
                                           clinic,
                                           tube(n),
                                           {},
                                           onset,
                                           at("2022-07-17 18:25"),
                                           true});
  }
  Answer start(std::uint64_t n) {
    return as_investigator("start_investigation", StartInvestigation{case_id(n), {}});
  }
  Answer core(std::uint64_t n, std::optional<Day> onset = {}) {
    return as_investigator("record_core_facts",
                           RecordCoreFacts{case_id(n), onset, "cleaner", words("lives alone")});
  }
  Answer report(std::uint64_t n) {
    return as_investigator("submit_first_report", SubmitFirstReport{case_id(n), words("what is known")});
  }
  Answer classify(std::uint64_t n, CaseClass c) {
    const bool confirmed = c == CaseClass::confirmed;
    return as_officer("classify_case",
                      ClassifyCase{case_id(n), c, confirmed ? std::optional(Severity::mild) : std::nullopt,
                                   confirmed ? std::optional(words("expert group, item 2")) : std::nullopt});
  }
  Answer exclude(std::uint64_t n, bool second_negative = true) {
    return as_officer(
        "exclude_case",
        ExcludeCase{case_id(n), SecondTest::other_laboratory, second_negative, {}, words("second negative")});
  }
  Answer propose(std::uint64_t n) {
    return as_system("propose_exclusion", ProposeExclusion{case_id(n), tube(n)});
  }
  Answer keep(std::uint64_t n) {
    return as_officer("keep_case", KeepCase{case_id(n), words("the second run is positive")});
  }

  // ---- the usual way of a contact
  static NewContact met(std::uint64_t n, std::uint64_t who) {
    return {contact(n), person(who), ContactKind::household, at("2022-07-16 19:00"), at("2022-07-17 08:00"),
            "home",     false};
  }
  Answer name(std::uint64_t of_case, std::vector<NewContact> contacts) {
    return as_investigator("name_contacts", NameContacts{case_id(of_case), {}, std::move(contacts)});
  }
  Answer name_by_system(std::uint64_t of_case, std::vector<NewContact> contacts) {
    return as_system("name_contacts", NameContacts{case_id(of_case), {}, std::move(contacts)});
  }
  Answer verify(std::uint64_t n) { return as_investigator("verify_contact", VerifyContact{contact(n)}); }
  Answer judge(std::uint64_t n, ContactClass c) {
    return as_investigator("judge_contact", JudgeContact{contact(n), c, 0.5, words("same room, no mask")});
  }
  Answer notify(std::uint64_t n) { return as_investigator("notify_contact", NotifyContact{contact(n)}); }
  Answer locate(std::uint64_t n) {
    return as_investigator("locate_contact", LocateContact{contact(n), words("at work")});
  }
  /// What the isolation desk tells: an order for contact n, who is that person, or its end.
  Answer order(std::uint64_t n, std::uint64_t who, std::optional<FoundBy> held = FoundBy::central) {
    return as_system("note_order", NoteOrder{id<MeasureOrderId>(8'000 + n), person(who), contact(n), held});
  }
  Answer take(std::uint64_t n) {
    return as_investigator("take_into_control", TakeIntoControl{contact(n), words("site 2, room 5")});
  }
  /// Ordered, and taken into control; who it is does not matter.
  Answer control(std::uint64_t n) {
    order(n, 100 + n);
    return take(n);
  }

  // ---- trajectory
  static RecordStop was(std::uint64_t n, std::uint64_t of_case, std::string_view from,
                        std::string_view until) {
    return {stop(n),
            case_id(of_case),
            StopKind::stay,
            Setting::shop,
            "East Market",
            990121,
            {},
            at(from),
            at(until),
            {},
            {},
            {},
            {},
            KnownBy::scan,
            false};
  }
  Answer record(RecordStop c) { return as_investigator("record_stop", std::move(c)); }
  Answer settle(std::uint64_t n, StopOutcome outcome, std::string note = "") {
    return as_investigator(
        "settle_stop",
        SettleStop{stop(n), outcome, note.empty() ? std::nullopt : std::optional(words(note))});
  }

  Answer correct(RecordStop c) {
    return as_investigator(
        "correct_stop",
        CorrectStop{c.stop, c.case_id, c.kind, c.setting, c.place, c.division, c.address, c.from, c.until,
                    c.service, c.carriage, c.row, c.seat, c.known_by, c.masked, words("by the ticket")});
  }
  Answer withdraw_stop(std::uint64_t n, std::uint64_t of_case) {
    return as_investigator("withdraw_stop",
                           WithdrawStop{stop(n), case_id(of_case), words("it was somebody else")});
  }

  // ---- exposures and class
  Answer expose(std::uint64_t n, std::uint64_t of_contact, std::string_view from, std::string_view until,
                double distance, bool is_protected = false) {
    return as_investigator("record_exposure", RecordExposure{.exposure = exposure(n),
                                                             .contact = contact(of_contact),
                                                             .from = at(from),
                                                             .until = at(until),
                                                             .setting = Setting::workplace,
                                                             .vehicle = {},
                                                             .distance_m = distance,
                                                             .rows_apart = {},
                                                             .same_carriage = {},
                                                             .is_protected = is_protected,
                                                             .known_by = {},
                                                             .stop = {}});
  }
  Answer withdraw(std::uint64_t n, std::uint64_t of_contact) {
    return as_investigator("withdraw_exposure",
                           WithdrawExposure{exposure(n), contact(of_contact), words("it was somebody else")});
  }
  Answer accept(std::uint64_t of_contact) {
    return as_officer("accept_class", AcceptClass{contact(of_contact)});
  }
  const ClassProposal* proposal(std::uint64_t of_contact) {
    return bench.find<ClassProposal>(proposal_for(contact(of_contact)));
  }

  const Case& file(std::uint64_t n) { return bench.get<Case>(case_id(n)); }
  const Contact& row(std::uint64_t n) { return bench.get<Contact>(contact(n)); }
  std::int64_t county_count() {
    const auto* count = bench.find<CountyCases>(county_cases_key(case_id(1), "covid19-cn"));
    return count != nullptr ? count->classified : 0;
  }
};

}  // namespace fx::investigation::testing
