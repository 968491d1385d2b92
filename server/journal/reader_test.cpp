// What lists show. Without these a page could skip a row, show another county's, or scan a province for fifty rows.
#include "journal/reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <set>
#include <thread>

#include "journal/list_index.hpp"
#include "journal/testing/engines.hpp"

namespace fx::journal {
namespace {

using namespace testing_desk;  // NOLINT(google-build-using-namespace): the room's own test words
using ::testing::Contains;
using ::testing::HasSubstr;

struct ReaderTest : testing::TestWithParam<OnEngine> {
  void arrive(std::uint64_t n, std::int32_t home = county, std::uint64_t unit = 1) {
    author.record(
        GuestArrived{id_of<PersonTag>(n, home), id_of<UnitTag>(unit), 0.5 * static_cast<double>(n), {}, {}});
  }
  ListQuery guests(std::vector<Places> places) const {
    ListQuery query;
    query.table = &table_type<Guest>();
    query.scope.places = std::move(places);
    query.order_by = "arrived_at";
    query.limit = 7;
    return query;
  }
  /// All pages of a list, as the rows' keys.
  std::vector<RawId> all(ListQuery query) {
    std::vector<RawId> out;
    do {
      auto reader = readers.open();
      const ListPage page = reader.list(query);
      EXPECT_LE(page.rows.size(), query.limit);
      for (const RowPtr& row : page.rows) out.push_back(static_cast<const Guest*>(row.get())->id.raw);
      query.cursor = page.next;
    } while (!query.cursor.empty());
    return out;
  }

