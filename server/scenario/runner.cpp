#include "scenario/runner.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "scenario/replay.hpp"
#include "scenario/world.hpp"

namespace fx::scenario {
namespace {

class StoreTables final : public Tables {
 public:
  explicit StoreTables(Store& store) : store_(store) {}
  void each(const TableType& table, const std::function<void(const void*)>& visit) const override {
    store_.each_row(table, visit);
  }

 private:
  Store& store_;
};

/// Plays the lines of one script.
class Play {
 public:
  Play(const Parts& parts, const Script& script, World& world, Report& report)
      : parts_(parts), script_(script), world_(world), report_(report) {}

  void all() {
    for (std::size_t i = 0; i < script_.lines.size(); ++i) {
      line_ = i;
      std::visit([&](const auto& what) { play(what); }, script_.lines[i].what);
    }
    line_ = script_.lines.size();
    close();
  }

 private:
  void fail(std::string happened) {
    const bool at_line = line_ < script_.lines.size();
    report_.failures.push_back({at_line ? script_.lines[line_].number : 0,
                                at_line ? script_.lines[line_].text : "", format_short(world_.now),
                                std::move(happened)});
  }

  void must(const Outcome& outcome) {
    if (outcome.kind == Outcome::Kind::accepted) return;
    std::string codes = outcome.defect;
    for (const Refusal& refusal : outcome.refusals.list())
      codes += " " + refusal.code + " " + refusal.path + " " + refusal.say.en;
    fail("refused:" + codes);
  }

  void play(const RuleLine&) {}

  void play(const UnitLine& line) {
    const RawId id = RawId::make(world_.now.ms, line.jurisdiction,
                                 RawIdHash{}(named_id("unit", script_.file + line.name)), 1);
    world_.names[line.name] = id;
    world_.unit_codes[line.name] = line.jurisdiction;
    boost::json::object fields{{"unit", id.text()},
                               {"code", line.name},
                               {"name_zh", line.zh},
                               {"name_en", line.en},
                               {"kind", enum_text(line.kind)},
                               {"level", enum_text(level_of(line.jurisdiction))},
                               {"jurisdiction", line.jurisdiction}};
    if (!line.parent.empty()) fields["parent"] = world_.id_of(line.parent, line.jurisdiction).text();
    must(world_.issue_system("command.create_unit", std::move(fields), 0));
  }

  void play(const PostLine& line) {
    const auto unit = world_.names.find(line.unit);
    if (unit == world_.names.end()) return fail("no unit is called " + line.unit);
    const std::int32_t home = world_.unit_codes[line.unit];
    if (!world_.actors.contains(line.name)) {
      const RawId account = world_.id_of(line.name, home);
      world_.actors[line.name] = {{account}, {unit->second}};
      must(
          world_.issue_system("command.create_account",
                              {{"account", account.text()},
                               {"user", parts_.password.empty() ? line.name + "@" + script_.file : line.name},
                               {"display_name", line.full_name.empty() ? line.name : line.full_name},
                               {"password", parts_.password.empty() ? "scenario-account" : parts_.password},
                               {"unit", unit->second.text()}},
                              home));
    }
    for (const Role role : line.roles)
      must(world_.issue_system(
          "command.appoint",
          {{"holding",
            world_.id_of(line.name + "/" + line.unit + "/" + std::string(enum_text(role)), home).text()},
           {"account", world_.actors[line.name].account.text()},
           {"unit", unit->second.text()},
           {"role", enum_text(role)}},
          home));
  }

  void play(const PersonLine& line) {
    std::int32_t home = 0;
    for (const auto& [name, code] : world_.unit_codes)
      if (level_of(code) == Level::county && (home == 0 || code < home)) home = code;
    boost::json::object fields{{"person", world_.id_of(line.name, home).text()}, {"name", line.full_name}};
    if (line.document.empty()) {
      fields["reason"] = "named in a scenario";
    } else {
      fields["document_type"] = "resident_id";
      fields["document_number"] = line.document;
    }
    must(world_.issue_system("people.register_person", std::move(fields), home));
  }

