#include "importing/hl7_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "importing/hl7_header.hpp"
#include "importing/hl7_patient.hpp"
#include "importing/hl7_time.hpp"

namespace fx::importing {
namespace {

class ReportReader {
 public:
  ReportReader(const ResultTable& table, const Hl7Options& options) : table_(table), notes_(options) {}

  LabReading read(const Hl7Message& message) {
    notes_.faults = message.faults;
    if (notes_.faults.empty()) {
      const std::vector<Hl7Segment> segments = message.segments();
      header(segments.front());
      for (const Hl7Segment& segment : segments) take(segment);
      finish(segments.front());
    }
    LabReading reading{.faults = std::move(notes_.faults), .warnings = std::move(notes_.warnings)};
    if (reading.faults.empty()) reading.report = std::move(report_);
    return reading;
  }

 private:
  void take(const Hl7Segment& segment) {
    if (segment.name() == "PID") patient(segment);
    if (segment.name() == "ORC") order_numbers_ = segment;
    if (segment.name() == "OBR") order(segment);
    if (segment.name() == "OBX") observation(segment);
    if (segment.name() == "SPM") specimen(segment);
    if (segment.name() == "NTE") comment(segment);
  }

  void header(const Hl7Segment& msh) {
    Hl7Header header = read_header(msh, {"ORU^R01"}, notes_);
    report_.sending_application = std::move(header.sending_application);
    report_.sending_facility = std::move(header.sending_facility);
    report_.receiving_application = std::move(header.receiving_application);
    report_.receiving_facility = std::move(header.receiving_facility);
    report_.message_id = std::move(header.message_id);
    report_.processing = std::move(header.processing);
    report_.version = std::move(header.version);
    report_.sent_at = header.sent_at;
  }

  void patient(const Hl7Segment& pid) {
    if (seen_patient_) {
      return notes_.fault(pid, 1, "F-SHAPE", "一条消息只能有一名患者", "a message holds one patient only");
    }
    seen_patient_ = true;
    report_.patient = read_patient(pid, notes_);
  }

  void order(const Hl7Segment& obr) {
    LabOrder& order = report_.orders.emplace_back();
    order.placer_id = first_of(obr.field(2), {1, 2});
    order.filler_id = first_of(obr.field(3), {1, 2});
    if (order_numbers_ && order.placer_id.empty()) order.placer_id = first_of(order_numbers_->field(2), {1});
    if (order_numbers_ && order.filler_id.empty()) order.filler_id = first_of(order_numbers_->field(3), {1});
    order_numbers_.reset();
    order.test = coded_of(obr.field(4));
    order.status = obr.text(25);
    order.reported_at = notes_.time(obr, 22, obr.field(22));
    order.specimen.collected_at = notes_.time(obr, 7, obr.field(7));
    order.specimen.received_at = notes_.time(obr, 14, obr.field(14));
    order.specimen.kind.text = obr.field(15).at(1).text();  // SPM says it better in 2.5.1
    set_ids_.clear();
  }

  void observation(const Hl7Segment& obx) {
    if (report_.orders.empty()) {
      return notes_.fault(obx, 1, "F-SHAPE", "OBX 之前没有 OBR", "no OBR stands before this OBX");
    }
    Observation one;
    one.row = obx.row();
    one.set_id = obx.text(1);
    check_set_id(obx, one.set_id);
    one.value_type = obx.text(2);
    one.test = coded_of(obx.field(3));
    if (obx.field(3).empty()) notes_.missing(obx, 3, "检验项目", "the test");
    one.sub_id = obx.text(4);
    one.value = value_of(obx, one.value_type);
    one.units = first_of(obx.field(6), {1, 2});
    one.reference_range = obx.field(7).whole();
    one.abnormal = first_of(obx.field(8), {1, 2});
    one.status = obx.text(11);
    one.observed_at = notes_.time(obx, 14, obx.field(14));
    one.performer = first_of(obx.field(23), {10, 1});
    if (one.performer.empty()) one.performer = first_of(obx.field(15), {1, 2});
    one.analysed_at = notes_.time(obx, 19, obx.field(19));
    interpret(obx, one);
    report_.orders.back().observations.push_back(std::move(one));
  }

