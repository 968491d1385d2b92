// Case bulletins with movements: one line a trip or a stay, the case on its first line.
#include <algorithm>
#include <map>
#include <utility>

#include "base/text.hpp"
#include "importing/row_reader.hpp"
#include "importing/table_items.hpp"
#include "importing/toml_reader.hpp"

namespace fx::importing {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

/// Digits that stand right before a `mark`, the first that has any (动车 has none); empty when there are none.
std::string digits_before(std::string_view text, std::string_view mark) {
  for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
    std::size_t from = at;
    while (from > 0 && is_digit(text[from - 1])) --from;
    if (from < at) return std::string(text.substr(from, at - from));
  }
  return {};
}

/// "07D", "7A", "085": digits and at most one letter, at the end of the text or before 号.
std::string seat_at_end(std::string_view text) {
  if (text.ends_with("号")) text.remove_suffix(std::string_view("号").size());
  std::size_t from = text.size();
  if (from > 0 && text[from - 1] >= 'A' && text[from - 1] <= 'F') --from;
  const std::size_t letter = from;
  while (from > 0 && is_digit(text[from - 1])) --from;
  if (from == letter) return {};
  return std::string(text.substr(from));
}

/// The number of a train or flight at the beginning: G512, MU216R, SC4826, LX-451.
std::string service_at_start(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && n < 2 && is_upper(text[n])) ++n;
  const std::size_t letters = n;
  if (n < text.size() && text[n] == '-') ++n;
  const std::size_t digits = n;
  while (n < text.size() && is_digit(text[n])) ++n;
  if (letters == 0 || n - digits < 2) return {};
  if (n < text.size() && is_upper(text[n])) ++n;  // MU216R
  return std::string(text.substr(0, n));
}

std::optional<Moment> moment_or_warn(const std::string& written, const char* zh, const char* en,
                                     std::size_t line, RowFaults& warnings) {
  if (written.empty()) return std::nullopt;
  auto moment = read_moment(written);
  if (!moment)
    warnings.push_back(
        {line,
         {},
         {},
         "F-SHAPE",
         {std::string(zh) + "时间无法识别：" + written, std::string(en) + ": not a time: " + written}});
  return moment;
}

void add_trip(std::vector<Stop>& out, const TrajectoryRow& row, const StopWords& words, std::size_t line,
              RowFaults& warnings) {
  const bool said = !row.trip_at.empty() || !row.transport.empty() || !row.seat.empty() ||
                    !row.trip_from.empty() || !row.trip_to.empty();
  if (!said) return;
  Stop stop{.trip = true};
  stop.from = moment_or_warn(row.trip_at, "行程", "trip", line, warnings);
  stop.until = stop.from;
  stop.trip_from = row.trip_from;
  stop.trip_to = row.trip_to;
  read_seat(row.seat, stop);
  stop.vehicle = words.vehicle_of(row.transport);
  if (stop.vehicle.empty()) stop.vehicle = words.vehicle_of(row.seat);
  if (stop.trip_from.empty() && stop.trip_to.empty() && stop.service.empty()) {
    warnings.push_back({line,
                        {},
                        {},
                        "F-SHAPE",
                        {"行程没有起点、终点和车次，未登记为行程",
                         "a trip that says neither from nor to nor a service: not recorded as a stop"}});
    return;
  }
  if (!stop.from) {
    if (row.trip_at.empty())
      warnings.push_back({line,
                          {},
                          {},
                          "F-SHAPE",
                          {"行程没有日期，未登记为行程", "a trip without a day: not recorded as a stop"}});
    return;
  }
  out.push_back(std::move(stop));
}

