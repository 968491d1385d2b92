#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace fx::importing {

struct TomlText {
  std::string text;
  std::size_t line = 0;
};

/// One table of a TOML document. Valid as long as its reader.
class TomlTable {
 public:
  explicit TomlTable(const void* node) : node_(node) {}

 private:
  friend class TomlReader;
  const void* node_;
};

/// Reads our own reference tables and collects everything wrong with them: syntax, missing and misspelt keys.
/// Each complaint is F-SHAPE with path "file:line".
class TomlReader {
 public:
  TomlReader(std::string_view toml, std::string_view file);
  TomlReader(const TomlReader&) = delete;
  TomlReader& operator=(const TomlReader&) = delete;
  ~TomlReader();

  [[nodiscard]] TomlTable root() const;
  /// All [[name]] of the document; a complaint when there is none.
  std::vector<TomlTable> tables(const char* name);
  /// A text that must be there.
  TomlText text(const TomlTable& table, const char* key);
  /// A text that may be missing.
  TomlText text_or(const TomlTable& table, const char* key, std::string_view otherwise);
  bool flag(const TomlTable& table, const char* key);
  /// A list of texts; empty when missing.
  std::vector<TomlText> texts(const TomlTable& table, const char* key);
  /// A sub-table `key` of texts or lists of texts, in the order of its keys; empty when missing.
  std::vector<std::pair<TomlText, std::vector<TomlText>>> lists(const TomlTable& table, const char* key);
  /// Complains about every key of the table that is not among these.
  void only(const TomlTable& table, const std::vector<std::string_view>& keys);

  void complain(std::size_t line, const std::string& what);
  [[nodiscard]] const Refusals& refusals() const { return refusals_; }

 private:
  struct Document;

  std::string file_;
  std::unique_ptr<Document> document_;
  Refusals refusals_;
};

}  // namespace fx::importing
