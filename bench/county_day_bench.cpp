// Bar: the county day of SC-03 in full, over HTTP with real clients in parallel, in at most 5 minutes of the server's CPU;
// nobody's tube mistaken for another's; the ledger verifies. On a file, then on PostgreSQL.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <signal.h>

#include <boost/json.hpp>
#include <map>
#include <set>

#include "bench/measure.hpp"
#include "bench/round_office.hpp"
#include "bench/settings.hpp"
#include "journal/testing/cluster.hpp"
#include "tests/simulation/served.hpp"

namespace fx::bench {
namespace {

using boost::json::value;
using journal::testing_desk::Cluster;

constexpr int in_a_plate = 94;    ///< 96 wells and two controls
constexpr int in_a_piece = 1000;  ///< of the list

struct Step {
  std::string name;
  double wall = 0;
  double cpu = 0;
};

/// One county day against one server.
class CountyDay : public RoundOffice {
 public:
  using RoundOffice::RoundOffice;
  void play();
  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
  [[nodiscard]] int mismatches() const { return mismatches_; }

 private:
  template <class F>
  void step(const char* name, F work) {
    const double wall = wall_seconds();
    const double cpu = process_cpu_seconds(process());
    work();
    steps_.push_back({name, wall_seconds() - wall, process_cpu_seconds(process()) - cpu});
  }
  /// The numbers of the round, as it says them; expects each of these.
  void expect(std::initializer_list<std::pair<const char*, std::int64_t>> numbers);

  void list_people();
  void sample(int round_trip);
  void carry(int round_trip);
  void receive(int round_trip);
  void test(const std::vector<const DayTube*>& tubes, const std::set<RawId>& positive);
  void declare_lost();
  void settle_absent();
  void close_sampling();
  void sample_again();
  void close();
  void read_back();
  DayTube& night_tube(std::vector<int> people, int sampler, End end = End::negative);

