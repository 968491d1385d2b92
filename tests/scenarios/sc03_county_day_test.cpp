// SC-03 with every number: a county of 270,000 tested in one day, 10:1, 14 positive pools. Without this, the sums that a
// round is closed with could be right for thirty people and wrong for a county.
#include <gtest/gtest.h>

#include "access/scope.hpp"
#include "base/code.hpp"
#include "bin/desks.hpp"
#include "bin/rules.hpp"
#include "desks/command/commands.hpp"
#include "desks/investigation/facts.hpp"
#include "desks/screening/commands.hpp"
#include "desks/screening/facts.hpp"
#include "desks/screening/laboratories/commands.hpp"
#include "desks/screening/rounds/commands.hpp"
#include "desks/screening/rounds/facts.hpp"
#include "journal/testing/engines.hpp"
#include "kernel/engine.hpp"
#include "scenario/plain_sealer.hpp"

namespace fx {
namespace {

namespace s = screening;
namespace fs = std::filesystem;

constexpr std::int32_t linxi = 990121;
constexpr std::int32_t beiling = 990100;
constexpr int townships = 20;
constexpr int points = 108;
constexpr int own_samplers = 720;
constexpr int roster = 270'000;
constexpr int added = 1'860;
constexpr int exempt = 640;
constexpr int elsewhere = 3'120;
constexpr int tubes = 26'790;
constexpr int short_tubes = 209;  // of nine; with the one of seven: 267,688 people in 26,790 tubes

/// All rows of the store, for the laws.
class Rows final : public Tables {
 public:
  explicit Rows(Store& store) : store_(store) {}
  void each(const TableType& table, const std::function<void(const void*)>& visit) const override {
    store_.each_row(table, visit);
  }

 private:
  Store& store_;
};

template <class I>
I made(std::uint64_t kind, std::uint64_t n, std::int32_t home = linxi) {
  return {RawId::make(1'660'000'000'000 + static_cast<std::int64_t>(kind), home, n, kind)};
}

PersonId person(int n) { return made<PersonId>(1, static_cast<std::uint64_t>(n)); }
TubeId tube(int n) { return made<TubeId>(2, static_cast<std::uint64_t>(n)); }
s::PointId point(int n) { return made<s::PointId>(3, static_cast<std::uint64_t>(n)); }
std::int64_t township(int n) { return linxi * 1000LL + 100 + n % townships; }

struct Who {
  AccountId account;
  UnitId unit;
};

class County {
 public:
  County() {
    make_units();
    make_people();
  }

  /// Queued; what is refused is a failure of the story.
  template <class C>
  void ask(const Who& who, std::string_view operation, C body) {
    queue_.push_back(command(who, operation, std::move(body)));
    if (queue_.size() == 512) flush();
  }
  void flush() {
    if (queue_.empty()) return;
    const auto outcomes = engine_.run(queue_, now);
    for (std::size_t i = 0; i < outcomes.size(); ++i)
      if (outcomes[i].kind != Outcome::Kind::accepted)
        ADD_FAILURE() << queue_[i].operation->full_name() << " "
                      << (outcomes[i].refusals.empty() ? outcomes[i].defect
                                                       : outcomes[i].refusals.list().front().say.en);
    queue_.clear();
    engine_.settle(now);
    (void)engine_.take_committed();
  }
  /// Codes of the refusals, in order; empty when it was accepted.
  template <class C>
  std::string try_now(const Who& who, std::string_view operation, C body) {
    flush();
    std::vector<Command> one{command(who, operation, std::move(body))};
    const auto outcome = engine_.run(one, now).front();
    engine_.settle(now);
    (void)engine_.take_committed();
    EXPECT_NE(outcome.kind, Outcome::Kind::defect) << outcome.defect;
    std::string codes;
    for (const Refusal& no : outcome.refusals.list()) codes += (codes.empty() ? "" : " ") + no.code;
    return codes;
  }
  void clock(std::string_view at) {
    flush();
    now = *parse_instant(at);
    engine_.settle(now);
    (void)engine_.take_committed();
  }
  template <class T, class I>
  T row(I id) {
    flush();
    std::optional<T> out;
    const RowKey key{&table_type<T>(), id.raw};
    store_->load(std::span(&key, 1),
                 [&](const RowKey&, const RowPtr& row) { out = *static_cast<const T*>(row.get()); });
    FX_ASSERT(out.has_value(), "no such row");
    return *out;
  }
  template <class T, class F>
  int count(F holds) {
    flush();
    int n = 0;
    store_->each_row(table_type<T>(),
                     [&](const void* row) { n += holds(*static_cast<const T*>(row)) ? 1 : 0; });
    return n;
  }
  void check_laws() {
    flush();
    const Rows rows(*store_);
    for (const Desk& desk : registry_->desks())
      for (const Law& law : desk.laws())
        for (const std::string& breach : law.check(rows)) ADD_FAILURE() << law.name << ": " << breach;
  }

