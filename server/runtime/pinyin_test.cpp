#include "runtime/pinyin.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace fx::runtime {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

// Without this, a clerk who types "zw" would not find 张伟.
TEST(Pinyin, initials_of_common_names) {
  EXPECT_THAT(pinyin_initials("张伟"), ElementsAre("zw"));
  EXPECT_THAT(pinyin_initials("王桂兰"), ElementsAre("wgl"));
  EXPECT_THAT(pinyin_initials("欧阳修"), ElementsAre("oyx"));
  EXPECT_THAT(pinyin_initials("诸葛亮"), ElementsAre("zgl"));
  EXPECT_THAT(pinyin_initials("阿卜杜拉·买买提"), ElementsAre("abdlmmt"));
}

// Without this, people whose surname reads differently would be found by half of those who search.
TEST(Pinyin, both_readings_of_a_surname) {
  EXPECT_THAT(pinyin_initials("曾国藩"), ElementsAre("cgf", "zgf"));
  EXPECT_THAT(pinyin_initials("仇英"), ElementsAre("cy", "qy"));
  EXPECT_THAT(pinyin_initials("单雄信"), ElementsAre("dxx", "sxx"));
  EXPECT_THAT(pinyin_initials("解放"), Contains("xf"));
  EXPECT_THAT(pinyin_initials("尉迟恭"), ElementsAre("wcg", "ycg"));
}

TEST(Pinyin, latin_names_and_texts_without_letters) {
  EXPECT_THAT(pinyin_initials("Zhang Wei"), ElementsAre("zw"));
  EXPECT_THAT(pinyin_initials("ＺＨＡＮＧ　Wei"), ElementsAre("zw"));
  EXPECT_THAT(pinyin_initials("Émile O'Neil"), Contains("eon"));
  EXPECT_THAT(pinyin_initials(""), IsEmpty());
  EXPECT_THAT(pinyin_initials("123 —"), IsEmpty());
}

// Without this, any text an import brings could break the search index.
RC_GTEST_PROP(Pinyin, never_more_than_four_and_only_lower_case_letters, (std::string any)) {
  const std::vector<std::string> all = pinyin_initials(any);
  RC_ASSERT(all.size() <= 4);
  for (const std::string& one : all) {
    for (const char c : one) RC_ASSERT(c >= 'a' && c <= 'z');
  }
  (void)search_text(TokenKind::name, any);
}

// Without this, the same person typed with full-width digits or blanks would be another person.
TEST(SearchText, folds_what_people_type_differently) {
  EXPECT_EQ(search_text(TokenKind::document_number, " 11010519491231002x "), "11010519491231002X");
  EXPECT_EQ(search_text(TokenKind::document_number, "１１０１０５ 19491231 002Ｘ"), "11010519491231002X");
  EXPECT_EQ(search_text(TokenKind::document_last4, "11010519491231002x"), "002X");
  EXPECT_EQ(search_text(TokenKind::phone_last4, "+86 138-0013-8000"), "8000");
  EXPECT_EQ(search_text(TokenKind::phone_last4, "138"), "");
  EXPECT_EQ(search_text(TokenKind::name, " 张　伟 "), "张伟");
  EXPECT_EQ(search_text(TokenKind::name, "买买提·阿不都"), search_text(TokenKind::name, "买买提•阿不都"));
  EXPECT_EQ(search_text(TokenKind::name, "Zhang WEI"), "zhangwei");
  EXPECT_EQ(search_text(TokenKind::pinyin_initials, "ZW"), "zw");
}

}  // namespace
}  // namespace fx::runtime
