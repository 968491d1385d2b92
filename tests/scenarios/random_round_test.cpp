// A mass round in any order: devices, couriers and laboratories interleaved by chance, told late or twice, boxes lost, results
// amended, on the whole core with every law of every desk checked after each step, on the model and on both stores. Without
// this, an order nobody thought of could leave a ledger that differs between stores or cannot be replayed.
#include <cstdlib>
#include <random>

#include "base/code.hpp"
#include "tests/scenarios/ledgers.hpp"

namespace fx::scenarios {
namespace {

const char* const opening = R"(title 随机交错的一轮
start 2022-08-13 05:00

unit county_cmd command_post      990121
unit cdc        cdc               990121
unit ha         health_authority  990121
unit station    other             990121
unit lab        laboratory        990121

post commander  CMD at county_cmd
post officer    DO  at county_cmd
post authority  HA  at ha
post lead       FRP at station
post sampler    SMP at station
post helper     SMP at station
post courier    COU at station
post tester     LAB at lab
post authoriser LAA at lab
post second     LAA at lab

person p1 "甲"
person p2 "乙"
person p3 "丙"
person p4 "丁"
person p5 "戊"
person p6 "己"
person p7 "庚"
person p8 "辛"
person p9 "壬"
person p10 "癸"
person p11 "子"
person p12 "丑"
person p13 "寅"
person p14 "卯"
person p15 "辰"
person p16 "巳"

05:01 authority screening.apply_laboratory laboratory=lab declared_per_day=500 third_party=false contract=""
05:01 authority screening.accept_laboratory laboratory=lab
05:01 authority screening.activate_laboratory laboratory=lab
05:02 authority screening.record_eqa laboratory=lab month=2022-06 passed=true sheet=S-6
05:02 authority screening.record_eqa laboratory=lab month=2022-07 passed=true sheet=S-7
05:10 commander screening.plan_round round=R title=1 pathogen=covid19-cn outbreak=true people=2500 points=1 samplers=7 tube_size=10 labs=[{"lab":"lab","per_day":500}] townships=[{"township":990121100,"people":2500}]
05:11 commander screening.approve_round round=R
05:20 officer screening.enrol_people round=R people=[{"person":"p1","township":990121100,"building":"1"},{"person":"p2","township":990121100,"building":"1"},{"person":"p3","township":990121100,"building":"2"},{"person":"p4","township":990121100,"building":"2"},{"person":"p5","township":990121100,"building":"2"},{"person":"p6","township":990121100,"building":"3"}]
05:30 commander screening.order_point point=P round=R title=square unit=station township=990121100 people=2500 samplers=2
05:40 lead screening.set_up_point point=P checks=[one_way_flow,zones,wait_area,waste,signs]
05:50 sampler screening.open_point point=P
05:51 sampler screening.join_point point=P
06:00 commander screening.open_round round=R
)";

/// Draws what somebody does next. What people usually do with a tube is likelier than anything else, so that lives go far.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : random_(seed) {}

  std::string script(int steps) {
    std::string out = opening;
    for (int i = 0; i < steps; ++i) {
      const int minute = 6 * 60 + 1 + 3 * i;
      earlier_ = std::max(6 * 60, minute - upto(90));
      out += fmt::format("{:02}:{:02} {}\n", minute / 60, minute % 60, step());
    }
    return out + "23:50 officer screening.close_sampling round=R\n";
  }

 private:
  static constexpr int tubes = 8;
  static constexpr int people = 16;
  int upto(int n) { return static_cast<int>(random_() % static_cast<std::uint64_t>(n)); }
  bool once_in(int n) { return upto(n) == 0; }
  std::string person() { return fmt::format("p{}", 1 + upto(people)); }
  std::string any_of(std::initializer_list<const char*> words) {
    return *(words.begin() + upto(static_cast<int>(words.size())));
  }
  std::string result() {
    return any_of({"negative", "negative", "negative", "positive", "positive", "grey", "invalid"});
  }

  std::string step() {
    const int n = upto(tubes);
    return once_in(4) ? anything(n) : usual(n);
  }

