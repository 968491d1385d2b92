#include "importing/toml_reader.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

namespace fx::importing {
namespace {

const toml::table& table_of(const void* node) { return *static_cast<const toml::table*>(node); }
std::size_t line_of(const toml::node& node) { return node.source().begin.line; }

}  // namespace

struct TomlReader::Document {
  toml::table root;
};

TomlReader::TomlReader(std::string_view toml, std::string_view file)
    : file_(file), document_(std::make_unique<Document>()) {
  try {
    document_->root = toml::parse(toml, file);
  } catch (const toml::parse_error& error) {
    complain(error.source().begin.line, std::string(error.description()));
  }
}

TomlReader::~TomlReader() = default;

void TomlReader::complain(std::size_t line, const std::string& what) {
  refusals_.add(Refusal{.code = "F-SHAPE",
                        .say = {.zh = "参考表有误：" + what, .en = "wrong in a reference table: " + what},
                        .path = fmt::format("{}:{}", file_, line)});
}

TomlTable TomlReader::root() const { return TomlTable(&document_->root); }

std::vector<TomlTable> TomlReader::tables(const char* name) {
  std::vector<TomlTable> all;
  if (const toml::array* array = document_->root[name].as_array()) {
    for (const toml::node& node : *array) {
      if (const toml::table* table = node.as_table())
        all.emplace_back(table);
      else
        complain(line_of(node), fmt::format("{}: table expected", name));
    }
  }
  if (all.empty() && refusals_.empty()) complain(1, fmt::format("[[{}]] missing", name));
  return all;
}

TomlText TomlReader::text(const TomlTable& table, const char* key) {
  const TomlText found = text_or(table, key, "");
  if (found.text.empty()) complain(found.line, fmt::format("{} missing", key));
  return found;
}

TomlText TomlReader::text_or(const TomlTable& table, const char* key, std::string_view otherwise) {
  const toml::table& in = table_of(table.node_);
  const toml::node* node = in.get(key);
  if (node == nullptr) return {std::string(otherwise), line_of(in)};
  if (const auto* value = node->as_string()) return {value->get(), line_of(*node)};
  complain(line_of(*node), fmt::format("{}: text expected", key));
  return {std::string(otherwise), line_of(*node)};
}

bool TomlReader::flag(const TomlTable& table, const char* key) {
  const toml::node* node = table_of(table.node_).get(key);
  if (node == nullptr) return false;
  if (const auto* value = node->as_boolean()) return value->get();
  complain(line_of(*node), fmt::format("{}: true or false expected", key));
  return false;
}

std::vector<TomlText> TomlReader::texts(const TomlTable& table, const char* key) {
  const toml::node* node = table_of(table.node_).get(key);
  std::vector<TomlText> all;
  if (node == nullptr) return all;
  if (const auto* one = node->as_string()) return {{one->get(), line_of(*node)}};
  if (const toml::array* array = node->as_array()) {
    for (const toml::node& item : *array) {
      if (const auto* value = item.as_string())
        all.push_back({value->get(), line_of(item)});
      else
        complain(line_of(item), fmt::format("{}: text expected", key));
    }
  } else {
    complain(line_of(*node), fmt::format("{}: list of texts expected", key));
  }
  return all;
}

std::vector<std::pair<TomlText, std::vector<TomlText>>> TomlReader::lists(const TomlTable& table,
                                                                          const char* key) {
  std::vector<std::pair<TomlText, std::vector<TomlText>>> all;
  const toml::node* node = table_of(table.node_).get(key);
  if (node == nullptr) return all;
  const toml::table* inner = node->as_table();
  if (inner == nullptr) {
    complain(line_of(*node), fmt::format("{}: table expected", key));
    return all;
  }
  for (const auto& [name, value] : *inner) {
    all.emplace_back(TomlText{std::string(name.str()), line_of(value)},
                     texts(TomlTable(inner), std::string(name.str()).c_str()));
  }
  return all;
}

void TomlReader::only(const TomlTable& table, const std::vector<std::string_view>& keys) {
  for (const auto& [name, value] : table_of(table.node_)) {
    if (std::ranges::find(keys, name.str()) == keys.end()) {
      complain(line_of(value), fmt::format("unknown key {}", name.str()));
    }
  }
}

}  // namespace fx::importing
