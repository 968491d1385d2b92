#pragma once

#include <algorithm>
#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace fx {

/// One sentence in the two languages of the house.
struct Words {
  std::string zh;
  std::string en;
  friend bool operator==(const Words&, const Words&) = default;
};

/// A "no" with a name and a source. `code` is public and stable (R-FEV-4, F-SHAPE …); `rule`, `source` and
/// `lifts` say which entry of the rulebook speaks and what would end the refusal; `path` points at the field.
struct Refusal {
  std::string code;
  Words say;
  std::string rule;
  std::string source;
  std::string path;
  Words lifts;
  friend bool operator==(const Refusal&, const Refusal&) = default;
};

/// All independent refusals of one command in declared order; the first is the headline.
class Refusals {
 public:
  Refusals() = default;
  Refusals(Refusal only) { list_.push_back(std::move(only)); }  // NOLINT(google-explicit-constructor)

  Refusals& add(Refusal refusal) {
    list_.push_back(std::move(refusal));
    return *this;
  }
  Refusals& add(std::string code, std::string path = {}) {
    return add(Refusal{
        .code = std::move(code), .say = {}, .rule = {}, .source = {}, .path = std::move(path), .lifts = {}});
  }
  [[nodiscard]] bool empty() const { return list_.empty(); }
  [[nodiscard]] const std::vector<Refusal>& list() const { return list_; }
  [[nodiscard]] std::vector<Refusal>& list() { return list_; }
  [[nodiscard]] bool has(const std::string& code) const {
    return std::ranges::any_of(list_, [&](const Refusal& r) { return r.code == code; });
  }

 private:
  std::vector<Refusal> list_;
};

/// A value or the reasons why there is none.
template <class T>
class [[nodiscard]] Result : public std::expected<T, Refusals> {
 public:
  using std::expected<T, Refusals>::expected;
  Result(Refusals no) : std::expected<T, Refusals>(std::unexpected(std::move(no))) {}  // NOLINT
  Result(Refusal no) : Result(Refusals(std::move(no))) {}                              // NOLINT
};

/// A refusal whose sentence stands in the desk's card under `code`.
inline Refusal refuse(std::string code, std::string path = {}) {
  return Refusal{
      .code = std::move(code), .say = {}, .rule = {}, .source = {}, .path = std::move(path), .lifts = {}};
}

}  // namespace fx
