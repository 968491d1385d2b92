#include "base/code.hpp"

#include "base/assert.hpp"

namespace fx {
namespace {

// Crockford: no I, L, O, U; the last five are check symbols only.
constexpr std::string_view symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";
constexpr std::size_t length = 8;
constexpr std::uint64_t check_modulus = 37;

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// Value of a symbol below `limit`.
std::optional<std::uint64_t> value_of(char c, std::uint64_t limit) {
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  const auto at = symbols.find(c);
  if (at == std::string_view::npos || at >= limit) return std::nullopt;
  return at;
}

std::string bare(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != '-' && c != ' ') out += upper(c);
  return out;
}

}  // namespace

std::string write_code(Code code) {
  FX_ASSERT(code.number < most_codes, "a code has eight symbols");
  std::string out(1 + length, code.kind);
  std::uint64_t rest = code.number;
  for (std::size_t i = length; i > 0; --i) {
    out[i] = symbols[rest & 31];
    rest >>= 5;
  }
  return out + symbols[code.number % check_modulus];
}

std::optional<Code> read_code(std::string_view text, char kind) {
  const std::string code = bare(text);
  if (code.size() != length + 2 || code.front() != kind) return std::nullopt;
  Code out{kind, 0};
  for (std::size_t i = 1; i <= length; ++i) {
    const auto value = value_of(code[i], 32);
    if (!value) return std::nullopt;
    out.number = (out.number << 5) | *value;
  }
  if (value_of(code.back(), check_modulus) != out.number % check_modulus) return std::nullopt;
  return out;
}

std::optional<std::string> normal_code(std::string_view text, char kind) {
  const auto code = read_code(text, kind);
  if (!code) return std::nullopt;
  return write_code(*code);
}

}  // namespace fx
