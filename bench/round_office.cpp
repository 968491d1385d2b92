#include "bench/round_office.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <thread>

#include "bench/measure.hpp"
#include "bench/realm.hpp"
#include "bench/settings.hpp"

namespace fx::bench {
namespace {

using boost::json::value;

constexpr double most_seconds = 1800;  ///< of one step, whatever the machine

CountySize size_of(const MassDay& day) {
  CountySize size{.centres = MassDay::townships, .labs = 3, .centre_of_sampler = {}};
  for (int i = 0; i < day.numbers.samplers; ++i)
    size.centre_of_sampler.push_back(day.unit_of(day.point_of(i)));
  return size;
}

/// Whoever is told that the system is busy tries again.
simulation::SignedIn sign_in_patiently(std::uint16_t port, const std::string& name) {
  for (int tries = 1;; ++tries) {
    try {
      return simulation::sign_in(port, name, std::string(password));
    } catch (const std::runtime_error& told) {
      if (tries == 60 || std::string_view(told.what()).find(": 503 ") == std::string_view::npos) throw;
      std::this_thread::sleep_for(std::chrono::seconds(1));
    }
  }
}

}  // namespace

Instant at(std::string_view clock) { return *parse_instant(fmt::format("{}:00+08:00", clock)); }

RoundOffice::RoundOffice(int roster, const std::filesystem::path& data, std::filesystem::path log,
                         const std::string& store)
    : day_(DayNumbers(roster)),
      data_(data),
      log_(std::move(log)),
      county_(make_county(data, size_of(day_), store)),
      server_(std::make_unique<simulation::Served>(data, log_)),
      client_(std::make_unique<http::Client>(server_->port(), "127.0.0.1", std::chrono::seconds(60))) {}

// ---- doing -------------------------------------------------------------------------------------------------------

value RoundOffice::ask(const std::string& who, std::string_view operation, const std::string& body,
                       std::string_view refused) {
  const std::vector<http::Header> headers{{"Cookie", person(who).cookie},
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
void RoundOffice::ask_all(const std::vector<std::pair<std::string, std::string>>& bodies,
                          std::string_view operation) {
  std::vector<std::string> requests;
  for (const auto& [who, body] : bodies)
    requests.push_back(
        post_request("/v1/" + std::string(operation), body, person(who).cookie, day_.make_id().text()));
  const Load load = send_all(server_->port(), std::min(settings().connections, 8), requests, most_seconds);
  if (load.other > 0 || load.ok != static_cast<int>(bodies.size()))
    throw std::runtime_error(std::string(operation) + ": " + load.first_other.substr(0, 800));
}

value RoundOffice::get(const std::string& target) {
  const auto answer = client_->get(target, {{"Cookie", person("commander").cookie}});
  if (answer.status != 200)
    throw std::runtime_error(fmt::format("{}: {} {}", target, answer.status, answer.body.substr(0, 500)));
  return parse_own_json(answer.body);
}

void RoundOffice::set_clock(Instant to) {
  const auto answer = client_->post("/v1/clock", fmt::format(R"({{"set":"{}"}})", format(to)),
                                    {{"Cookie", person("commander").cookie}});
  if (answer.status != 200) throw std::runtime_error("the clock: " + answer.body);
}

void RoundOffice::send(const std::vector<Device*>& devices) {
  const Uploaded sent = upload(server_->port(), std::min(settings().connections, 16), devices, most_seconds);
  if (sent.refused > 0)
    throw std::runtime_error(fmt::format("{} refused: {}", sent.refused, sent.first_refused.substr(0, 1500)));
  uploaded_.add(sent);
}

double RoundOffice::metric(std::string_view name) {
  const std::string text = client_->get("/metrics").body;
  const auto found = text.find(fmt::format("\nfangxian_{} ", name));
  return found == std::string::npos ? 0 : std::stod(text.substr(found + name.size() + 11));
}

double RoundOffice::verify() {
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

// ---- what devices note -------------------------------------------------------------------------------------------

void RoundOffice::print(Device& device, const std::vector<const DayTube*>& tubes, int size, int point,
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

void RoundOffice::link(Device& device, const DayTube& tube, int person, Instant when,
                       const std::string& more) {
  std::string body = fmt::format(R"({{"tube":"{}","person":"{}","point":"{}")", tube.id.text(),
                                 MassDay::person(person).text(),
                                 points_[static_cast<std::size_t>(day_.point_of(tube.sampler))]);
  if (!day_.on_the_list(person))
    body +=
        fmt::format(R"(,"township":{},"building":"{}")", day_.township_of(person), day_.building_of(person));
  device.note("screening.link_person", body + more + "}", day_.make_id(), when);
}

void RoundOffice::seal(Device& device, const DayTube& tube, Instant when) {
  device.note(
      "screening.seal_tube",
      fmt::format(R"({{"tube":"{}","lab":"{}"}})", tube.id.text(), lab_text(day_.point_of(tube.sampler))),
      day_.make_id(), when);
}

// ---- the evening before ------------------------------------------------------------------------------------------

void RoundOffice::sign_in() {
  std::vector<std::string> names{"commander", "officer", "city", "authority", "cdc"};
  for (int i = 0; i < 3; ++i)
    names.insert(names.end(), {fmt::format("tester{}", i), fmt::format("authoriser{}", i)});
  for (int i = 0; i < MassDay::townships; ++i) names.push_back(fmt::format("courier{}", i));
  for (int i = 0; i < day_.numbers.samplers; ++i) names.push_back(fmt::format("sampler{}", i));
  for (const std::string& name : names) staff_[name] = sign_in_patiently(port(), name);
  for (int i = 0; i < day_.numbers.samplers; ++i)
    devices_.emplace_back(fmt::format("phone-{}", i), person(fmt::format("sampler{}", i)).cookie);
}

void RoundOffice::plan() {
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

void RoundOffice::set_up_points() {
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

void RoundOffice::join_points() {
  std::vector<Device*> all;
  for (Device& device : devices_) {
    const auto who = static_cast<int>(all.size());
    device.note("screening.join_point",
                fmt::format(R"({{"point":"{}"}})", points_[static_cast<std::size_t>(day_.point_of(who))]),
                day_.make_id(), at("2022-08-13T05:30"));
    all.push_back(&device);
  }
  send(all);
}

void RoundOffice::open_round() {
  ask("commander", "screening/open_round", fmt::format(R"({{"round":"{}"}})", round_));
}

}  // namespace fx::bench
