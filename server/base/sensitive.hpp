#pragma once

#include <string_view>
#include <utility>

namespace fx {

/// A personal datum that shows itself only for a stated purpose. The purpose at a call names why this line of code
/// may look (validation, sealing, an authorised and recorded reading); printing always gives "***".
template <class T>
class Sensitive {
 public:
  Sensitive() = default;
  explicit Sensitive(T value) : value_(std::move(value)) {}

  [[nodiscard]] const T& open_for([[maybe_unused]] std::string_view purpose) const { return value_; }
  [[nodiscard]] static std::string_view text() { return "***"; }
  friend bool operator==(const Sensitive&, const Sensitive&) = default;

 private:
  T value_{};
};

}  // namespace fx
