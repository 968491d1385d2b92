#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace fx::importing {

enum class Encoding { utf8, utf8_bom, gb18030 };

struct DecodedText {
  std::string utf8;  ///< without byte order mark
  Encoding encoding = Encoding::utf8;
};

/// Reads the bytes of a text file.
/// Gives    UTF-8, from UTF-8 with or without byte order mark or from GB18030
/// Refuses  F-ENCODING, path "byte N" (counted from 0): the first byte that is not text. A file that is UTF-8
/// for the
///          most part is judged as UTF-8: GB18030 would read one broken byte in it as a page of wrong
///          characters.
/// Keeps    what is valid UTF-8 comes through unchanged
Result<DecodedText> decode_text(std::string_view bytes);

/// Stands in mended text for what was no text: U+FFFD.
inline constexpr std::string_view no_text = "\xEF\xBF\xBD";

/// What decode_text refuses, as far as it is text: `no_text` stands for bytes that are no character and for NUL. Read as UTF-8
/// or as GB18030, whichever leaves less unread.
std::string mend_text(std::string_view bytes);

/// Bytes of Western Europe (Windows-1252, which holds ISO 8859-1) as UTF-8: every byte is a character, so only who knows
/// better may call it.
std::string from_windows_1252(std::string_view bytes);

}  // namespace fx::importing
