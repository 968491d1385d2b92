#include "importing/text_encoding.hpp"

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace fx::importing {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

Refusal undecodable(std::size_t at, const char* zh, const char* en) {
  return Refusal{
      .code = "F-ENCODING",
      .say = {.zh = fmt::format("文件无法解码：第 {} 字节（从 0 起）{}", at, zh),
              .en = fmt::format("the file cannot be decoded: byte {} (counted from 0) {}", at, en)},
      .path = fmt::format("byte {}", at)};
}

Refusal neither(std::size_t at) {
  return undecodable(at, "既不是 UTF-8 也不是 GB18030", "is neither UTF-8 nor GB18030");
}

/// Length of the well-formed character at `at`, 0 if there is none.
std::size_t utf8_length_at(std::string_view bytes, std::size_t at) {
  const auto lead = static_cast<unsigned char>(bytes[at]);
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xC2 ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
  if (length <= 1) return length;
  return at + length <= bytes.size() && valid_utf8(bytes.substr(at, length)) ? length : 0;
}

struct Utf8Look {
  std::optional<std::size_t> first_bad;
  std::size_t good = 0;  ///< characters of two and more bytes
  std::size_t bad = 0;   ///< bytes that belong to none
};

Utf8Look look_for_utf8(std::string_view bytes) {
  Utf8Look look;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = utf8_length_at(bytes, at);
    if (length == 0) {
      if (!look.first_bad) look.first_bad = at;
      ++look.bad;
    }
    if (length > 1) ++look.good;
    at += std::max<std::size_t>(length, 1);
  }
  return look;
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

Result<std::string> from_gb18030(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open("gb18030", &status));
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  FX_ASSERT(U_SUCCESS(status), "ICU carries GB18030");
  std::string out;
  std::vector<char16_t> page(16384);
  const char* from = bytes.data();
  const char* const end = from + bytes.size();
  do {
    char16_t* to = page.data();
    status = U_ZERO_ERROR;
    ucnv_toUnicode(converter.get(), &to, page.data() + page.size(), &from, end, nullptr, 1, &status);
    icu::UnicodeString(page.data(), static_cast<std::int32_t>(to - page.data())).toUTF8String(out);
    if (U_FAILURE(status) != 0 && status != U_BUFFER_OVERFLOW_ERROR) {
      char unused[16];
      std::int8_t length = sizeof unused;
      UErrorCode asked = U_ZERO_ERROR;
      ucnv_getInvalidChars(converter.get(), unused, &length, &asked);
      const auto read = static_cast<std::size_t>(from - bytes.data());
      return neither(read - std::min<std::size_t>(read, static_cast<std::size_t>(length)));
    }
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  return out;
}

/// As ICU reads it: what is no character becomes U+FFFD.
std::string converted(std::string_view bytes, const char* encoding) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open(encoding, &status));
  FX_ASSERT(U_SUCCESS(status), "ICU carries what is read here");
  std::string out;
  icu::UnicodeString(bytes.data(), static_cast<std::int32_t>(bytes.size()), converter.get(), status)
      .toUTF8String(out);
  return out;
}

std::string mended(std::string_view bytes, const char* encoding) {
  std::string out;
  for (const char c : converted(bytes, encoding)) {
    if (c == '\0')
      out += no_text;
    else
      out.push_back(c);
  }
  return out;
}

std::size_t times_in(std::string_view text, std::string_view part) {
  std::size_t times = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size()))
    ++times;
  return times;
}

}  // namespace

Result<DecodedText> decode_text(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return undecodable(0, "是 UTF-16 标记，请另存为 UTF-8", "begins UTF-16; save it as UTF-8");
  }
  const bool marked = bytes.starts_with(byte_order_mark);
  const std::size_t skipped = marked ? byte_order_mark.size() : 0;
  bytes.remove_prefix(skipped);
  if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
    return undecodable(nul + skipped, "是空字符，文本中不应出现", "is NUL, which no text holds");
  }
  const Utf8Look look = look_for_utf8(bytes);
  if (!look.first_bad) {
    return DecodedText{.utf8 = std::string(bytes), .encoding = marked ? Encoding::utf8_bom : Encoding::utf8};
  }
  if (marked || look.good > 4 * look.bad) {
    return undecodable(*look.first_bad + skipped, "不是有效的 UTF-8", "is not valid UTF-8");
  }
  Result<std::string> converted = from_gb18030(bytes);
  if (!converted) return converted.error();
  return DecodedText{.utf8 = *std::move(converted), .encoding = Encoding::gb18030};
}

std::string mend_text(std::string_view bytes) {
  if (bytes.starts_with(byte_order_mark)) return mended(bytes.substr(byte_order_mark.size()), "utf-8");
  const Utf8Look look = look_for_utf8(bytes);
  std::string as_utf8 = mended(bytes, "utf-8");
  if (look.good >= look.bad) return as_utf8;
  std::string as_gb18030 = mended(bytes, "gb18030");
  return times_in(as_gb18030, no_text) < times_in(as_utf8, no_text) ? as_gb18030 : as_utf8;
}

std::string from_windows_1252(std::string_view bytes) { return converted(bytes, "windows-1252"); }

}  // namespace fx::importing