  std::vector<Step> steps_;
  int mismatches_ = 0;
  std::deque<Device> scanners_;  ///< of the couriers, then of the laboratories
  std::deque<DayTube> night_;    ///< tubes of the singles and of those sampled again
  std::vector<std::pair<std::string, std::vector<const DayTube*>>> boxes_;  ///< under way
  std::map<RawId, RawId> resample_of_;
};

// ---- the evening before ------------------------------------------------------------------------------------------

void CountyDay::expect(std::initializer_list<std::pair<const char*, std::int64_t>> numbers) {
  const value round = get("/v1/screening/rounds/" + round_);
  const value& equation = round.at("row").at("equation");
  for (const auto& [name, wanted] : numbers)
    if (equation.at(name).to_number<std::int64_t>() != wanted)
      throw std::runtime_error(
          fmt::format("{} should be {}: {}", name, wanted, boost::json::serialize(equation)));
}

void CountyDay::list_people() {
  std::vector<std::pair<std::string, std::string>> pieces;
  for (int from = 0; from < day_.numbers.roster; from += in_a_piece) {
    std::string people;
    for (int i = from; i < std::min(day_.numbers.roster, from + in_a_piece); ++i)
      people += fmt::format(R"({}{{"person":"{}","township":{},"building":"{}"}})", people.empty() ? "" : ",",
                            MassDay::person(i).text(), day_.township_of(i), day_.building_of(i));
    pieces.emplace_back("officer", fmt::format(R"({{"round":"{}","people":[{}]}})", round_, people));
  }
  ask_all(pieces, "screening/enrol_people");
}

// ---- the day -----------------------------------------------------------------------------------------------------

/// Two hours of every sampler, taken without a network and sent when there is one.
void CountyDay::sample(int round_trip) {
  const Instant begins = at("2022-08-13T06:00") + std::chrono::hours(2 * round_trip);
  std::map<int, std::vector<const DayTube*>> work;
  for (const DayTube& tube : day_.tubes)
    if (tube.round_trip == round_trip) work[tube.sampler].push_back(&tube);
  std::vector<Device*> all;
  for (const auto& [who, tubes] : work) {
    Device& device = sampler(who);
    all.push_back(&device);
    Instant when = begins + std::chrono::seconds(30);
    const int point = day_.point_of(who);
    print(device, tubes, 10, point, when);
    const auto swabs = static_cast<int>(tubes.size()) * 11;
    const auto pace = std::chrono::seconds(6900 / std::max(1, swabs));
    for (const DayTube* tube : tubes) {
      for (const int person : tube->people) link(device, *tube, person, when = when + pace);
      seal(device, *tube, when = when + pace);
    }
  }
  send(all);
}

/// Each point's tubes in a box of their own; the couriers' scanners tell it.
void CountyDay::carry(int round_trip) {
  const Instant when = at("2022-08-13T07:58") + std::chrono::hours(2 * round_trip);
  std::map<int, std::vector<const DayTube*>> of_point;
  for (const DayTube& tube : day_.tubes)
    if (tube.round_trip == round_trip) of_point[day_.point_of(tube.sampler)].push_back(&tube);
  std::vector<Device*> all;
  for (int i = 0; i < MassDay::townships; ++i) all.push_back(&scanners_.at(static_cast<std::size_t>(i)));
  for (const auto& [point, tubes] : of_point) {
    boxes_.emplace_back(day_.make_id().text(), tubes);
    std::string ids;
    for (const DayTube* tube : tubes)
      ids += fmt::format(R"({}"{}")", ids.empty() ? "" : ",", tube->id.text());
    all[static_cast<std::size_t>(day_.unit_of(point))]->note(
        "screening.box_tubes",
        fmt::format(R"({{"box":"{}","code":"{}","lab":"{}","tubes":[{}],"temperature":4.5}})",
                    boxes_.back().first, day_.make_code('B'), lab_text(point), ids),
        day_.make_id(), when);
  }
  send(all);
}

/// The laboratories count what came: what is missing, what leaked.
void CountyDay::receive(int round_trip) {
  const Instant when = at("2022-08-13T07:59") + std::chrono::hours(2 * round_trip);
  std::vector<Device*> all;
  for (int i = 0; i < 3; ++i) all.push_back(&scanners_.at(static_cast<std::size_t>(MassDay::townships + i)));
  std::map<int, std::vector<const DayTube*>> tested;
  for (const auto& [box, tubes] : std::exchange(boxes_, {})) {
    std::string missing;
    std::string rejected;
    const int lab = day_.lab_of(day_.point_of(tubes.front()->sampler));
    for (const DayTube* tube : tubes) {
      if (tube->end == End::lost)
        missing += fmt::format(R"({}"{}")", missing.empty() ? "" : ",", tube->id.text());
      else if (tube->end == End::rejected)
        rejected += fmt::format(R"({}{{"tube":"{}","reason":"leaking"}})", rejected.empty() ? "" : ",",
                                tube->id.text());
      else
        tested[lab].push_back(tube);
    }
    all[static_cast<std::size_t>(lab)]->note(
        "screening.receive_box",
        fmt::format(R"({{"box":"{}","missing":[{}],"rejected":[{}]}})", box, missing, rejected),
        day_.make_id(), when);
  }
  send(all);
  for (const auto& [lab, tubes] : tested) test(tubes, {});
}

/// Plates are loaded, read and signed, each as one command; pools by their end, singles by the list of positive ones.
void CountyDay::test(const std::vector<const DayTube*>& tubes, const std::set<RawId>& positive) {
  std::vector<std::pair<std::string, std::string>> loads, reads, signs;
  for (std::size_t from = 0; from < tubes.size(); from += in_a_plate) {
    const int lab = day_.lab_of(day_.point_of(tubes[from]->sampler));
    const std::string plate = day_.make_id().text();
    std::string wells;
    std::string named;
    for (std::size_t i = from; i < std::min(tubes.size(), from + in_a_plate); ++i) {
      const std::string well = fmt::format("{}{}", "ABCDEFGH"[(i - from) / 12], (i - from) % 12 + 1);
      wells += fmt::format(R"({}{{"well":"{}","tube":"{}"}})", wells.empty() ? "" : ",", well,
                           tubes[i]->id.text());
      if (tubes[i]->end == End::positive || positive.contains(tubes[i]->id))
        named +=
            fmt::format(R"({}{{"well":"{}","result":"positive","ct":[]}})", named.empty() ? "" : ",", well);
    }
    const std::string tester = fmt::format("tester{}", lab);
    loads.emplace_back(
        tester, fmt::format(R"({{"plate":"{}","code":"P-{}","reagent_lot":"L-1","wells":[{}]}})", plate,
                            plate.substr(24), wells));
    reads.emplace_back(
        tester, fmt::format(R"({{"plate":"{}","control_valid":true,"wells":[{}],"others":"negative"}})",
                            plate, named));
    signs.emplace_back(fmt::format("authoriser{}", lab),
                       fmt::format(R"({{"plate":"{}","held_back":[]}})", plate));
  }
  ask_all(loads, "screening/load_plate");
  ask_all(reads, "screening/read_plate");
  ask_all(signs, "screening/authorise_plate");
}

void CountyDay::declare_lost() {
  for (const DayTube& tube : day_.tubes)
    if (tube.end == End::lost)
      ask(fmt::format("courier{}", day_.unit_of(day_.point_of(tube.sampler))), "screening/declare_lost",
          fmt::format(R"({{"tube":"{}","note":"车上、箱内、采样点均未找到"}})", tube.id.text()));
}

void CountyDay::settle_absent() {
  const auto pieces = [&](const std::vector<int>& people, const char* who, const char* operation,
                          const std::string& more) {
    for (std::size_t from = 0; from < people.size(); from += in_a_piece) {
      std::string ids;
      for (std::size_t i = from; i < std::min(people.size(), from + in_a_piece); ++i)
        ids += fmt::format(R"({}"{}")", ids.empty() ? "" : ",", MassDay::person(people[i]).text());
      ask(who, operation, fmt::format(R"({{"round":"{}","people":[{}],{}}})", round_, ids, more));
    }
  };
  pieces(day_.exempt, "cdc", "screening/exempt_people", R"("reason":"新生儿及卧床病人")");
  pieces(day_.elsewhere, "officer", "screening/note_tested_elsewhere",
         R"("sampled_at":"2022-08-13T09:00:00+08:00","proof":"邻县报告")");
}

void CountyDay::close_sampling() {
  const DayNumbers& n = day_.numbers;
  const std::string round = fmt::format(R"({{"round":"{}"}})", round_);
  ask("officer", "screening/close_sampling", round);
  expect({{"roster", n.roster},
          {"added", n.added},
          {"sampled", n.sampled() - n.recalled()},
          {"missed", n.missed() + n.recalled()},
          {"sealed", n.tubes},
          {"received", n.tubes - n.rejected - n.lost},
          {"rejected", n.rejected},
          {"lost", n.lost},
          {"authorised", n.tubes - n.rejected - n.lost},
          {"positive_tubes", n.positive_pools},
          {"negative_people", n.sampled() - n.held() - n.recalled()},
          {"positive_people", 0},
          {"holds", n.held()}});
  ask("commander", "screening/close_round", round, "R-RND-2");
}

// ---- the night ---------------------------------------------------------------------------------------------------

DayTube& CountyDay::night_tube(std::vector<int> people, int sampler, End end) {
  night_.push_back({.id = day_.make_id(),
                    .code = day_.make_code('T'),
                    .end = end,
                    .sampler = sampler,
                    .round_trip = 0,
                    .people = std::move(people)});
  return night_.back();
}

/// The held singly, the recalled in new pools, the missed at home singly; those away with proof.
void CountyDay::sample_again() {
  std::vector<Device*> all;
  std::set<RawId> positive;
  Instant when = at("2022-08-13T21:00");
  int pool = 0;
  const int pools_with_a_positive = std::max(1, day_.numbers.positive_pools - 3);
  const auto done = [&](DayTube& tube, int size, const std::string& more) {
    Device& device = sampler(tube.sampler);
    if (all.empty() || std::ranges::find(all, &device) == all.end()) all.push_back(&device);
    print(device, {&tube}, size, day_.point_of(tube.sampler), when);
    for (const int person : tube.people) link(device, tube, person, when, more);
    seal(device, tube, when);
  };
  for (const DayTube& tube : day_.tubes) {
    if (tube.end == End::rejected || tube.end == End::lost)
      done(night_tube(tube.people, tube.sampler), 10, "");
    if (tube.end != End::positive) continue;
    for (std::size_t i = 0; i < tube.people.size(); ++i) {
      DayTube& single = night_tube({tube.people[i]}, tube.sampler);
      resample_of_[single.id] = tube.id;
      const int nth = pool + static_cast<int>(i) * pools_with_a_positive;
      if (pool < pools_with_a_positive && nth < day_.numbers.positive_people) positive.insert(single.id);
      done(single, 1, fmt::format(R"(,"resample_of":"{}")", tube.id.text()));
    }
    ++pool;
  }
  for (std::size_t i = 0; i < day_.at_home.size(); ++i) {
    const auto who = static_cast<int>(static_cast<std::int64_t>(i) * day_.numbers.samplers /
                                      static_cast<int>(day_.at_home.size()));
    done(night_tube({day_.at_home[i]}, who), 1, "");
  }
  send(all);

  std::map<int, std::vector<const DayTube*>> of_lab;
  for (const DayTube& tube : night_) of_lab[day_.lab_of(day_.point_of(tube.sampler))].push_back(&tube);
  std::vector<Device*> labs;
  for (const auto& [lab, tubes] : of_lab) {
    Device& scanner = scanners_.at(static_cast<std::size_t>(MassDay::townships + lab));
    labs.push_back(&scanner);
    for (const DayTube* tube : tubes)
      scanner.note("screening.receive_tube", fmt::format(R"({{"tube":"{}"}})", tube->id.text()),
                   day_.make_id(), when + std::chrono::minutes(20));
  }
  send(labs);
  for (const auto& [lab, tubes] : of_lab) test(tubes, positive);
  std::string ids;
  for (const int person : day_.away)
    ids += fmt::format(R"({}"{}")", ids.empty() ? "" : ",", MassDay::person(person).text());
  ask("officer", "screening/note_out_of_area",
      fmt::format(R"({{"round":"{}","people":[{}],"proof":"铁路售票记录"}})", round_, ids));
}

void CountyDay::close() {
  const DayNumbers& n = day_.numbers;
  const std::string round = fmt::format(R"({{"round":"{}"}})", round_);
  ask("officer", "screening/close_results", round);
  ask("officer", "screening/reconcile_round", round);
  ask("commander", "screening/close_round", round);
  const int sampled = n.sampled() + n.at_home;
  const int used = n.tubes + n.held() + n.new_pools() + n.at_home;
  expect({{"roster", n.roster},
          {"added", n.added},
          {"sampled", sampled},
          {"tested_elsewhere", n.elsewhere},
          {"exempt", n.exempt},
          {"out_of_area", n.away},
          {"missed", 0},
          {"sealed", used},
          {"authorised", used - n.rejected - n.lost},
          {"negative_people", sampled - n.positive_people},
          {"positive_people", n.positive_people},
          {"holds", 0},
          {"pending", 0},
          {"in_transit", 0}});
}

/// Every tube and every person as the server has them, against what the devices did.
void CountyDay::read_back() {
  std::map<std::string, std::set<std::string>> done;
  std::map<std::string, std::string> last;
  const auto note = [&](const DayTube& tube) {
    for (const int person : tube.people) {
      done[tube.id.text()].insert(MassDay::person(person).text());
      if (!resample_of_.contains(tube.id)) last[MassDay::person(person).text()] = tube.id.text();
    }
  };
  for (const DayTube& tube : day_.tubes) note(tube);
  for (const DayTube& tube : night_) note(tube);
  std::size_t tubes = 0;
  each_row("/v1/screening/tubes?round=" + round_, [&](const value& row) {
    ++tubes;
    std::set<std::string> members;
    for (const value& member : row.at("members").as_array()) members.emplace(member.at("person").as_string());
    if (members != done[std::string(row.at("id").as_string())]) ++mismatches_;
  });
  std::size_t people = 0;
  each_row("/v1/screening/round_people?round=" + round_, [&](const value& row) {
    ++people;
    const auto found = last.find(std::string(row.at("person").as_string()));
    const value* tube = row.as_object().if_contains("tube");
    const std::string said = tube != nullptr && tube->is_string() ? std::string(tube->as_string()) : "";
    if (said != (found == last.end() ? "" : found->second)) ++mismatches_;
  });
  if (tubes != day_.tubes.size() + night_.size() || people != static_cast<std::size_t>(day_.numbers.people()))
    throw std::runtime_error(fmt::format("read back {} tubes and {} people", tubes, people));
}

void CountyDay::play() {
  step("sign_in", [&] { sign_in(); });
  for (int i = 0; i < MassDay::townships; ++i)
    scanners_.emplace_back(fmt::format("van-{}", i), person(fmt::format("courier{}", i)).cookie);
  for (int i = 0; i < 3; ++i)
    scanners_.emplace_back(fmt::format("lab-{}", i), person(fmt::format("tester{}", i)).cookie);
  step("plan", [&] {
    plan();
    set_clock(at("2022-08-13T05:30"));
    set_up_points();
    join_points();
  });
  step("list", [&] { list_people(); });
  set_clock(at("2022-08-13T06:00"));
  open_round();
  for (int trip = 0; trip < MassDay::round_trips; ++trip) {
    set_clock(at("2022-08-13T08:00") + std::chrono::hours(2 * trip));
    step("sample", [&] { sample(trip); });
    step("carry", [&] { carry(trip); });
    step("test", [&] { receive(trip); });
  }
  step("close", [&] {
    declare_lost();
    settle_absent();
    close_sampling();
  });
  set_clock(at("2022-08-13T22:00"));
  step("night", [&] { sample_again(); });
  step("close", [&] { close(); });
  step("read_back", [&] { read_back(); });
}

void county_day(benchmark::State& state, bool shared) {
  for (auto _ : state) {
    simulation::Scratch scratch;
    std::unique_ptr<Cluster> cluster;
    std::string store;
    if (shared) {
      cluster = std::make_unique<Cluster>(Cluster::Disk::durable);
      for (const char* name : {"fx", "fx_keys"}) cluster->create(name);
      simulation::run_program({"database", "prepare", "--owner", cluster->url("fangxian_owner", "fx")},
                              scratch.path() / "log");
      store = cluster->local_url("fangxian_app", "fx");
    }
    try {
      CountyDay day(settings().round, scratch.path() / "realm", scratch.path() / "log", store);
      const double database = cluster ? cluster_cpu_seconds(cluster->pid()) : 0;
      day.play();
      std::map<std::string, Step> sums;
      for (const Step& step : day.steps()) {
        sums[step.name].wall += step.wall;
        sums[step.name].cpu += step.cpu;
        if (step.name == "read_back") continue;
        sums["day"].wall += step.wall;
        sums["day"].cpu += step.cpu;
      }
      for (const auto& [name, sum] : sums) {
        state.counters[name + "_s"] = sum.wall;
        state.counters[name + "_cpu_s"] = sum.cpu;
      }
      if (cluster) state.counters["database_cpu_s"] = cluster_cpu_seconds(cluster->pid()) - database;
      state.SetIterationTime(sums["day"].wall);
      state.counters["cpu_s_bar"] = 300;
      state.counters["items"] = day.uploaded().items;
      state.counters["batches"] = day.uploaded().batches;
      state.counters["sent_again"] = day.uploaded().again;
      state.counters["batch_p99_ms"] = at_share(day.uploaded().seconds, 0.99) * 1e3;
      state.counters["transactions"] = day.metric("batches_total");
      state.counters["mismatches"] = day.mismatches();
      state.counters["rss_mb"] = resident_mb(day.process());
      if (!shared)
        state.counters["ledger_mb"] =
            static_cast<double>(std::filesystem::file_size(scratch.path() / "realm" / "ledger.db")) / 1e6;
      state.counters["verify_s"] = day.verify();
      state.counters["yardstick_ms"] = yardstick_ms();
      if (day.mismatches() > 0)
        state.SkipWithError("a person is in another tube than the one that was sealed");
    } catch (const std::exception& error) {
      state.SkipWithError((error.what() + simulation::last_words(scratch.path() / "log")).c_str());
    }
  }
}

}  // namespace

void register_county_day() {
  for (const bool shared : {false, true})
    benchmark::RegisterBenchmark(shared ? "house/county day on PostgreSQL" : "house/county day",
                                 [shared](benchmark::State& state) { county_day(state, shared); })
        ->Iterations(1)
        ->UseManualTime()
        ->Unit(benchmark::kSecond);
}

}  // namespace fx::bench
