#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/crypto.hpp"

namespace fx::runtime {

/// Initials by which a person can be searched, lower-case: 张伟 → {"zw"}. A surname that reads differently
/// from its common use gives both (曾国藩 → "cgf", "zgf"), since whoever types may know either. Latin names
/// give the initials of their words. At most four, sorted, none twice; none for a text without letters.
std::vector<std::string> pinyin_initials(std::string_view name);

/// The form in which a text of this kind is made into a token, so that what is typed meets what is stored:
/// full-width and compatibility forms folded (NFKC), blanks and separators dropped, lower case (document
/// numbers upper case). The two "last four" kinds take the full number and keep its last four characters;
/// shorter numbers give nothing.
std::string search_text(TokenKind kind, std::string_view text);

}  // namespace fx::runtime
