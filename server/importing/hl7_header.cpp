#include "importing/hl7_header.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace fx::importing {
namespace {

constexpr std::array<std::string_view, 2> supported_versions = {"2.3.1", "2.5.1"};

void judge_kind(const Hl7Segment& msh, const std::string& kind, std::initializer_list<std::string_view> kinds,
                Hl7Notes& notes) {
  if (std::ranges::find(kinds, kind) != kinds.end()) return;
  const std::string wanted = join(std::vector<std::string>(kinds.begin(), kinds.end()), ", ");
  notes.fault(msh, 9, "F-REF", "消息类型应为 " + wanted + "，实为 " + kind,
              "message type " + wanted + " expected, found " + kind);
}

void judge_version(const Hl7Segment& msh, const std::string& version, Hl7Notes& notes) {
  if (version.empty()) {
    notes.missing(msh, 12, "版本号", "the version");
  } else if (std::ranges::find(supported_versions, version) == supported_versions.end()) {
    notes.fault(msh, 12, "F-REF", "不支持版本 " + version + "，可用 2.3.1、2.5.1",
                "version " + version + " is not read; 2.3.1 and 2.5.1 are");
  }
}

Instant judge_time(const Hl7Segment& msh, Hl7Notes& notes) {
  if (msh.text(7).empty()) {
    notes.missing(msh, 7, "消息时间", "the time of the message");
    return {};
  }
  if (const auto at = notes.time(msh, 7, msh.field(7))) return *at;
  notes.fault(msh, 7, "F-SHAPE", "消息时间无法识别：" + msh.text(7), "not a time: " + msh.text(7));
  return {};
}

}  // namespace

std::string first_of(const Hl7Field& field, std::initializer_list<std::size_t> components) {
  for (const std::size_t n : components) {
    if (std::string text = field.at(n).text(); !text.empty()) return text;
  }
  return {};
}

Coded coded_of(const Hl7Field& field) {
  return {.code = field.at(1).text(),
          .text = field.at(2).text(),
          .system = field.at(3).text(),
          .alt_code = field.at(4).text(),
          .alt_text = field.at(5).text(),
          .alt_system = field.at(6).text(),
          .original_text = field.at(9).text()};
}

bool is_coded_type(std::string_view type) {
  return type == "CE" || type == "CWE" || type == "CNE" || type == "CF";
}

Hl7Header header_of(const Hl7Segment& msh) {
  return {.kind = msh.field(9).at(1).text() + "^" + msh.field(9).at(2).text(),
          .message_id = msh.text(10),
          .processing = msh.text(11),
          .version = msh.text(12),
          .character_set = msh.text(18),
          .sent_at = {},
          .sending_application = first_of(msh.field(3), {1, 2}),
          .sending_facility = first_of(msh.field(4), {2, 1}),
          .receiving_application = first_of(msh.field(5), {1, 2}),
          .receiving_facility = first_of(msh.field(6), {2, 1})};
}

Hl7Header read_header(const Hl7Segment& msh, std::initializer_list<std::string_view> kinds, Hl7Notes& notes) {
  Hl7Header out = header_of(msh);
  out.sent_at = judge_time(msh, notes);
  judge_kind(msh, out.kind, kinds, notes);
  if (out.message_id.empty()) notes.missing(msh, 10, "消息编号", "the message control id");
  judge_version(msh, out.version, notes);
  if (!out.processing.empty() && out.processing != "P") {
    notes.warn(msh, 11, "F-REF", "发送方标明不是正式消息：" + out.processing,
               "the sender marks this as no production message: " + out.processing);
  }
  return out;
}

}  // namespace fx::importing
