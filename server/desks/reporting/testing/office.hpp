#pragma once

// A hospital that reports and the CDC that reviews, for this desk's tests; above them the levels an emergency event
// climbs.

#include <gtest/gtest.h>

#include "desks/reporting/commands.hpp"
#include "desks/reporting/desk.hpp"
#include "desks/reporting/facts.hpp"
#include "kernel/testing/desk_bench.hpp"

namespace fx::reporting::testing {

using fx::testing::Answer;
using fx::testing::at;
using fx::testing::DeskBench;
using fx::testing::happened;
using fx::testing::id;
using fx::testing::refused;
using fx::testing::words;

inline CaseId case_id(std::uint64_t n) { return id<CaseId>(2'000 + n); }
inline Day day(std::string_view text) { return *parse_day(text); }

struct Office {
  DeskBench bench{desk()};
  UnitId hospital = bench.unit(UnitKind::hospital);
  UnitId cdc = bench.unit(UnitKind::cdc);
  UnitId authority = bench.unit(UnitKind::health_authority);
  UnitId command_post = bench.unit(UnitKind::command_post);
  UnitId city = bench.unit(UnitKind::command_post, {}, 990100);
  UnitId province = bench.unit(UnitKind::government, {}, 990000);
  AccountId doctor = bench.holder(hospital, Role::DOC);
  AccountId officer = bench.holder(cdc, Role::CDC);

  Office() { bench.now("2022-07-18 00:50"); }

  template <class C>
  Answer as_doctor(std::string_view operation, C c) {
    return bench.as(doctor, hospital, {Role::DOC}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_officer(std::string_view operation, C c) {
    return bench.as(officer, cdc, {Role::CDC}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_system(std::string_view operation, C c) {
    return bench.as_system().ask(operation, std::move(c));
  }

  // ---- the usual way of a card
  Answer expect(std::uint64_t n, CardClass c = CardClass::confirmed,
                std::optional<CardSeverity> s = CardSeverity::mild) {
    return as_system("expect_card", ExpectCard{case_id(n), id<PersonId>(n), hospital, cdc, c,
                                               c == CardClass::confirmed ? s : std::nullopt});
  }
  static SubmitCard filled(std::uint64_t n, CardClass c = CardClass::confirmed) {
    return {case_id(n),
            c,
            c == CardClass::confirmed ? std::optional(CardSeverity::mild) : std::nullopt,
            day("2022-07-16"),
            day("2022-07-18"),
            "990121001001",
            "cleaner"};
  }
  Answer submit(std::uint64_t n, CardClass c = CardClass::confirmed) {
    return as_doctor("submit_card", filled(n, c));
  }
  Answer pass(std::uint64_t n) { return as_officer("pass_card", PassCard{case_id(n)}); }
  Answer give_back(std::uint64_t n) {
    return as_officer("return_card", ReturnCard{case_id(n), words("address?")});
  }
  Answer correct(std::uint64_t n, CardClass c = CardClass::confirmed) {
    const SubmitCard card = filled(n, c);
    return as_doctor("correct_card",
                     CorrectCard{card.case_id, card.class_, card.severity, card.onset_day, card.diagnosis_day,
                                 card.address_code, card.occupation, words("class changed")});
  }
  Answer expect_correction(std::uint64_t n) {
    return as_system("expect_correction", ExpectCorrection{case_id(n)});
  }
  Answer propose(std::uint64_t n) { return as_system("propose_withdrawal", ProposeWithdrawal{case_id(n)}); }
  Answer drop(std::uint64_t n) { return as_system("drop_withdrawal", DropWithdrawal{case_id(n)}); }
  Answer withdraw(std::uint64_t n) {
    return as_officer("withdraw_card", WithdrawCard{case_id(n), words("excluded")});
  }

  // ---- the chain of an emergency event
  Answer expect_event(std::uint64_t n) {
    return as_system("expect_event_report", ExpectEventReport{case_id(n), hospital});
  }
  Answer cancel_event(std::uint64_t n) {
    return as_system("cancel_event_report", CancelEventReport{case_id(n)});
  }
  Answer tell(std::uint64_t n) {
    return as_doctor("report_event", ReportEvent{case_id(n), words("one positive")});
  }
  Answer receive(std::uint64_t n, UnitId unit) {
    return bench.as(id<AccountId>(5), unit, {Role::CMD, Role::HA})
        .ask("receive_event_report", ReceiveEventReport{case_id(n)});
  }

  const Card& card(std::uint64_t n) { return bench.get<Card>(card_of(case_id(n))); }
  const EventReport& chain(std::uint64_t n) { return bench.get<EventReport>(event_report_of(case_id(n))); }
};

}  // namespace fx::reporting::testing
