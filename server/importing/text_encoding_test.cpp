#include "importing/text_encoding.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unicode/ucnv.h>

#include "base/text.hpp"

namespace fx::importing {
namespace {

std::string gb18030(const std::string& utf8) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out(utf8.size() * 4 + 16, '\0');
  const std::int32_t n = ucnv_convert("gb18030", "utf-8", out.data(), static_cast<std::int32_t>(out.size()),
                                      utf8.data(), static_cast<std::int32_t>(utf8.size()), &status);
  EXPECT_TRUE(U_SUCCESS(status));
  out.resize(static_cast<std::size_t>(n));
  return out;
}

std::string refused_at(std::string_view bytes) {
  const auto read = decode_text(bytes);
  if (read) return "read as " + read->utf8;
  EXPECT_EQ(read.error().list().size(), 1U);
  EXPECT_EQ(read.error().list().front().code, "F-ENCODING");
  return read.error().list().front().path;
}

// Without this, files from Excel and from older systems would come in as wrong characters.
TEST(TextEncoding, reads_utf8_with_and_without_mark_and_gb18030) {
  const auto plain = decode_text("姓名,张伟\n");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->utf8, "姓名,张伟\n");
  EXPECT_EQ(plain->encoding, Encoding::utf8);
  const auto marked = decode_text("\xEF\xBB\xBF姓名");
  ASSERT_TRUE(marked);
  EXPECT_EQ(marked->utf8, "姓名");
  EXPECT_EQ(marked->encoding, Encoding::utf8_bom);
  const std::string text = "姓名,㐀𠮷田,王小明\r\n北岭市,示范路3号\r\n";  // also four-byte characters
  const auto gb = decode_text(gb18030(text));
  ASSERT_TRUE(gb);
  EXPECT_EQ(gb->utf8, text);
  EXPECT_EQ(gb->encoding, Encoding::gb18030);
  EXPECT_EQ(decode_text("")->utf8, "");
}

// Without this, a photograph named .csv, or a cut download, would be imported as people.
TEST(TextEncoding, names_the_byte_that_is_not_text) {
  EXPECT_EQ(refused_at(std::string("abc\0def", 7)), "byte 3");
  EXPECT_EQ(refused_at("\xFF\xFE\x31\x00"), "byte 0");
  EXPECT_EQ(refused_at("\xEF\xBB\xBF"
                       "ab\xFF"),
            "byte 5");
  EXPECT_EQ(refused_at("ab\xFF\xFF"), "byte 2");
  EXPECT_EQ(refused_at(gb18030("张伟") + "\x81"), "byte 4") << "cut in the middle of a character";
}

// Without this, one broken byte in a UTF-8 file would turn all of it into other Chinese characters.
TEST(TextEncoding, a_damaged_utf8_file_is_not_taken_for_gb18030) {
  std::string text = "姓名,地址\n张伟,北岭市示范路三号\n李娜,林溪县人民路\n";
  text[7 + 10] = '\x20';  // inside 张伟
  const std::string where = refused_at(text);
  EXPECT_TRUE(where == "byte 14" || where == "byte 15" || where == "byte 16" || where == "byte 18") << where;
}

RC_GTEST_PROP(TextEncoding, what_it_gives_is_utf8_and_utf8_comes_through, (std::string bytes)) {
  const auto read = decode_text(bytes);
  if (read) RC_ASSERT(valid_utf8(read->utf8));
  if (valid_utf8(bytes) && bytes.find('\0') == std::string::npos && !bytes.starts_with("\xEF\xBB\xBF")) {
    RC_ASSERT(read.has_value());
    RC_ASSERT(read->utf8 == bytes);
  }
}

RC_GTEST_PROP(TextEncoding, gb18030_comes_back, ()) {
  // At least one pair that is not UTF-8, else the bytes may be both.
  const auto signs = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("张", "伟", "疫", "情", "县", "a", ",", "\n", "𠮷")));
  std::string text = "测试";
  for (const std::string& sign : signs) text += sign;
  const auto read = decode_text(gb18030(text));
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->utf8 == text);
}

}  // namespace
}  // namespace fx::importing
