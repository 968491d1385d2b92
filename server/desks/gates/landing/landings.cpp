// Who arrives, where from, as what; and who left before that was known.
#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <set>

#include "desks/gates/landing/commands.hpp"
#include "desks/gates/landing/facts.hpp"
#include "desks/gates/operations.hpp"

namespace fx::gates {
namespace {

namespace json = boost::json;

/// Tests without a stay, as F.infection_reported has them.
struct TestRule {
  std::int32_t count = 0;
  std::int32_t within_d = 0;
  std::int32_t apart_h = 0;
};

std::int32_t number_in(const json::object& table, std::string_view key) {
  const auto* number = table.if_contains(key);
  return number != nullptr && number->is_number() ? number->to_number<std::int32_t>() : 0;
}

TestRule tests_of(RegionClass class_, const Context& context, std::int32_t county) {
  if (class_ != RegionClass::infection_reported) return {};
  const RuleValue value = context.rules.value("F.infection_reported", context.occurred_at, county);
  if (value.state != RuleValue::State::value || value.text().empty()) return {};
  const json::value parsed = json::parse(value.text());
  if (!parsed.is_object()) return {};
  const auto& table = parsed.as_object();
  return {number_in(table, "test_count"), number_in(table, "test_within_d"),
          number_in(table, "test_apart_h")};
}

ControlSourceId source_of(ArrivalId arrival) { return {arrival.raw}; }

Event looked_for(const ArrivalRegistered& e, bool stands) {
  return ControlNoted{source_of(e.arrival), e.person, ControlKind::unclassed_arrival, stands};
}

void judge_travellers(const RegisterArrivals& c, const View& view, Refusals& no) {
  std::set<ArrivalId> seen;
  for (std::size_t i = 0; i < c.travellers.size(); ++i) {
    const Traveller& one = c.travellers[i];
    const std::string path = "/travellers/" + std::to_string(i);
    if (one.from < 100'000 || one.from > 999'999)
      no.add(malformed(path + "/from", "应为6位行政区划代码", "a division code has six digits"));
    if (!seen.insert(one.arrival).second || view.find<Arrival>(one.arrival) != nullptr)
      no.add(wrong_state("registered", {"new"}, path + "/arrival"));
  }
}

Result<Decision> register_arrivals(const RegisterArrivals& c, const View& view, const Context& context) {
  const Landing* landing = view.find<Landing>(c.landing);
  Refusals no;
  if (context.reference.unit(c.place) == nullptr) no.add(unknown("/place"));
  if (landing != nullptr && landing->place != c.place) no.add(wrong_state("elsewhere", {"here"}, "/place"));
  if (c.travellers.empty()) no.add(missing("/travellers"));
  judge_travellers(c, view, no);
  if (!no.empty()) return no;
  const std::int32_t county = county_of(context.reference, c.place);
  const std::int32_t version = list_number(county, view);
  const Instant arrived = landing != nullptr ? landing->arrived_at : context.occurred_at;
  Decision out;
  if (landing == nullptr)
    out.events.emplace_back(LandingBegun{c.landing, c.place, c.carriage, c.number, version});
  for (const Traveller& one : c.travellers) {
    const RegionClass listed = gravest(county, {one.from}, view);
    const ArrivalRegistered e{
        one.arrival, c.landing,
        one.person,  c.place,
        county,      one.from,
        listed,      listed == RegionClass::none ? ArrivalState::classed : ArrivalState::to_class,
        version,     arrived};
    out.events.emplace_back(e);
    if (e.state == ArrivalState::to_class) out.events.push_back(looked_for(e, true));
  }
  return out;
}

void keys_of_register(const RegisterArrivals& c, const Context& context, KeySet& keys) {
  const std::int32_t county = county_of(context.reference, c.place);
  keys.own<Landing>(c.landing).read<ListNow>(list_now(county));
  for (const Traveller& one : c.travellers) {
    keys.own<Arrival>(one.arrival).own<ArrivalNow>(one.person).own<Controlled>(one.person);
    keys.own<ControlSource>(source_of(one.arrival)).subject(one.person.raw);
    read_places(county, {one.from}, keys);
  }
}

/// The day is the landing's: known once it is loaded.
void own_days(const RegisterArrivals& c, const View& view, const Context& context, KeySet& keys) {
  const std::int32_t county = county_of(context.reference, c.place);
  const Landing* landing = view.find<Landing>(c.landing);
  const Day day = day_of(landing != nullptr ? landing->arrived_at : context.occurred_at);
  for (const Traveller& one : c.travellers)
    for (const std::int32_t place : codes_above(one.from)) keys.own<CameFrom>(came_from(county, place, day));
}

void owe_tests(Decision& out, const Arrival& arrival, RegionClass class_, const Context& context) {
  const TestRule rule = tests_of(class_, context, arrival.county);
  if (rule.count <= 0) return;
  out.events.emplace_back(ArrivalTestDue{arrival.id, arrival.person, arrival.place, 1, context.occurred_at,
                                         start_of(day_of(arrival.arrived_at) + (rule.within_d + 1))});
}

Result<Decision> class_arrivals(const ClassArrivals& c, const View& view, const Context& context) {
  Refusals no;
  if (view.find<Landing>(c.landing) == nullptr) return unknown("/landing");
  if (c.arrivals.empty()) no.add(missing("/arrivals"));
  std::map<RereadId, std::int32_t> open;
  Decision out;
  for (std::size_t i = 0; i < c.arrivals.size(); ++i) {
    const Arrival* arrival = view.find<Arrival>(c.arrivals[i]);
    const std::string path = "/arrivals/" + std::to_string(i);
    if (arrival == nullptr || arrival->landing != c.landing) {
      no.add(unknown(path));
      continue;
    }
    const bool settled = arrival->state == ArrivalState::classed && !arrival->reread;
    if (settled) no.add(wrong_state(arrival->state, {ArrivalState::to_class}, path));
    const RegionClass class_ = c.class_.value_or(gravest(arrival->county, {arrival->from}, view));
    out.events.emplace_back(ArrivalClassed{arrival->id, arrival->landing, arrival->person, arrival->place,
                                           arrival->state, arrival->class_, class_,
                                           list_number(arrival->county, view), arrival->reread});
    const ControlSource* source = view.find<ControlSource>(source_of(arrival->id));
    if (source != nullptr && source->stands)
      out.events.emplace_back(ControlNoted{source->id, source->person, source->kind, false});
    owe_tests(out, *arrival, class_, context);
    if (arrival->reread && ++open[*arrival->reread] == view.get<Reread>(*arrival->reread).open)
      out.events.emplace_back(RereadSettled{*arrival->reread});
  }
  if (!no.empty()) return no;
  return out;
}

template <class C>
void own_arrivals(const C& c, const Context&, KeySet& keys) {
  keys.own<Landing>(c.landing);
  for (const ArrivalId arrival : c.arrivals) {
    keys.own<Arrival>(arrival);
    keys.own<ControlSource>(source_of(arrival));
  }
}

template <class C>
void own_people(const C& c, const View& view, const Context&, KeySet& keys) {
  for (const ArrivalId id : c.arrivals) {
    const Arrival* arrival = view.find<Arrival>(id);
    if (arrival == nullptr) continue;
    keys.own<Controlled>(arrival->person).subject(arrival->person.raw);
    keys.read<ListNow>(list_now(arrival->county));
    read_places(arrival->county, {arrival->from}, keys);
    if (arrival->reread) keys.own<Reread>(*arrival->reread);
  }
}

template <class C>
std::optional<UnitId> place_of_landing(const C& c, const View& view, const Context&) {
  const Landing* landing = view.find<Landing>(c.landing);
  return landing != nullptr ? std::optional(landing->place) : std::nullopt;
}

Result<Decision> report_left(const ReportLeftUnclassed& c, const View& view, const Context& context) {
  Refusals no;
  if (view.find<Landing>(c.landing) == nullptr) return unknown("/landing");
  if (c.arrivals.empty()) no.add(missing("/arrivals"));
  Decision out;
  for (std::size_t i = 0; i < c.arrivals.size(); ++i) {
    const Arrival* arrival = view.find<Arrival>(c.arrivals[i]);
    const std::string path = "/arrivals/" + std::to_string(i);
    if (arrival == nullptr || arrival->landing != c.landing)
      no.add(unknown(path));
    else if (arrival->state != ArrivalState::to_class)
      no.add(wrong_state(arrival->state, {ArrivalState::to_class}, path));
    else
      out.events.emplace_back(
          ArrivalLeft{arrival->id, arrival->landing, arrival->person, arrival->place,
                      desks::unit_at(context.reference, UnitKind::police, arrival->county), c.seen.ref});
  }
  if (!no.empty()) return no;
  return out;
}

const Arrival* arrival_of(PersonId person, const View& view) {
  const auto* now = view.find<ArrivalNow>(person);
  return now != nullptr ? view.find<Arrival>(now->arrival) : nullptr;
}

Result<Decision> note_sample(const NoteArrivalSample& c, const View& view, const Context& context) {
  const Arrival* arrival = arrival_of(c.person, view);
  if (arrival == nullptr || !arrival->next_due || !arrival->not_before || c.sealed_at < *arrival->not_before)
    return Decision{};
  const std::int32_t number = arrival->sampled + 1;
  Decision out{{ArrivalTested{arrival->id, arrival->person, c.tube, number}}};
  const TestRule rule = tests_of(arrival->class_, context, arrival->county);
  if (number < rule.count)
    out.events.emplace_back(ArrivalTestDue{arrival->id, arrival->person, arrival->place, number + 1,
                                           c.sealed_at + std::chrono::hours(rule.apart_h),
                                           start_of(day_of(arrival->arrived_at) + (rule.within_d + 1))});
  return out;
}

const std::vector<Role> reception{Role::GK, Role::CDC, Role::INV, Role::POL, Role::GRID, Role::DO, Role::TRA};

}  // namespace

void add_landings(Desk& desk) {
  desk.operation<RegisterArrivals>("register_arrivals", {"登记到达人员", "Register arrivals"})
      .by(reception)
      .deed()
      .keys(keys_of_register)
      .more_keys(own_days)
      .place([](const RegisterArrivals& c, const View&, const Context&) { return std::optional(c.place); })
      .decide(register_arrivals);
  desk.operation<ClassArrivals>("class_arrivals", {"到达人员分类", "Class arrivals"})
      .by(reception)
      .keys(own_arrivals<ClassArrivals>)
      .more_keys(own_people<ClassArrivals>)
      .place(place_of_landing<ClassArrivals>)
      .decide(class_arrivals);
  desk.operation<ReportLeftUnclassed>("report_left_unclassed",
                                      {"报告未分类离站", "Report who left unclassed"})
      .by(reception)
      .deed()
      .keys(own_arrivals<ReportLeftUnclassed>)
      .more_keys(own_people<ReportLeftUnclassed>)
      .place(place_of_landing<ReportLeftUnclassed>)
      .decide(report_left);
  desk.operation<NoteArrivalSample>("note_arrival_sample", {"记录到达人员采样", "Note an arrival's sample"})
      .internal()
      .keys([](const NoteArrivalSample& c, const Context&, KeySet& keys) {
        keys.read<ArrivalNow>(c.person).subject(c.person.raw);
      })
      .more_keys([](const NoteArrivalSample& c, const View& view, const Context&, KeySet& keys) {
        if (const auto* now = view.find<ArrivalNow>(c.person)) keys.own<Arrival>(now->arrival);
      })
      .decide(note_sample);
}

}  // namespace fx::gates