  /// The next step of tube n's way, as far as it is remembered here; it may have been refused.
  std::string usual(int n) {
    int& at = reached_[static_cast<std::size_t>(n)];
    const std::string t = fmt::format("T{}", n);
    switch (at) {
      case 0: ++at; return print(n);
      case 1:
        if (!linked_[static_cast<std::size_t>(n)] || !once_in(3)) {
          linked_[static_cast<std::size_t>(n)] = true;
          return link(n);
        }
        ++at;
        return fmt::format("sampler screening.seal_tube tube={} lab=lab", t);
      case 2: ++at; return box(n);
      case 3:
        ++at;
        return once_in(5) ? fmt::format("courier screening.declare_box_lost box=B{} note=van", n)
                          : fmt::format("tester screening.receive_box box=B{} missing=[] rejected=[]", n);
      case 4:
        ++at;
        return once_in(2) ? load(n) : fmt::format("tester screening.start_test tube={} reagent_lot=L", t);
      case 5: ++at; return read_one(n);
      case 6:
        ++at;
        return fmt::format("authoriser screening.authorise_result tube={} result={}", t, result());
      default: return amend(n);
    }
  }

  std::string anything(int n) {
    const std::string t = fmt::format("T{}", n);
    const std::string b = fmt::format("B{}", upto(tubes));
    const std::string other = fmt::format("T{}", upto(tubes));
    switch (upto(17)) {
      case 0: return print(n);
      case 1: return link(n);
      case 2:
        return fmt::format("helper screening.link_person tube={} person={} resample_of={}", t, person(),
                           other);
      case 3:
        return fmt::format("sampler screening.correct_link tube={} wrong={} right={} reason=x", t, person(),
                           person());
      case 4: return fmt::format("sampler screening.void_tube tube={} reason=x", t);
      case 5: return fmt::format("commander screening.exempt_people round=R people=[{}] reason=x", person());
      case 6: return box(n);
      case 7: return fmt::format("courier screening.declare_box_lost box={} note=van", b);
      case 8: return fmt::format("sampler screening.declare_lost tube={} note=van", t);
      case 9:
        return fmt::format(R"(tester screening.receive_box box={} missing=[{}] rejected=[])", b,
                           once_in(2) ? t : "");
      case 10:
        return fmt::format(
            R"(tester screening.receive_box box={} missing=[] rejected=[{{"tube":"{}","reason":"leaking"}}])",
            b, t);
      case 11: return fmt::format("tester screening.reject_tube tube={} reason=empty", t);
      case 12: return fmt::format("tester screening.report_duplicate tube={} note=x", t);
      case 13: return fmt::format("tester screening.settle_duplicate tube={} note=x", t);
      case 14: return load(n);
      case 15: return read(n);
      default: return amend(n);
    }
  }

  std::string print(int n) {
    return fmt::format(
        R"(sampler screening.print_tubes sender=station tubes=[{{"tube":"T{}","code":"{}"}}] size={} class=mass_round pathogen=covid19-cn round=R)",
        n, write_code({'T', static_cast<std::uint64_t>(n) + 1}), any_of({"1", "10", "10"}));
  }
  /// Sometimes told an hour late, as a device does that was off.
  std::string link(int n) {
    const std::string late =
        fmt::format("{}occurred {:02}:{:02} ", once_in(2) ? "queued " : "", earlier_ / 60, earlier_ % 60);
    return fmt::format("{} screening.link_person {}tube=T{} person={} point=P", any_of({"sampler", "helper"}),
                       once_in(4) ? late : "", n, person());
  }
  std::string box(int n) {
    const std::string other = once_in(3) ? fmt::format(",T{}", (n + 1) % tubes) : "";
    return fmt::format("courier screening.box_tubes box=B{} code={} lab=lab tubes=[T{}{}]", n,
                       write_code({'B', static_cast<std::uint64_t>(n) + 1}), n, other);
  }
  std::string load(int n) {
    return fmt::format(
        R"(tester screening.load_plate plate=P{0} code=P{0} reagent_lot=L wells=[{{"well":"A1","tube":"T{0}"}},{{"well":"A2","tube":"T{1}"}}])",
        n, (n + 1) % tubes);
  }
  std::string read(int n) {
    switch (upto(4)) {
      case 0:
        return fmt::format("tester screening.read_plate plate=P{} control_valid={} wells=[] others={}", n,
                           any_of({"true", "true", "false"}), result());
      case 1:
        return fmt::format(
            R"(tester screening.record_wells plate=P{} control_valid=true readings=[{{"well":"{}","result":"{}","ct":[],"control_valid":true}}])",
            n, any_of({"A1", "A2"}), result());
      case 2: return fmt::format("authoriser screening.authorise_plate plate=P{} held_back=[]", n);
      default: return read_one(n);
    }
  }
  std::string read_one(int n) {
    return fmt::format("tester screening.record_result tube=T{} result={} control_valid={} ct=[]", n,
                       result(), any_of({"true", "true", "true", "true", "false"}));
  }
  std::string amend(int n) {
    return fmt::format(
        "authoriser screening.amend_result tube=T{} result={} reason=x second=second recipients_listed=true",
        n, result());
  }