  bool move_to(const std::string& at) {
    const auto time = world_.time_of(at, true);
    if (!time || *time < world_.now) {
      fail(fmt::format("the clock stands at {} and cannot go to {}", format_short(world_.now), at));
      return false;
    }
    world_.advance(*time);
    return true;
  }

  void play(const ClockLine& line) {
    world_.mark = world_.events.size();
    world_.outcome.reset();
    if (move_to(line.at)) check_laws();
  }

  void play(const DoLine& line) {
    world_.outcome.reset();
    if (!move_to(line.at)) return;
    world_.mark = world_.events.size();
    ++report_.commands;
    auto command = command_of(line);
    if (!command) return;
    world_.outcome = world_.issue(std::move(*command));
    if (world_.outcome->kind != Outcome::Kind::accepted && !refusal_expected()) must(*world_.outcome);
    check_laws();
  }

  std::optional<Command> command_of(const DoLine& line) {
    const Operation* operation = parts_.registry.operation(line.operation);
    if (operation == nullptr || operation->internal) {
      fail(fmt::format("no operation is called {}", line.operation));
      return std::nullopt;
    }
    const auto at = line.actor.find('@');
    const auto actor = world_.actors.find(line.actor.substr(0, at));
    if (actor == world_.actors.end()) {
      fail(fmt::format("nobody is called {}", line.actor));
      return std::nullopt;
    }
    Command command;
    command.operation = operation;
    command.account = actor->second.account;
    command.unit =
        at == std::string::npos ? actor->second.unit : UnitId{world_.id_of(line.actor.substr(at + 1), 0)};
    const Unit* unit = world_.engine.reference()->unit(command.unit);
    const std::int32_t home = unit != nullptr ? unit->jurisdiction : 0;
    if (!line.occurred.empty()) command.occurred_at = world_.time_of(line.occurred, false);
    command.queued = line.queued;
    Faults faults;
    command.body = operation->decode(world_.fields_of(*operation->body, line.fields, home), faults, {});
    if (!faults.empty()) {
      std::string say = "the fields do not fit:";
      for (const Fault& fault : faults) say += fmt::format(" {}: {};", fault.path, fault.say.en);
      if (!shape_expected()) fail(say);
      return std::nullopt;
    }
    command.id = named_id("scenario-command", fmt::format("{}/{}", script_.file, world_.sequence + 1));
    world_.seal(command, {world_.now,
                          world_.now,
                          {command.account, command.unit, home, {}},
                          command.id,
                          *world_.engine.reference(),
                          *world_.rules});
    return command;
  }

  /// Does an expectation of a refusal follow before the next step?
  bool refusal_expected() const {
    for (std::size_t i = line_ + 1; i < script_.lines.size(); ++i) {
      const auto* expect = std::get_if<ExpectLine>(&script_.lines[i].what);
      if (expect == nullptr) return false;
      if (expect->what == ExpectLine::What::refused) return true;
    }
    return false;
  }
  bool shape_expected() {
    const auto* expect =
        line_ + 1 < script_.lines.size() ? std::get_if<ExpectLine>(&script_.lines[line_ + 1].what) : nullptr;
    if (expect == nullptr || expect->what != ExpectLine::What::refused || expect->name != "F-SHAPE")
      return false;
    world_.outcome = Outcome{};
    world_.outcome->kind = Outcome::Kind::refused;
    world_.outcome->refusals.add("F-SHAPE");
    return true;
  }

  void play(const LetLine& line) {
    if (!line.event.empty()) return let_event(line);
    const auto to = world_.post_of(line.notice_to);
    std::optional<Notice> latest;
    for (const Notice& notice : world_.rows<Notice>())
      if (notice.rule == line.notice_rule && (!to || (notice.unit == to->unit && notice.role == to->role)))
        latest = notice;
    if (!latest) return fail(fmt::format("no notice of {} was sent", line.notice_rule));
    world_.numbers[line.name] = std::to_string(latest->no);
    world_.names[line.name] = key_of_no(latest->no);
  }

