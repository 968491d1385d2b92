// Without these, a message cut in two by the network could be lost, or two of them read as one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/mllp/acknowledgement.hpp"
#include "api/mllp/frames.hpp"
#include "api/mllp/interfaces.hpp"

#include <rapidcheck/gtest.h>  // after gtest, which it does not include itself

namespace fx::mllp {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::size_t limit = 64;

Frame after(std::string_view bytes) {
  FrameReader frames(limit);
  frames.feed(bytes);
  return frames.next();
}

TEST(Frames, garbage_is_seen_wherever_it_stands) {
  using namespace std::string_view_literals;
  EXPECT_EQ(after("GET / HTTP/1.1"), Frame::garbled);
  EXPECT_EQ(after("\r\n\r\n"), Frame::more);
  EXPECT_EQ(after("\x0BMSH"), Frame::more);
  EXPECT_EQ(after("\x0BMSH\x1C"), Frame::more);
  EXPECT_EQ(after("\x0BMSH\x1C\r"), Frame::message);
  EXPECT_EQ(after("\r\n\x0BMSH\x1C\r"), Frame::message);
  EXPECT_EQ(after("\x0BMSH\x1C\n"), Frame::garbled) << "an end that is none";
  EXPECT_EQ(after("\x0BMSH\x0BMSH\x1C\r"), Frame::garbled) << "its end is missing";
  EXPECT_EQ(after("\x0B" + std::string(limit, 'x') + "\x1C\r"), Frame::message);
  EXPECT_EQ(after("\x0B" + std::string(limit + 1, 'x')), Frame::too_long);
  EXPECT_EQ(after("\x0B" + std::string(limit + 1, 'x') + "\x1C\r"), Frame::too_long);
  EXPECT_EQ(after("\0\x0BMSH"sv), Frame::garbled);
}

// Keeps: whatever pieces the network makes of them, the same messages come out in the same order.
RC_GTEST_PROP(Frames, come_out_as_they_went_in, ()) {
  const auto texts = *rc::gen::resize(6, rc::gen::container<std::vector<std::string>>(rc::gen::resize(
                                             20, rc::gen::container<std::string>(rc::gen::element<char>(
                                                     'M', 'S', 'H', '|', '\r', '\n', '\xE5')))));
  std::string wire;
  for (const std::string& text : texts) wire += framed(text);
  FrameReader frames(limit);
  std::vector<std::string> out;
  for (std::size_t at = 0; at < wire.size();) {
    const auto size = *rc::gen::inRange<std::size_t>(1, 9);
    frames.feed(std::string_view(wire).substr(at, size));
    at += size;
    while (frames.next() == Frame::message) out.push_back(frames.text());
  }
  RC_ASSERT(out == texts);
}

RC_GTEST_PROP(Frames, any_bytes_do_no_harm, ()) {
  FrameReader frames(limit);
  const auto pieces = *rc::gen::arbitrary<std::vector<std::string>>();
  for (const std::string& piece : pieces) {
    frames.feed(piece);
    Frame frame = frames.next();
    while (frame == Frame::message) frame = frames.next();
    if (frame != Frame::more) return;
  }
}

// ---- who may call --------------------------------------------------------------------------------------------------

TEST(Interfaces, are_read_and_every_fault_named) {
  const auto good = load_interfaces(
      "[[sender]]\napplication = \"QS5\"\nfacility = \"LAB1\"\naccount = \"qs5\"\nfrom = [\"10.2.0.0/16\", "
      "\"::1\"]\n"
      "[[sender]]\napplication = \"LIS\"\nfacility = \"CITY\"\naccount = \"lis\"\nkind = \"reports\"\n",
      "mllp.toml");
  ASSERT_TRUE(good);
  EXPECT_TRUE(may_call(good->front(), "10.2.255.1"));
  EXPECT_TRUE(may_call(good->front(), "::ffff:10.2.0.9"));
  EXPECT_TRUE(may_call(good->front(), "::1"));
  EXPECT_FALSE(may_call(good->front(), "10.3.0.1"));
  EXPECT_FALSE(may_call(good->front(), "nonsense"));
  EXPECT_TRUE(may_call(*good, "10.3.0.1")) << "the other one may call from anywhere";
  EXPECT_FALSE(good->back().instrument);
  const auto bad = load_interfaces(
      "[[sender]]\napplication = \"QS5\"\nfacility = \"LAB1\"\naccount = \"a\"\nfrom = "
      "[\"10.2.0.0/33\"]\nkind = \"x\"\n"
      "[[sender]]\napplication = \"QS5\"\nfacility = \"LAB1\"\nports = \"1\"\n",
      "mllp.toml");
  ASSERT_FALSE(bad);
  std::vector<std::string> paths;
  for (const Refusal& one : bad.error().list()) paths.push_back(one.path);
  EXPECT_EQ(paths.size(), 5U) << ::testing::PrintToString(paths);
}

// ---- what is answered ----------------------------------------------------------------------------------------------

TEST(Acknowledgement, names_segment_field_and_reason) {
  const importing::Hl7File file =
      importing::read_hl7_file(std::string_view("MSH|^~\\&|QS5|LAB1|FX|CDC|20220717224000+0800||OUL^R22|M|1|"
                                                "P|2.3.1\rSPM|1|X\rOBX|1|NM|N||x\rOBX|2|NM|N||y"));
  const importing::RowFaults faults{
      {4, "OBX", "OBX-5", "F-SHAPE", {"不是数", "no number | at all\r\nMSA|AA|"}},
      {2, "screening.record_wells", "/plate", "R-STATE", {"状态", "state"}}};
  const std::string what =
      api::what_became("M^1", api::Acknowledged::refused, faults, &file.messages.front());
  EXPECT_THAT(what,
              StartsWith("MSA|AE|M\\S\\1|OBX-5: no number \\F\\ at all  MSA\\F\\AA\\F\\ (and 1 more)\r"));
  EXPECT_THAT(
      what,
      HasSubstr("\rERR|OBX^2^5^102&Data type error&HL70357|OBX^2^5|102^Data type error^HL70357|E|F-SHAPE|"));
  EXPECT_THAT(what, HasSubstr("\rERR|SPM^1^207&Application internal error&HL70357|SPM^1|207^"));
  importing::Hl7Header asked = importing::header_of(file.messages.front().segments().front());
  const std::string all = api::acknowledgement(asked, what, *parse_instant("2022-07-17T22:41:00.123+08:00"));
  EXPECT_THAT(all, StartsWith("MSH|^~\\&|FX|CDC|QS5|LAB1|20220717224100+0800||ACK^R22^ACK|AM|1|2.5.1|"));
}

}  // namespace
}  // namespace fx::mllp