  Instant now = *parse_instant("2022-08-13 05:00");
  Who commander, officer, city, authority, tester[3], authoriser[3], courier;
  std::vector<Who> samplers;
  UnitId station, labs[3];
  std::uint64_t commands = 0;

 private:
  template <class C>
  Command command(const Who& who, std::string_view operation, C body) {
    Command out;
    out.operation = registry_->operation(operation);
    FX_ASSERT(out.operation != nullptr && out.operation->body == &type_info<C>(), std::string(operation));
    out.id = RawId::make(now.ms, linxi, ++commands, 7);
    out.account = who.account;
    out.unit = who.unit;
    out.system = who.account.is_nil();
    auto content = std::make_shared<C>(std::move(body));
    scenario::PlainSealer sealer;
    const Context context{now, now, {}, out.id, *engine_.reference(), *rules_};
    out.operation->prepare(content.get(), context, sealer);
    out.body = std::move(content);
    return out;
  }
  UnitId unit(const char* name, UnitKind kind, std::int32_t place, std::optional<UnitId> parent = {}) {
    const auto id = made<UnitId>(8, ++units_, place);
    EXPECT_EQ(try_now({}, "command.create_unit",
                      command::CreateUnit{id, name, name, name, kind, level_of(place), place, parent}),
              "");
    return id;
  }
  Who post(UnitId unit, Role role) {
    const auto account = made<AccountId>(9, ++accounts_);
    command::CreateAccount create;
    create.account = account;
    create.user = Sensitive<std::string>("u" + std::to_string(accounts_));
    create.display_name = Sensitive<std::string>("u");
    create.password = Sensitive<std::string>("scenario-account");
    create.unit = unit;
    ask({}, "command.create_account", create);
    flush();
    ask({}, "command.appoint", command::Appoint{made<HoldingId>(10, accounts_), account, unit, role});
    flush();
    return {account, unit};
  }
  void make_units() {
    const auto city_post = unit("city", UnitKind::command_post, beiling);
    const auto county = unit("county", UnitKind::command_post, linxi);
    unit("cdc", UnitKind::cdc, linxi);
    const auto ha = unit("ha", UnitKind::health_authority, linxi);
    station = unit("station", UnitKind::other, linxi);
    for (int i = 0; i < 3; ++i)
      labs[i] = unit(("lab" + std::to_string(i)).c_str(), UnitKind::laboratory, linxi);
    commander = post(county, Role::CMD);
    officer = post(county, Role::DO);
    city = post(city_post, Role::CMD);
    courier = post(station, Role::COU);
    authority = post(ha, Role::HA);
    for (int i = 0; i < 3; ++i) {
      tester[i] = post(labs[i], Role::LAB);
      authoriser[i] = post(labs[i], Role::LAA);
    }
    open_laboratory(labs[0], 9'000);
    open_laboratory(labs[1], 12'000);
    open_laboratory(labs[2], 8'000);
  }
  /// Active laboratories with the assessments of the last two months.
  void open_laboratory(UnitId lab, std::int64_t per_day) {
    ask(authority, "screening.apply_laboratory", s::ApplyLaboratory{lab, per_day, false, {}});
    ask(authority, "screening.accept_laboratory", s::AcceptLaboratory{lab});
    ask(authority, "screening.activate_laboratory", s::ActivateLaboratory{lab});
    for (const char* month : {"2022-06", "2022-07"})
      ask(authority, "screening.record_eqa", s::RecordEqa{lab, month, true, "S-1"});
  }
  void make_people() {
    for (int i = 0; i < own_samplers + 30; ++i) samplers.push_back(post(station, Role::SMP));
  }

  std::unique_ptr<Registry> registry_ = bin::make_registry();
  std::unique_ptr<journal::testing_desk::TestLedger> ledger_ =
      journal::testing_desk::test_ledger(journal::testing_desk::OnEngine::sqlite);
  std::unique_ptr<Store> store_ = ledger_->open(*registry_);
  std::unique_ptr<rulebook::Rulebook> rules_ = std::make_unique<rulebook::Rulebook>(
      *bin::load_rulebook(*registry_, bin::rulebook_files(fs::path(FX_SOURCE_DIR) / "rulebook")));
  ScopeAccess access_;
  Engine engine_{{*registry_, rules_.get(), access_, *store_}};
  std::vector<Command> queue_;
  std::uint64_t units_ = 0;
  std::uint64_t accounts_ = 0;
};

struct TestDay : County {
  const s::RoundId round = made<s::RoundId>(5, 1);
  int next_person = 0;  ///< of those who come to be sampled
  std::vector<std::vector<PersonId>> members = std::vector<std::vector<PersonId>>(tubes);

  std::string approve() { return try_now(commander, "screening.approve_round", s::ApproveRound{round}); }
  void plan() {
    s::PlanRound c;
    c.round = round;
    c.title = "第1轮";
    c.pathogen = "covid19-cn";
    c.people = roster;
    c.points = points;
    c.samplers = own_samplers;
    c.tube_size = 10;
    c.labs = {{labs[0], 9'000}, {labs[1], 12'000}, {labs[2], 8'000}};
    for (int i = 0; i < townships; ++i) c.townships.push_back({township(i), roster / townships});
    ask(commander, "screening.plan_round", c);
  }
  void enrol() {
    for (int first = 0; first < roster; first += 1000) {
      s::EnrolPeople c{round, {}};
      for (int n = first; n < first + 1000; ++n)
        c.people.push_back({person(n), township(n / 13'500), "B" + std::to_string(n / 100 % 135)});
      ask(officer, "screening.enrol_people", c);
      flush();
    }
  }
  void open_points() {
    for (int i = 0; i < points; ++i)
      ask(commander, "screening.order_point",
          s::OrderPoint{point(i), round, "P" + std::to_string(i), station, township(i), {}, {}, 2'500, 7});
    for (std::size_t i = 0; i < samplers.size(); ++i)
      ask(samplers[i], "screening.join_point", s::JoinPoint{point(static_cast<int>(i) % points)});
  }
  void print(int first, int last, std::int32_t size) {
    for (int from = first; from < last; from += 500) {
      s::PrintTubes c;
      c.sender = station;
      c.size = size;
      c.class_ = s::SpecimenClass::mass_round;
      c.pathogen = "covid19-cn";
      c.round = round;
      for (int n = from; n < std::min(from + 500, last); ++n)
        c.tubes.push_back({tube(n), write_code({'T', static_cast<std::uint64_t>(n)})});
      ask(samplers[0], "screening.print_tubes", c);
    }
  }
  /// Members of tube n: the fourteenth positive has seven, 209 have nine, the others ten.
  static int places(int n) { return n == 13 ? 7 : n >= 100 && n < 100 + short_tubes ? 9 : 10; }
  void link(int n, PersonId who, std::optional<TubeId> resample_of = {}) {
    const std::size_t sampler = static_cast<std::size_t>(n) % samplers.size();
    s::LinkPerson c;
    c.tube = tube(n);
    c.person = who;
    c.round = round;
    c.point = point(static_cast<int>(sampler) % points);
    c.resample_of = resample_of;
    ask(samplers[sampler], "screening.link_person", c);
  }
  void seal(int n) {
    ask(samplers[static_cast<std::size_t>(n) % samplers.size()], "screening.seal_tube",
        s::SealTube{tube(n), labs[n % 3]});
  }
  void test(int n, s::TestResult result) {
    const auto lab = static_cast<std::size_t>(n % 3);
    ask(tester[lab], "screening.start_test", s::StartTest{tube(n), {}, {}, "LOT-1", {}});
    ask(tester[lab], "screening.record_result", s::RecordResult{tube(n), result, {}, true});
    ask(authoriser[lab], "screening.authorise_result", s::AuthoriseResult{tube(n), result});
  }
  /// Everything lab `l` received, plate by plate of 94.
  void test_all(int l) {
    const auto lab = static_cast<std::size_t>(l);
    std::vector<int> mine;
    for (int n = 0; n < tubes - 5; ++n)
      if (n % 3 == l) mine.push_back(n);
    for (std::size_t first = 0; first < mine.size(); first += 94) {
      s::LoadPlate load{made<s::PlateId>(11, static_cast<std::uint64_t>(mine[first])), "P", "LOT-1", {}};
      s::ReadPlate read{load.plate, true, {}, s::TestResult::negative};
      for (std::size_t i = first; i < std::min(first + 94, mine.size()); ++i) {
        const std::string well = "W" + std::to_string(i - first);
        load.wells.push_back({well, tube(mine[i])});
        if (mine[i] < 14) read.wells.push_back({well, s::TestResult::positive, {}});
      }
      ask(tester[lab], "screening.load_plate", load);
      ask(tester[lab], "screening.read_plate", read);
      ask(authoriser[lab], "screening.authorise_plate", s::AuthorisePlate{load.plate, {}});
      flush();
    }
  }
  void receive(int n) { ask(tester[n % 3], "screening.receive_tube", s::ReceiveTube{tube(n), {}}); }
  s::RoundEquation equation() { return *row<s::Round>(round).equation; }
};

FreeText words(const char* text) { return {Sensitive<std::string>(text), {}}; }

TEST(SC03, ACountyOf270000InOneDay) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "400,000 commands; the same steps run small in the desk's own tests";
#endif
  TestDay day;
  // 1. Points 90 to 135: accepted. 750 samplers are needed: refused until the 30 are signed. 27,000 tubes of 29,000.
  day.plan();
  EXPECT_EQ(day.approve(), "R-RND-1");
  EXPECT_EQ(day.try_now(day.city, "screening.sign_support", s::SignSupport{day.round, 30}), "");
  EXPECT_EQ(day.approve(), "");
  day.enrol();
  day.clock("2022-08-13 06:00");
  day.ask(day.commander, "screening.open_round", s::OpenRound{day.round});
  day.open_points();
  day.print(0, tubes, 10);
  // Whoever does not come to the points: tested elsewhere, exempt, missed, at the end of the list.
  constexpr int come_from_list = 267'688 - added;
  std::vector<PersonId> at_home;
  for (int n = come_from_list; n < roster; ++n) at_home.push_back(person(n));
  ASSERT_EQ(at_home.size(), static_cast<std::size_t>(exempt + elsewhere + 412));
  const auto some = [&](std::size_t from, std::size_t many) {
    return std::vector(at_home.begin() + static_cast<std::ptrdiff_t>(from),
                       at_home.begin() + static_cast<std::ptrdiff_t>(from + many));
  };

  // The day at the points: each hour a fourteenth of the tubes, on the way to their laboratories by the hour's end.
  for (int hour = 0; hour < 14; ++hour) {
    day.clock("2022-08-13 " + std::string(6 + hour < 10 ? "0" : "") + std::to_string(6 + hour) + ":30");
    const int first = tubes * hour / 14;
    const int last = tubes * (hour + 1) / 14;
    for (int n = first; n < last; ++n) {
      for (int i = 0; i < TestDay::places(n); ++i) {
        const int who = day.next_person++;
        const PersonId id = who < come_from_list ? person(who) : person(roster + who - come_from_list);
        day.members[static_cast<std::size_t>(n)].push_back(id);
        day.link(n, id);
      }
      day.seal(n);
    }
    if (hour == 2)
      for (std::size_t from = 0; from < elsewhere; from += 1000)
        day.ask(day.officer, "screening.note_tested_elsewhere",
                s::NoteTestedElsewhere{day.round, some(from, std::min<std::size_t>(1000, elsewhere - from)),
                                       *parse_instant("2022-08-12 20:00"), "R-1"});
    if (hour == 3)
      day.ask(day.commander, "screening.exempt_people",
              s::ExemptPeople{day.round, some(elsewhere, exempt), words("newborn, seriously ill")});
    day.flush();
    for (int n = first; n < last; ++n)
      if (n < tubes - 5) day.receive(n);
  }
  EXPECT_EQ(day.next_person, 267'688);

  // 2. At 20:00: missed 412; coverage 270,808 of 271,220; closing refused.
  day.clock("2022-08-13 20:00");
  day.ask(day.officer, "screening.close_sampling", s::CloseSampling{day.round});
  auto e = day.equation();
  EXPECT_EQ(e.roster, roster);
  EXPECT_EQ(e.added, added);
  EXPECT_EQ(e.exempt, exempt);
  EXPECT_EQ(e.tested_elsewhere, elsewhere);
  EXPECT_EQ(e.sealed, 26'790);
  EXPECT_EQ(e.sampled, 267'688);
  EXPECT_EQ(e.missed, 412);
  EXPECT_EQ(e.sampled + e.tested_elsewhere, 270'808);
  EXPECT_EQ(e.roster + e.added - e.exempt - e.out_of_area, 271'220);
  EXPECT_DOUBLE_EQ(e.coverage, 270'808.0 / 271'220);  // 99.85 %
  EXPECT_EQ(day.try_now(day.commander, "screening.close_round", s::CloseRound{day.round}),
            "R-RND-2 R-RND-3 R-STATE");
  // 26,785 received, 3 rejected (leaking), 2 lost, all five full: fifty people are called back.
  for (int n = tubes - 5; n < tubes - 2; ++n)
    day.ask(day.tester[n % 3], "screening.reject_tube", s::RejectTube{tube(n), s::RejectReason::leaking, {}});
  for (int n = tubes - 2; n < tubes; ++n)
    day.ask(day.courier, "screening.declare_lost", s::DeclareLost{tube(n), words("van searched")});
  day.flush();

  // 3. 26,771 negative, 14 positive: 267,501 people negative, 137 held, none of them positive, no case.
  day.clock("2022-08-13 22:00");
  for (int lab = 0; lab < 3; ++lab) day.test_all(lab);
  day.flush();
  EXPECT_EQ(day.count<s::Tube>([](const s::Tube& t) { return t.result == s::TestResult::negative; }), 26'771);
  int negative = 0;
  int held = 0;
  int called_back = 0;
  int positive = 0;
  day.count<s::Tube>([&](const s::Tube& t) {
    for (const s::Member& m : t.members) {
      negative += m.state == s::MemberState::neg ? 1 : 0;
      held += m.state == s::MemberState::hold ? 1 : 0;
      called_back += m.state == s::MemberState::recalled ? 1 : 0;
      positive += m.state == s::MemberState::pos ? 1 : 0;
    }
    return false;
  });
  EXPECT_EQ(negative, 267'501);
  EXPECT_EQ(held, 137);
  EXPECT_EQ(called_back, 50);
  EXPECT_EQ(day.count<s::RoundPerson>([](const s::RoundPerson& p) { return p.called_back.has_value(); }), 50);
  EXPECT_EQ(positive, 0);
  const auto cases = [&] { return day.count<investigation::Case>([](auto&) { return true; }); };
  EXPECT_EQ(cases(), 0);

  // 4. Each hold has its own clock of four hours from its pool's authorisation; pooled re-sampling is refused.
  EXPECT_EQ(day.count<Duty>([&](const Duty& d) {
    return d.rule == "OB-E4" && is_open(d.state) && d.due_at == *parse_instant("2022-08-14 02:00");
  }),
            137);
  day.print(tubes, tubes + 1, 10);
  s::LinkPerson pooled;
  pooled.tube = tube(tubes);
  pooled.person = day.members[0].front();
  pooled.resample_of = tube(0);
  EXPECT_EQ(day.try_now(day.samplers[0], "screening.link_person", pooled), "R-TUB-2 R-TUB-2");

  // 5. 137 single tubes: 13 positive in eleven pools, three pools end with no positive member; 124 negative.
  day.clock("2022-08-13 23:00");
  int next = 30'000;
  day.print(next, next + 137, 1);
  int positives = 0;
  for (int pool = 0; pool < 14; ++pool) {
    const int of_pool = pool < 3 ? 0 : pool < 5 ? 2 : 1;  // 3 × 0, 2 × 2, 9 × 1
    const auto& people = day.members[static_cast<std::size_t>(pool)];
    for (std::size_t i = 0; i < people.size(); ++i, ++next) {
      day.link(next, people[i], tube(pool));
      day.seal(next);
      day.receive(next);
      const bool is_positive = i < static_cast<std::size_t>(of_pool);
      positives += is_positive ? 1 : 0;
      day.test(next, is_positive ? s::TestResult::positive : s::TestResult::negative);
    }
  }
  EXPECT_EQ(positives, 13);
  day.flush();
  EXPECT_EQ(cases(), 13);
  EXPECT_EQ(day.count<Duty>([](const Duty& d) { return d.rule == "OB-E4" && is_open(d.state); }), 0);
  // Fifty called back in five new tubes of ten, 405 singles at home, all negative; seven out of the area.
  day.clock("2022-08-14 02:00");
  next = 31'000;
  day.print(next, next + 5, 10);
  for (int n = tubes - 5; n < tubes; ++n, ++next) {
    for (const PersonId who : day.members[static_cast<std::size_t>(n)]) day.link(next, who);
    day.seal(next);
    day.receive(next);
    day.test(next, s::TestResult::negative);
  }
  next = 32'000;
  day.print(next, next + 405, 1);
  const auto missed = some(exempt + elsewhere, 412);
  for (std::size_t i = 0; i < 405; ++i, ++next) {
    day.link(next, missed[i]);
    day.seal(next);
    day.receive(next);
    day.test(next, s::TestResult::negative);
  }
  day.ask(day.officer, "screening.note_out_of_area",
          s::NoteOutOfArea{day.round, std::vector(missed.begin() + 405, missed.end()), "tickets"});
  day.ask(day.samplers[0], "screening.void_tube", s::VoidTube{tube(tubes), words("nobody in it")});

  // 6. Close: 271,860 = 268,093 + 3,120 + 640 + 7; coverage 100 %; tubes used 27,337, authorised 27,332; NEG 268,080.
  day.clock("2022-08-14 05:30");
  EXPECT_EQ(day.try_now(day.officer, "screening.close_results", s::CloseResults{day.round}), "");
  EXPECT_EQ(day.try_now(day.officer, "screening.reconcile_round", s::ReconcileRound{day.round}), "");
  EXPECT_EQ(day.try_now(day.commander, "screening.close_round", s::CloseRound{day.round}), "");
  e = day.equation();
  EXPECT_EQ(e.received, 26'785 + 137 + 5 + 405);
  EXPECT_EQ(e.rejected, 3);
  EXPECT_EQ(e.lost, 2);
  EXPECT_EQ(e.in_transit, 0);
  EXPECT_EQ(e.roster + e.added, 271'860);
  EXPECT_EQ(e.sampled, 268'093);
  EXPECT_EQ(e.tested_elsewhere, 3'120);
  EXPECT_EQ(e.exempt, 640);
  EXPECT_EQ(e.out_of_area, 7);
  EXPECT_EQ(e.missed, 0);
  EXPECT_EQ(e.coverage, 1.0);
  EXPECT_EQ(e.sealed, 27'337);
  EXPECT_EQ(e.authorised, 27'332);
  EXPECT_EQ(e.negative_people, 268'080);
  EXPECT_EQ(e.positive_people, 13);
  EXPECT_EQ(e.holds, 0);
  EXPECT_EQ(e.voided, 1);
  EXPECT_EQ(e.unused, 0);
  EXPECT_EQ(
      day.count<Duty>([](const Duty& d) { return d.rule == "OB-E5" && d.state == DutyState::discharged; }),
      1);
  day.check_laws();
}

}  // namespace
}  // namespace fx
