// Without these, a list could be called settled while somebody on it was never looked for.
#include <gtest/gtest.h>

#include "desks/investigation/area_list/commands.hpp"
#include "desks/investigation/area_list/facts.hpp"
#include "desks/investigation/testing/county.hpp"

namespace fx::investigation::testing {
namespace {

AreaListId list(std::uint64_t n) { return id<AreaListId>(6'000 + n); }
ListLineId line(std::uint64_t n) { return id<ListLineId>(7'000 + n); }

struct Lists : ::testing::Test, County {
  UnitId township = bench.unit(UnitKind::township);
  UnitId village = bench.unit(UnitKind::village, township);
  AccountId worker = bench.holder(township, Role::GRID);

  Lists() {
    bench.rules.set("F.key.enrol_h", 24);
    bench.now("2022-10-01 18:00");
  }
  template <class C>
  Answer as_worker(std::string_view operation, C c) {
    return bench.as(worker, township, {Role::GRID}).ask(operation, std::move(c));
  }
  Answer deliver(std::uint64_t n, std::int32_t lines) {
    return as_officer("deliver_list", DeliverList{list(n), ListKind::returnee, "city", township, lines, {}});
  }
  Answer load(std::uint64_t of, std::int32_t from, std::int32_t until) {
    LoadLines c{list(of), {}};
    for (std::int32_t n = from; n <= until; ++n) {
      const auto number = static_cast<std::uint64_t>(n);
      c.lines.push_back({line(number), n, person(number), {}});
    }
    return as_officer("load_lines", std::move(c));
  }
  Answer answer(std::uint64_t n, LineState outcome, bool proof = true,
                std::optional<LineClass> as = std::nullopt) {
    return as_worker(
        "answer_line",
        AnswerLine{line(n), outcome, {}, {}, proof ? std::optional(words("seen")) : std::nullopt, as, {}});
  }
  Answer settle(std::uint64_t n, LineClass as, std::optional<Instant> arrived = {}) {
    return as_worker("settle_line", SettleLine{line(n), as, village, arrived});
  }
  Answer close(std::uint64_t n) {
    return bench.as(worker, township, {Role::FRP}).ask("close_list", CloseList{list(n)});
  }
  const AreaList& row(std::uint64_t n) { return bench.get<AreaList>(list(n)); }
};

TEST_F(Lists, AreRegisteredOnceAndOnlyForATownship) {
  EXPECT_THAT(deliver(1, 3), happened("investigation.list_delivered"));
  EXPECT_THAT(deliver(1, 3), refused("R-LST-1"));
  EXPECT_THAT(as_officer("deliver_list", DeliverList{list(2), ListKind::telecom, "", village, 0, {}}),
              refused("F-SHAPE F-REF F-SHAPE"));
  EXPECT_THAT(as_officer("deliver_list",
                         DeliverList{list(2), ListKind::telecom, "x", township, 1, at("2022-10-02 18:00")}),
              refused("F-FUTURE"));
}

TEST_F(Lists, HaveEachLineOnceAndNamed) {
  deliver(1, 3);
  EXPECT_TRUE(load(1, 1, 2).refusals.empty());
  EXPECT_THAT(load(1, 2, 2), refused("R-LST-3"));
  EXPECT_THAT(load(1, 4, 4), refused("F-SHAPE")) << "more lines than the sender says";
  EXPECT_THAT(as_officer("load_lines", LoadLines{list(1), {{line(3), 3, {}, {}}}}), refused("R-LST-2"));
  EXPECT_THAT(
      as_officer("load_lines",
                 LoadLines{list(1), {{line(3), 3, {}, words("Li 139")}, {line(4), 3, person(4), {}}}}),
      refused("R-LST-3"));
  EXPECT_THAT(as_officer("load_lines", LoadLines{list(1), {{line(3), 3, {}, words("Li 139")}}}),
              happened("investigation.line_loaded"));
  EXPECT_TRUE(bench.get<ListLine>(line(3)).who.has_value()) << "kept as a text, never in the event";
}

TEST_F(Lists, TakeAThousandLinesAtOnceAndNoMore) {
  deliver(1, 2'000);
  EXPECT_TRUE(load(1, 1, 1'000).refusals.empty());
  EXPECT_THAT(load(1, 1'001, 2'001), refused("F-SHAPE"));
  EXPECT_EQ(row(1).to_check, 1'000);
  EXPECT_EQ(row(1).left, 2'000);
}

TEST_F(Lists, CloseOnlyWhenNobodyIsLeftToCheckOrToPersuade) {
  deliver(1, 3);
  load(1, 1, 2);
  EXPECT_THAT(answer(1, LineState::reached, false, LineClass::not_concerned),
              happened("investigation.line_answered investigation.line_settled"));
  EXPECT_THAT(answer(2, LineState::not_here, false), refused("R-LST-5"));
  EXPECT_THAT(answer(2, LineState::refused), happened("investigation.line_answered"));
  EXPECT_THAT(close(1), refused("R-LST-6")) << "one line is not loaded, one refused";
  load(1, 3, 3);
  answer(3, LineState::wrong_data);
  EXPECT_THAT(close(1), refused("R-LST-6")) << "refused is not settled";
  answer(2, LineState::reached);
  EXPECT_THAT(close(1), refused("R-LST-6")) << "reached, but as what?";
  EXPECT_THAT(settle(2, LineClass::high_risk_area),
              happened("investigation.line_settled investigation.list_settled"));
  const Answer closed = close(1);
  ASSERT_THAT(closed, happened("investigation.list_closed"));
  const auto& sum = closed.get<ListClosed>();
  EXPECT_EQ(sum.lines, sum.settled + sum.not_here + sum.wrong_data);
  EXPECT_THAT(close(1), refused("R-STATE"));
  EXPECT_THAT(answer(3, LineState::reached), refused("R-STATE")) << "a closed equation stays";
}

TEST_F(Lists, AnAnswerFoundWrongIsAnsweredAnew) {
  deliver(1, 2);
  load(1, 1, 2);
  answer(1, LineState::not_here);
  EXPECT_EQ(row(1).left, 1);
  answer(1, LineState::reached);
  EXPECT_EQ(row(1).left, 2);
  EXPECT_THAT(answer(1, LineState::to_check), refused("F-SHAPE"));
}

TEST_F(Lists, WhoWasThereTooLongUnreportedEscaped) {
  deliver(1, 3);
  load(1, 1, 3);
  bench.now("2022-10-02 15:30");
  for (const std::uint64_t n : {1U, 2U, 3U}) answer(n, LineState::reached);
  EXPECT_TRUE(settle(1, LineClass::high_risk_area, at("2022-09-30 20:00")).get<LineSettled>().escaped);
  EXPECT_FALSE(settle(2, LineClass::high_risk_area, at("2022-10-01 16:00")).get<LineSettled>().escaped);
  bench.now("2022-10-02 18:00");
  EXPECT_FALSE(settle(3, LineClass::not_concerned, at("2022-09-01 20:00")).get<LineSettled>().escaped);
  EXPECT_EQ(row(1).escaped, 1);
}

TEST_F(Lists, OnAListForMoreThanADayEscapedToo) {
  deliver(1, 1);
  load(1, 1, 1);
  bench.now("2022-10-02 18:01");
  answer(1, LineState::reached);
  EXPECT_TRUE(settle(1, LineClass::medium_risk_area).get<LineSettled>().escaped);
}

}  // namespace
}  // namespace fx::investigation::testing
