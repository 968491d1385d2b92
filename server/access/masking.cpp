#include "access/masking.hpp"

#include "base/text.hpp"

namespace fx {

std::string mask_name(std::string_view name) {
  if (name.empty()) return {};
  const std::string_view first = head_utf8(name, 1);
  std::string out(first);
  std::string_view rest = name.substr(first.size());
  while (!rest.empty()) {
    const std::string_view next = head_utf8(rest, 1);
    out += next == " " || next == "·" ? std::string(next) : "*";
    rest.remove_prefix(next.size());
  }
  return out;
}

std::string mask_document(std::string_view number) {
  std::string out(number);
  const bool national = number.size() == 18;
  const std::size_t from = national ? 6 : std::min<std::size_t>(1, out.size());
  const std::size_t until = national ? 14 : (out.size() > 2 ? out.size() - 2 : out.size());
  for (std::size_t i = from; i < until; ++i) out[i] = '*';
  return out;
}

std::string mask_phone(std::string_view phone) {
  std::string out(phone);
  for (std::size_t i = 0; i + 4 < out.size(); ++i)
    if (is_digit(out[i])) out[i] = '*';
  return out;
}

}  // namespace fx