/// A line with a day for a trip, no word of one and a stay without a day means the day of the stay.
void give_its_day_to_the_stay(TrajectoryRow& row, std::size_t line, RowFaults& warnings) {
  const bool trip =
      !row.transport.empty() || !row.seat.empty() || !row.trip_from.empty() || !row.trip_to.empty();
  const bool stay = !row.place.empty() || !row.event.empty();
  if (trip || !stay || row.trip_at.empty()) return;
  const std::string day = std::exchange(row.trip_at, {});
  if (row.stay_from.empty() && row.stay_until.empty()) {
    row.stay_from = day;
    warnings.push_back({line,
                        {},
                        {},
                        "F-SHAPE",
                        {"停留没有日期，按本行的行程日期计：" + day,
                         "the stay has no day: that of the trip in this row is taken: " + day}});
  } else if (!day.starts_with(row.stay_from.substr(0, 10)) || row.stay_from.empty()) {
    warnings.push_back(
        {line,
         {},
         {},
         "F-SHAPE",
         {"只有行程日期，没有行程，未登记：" + day, "a day of a trip and no trip: not recorded: " + day}});
  }
}

void add_stay(std::vector<Stop>& out, const TrajectoryRow& row, const StopWords& words, std::size_t line,
              RowFaults& warnings) {
  if (row.place.empty() && row.event.empty()) return;
  Stop stop{.place = row.place.empty() ? row.event : row.place, .event = row.event};
  stop.from = moment_or_warn(row.stay_from, "停留开始", "stay", line, warnings);
  stop.until = moment_or_warn(row.stay_until, "停留结束", "end of stay", line, warnings);
  if (!stop.from) stop.from = stop.until;
  if (stop.from && (!stop.until || stop.until->at < stop.from->at)) {
    if (stop.until)
      warnings.push_back(
          {line,
           {},
           {},
           "F-SHAPE",
           {"停留结束早于开始，按当日计", "the stay ends before it begins: taken as that day"}});
    stop.until = stop.from;
  }
  stop.setting = words.setting_of(row.place + " " + row.event);
  if (!stop.from) {
    warnings.push_back({line,
                        {},
                        {},
                        "F-SHAPE",
                        {"停留没有日期，未登记为行程：" + stop.place,
                         "a stay without a day: not recorded as a stop: " + stop.place}});
    return;
  }
  out.push_back(std::move(stop));
}

CaseRow case_of(const TrajectoryRow& row) {
  CaseRow out;
  out.case_id = row.case_id;
  out.sex = row.sex;
  out.age_months = read_age_months(row.age);
  out.address = row.address;
  out.case_class = "confirmed";
  out.onset_day = row.onset_day;
  out.confirmed_day = row.confirmed_day;
  out.symptoms = row.symptoms;
  out.linked_cases = row.linked_cases;
  std::erase_if(out.linked_cases, [&](const std::string& id) {
    return id == row.case_id || !std::ranges::all_of(id, is_digit);
  });
  const auto add = [&](const char* what, const std::string& text) {
    if (!text.empty()) out.notes += (out.notes.empty() ? "" : "; ") + std::string(what) + text;
  };
  add("发病地点：", row.onset_place);
  add("就诊：", row.hospital);
  add("离开：", row.left_place + (row.left_day ? " " + format(*row.left_day) : ""));
  add("", row.notes);
  return out;
}

/// What a row of a case before it says again is not said again: only its stops are new.
struct Cases {
  struct Seen {
    std::size_t row = 0;
    std::size_t lines = 0;
    bool refused = false;
  };
  std::map<std::string, Seen> seen;
  std::string last;  ///< a line without a number belongs to the case above it
};

void refuse(ImportItem& item, const char* code, std::string field, std::string zh, std::string en) {
  item.faults.push_back({item.row, {}, std::move(field), code, {std::move(zh), std::move(en)}});
}

