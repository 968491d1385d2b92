#include "importing/instrument_hl7.hpp"

#include <algorithm>

#include "base/code.hpp"
#include "base/text.hpp"
#include "importing/hl7_header.hpp"
#include "importing/instrument_reading.hpp"

namespace fx::importing {
namespace {

/// `ORF1ab Ct`, `Ct(ORF1ab)` → `ORF1ab`.
std::string target_name(const Coded& test, const InstrumentWords& words) {
  for (const std::string* written : {&test.text, &test.alt_text, &test.code, &test.original_text}) {
    std::string plain = *written;
    for (char& c : plain)
      if (c == '(' || c == ')' || c == '_') c = ' ';
    std::string kept;
    for (const std::string_view part : split(plain, ' ')) {
      const std::string word = lower(part);
      if (word.empty() || word == "ct" || word == "cq" || word == "cp" || word == "value") continue;
      (kept += kept.empty() ? "" : " ") += part;
    }
    if (words.is_gene(kept) || words.is_internal_control(kept)) return kept;
  }
  return test.text.empty() ? test.code : test.text;
}

/// One specimen as the message goes on.
struct Group {
  std::size_t row = 0;
  std::vector<std::string> names;  ///< what may be its code, the best first
  SpecimenReading reading;
  RowFaults faults;
  bool has_values = false;
};

class MessageReading {
 public:
  MessageReading(const ImportCatalogue& catalogue, Instant now)
      : catalogue_(catalogue), notes_(Hl7Options{.now = now}) {}

  std::vector<ImportItem> items(const Hl7Message& message) {
    notes_.faults = message.faults;
    if (!notes_.faults.empty()) return {refused(message)};
    const std::vector<Hl7Segment> segments = message.segments();
    header_ = read_header(segments.front(), {"OUL^R22", "ORU^R01"}, notes_);
    const std::string_view opens = header_.kind == "OUL^R22" ? "SPM" : "OBR";
    for (const Hl7Segment& segment : segments) take(segment, opens);
    if (groups_.empty())
      notes_.fault_at(segments.front().row(), std::string(opens), std::string(opens), "F-SHAPE", "没有标本",
                      "there is no specimen");
    if (!notes_.faults.empty()) return {refused(message)};
    std::vector<ImportItem> out;
    for (Group& group : groups_) out.push_back(item_of(std::move(group)));
    out.front().warnings = notes_.warnings;
    return out;
  }

 private:
  void take(const Hl7Segment& segment, std::string_view opens) {
    if (segment.name() == opens) {
      groups_.emplace_back().row = segment.row();
      groups_.back().reading.processing = header_.processing;
    }
    if (segment.name() != "SPM" && segment.name() != "SAC" && segment.name() != "OBR" &&
        segment.name() != "OBX")
      return;
    if (groups_.empty())
      return notes_.fault(segment, 1, "F-SHAPE", "标本段之前有 " + std::string(segment.name()),
                          "no specimen stands before this " + std::string(segment.name()));
    Group& group = groups_.back();
    if (segment.name() == "SPM") name(group, segment, 2, {1, 2});
    if (segment.name() == "SAC") name(group, segment, 3, {1});
    if (segment.name() == "OBR")
      for (const std::size_t n : {3U, 2U}) name(group, segment, n, {1});
    if (segment.name() == "OBX") observation(group, segment);
  }

  /// The tube may stand in field n. Many an instrument sends what it scanned as it is, and one of a code's check symbols
  /// is HL7's sign for a repetition: the field is also read without taking it apart.
  static void name(Group& group, const Hl7Segment& segment, std::size_t n,
                   std::initializer_list<std::size_t> components) {
    std::vector<std::string> texts{std::string(segment.raw_field(n))};
    for (const std::size_t component : components) texts.push_back(segment.field(n).at(component).sub(1));
    const auto code =
        std::ranges::find_if(texts, [](const std::string& t) { return normal_code(t, 'T').has_value(); });
    if (code != texts.end() && group.reading.tube.empty()) {
      group.reading.tube = *normal_code(*code, 'T');
      group.reading.segment = segment.name();
      group.reading.tube_field = group.reading.segment + "-" + std::to_string(n);
    }
    for (std::size_t i = 1; i < texts.size(); ++i)
      if (!texts[i].empty()) group.names.push_back(texts[i]);
  }

  void observation(Group& group, const Hl7Segment& obx) {
    const Coded test = coded_of(obx.field(3));
    if (obx.field(3).empty()) return fault(group, obx, 3, "缺少检验项目", "the test is missing");
    const std::string status = obx.text(11);
    if (status == "W" || status == "D")
      return fault(group, obx, 11, "仪器撤回的读数须人工处理",
                   "a reading taken back is a person's to settle");
    group.has_values = true;
    const std::string target = target_name(test, catalogue_.instruments);
    if (catalogue_.instruments.is_internal_control(target)) return control(group, obx);
    if (obx.text(2) == "NM" || catalogue_.instruments.is_gene(target)) return ct(group, obx, target);
    call(group, obx, test);
  }

