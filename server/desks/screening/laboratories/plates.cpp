// A plate of the instrument: loaded, read and signed as one command each, tube by tube inside. Exceptions are named.
#include <map>
#include <set>

#include "desks/screening/laboratories/operations.hpp"
#include "desks/screening/role_tests/steps.hpp"
#include "desks/screening/signing.hpp"

namespace fx::screening {
namespace {

constexpr std::size_t most_wells = 384;

void judge_well(const WellTube& well, const std::string& path, const View& view, const Context& context,
                Refusals& no) {
  const Tube* tube = view.find<Tube>(well.tube);
  if (tube == nullptr) {
    no.add(unknown(path + "/tube"));
    return;
  }
  if (!is_one_of(tube->state, {TubeState::received, TubeState::provisional}))
    no.add(wrong_state(tube->state, {TubeState::received, TubeState::provisional}, path + "/tube"));
  if (tube->lab && *tube->lab != context.actor.unit) no.add(unknown(path + "/tube"));
  const auto* file = view.find<Laboratory>(context.actor.unit);
  if (file != nullptr && !may_test(*file, *tube, context)) no.add("R-TUB-6", path + "/tube");
}

Result<Decision> load(const LoadPlate& c, const View& view, const Context& context) {
  Refusals no;
  if (const auto* known = view.find<Plate>(c.plate)) no.add(wrong_state(known->state, {PlateState::loaded}));
  if (c.wells.empty()) no.add(missing("/wells"));
  if (c.wells.size() > most_wells) no.add(malformed("/wells", "最多384孔", "at most 384 wells"));
  judge_lot(c.reagent_lot, context.actor.unit, view, context, no);
  std::set<std::string> wells;
  std::set<TubeId> tubes;
  for (std::size_t i = 0; i < c.wells.size() && i < most_wells; ++i) {
    const std::string path = fmt::format("/wells/{}", i);
    // One specimen a well: two tubes in one are pooled again.
    if (c.wells[i].well.empty()) no.add(missing(path + "/well"));
    if (!wells.insert(c.wells[i].well).second) no.add("R-TUB-7", path + "/well");
    if (!tubes.insert(c.wells[i].tube).second)
      no.add(malformed(path + "/tube", "同一管列了两次", "a tube is listed twice"));
    judge_well(c.wells[i], path, view, context, no);
  }
  if (!no.empty()) return no;

  PlateLoaded loaded{c.plate, c.code, context.actor.unit, c.reagent_lot, c.wells, {}, context.actor.account};
  Decision out;
  for (const WellTube& well : c.wells) {
    const Tube& tube = view.get<Tube>(well.tube);
    if (tube.round && std::ranges::find(loaded.rounds, *tube.round) == loaded.rounds.end())
      loaded.rounds.push_back(*tube.round);
    out.events.emplace_back(TestStarted{.tube = tube.id,
                                        .lab = context.actor.unit,
                                        .sender = tube.sender,
                                        .tester = context.actor.account,
                                        .plate = c.code,
                                        .well = well.well,
                                        .reagent_lot = c.reagent_lot});
  }
  out.events.insert(out.events.begin(), Event(std::move(loaded)));
  return out;
}

Result<Decision> read(const ReadPlate& c, const View& view, const Context& context) {
  const auto* plate = view.find<Plate>(c.plate);
  if (plate == nullptr) return unknown("/plate");
  if (plate->state == PlateState::authorised) return wrong_state(plate->state, {PlateState::loaded});
  std::map<std::string, const WellResult*> named;
  Refusals no;
  for (std::size_t i = 0; i < c.wells.size(); ++i) {
    const bool there =
        std::ranges::find(plate->wells, c.wells[i].well, &WellTube::well) != plate->wells.end();
    if (!there || !named.emplace(c.wells[i].well, &c.wells[i]).second)
      no.add(unknown(fmt::format("/wells/{}/well", i)));
  }
  if (!c.others && named.size() < plate->wells.size()) no.add(missing("/wells"));
  for (const WellTube& well : plate->wells)
    if (const Tube& tube = view.get<Tube>(well.tube); tube.state != TubeState::testing)
      no.add(wrong_state(tube.state, {TubeState::testing}, "/plate"));
  if (!no.empty()) return no;

  Decision out{{PlateRead{plate->id, plate->laboratory, c.control_valid, context.actor.account}}};
  for (const WellTube& well : plate->wells) {
    const auto found = named.find(well.well);
    const TestResult result = found != named.end() ? found->second->result : *c.others;
    out.events.emplace_back(
        ResultProvisional{well.tube, plate->laboratory, view.get<Tube>(well.tube).sender, result,
                          found != named.end() ? found->second->ct : std::vector<GeneCt>{}, c.control_valid,
                          context.actor.account});
  }
  return out;
}

bool is_held_back(const AuthorisePlate& c, TubeId tube) {
  return std::ranges::find(c.held_back, tube) != c.held_back.end();
}

/// What would be signed: what was read, or invalid where the control failed.
TestResult to_sign(const Tube& tube) {
  return tube.control_valid.value_or(false) ? tube.provisional.value_or(TestResult::invalid)
                                            : TestResult::invalid;
}

Result<Decision> authorise(const AuthorisePlate& c, const View& view, const Context& context) {
  const auto* plate = view.find<Plate>(c.plate);
  if (plate == nullptr) return unknown("/plate");
  if (plate->state != PlateState::read) return wrong_state(plate->state, {PlateState::read});
  Refusals no;
  for (std::size_t i = 0; i < c.held_back.size(); ++i)
    if (std::ranges::find(plate->wells, c.held_back[i], &WellTube::tube) == plate->wells.end())
      no.add(unknown(fmt::format("/held_back/{}", i)));
  for (const WellTube& well : plate->wells) {
    if (is_held_back(c, well.tube)) continue;
    const Tube& tube = view.get<Tube>(well.tube);
    const Refusals each = judge_signing(tube, to_sign(tube), context, "/wells/" + well.well);
    for (const Refusal& refusal : each.list()) no.add(refusal);
  }
  if (!no.empty()) return no;

  Decision out{{PlateAuthorised{plate->id, plate->laboratory, context.actor.account, c.held_back}}};
  for (const WellTube& well : plate->wells) {
    if (is_held_back(c, well.tube)) continue;
    const Tube& tube = view.get<Tube>(well.tube);
    out.events.emplace_back(authorised(tube, to_sign(tube), view, context));
    role_answered(tube, to_sign(tube), view, context, out.events);
  }
  return out;
}

template <class C>
void own_tubes(const C& c, const View& view, const Context&, KeySet& keys) {
  const auto* plate = view.find<Plate>(c.plate);
  if (plate == nullptr) return;
  for (const WellTube& well : plate->wells) keys.own<Tube>(well.tube);
}

void own_results(const AuthorisePlate& c, const View& view, const Context&, KeySet& keys) {
  const Loaded loaded(view, keys);
  const auto* plate = view.find<Plate>(c.plate);
  if (plate == nullptr) return;
  for (const RoundId round : plate->rounds) keys.read<Round>(round);
  for (const WellTube& well : plate->wells) {
    if (const Tube* tube = loaded.find<Tube>(well.tube)) own_signing(*tube, to_sign(*tube), loaded, keys);
    keys.own<Tube>(well.tube);
  }
}

template <class C>
std::optional<UnitId> place(const C& c, const View& view, const Context&) {
  const auto* plate = view.find<Plate>(c.plate);
  return plate != nullptr ? std::optional(plate->laboratory) : std::nullopt;
}

}  // namespace

void plates(Desk& desk) {
  desk.operation<LoadPlate>("load_plate", {"上机加样", "Load a plate"})
      .by({Role::LAB})
      .keys([](const LoadPlate& c, const Context& context, KeySet& keys) {
        keys.own<Plate>(c.plate).read<Laboratory>(context.actor.unit);
        keys.read<ReagentLot>(reagent_lot_id(context.actor.unit, c.reagent_lot));
        for (const WellTube& well : c.wells) keys.own<Tube>(well.tube);
      })
      .decide(load);
  desk.operation<ReadPlate>("read_plate", {"录入整板结果", "Record a plate"})
      .by({Role::LAB})
      .keys([](const ReadPlate& c, const Context&, KeySet& keys) { keys.own<Plate>(c.plate); })
      .more_keys(own_tubes<ReadPlate>)
      .place(place<ReadPlate>)
      .decide(read);
  desk.operation<AuthorisePlate>("authorise_plate", {"整板审核签发", "Authorise a plate"})
      .by({Role::LAA})
      .keys([](const AuthorisePlate& c, const Context&, KeySet& keys) { keys.own<Plate>(c.plate); })
      .more_keys(own_results)
      .place(place<AuthorisePlate>)
      .decide(authorise);
}

}  // namespace fx::screening
