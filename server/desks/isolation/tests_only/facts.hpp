#pragma once

#include "desks/isolation/commands.hpp"
#include "desks/isolation/tests_only/events.hpp"
#include "kernel/context.hpp"
#include "kernel/desk.hpp"
#include "kernel/view.hpp"

namespace fx::isolation {

/// The tests that somebody at liberty owes.
struct TestsOwed {
  static constexpr std::string_view table = "tests_owed";
  static constexpr bool subject = false;
  struct Sample {
    TubeId tube;
    Instant sealed_at;
    std::optional<TestState> result;
  };
  PersonId id;
  ControlClass class_ = ControlClass::venue_exposed;
  UnitId cdc;
  RawId source;
  std::int32_t count = 0;
  std::int32_t apart_h = 0;
  Instant asked_at;
  Instant due_at;
  std::vector<Sample> samples;
  bool open = false;
};
BOOST_DESCRIBE_STRUCT(TestsOwed::Sample, (), (tube, sealed_at, result))
BOOST_DESCRIBE_STRUCT(TestsOwed, (),
                      (id, class_, cdc, source, count, apart_h, asked_at, due_at, samples, open))

/// The part of the desk for classes without a stay.
void add_tests_only(Desk& desk);

/// A stay has its own tests: what is owed outside is owed no more, whoever asked for it.
void drop_asked_tests(PersonId person, const View& view, Decision& decision);
void note_asked_sample(const NoteSample& c, const View& view, Decision& decision);
void note_asked_result(const NoteResult& c, const View& view, Decision& decision);

}  // namespace fx::isolation
