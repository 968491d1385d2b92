// Bar: the county day of SC-03 in full, over HTTP with real clients in parallel, in at most 5 minutes of the server's CPU;
// nobody's tube mistaken for another's; the ledger verifies. On a file, then on PostgreSQL.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <signal.h>

#include <boost/json.hpp>
#include <map>
#include <set>

#include "bench/county.hpp"
#include "bench/devices.hpp"
#include "bench/load.hpp"
#include "bench/mass_day.hpp"
#include "bench/measure.hpp"
#include "bench/realm.hpp"
#include "bench/settings.hpp"
#include "journal/testing/cluster.hpp"
#include "tests/simulation/served.hpp"

namespace fx::bench {
namespace {

using boost::json::value;
using journal::testing_desk::Cluster;

constexpr double most_seconds = 1800;  ///< of one step, whatever the machine
constexpr int in_a_plate = 94;         ///< 96 wells and two controls
constexpr int in_a_piece = 1000;       ///< of the list
constexpr std::size_t longest_page = 500;

Instant at(std::string_view clock) { return *parse_instant(fmt::format("{}:00+08:00", clock)); }

/// Who works in the county, signed in.
class Staff {
 public:
  Staff(std::uint16_t port, int samplers) : port_(port) {
    std::vector<std::string> names{"commander", "officer", "city", "authority", "cdc"};
    for (int i = 0; i < 3; ++i)
      names.insert(names.end(), {fmt::format("tester{}", i), fmt::format("authoriser{}", i)});
    for (int i = 0; i < MassDay::townships; ++i) names.push_back(fmt::format("courier{}", i));
    for (int i = 0; i < samplers; ++i) names.push_back(fmt::format("sampler{}", i));
    for (const std::string& name : names)
      people_[name] = simulation::sign_in(port_, name, std::string(password));
  }
  [[nodiscard]] const simulation::SignedIn& operator[](const std::string& name) const {
    return people_.at(name);
  }

 private:
  std::uint16_t port_;
  std::map<std::string, simulation::SignedIn> people_;
};

struct Step {
  std::string name;
  double wall = 0;
  double cpu = 0;
};

/// One county day against one server.
class CountyDay {
 public:
  CountyDay(const std::filesystem::path& data, const std::filesystem::path& log, const std::string& store)
      : day_(DayNumbers(settings().round)), data_(data), log_(log) {
    CountySize size{.centres = MassDay::townships, .labs = 3, .centre_of_sampler = {}};
    for (int i = 0; i < day_.numbers.samplers; ++i)
      size.centre_of_sampler.push_back(day_.unit_of(day_.point_of(i)));
    county_ = make_county(data, size, store);
    server_ = std::make_unique<simulation::Served>(data, log);
    client_ = std::make_unique<http::Client>(server_->port(), "127.0.0.1", std::chrono::seconds(60));
  }

  void play();
  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
  [[nodiscard]] const Uploaded& uploaded() const { return uploaded_; }
  [[nodiscard]] int mismatches() const { return mismatches_; }
  [[nodiscard]] double resident() { return resident_mb(server_->child().pid()); }
  [[nodiscard]] double metric(std::string_view name);
  /// Ends the server and proves the ledger; seconds that took.
  double verify();

 private:
  // Doing.
  template <class F>
  void step(const char* name, F work) {
    const double wall = wall_seconds();
    const double cpu = process_cpu_seconds(server_->child().pid());
    work();
    steps_.push_back({name, wall_seconds() - wall, process_cpu_seconds(server_->child().pid()) - cpu});
  }
  value ask(const std::string& who, std::string_view operation, const std::string& body,
            std::string_view refused = {});
  void ask_all(const std::vector<std::pair<std::string, std::string>>& bodies, std::string_view operation);
  value get(const std::string& target);
  template <class F>
  void each_row(const std::string& target, F row);
  void set_clock(Instant to);
  void send(const std::vector<Device*>& devices);
  /// The numbers of the round, as it says them; expects each of these.
  void expect(std::initializer_list<std::pair<const char*, std::int64_t>> numbers);

