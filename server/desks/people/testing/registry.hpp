#pragma once

// Where people are registered, for this desk's tests.

#include <gtest/gtest.h>

#include "desks/people/commands.hpp"
#include "desks/people/desk.hpp"
#include "desks/people/facts.hpp"
#include "kernel/testing/desk_bench.hpp"

namespace fx::people::testing {

using fx::testing::Answer;
using fx::testing::at;
using fx::testing::DeskBench;
using fx::testing::happened;
using fx::testing::id;
using fx::testing::refused;
using fx::testing::words;

inline PersonId person(std::uint64_t n) { return id<PersonId>(1'000 + n); }
inline Sensitive<std::string> secret(std::string text) { return Sensitive<std::string>(std::move(text)); }
inline constexpr std::string_view zhang = "990121198604121130";
inline constexpr std::string_view chen = "990121199301280243";

struct Registry {
  DeskBench bench{desk()};
  UnitId clinic = bench.unit(UnitKind::fever_clinic);
  UnitId cdc = bench.unit(UnitKind::cdc);
  AccountId nurse = bench.holder(clinic, Role::NUR);
  AccountId officer = bench.holder(cdc, Role::CDC);
  AccountId second = bench.holder(cdc, Role::CDC);

  Registry() { bench.now("2022-07-17 18:05"); }

  template <class C>
  Answer as_nurse(std::string_view operation, C c) {
    return bench.as(nurse, clinic, {Role::NUR}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_officer(std::string_view operation, C c) {
    return bench.as(officer, cdc, {Role::CDC}).ask(operation, std::move(c));
  }

  Answer add(std::uint64_t n, std::string_view number) {
    RegisterPerson c;
    c.person = person(n);
    c.name = secret("张伟");
    c.document_type = DocumentType::resident_id;
    c.document_number = secret(std::string(number));
    return as_nurse("register_person", std::move(c));
  }
  Answer add_without_document(std::uint64_t n) {
    RegisterPerson c;
    c.person = person(n);
    c.name = secret("张伟");
    c.reason = words("brought in unconscious");
    return as_nurse("register_person", std::move(c));
  }
  Answer identify(std::uint64_t n, std::string_view number) {
    IdentifyPerson c;
    c.person = person(n);
    c.name = secret("张伟");
    c.document_number = secret(std::string(number));
    return as_nurse("identify_person", std::move(c));
  }
  Answer merge(std::uint64_t loser, std::uint64_t into) {
    return as_officer("merge_persons",
                      MergePersons{person(loser), person(into), second, words("same person")});
  }
  Answer unmerge(std::uint64_t n) {
    return as_officer("unmerge_person", UnmergePerson{person(n), second, words("two brothers")});
  }
  const Person& row(std::uint64_t n) { return bench.get<Person>(person(n)); }
};

}  // namespace fx::people::testing
