// Without this, a blank inside a name would tear a statement apart.
#include "scenario/words.hpp"

#include <gmock/gmock.h>

namespace fx::scenario {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;

TEST(Words, AreSplitAtBlanksOutsideOfQuotesAndBrackets) {
  EXPECT_THAT(words_of("18:25  nurse\tscreening.seal_tube tube=T\r"),
              Optional(ElementsAre("18:25", "nurse", "screening.seal_tube", "tube=T")));
  EXPECT_THAT(words_of(R"(a note="two words" [x, y] {"k": "v w"})"),
              Optional(ElementsAre("a", R"(note="two words")", "[x, y]", R"({"k": "v w"})")));
  EXPECT_THAT(words_of(""), Optional(ElementsAre()));
}

TEST(Words, EndWhereACommentBegins) {
  EXPECT_THAT(words_of("# all of it"), Optional(ElementsAre()));
  EXPECT_THAT(words_of("22:55 clock # and then"), Optional(ElementsAre("22:55", "clock")));
  EXPECT_THAT(words_of(R"(a=b#c "# in quotes" [# in brackets])"),
              Optional(ElementsAre("a=b#c", R"("# in quotes")", "[# in brackets]")));
}

TEST(Words, NeedTheirQuotesAndBracketsClosed) {
  EXPECT_EQ(words_of(R"(person p "Li)"), std::nullopt);
  EXPECT_EQ(words_of("tubes=[T1,T2"), std::nullopt);
  EXPECT_EQ(words_of("tubes=T1]"), std::nullopt);
}

TEST(Words, OfAPairAreDividedAtTheFirstEqualsSign) {
  EXPECT_EQ(pair_of("note=a=b"), (std::pair<std::string, std::string>("note", "a=b")));
  EXPECT_EQ(pair_of("field="), (std::pair<std::string, std::string>("field", "")));
  EXPECT_EQ(pair_of("=b"), std::nullopt);
  EXPECT_EQ(pair_of("word"), std::nullopt);
}

TEST(Words, OfTime) {
  for (const auto* time : {"00:00", "24:00", "2022-07-17 22:40"}) EXPECT_TRUE(is_time(time)) << time;
  for (const auto* no :
       {"", "24:01", "9:00", "2022-07-17", "2022-02-30 10:00", "2022-07-17 noon", "17.7. 22:40"})
    EXPECT_FALSE(is_time(no)) << no;
}

}  // namespace
}  // namespace fx::scenario
