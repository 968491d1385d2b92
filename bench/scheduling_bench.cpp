// A plan for 270,000 people (SC-03), from 900 streets in 20 townships; and what is missing when it does not fit.
#include <benchmark/benchmark.h>

#include "engines/scheduling/plan.hpp"

namespace fx::bench {
namespace {

using namespace fx::scheduling;

Question county(std::uint32_t townships, std::int64_t people) {
  Question q{.townships = townships};
  constexpr std::uint32_t streets = 45;
  for (std::uint32_t township = 0; township < townships; ++township)
    for (std::uint32_t street = 0; street < streets; ++street)
      q.places.push_back({township, people / townships / streets});
  q.shifts = {{static_cast<std::int32_t>(people / 375), {0, 14 * 60}}};
  for (const std::int32_t per_day : {9'000, 12'000, 8'000})
    q.labs.push_back(
        {.tubes_per_day = people / 270'000 * per_day, .open = {{0, horizon}}, .turnaround = 240});
  for (std::uint32_t township = 0; township < townships; ++township)
    for (const Minutes base : {20, 35, 50}) q.road.push_back(base + static_cast<Minutes>(township % 20) * 2);
  q.couriers = {
      .vehicles = static_cast<std::int32_t>(3 * townships), .intervals = {30, 60, 90, 120}, .stop = 5};
  q.pools = {{1, 1.001, 0, 1.001},
             {5, 0.2015, 0.0015, 0.2015},
             {10, 0.102, 0.002, 0.102},
             {20, 0.053, 0.003, 0.053}};
  q.limits = {.people_per_point_max = 3'000,
              .people_per_sampler = 360,
              .setup = 60,
              .transport_max = 240,
              .resample_within = 240};
  q.people_per_hour = 40;
  q.deadline = 24 * 60;
  return q;
}

void plan_round(benchmark::State& state) {
  const Question q = county(static_cast<std::uint32_t>(state.range(0)), state.range(1));
  for (auto _ : state) benchmark::DoNotOptimize(plan(q));
}
BENCHMARK(plan_round)
    ->Name("scheduling: plan")
    ->Args({20, 270'000})
    ->Args({200, 2'700'000})
    ->Unit(benchmark::kMillisecond);

/// One pool size that cannot do it: samplers, tubes an hour and vehicles are each searched for.
void plan_missing(benchmark::State& state) {
  Question q = county(20, 270'000);
  q.pools = {{10, 0.102, 0.002, 0.102}};
  for (auto _ : state) benchmark::DoNotOptimize(plan(q));
}
BENCHMARK(plan_missing)->Name("scheduling: what is missing")->Unit(benchmark::kMillisecond);

void forecast(benchmark::State& state) {
  const Question q = county(20, 270'000);
  for (auto _ : state) benchmark::DoNotOptimize(gains(q, 10, 50, 2));
}
BENCHMARK(forecast)->Name("scheduling: what would bring it forward")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace fx::bench
