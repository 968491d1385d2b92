// Laws, on small worlds made by chance: each "Keeps" of the headers, and every answer against the plain one.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cstring>

#include "engines/exposure/run_bytes.hpp"
#include "engines/exposure/testing/oracle.hpp"
#include "engines/exposure/testing/world.hpp"
#include "engines/exposure/trace.hpp"

namespace fx::exposure {
namespace {

using testing::built;

constexpr std::uint32_t persons = 9;
constexpr std::uint32_t places = 5;

/// Times crowd around the edges of epochs and days; lengths around zero and what a word can hold.
rc::Gen<std::int64_t> moments() {
  return rc::gen::map(
      rc::gen::tuple(rc::gen::element<std::int64_t>(0, 86'400, packed::epoch_s, -packed::epoch_s),
                     rc::gen::inRange<std::int64_t>(-200, 200)),
      [](const auto& parts) { return std::get<0>(parts) + std::get<1>(parts); });
}
rc::Gen<std::int64_t> lengths() {
  return rc::gen::weightedOneOf<std::int64_t>(
      {{8, rc::gen::inRange<std::int64_t>(0, 300)},
       {1, rc::gen::inRange<std::int64_t>(packed::longest_s - 2, packed::longest_s + 3)},
       {1, rc::gen::inRange<std::int64_t>(0, 3 * packed::epoch_s)}});
}

rc::Gen<Visit> visits_gen() {
  return rc::gen::map(
      rc::gen::tuple(rc::gen::inRange(0U, persons), rc::gen::inRange(0U, places), moments(), lengths(),
                     rc::gen::inRange(0, 12), rc::gen::inRange(0, 3), rc::gen::inRange(0, 8)),
      [](const auto& parts) {
        const auto& [person, place, from, length, spot, section, rest] = parts;
        return Visit{.person = PersonNo{person},
                     .place = PlaceNo{place},
                     .from_s = from,
                     .until_s = from + length,
                     .spot = {.section = static_cast<std::uint16_t>(section),
                              .row = static_cast<std::uint16_t>(spot < 6 ? 0 : spot - 5)},
                     .knowledge = Knowledge{static_cast<std::uint8_t>(rest == 1 ? 2 : 0)},
                     .is_protected = rest == 7};
      });
}
rc::Gen<Span> spans() {
  return rc::gen::map(rc::gen::tuple(moments(), lengths()), [](const auto& parts) {
    return Span{std::get<0>(parts), std::get<0>(parts) + std::get<1>(parts)};
  });
}
rc::Gen<Source> sources_gen() {
  return rc::gen::map(rc::gen::tuple(rc::gen::inRange(0U, persons + 1), spans()), [](const auto& parts) {
    return Source{PersonNo{std::get<0>(parts)}, std::get<1>(parts)};
  });
}
rc::Gen<MeetingRule> rules_gen() {
  return rc::gen::map(rc::gen::tuple(rc::gen::inRange(0, 10), rc::gen::inRange<std::int64_t>(0, 250),
                                     rc::gen::arbitrary<bool>(), rc::gen::inRange<std::int64_t>(-50, 100),
                                     rc::gen::inRange(0, 6), rc::gen::arbitrary<bool>()),
                      [](const auto& parts) {
                        const auto& [counted, minimum, summed, lingers, spot, unknown] = parts;
                        MeetingRule rule{.is_counted = counted != 0,
                                         .min_overlap_s = minimum,
                                         .counting = summed ? Counting::summed : Counting::single,
                                         .lingers_s = std::max<std::int64_t>(0, lingers),
                                         .same_section = spot == 1 || spot == 2,
                                         .rows = {},
                                         .unknown_spot_meets = unknown};
                        if (spot >= 2 && spot <= 4) rule.rows = Rows{static_cast<std::uint16_t>(spot - 2), 1};
                        return rule;
                      });
}

struct World {
  std::vector<Visit> visits;
  std::vector<Source> sources;
  MeetingRules rules;
  std::vector<PersonNo> left_out;
};

World any_world() {
  World world;
  world.visits = *rc::gen::container<std::vector<Visit>>(visits_gen());
  world.sources = *rc::gen::resize(6, rc::gen::container<std::vector<Source>>(sources_gen()));
  world.rules.classes = *rc::gen::container<std::vector<MeetingRule>>(3, rules_gen());
  for (std::uint32_t place = 0; place + 1 < places; ++place)
    world.rules.class_of_place.push_back(static_cast<std::uint8_t>(*rc::gen::inRange(0, 3)));
  world.rules.protected_contact_counts = *rc::gen::arbitrary<bool>();
  world.rules.protected_source_counts = *rc::gen::arbitrary<bool>();
  if (*rc::gen::arbitrary<bool>()) world.left_out.push_back(PersonNo{*rc::gen::inRange(0U, persons)});
  return world;
}

/// Appended in portions, with views taken and merges made in between.
VisitBook appended(const std::vector<Visit>& visits) {
  VisitBook book({.buffer = static_cast<std::size_t>(*rc::gen::inRange(1, 6)),
                  .merge_up_to = static_cast<std::size_t>(*rc::gen::inRange(1, 40))});
  for (const Visit& visit : visits) {
    RC_ASSERT(book.append(visit) == VisitFault::none);
    const int then = *rc::gen::inRange(0, 12);
    if (then == 0) (void)book.view();
    if (then == 1) (void)book.compact_step();
    if (then == 2 && *rc::gen::inRange(0, 4) == 0) book.compact();
  }
  return book;
}

RC_GTEST_PROP(ExposureLaws, a_ring_is_what_every_pair_of_visits_says, ()) {
  const World world = any_world();
  const auto found = ring(built(world.visits), world.sources, world.rules, world.left_out);
  RC_ASSERT(found == testing::slow_ring(world.visits, world.sources, world.rules, world.left_out));
}

RC_GTEST_PROP(ExposureLaws, appended_and_built_are_the_same, ()) {
  const World world = any_world();
  VisitBook book = appended(world.visits);
  RC_ASSERT(book.size() == world.visits.size());
  const auto before = ring(book.view(), world.sources, world.rules, world.left_out);
  RC_ASSERT(before == ring(built(world.visits), world.sources, world.rules, world.left_out));
  book.compact();
  RC_ASSERT(book.view().runs.size() == built(world.visits).runs.size());
  for (std::size_t i = 0; i < book.view().runs.size(); ++i)
    RC_ASSERT(*book.view().runs[i] == *built(world.visits).runs[i]);
}

RC_GTEST_PROP(ExposureLaws, a_view_does_not_change_when_more_is_appended, ()) {
  const World world = any_world();
  VisitBook book = appended(world.visits);
  const VisitView view = book.view();
  const auto before = ring(view, world.sources, world.rules);
  for (const Visit& visit : world.visits) (void)book.append(visit);
  book.compact();
  RC_ASSERT(view.visits() == world.visits.size());
  RC_ASSERT(ring(view, world.sources, world.rules) == before);
}

RC_GTEST_PROP(ExposureLaws, the_order_of_the_input_changes_nothing, ()) {
  const World world = any_world();
  World turned = world;
  std::ranges::reverse(turned.visits);
  std::ranges::reverse(turned.sources);
  const auto by = *rc::gen::inRange<std::size_t>(0, turned.visits.size() + 1);
  std::ranges::rotate(turned.visits, turned.visits.begin() + static_cast<std::ptrdiff_t>(by));
  const auto one = built(world.visits);
  const auto other = built(turned.visits);
  RC_ASSERT(one.runs.size() == other.runs.size());
  for (std::size_t i = 0; i < one.runs.size(); ++i)
    RC_ASSERT(bytes_of(*one.runs[i]) == bytes_of(*other.runs[i]));
  RC_ASSERT(ring(one, world.sources, world.rules) == ring(other, turned.sources, turned.rules));
}

RC_GTEST_PROP(ExposureLaws, the_evidence_is_what_the_summary_counts, ()) {
  const World world = any_world();
  const auto view = appended(world.visits).view();
  auto found = ring_meetings(view, world.sources, world.rules, world.left_out);
  const auto groups = testing::without(testing::all_groups(world.visits, world.sources, world.rules),
                                       world.sources, world.left_out);
  std::ranges::sort(found);
  RC_ASSERT(found == testing::all_meetings(groups));
}

RC_GTEST_PROP(ExposureLaws, from_the_contact_one_sees_the_same_meetings, ()) {
  const World world = any_world();
  const auto view = appended(world.visits).view();
  const PersonNo contact{*rc::gen::inRange(0U, persons)};
  const Span when = *spans();
  auto groups = testing::all_groups(world.visits, world.sources, world.rules, when);
  std::erase_if(groups,
                [&](const testing::Group& group) { return group.meetings.front().contact != contact; });
  auto found = meetings_of(view, contact, when, world.sources, world.rules);
  std::ranges::sort(found);
  RC_ASSERT(found == testing::all_meetings(groups));
  RC_ASSERT(possible_sources(view, contact, when, world.sources, world.rules) ==
            testing::summed_by(groups, [](const Meeting& one) { return one.source; }));
}

RC_GTEST_PROP(ExposureLaws, without_candidates_everybody_is_one, ()) {
  const World world = any_world();
  std::vector<Source> all;
  for (std::uint32_t person = 0; person < persons; ++person) all.push_back({PersonNo{person}, always});
  const PersonNo contact{*rc::gen::inRange(0U, persons)};
  const auto view = built(world.visits);
  RC_ASSERT(possible_sources(view, contact, always, world.rules) ==
            possible_sources(view, contact, always, all, world.rules));
}

RC_GTEST_PROP(ExposureLaws, ring_after_ring_lists_nobody_twice, ()) {
  const World world = any_world();
  const auto view = built(world.visits);
  const Onward onward{.delay_s = *rc::gen::inRange(0, 50), .length_s = *rc::gen::inRange(0, 400)};
  const auto found = rings(view, world.sources, world.rules, onward, 3);
  std::vector<PersonNo> listed;
  std::vector<Source> asked = world.sources;
  for (const Source& source : world.sources) listed.push_back(source.person);
  for (const auto& one : found) {
    RC_ASSERT(one == testing::slow_ring(world.visits, asked, world.rules, listed));
    for (const Contact& contact : one) listed.push_back(contact.person);
    asked = next_sources(one, onward);
  }
}

RC_GTEST_PROP(ExposureLaws, more_time_or_more_visits_never_lose_a_contact, ()) {
  const World world = any_world();
  World more = world;
  more.visits.push_back(*visits_gen());
  for (Source& source : more.sources) source.window.until_s += *rc::gen::inRange(0, 300);
  for (MeetingRule& rule : more.rules.classes) rule.min_overlap_s -= *rc::gen::inRange(0, 100);
  const auto before = ring(built(world.visits), world.sources, world.rules);
  const auto after = ring(built(more.visits), more.sources, more.rules);
  for (const Contact& contact : before)
    RC_ASSERT(std::ranges::any_of(after, [&](const Contact& one) { return one.person == contact.person; }));
}

RC_GTEST_PROP(ExposureLaws, a_run_comes_back_from_its_bytes, ()) {
  const auto view = built(*rc::gen::container<std::vector<Visit>>(visits_gen()));
  for (const auto& run : view.runs) {
    const auto back = run_of(bytes_of(*run));
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == *run);
  }
}

/// The last eight bytes made to agree with the others, as a forger would.
std::string with_checksum(std::string bytes);

RC_GTEST_PROP(ExposureLaws, damaged_bytes_are_refused, ()) {
  const auto view = built(*rc::gen::nonEmpty(rc::gen::container<std::vector<Visit>>(visits_gen())));
  std::string bytes = bytes_of(*view.runs.front());
  const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
  bytes[at] = static_cast<char>(bytes[at] ^ (1 << *rc::gen::inRange(0, 8)));
  RC_ASSERT(!run_of(bytes).has_value());
  bytes.resize(at);
  RC_ASSERT(!run_of(bytes).has_value());
}

RC_GTEST_PROP(ExposureLaws, forged_bytes_are_refused_or_harmless, ()) {
  const World world = any_world();
  const auto view = built(world.visits);
  if (view.runs.empty()) return;
  std::string bytes = bytes_of(*view.runs.front());
  for (int changes = *rc::gen::inRange(1, 4); changes > 0; --changes) {
    const auto at = *rc::gen::inRange<std::size_t>(12, bytes.size() - 8);
    bytes[at] = static_cast<char>(*rc::gen::inRange(0, 256));
  }
  const auto run = run_of(with_checksum(std::move(bytes)));
  if (!run) return;
  VisitBook book;
  book.adopt(*run);
  (void)ring(book.view(), world.sources, world.rules);
  (void)ring_meetings(book.view(), world.sources, world.rules);
  RC_ASSERT(run_of(bytes_of(*run)).has_value());
}

std::string with_checksum(std::string bytes) {
  std::uint64_t sum = 0xCBF29CE484222325ULL;
  for (std::size_t at = 0; at + 8 < bytes.size(); at += 8) {
    const std::size_t left = bytes.size() - 8 - at;
    std::uint64_t word = left;
    std::memcpy(&word, bytes.data() + at, std::min<std::size_t>(8, left));
    sum = (sum ^ word) * 0x100000001B3ULL;
    sum ^= sum >> 29;
  }
  std::memcpy(bytes.data() + bytes.size() - 8, &sum, 8);
  return bytes;
}

TEST(ExposureLaws, the_forger_of_these_tests_knows_the_checksum) {
  const auto view = built({testing::at(1, 2, 3, 4), testing::at(2, 2, 3, 4)});
  const std::string bytes = bytes_of(*view.runs.front());
  EXPECT_EQ(with_checksum(bytes), bytes);
}

// Counts small enough to be looked for by searching and large enough for the other ways of sorting.
TEST(ExposureLaws, thousands_of_visits_in_one_place_are_answered_as_one_by_one) {
  std::vector<Visit> visits;
  std::uint64_t dice = 88172645463325252ULL;
  const auto draw = [&](std::uint64_t below) {
    dice ^= dice << 13, dice ^= dice >> 7, dice ^= dice << 17;
    return dice % below;
  };
  for (int i = 0; i < 1200; ++i) {
    const auto from = static_cast<std::int64_t>(draw(14 * 86'400));
    visits.push_back(testing::at(static_cast<std::uint32_t>(draw(700) * (i % 3 == 0 ? 40'000 : 1)),
                                 static_cast<std::uint32_t>(draw(2) * 1'000'000), from,
                                 from + static_cast<std::int64_t>(draw(i % 50 == 0 ? 400'000 : 9000))));
    visits.back().is_protected = draw(20) == 0;
    visits.back().spot.section = static_cast<std::uint16_t>(draw(5) == 0 ? draw(3) : 0);
  }
  std::vector<Source> sources;
  for (std::uint32_t person = 0; person < 300; ++person)
    sources.push_back({PersonNo{person}, {200'000, 900'000}});
  for (MeetingRule rule :
       {MeetingRule{.min_overlap_s = 900}, MeetingRule{.min_overlap_s = 900, .same_section = true},
        MeetingRule{.min_overlap_s = 5000, .counting = Counting::summed, .lingers_s = 600}}) {
    const auto rules = testing::by(rule);
    EXPECT_EQ(ring(built(visits), sources, rules), testing::slow_ring(visits, sources, rules));
  }
  VisitBook book({.buffer = 100, .merge_up_to = 700});
  for (const Visit& visit : visits) ASSERT_EQ(book.append(visit), VisitFault::none);
  EXPECT_EQ(ring(book.view(), sources, testing::at_least(900)),
            testing::slow_ring(visits, sources, testing::at_least(900)));
  while (book.compact_step()) {
  }
  ASSERT_EQ(book.view().runs.size(), 1U);
  EXPECT_EQ(*book.view().runs[0], *built(visits).runs[0]);
  EXPECT_EQ(*run_of(bytes_of(*book.view().runs[0])), *book.view().runs[0]);
}

}  // namespace
}  // namespace fx::exposure
