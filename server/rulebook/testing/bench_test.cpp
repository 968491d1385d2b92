#include "rulebook/testing/bench.hpp"

#include <algorithm>

namespace fx::rulebook::testing {

UnitId Place::unit(UnitKind kind, std::int32_t jurisdiction, std::optional<UnitId> parent) {
  Unit unit;
  unit.id = make_id<UnitId>(next_++, jurisdiction);
  unit.kind = kind;
  unit.jurisdiction = jurisdiction;
  unit.level = level_of(jurisdiction);
  unit.parent = parent;
  unit.code = std::to_string(next_);
  reference.add(unit);
  return unit.id;
}

void Place::hold(UnitId unit, Role role) {
  const auto id = make_id<HoldingId>(next_++);
  holdings_[{unit, role}] = id;
  reference.add(Holding{id, make_id<AccountId>(next_++), unit, role, Instant{0}, {}});
}

void Place::vacate(UnitId unit, Role role) { reference.remove_holding(holdings_.at({unit, role})); }

Place::Place() {
  province_gov = unit(UnitKind::government, 990000);
  city_cmd = unit(UnitKind::command_post, 990100);
  city_gov = unit(UnitKind::government, 990100);
  city_cdc = unit(UnitKind::cdc, 990100);
  cmd = unit(UnitKind::command_post, 990121);
  gov = unit(UnitKind::government, 990121);
  ha = unit(UnitKind::health_authority, 990121);
  cdc = unit(UnitKind::cdc, 990121);
  hospital = unit(UnitKind::hospital, 990121);
  clinic = unit(UnitKind::fever_clinic, 990121, hospital);
  lab = unit(UnitKind::laboratory, 990121, hospital);
  other_hospital = unit(UnitKind::hospital, 990122);
  for (const UnitId command : {cmd, city_cmd})
    for (const Role role : {Role::DO, Role::DL, Role::CMD}) hold(command, role);
  for (const UnitId government : {gov, city_gov, province_gov}) hold(government, Role::CMD);
  hold(ha, Role::HA);
  for (const Role role : {Role::CDC, Role::INV, Role::FRP}) hold(cdc, role);
  hold(city_cdc, Role::CDC);
  for (const Role role : {Role::FRP, Role::DOC, Role::NUR}) hold(hospital, role);
  for (const Role role : {Role::FRP, Role::DOC, Role::NUR, Role::SMP}) hold(clinic, role);
  for (const Role role : {Role::FRP, Role::LAB, Role::LAA}) hold(lab, role);
}

Consequences Bench::happens(const Event& event, Instant occurred, Instant recorded,
                            const std::vector<RowChange>& changes) {
  const No no = make_no(1, next_++);
  const Happened happened{event, no, occurred, recorded, event.about().home()};
  const Context context{recorded, occurred,         Actor{{}, place_.clinic, 990121, {Role::DOC}},
                        {},       place_.reference, rulebook_};
  Consequences out = rulebook_.on(happened, *this, changes, context);
  int ordinal = 0;
  for (Duty& duty : out.effects.opened) {
    duty.no = no + ++ordinal;
    duty.opened_by = no;
  }
  const auto numbered = [&](No position) {
    return position < 0 ? out.effects.opened.at(static_cast<std::size_t>(-position - 1)).no : position;
  };
  for (Notice& notice : out.effects.notices) {
    notice.no = no + ++ordinal;
    notice.duty = numbered(notice.duty);
    told_.push_back({notice, recorded});
  }
  EXPECT_LE(ordinal, most_effects);
  for (const Duty& duty : out.effects.opened) duties_[duty.no] = duty;
  for (DutyMet& met : out.effects.met) {
    met.duty = numbered(met.duty);
    Duty& duty = duties_.at(met.duty);
    duty.state = met.state;
    duty.met_by = no;
    duty.met_at = met.at;
    duty.by_claim = met.by_claim;
    duty.step_at.reset();
  }
  for (const DutyEnded& ended : out.effects.ended) {
    duties_.at(ended.duty).state = ended.state;
    duties_.at(ended.duty).step_at.reset();
  }
  for (const DutyReopened& reopened : out.effects.reopened) {
    Duty& duty = duties_.at(reopened.duty);
    duty.state = DutyState::open;
    duty.met_by.reset();
    duty.met_at.reset();
    duty.step_at = reopened.step_at;
  }
  for (const Frozen& text : out.frozen) frozen_.emplace(text.key, text.json);
  for (const Duty& duty : out.effects.opened) EXPECT_TRUE(frozen_.contains(duty.frozen)) << duty.rule;
  return out;
}

void Bench::run_until(Instant now) {
  for (;;) {
    Duty* next = nullptr;
    for (auto& [no, duty] : duties_)
      if (is_open(duty.state) && duty.step_at && *duty.step_at <= now &&
          (next == nullptr || *duty.step_at < *next->step_at))
        next = &duty;
    if (next == nullptr) return;
    const Instant due = *next->step_at;
    Step step = rulebook_.step(*next, frozen_.at(next->frozen), now, place_.reference);
    for (Notice& notice : step.notices) told_.push_back({notice, due});
    steps_.push_back(step.step);
    next->step = step.step.step;
    next->state = step.step.state;
    next->step_at = step.step.next;
  }
}

const void* Bench::find_row(const RowKey& key) const {
  if (key.table == &table_type<Duty>()) {
    const auto duty = duties_.find(no_of_key(key.id));
    return duty == duties_.end() ? nullptr : &duty->second;
  }
  const auto found = rows_.find(key);
  return found == rows_.end() ? nullptr : found->second.get();
}

std::vector<const Duty*> Bench::open_duties(const RawId& about) const {
  std::vector<const Duty*> out;
  for (const auto& [no, duty] : duties_)
    if (duty.about == about && is_open(duty.state)) out.push_back(&duty);
  return out;
}

std::vector<const Duty*> Bench::duties_of(std::string_view rule) const {
  std::vector<const Duty*> out;
  for (const auto& [no, duty] : duties_)
    if (duty.rule == rule) out.push_back(&duty);
  return out;
}

const Duty& Bench::duty(std::string_view rule) const {
  const auto found = duties_of(rule);
  FX_ASSERT(found.size() == 1, std::to_string(found.size()) + " duties of " + std::string(rule));
  return *found.front();
}

std::vector<Bench::Told> Bench::told(std::string_view rule) const {
  std::vector<Told> out;
  for (const Told& one : told_)
    if (one.notice.rule == rule) out.push_back(one);
  return out;
}

std::shared_ptr<const Rulebook> load_well(const std::vector<File>& files, const Options& options) {
  const Loaded loaded = load(files, fake_registry(), options);
  FX_ASSERT(loaded.rulebook != nullptr, check(loaded));
  return loaded.rulebook;
}

std::string problems_of(const std::vector<File>& files, const Options& options) {
  std::string out;
  for (const Problem& problem : load(files, fake_registry(), options).problems) out += problem.text() + "\n";
  return out;
}

File base_file() {
  return {"base.toml", R"(
pathogen = "covid19-cn"
[[profile]]
pathogen = "covid19-cn"
id = "v8"
name = { zh = "第八版", en = "Eighth" }
from = 2021-05-14
until = 2022-06-28
[[profile]]
pathogen = "covid19-cn"
id = "v9"
name = { zh = "第九版", en = "Ninth" }
from = 2022-06-28
[[source]]
id = "N1"
title = { zh = "方案", en = "plan" }
date = "2022-06-28"
kind = "plan"
[[value]]
id = "O.entry.late_min"
unit = "minute"
meaning = { zh = "迟录", en = "late entry" }
stricter = "less"
v8 = { value = 30, source = "N1", evidence = "P" }
[[value]]
id = "L.county_min"
unit = "minute"
meaning = { zh = "县", en = "county" }
stricter = "less"
v8 = { value = 30, source = "N1", evidence = "P" }
[[value]]
id = "L.half"
unit = "percent"
meaning = { zh = "一半", en = "half" }
stricter = "none"
v8 = { value = 50, source = "N1", evidence = "P" }
[[value]]
id = "X.h"
unit = "hour"
meaning = { zh = "时限", en = "limit" }
stricter = "less"
v8 = { value = 4, source = "N1", evidence = "S" }
v9 = { value = 2, source = "N1", evidence = "S" }
[[ladder]]
id = "std"
steps = [
  { at = "due", tell = ["debtor", "debtor.frp"] },
  { at = "@L.half", tell = ["debtor"] },
  { at = "+@L.county_min", tell = ["debtor.county.cmd:DO", "debtor.county.cmd:DL"], urgent = true },
]
)"};
}

File rules(std::string text) { return {"rules.toml", std::move(text)}; }

std::string read_file(const std::string& path) {
  std::ifstream in(path);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<File> real_values() {
  namespace fs = std::filesystem;
  std::vector<File> out;
  const fs::path root = fs::path(FX_SOURCE_DIR) / "rulebook";
  if (!fs::exists(root)) return out;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".toml" || entry.path().parent_path().filename() == "rules") continue;
    out.push_back({fs::relative(entry.path(), root).string(), read_file(entry.path().string())});
  }
  std::ranges::sort(out, {}, &File::name);
  return out;
}

std::string only(const std::string& text, const std::vector<std::string>& ids) {
  std::string out;
  std::string block;
  bool wanted = true;
  const auto flush = [&] {
    if (wanted) out += block;
    block.clear();
  };
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("[[")) {
      flush();
      wanted = false;
    }
    if (line.starts_with("id = \""))
      wanted = std::ranges::find(ids, line.substr(6, line.size() - 7)) != ids.end();
    block += line + "\n";
  }
  flush();
  return out;
}

}  // namespace fx::rulebook::testing
