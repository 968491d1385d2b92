#pragma once

// What can be said of a field and of a described type, and of what is wrong with a document.

#include <boost/describe.hpp>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/cells.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "base/sensitive.hpp"
#include "base/time.hpp"

namespace fx {

struct TextTag;
/// Points at a text kept beside the ledger (encrypted, erasable); `hash` proves its ciphertext.
struct TextRef {
  Id<TextTag> id;
  std::string hash;  ///< hexadecimal; empty when there is no text
  friend bool operator==(const TextRef&, const TextRef&) = default;
};

/// Free text typed by a person. Free text is identity (kernel-notes §4): the front door seals it and fills `ref`;
/// only `ref` may enter an event.
struct FreeText {
  Sensitive<std::string> words;
  TextRef ref;
  [[nodiscard]] bool empty() const { return words.open_for("is anything typed").empty(); }
};

enum class FieldKind {
  boolean,
  integer,
  number,
  text,
  id,
  instant,
  day,
  choice,
  list,
  object,
  free_text,
  sensitive,
  text_ref
};
BOOST_DESCRIBE_ENUM(FieldKind, boolean, integer, number, text, id, instant, day, choice, list, object,
                    free_text, sensitive, text_ref)

/// What a rule, a filter or a form may see of a field. Lists of ids come as ids, other lists as texts.
using FieldValue = std::variant<std::monostate, bool, std::int64_t, double, std::string, RawId, Instant, Day,
                                std::vector<RawId>, std::vector<std::string>>;

struct TypeInfo;
struct FieldInfo {
  std::string name;
  FieldKind kind = FieldKind::text;
  bool required = true;
  std::string tag;                   ///< what an id names ("person", "tube"), or the name of the choice
  std::vector<std::string> choices;  ///< of kind choice
  const TypeInfo* object = nullptr;  ///< of kind object, or the items of a list of objects
  FieldKind item = FieldKind::text;  ///< of kind list
  CellKind cell = CellKind::text;    ///< how a row stores it
  FieldValue (*get)(const void*) = nullptr;
};
struct TypeInfo {
  std::string name;
  std::vector<FieldInfo> fields;
  [[nodiscard]] const FieldInfo* find(std::string_view field) const {
    for (const auto& f : fields)
      if (f.name == field) return &f;
    return nullptr;
  }
};

/// A shape fault: where (JSON pointer) and what was expected.
struct Fault {
  std::string path;
  Words say;
};
using Faults = std::vector<Fault>;

/// The way from the root of a document, without allocating until a fault needs it.
struct Path {
  const Path* up = nullptr;
  std::string_view name;
  std::size_t index = 0;
  [[nodiscard]] std::string text() const;
};

void add_fault(Faults& faults, const Path& at, std::string_view zh, std::string_view en);
void expected(Faults& faults, const Path& at, std::string_view zh, std::string_view en);

/// Longest single text accepted from outside, in code points.
inline constexpr std::size_t longest_text = 4000;
inline constexpr std::size_t longest_list = 5000;

}  // namespace fx
