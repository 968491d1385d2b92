#include "rulebook/route.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "rulebook/vocabulary.hpp"

namespace fx::rulebook {
namespace {

constexpr int most_parents = 8;

std::optional<UnitKind> unit_word(std::string_view word) {
  if (word == "cmd") return UnitKind::command_post;
  if (word == "ha") return UnitKind::health_authority;
  if (word == "gov") return UnitKind::government;
  return enum_from<UnitKind>(word);
}

std::optional<Level> level_word(std::string_view word) {
  if (word == "county") return Level::county;
  if (word == "city") return Level::city;
  if (word == "province") return Level::province;
  if (word == "nation") return Level::nation;
  return std::nullopt;
}

Role usual_role(UnitKind kind) {
  switch (kind) {
    case UnitKind::command_post: return Role::DO;
    case UnitKind::cdc: return Role::CDC;
    case UnitKind::health_authority: return Role::HA;
    case UnitKind::government: return Role::CMD;
    default: return Role::FRP;
  }
}

std::int32_t lifted(std::int32_t code, Level level) {
  switch (level) {
    case Level::nation: return 0;
    case Level::province: return province_of(code);
    case Level::city: return city_of(code);
    default: return code;
  }
}

bool read_start(std::string_view word, const TypeInfo* type, Route& route, Words& why) {
  static constexpr std::pair<std::string_view, Route::Start> words[] = {{"place", Route::Start::place},
                                                                        {"debtor", Route::Start::debtor},
                                                                        {"creditor", Route::Start::creditor},
                                                                        {"member", Route::Start::member}};
  const FieldInfo* field = type != nullptr ? type->find(word) : nullptr;
  if (field != nullptr) {
    // A measured row's own id may be a unit's; an event's fields say by their tag that they name a unit.
    if (field->kind != FieldKind::id || (field->tag != "unit" && !field->tag.empty())) {
      why = {fmt::format("字段“{}”不是单位", word), fmt::format("field \"{}\" does not name a unit", word)};
      return false;
    }
    route.start = Route::Start::field;
    route.field = static_cast<std::size_t>(field - type->fields.data());
    return true;
  }
  for (const auto& [name, start] : words)
    if (name == word) {
      route.start = start;
      return true;
    }
  const Words near = type != nullptr ? did_you_mean(word, field_names(*type)) : Words{};
  why = {fmt::format("路由起点“{}”不认识{}", word, near.zh),
         fmt::format("a route cannot start at \"{}\"{}", word, near.en)};
  return false;
}

bool read_hop(std::string_view word, Route& route, Words& why) {
  if (word == "frp") {
    route.role = Role::FRP;
  } else if (word == "parent") {
    route.hops.push_back({Route::Hop::Kind::parent, {}, {}});
  } else if (const auto level = level_word(word)) {
    route.hops.push_back({Route::Hop::Kind::level, *level, {}});
  } else if (const auto kind = unit_word(word)) {
    route.hops.push_back({Route::Hop::Kind::unit, {}, *kind});
  } else {
    why = {fmt::format("路由中的“{}”不认识", word), fmt::format("unknown word \"{}\" in a route", word)};
    return false;
  }
  return true;
}

}  // namespace

std::optional<Route> parse_route(std::string_view text, const TypeInfo* type, Words& why) {
  Route route;
  route.written = text;
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos) {
    const std::string_view name = text.substr(colon + 1);
    route.role = enum_from<Role>(name);
    if (!route.role || *route.role == Role::SYS) {
      const Words near = did_you_mean(name, enum_choices<Role>());
      why = {fmt::format("没有角色“{}”{}", name, near.zh),
             fmt::format("unknown role \"{}\"{}", name, near.en)};
      return std::nullopt;
    }
  }
  bool first = true;
  for (const std::string_view part : split(text.substr(0, colon), '.')) {
    if (!(first ? read_start(part, type, route, why) : read_hop(part, route, why))) return std::nullopt;
    first = false;
  }
  const bool at_place = route.hops.empty() ? route.start == Route::Start::place
                                           : route.hops.back().kind == Route::Hop::Kind::level;
  if (at_place) {
    why = {"路由止于地方而非单位，请接cmd、cdc、ha、gov等",
           "the route ends at a place, not at a unit: add cmd, cdc, ha, gov …"};
    return std::nullopt;
  }
  return route;
}