  std::unique_ptr<TestLedger> ledger = test_ledger(GetParam());
  Registry registry{desks(), {}};
  std::unique_ptr<Store> opened = ledger->open(registry);
  Store& store = *opened;
  Author author{registry, store};
  std::unique_ptr<Readers> pool =
      ledger->readers(registry, {.connections = 2, .limit = std::chrono::seconds(20)});
  Readers& readers = *pool;
};

TEST_P(ReaderTest, WhoFollowsSomeTypesSeesOnlyThose) {
  arrive(1);
  author.record(GuestMoved{id_of<PersonTag>(1), Mood::worried});
  author.commit();
  arrive(2);
  author.commit();
  author.record(GuestMoved{id_of<PersonTag>(2), Mood::gone});
  author.commit();
  auto reader = readers.open();
  const auto types = [&](std::int64_t after, std::size_t limit, std::span<const std::string_view> of) {
    std::vector<std::string> out;
    for (const StoredEvent& event : reader.events_after(after, limit, of))
      out.push_back(std::to_string(event.batch) + " " + event.row.type);
    return out;
  };
  const std::string moved(GuestMoved::name);
  const std::array<std::string_view, 1> only{GuestMoved::name};
  EXPECT_EQ(types(0, 100, only), (std::vector<std::string>{"1 " + moved, "3 " + moved}));
  EXPECT_EQ(types(1, 100, only), std::vector<std::string>{"3 " + moved});
  EXPECT_EQ(types(0, 1, only), std::vector<std::string>{"1 " + moved});
  EXPECT_EQ(types(0, 100, {}).size(), 4U);
}

INSTANTIATE_TEST_SUITE_P(Engines, ReaderTest, testing::Values(OnEngine::sqlite, OnEngine::postgres),
                         engine_name);

struct FileReaderTest : testing::Test {
  /// How SQLite would answer.
  std::vector<std::string> plan(const std::string& sql) {
    std::vector<std::string> out;
    Connection connection(store.path(), Connection::Mode::read);
    Statement explain(connection, "EXPLAIN QUERY PLAN " + sql);
    while (explain.step()) out.push_back(explain.string_at(3));
    return out;
  }
  ScratchDirectory directory;
  Registry registry{desks(), {}};
  SqliteStore store{registry, {.directory = directory.path(), .sync = false, .copy_in_background = false}};
  Readers readers{store.path(), registry, store.log(), {.connections = 2, .limit = std::chrono::seconds(20)}};
};

TEST_P(ReaderTest, PagesTogetherShowEachRowOfTheScopeOnceInOrder) {
  const std::vector<std::int32_t> homes = {990121, 990122, 990123, 990221, 980121};
  std::mt19937 chance(7);
  std::vector<std::pair<Instant, RawId>> expected;
  for (std::uint64_t n = 1; n <= 200; ++n) {
    const std::int32_t home = homes[chance() % homes.size()];
    author.now = author.now + std::chrono::seconds(chance() % 3);  // ties included
    arrive(n, home);
    if (home / 100 == 9901)
      expected.emplace_back(author.batch.events.back().occurred_at, id_of<PersonTag>(n, home).raw);
    if (n % 10 == 0) author.commit();
  }
  std::ranges::sort(expected, std::greater());
  std::vector<RawId> keys;
  for (const auto& [at, key] : expected) keys.push_back(key);
  EXPECT_EQ(all(guests({places_of(990100)})), keys);

  ListQuery upwards = guests({places_of(990100)});
  upwards.descending = false;
  std::ranges::reverse(keys);
  EXPECT_EQ(all(upwards), keys);
  EXPECT_EQ(all(guests({places_of(0)})).size(), 200U);
  EXPECT_EQ(all(guests({places_of(990000)})).size() + all(guests({places_of(980000)})).size(), 200U);
  EXPECT_TRUE(all(guests({places_of(970000)})).empty());
  EXPECT_TRUE(all(guests({})).empty()) << "no scope, no rows";
}

TEST_P(ReaderTest, ManyRowsAreFoundByTheirIdsWhereverTheyLie) {
  std::vector<RawId> asked;
  for (std::uint64_t n = 1; n <= 150; ++n) {
    const std::int32_t home = n % 3 == 0 ? 990221 : county;
    if (n % 7 != 0) arrive(n, home);  // the seventh never came
    asked.push_back(id_of<PersonTag>(n, home).raw);
  }
  author.commit();
  auto reader = readers.open();
  const auto found = reader.rows(table_type<Guest>(), asked);
  EXPECT_EQ(found.size(), 150U - 150U / 7);
  for (const RawId& id : asked) {
    const RowPtr one = reader.row(table_type<Guest>(), id);
    const auto at = found.find(id);
    ASSERT_EQ(at != found.end(), one != nullptr) << id.text();
    if (one == nullptr) continue;
    EXPECT_EQ(static_cast<const Guest*>(at->second.get())->id.raw, id);
  }
  EXPECT_TRUE(reader.rows(table_type<Guest>(), {}).empty());
}

TEST_P(ReaderTest, RowsWithoutAnOrderValueComeLastGoingDownAndFirstGoingUp) {
  for (std::uint64_t n = 1; n <= 30; ++n) arrive(n, n % 2 == 0 ? 990121 : 990122);
  for (std::uint64_t n = 3; n <= 30; n += 3) {
    author.now = author.now + std::chrono::seconds(1);
    author.record(GuestMoved{id_of<PersonTag>(n, n % 2 == 0 ? 990121 : 990122), Mood::gone});
  }
  author.commit();
  ListQuery query = guests({places_of(990100)});
  query.order_by = "left_at";
  query.limit = 4;
  auto keys = all(query);
  ASSERT_EQ(keys.size(), 30U);
  EXPECT_EQ(std::set(keys.begin(), keys.end()).size(), 30U);
  EXPECT_EQ(keys.front(), id_of<PersonTag>(30, 990121).raw);
  EXPECT_EQ(keys[9], id_of<PersonTag>(3, 990122).raw);
  query.descending = false;
  const auto upwards = all(query);
  std::ranges::reverse(keys);
  EXPECT_EQ(upwards, keys);
}

TEST_P(ReaderTest, AUnitSeesItsRowsWhereverTheyLieAndNoOthers) {
  for (std::uint64_t n = 1; n <= 40; ++n) arrive(n, n % 4 == 0 ? 990121 : 990321, n % 5);
  author.commit();
  ListQuery query = guests({});
  query.scope.unit_columns = {"unit"};
  query.scope.units = {id_of<UnitTag>(3)};
  EXPECT_EQ(all(query).size(), 8U);
  query.scope.places = {places_of(990121)};  // ten rows, two of them the unit's
  EXPECT_EQ(all(query).size(), 16U);
}

TEST_P(ReaderTest, FiltersNarrowAndTheirTextsAreRead) {
  for (std::uint64_t n = 1; n <= 20; ++n) arrive(n);
  for (std::uint64_t n = 1; n <= 5; ++n)
    author.record(GuestMoved{id_of<PersonTag>(n), n % 2 == 0 ? Mood::worried : Mood::gone});
  author.commit();
  const TypeInfo& type = type_info<Guest>();
  ListQuery query = guests({places_of(county)});
  query.filters = {
      {"mood", {*filter_value(*type.find("mood"), "worried"), *filter_value(*type.find("mood"), "gone")}}};
  EXPECT_EQ(all(query).size(), 5U);
  query.filters.push_back({"left_at", {}});
  EXPECT_EQ(all(query).size(), 2U);
  query.filters = {{"visits", {*filter_value(*type.find("visits"), "1")}},
                   {"noisy", {*filter_value(*type.find("noisy"), "false")}}};
  EXPECT_EQ(all(query).size(), 20U);
  query.between = {{"weight", FieldValue(1.0), FieldValue(5.0)}};
  EXPECT_EQ(all(query).size(), 8U);
  EXPECT_FALSE(filter_value(*type.find("mood"), "angry"));
  EXPECT_FALSE(filter_value(*type.find("visits"), "1; DROP TABLE guest"));
  EXPECT_FALSE(filter_value(*type.find("noisy"), "1"));
  EXPECT_FALSE(filter_value(*type.find("unit"), "x"));
  query.filters = {{"order", {FieldValue(std::string("' OR 1=1 --"))}}};
  EXPECT_TRUE(all(query).empty());
  query.filters = {{"no such column", {FieldValue(true)}}};
  auto reader = readers.open();
  EXPECT_THROW(reader.list(query), Defect);
}

TEST_P(ReaderTest, CursorsAreOursOrRefused) {
  for (std::uint64_t n = 1; n <= 20; ++n) arrive(n);
  author.commit();
  ListQuery query = guests({places_of(county)});
  auto reader = readers.open();
  for (const char* cursor : {"x", "!!!!", "AAAA", "BAAAAAAAAAAAAAAAAAAAAAAA"}) {
    query.cursor = cursor;
    EXPECT_THROW(reader.list(query), BadCursor) << cursor;
  }
  for (const OrderValue& value :
       std::vector<OrderValue>{{}, std::int64_t{-5}, 2.5, std::string("三\0x", 5)}) {
    const Place place{value, id_of<PersonTag>(1).raw};
    EXPECT_EQ(from_cursor(to_cursor(place)), place);
  }
}

TEST_P(ReaderTest, DutiesComeByDueTimeForPlacesAndPosts) {
  std::mt19937 chance(3);
  struct Owed {
    Instant due;
    std::int32_t place;
    std::uint64_t unit;
  };
  std::vector<Owed> owed;
  for (std::uint64_t n = 1; n <= 150; ++n) {
    const Owed one{Instant{static_cast<std::int64_t>(chance() % 40)}, n % 3 == 0 ? 990121 : 990222,
                   chance() % 6};
    owed.push_back(one);
    const auto guest = id_of<PersonTag>(n, one.place);
    author.record(GuestArrived{guest, id_of<UnitTag>(1), 0, {}, {}},
                  {.opened = {duty_about(guest.raw, id_of<UnitTag>(one.unit), one.due, one.place)}});
  }
  const No first = author.batch.events.front().no;
  author.commit();
  author.record(GuestMoved{id_of<PersonTag>(1, 990222), Mood::gone}, {.met = {{first + 1, Instant{1}}}});
  author.commit();
  owed.erase(owed.begin());

  const auto check = [&](const DutyQuery& asked, auto wanted) {
    std::vector<Instant> expected;
    for (const Owed& one : owed)
      if (wanted(one)) expected.push_back(one.due);
    std::ranges::sort(expected);
    std::vector<Instant> found;
    std::set<No> numbers;
    DutyQuery query = asked;
    query.limit = 11;
    do {
      auto reader = readers.open();
      const auto page = reader.duties(query);
      for (const Duty& duty : page.rows) {
        found.push_back(duty.due_at);
        numbers.insert(duty.no);
      }
      query.cursor = page.next;
    } while (!query.cursor.empty());
    EXPECT_EQ(found, expected);
    EXPECT_EQ(numbers.size(), found.size());
  };
  const auto within_990121 = [](const Owed& one) { return one.place == 990121; };
  check({.places = {places_of(990121)}}, within_990121);
  check({.places = {places_of(0)}}, [](const Owed&) { return true; });
  const std::vector<Post> nurses = {
      {id_of<UnitTag>(2), Role::NUR}, {id_of<UnitTag>(4), Role::NUR}, {id_of<UnitTag>(3), Role::DOC}};
  check({.posts = nurses}, [](const Owed& one) { return one.unit == 2 || one.unit == 4; });
  check({.places = {places_of(990121)}, .posts = nurses},
        [](const Owed& one) { return one.place == 990121 || one.unit == 2 || one.unit == 4; });
  check({.places = {places_of(0)}, .due_before = Instant{10}},
        [](const Owed& one) { return one.due < Instant{10}; });
  auto reader = readers.open();
  EXPECT_TRUE(reader.open_duties(id_of<PersonTag>(1, 990222).raw).empty());
  EXPECT_EQ(reader.open_duties(id_of<PersonTag>(2, 990222).raw).size(), 1U);
}

TEST_F(FileReaderTest, TheWritersAndReadersQueriesUseThePartialIndexes) {
  const std::string open(duty_is_open);
  EXPECT_THAT(plan(R"(SELECT * FROM duty WHERE "about" = x'00' AND )" + open),
              Contains(HasSubstr("duty__about")));
  EXPECT_THAT(
      plan("SELECT * FROM duty WHERE " + open + R"( AND "step_at" <= 5 ORDER BY "step_at", "no" LIMIT 9)"),
      ::testing::ElementsAre(HasSubstr("INDEX duty__step (step_at<?)")));
  EXPECT_THAT(
      plan(R"(SELECT "due_at", "no" FROM duty WHERE )" + open +
           R"( AND "jurisdiction" = 1 AND "debtor_unit" = x'00' AND "debtor_role" = 'NUR'
                              AND ("due_at", "no") > (3, 4) ORDER BY "due_at", "no" LIMIT 9)"),
      ::testing::ElementsAre(HasSubstr(
          "COVERING INDEX duty__owed (jurisdiction=? AND debtor_unit=? AND debtor_role=? AND due_at>?)")));
  EXPECT_THAT(
      plan(
          R"(SELECT "arrived_at", "id" FROM guest WHERE "home" = 1 AND ("arrived_at", "id") < (3, x'00')
                             ORDER BY "arrived_at" DESC, "id" DESC LIMIT 9)"),
      ::testing::ElementsAre(HasSubstr("COVERING INDEX guest__by_arrived_at")));
  EXPECT_THAT(plan("SELECT body FROM event WHERE about = x'00' AND (batch, no) < (3, 5) ORDER BY "
                   "batch DESC, no DESC LIMIT 9"),
              ::testing::ElementsAre(HasSubstr("INDEX event_about (about=? AND")));
}

// A list narrowed to a few rows walked through all rows of its place, in their order: what a person's samples cost grew
// with everybody's.
TEST_F(FileReaderTest, ANarrowedListIsReadThroughTheIndexThatNarrowsIt) {
  const Registry narrow{desks({.indexes = {"order", "mood", "mood, left_at", "unit"}}), {}};
  const FactTables tables(narrow);
  const FactTable& guests = tables.of(table_type<Guest>());
  EXPECT_EQ(index_for(guests, {}, "arrived_at"), "");
  EXPECT_EQ(index_for(guests, {"id"}, "arrived_at"), "sqlite_autoindex_guest_1");
  EXPECT_EQ(index_for(guests, {"order"}, "arrived_at"), "guest__order");
  EXPECT_EQ(index_for(guests, {"mood", "order"}, "arrived_at"), "guest__order");
  EXPECT_EQ(index_for(guests, {"noisy"}, "arrived_at"), "") << "no index holds it";
  EXPECT_EQ(index_for(guests, {"mood"}, "arrived_at"), "") << "many have one choice: sorting them costs more";
  EXPECT_EQ(index_for(guests, {"unit"}, "arrived_at"), "") << "a unit has many rows";
  EXPECT_EQ(index_for(guests, {"mood"}, "left_at"), "guest__mood_left_at") << "in the order of the list";
  EXPECT_EQ(index_for(guests, {"mood"}, "id"), "guest__mood");
}

TEST_F(FileReaderTest, JurisdictionLeadsTheKeyAndEachIndexOfAFactTable) {
  for (const FactTable& table : readers.tables().all()) {
    if (!table.type->by_no) {
      EXPECT_THAT(table.create(), HasSubstr("PRIMARY KEY (\"home\","));
    }
    for (const auto& [name, sql] : table.indexes) {
      // Keyed by an id that carries its county, by a post of a unit that lies in one, or the timer's, which is the cell's.
      if (name == "duty__about" || name == "duty__step" || name == "notice__post") continue;
      EXPECT_TRUE(sql.find("(\"home\"") != std::string::npos ||
                  sql.find("(\"jurisdiction\"") != std::string::npos)
          << sql;
    }
  }
}

TEST_P(ReaderTest, NoticesOfPostsComeLatestFirst) {
  Effects effects;
  for (int n = 0; n < 9; ++n) {
    Notice notice;
    notice.unit = id_of<UnitTag>(n % 2 == 0 ? 1 : 2);
    notice.role = Role::NUR;
    notice.sent_at = Instant{n / 2};
    if (n % 3 == 0) notice.acknowledged_at = Instant{99};
    effects.notices.push_back(notice);
  }
  author.record(GuestArrived{id_of<PersonTag>(1), id_of<UnitTag>(1), 0, {}, {}}, effects);
  author.commit();
  auto reader = readers.open();
  NoticeQuery query{.posts = {{id_of<UnitTag>(1), Role::NUR}}, .limit = 3};
  auto page = reader.notices(query);
  ASSERT_EQ(page.rows.size(), 3U);
  EXPECT_EQ(page.rows[0].sent_at, Instant{4});
  query.cursor = page.next;
  page = reader.notices(query);
  ASSERT_EQ(page.rows.size(), 2U);
  EXPECT_EQ(page.rows[1].sent_at, Instant{0});
  EXPECT_TRUE(page.next.empty());
  query = {.posts = {{id_of<UnitTag>(1), Role::NUR}, {id_of<UnitTag>(2), Role::NUR}}, .unacknowledged = true};
  EXPECT_EQ(reader.notices(query).rows.size(), 6U);
}

TEST_P(ReaderTest, CountersAddUpAndCanBeSeenAsTheyWere) {
  const auto deltas = [&](std::int32_t place, std::int64_t by) {
    author.batch.counters.push_back({place, "cases", Day{19'000}, by});
    arrive(static_cast<std::uint64_t>(store.head().next_n), place);
    author.commit();
  };
  deltas(990121, 5);
  deltas(990122, 2);
  const Day today = day_of(store.head().decided_at);
  author.now = start_of(today + 1);
  deltas(990121, -1);
  auto reader = readers.open();
  CounterQuery query{.places = {places_of(990100)},
                     .measures = {"cases", "none"},
                     .from = Day{18'999},
                     .until = Day{19'000}};
  auto sums = reader.counters(query);
  ASSERT_EQ(sums.size(), 2U);
  EXPECT_EQ(sums[0].value, 4);
  EXPECT_EQ(sums[1].value, 2);
  query.recorded_until = today;
  EXPECT_EQ(reader.counters(query)[0].value, 5);
  query.until = Day{18'999};
  EXPECT_TRUE(reader.counters(query).empty());
}

TEST_P(ReaderTest, AReaderSeesOneBatchUntilItEnds) {
  arrive(1);
  author.commit();
  auto before = readers.open();
  author.record(GuestMoved{id_of<PersonTag>(1), Mood::gone});
  author.commit();
  EXPECT_EQ(before.as_of(), 1);
  EXPECT_EQ(before.row<Guest>(id_of<PersonTag>(1))->mood, Mood::calm);
  auto after = readers.open();
  EXPECT_EQ(after.as_of(), 2);
  EXPECT_EQ(after.row<Guest>(id_of<PersonTag>(1))->mood, Mood::gone);
  EXPECT_EQ(after.row<Guest>(id_of<PersonTag>(2)), nullptr);
}

TEST_P(ReaderTest, HistoryIdentitiesTokensAndAuditAreFound) {
  const auto person = id_of<PersonTag>(1);
  arrive(1);
  for (int i = 0; i < 5; ++i) author.record(GuestMoved{person, Mood::worried});
  author.batch.frozen = {{"k", "{}"}};
  author.batch.identities = {{person.raw, "person", "old", "h1"},
                             {person.raw, "person", "new", "h2"},
                             {person.raw, "text", "t", "h3"}};
  author.batch.tokens = {
      {"name", "tok", person.raw}, {"name", "tok", id_of<PersonTag>(2).raw}, {"document", "tok", person.raw}};
  for (int i = 0; i < 5; ++i) {
    author.batch.audit.push_back({.at = Instant{i},
                                  .actor = id_of<AccountTag>(i % 2 == 0 ? 1 : 2),
                                  .kind = i < 4 ? "refused" : "search"});
  }
  author.commit();
  auto reader = readers.open();
  auto page = reader.events_about(person.raw, "", 4);
  EXPECT_EQ(page.rows.size(), 4U);
  EXPECT_EQ(reader.events_about(person.raw, page.next, 4).rows.back().row.type, "house.guest_arrived");
  EXPECT_EQ(reader.event(page.rows[0].row.no)->row.body, page.rows[0].row.body);
  EXPECT_FALSE(reader.event(1));
  EXPECT_EQ(reader.events_after(0, 1).size(), 6U);
  EXPECT_EQ(reader.frozen("k"), "{}");
  EXPECT_FALSE(reader.frozen("x"));
  EXPECT_EQ(reader.seal(1)->events, 6);
  EXPECT_EQ(reader.identity(person.raw, "person")->cipher, "new");
  EXPECT_EQ(reader.identity(person.raw)->kind, "text");
  EXPECT_EQ(reader.identity_by_hash(person.raw, "h1")->cipher, "old");
  const std::vector both{person.raw, id_of<PersonTag>(2).raw};
  const auto many = reader.identities(both, "person");
  ASSERT_EQ(many.size(), 1U);
  EXPECT_EQ(many.at(person.raw).cipher, "new") << "the latest";
  EXPECT_FALSE(reader.identity(id_of<PersonTag>(2).raw));
  EXPECT_EQ(reader.subjects_of("name", "tok", 10).size(), 2U);
  EXPECT_EQ(reader.subjects_of("name", "tok", 1).size(), 1U);
  AuditQuery query{.kind = "refused", .limit = 3};
  auto lines = reader.audit(query);
  ASSERT_EQ(lines.rows.size(), 3U);
  EXPECT_EQ(lines.rows[0].line, 4);
  query.cursor = lines.next;
  EXPECT_EQ(reader.audit(query).rows.size(), 1U);
  EXPECT_EQ(reader.audit({.actor = id_of<AccountTag>(1), .until = Instant{4}}).rows.size(), 2U);
}

TEST_P(ReaderTest, AReadThatTakesTooLongIsCutOffAndTheConnectionGoesOn) {
  auto reader = readers.open(std::chrono::milliseconds(30));
  EXPECT_THROW((void)reader.connection().number(
                   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"),
               Interrupted);
  {
    const auto gone = std::move(reader);
  }
  EXPECT_EQ(readers.open().as_of(), 0);
}

TEST_F(FileReaderTest, ReadersAreFewAndWaitForALongLog) {
  Readers two(store.path(), registry, store.log(),
              {.connections = 2, .limit = std::chrono::milliseconds(50), .longest_log = 1 << 20});
  {
    const auto first = two.open();
    const auto second = two.open();
    EXPECT_THROW((void)two.open(), ReadersBusy);
  }
  store.log()->set(2 << 20);
  EXPECT_THROW((void)two.open(), ReadersBusy);
  std::jthread restart([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    store.log()->set(0);
  });
  EXPECT_NO_THROW((void)two.open());
}

TEST_P(ReaderTest, AReaderCannotWrite) {
  auto reader = readers.open();
  EXPECT_THROW(reader.connection().run("DELETE FROM event"), std::runtime_error);
}

}  // namespace
}  // namespace fx::journal
