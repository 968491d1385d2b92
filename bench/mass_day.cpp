#include "bench/mass_day.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/code.hpp"

namespace fx::bench {
namespace {

constexpr std::int64_t day_ms = 1'660'300'000'000;  // ids of the day carry its time

RawId id_of(std::uint64_t number) {
  return RawId::make(day_ms + static_cast<std::int64_t>(number / 64), county_code,
                     (number + 1) * 0x9E3779B97F4A7C15ULL, static_cast<std::uint16_t>(number & 0xFFF));
}

int scaled(std::int64_t of_270_000, int people) {
  return std::max(1, static_cast<int>(of_270_000 * people / 270'000));
}

}  // namespace

DayNumbers::DayNumbers(int on_the_list)
    : roster(on_the_list),
      points(scaled(108, roster)),
      samplers((roster + 359) / 360),
      support(std::max(1, samplers / 25)),
      added(scaled(1860, roster)),
      exempt(scaled(640, roster)),
      elsewhere(scaled(3120, roster)),
      at_home(scaled(405, roster)),
      away(scaled(7, roster)),
      positive_pools(scaled(14, roster)),
      positive_people(scaled(13, roster)),
      rejected(scaled(3, roster)),
      lost(scaled(2, roster)),
      tubes(0),
      lab_tubes{scaled(9000, roster) + 1, scaled(12'000, roster) + 1, scaled(8000, roster) + 1} {
  // SC-03: 267,501 people in 26,771 tubes that are neither positive nor failed.
  const std::int64_t others = sampled() - held() - recalled();
  tubes = static_cast<int>((others * 26'771 + 267'500) / 267'501) + positive_pools + rejected + lost;
  if (roster == 270'000) lab_tubes[0] = 9000, lab_tubes[1] = 12'000, lab_tubes[2] = 8000;
}

MassDay::MassDay(DayNumbers the_numbers) : numbers(the_numbers) { fill(queue()); }

RawId MassDay::make_id() { return id_of((std::uint64_t{1} << 40) + made_++); }

std::string MassDay::make_code(char kind) { return write_code({kind, (std::uint64_t{1} << 35) + made_++}); }

RawId MassDay::person(int number) { return id_of(static_cast<std::uint64_t>(number)); }

int MassDay::township_of(int person) const {
  const int at = on_the_list(person) ? share(person, numbers.roster, townships)
                                     : share(person - numbers.roster, numbers.added, townships);
  return county_code * 1000 + 100 + at;
}

std::string MassDay::building_of(int person) const {
  return on_the_list(person) ? fmt::format("{}栋", person / in_a_building % 1000) : "外来人员";
}

/// Laboratories in proportion to what they can test.
int MassDay::lab_of(int point) const {
  const int* each = numbers.lab_tubes;
  const int at = share(point, numbers.points, each[0] + each[1] + each[2]);
  return at < each[0] ? 0 : at < each[0] + each[1] ? 1 : 2;
}

/// Everybody who comes, in the order of their homes; those who do not are spread over all of them.
std::vector<int> MassDay::queue() {
  std::vector<int>* absent[] = {&exempt, &elsewhere, &at_home, &away};
  const int wanted[] = {numbers.exempt, numbers.elsewhere, numbers.at_home, numbers.away};
  const int none = numbers.roster + numbers.added - numbers.sampled();
  std::vector<int> out;
  int passed_over = 0;
  int joined = 0;
  std::size_t kind = 0;
  for (int i = 0; i < numbers.roster; ++i) {
    if (passed_over < share(i + 1, numbers.roster, none)) {
      ++passed_over;
      while (absent[kind]->size() == static_cast<std::size_t>(wanted[kind])) ++kind;
      absent[kind]->push_back(i);
    } else {
      out.push_back(i);
    }
    if (joined < share(i + 1, numbers.roster, numbers.added)) out.push_back(numbers.roster + joined++);
  }
  return out;
}

/// Ends are given here too: tubes with one are spread over the day, and tubes of nine over the rest.
std::vector<std::uint8_t> MassDay::sizes() {
  const int failed = numbers.rejected + numbers.lost;
  const int all = numbers.tubes;
  const auto place = [&](int i, int of) {
    auto at = static_cast<std::size_t>((static_cast<std::int64_t>(i) * 2 + 1) * all / (of * 2));
    while (tubes[at % tubes.size()].end != End::negative) ++at;
    return at % tubes.size();
  };
  std::vector<std::uint8_t> out(tubes.size(), 10);
  for (int i = 0; i < numbers.positive_pools; ++i) {
    const std::size_t at = place(i, numbers.positive_pools);
    tubes[at].end = End::positive;
    if (i + 1 == numbers.positive_pools) out[at] = 7;
  }
  for (int i = 0; i < failed; ++i)
    tubes[place(i, failed)].end = i < numbers.rejected ? End::rejected : End::lost;
  const int nines = all * 10 - 3 - numbers.sampled();
  for (int i = 0; i < nines; ++i) {
    std::size_t at = place(i, nines);
    while (out[at] == 9 || tubes[at].end != End::negative) at = (at + 1) % tubes.size();
    out[at] = 9;
  }
  return out;
}

void MassDay::fill(const std::vector<int>& people) {
  tubes.resize(static_cast<std::size_t>(numbers.tubes));
  const std::vector<std::uint8_t> size = sizes();
  std::size_t at = 0;
  std::vector<int> first(static_cast<std::size_t>(numbers.samplers) + 1, numbers.tubes);
  for (int i = numbers.tubes - 1; i >= 0; --i)
    first[static_cast<std::size_t>(share(i, numbers.tubes, numbers.samplers))] = i;
  for (int i = 0; i < numbers.tubes; ++i) {
    DayTube& tube = tubes[static_cast<std::size_t>(i)];
    tube.id = make_id();
    tube.code = make_code('T');
    tube.sampler = share(i, numbers.tubes, numbers.samplers);
    const auto own = static_cast<std::size_t>(tube.sampler);
    tube.round_trip = share(i - first[own], first[own + 1] - first[own], round_trips);
    for (int k = 0; k < size[static_cast<std::size_t>(i)]; ++k) tube.people.push_back(people.at(at++));
  }
}

}  // namespace fx::bench
