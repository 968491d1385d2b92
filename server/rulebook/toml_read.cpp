#include "rulebook/toml_read.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <sstream>

#include "base/text.hpp"

namespace fx::rulebook {
namespace {

boost::json::value to_json_value(const toml::node& node);

boost::json::object to_json_object(const toml::table& table) {
  boost::json::object out;
  for (const auto& [key, value] : table) out[key.str()] = to_json_value(value);
  return out;
}

template <class T>
std::string streamed(const T& value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

boost::json::value to_json_value(const toml::node& node) {
  if (const auto* table = node.as_table()) return to_json_object(*table);
  if (const auto* array = node.as_array()) {
    boost::json::array out;
    for (const auto& item : *array) out.push_back(to_json_value(item));
    return out;
  }
  if (const auto* text = node.as_string()) return boost::json::value(text->get());
  if (const auto* whole = node.as_integer()) return whole->get();
  if (const auto* number = node.as_floating_point()) return number->get();
  if (const auto* flag = node.as_boolean()) return flag->get();
  if (const auto* day = node.as_date()) return boost::json::value(streamed(day->get()));
  if (const auto* clock = node.as_time()) return boost::json::value(streamed(clock->get()));
  if (const auto* moment = node.as_date_time()) return boost::json::value(streamed(moment->get()));
  return nullptr;
}

std::string unescaped(std::string_view part) {
  std::string out;
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (part[i] == '~' && i + 1 < part.size())
      out += part[++i] == '1' ? '/' : '~';
    else
      out += part[i];
  }
  return out;
}

const toml::node* child(const toml::node& node, const std::string& name) {
  if (const auto* table = node.as_table()) return table->get(name);
  const auto* array = node.as_array();
  if (array == nullptr || name.empty() || name.find_first_not_of("0123456789") != std::string::npos)
    return nullptr;
  return array->get(std::stoul(name));
}

}  // namespace

Entry::Entry(std::string kind, std::string file, std::string pathogen, std::shared_ptr<const void> document,
             const void* node)
    : kind_(std::move(kind)),
      file_(std::move(file)),
      pathogen_(std::move(pathogen)),
      document_(std::move(document)),
      node_(node) {
  body_ = to_json_object(*static_cast<const toml::node*>(node_)->as_table());
  if (const auto* id = body_.if_contains("id"); id != nullptr && id->is_string()) id_ = id->get_string();
}

int Entry::line(std::string_view path) const {
  const auto* node = static_cast<const toml::node*>(node_);
  for (const std::string_view part : split(path, '/')) {
    if (part.empty()) continue;
    const toml::node* next = child(*node, unescaped(part));
    if (next == nullptr) break;
    node = next;
  }
  return static_cast<int>(node->source().begin.line);
}

bool Entry::has(std::string_view path) const {
  const auto* node = static_cast<const toml::node*>(node_);
  for (const std::string_view part : split(path, '/'))
    if (!part.empty() && node != nullptr) node = child(*node, unescaped(part));
  return node != nullptr;
}

void Entry::error(Problems& problems, std::string_view path, std::string zh, std::string en,
                  std::string code) const {
  problems.add(
      {file_, line(path), id_.empty() ? kind_ : id_, {std::move(zh), std::move(en)}, false, std::move(code)});
}

void Entry::warn(Problems& problems, std::string_view path, std::string zh, std::string en) const {
  problems.add({file_, line(path), id_.empty() ? kind_ : id_, {std::move(zh), std::move(en)}, true, {}});
}

std::vector<Entry> read_entries(std::span<const File> files, Problems& problems) {
  std::vector<Entry> out;
  for (const File& file : files) {
    std::shared_ptr<toml::table> document;
    try {
      document = std::make_shared<toml::table>(toml::parse(file.text));
    } catch (const toml::parse_error& error) {
      const std::string what(error.description());
      problems.add({file.name,
                    static_cast<int>(error.source().begin.line),
                    {},
                    {"TOML语法错误：" + what, "TOML syntax: " + what},
                    false,
                    {}});
      continue;
    }
    const std::string pathogen = (*document)["pathogen"].value_or(std::string());
    for (const auto& [key, node] : *document) {
      const auto* array = node.as_array();
      if (array != nullptr && array->is_array_of_tables()) {
        for (const auto& item : *array)
          out.emplace_back(std::string(key.str()), file.name, pathogen, document, &item);
      } else if (key.str() != "pathogen" || !node.is_string()) {
        problems.add(
            {file.name,
             static_cast<int>(node.source().begin.line),
             {},
             {fmt::format("不认识的键“{}”", key.str()), fmt::format("unknown key \"{}\"", key.str())},
             false,
             {}});
      }
    }
  }
  return out;
}

}  // namespace fx::rulebook
