#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "scenario/words.hpp"
#include "scenario/world.hpp"

namespace fx::scenario {
namespace {

/// What an expectation wants of a field, in the form field_text gives.
std::string wanted_text(World& world, FieldKind kind, const FieldInfo& field,
                        const boost::json::value& written) {
  if (const auto* list = written.if_array()) {
    std::string out;
    for (const auto& item : *list)
      (out += out.empty() ? "" : ",") += wanted_text(world, field.item, field, item);
    return out;
  }
  if (const auto* word = written.if_string()) {
    const std::string text(*word);
    if (kind == FieldKind::id) return text == "none" ? "" : world.id_of(text, 0).text();
    const auto at = kind == FieldKind::instant ? world.time_of(text, false) : std::nullopt;
    return at ? format(*at) : text;
  }
  if (const auto* number = written.if_double()) return number_text(*number);
  return written.is_null() ? std::string() : boost::json::serialize(written);
}

/// Does the described object have these values? Empty when it does, else the first difference.
std::string mismatch(World& world, const TypeInfo& type, const void* object,
                     const boost::json::object& fields) {
  for (const auto& [key, written] : fields) {
    const FieldInfo* field = type.find(key);
    const std::string found = field_text(field->get(object));
    const std::string wanted = wanted_text(world, field->kind, *field, written);
    if (found == wanted || (found.empty() && wanted == "none")) continue;
    return fmt::format("{} is {}, not {}", std::string_view(key), found.empty() ? "nothing" : found,
                       wanted.empty() ? "nothing" : wanted);
  }
  return {};
}

std::string events_since(World& world) {
  std::string out;
  const auto& all = world.events;
  for (std::size_t i = world.mark; i < all.size(); ++i) (out += out.empty() ? "" : ", ") += all[i].row.type;
  return out.empty() ? "nothing happened" : "happened: " + out;
}

std::string refusals_of(const Outcome& outcome) {
  std::string out;
  for (const Refusal& refusal : outcome.refusals.list())
    out += fmt::format("{}{}{}", out.empty() ? "" : ", ", refusal.code,
                       refusal.path.empty() ? "" : " at " + refusal.path);
  return out + (outcome.defect.empty() ? "" : " (" + outcome.defect + ")");
}

std::string judge_event(World& world, const ExpectLine& expect, bool wanted) {
  const EventType* type = world.parts.registry.event(expect.name);
  std::string near;
  const auto& all = world.events;
  for (std::size_t i = world.mark; i < all.size(); ++i) {
    if (all[i].row.type != expect.name) continue;
    Faults faults;
    const auto body = type->read(parse_own_json(all[i].row.body), faults);
    near = mismatch(world, *type->info, body.get(), expect.fields);
    if (near.empty()) return wanted ? std::string() : expect.name + " happened";
  }
  if (!wanted) return {};
  if (!near.empty()) return expect.name + ": " + near;
  if (world.outcome && world.outcome->kind != Outcome::Kind::accepted)
    return "refused: " + refusals_of(*world.outcome);
  return events_since(world);
}

std::string judge_refused(World& world, const ExpectLine& expect) {
  if (!world.outcome) return "nothing was asked";
  if (world.outcome->kind == Outcome::Kind::accepted) return "accepted; " + events_since(world);
  for (const auto code : split(expect.name, ','))
    if (!world.outcome->refusals.has(std::string(code))) return "refused with " + refusals_of(*world.outcome);
  return {};
}

std::string show(World& world, const Duty& duty) {
  return fmt::format("{} about {} from {} due {} {}{}", duty.rule, world.name_of(duty.about),
                     world.post_name(duty.debtor_unit, duty.debtor_role), format_short(duty.due_at),
                     enum_text(duty.state), duty.met_at ? " at " + format_short(*duty.met_at) : "");
}

bool duty_fits(World& world, const ExpectLine& expect, const Duty& duty) {
  if (!expect.about.empty() && duty.about != world.id_of(expect.about, 0)) return false;
  if (!expect.state.empty() && expect.state != enum_text(duty.state)) return false;
  if (const auto debtor = world.post_of(expect.debtor);
      debtor && !(Post{duty.debtor_unit, duty.debtor_role} == *debtor))
    return false;
  if (!expect.at.empty() && duty.met_at != world.time_of(expect.at, false)) return false;
  if (expect.due.empty()) return true;
  // A due time without a date may lie behind or before the clock.
  return duty.due_at == world.time_of(expect.due, true) || duty.due_at == world.time_of(expect.due, false);
}

std::string judge_duty(World& world, const ExpectLine& expect, bool wanted) {
  std::string others;
  for (const Duty& duty : world.rows<Duty>()) {
    if (duty.rule != expect.name) continue;
    if (duty_fits(world, expect, duty)) return wanted ? std::string() : "there is " + show(world, duty);
    others += (others.empty() ? "" : "; ") + show(world, duty);
  }
  if (!wanted) return {};
  return others.empty() ? fmt::format("there is no duty {}", expect.name) : "there is only " + others;
}

std::string show(World& world, const Notice& notice) {
  return fmt::format("{} {} to {} at {}", notice.rule, enum_text(notice.kind),
                     world.post_name(notice.unit, notice.role), format_short(notice.sent_at));
}

std::string judge_notice(World& world, const ExpectLine& expect, bool wanted) {
  std::string others;
  for (const Notice& notice : world.rows<Notice>()) {
    if (notice.rule != expect.name) continue;
    const auto to = world.post_of(expect.to);
    const bool fits = (!to || (notice.unit == to->unit && notice.role == to->role)) &&
                      (expect.kind.empty() || expect.kind == enum_text(notice.kind)) &&
                      (expect.about.empty() || notice.about == world.id_of(expect.about, 0)) &&
                      (expect.at.empty() || notice.sent_at == world.time_of(expect.at, false));
    if (fits) return wanted ? std::string() : "there is " + show(world, notice);
    others += (others.empty() ? "" : "; ") + show(world, notice);
  }
  if (!wanted) return {};
  return others.empty() ? fmt::format("no notice of {} was sent", expect.name) : "sent were only " + others;
}

/// -> row TABLE id=NAME field=value …
std::string judge_row(World& world, const ExpectLine& expect) {
  const TableType* table = world.parts.registry.table(expect.name);
  std::string near;
  bool found = false;
  boost::json::object rest = expect.fields;
  rest.erase("id");
  const auto* id = expect.fields.if_contains("id");
  world.store.each_row(*table, [&](const void* row) {
    if (found) return;
    if (id != nullptr && id->is_string() && table->key(row) != world.id_of(std::string(id->as_string()), 0))
      return;
    near = mismatch(world, *table->info, row, rest);
    found = near.empty();
  });
  if (found) return {};
  return near.empty() ? "there is no such row" : near;
}

std::string judge_count(World& world, const ExpectLine& expect) {
  std::int64_t count = 0;
  if (const EventType* event = world.parts.registry.event(expect.name)) {
    for (const StoredEvent& stored : world.events) {
      if (stored.row.type != expect.name) continue;
      Faults faults;
      const auto body = event->read(parse_own_json(stored.row.body), faults);
      count += mismatch(world, *event->info, body.get(), expect.fields).empty() ? 1 : 0;
    }
  } else {
    const TableType& table = *world.parts.registry.table(expect.name);
    world.store.each_row(table, [&](const void* row) {
      count += mismatch(world, *table.info, row, expect.fields).empty() ? 1 : 0;
    });
  }
  return count == expect.count ? std::string() : fmt::format("there are {}", count);
}

// ---- what could never hold: an expectation that something is absent would pass for a slip of the pen --------------

/// Does the word read as a value of this kind?
bool reads(FieldKind kind, const FieldInfo& field, const std::string& word) {
  const auto whole = [&](auto n) {
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), n);
    return error == std::errc() && end == word.data() + word.size();
  };
  switch (kind) {
    case FieldKind::choice:  // of lists the choices are not kept
      return field.choices.empty() || std::ranges::find(field.choices, word) != field.choices.end();
    case FieldKind::boolean: return word == "true" || word == "false";
    case FieldKind::integer:
    case FieldKind::number: return whole(0.0);
    default: return true;
  }
}