ImportItem item_of(ReadRow<TrajectoryRow> row, Cases& cases, const RowReader<TrajectoryRow>& reader,
                   const TableItemOptions& options, const std::string& space) {
  ImportItem item{.row = row.row, .kind = ItemKind::trajectory};
  item.name_space = space;
  item.content = row.content;
  item.faults = std::move(row.faults);
  item.warnings = std::move(row.warnings);
  if (row.value.case_id.empty()) row.value.case_id = cases.last;
  cases.last = row.value.case_id;
  item.label = row.value.case_id;
  const std::string header = reader.header_of("case_id");
  if (item.label.empty())
    refuse(item, "F-REF", header, "本行没有病例编号，前面也没有病例", "no case id here and no case above");
  for_each_day(row.value, [&](std::string_view field, const Day& day) {
    if (day > options.today)
      refuse(item, "F-FUTURE", reader.header_of(field), "日期在将来：" + format(day),
             "a day in the future: " + format(day));
  });
  const auto [place, first] =
      cases.seen.try_emplace(item.label, Cases::Seen{row.row, 0, !item.faults.empty()});
  Cases::Seen& of = place->second;
  TrajectoryLine line{.of = {},
                      .first = first,
                      .index = of.lines++,
                      .stops = stops_of(row.value, *options.words, row.row, item.warnings)};
  line.of.case_id = item.label;
  if (first)
    line.of = case_of(row.value);
  else if (of.refused)
    refuse(item, "F-REF", header, "该病例在第 " + std::to_string(of.row) + " 行未通过",
           "its case was refused in row " + std::to_string(of.row));
  if (!first && line.stops.empty() && item.faults.empty())
    refuse(item, "F-SHAPE", {}, "本行没有可登记的行程或停留",
           "no trip or stay in this row that can be recorded");
  if (!item.faults.empty()) return item;
  // A line is known by its case and its place among the lines of the case.
  item.key = first ? case_key(space, item.label)
                   : import_key({"trajectory line", space, item.label, std::to_string(line.index)});
  item.body = std::move(line);
  return item;
}

}  // namespace

Result<StopWords> StopWords::load(std::string_view toml, std::string_view file) {
  TomlReader in(toml, file);
  StopWords out;
  const auto fill = [&](const char* table, Words& words) {
    for (const TomlTable& entry : in.tables(table)) {
      in.only(entry, {"code", "words"});
      const std::string code = in.text(entry, "code").text;
      for (const TomlText& word : in.texts(entry, "words")) words.emplace_back(word.text, code);
    }
  };
  fill("setting", out.settings_);
  fill("vehicle", out.vehicles_);
  if (!in.refusals().empty()) return in.refusals();
  return out;
}

std::string StopWords::code_of(const Words& words, std::string_view text) {
  for (const auto& [word, code] : words)
    if (text.find(word) != std::string_view::npos) return code;
  return {};
}

std::optional<Moment> read_moment(std::string_view text) {
  text = trim(text);
  const auto day = parse_day(text.substr(0, 10));
  if (!day) return std::nullopt;
  if (text.size() == 10) return Moment{start_of(*day), false};
  if (text[10] != ' ' && text[10] != 'T') return std::nullopt;
  std::string_view clock = trim(text.substr(11));
  const bool short_hour = clock.size() > 1 && clock[1] == ':';
  const auto minutes =
      parse_clock((short_hour ? "0" : "") + std::string(clock.substr(0, short_hour ? 4 : 5)));
  if (!minutes) return std::nullopt;
  return Moment{start_of(*day) + std::chrono::minutes(*minutes), true};
}

void read_seat(std::string_view written, Stop& stop) {
  const std::string text(trim(written));
  if (text.empty() || text == "无") return;
  stop.service = service_at_start(text);
  stop.carriage = digits_before(text, "车厢");
  if (stop.carriage.empty()) stop.carriage = digits_before(text, "车");
  while (stop.carriage.size() > 1 && stop.carriage.front() == '0') stop.carriage.erase(0, 1);
  std::string_view rest = std::string_view(text).substr(stop.service.size());
  if (!rest.empty()) stop.seat = seat_at_end(rest);
  if (stop.service.empty() && stop.carriage.empty() && stop.seat.empty()) stop.service = text;
}

std::vector<Stop> stops_of(TrajectoryRow row, const StopWords& words, std::size_t line, RowFaults& warnings) {
  std::vector<Stop> out;
  give_its_day_to_the_stay(row, line, warnings);
  add_trip(out, row, words, line, warnings);
  add_stay(out, row, words, line, warnings);
  return out;
}

std::vector<ImportItem> trajectory_items(const Table& table, const TableItemOptions& options) {
  const RowReader<TrajectoryRow> reader(table, options.today);
  const std::string& space = options.name_space.empty() ? table.profile->name_space() : options.name_space;
  Cases cases;
  std::vector<ImportItem> out;
  for (const TableLine& line : table.lines)
    out.push_back(item_of(reader.read(line), cases, reader, options, space));
  return out;
}

}  // namespace fx::importing
