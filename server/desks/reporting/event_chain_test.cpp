// Without these, a level of government could be left out of the chain, or two could take the same step.
#include "desks/reporting/testing/office.hpp"

namespace fx::reporting::testing {
namespace {

TEST(EventChain, ClimbsLevelByLevelEachFromItsOwnReceipt) {
  Office o;
  ASSERT_THAT(o.expect_event(1), happened("reporting.event_report_expected"));
  EXPECT_EQ(o.chain(1).county, o.command_post);
  EXPECT_TRUE(o.bench.was_subject(o.chain(1).id.raw));
  EXPECT_THAT(o.expect_event(1), happened(""));
  ASSERT_THAT(o.tell(1), happened("reporting.event_reported"));
  EXPECT_EQ(o.bench.place(), o.hospital);
  EXPECT_EQ(o.chain(1).next_unit, o.authority);
  o.bench.now("2022-07-18 01:05");
  const auto received = o.receive(1, o.authority);
  ASSERT_THAT(received, happened("reporting.event_received"));
  EXPECT_EQ(received.get<EventReceived>().level, ChainLevel::county_ha);
  EXPECT_EQ(received.get<EventReceived>().next_unit,
            o.command_post);  // no government of its own is registered
  EXPECT_TRUE(o.bench.was_subject(o.chain(1).id.raw));
  EXPECT_THAT(o.receive(1, o.authority), refused("R-CHN-1"));
  EXPECT_THAT(o.receive(1, o.city), refused("R-CHN-1"));  // not past the county
  o.receive(1, o.command_post);
  o.receive(1, o.city);
  const auto top = o.receive(1, o.province);
  EXPECT_EQ(top.get<EventReceived>().level, ChainLevel::province);
  EXPECT_EQ(top.get<EventReceived>().next_unit, std::nullopt);  // the nation has no unit here
  EXPECT_THAT(o.receive(1, o.province), refused("F-REF"));
  EXPECT_EQ(o.chain(1).receipts.size(), 4U);
  EXPECT_EQ(o.chain(1).receipts.front().at, at("2022-07-18 01:05"));
}

TEST(EventChain, IsReportedOnceAndInWords) {
  Office o;
  EXPECT_THAT(o.tell(1), refused("F-REF"));
  o.expect_event(1);
  EXPECT_THAT(o.as_doctor("report_event", ReportEvent{case_id(1), words("")}), refused("F-SHAPE"));
  o.tell(1);
  EXPECT_THAT(o.tell(1), refused("R-STATE"));
}

TEST(EventChain, MayBeReceivedByTelephoneBeforeItIsWritten) {
  Office o;
  o.expect_event(1);
  EXPECT_THAT(o.receive(1, o.authority), happened("reporting.event_received"));
  EXPECT_THAT(o.tell(1), happened("reporting.event_reported"));
  EXPECT_EQ(o.chain(1).reached, ChainLevel::county_ha);
  EXPECT_EQ(o.chain(1).next_unit, o.command_post);  // the late paper does not turn the chain back
}

TEST(EventChain, EndsWithThePositiveUnlessSomebodyHasHeardOfIt) {
  Office o;
  o.expect_event(1);
  ASSERT_THAT(o.cancel_event(1), happened("reporting.event_report_cancelled"));
  EXPECT_TRUE(o.bench.was_subject(o.chain(1).id.raw));
  EXPECT_THAT(o.cancel_event(1), happened(""));
  EXPECT_THAT(o.tell(1), refused("R-STATE"));
  EXPECT_THAT(o.receive(1, o.authority), refused("R-STATE"));
  EXPECT_THAT(o.expect_event(1), happened("reporting.event_report_expected"));  // the case stays after all
  o.receive(1, o.authority);
  EXPECT_THAT(o.cancel_event(1), happened(""));
  EXPECT_THAT(o.receive(1, o.command_post), happened("reporting.event_received"));
}

}  // namespace
}  // namespace fx::reporting::testing
