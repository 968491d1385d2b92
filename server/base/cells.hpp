#pragma once

#include <cstdint>
#include <string_view>

namespace fx {

/// Receives the columns of one row in declared order.
class CellSink {
 public:
  virtual ~CellSink() = default;
  virtual void null() = 0;
  virtual void integer(std::int64_t value) = 0;
  virtual void real(double value) = 0;
  virtual void text(std::string_view value) = 0;
  virtual void blob(std::string_view bytes) = 0;
};

/// Gives the columns of one row in declared order; each call consumes one. Views live until the next call.
class CellSource {
 public:
  virtual ~CellSource() = default;
  /// True, and consumes, when the next column is NULL; else consumes nothing.
  virtual bool null() = 0;
  virtual std::int64_t integer() = 0;
  virtual double real() = 0;
  virtual std::string_view text() = 0;
  virtual std::string_view blob() = 0;
};

enum class CellKind { integer, real, text, blob };

}  // namespace fx
