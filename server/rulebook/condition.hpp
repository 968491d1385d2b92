#pragma once

#include "kernel/registry.hpp"
#include "rulebook/values.hpp"

namespace fx::rulebook {

/// The fields of one described object, each read at most once.
class Fields {
 public:
  Fields(const TypeInfo& type, const void* body) : type_(type), body_(body), read_(type.fields.size()) {}
  [[nodiscard]] const FieldValue& operator[](std::size_t field) const {
    auto& slot = read_[field];
    if (!slot.first) {
      slot.second = type_.fields[field].get(body_);
      slot.first = true;
    }
    return slot.second;
  }
  [[nodiscard]] const TypeInfo& type() const { return type_; }

 private:
  const TypeInfo& type_;
  const void* body_;
  mutable std::vector<std::pair<bool, FieldValue>> read_;
};

/// Where and when a rule speaks: what its values are resolved against.
struct Asked {
  Instant at;
  std::int32_t jurisdiction = 0;
  int pathogen = any_pathogen;
};

/// "@id", perhaps with a field of the event in it: "@E.result.h.{class}".
struct ValueRef {
  std::string id;                    ///< whole id, or the part before the field
  std::optional<std::size_t> field;  ///< its text comes next
  std::string tail;                  ///< and this after it
  std::string without;               ///< the id tried when there is none with the field
  [[nodiscard]] Found find(const Values& values, const Asked& when, const Fields* fields) const;
  std::string written;  ///< as it stands in the file
};

/// A number, or the value that gives it.
struct Limit {
  double number = 0;
  std::optional<ValueRef> ref;
  [[nodiscard]] std::optional<double> resolve(const Values& values, const Asked& when,
                                              const Fields* fields) const;
};

/// One test of a field's value.
struct Test {
  enum class Kind { any_of, none_of, exists, below, above, at_least, at_most };
  Kind kind = Kind::any_of;
  std::size_t field = 0;
  const Measure* measure = nullptr;  ///< then `field` names the row
  bool expected = true;              ///< of exists
  std::vector<FieldValue> constants;
  Limit limit;
};
using Tests = std::vector<Test>;

bool same_value(const FieldValue& value, const FieldValue& constant);
std::optional<double> number_of(const FieldValue& value);
bool is_set(const FieldValue& value);
/// Measures look their row up in `view`.
bool passes(const Test& test, const FieldValue& value, const Values& values, const Asked& when,
            const Fields* fields, const View* view);
bool all_pass(const Tests& tests, const Fields& fields, const Values& values, const Asked& when,
              const View* view);

// ---- reading -----------------------------------------------------------------------------------------------------

/// What a part of a rule needs in order to be understood: whose entry it is, and all the names there are.
struct Reading {
  const Entry& entry;
  const Registry& registry;
  const Values& values;
  Problems& problems;
  void error(const std::string& path, std::string zh, std::string en) const {
    entry.error(problems, path, std::move(zh), std::move(en));
  }
};

/// "@id", checked: known, without its fields when `type` is nullptr.
std::optional<ValueRef> read_value_ref(const Reading& reading, const std::string& path, std::string_view text,
                                       const TypeInfo* type);
/// A number or "@id".
std::optional<Limit> read_limit(const Reading& reading, const std::string& path,
                                const boost::json::value& json, const TypeInfo* type);
/// A constant of the field's kind.
std::optional<FieldValue> read_constant(const Reading& reading, const std::string& path,
                                        const boost::json::value& json, const FieldInfo& field);
/// `where = { … }`.
Tests read_where(const Reading& reading, const std::string& path, const boost::json::value& json,
                 const TypeInfo& type);

}  // namespace fx::rulebook