bool is_named(const World& world, const std::string& name) {
  return world.names.contains(name) || world.actors.contains(name) || RawId::parse(name).has_value();
}

/// `absent`: the expectation holds when nothing fits, so a name that stands for nothing is a fault too.
std::string unreadable(World& world, const FieldInfo& field, FieldKind kind,
                       const boost::json::value& written, bool absent) {
  if (const auto* list = written.if_array()) {
    for (const auto& item : *list)
      if (auto no = unreadable(world, field, field.item, item, absent); !no.empty()) return no;
    return {};
  }
  const auto* text = written.if_string();
  if (text == nullptr || *text == "none") return {};
  const std::string word(*text);
  if (kind == FieldKind::list) kind = field.item;
  if (kind == FieldKind::id && absent && !is_named(world, word))
    return fmt::format("nothing is called {}", word);
  if (reads(kind, field, word)) return {};
  if (kind == FieldKind::choice)
    return fmt::format("{} cannot be {}, only {}", field.name, word, join(field.choices, " "));
  return fmt::format("{} cannot be {}", field.name, word);
}

std::string unfit(World& world, const ExpectLine& expect, const TypeInfo& type, bool absent) {
  for (const auto& [key, written] : expect.fields) {
    const FieldInfo* field = type.find(key);
    if (field == nullptr && !(expect.what == ExpectLine::What::row && key == "id"))
      return fmt::format("{} has no field {}", expect.name, std::string_view(key));
    if (field == nullptr) continue;
    if (auto no = unreadable(world, *field, field->kind, written, absent); !no.empty()) return no;
  }
  return {};
}