  // The day.
  void plan();
  void list_people();
  void set_up_points();
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

  // Who and what.
  Device& sampler(int i) { return devices_.at(static_cast<std::size_t>(i)); }
  [[nodiscard]] std::string lab_text(int point) const {
    return county_.labs[static_cast<std::size_t>(day_.lab_of(point))].raw.text();
  }
  [[nodiscard]] std::string centre_text(int point) const {
    return county_.centres[static_cast<std::size_t>(day_.unit_of(point))].raw.text();
  }
  void print(Device& device, const std::vector<const DayTube*>& tubes, int size, int point, Instant when);
  void link(Device& device, const DayTube& tube, int person, Instant when, const std::string& more = {});
  void seal(Device& device, const DayTube& tube, Instant when);
  DayTube& night_tube(std::vector<int> people, int sampler, End end = End::negative);

  MassDay day_;
  std::filesystem::path data_, log_;
  County county_;
  std::unique_ptr<simulation::Served> server_;
  std::unique_ptr<http::Client> client_;
  std::unique_ptr<Staff> staff_;
  std::vector<Step> steps_;
  Uploaded uploaded_;
  int mismatches_ = 0;

  std::string round_ = day_.make_id().text();
  std::vector<std::string> points_;
  std::deque<Device> devices_;   ///< of the samplers
  std::deque<Device> scanners_;  ///< of the couriers, then of the laboratories
  std::deque<DayTube> night_;    ///< tubes of the singles and of those sampled again
  std::vector<std::pair<std::string, std::vector<const DayTube*>>> boxes_;  ///< under way
  std::map<RawId, RawId> resample_of_;
};

// ---- doing -------------------------------------------------------------------------------------------------------

value CountyDay::ask(const std::string& who, std::string_view operation, const std::string& body,
                     std::string_view refused) {
  const std::vector<http::Header> headers{{"Cookie", (*staff_)[who].cookie},
                                          {"Idempotency-Key", day_.make_id().text()},
                                          {"Content-Type", "application/json"}};
  const auto answer = client_->post("/v1/" + std::string(operation), body, headers);
  const bool as_expected = refused.empty()
                               ? answer.status == 200
                               : answer.status == 422 && answer.body.find(refused) != std::string::npos;
  if (!as_expected)
    throw std::runtime_error(
        fmt::format("{} by {}: {} {}", operation, who, answer.status, answer.body.substr(0, 800)));
  return parse_own_json(answer.body);
}

/// Commands of (who, body) that do not wait for each other.
void CountyDay::ask_all(const std::vector<std::pair<std::string, std::string>>& bodies,
                        std::string_view operation) {
  std::vector<std::string> requests;
  for (const auto& [who, body] : bodies)
    requests.push_back(
        post_request("/v1/" + std::string(operation), body, (*staff_)[who].cookie, day_.make_id().text()));
  const Load load = send_all(server_->port(), std::min(settings().connections, 8), requests, most_seconds);
  if (load.other > 0 || load.ok != static_cast<int>(bodies.size()))
    throw std::runtime_error(std::string(operation) + ": " + load.first_other.substr(0, 800));
}

value CountyDay::get(const std::string& target) {
  const auto answer = client_->get(target, {{"Cookie", (*staff_)["commander"].cookie}});
  if (answer.status != 200)
    throw std::runtime_error(fmt::format("{}: {} {}", target, answer.status, answer.body.substr(0, 500)));
  return parse_own_json(answer.body);
}

template <class F>
void CountyDay::each_row(const std::string& target, F row) {
  std::string after;
  do {
    const value page = get(fmt::format("{}&limit={}{}", target, longest_page, after));
    for (const value& each : page.at("rows").as_array()) row(each);
    const value& next = page.at("next");
    after = next.is_null() ? "" : "&after=" + std::string(next.as_string());
  } while (!after.empty());
}

void CountyDay::set_clock(Instant to) {
  const auto answer = client_->post("/v1/clock", fmt::format(R"({{"set":"{}"}})", format(to)),
                                    {{"Cookie", (*staff_)["commander"].cookie}});
  if (answer.status != 200) throw std::runtime_error("the clock: " + answer.body);
}

void CountyDay::send(const std::vector<Device*>& devices) {
  const Uploaded sent = upload(server_->port(), std::min(settings().connections, 16), devices, most_seconds);
  if (sent.refused > 0)
    throw std::runtime_error(fmt::format("{} refused: {}", sent.refused, sent.first_refused.substr(0, 1500)));
  uploaded_.add(sent);
}

void CountyDay::expect(std::initializer_list<std::pair<const char*, std::int64_t>> numbers) {
  const value round = get("/v1/screening/rounds/" + round_);
  const value& equation = round.at("row").at("equation");
  for (const auto& [name, wanted] : numbers)
    if (equation.at(name).to_number<std::int64_t>() != wanted)
      throw std::runtime_error(
          fmt::format("{} should be {}: {}", name, wanted, boost::json::serialize(equation)));
}

double CountyDay::metric(std::string_view name) {
  const std::string text = client_->get("/metrics").body;
  const auto found = text.find(fmt::format("\nfangxian_{} ", name));
  return found == std::string::npos ? 0 : std::stod(text.substr(found + name.size() + 11));
}

// ---- what devices note -------------------------------------------------------------------------------------------

void CountyDay::print(Device& device, const std::vector<const DayTube*>& tubes, int size, int point,
                      Instant when) {
  std::string labels;
  for (const DayTube* tube : tubes)
    labels += fmt::format(R"({}{{"tube":"{}","code":"{}"}})", labels.empty() ? "" : ",", tube->id.text(),
                          tube->code);
  device.note(
      "screening.print_tubes",
      fmt::format(
          R"({{"sender":"{}","tubes":[{}],"size":{},"class":"mass_round","pathogen":"covid19-cn","round":"{}"}})",
          centre_text(point), labels, size, round_),
      day_.make_id(), when);
}

void CountyDay::link(Device& device, const DayTube& tube, int person, Instant when, const std::string& more) {
  std::string body = fmt::format(R"({{"tube":"{}","person":"{}","point":"{}")", tube.id.text(),
                                 MassDay::person(person).text(),
                                 points_[static_cast<std::size_t>(day_.point_of(tube.sampler))]);
  if (!day_.on_the_list(person))
    body +=
        fmt::format(R"(,"township":{},"building":"{}")", day_.township_of(person), day_.building_of(person));
  device.note("screening.link_person", body + more + "}", day_.make_id(), when);
}

void CountyDay::seal(Device& device, const DayTube& tube, Instant when) {
  device.note(
      "screening.seal_tube",
      fmt::format(R"({{"tube":"{}","lab":"{}"}})", tube.id.text(), lab_text(day_.point_of(tube.sampler))),
      day_.make_id(), when);
}

// ---- the evening before ------------------------------------------------------------------------------------------

void CountyDay::plan() {
  const DayNumbers& n = day_.numbers;
  std::string labs;
  for (int i = 0; i < 3; ++i) {
    const std::string lab = county_.labs[static_cast<std::size_t>(i)].raw.text();
    ask("authority", "screening/apply_laboratory",
        fmt::format(R"({{"laboratory":"{}","declared_per_day":{},"third_party":false,"contract":""}})", lab,
                    n.lab_tubes[i]));
    ask("authority", "screening/accept_laboratory", fmt::format(R"({{"laboratory":"{}"}})", lab));
    ask("authority", "screening/activate_laboratory", fmt::format(R"({{"laboratory":"{}"}})", lab));
    for (const char* month : {"2022-06", "2022-07"})
      ask("authority", "screening/record_eqa",
          fmt::format(R"({{"laboratory":"{}","month":"{}","passed":true,"sheet":"S"}})", lab, month));
    labs += fmt::format(R"({}{{"lab":"{}","per_day":{}}})", labs.empty() ? "" : ",", lab, n.lab_tubes[i]);
  }
  std::map<int, int> people;
  for (int i = 0; i < n.roster; ++i) ++people[day_.township_of(i)];
  std::string townships;
  for (const auto& [code, count] : people)
    townships += fmt::format(R"({}{{"township":{},"people":{}}})", townships.empty() ? "" : ",", code, count);
  ask("commander", "screening/plan_round",
      fmt::format(
          R"({{"round":"{}","title":"第1轮","pathogen":"covid19-cn","outbreak":true,"people":{},"points":{},"samplers":{},)"
          R"("tube_size":10,"labs":[{}],"townships":[{}]}})",
          round_, n.roster, n.points, n.samplers - n.support, labs, townships));
  const std::string round = fmt::format(R"({{"round":"{}"}})", round_);
  ask("commander", "screening/approve_round", round, "R-RND-1");
  ask("city", "screening/sign_support", fmt::format(R"({{"round":"{}","samplers":{}}})", round_, n.support));
  ask("commander", "screening/approve_round", round);
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

void CountyDay::set_up_points() {
  const DayNumbers& n = day_.numbers;
  std::map<int, int> first;  // sampler of a point
  for (int i = n.samplers - 1; i >= 0; --i) first[day_.point_of(i)] = i;
  for (int i = 0; i < n.points; ++i) points_.push_back(day_.make_id().text());
  for (int i = 0; i < n.points; ++i) {
    const std::string point = fmt::format(R"({{"point":"{}"}})", points_[static_cast<std::size_t>(i)]);
    const std::string who = fmt::format("sampler{}", first.at(i));
    ask("commander", "screening/order_point",
        fmt::format(
            R"({{"point":"{}","round":"{}","title":"{}号点","unit":"{}","township":{},"people":{},"samplers":{}}})",
            points_[static_cast<std::size_t>(i)], round_, i + 1, centre_text(i),
            county_code * 1000 + 100 + day_.unit_of(i), n.roster / n.points, n.samplers / n.points));
    ask(who, "screening/set_up_point",
        fmt::format(R"({{"point":"{}","checks":["one_way_flow","zones","wait_area","waste","signs"]}})",
                    points_[static_cast<std::size_t>(i)]));
    ask(who, "screening/open_point", point);
  }
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
  step("sign_in", [&] { staff_ = std::make_unique<Staff>(server_->port(), day_.numbers.samplers); });
  for (int i = 0; i < day_.numbers.samplers; ++i)
    devices_.emplace_back(fmt::format("phone-{}", i), (*staff_)[fmt::format("sampler{}", i)].cookie);
  for (int i = 0; i < MassDay::townships; ++i)
    scanners_.emplace_back(fmt::format("van-{}", i), (*staff_)[fmt::format("courier{}", i)].cookie);
  for (int i = 0; i < 3; ++i)
    scanners_.emplace_back(fmt::format("lab-{}", i), (*staff_)[fmt::format("tester{}", i)].cookie);
  step("plan", [&] {
    plan();
    set_clock(at("2022-08-13T05:30"));
    set_up_points();
    std::vector<Device*> all;
    for (Device& device : devices_) {
      const auto who = static_cast<int>(all.size());
      device.note("screening.join_point",
                  fmt::format(R"({{"point":"{}"}})", points_[static_cast<std::size_t>(day_.point_of(who))]),
                  day_.make_id(), at("2022-08-13T05:30"));
      all.push_back(&device);
    }
    send(all);
  });
  step("list", [&] { list_people(); });
  set_clock(at("2022-08-13T06:00"));
  ask("commander", "screening/open_round", fmt::format(R"({{"round":"{}"}})", round_));
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

double CountyDay::verify() {
  client_.reset();
  if (const int code = server_->child().end(SIGTERM); code != 0)
    throw std::runtime_error(fmt::format("the server ended with {}", code));
  const double began = wall_seconds();
  const value said =
      parse_own_json(simulation::run_program({"verify", "--data", data_.string(), "--json"}, log_));
  if (!said.at("ok").as_bool())
    throw std::runtime_error("the ledger does not verify: " + boost::json::serialize(said));
  return wall_seconds() - began;
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
      CountyDay day(scratch.path() / "realm", scratch.path() / "log", store);
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
      state.counters["rss_mb"] = day.resident();
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
