// An instrument's table: its lines gathered by well, control wells judged, one item a specimen.
#include <map>
#include <set>

#include "base/code.hpp"
#include "importing/instrument_reading.hpp"
#include "importing/row_reader.hpp"
#include "importing/table_items.hpp"

namespace fx::importing {
namespace {

using Line = ReadRow<InstrumentRow>;

RowFault at(const Line& line, std::string header, std::string code, std::string zh, std::string en) {
  return {line.row, {}, std::move(header), std::move(code), {std::move(zh), std::move(en)}};
}

/// The lines of one well, in the order of the file.
struct Well {
  std::vector<const Line*> lines;
  std::string tube;
  std::string plate;
  std::string name;  ///< of the well
  WellRole role = WellRole::specimen;
  std::vector<TargetCt> targets;
  InternalControl control = InternalControl::unsaid;
  std::string call;
  RowFaults faults;

  [[nodiscard]] bool crossed() const {
    return std::ranges::any_of(targets, [](const TargetCt& one) { return one.ct.has_value(); });
  }
  [[nodiscard]] bool all_crossed() const {
    return !targets.empty() &&
           std::ranges::all_of(targets, [](const TargetCt& one) { return one.ct.has_value(); });
  }
};

class TableReading {
 public:
  TableReading(const Table& table, const TableItemOptions& options)
      : reader_(table, options.today), words_(*options.instruments), profile_(*table.profile) {
    const auto places = profile_.match(table.headers);
    for (std::size_t c = 0; c < places.size(); ++c) {
      const TableColumn& column = profile_.columns()[c];
      if (places[c] && column.field == "ct" && !column.gene.empty()) columns_.push_back(column.gene);
    }
    for (const TableLine& line : table.lines) lines_.push_back(reader_.read(line));
  }

  std::vector<ImportItem> items(RowFaults& said) {
    gather();
    for (Well& well : wells_) read(well);
    judge_targets();
    judge_tubes();
    const std::map<std::string, bool> valid = judge_controls(said);
    std::vector<ImportItem> out;
    for (const Well& well : wells_) {
      if (well.role == WellRole::specimen || !well.faults.empty())
        out.push_back(item_of(well, valid));
      else
        tell(well, said);
    }
    return out;
  }

 private:
  /// By plate and well; a line whose well cannot be read stands alone.
  void gather() {
    std::map<std::pair<std::string, std::string>, std::size_t> known;
    for (const Line& line : lines_) {
      const auto well = normal_well(line.value.well);
      const bool readable = line.faults.empty() && well;
      const auto [found, is_new] = readable ? known.emplace(std::pair(line.value.plate, *well), wells_.size())
                                            : std::pair(known.end(), true);
      if (is_new) {
        wells_.emplace_back();
        wells_.back().plate = line.value.plate;
        wells_.back().name = well.value_or("");
      }
      Well& of = readable ? wells_[found->second] : wells_.back();
      of.lines.push_back(&line);
      std::ranges::copy(line.faults, std::back_inserter(of.faults));
      if (line.faults.empty() && !well)
        of.faults.push_back(at(line, header("well"), "F-SHAPE", "不是孔位：" + line.value.well,
                               "not a well: " + line.value.well));
    }
  }

  void read(Well& well) {
    well.role = role_of(well);
    for (const Line* line : well.lines) {
      name_tube(well, *line);
      call(well, *line);
      targets(well, *line);
      control(well, *line);
    }
  }

  /// What somebody called it counts before the task, which software fills in by itself; a well nobody named and nothing was
  /// measured in is empty.
  [[nodiscard]] WellRole role_of(const Well& well) const {
    bool named = false;
    for (const auto field : {&InstrumentRow::tube, &InstrumentRow::task})
      for (const Line* line : well.lines) {
        if (const auto role = words_.role(line->value.*field)) return *role;
        named = named || !(line->value.*field).empty() || !line->value.plate.empty();
      }
    const bool measured = std::ranges::any_of(well.lines, [&](const Line* line) {
      return !line->value.call.empty() ||
             std::ranges::any_of(line->value.ct, [&](const CtCell& c) { return !words_.is_no_ct(c.text); });
    });
    return named || measured || !well.faults.empty() ? WellRole::specimen : WellRole::nothing;
  }

