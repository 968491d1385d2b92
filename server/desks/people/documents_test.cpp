// Without these, a mistyped number would make a second person of one, or a real one be sent away.
#include "desks/people/documents.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace fx::people {
namespace {

using enum DocumentType;

const Day today = *parse_day("2022-07-17");

std::optional<DocumentReading> resident(std::string_view number) {
  return read_document(resident_id, number, today);
}

TEST(ResidentId, KnownGoodSamplesAreRead) {
  const auto x = resident("11010519491231002X");
  ASSERT_TRUE(x);
  EXPECT_EQ(x->birth_day, parse_day("1949-12-31"));
  EXPECT_EQ(x->sex, Sex::female);
  const auto old = resident("440524188001010014");
  ASSERT_TRUE(old);
  EXPECT_EQ(old->birth_day, parse_day("1880-01-01"));
  EXPECT_EQ(old->sex, Sex::male);
  for (const char* demo :
       {"990121198604121130", "990121199301280243", "990122197909030573", "990121196807150485",
        "990121199102200351", "990121197506300667", "990121196205110814", "99012120010917004X"}) {
    const auto reading = resident(demo);
    ASSERT_TRUE(reading) << demo;
    EXPECT_THAT(reading->warnings, ::testing::IsEmpty()) << demo;
  }
}

TEST(ResidentId, OfAPersonWhoCannotBeIsRefused) {
  EXPECT_FALSE(resident("110105194912310021"));  // check character
  EXPECT_FALSE(resident("110105194902290010"));  // 29 February 1949
  EXPECT_FALSE(resident("990121202207180013"));  // born tomorrow
  EXPECT_FALSE(resident("11010519491231002"));   // too short
  EXPECT_FALSE(resident("11010519491231002XX"));
  EXPECT_FALSE(resident("1101O519491231002X"));  // a letter O
  EXPECT_FALSE(resident(""));
}

TEST(ResidentId, BornTodayIsAPerson) {
  const std::string number = std::string("99012120220717001") + check_character("99012120220717001");
  EXPECT_TRUE(resident(number));
}

TEST(ResidentId, IsReadHoweverItIsTyped) {
  EXPECT_EQ(resident(" 110105 19491231 002x ")->number, "11010519491231002X");
  EXPECT_EQ(resident("110105-19491231-002x")->number, "11010519491231002X");
}

TEST(ResidentId, OfFifteenDigitsBecomesEighteenAndKeepsTheOld) {
  const auto reading = resident("110105491231002");
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->number, "11010519491231002X");
  EXPECT_EQ(reading->alias, "110105491231002");
  EXPECT_EQ(reading->sex, Sex::female);
  EXPECT_FALSE(resident("110105490229002"));
  EXPECT_FALSE(resident("11010549123100X"));
}

TEST(ResidentId, OfAnUnknownAreaOnlyWarns) {
  const std::string number = std::string("00010119900101001") + check_character("00010119900101001");
  ASSERT_TRUE(resident(number));
  EXPECT_THAT(resident(number)->warnings, ::testing::ElementsAre("area_unknown"));
}

TEST(Permits, AreReadAsTheirIssuersPrintThem) {
  const auto with_check = [](std::string seventeen) { return seventeen + check_character(seventeen); };
  const auto fits = [](DocumentType type, std::string_view number) {
    return read_document(type, number, today).has_value();
  };
  EXPECT_TRUE(fits(residence_permit, with_check("81000019940823002")));
  EXPECT_TRUE(fits(residence_permit, with_check("83000019990101001")));
  EXPECT_FALSE(fits(residence_permit, "11010519491231002X"));  // no such prefix
  EXPECT_TRUE(fits(hkm_travel_permit, "h12345678"));
  EXPECT_TRUE(fits(hkm_travel_permit, "M1234567800"));
  EXPECT_FALSE(fits(hkm_travel_permit, "T12345678"));
  EXPECT_FALSE(fits(hkm_travel_permit, "H1234567"));
  EXPECT_TRUE(fits(taiwan_travel_permit, "12345678"));
  EXPECT_FALSE(fits(taiwan_travel_permit, "1234567A"));
  EXPECT_TRUE(fits(passport, "e12345678"));
  EXPECT_FALSE(fits(passport, "E123"));
  EXPECT_FALSE(fits(passport, "E1234567é"));
  EXPECT_TRUE(fits(foreign_permanent, "USA123456789012"));
  EXPECT_TRUE(fits(foreign_permanent, with_check("91115619880101001")));
  EXPECT_FALSE(fits(foreign_permanent, "911156198801010010"));
  EXPECT_TRUE(fits(birth_certificate, "A123456789"));
  EXPECT_FALSE(fits(birth_certificate, "1234567890"));
  EXPECT_TRUE(fits(other, "whatever is printed"));
  EXPECT_FALSE(fits(other, "  "));
}

TEST(Permits, OfForeignersTellTheirProvinceAfterTheNine) {
  const std::string beijing = std::string("91115619880101001") + check_character("91115619880101001");
  EXPECT_THAT(read_document(foreign_permanent, beijing, today)->warnings, ::testing::IsEmpty());
}

std::string any_number() {
  const Day birth{*rc::gen::inRange(-7'000, today.days + 1)};
  std::string day = format(birth);
  std::erase(day, '-');
  std::string number = *rc::gen::element<std::string>("110105", "990121", "440524", "130102") + day;
  for (int i = 0; i < 3; ++i) number += static_cast<char>('0' + *rc::gen::inRange(0, 10));
  return number + check_character(number);
}

RC_GTEST_PROP(ResidentId, EveryWellFormedNumberIsReadAsItself, ()) {
  const std::string number = any_number();
  const auto reading = resident(number);
  RC_ASSERT(reading.has_value());
  RC_ASSERT(reading->number == number);
  std::string born = format(*reading->birth_day);
  std::erase(born, '-');
  RC_ASSERT(born == number.substr(6, 8));
}

/// What the check character is for: one wrong digit, or two neighbours swapped, never passes for another person.
RC_GTEST_PROP(ResidentId, NoSingleSlipPasses, ()) {
  std::string number = any_number();
  const auto at = *rc::gen::inRange<std::size_t>(0, 17);
  if (*rc::gen::arbitrary<bool>()) {
    number[at] = static_cast<char>('0' + (number[at] - '0' + *rc::gen::inRange(1, 10)) % 10);
  } else {
    RC_PRE(at < 16 && number[at] != number[at + 1]);
    std::swap(number[at], number[at + 1]);
  }
  RC_ASSERT(!resident(number));
}

RC_GTEST_PROP(Documents, NoTextBreaksTheReader, ()) {
  const auto type = *rc::gen::element(resident_id, residence_permit, hkm_travel_permit, taiwan_travel_permit,
                                      passport, foreign_permanent, birth_certificate, military_id, other);
  const auto text = *rc::gen::arbitrary<std::string>();
  const auto reading = read_document(type, text, today);
  if (reading)
    RC_ASSERT(read_document(type, reading->number, today)->number == reading->number);  // its own normal form
}

}  // namespace
}  // namespace fx::people
