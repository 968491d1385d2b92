// Bar: the peak of a city of 10 million: 1,400 people registered and 2,900 events a second through POST /v1/batch, as devices
// send them, p99 at most 1 s, while results are looked up 5,000 times a second.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "bench/measure.hpp"
#include "bench/round_office.hpp"
#include "bench/settings.hpp"

namespace fx::bench {
namespace {

constexpr int on_the_list = 25'200;  // of the plan: 70 samplers at 10 points
constexpr int in_a_tube = 10;        // a batch: one tube, its people met and linked, its seal
constexpr double registrations_a_second = 1400;
constexpr double look_ups_a_second = 5000;
constexpr int connections = 64;

/// A resident number that cannot be anybody's: prefix 99 (GB 11643, check symbol included).
std::string resident_number(std::int64_t n) {
  std::string text = fmt::format("990{:03}{:04}{:02}{:02}{:03}", n / 28'000'000 % 1000,
                                 1920 + n / 336'000 % 83, n / 28'000 % 12 + 1, n / 1000 % 28 + 1, n % 1000);
  constexpr int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) sum += (text[i] - '0') * weights[i];
  return text += "10X98765432"[sum % 11];
}

/// The people of a second's batches are new to the county: each is met with a document, then linked.
class Peak : public RoundOffice {
 public:
  using RoundOffice::RoundOffice;

  void begin() {
    sign_in();
    plan();
    set_clock(at("2022-08-13T05:30"));
    set_up_points();
    join_points();
    set_clock(at("2022-08-13T06:00"));
    open_round();
    set_clock(at("2022-08-13T08:00"));
  }
  /// The n-th batch: 22 items, 21 events and the tube's.
  std::string batch(std::size_t n) {
    const auto who = static_cast<int>(n % static_cast<std::size_t>(day_.numbers.samplers));
    Device& device = sampler(who);
    DayTube tube{.id = day_.make_id(),
                 .code = day_.make_code('T'),
                 .end = End::negative,
                 .sampler = who,
                 .round_trip = 0,
                 .people = {}};
    const Instant when = at("2022-08-13T07:00");
    print(device, {&tube}, in_a_tube, day_.point_of(who), when);
    for (int i = 0; i < in_a_tube; ++i) {
      const int person = day_.numbers.roster + static_cast<int>(n) * in_a_tube + i;
      device.note(
          "people.meet_person",
          fmt::format(
              R"({{"person":"{}","document_type":"resident_id","document_number":"{}","name":"受检者"}})",
              MassDay::person(person).text(), resident_number(person)),
          day_.make_id(), when);
      link(device, tube, person, when);
    }
    seal(device, tube, when);
    return batch_request(device.cookie(), device.take());
  }
  /// A result of somebody whose batch was answered.
  [[nodiscard]] std::string look_up(std::size_t n, std::size_t batches) const {
    const std::size_t known = std::max<std::size_t>(1, batches) * in_a_tube;
    const int person = day_.numbers.roster + static_cast<int>(n * 7919 % known);
    return get_request("/v1/screening/samples?person=" + MassDay::person(person).text(),
                       this->person("cdc").cookie);
  }
};

void city_peak(benchmark::State& state) {
  for (auto _ : state) {
    simulation::Scratch scratch;
    Peak peak(settings().quick ? on_the_list / 20 : on_the_list, scratch.path() / "realm",
              scratch.path() / "log");
    peak.begin();
    const double seconds = settings().peak_seconds;
    std::atomic<std::size_t> answered{0};
    std::atomic<std::size_t> refused{0};
    Load writes;
    Load reads;
    double writer_cpu = 0;
    double reader_cpu = 0;
    const double cpu = process_cpu_seconds(peak.process());
    {
      std::jthread looking([&] {
        const double own = thread_cpu_seconds();
        reads = send_paced(peak.port(), connections, look_ups_a_second, seconds,
                           [&](std::size_t n) { return peak.look_up(n, answered.load()); });
        reader_cpu = thread_cpu_seconds() - own;
      });
      const double own = thread_cpu_seconds();
      writes = send_paced(
          peak.port(), connections, registrations_a_second / in_a_tube, seconds,
          [&](std::size_t n) { return peak.batch(n); },
          [&](std::size_t, const std::string& answer) {
            ++answered;
            for (const int status : item_statuses(answer)) refused += status == 200 ? 0 : 1;
          });
      writer_cpu = thread_cpu_seconds() - own;
    }
    const double used = process_cpu_seconds(peak.process()) - cpu;
    const double wall = std::max(writes.wall, reads.wall);
    state.SetIterationTime(wall);
    state.counters["registrations_per_s"] = writes.ok * in_a_tube / writes.wall;
    state.counters["events_per_s"] = writes.ok * (2 * in_a_tube + 2) / writes.wall;
    state.counters["look_ups_per_s"] = reads.ok / reads.wall;
    state.counters["items_not_taken"] = static_cast<double>(refused.load());
    state.counters["batches_not_taken"] = writes.other;
    state.counters["look_ups_not_answered"] = reads.other;
    state.counters["write_p50_ms"] = at_share(writes.seconds, 0.50) * 1e3;
    state.counters["write_p99_ms"] = at_share(writes.seconds, 0.99) * 1e3;
    state.counters["write_p99_bar_ms"] = 1000;
    state.counters["read_p50_ms"] = at_share(reads.seconds, 0.50) * 1e3;
    state.counters["read_p99_ms"] = at_share(reads.seconds, 0.99) * 1e3;
    state.counters["server_cores"] = used / wall;
    state.counters["client_cores"] = (writer_cpu + reader_cpu) / wall;
    state.counters["yardstick_ms"] = yardstick_ms();
    if (writes.other > 0) state.SkipWithError(("not 200: " + writes.first_other.substr(0, 300)).c_str());
  }
}

}  // namespace

void register_city_peak() {
  benchmark::RegisterBenchmark("house/peak of a city of 10 million", city_peak)
      ->Iterations(1)
      ->UseManualTime()
      ->Unit(benchmark::kSecond);
}

}  // namespace fx::bench