  void let_event(const LetLine& line) {
    const auto& all = world_.events;
    for (auto it = all.rbegin(); it != all.rend(); ++it) {
      if (it->row.type != line.event) continue;
      const EventType* type = parts_.registry.event(line.event);
      Faults faults;
      const auto body = type->read(parse_own_json(it->row.body), faults);
      const auto value = field_of(*type->info, body.get(), line.field);
      if (const auto* id = std::get_if<RawId>(&value)) {
        world_.names[line.name] = *id;
        return;
      }
      return fail(fmt::format("{} of {} is not an id", line.field, line.event));
    }
    fail(fmt::format("{} has not happened", line.event));
  }

  void play(const ExpectLine& line) {
    ++report_.expectations;
    std::string happened = judge(world_, line);
    if (!happened.empty()) fail(std::move(happened));
  }

  void check_laws() {
    const StoreTables tables(world_.store);
    for (const Desk& desk : parts_.registry.desks())
      for (const Law& law : desk.laws())
        for (std::string& breach : law.check(tables))
          fail(fmt::format("law broken: {}: {}", law.name, breach));
    const auto& all = world_.events;
    for (std::size_t i = seen_; i < all.size(); ++i)
      if (all[i].row.type == "runtime.handoff_refused") fail("a handoff was refused: " + all[i].row.body);
    seen_ = all.size();
  }

  void close() {
    world_.settle();
    report_.events = static_cast<std::int64_t>(world_.events.size());
    report_.duties = static_cast<std::int64_t>(world_.rows<Duty>().size());
    if (!world_.memory) return;
    for (std::string& difference :
         differences(parts_.registry, world_.store, Replayed(parts_.registry, world_.events)))
      fail("replay: " + difference);
    const auto events = world_.events.size();
    for (Command& command : world_.issued) {
      std::vector<Command> again;
      again.push_back(std::move(command));
      const Outcome outcome = world_.engine.run(again, world_.now).front();
      if (!outcome.replayed && outcome.kind != Outcome::Kind::defect)
        fail("sent twice, " + again.front().operation->full_name() + " was done twice");
    }
    world_.settle();
    if (world_.events.size() != events) fail("sending everything twice changed the ledger");
    balance();
  }

  /// opened = discharged + late + open + cancelled + superseded, by rows and by counters.
  void balance() {
    std::map<std::string, std::int64_t> counted;
    for (const auto& [key, n] : world_.memory->counters()) counted[std::get<1>(key)] += n;
    std::int64_t open = 0;
    std::map<std::string, std::int64_t> rows;
    for (const Duty& duty : world_.rows<Duty>()) {
      if (is_open(duty.state))
        ++open;
      else
        ++rows["duty." + std::string(enum_text(duty.state))];
    }
    std::int64_t closed = 0;
    for (const std::string state :
         {"duty.discharged", "duty.discharged_late", "duty.cancelled", "duty.superseded"}) {
      closed += rows[state];
      if (rows[state] != counted[state])
        fail(fmt::format("{}: {} rows, counted {}", state, rows[state], counted[state]));
    }
    if (counted["duty.opened"] != closed + open)
      fail(fmt::format("duties do not balance: opened {}, closed {}, open {}", counted["duty.opened"], closed,
                       open));
  }

  const Parts& parts_;
  const Script& script_;
  World& world_;
  Report& report_;
  std::size_t line_ = 0;
  std::size_t seen_ = 0;
};

}  // namespace

Report run(const Parts& parts, const Script& script) {
  Report report;
  report.file = script.file;
  report.title = script.title;
  std::vector<RuleLine> overlays;
  std::vector<const Line*> said;  // where each of them stands
  for (const Line& line : script.lines)
    if (const auto* rule = std::get_if<RuleLine>(&line.what)) {
      overlays.push_back(*rule);
      said.push_back(&line);
    }
  const auto blank = script.start.find(' ');
  const auto start = parse_instant(script.start);
  if (blank == std::string::npos || !start) {
    report.failures.push_back({0, script.start, "", "start needs a date and a time, e.g. 2022-07-17 18:00"});
    return report;
  }
  try {
    World world(parts, script, overlays, *start);
    Play(parts, script, world, report).all();
  } catch (const FaultyRules& no) {  // nothing was played
    for (const auto& [which, say] : no.faults)
      report.failures.push_back({said.at(which)->number, said.at(which)->text, format_short(*start), say});
  }
  return report;
}

}  // namespace fx::scenario
