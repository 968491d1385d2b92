#include "rulebook/problems.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace fx::rulebook {

std::string Problem::text(bool zh) const {
  const std::string_view kind = warning ? (zh ? "提示：" : "warning: ") : "";
  const std::string name = entry.empty() ? std::string() : fmt::format("[{}] ", entry);
  return fmt::format("{}:{}: {}{}{}", file, line, kind, name, zh ? say.zh : say.en);
}

void Problems::sort() {
  std::ranges::stable_sort(list_, [](const Problem& a, const Problem& b) {
    return std::tie(a.file, a.line) < std::tie(b.file, b.line);
  });
}

bool Problems::has_errors() const {
  return std::ranges::any_of(list_, [](const Problem& p) { return !p.warning; });
}

}  // namespace fx::rulebook