template <class E>
std::string no_word(const std::string& word, std::string_view what) {
  if (word.empty() || enum_from<E>(word)) return {};
  return fmt::format("no {} is called {}, only {}", what, word, join(enum_choices<E>(), " "));
}

/// Of a duty or a notice: the rule, its state or kind, whom it is about.
std::string unknown_word(World& world, const ExpectLine& expect, bool absent) {
  if (world.parts.has_rule && !world.parts.has_rule(expect.name))
    return fmt::format("the rulebook has no rule {}", expect.name);
  if (auto no = no_word<DutyState>(expect.state, "state of a duty"); !no.empty()) return no;
  if (auto no = no_word<NoticeKind>(expect.kind, "kind of notice"); !no.empty()) return no;
  for (const std::string* post : {&expect.debtor, &expect.to})
    if (!post->empty() && !world.post_of(*post)) return fmt::format("{} is no post, unit:ROLE", *post);
  const bool owed = expect.what == ExpectLine::What::duty || expect.what == ExpectLine::What::no_duty;
  if (owed && !expect.to.empty()) return "a duty is owed by somebody: from, not to";
  if (absent && !expect.about.empty() && !is_named(world, expect.about))
    return fmt::format("nothing is called {}", expect.about);
  return {};
}

/// Why this expectation says nothing about any world; empty when it does.
std::string impossible(World& world, const ExpectLine& expect) {
  using What = ExpectLine::What;
  const bool absent = expect.what == What::no_event || expect.what == What::no_duty ||
                      expect.what == What::no_notice || expect.what == What::count;
  const EventType* event = world.parts.registry.event(expect.name);
  const TableType* table = world.parts.registry.table(expect.name);
  switch (expect.what) {
    case What::refused: return {};
    case What::event:
    case What::no_event:
      if (event == nullptr) return fmt::format("no desk publishes {}", expect.name);
      return unfit(world, expect, *event->info, absent);
    case What::row:
      if (table == nullptr) return fmt::format("there is no table {}", expect.name);
      return unfit(world, expect, *table->info, absent);
    case What::count:
      if (event == nullptr && table == nullptr)
        return fmt::format("{} is neither an event nor a table", expect.name);
      return unfit(world, expect, event != nullptr ? *event->info : *table->info, absent);
    case What::duty:
    case What::no_duty:
    case What::notice:
    case What::no_notice: return unknown_word(world, expect, absent);
  }
  return {};
}

}  // namespace

std::string judge(World& world, const ExpectLine& expect) {
  using What = ExpectLine::What;
  if (std::string no = impossible(world, expect); !no.empty()) return no;
  switch (expect.what) {
    case What::event: return judge_event(world, expect, true);
    case What::no_event: return judge_event(world, expect, false);
    case What::refused: return judge_refused(world, expect);
    case What::duty: return judge_duty(world, expect, true);
    case What::no_duty: return judge_duty(world, expect, false);
    case What::notice: return judge_notice(world, expect, true);
    case What::no_notice: return judge_notice(world, expect, false);
    case What::row: return judge_row(world, expect);
    case What::count: return judge_count(world, expect);
  }
  return "unknown expectation";
}

}  // namespace fx::scenario
