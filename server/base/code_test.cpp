// Without these, a mistyped or badly printed tube code could name another person's tube.
#include "base/code.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace fx {
namespace {

Code any_code() {
  return {*rc::gen::element('T', 'B', 'R', 'P', 'A'), *rc::gen::inRange<std::uint64_t>(0, most_codes)};
}

TEST(Code, IsWrittenAsALetterEightSymbolsAndACheck) {
  EXPECT_EQ(write_code({'T', 0}), "T000000000");
  EXPECT_EQ(write_code({'T', 32}), "T00000010*");    // 32 mod 37 is the first check-only symbol
  EXPECT_EQ(write_code({'B', 1234}), "B0000016JD");  // Crockford's own example: 1234 is 16J, check D
}

TEST(Code, IsReadAsPeopleTypeIt) {
  EXPECT_EQ(read_code("t0000-016j-d", 'T'), (Code{'T', 1234}));
  EXPECT_EQ(read_code("TOOOOOI6JD", 'T'), (Code{'T', 1234}));
  EXPECT_EQ(normal_code("b 0000016jd", 'B'), "B0000016JD");
}

TEST(Code, OfAnotherKindOrLengthIsNoCode) {
  for (const auto* text : {"", "T", "B0000016JD", "T0000016J", "T0000016JDD", "T000U016JD", "T0000016J1"})
    EXPECT_EQ(read_code(text, 'T'), std::nullopt) << text;
}

RC_GTEST_PROP(Code, ReadsWhatItWrote, ()) {
  const Code code = any_code();
  RC_ASSERT(read_code(write_code(code), code.kind) == code);
}

RC_GTEST_PROP(Code, NoticesOneWrongSymbol, ()) {
  const Code code = any_code();
  std::string text = write_code(code);
  const auto at = *rc::gen::inRange<std::size_t>(1, text.size());
  const char wrong = *rc::gen::elementOf(std::string("0123456789ABCDEFGHJKMNPQRSTVWXYZ"));
  RC_PRE(text[at] != wrong);
  text[at] = wrong;
  RC_ASSERT(!read_code(text, code.kind));
}

RC_GTEST_PROP(Code, NoticesSwappedNeighbours, ()) {
  const Code code = any_code();
  std::string text = write_code(code);
  const auto at = *rc::gen::inRange<std::size_t>(1, text.size() - 2);
  RC_PRE(text[at] != text[at + 1]);
  std::swap(text[at], text[at + 1]);
  RC_ASSERT(!read_code(text, code.kind));
}

}  // namespace
}  // namespace fx