  void control(Group& group, const Hl7Segment& obx) {
    SpecimenReading& reading = group.reading;
    reading.control_field = "OBX-5";
    if (reading.control == InternalControl::failed) return;
    const std::string value = text_of(obx);
    const auto said = catalogue_.instruments.control(value);
    if (said && obx.text(2) != "NM") {
      reading.control = *said;
    } else if (catalogue_.instruments.is_no_ct(value)) {
      reading.control = InternalControl::failed;
    } else if (read_ct(value)) {
      reading.control = InternalControl::passed;
    } else {
      fault(group, obx, 5, "内标无法识别：" + value, "the internal control cannot be read: " + value);
    }
  }

  void ct(Group& group, const Hl7Segment& obx, const std::string& target) {
    const std::string gene = catalogue_.instruments.gene(target);
    const std::string value = text_of(obx);
    // A target's own call beside its Ct: the Ct values make the call of the whole.
    if (obx.text(2) != "NM" && catalogue_.instruments.call(value) &&
        !catalogue_.instruments.is_no_ct(value)) {
      if (catalogue_.instruments.call(value) == "invalid") group.reading.call = "invalid";
      return;
    }
    const bool none = catalogue_.instruments.is_no_ct(value);
    const std::optional<double> ct = none ? std::nullopt : read_ct(value);
    if (!none && !ct) return fault(group, obx, 5, "不是Ct值：" + value, "not a Ct value: " + value);
    if (std::ranges::find(group.reading.targets, gene, &TargetCt::gene) != group.reading.targets.end())
      return fault(group, obx, 3, "同一靶标有两个值：" + gene, "two values of one target: " + gene);
    group.reading.targets.push_back({gene, ct});
  }

  void call(Group& group, const Hl7Segment& obx, const Coded& test) {
    const Coded value =
        is_coded_type(obx.text(2)) ? coded_of(obx.field(5)) : Coded{.text = obx.field(5).whole()};
    std::optional<std::string> said;
    switch (catalogue_.results.read(test, value, false).verdict) {
      case LabVerdict::positive: said = "positive"; break;
      case LabVerdict::negative: said = "negative"; break;
      case LabVerdict::indeterminate: said = "grey"; break;
      case LabVerdict::invalid: said = "invalid"; break;
      default:
        for (const std::string* written : {&value.text, &value.code, &value.original_text})
          if (!said && !written->empty()) said = catalogue_.instruments.call(*written);
    }
    if (!said) {
      const std::string words = obx.field(5).whole();
      return fault(group, obx, 5, "无法判读的结果：" + words, "a result nobody could read: " + words);
    }
    if (!group.reading.call.empty() && group.reading.call != *said)
      return fault(group, obx, 5, "两个不同的判读", "two different calls of one specimen");
    group.reading.call = *said;
    group.reading.call_field = "OBX-5";
  }

  static std::string text_of(const Hl7Segment& obx) {
    return is_coded_type(obx.text(2)) ? first_of(obx.field(5), {2, 1}) : obx.field(5).whole();
  }

  static void fault(Group& group, const Hl7Segment& at, std::size_t n, std::string zh, std::string en) {
    const std::string segment(at.name());
    group.faults.push_back(
        {at.row(), segment, segment + "-" + std::to_string(n), "F-SHAPE", {std::move(zh), std::move(en)}});
  }

  ImportItem item_of(Group group) const {
    ImportItem item{.row = group.row, .kind = ItemKind::instrument_reading};
    item.faults = std::move(group.faults);
    const std::string segment = header_.kind == "OUL^R22" ? "SPM" : "OBR";
    if (group.reading.tube.empty())
      item.faults.push_back(
          {group.row,
           segment,
           segment == "SPM" ? "SPM-2" : "OBR-3",
           "F-SHAPE",
           {"没有采样管编号：" + join(group.names, ", "), "no code of a tube: " + join(group.names, ", ")}});
    if (!group.has_values)
      item.faults.push_back(
          {group.row, "OBX", "OBX", "F-SHAPE", {"该标本没有结果段 OBX", "this specimen has no OBX"}});
    item.label = group.reading.tube.empty() ? header_.message_id : group.reading.tube;
    if (item.faults.empty()) set_body(item, std::move(group.reading));
    return item;
  }

  ImportItem refused(const Hl7Message& message) {
    ImportItem item{.row = message.row, .kind = ItemKind::instrument_reading};
    item.label = header_.message_id;
    item.faults = std::move(notes_.faults);
    item.warnings = std::move(notes_.warnings);
    return item;
  }

  const ImportCatalogue& catalogue_;
  Hl7Notes notes_;
  Hl7Header header_;
  std::vector<Group> groups_;
};

}  // namespace

std::vector<ImportItem> instrument_items(const Hl7Message& message, const ImportCatalogue& catalogue,
                                         Instant now) {
  return MessageReading(catalogue, now).items(message);
}

}  // namespace fx::importing
