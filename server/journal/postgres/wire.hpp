#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/cells.hpp"
#include "base/id.hpp"
#include "base/time.hpp"

// PostgreSQL's binary formats, as far as a ledger needs them: bigint, double precision, text, bytea, and arrays of these.
namespace fx::journal::pg {

/// The types a parameter may have; values are PostgreSQL's own numbers of its types.
enum class Kind : unsigned { unknown = 0, boolean = 16, bytes = 17, integer = 20, text = 25, real = 701 };

[[nodiscard]] Kind kind_of(CellKind cell);
/// The type of an array of `element`.
[[nodiscard]] unsigned array_of(Kind element);
/// As DDL names it; texts compare byte by byte, as SQLite compares them.
[[nodiscard]] std::string_view ddl_of(CellKind cell);
[[nodiscard]] std::string_view array_ddl_of(Kind element);

std::string encode(std::int64_t value);
std::string encode(double value);
std::int64_t decode_integer(std::string_view bytes);
double decode_real(std::string_view bytes);

/// One column of many rows: the parameter of an unnest().
class Array {
 public:
  explicit Array(Kind element) : element_(element) {}
  void null();
  void add(std::int64_t value);
  void add(double value);
  void add(bool value);
  void add(std::string_view bytes);  ///< of a text or bytea array
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] Kind element() const { return element_; }
  /// The bytes PostgreSQL reads.
  [[nodiscard]] std::string take();

 private:
  Kind element_;
  std::size_t size_ = 0;
  bool nulls_ = false;
  std::string items_;
};

/// Parameters of one execution, in order.
class Params {
 public:
  Params& add(std::int64_t value) { return put(static_cast<unsigned>(Kind::integer), encode(value)); }
  Params& add(int value) { return add(std::int64_t{value}); }
  Params& add(Instant at) { return add(at.ms); }
  Params& add(double value) { return put(static_cast<unsigned>(Kind::real), encode(value)); }
  Params& text(std::string_view value) { return put(static_cast<unsigned>(Kind::text), std::string(value)); }
  Params& bytes(std::string_view value) {
    return put(static_cast<unsigned>(Kind::bytes), std::string(value));
  }
  Params& add(const RawId& id) {
    return bytes({reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()});
  }
  Params& add(Array& array) { return put(array_of(array.element()), array.take()); }
  /// An array that was taken before: the same bytes may go to several statements.
  Params& array(Kind element, std::string bytes) { return put(array_of(element), std::move(bytes)); }
  Params& null() {
    types_.push_back(0);
    values_.emplace_back();
    given_.push_back(false);
    return *this;
  }

  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] const std::vector<unsigned>& types() const { return types_; }
  [[nodiscard]] const char* value(std::size_t i) const { return given_[i] ? values_[i].data() : nullptr; }
  [[nodiscard]] int length(std::size_t i) const { return static_cast<int>(values_[i].size()); }

 private:
  Params& put(unsigned type, std::string value) {
    types_.push_back(type);
    values_.push_back(std::move(value));
    given_.push_back(true);
    return *this;
  }
  std::vector<unsigned> types_;
  std::vector<std::string> values_;
  std::vector<bool> given_;
};

}  // namespace fx::journal::pg
