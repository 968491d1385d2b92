// – → PRINTED. Labels of empty tubes; from now each code names one tube for ever, also when the tube is voided.
#include <set>

#include "base/code.hpp"
#include "desks/screening/lookups.hpp"
#include "desks/screening/operations.hpp"
#include "desks/screening/rounds/share.hpp"

namespace fx::screening {
namespace {

constexpr std::size_t most_at_once = 500;  // a roll of labels; keeps one command small in a batch

void keys(const PrintTubes& c, const Context&, KeySet& keys) {
  if (c.round) keys.read<Round>(*c.round);
  for (const PrintedLabel& label : c.tubes) {
    keys.own<Tube>(label.tube);
    if (const auto code = normal_code(label.code, 'T')) keys.own<Claim>(code_claim(*code));
  }
}

void judge_label(const PrintedLabel& label, const std::string& path, const View& view,
                 std::set<std::string>& codes, std::set<TubeId>& tubes, Refusals& no) {
  const auto code = normal_code(label.code, 'T');
  if (!code) no.add(unknown(path + "/code"));
  const bool used = code && (view.find<Claim>(code_claim(*code)) != nullptr || !codes.insert(*code).second);
  if (used) no.add("R-TUB-11", path + "/code");
  if (view.find<Tube>(label.tube) != nullptr || !tubes.insert(label.tube).second)
    no.add("R-TUB-11", path + "/tube");
}

/// Labels are counted in the round they are printed for, with the people of no known township.
std::optional<RoundShare> share_of(const PrintTubes& c, const View& view) {
  const Round* round = c.round ? view.find<Round>(*c.round) : nullptr;
  if (round == nullptr) return std::nullopt;
  RoundShare share;
  share.round = round->id;
  share.tally = township_tally(*round, 0);
  return share;
}

Result<Decision> decide(const PrintTubes& c, const View& view, const Context& context) {
  Refusals no;
  if (context.reference.unit(c.sender) == nullptr) no.add(unknown("/sender"));
  if (c.tubes.empty()) no.add(missing("/tubes"));
  if (c.tubes.size() > most_at_once)
    no.add(malformed("/tubes", "一次最多500管", "at most 500 tubes at once"));
  if (!size_allowed(context, c.size)) no.add("R-TUB-3", "/size");
  if (c.size != 1 && single_only(context, c.class_)) no.add("R-TUB-2", "/size");
  if (c.round && view.find<Round>(*c.round) == nullptr) no.add(unknown("/round"));
  if (c.pathogen.empty()) no.add(missing("/pathogen"));
  std::set<std::string> codes;
  std::set<TubeId> tubes;
  for (std::size_t i = 0; i < c.tubes.size() && i < most_at_once; ++i)
    judge_label(c.tubes[i], fmt::format("/tubes/{}", i), view, codes, tubes, no);
  if (!no.empty()) return no;

  Decision out;
  for (const PrintedLabel& label : c.tubes)
    out.events.push_back(TubePrinted{label.tube, *normal_code(label.code, 'T'), c.sender, c.size, c.class_,
                                     c.pathogen, share_of(c, view)});
  return out;
}

}  // namespace

void print_tubes(Desk& desk) {
  desk.operation<PrintTubes>("print_tubes", {"打印采样管标签", "Print tube labels"})
      .by({Role::SMP, Role::NUR})
      .keys(keys)
      .more_keys([](const PrintTubes& c, const View& view, const Context&, KeySet& keys) {
        const Round* round = c.round ? view.find<Round>(*c.round) : nullptr;
        if (round != nullptr) keys.own<RoundTally>(township_tally(*round, 0));
      })
      .place([](const PrintTubes& c, const View&, const Context&) { return std::optional(c.sender); })
      .decide(decide);
}

}  // namespace fx::screening