  /// All lines of a well name the same tube; a name that is no code is none of ours.
  void name_tube(Well& well, const Line& line) const {
    const std::string& written = line.value.tube;
    if (written.empty() || well.role != WellRole::specimen || words_.role(written)) return;
    const auto code = normal_code(written, 'T');
    if (!code)
      well.faults.push_back(at(line, header("tube"), "F-SHAPE", "不是采样管编号：" + written,
                               "not the code of a tube: " + written));
    else if (!well.tube.empty() && well.tube != *code)
      well.faults.push_back(at(line, header("tube"), "F-SHAPE", "同一孔有两个管号：" + well.tube,
                               "this well names two tubes: " + well.tube));
    else
      well.tube = *code;
  }

  void call(Well& well, const Line& line) const {
    if (line.value.call.empty()) return;
    const auto code = words_.call(line.value.call);
    if (!code)
      well.faults.push_back(at(line, header("call"), "F-REF", "未知判读：" + line.value.call,
                               "unknown call: " + line.value.call));
    // One line a target: there the call is the target's, and the line of the internal control says nothing of the tube.
    else if (!line.value.target.empty())
      of_target(well, line, *code);
    else
      well.call = *code;
  }

  /// The calls of single targets make none of the whole but invalid: the Ct values do.
  void of_target(Well& well, const Line& line, const std::string& code) const {
    if (words_.is_internal_control(line.value.target)) {
      if (code == "invalid") well.control = InternalControl::failed;
    } else if (code == "invalid") {
      well.call = code;
    }
  }

  void targets(Well& well, const Line& line) const {
    const std::string& target = line.value.target;
    if (!target.empty() && words_.is_internal_control(target)) {
      if (well.control != InternalControl::failed) well.control = control_by_ct(well, line, ct_of(line, ""));
      return;
    }
    if (!target.empty()) return add(well, line, words_.gene(target), ct_of(line, ""));
    for (const std::string& gene : columns_) add(well, line, gene, ct_of(line, gene));
  }

  void add(Well& well, const Line& line, const std::string& gene, const std::string& text) const {
    if (std::ranges::find(well.targets, gene, &TargetCt::gene) != well.targets.end())
      return well.faults.push_back(at(line, header("target"), "F-SHAPE", "同一孔同一靶标有两行：" + gene,
                                      "two lines for one target of this well: " + gene));
    const bool none = words_.is_no_ct(text);
    const std::optional<double> ct = none ? std::nullopt : read_ct(text);
    if (!none && !ct)
      well.faults.push_back(
          at(line, header("ct"), "F-SHAPE", "不是Ct值：" + text, "not a Ct value: " + text));
    well.targets.push_back({gene, ct});
  }

  /// A column about the internal control holds a word or a Ct.
  void control(Well& well, const Line& line) const {
    const std::string& written = line.value.internal_control;
    if (written.empty() || well.control == InternalControl::failed) return;
    if (const auto said = words_.control(written)) {
      well.control = *said;
      return;
    }
    well.control = control_by_ct(well, line, written);
  }

  InternalControl control_by_ct(Well& well, const Line& line, const std::string& text) const {
    if (words_.is_no_ct(text)) return InternalControl::failed;
    if (read_ct(text)) return InternalControl::passed;
    well.faults.push_back(at(line, header("internal_control"), "F-SHAPE", "内标不是Ct值：" + text,
                             "the internal control is no Ct value: " + text));
    return InternalControl::failed;
  }

  static std::string ct_of(const Line& line, std::string_view gene) {
    const auto found = std::ranges::find(line.value.ct, gene, &CtCell::gene);
    return found == line.value.ct.end() ? std::string() : found->text;
  }

