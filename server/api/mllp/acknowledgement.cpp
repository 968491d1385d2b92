#include "api/mllp/acknowledgement.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace fx::api {
namespace {

using importing::RowFault;

constexpr std::size_t most_told = 12;
constexpr std::size_t longest_reason = 200;

/// As HL7 wants it inside a field, on one line and not too long.
std::string plain(std::string_view text, std::size_t longest) {
  std::string cut(text.substr(0, longest));
  while (!cut.empty() && !valid_utf8(cut)) cut.pop_back();
  std::string out;
  for (const char c : cut) {
    switch (c) {
      case '|': out += "\\F\\"; break;
      case '^': out += "\\S\\"; break;
      case '&': out += "\\T\\"; break;
      case '~': out += "\\R\\"; break;
      case '\\': out += "\\E\\"; break;
      default: out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    }
  }
  return out;
}

struct Coded357 {
  std::string_view code;
  std::string_view text;
};

/// HL7 table 0357.
Coded357 condition(const RowFault& fault) {
  if (fault.field == "MSH-9") return {"200", "Unsupported message type"};
  if (fault.field == "MSH-12" && fault.code == "F-REF") return {"203", "Unsupported version id"};
  if (fault.code == "F-PROCESSING") return {"202", "Unsupported processing id"};
  if (fault.code == "F-KEY") return {"205", "Duplicate key identifier"};
  if (fault.code == "F-REF") return {"204", "Unknown key identifier"};
  if (fault.code == "F-SHAPE" || fault.code == "F-ENCODING" || fault.code == "F-FUTURE")
    return {"102", "Data type error"};
  return {"207", "Application internal error"};
}

bool is_segment_name(std::string_view text) {
  return text.size() == 3 &&
         std::ranges::all_of(text, [](char c) { return (c >= 'A' && c <= 'Z') || is_digit(c); });
}

/// Segment, its number among its like, field: what a fault names, else the segment of its line.
std::string location(const RowFault& fault, const importing::Hl7Message* message, char separator) {
  std::string segment = is_segment_name(fault.segment) ? fault.segment : std::string();
  std::size_t number = 0;
  if (message != nullptr) {
    if (segment.empty())
      for (const auto& [row, line] : message->lines)
        if (row == fault.row) segment = line.substr(0, 3);
    for (const auto& [row, line] : message->lines)
      number += row <= fault.row && line.substr(0, 3) == segment ? 1 : 0;
  }
  if (segment.empty()) return {};
  std::string out = segment;
  out += separator;
  out += std::to_string(std::max<std::size_t>(number, 1));
  const std::size_t dash = fault.field.find('-');
  if (fault.field.starts_with(segment) && dash != std::string::npos)
    (out += separator) += fault.field.substr(dash + 1);
  return out;
}

std::string error_segment(const RowFault& fault, const importing::Hl7Message* message) {
  const Coded357 what = condition(fault);
  const std::string reason = plain(fault.reason.en, longest_reason);
  const std::string old = location(fault, message, '^');
  return fmt::format("ERR|{}^{}&{}&HL70357|{}|{}^{}^HL70357|E|{}||{}|{}\r", old, what.code, what.text, old,
                     what.code, what.text, plain(fault.code, longest_reason), reason,
                     plain(fault.reason.zh, longest_reason));
}

std::string_view letters(Acknowledged verdict) {
  switch (verdict) {
    case Acknowledged::accepted: return "AA";
    case Acknowledged::refused: return "AE";
    case Acknowledged::rejected: break;
  }
  return "AR";
}

/// 20220717224000+0800
std::string stamp(Instant now) {
  std::string out;
  now.ms -= now.ms % 1000;
  for (const char c : format(now))
    if (is_digit(c) || c == '+') out += c;
  return out;
}

std::string headline(const importing::RowFaults& faults) {
  if (faults.empty()) return {};
  const std::string place = faults.front().field.empty() ? "" : faults.front().field + ": ";
  const std::string more = faults.size() > 1 ? fmt::format(" (and {} more)", faults.size() - 1) : "";
  return plain(place + faults.front().reason.en, longest_reason) + more;
}

}  // namespace

std::string what_became(const std::string& control_id, Acknowledged verdict,
                        const importing::RowFaults& faults, const importing::Hl7Message* message) {
  std::string out =
      fmt::format("MSA|{}|{}|{}\r", letters(verdict), plain(control_id, longest_reason), headline(faults));
  for (std::size_t i = 0; i < std::min(faults.size(), most_told); ++i)
    out += error_segment(faults[i], message);
  return out;
}

std::string acknowledgement(const importing::Hl7Header& asked, std::string_view what, Instant now) {
  const std::size_t caret = asked.kind.find('^');
  const std::string trigger = caret == std::string::npos ? "" : plain(asked.kind.substr(caret + 1), 10);
  const std::string kind = trigger.empty() ? "ACK" : "ACK^" + trigger + "^ACK";
  return fmt::format(
      "MSH|^~\\&|{}|{}|{}|{}|{}||{}|A{}|{}|{}||||||UNICODE UTF-8\r{}",
      asked.receiving_application.empty() ? "FANGXIAN" : plain(asked.receiving_application, 80),
      plain(asked.receiving_facility, 80), plain(asked.sending_application, 80),
      plain(asked.sending_facility, 80), stamp(now), kind, plain(asked.message_id, 80),
      asked.processing.empty() ? "P" : plain(asked.processing, 3),
      asked.version == "2.3.1" ? "2.3.1" : "2.5.1", what);
}

}  // namespace fx::api