  /// OBX-1 is unique within its order and specimen; without it two results could not be told apart.
  void check_set_id(const Hl7Segment& obx, const std::string& set_id) {
    if (set_id.empty()) return;
    if (!std::ranges::all_of(set_id, is_digit)) {
      return notes_.fault(obx, 1, "F-SHAPE", "序号应为数字：" + set_id, "the set id is no number: " + set_id);
    }
    if (!set_ids_.insert(set_id).second) {
      notes_.fault(obx, 1, "F-SHAPE", fmt::format("同一医嘱内 OBX-1 = {} 重复", set_id),
                   fmt::format("OBX-1 = {} is repeated within one order", set_id));
    }
  }

  static Coded value_of(const Hl7Segment& obx, std::string_view type) {
    if (is_coded_type(type)) return coded_of(obx.field(5));
    Coded value;
    for (const Hl7Field& one : obx.repetitions(5)) {
      const std::string text = one.whole();
      if (!text.empty()) value.text += (value.text.empty() ? "" : "; ") + text;
    }
    return value;
  }

  void interpret(const Hl7Segment& obx, Observation& one) {
    const std::string& status = one.status.empty() ? report_.orders.back().status : one.status;
    if (status.empty()) notes_.missing(obx, 11, "结果状态", "the status of the result");
    if (const auto standing = table_.standing(status)) {
      one.standing = *standing;
    } else if (!status.empty()) {
      notes_.warn(obx, 11, "F-REF", "结果状态未知，只保存：" + status,
                  "unknown status, kept only: " + status);
    }
    const auto reading = table_.read(one.test, one.value, obx.text(29) == "QST");
    one.verdict = reading.verdict;
    one.pathogen = reading.pathogen;
    one.method = reading.method;
    one.question = reading.question;
    if (one.verdict == LabVerdict::unreadable) {
      const std::string value = obx.field(5).whole();
      notes_.warn(obx, 5, "F-REF", "无法判读的结果，须人工判读：" + value,
                  "a result nobody could read: " + value);
    }
  }

  void specimen(const Hl7Segment& spm) {
    if (report_.orders.empty()) {
      return notes_.fault(spm, 1, "F-SHAPE", "SPM 之前没有 OBR", "no OBR stands before this SPM");
    }
    set_ids_.clear();
    LabSpecimen& specimen = report_.orders.back().specimen;
    if (!specimen.id.empty()) {
      return notes_.warn(spm, 2, "F-SHAPE", "同一医嘱有多份标本，取第一份",
                         "several specimens in one order; the first is taken");
    }
    const Hl7Field pair = spm.field(2);
    for (const std::size_t n : {2U, 1U}) {  // the laboratory's number before the sender's
      if (specimen.id.empty()) specimen.id = pair.at(n).sub(1);
    }
    specimen.kind = coded_of(spm.field(4));
    if (const auto at = notes_.time(spm, 17, spm.field(17))) specimen.collected_at = at;
    if (const auto at = notes_.time(spm, 18, spm.field(18))) specimen.received_at = at;
  }

  void comment(const Hl7Segment& nte) {
    std::string text = nte.field(3).whole();
    if (text.empty()) return;
    if (report_.orders.empty()) return report_.comments.push_back(std::move(text));
    LabOrder& order = report_.orders.back();
    if (order.observations.empty()) return order.comments.push_back(std::move(text));
    order.observations.back().comments.push_back(std::move(text));
  }

  void finish(const Hl7Segment& msh) {
    if (!seen_patient_)
      notes_.fault_at(msh.row(), "PID", "PID", "F-SHAPE", "没有患者段 PID", "there is no PID");
    if (report_.orders.empty())
      notes_.fault_at(msh.row(), "OBR", "OBR", "F-SHAPE", "没有医嘱段 OBR", "there is no OBR");
    for (LabOrder& order : report_.orders) {
      if (order.specimen.id.empty())
        order.specimen.id = order.filler_id.empty() ? order.placer_id : order.filler_id;
    }
  }

  const ResultTable& table_;
  Hl7Notes notes_;
  LabReport report_;
  std::optional<Hl7Segment> order_numbers_;
  std::set<std::string> set_ids_;
  bool seen_patient_ = false;
};

}  // namespace

LabReading read_lab_report(const Hl7Message& message, const ResultTable& table, const Hl7Options& options) {
  return ReportReader(table, options).read(message);
}

}  // namespace fx::importing