  /// Every well shows the targets the others show: a line that was cut off would read as "not detected".
  void judge_targets() {
    std::set<std::string> all;
    for (const Well& well : wells_)
      if (well.faults.empty())
        for (const TargetCt& one : well.targets) all.insert(one.gene);
    for (Well& well : wells_) {
      if (well.role != WellRole::specimen || !well.faults.empty()) continue;
      for (const std::string& gene : all)
        if (std::ranges::find(well.targets, gene, &TargetCt::gene) == well.targets.end())
          well.faults.push_back(at(*well.lines.front(), header("target"), "F-SHAPE", "缺少靶标：" + gene,
                                   "the line of target " + gene + " is missing"));
    }
  }

  void judge_tubes() {
    std::map<std::string, std::string> seen;
    for (Well& well : wells_) {
      if (well.tube.empty() || well.role != WellRole::specimen) continue;
      const auto [first, is_new] = seen.emplace(well.tube, well.name);
      if (!is_new)
        well.faults.push_back(at(*well.lines.front(), header("tube"), "F-SHAPE",
                                 "该管已在孔 " + first->second, "this tube stands in well " + first->second));
    }
  }

  /// Negative controls without any Ct, positive ones with all of theirs: else nothing of the plate counts.
  std::map<std::string, bool> judge_controls(RowFaults& said) const {
    std::map<std::string, bool> valid;
    std::size_t controls = 0;
    for (const Well& well : wells_) {
      bool& of_plate = valid.try_emplace(well.plate, true).first->second;
      if (well.role == WellRole::negative_control) of_plate = of_plate && !well.crossed();
      if (well.role == WellRole::positive_control) of_plate = of_plate && well.all_crossed();
      controls += well.role == WellRole::negative_control || well.role == WellRole::positive_control ? 1 : 0;
    }
    if (controls == 0)
      said.push_back({0, {}, {}, "F-SHAPE", {"文件中没有阴性、阳性对照孔", "the file has no control wells"}});
    for (const auto& [plate, good] : valid)
      if (!good)
        said.push_back({0,
                        {},
                        header("task"),
                        "R-TUB-9",
                        {"对照不成立，该板全部按无效录入：" + plate,
                         "the controls failed: all wells of the plate are recorded as invalid " + plate}});
    return valid;
  }

  void tell(const Well& well, RowFaults& said) const {
    const std::string role(enum_text(well.role));
    said.push_back(at(*well.lines.front(), header("well"), "F-SHAPE", well.name + " 不是样本：" + role,
                      well.name + " holds no specimen: " + role));
  }

  ImportItem item_of(const Well& well, const std::map<std::string, bool>& valid) const {
    const Line& first = *well.lines.front();
    ImportItem item{.row = first.row, .kind = ItemKind::instrument_reading};
    item.label = well.tube.empty() ? well.name : well.tube;
    item.faults = well.faults;
    for (const Line* line : well.lines) std::ranges::copy(line->warnings, std::back_inserter(item.warnings));
    if (!item.faults.empty()) return item;
    SpecimenReading reading{.tube = well.tube,
                            .plate = well.plate,
                            .well = well.name,
                            .targets = well.targets,
                            .call = well.call,
                            .control = well.control,
                            .plate_valid = valid.at(well.plate),
                            .well_field = header("well"),
                            .tube_field = header("tube"),
                            .call_field = header("call"),
                            .control_field = header("internal_control"),
                            .segment = {}};
    set_body(item, std::move(reading));
    return item;
  }

  [[nodiscard]] std::string header(std::string_view field) const { return reader_.header_of(field); }

  RowReader<InstrumentRow> reader_;
  const InstrumentWords& words_;
  const TableProfile& profile_;
  std::vector<std::string> columns_;  ///< genes that have a column of their own
  std::vector<Line> lines_;
  std::vector<Well> wells_;
};

}  // namespace

std::vector<ImportItem> reading_items(const Table& table, const TableItemOptions& options, RowFaults& said) {
  return TableReading(table, options).items(said);
}

}  // namespace fx::importing
