#include "api/json_form.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <set>
#include <vector>

#include "base/text.hpp"

namespace fx::api {
namespace {

std::size_t after_string(std::string_view json, std::size_t at) {
  for (++at; json[at] != '"'; ++at)
    if (json[at] == '\\') ++at;
  return at + 1;
}

/// Each colon outside of texts follows a member's name.
std::size_t members_written(std::string_view json) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < json.size();) {
    if (json[at] == '"') {
      at = after_string(json, at);
    } else {
      count += json[at] == ':' ? 1 : 0;
      ++at;
    }
  }
  return count;
}

std::size_t members_kept(const boost::json::value& value) {
  std::size_t count = 0;
  if (const auto* object = value.if_object()) {
    count = object->size();
    for (const auto& member : *object) count += members_kept(member.value());
  } else if (const auto* array = value.if_array()) {
    for (const auto& item : *array) count += members_kept(item);
  }
  return count;
}

/// One object or list around the place that is read.
struct Level {
  bool object = false;
  std::size_t index = 0;
  std::string name;
  std::set<std::string, std::less<>> names;
};

std::string path_of(const std::vector<Level>& levels) {
  std::string path;
  for (const Level& level : levels) path += "/" + (level.object ? level.name : std::to_string(level.index));
  return path;
}

/// Path of the first member that is there twice; of valid JSON. Empty when only its spelling differs ("\u0061" and "a").
std::string doubled_member(std::string_view json) {
  std::vector<Level> levels;
  for (std::size_t at = 0; at < json.size();) {
    const char c = json[at];
    if (c == '"') {
      const std::size_t end = after_string(json, at);
      const std::size_t next = json.find_first_not_of(" \t\r\n", end);
      if (next != std::string_view::npos && json[next] == ':') {
        Level& level = levels.back();
        level.name = json.substr(at + 1, end - at - 2);
        if (!level.names.insert(level.name).second) return path_of(levels);
      }
      at = end;
      continue;
    }
    if (c == '{' || c == '[') levels.push_back({.object = c == '{', .index = 0, .name = {}, .names = {}});
    if (c == '}' || c == ']') levels.pop_back();
    if (c == ',' && !levels.back().object) ++levels.back().index;
    ++at;
  }
  return {};
}

}  // namespace

std::optional<boost::json::value> parse_body(std::string_view text, Faults& faults) {
  auto value = parse_json(text, faults);
  if (value && members_written(text) != members_kept(*value))
    faults.push_back({doubled_member(text), {"同一字段出现两次", "the same field is there twice"}});
  return value;
}

std::string canonical(const boost::json::value& value) {
  if (const auto* array = value.if_array()) {
    std::string out = "[";
    for (const auto& item : *array) (out += out.size() > 1 ? "," : "") += canonical(item);
    return out + "]";
  }
  const auto* object = value.if_object();
  if (object == nullptr) return boost::json::serialize(value);
  std::vector<const boost::json::key_value_pair*> members;
  for (const auto& member : *object) members.push_back(&member);
  std::ranges::sort(members, {}, [](const auto* member) { return std::string_view(member->key()); });
  std::string out = "{";
  for (const auto* member : members) {
    if (out.size() > 1) out += ',';
    write_json_string(out, member->key());
    (out += ':') += canonical(member->value());
  }
  return out + "}";
}

}  // namespace fx::api