  std::mt19937_64 random_;
  std::array<int, tubes> reached_{};
  std::array<bool, tubes> linked_{};
  int earlier_ = 0;  ///< minute of the day of a deed told late
};

scenario::Script script_of(std::uint64_t seed, int steps) {
  auto parsed = scenario::parse_text(fmt::format("random_{}.scenario", seed), Chance(seed).script(steps));
  if (const auto* errors = std::get_if<std::vector<scenario::ScriptError>>(&parsed)) {
    ADD_FAILURE() << errors->front().line << ": " << errors->front().say;
    return {};
  }
  return std::get<scenario::Script>(std::move(parsed));
}

/// Refusals are what chance is for; anything else that failed is a law, a replay, a repetition.
std::vector<std::string> broken(const scenario::Report& report) {
  std::vector<std::string> out;
  for (const auto& failure : report.failures)
    if (!failure.happened.starts_with("refused: "))
      out.push_back(fmt::format("{} {}: {}", failure.line, failure.text, failure.happened));
  return out;
}

std::vector<std::string> refusals(const scenario::Report& report) {
  std::vector<std::string> out;
  for (const auto& failure : report.failures)
    out.push_back(fmt::format("{} {}", failure.line, failure.happened));
  return out;
}

int environment(const char* name, int otherwise) {
  const char* set = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): set before the program starts
  return set != nullptr ? std::atoi(set) : otherwise;
}

/// FX_SEED=… FX_STEPS=… play another one.
class RandomRound : public ::testing::TestWithParam<std::tuple<int, desk::OnEngine>> {};

TEST_P(RandomRound, KeepsEveryLawAndTheSameLedgerOnEachStore) {
  const auto& [number, engine] = GetParam();
  const auto seed = static_cast<std::uint64_t>(environment("FX_SEED", 0) + number);
  const auto script = script_of(seed, environment("FX_STEPS", 150));
  MemoryStore model;
  const auto expected = play(script, model);
  EXPECT_EQ(broken(expected), std::vector<std::string>{}) << "seed " << seed;
  const auto ledger = scenario_ledger(engine);
  const auto store = ledger->open(registry());
  const auto found = play(script, *store);
  EXPECT_EQ(refusals(found), refusals(expected)) << "seed " << seed;
  EXPECT_EQ(found.duties, expected.duties);
  expect_same(*store, model);
  expect_verified(ledger->verify(registry()));
  std::map<std::string, int> happened;
  for (const auto& event : model.events_after(0, 1'000'000)) ++happened[event.row.type];
  for (const char* type : {"screening.result_authorised", "screening.result_amended", "screening.tube_lost",
                           "screening.tubes_boxed", "screening.tube_received"}) {
    RecordProperty(type + std::string_view(type).find('.') + 1, happened[type]);
    if (environment("FX_SEED", 0) != 0) continue;
    EXPECT_GT(happened[type], 0) << type << ": this seed shows too little";
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomRound,
                         ::testing::Combine(::testing::Values(1, 2, 3),
                                            ::testing::Values(desk::OnEngine::sqlite,
                                                              desk::OnEngine::postgres)),
                         [](const auto& one) {
                           return fmt::format("{}_{}", std::get<0>(one.param),
                                              desk::name_of(std::get<1>(one.param)));
                         });

}  // namespace
}  // namespace fx::scenarios
