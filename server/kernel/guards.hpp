#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

#include "base/described.hpp"

namespace fx {

// Refusals every desk needs, with sentences that name what was found.

/// R-STATE (settled.md 8): a step out of turn that has no code of its own.
inline Refusal wrong_state(std::string_view found, const std::vector<std::string_view>& allowed,
                           std::string path = {}) {
  Refusal no = refuse("R-STATE", std::move(path));
  no.say = {fmt::format("当前状态为 {}；这一步要求 {}", found, fmt::join(allowed, "、")),
            fmt::format("the state is {}; this step needs {}", found, fmt::join(allowed, ", "))};
  return no;
}
template <DescribedEnum E>
Refusal wrong_state(E found, std::initializer_list<E> allowed, std::string path = {}) {
  std::vector<std::string_view> names;
  for (const E state : allowed) names.push_back(enum_text(state));
  return wrong_state(enum_text(found), names, std::move(path));
}

/// F-REF: what the field names is not there.
inline Refusal unknown(std::string path) { return refuse("F-REF", std::move(path)); }

/// F-SHAPE that only a decision can see: a value no thing of this kind can have.
inline Refusal malformed(std::string path, std::string_view zh, std::string_view en) {
  Refusal no = refuse("F-SHAPE", std::move(path));
  no.say = {std::string(zh), std::string(en)};
  return no;
}

/// F-SHAPE: must be said.
inline Refusal missing(std::string path) { return malformed(std::move(path), "必填", "required"); }

/// A refusal with its own sentence instead of the card's.
inline Refusal refuse_because(std::string code, std::string path, std::string zh, std::string en) {
  Refusal no = refuse(std::move(code), std::move(path));
  no.say = {std::move(zh), std::move(en)};
  return no;
}

template <class E>
bool is_one_of(E value, std::initializer_list<E> list) {
  return std::ranges::find(list, value) != list.end();
}

}  // namespace fx