std::vector<Route> read_routes(const Reading& reading, const std::string& path,
                               std::span<const std::string> texts, const TypeInfo* type) {
  std::vector<Route> out;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    Words why;
    if (auto route = parse_route(texts[i], type, why))
      out.push_back(std::move(*route));
    else
      reading.error(path + "/" + std::to_string(i), fmt::format("“{}”：{}", texts[i], why.zh),
                    fmt::format("\"{}\": {}", texts[i], why.en));
  }
  return out;
}

std::optional<Post> follow(const Route& route, const Origin& origin, const Reference& reference) {
  const Unit* unit = nullptr;
  std::int32_t place = origin.place;
  std::optional<Role> role = route.role;
  const auto begin = [&](const std::optional<Post>& post) {
    if (!post) return false;
    unit = reference.unit(post->unit);
    if (!role && route.hops.empty()) role = post->role;
    return unit != nullptr;
  };
  switch (route.start) {
    case Route::Start::place: break;
    case Route::Start::debtor:
      if (!begin(origin.debtor)) return std::nullopt;
      break;
    case Route::Start::creditor:
      if (!begin(origin.creditor)) return std::nullopt;
      break;
    case Route::Start::member:
      if (!begin(origin.member)) return std::nullopt;
      break;
    case Route::Start::field: {
      const auto* id =
          origin.fields != nullptr ? std::get_if<RawId>(&(*origin.fields)[route.field]) : nullptr;
      unit = id != nullptr ? reference.unit(UnitId{*id}) : nullptr;
      if (unit == nullptr) return std::nullopt;
      break;
    }
  }
  for (const Route::Hop& hop : route.hops) {
    if (unit != nullptr) place = unit->jurisdiction;
    switch (hop.kind) {
      case Route::Hop::Kind::parent:
        unit = unit != nullptr && unit->parent ? reference.unit(*unit->parent) : nullptr;
        if (unit == nullptr) return std::nullopt;
        break;
      case Route::Hop::Kind::level:
        place = lifted(place, hop.level);
        unit = nullptr;
        break;
      case Route::Hop::Kind::unit:
        unit = reference.unit_of(hop.unit, place);
        if (unit == nullptr) return std::nullopt;
        break;
    }
  }
  if (unit == nullptr) return std::nullopt;
  return Post{unit->id, role.value_or(usual_role(unit->kind))};
}

std::optional<Post> follow(std::span<const Route> routes, const Origin& origin, const Reference& reference) {
  for (const Route& route : routes)
    if (auto post = follow(route, origin, reference)) return post;
  return std::nullopt;
}

Post duty_officer(std::int32_t place, const Reference& reference) {
  std::int32_t asked = -1;
  for (const std::int32_t code : {place, city_of(place), province_of(place), 0}) {
    if (code == asked) continue;
    asked = code;
    if (const Unit* command = reference.unit_of(UnitKind::command_post, code)) return {command->id, Role::DO};
  }
  return {UnitId{}, Role::DO};
}

Post answerable(const std::optional<Post>& post, std::int32_t place, Instant at, const Reference& reference) {
  if (!post) return duty_officer(place, reference);
  if (reference.held(*post, at)) return *post;
  const Unit* unit = reference.unit(post->unit);
  for (int hops = 0; unit != nullptr && hops < most_parents; ++hops) {
    if (reference.held({unit->id, Role::FRP}, at)) return {unit->id, Role::FRP};
    place = unit->jurisdiction;
    unit = unit->parent ? reference.unit(*unit->parent) : nullptr;
  }
  const Unit* own = reference.unit(post->unit);
  const Post officer = duty_officer(own != nullptr ? own->jurisdiction : place, reference);
  return officer.unit.is_nil() ? *post : officer;
}

std::string post_text(const Post& post) {
  return fmt::format("{} @ {}", enum_text(post.role), post.unit.text());
}

}  // namespace fx::rulebook
