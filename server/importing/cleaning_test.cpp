#include "importing/cleaning.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.hpp"

namespace fx::importing {
namespace {

// Without these, what looks the same on a screen would be two people in the ledger.
TEST(Cleaning, blanks_and_marks_nobody_sees) {
  EXPECT_EQ(clean_text("  张伟　").value, "张伟");
  EXPECT_EQ(clean_text("\xEF\xBB\xBF张\xE2\x80\x8B伟").value, "张伟");
  EXPECT_EQ(clean_text("石桥村\t3组\r\n12号").value, "石桥村 3组 12号");
  EXPECT_EQ(clean_text("a  b").value, "a b");
  EXPECT_EQ(clean_text("\xE2\x80\xAE伟张").value, "伟张") << "a mark that turns the writing round";
  EXPECT_FALSE(clean_text("a b").changed());
  EXPECT_TRUE(clean_text(" a").done.zh.contains("首尾空格"));
  EXPECT_EQ(clean_text("１２号楼（东）").value, "12号楼（东）")
      << "brackets of full width belong to Chinese writing";
}

TEST(Cleaning, names) {
  EXPECT_EQ(clean_name("张 伟").value, "张伟");
  EXPECT_EQ(clean_name("张　　伟").value, "张伟");
  EXPECT_EQ(clean_name("买买提•吐尔逊").value, "买买提·吐尔逊");
  EXPECT_EQ(clean_name("买买提 ． 吐尔逊").value, "买买提·吐尔逊");
  EXPECT_EQ(clean_name("买买提·吐尔逊").changed(), false);
  EXPECT_EQ(clean_name("John  Smith").value, "John Smith") << "Latin names keep their blank";
}

TEST(Cleaning, document_numbers) {
  EXPECT_EQ(clean_document("'99012119860412113x").value, "99012119860412113X");
  EXPECT_EQ(clean_document("９９０１２１１９８６０４１２１１３０").value, "990121198604121130");
  EXPECT_EQ(clean_document("990121 19860412 1130").value, "990121198604121130");
  EXPECT_EQ(clean_document("9.9012119860412113E+17").value, "9.9012119860412113E+17")
      << "one digit short: not guessed";
  EXPECT_TRUE(lost_digits("9.90121E+17"));
  EXPECT_FALSE(lost_digits("990121198604121130"));
  EXPECT_FALSE(lost_digits("E12345678")) << "a passport";
}

TEST(Cleaning, telephones) {
  EXPECT_EQ(clean_phone("+86 138-0013-8000").value, "13800138000");
  EXPECT_EQ(clean_phone("008613800138000").value, "13800138000");
  EXPECT_EQ(clean_phone("1.3800138E+10").value, "1.3800138E+10");
  EXPECT_EQ(clean_phone("1.3800138123E+10").value, "13800138123") << "all digits are there";
  EXPECT_EQ(clean_phone("13800138000.0").value, "13800138000");
  EXPECT_EQ(clean_phone("(0311) 8888-1234").value, "031188881234");
  EXPECT_TRUE(is_phone("13800138000"));
  EXPECT_FALSE(is_phone("问村长"));
}

TEST(Cleaning, serial_days) {
  EXPECT_TRUE(is_serial_day("44759"));
  EXPECT_TRUE(is_serial_day("44759.375"));
  EXPECT_FALSE(is_serial_day("2022"));
  EXPECT_FALSE(is_serial_day("20220717"));
}

RC_GTEST_PROP(Cleaning, is_done_once_and_never_breaks_text, (const std::string& bytes)) {
  for (const auto clean : {clean_text, clean_name, clean_code, clean_document, clean_phone}) {
    const Cleaned once = clean(bytes);
    RC_ASSERT(valid_utf8(once.value));
    RC_ASSERT(clean(once.value).value == once.value);
  }
}

}  // namespace
}  // namespace fx::importing
