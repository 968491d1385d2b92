#include "scenario/world.hpp"

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include <charconv>

#include "base/text.hpp"
#include "scenario/plain_sealer.hpp"
#include "scenario/words.hpp"

namespace fx::scenario {

World::World(const Parts& p, const Script& s, const std::vector<RuleLine>& overlays, Instant start)
    : parts(p),
      script(s),
      rules(p.rules(overlays, start)),
      memory(p.store == nullptr ? std::make_unique<MemoryStore>() : nullptr),
      store(p.store == nullptr ? *memory : *p.store),
      engine({p.registry, rules.get(), p.access, store}),
      now(start) {
  settle();
}

void World::settle() {
  engine.settle(now);
  for (StoredEvent& event : engine.take_committed()) events.push_back(std::move(event));
}

void World::seal(Command& command, const Context& context) const {
  if (parts.seal) return parts.seal(command, context);
  PlainSealer sealer;
  command.operation->prepare(command.body.get(), context, sealer);
}

RawId World::id_of(const std::string& name, std::int32_t home) {
  if (const auto id = RawId::parse(name)) return *id;
  const auto known = names.find(name);
  if (known != names.end()) return known->second;
  const RawId id = RawId::make(now.ms, home, RawIdHash{}(named_id("scenario", script.file + "/" + name)), 0);
  names[name] = id;
  return id;
}

std::string World::name_of(const RawId& id) const {
  for (const auto& [name, known] : names)
    if (known == id) return name;
  return id.text();
}

std::optional<Instant> World::time_of(const std::string& written, bool after_now) const {
  const auto blank = written.find(' ');
  const std::string_view clock =
      blank == std::string::npos ? std::string_view(written) : std::string_view(written).substr(blank + 1);
  const auto minutes = parse_clock(clock);
  if (!minutes) return parse_instant(written);
  const auto day = blank == std::string::npos ? std::optional(day_of(now))
                                              : parse_day(std::string_view(written).substr(0, blank));
  if (!day) return std::nullopt;
  Instant at = start_of(*day) + std::chrono::minutes(*minutes);
  if (blank == std::string::npos && after_now && at < now) at = at + std::chrono::hours(24);
  if (blank == std::string::npos && !after_now && at > now) at = at - std::chrono::hours(24);
  return at;
}

boost::json::value World::value_of(const FieldInfo& field, FieldKind kind, const boost::json::value& written,
                                   std::int32_t home) {
  if (kind == FieldKind::list) {
    if (!written.is_array()) {
      boost::json::array one;
      one.push_back(value_of(field, field.item, written, home));
      return one;
    }
    boost::json::array list;
    for (const auto& item : written.as_array()) list.push_back(value_of(field, field.item, item, home));
    return list;
  }
  if (kind == FieldKind::object && written.is_object() && field.object != nullptr)
    return fields_of(*field.object, written.as_object(), home);
  const auto* word = written.if_string();
  if (word == nullptr) return written;
  const std::string text(*word);
  switch (kind) {
    case FieldKind::id: return boost::json::value(id_of(text, home).text());
    case FieldKind::boolean:
      return text == "true"    ? boost::json::value(true)
             : text == "false" ? boost::json::value(false)
                               : written;
    case FieldKind::integer: {
      std::int64_t n = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
      return error == std::errc() && end == text.data() + text.size() ? boost::json::value(n) : written;
    }
    case FieldKind::number: {
      double n = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
      return error == std::errc() && end == text.data() + text.size() ? boost::json::value(n) : written;
    }
    case FieldKind::instant: {
      const auto at = time_of(text, true);
      return at ? boost::json::value(format(*at)) : written;
    }
    case FieldKind::text: {
      const auto number = numbers.find(text);
      return number == numbers.end() ? written : boost::json::value(number->second);
    }
    default: return written;
  }
}

boost::json::object World::fields_of(const TypeInfo& type, const boost::json::object& written,
                                     std::int32_t home) {
  boost::json::object out;
  for (const auto& [key, value] : written) {
    const FieldInfo* field = type.find(key);
    out[key] = field != nullptr ? value_of(*field, field->kind, value, home) : value;
  }
  return out;
}

void World::advance(Instant to) {
  settle();
  while (now < to) {
    // Whole minutes; a ladder step in between is taken at its own moment.
    const Instant minute = start_of(day_of(now)) + std::chrono::minutes(minute_of_day(now) + 1);
    const auto step = engine.next_beat();
    now = std::min(to, minute);
    if (step && *step > Instant{} && *step < now) now = std::max(*step, engine.head().decided_at);
    settle();
  }
}

Outcome World::issue(Command command) {
  command.id = named_id("scenario-command", fmt::format("{}/{}", script.file, ++sequence));
  std::vector<Command> one;
  one.push_back(std::move(command));
  Outcome result = engine.run(one, now).front();
  if (memory) issued.push_back(std::move(one.front()));
  settle();
  return result;
}

Outcome World::issue_system(std::string_view operation, boost::json::object fields, std::int32_t home) {
  Command command;
  command.operation = parts.registry.operation(operation);
  FX_ASSERT(command.operation != nullptr, "the program has no operation " + std::string(operation));
  Faults faults;
  command.body = command.operation->decode(std::move(fields), faults, {});
  FX_ASSERT(faults.empty(), std::string(operation) +
                                (faults.empty() ? "" : faults.front().path + " " + faults.front().say.en));
  command.system = true;
  command.jurisdiction = home;
  command.id = named_id("scenario-command", fmt::format("{}/{}", script.file, sequence + 1));
  seal(command, {now, now, {{}, {}, home, {Role::SYS}}, command.id, *engine.reference(), *rules});
  return issue(std::move(command));
}

std::optional<Post> World::post_of(const std::string& text) {
  const auto colon = text.find(':');
  const auto unit = names.find(text.substr(0, colon));
  if (unit == names.end() || colon == std::string::npos) return std::nullopt;
  const auto role = enum_from<Role>(text.substr(colon + 1));
  if (!role) return std::nullopt;
  return Post{{unit->second}, *role};
}

}  // namespace fx::scenario
