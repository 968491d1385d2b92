#include "importing/visit_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "importing/csv.hpp"
#include "importing/text_encoding.hpp"

namespace fx::importing {
namespace {

using exposure::PersonNo;
using exposure::PlaceNo;
using exposure::VisitFault;

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() < 19 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Whole numbers by value and before other names.
bool comes_before(std::string_view a, std::string_view b) {
  if (is_number(a) != is_number(b)) return is_number(a);
  if (!is_number(a)) return a < b;
  const auto x = *parse_number<std::int64_t>(a);
  const auto y = *parse_number<std::int64_t>(b);
  return x != y ? x < y : a < b;
}

constexpr std::size_t longest_name = 64;

/// Reads a table whose columns are known by name, and notes each fault with its line and column.
class Table {
 public:
  Table(std::string_view text, std::vector<std::string_view> columns, std::size_t needed)
      : csv_(text), columns_(std::move(columns)), at_(columns_.size(), nowhere) {
    read_header(needed);
  }

  /// The next line without a fault of its own form; false at the end.
  bool next() {
    while (usable_) {
      auto row = csv_.next();
      if (!row) return false;
      if (!*row) {
        faults_.push_back(row->error());
        continue;
      }
      row_ = std::move(**row);
      before_ = faults_.size();
      return true;
    }
    return false;
  }
  [[nodiscard]] bool line_is_good() const { return faults_.size() == before_; }
  [[nodiscard]] bool has(std::size_t column) const { return at_[column] != nowhere; }

  void fault(std::size_t column, std::string code, Words reason) {
    faults_.push_back({row_.row, {}, std::string(columns_[column]), std::move(code), std::move(reason)});
  }
  std::string_view name(std::size_t column) {
    const std::string& text = row_.fields[at_[column]];
    if (text.empty()) fault(column, "F-SHAPE", {"不得为空", "must not be empty"});
    if (text.size() > longest_name) fault(column, "F-SHAPE", {"超过 64 字节", "longer than 64 bytes"});
    return text;
  }
  template <class Number>
  Number whole(std::size_t column) {
    const std::string& text = row_.fields[at_[column]];
    const auto value = parse_number<Number>(text);
    if (!value)
      fault(column, "F-SHAPE",
            {fmt::format("应为整数，实为“{}”", shown(text)),
             fmt::format("a whole number is expected, found \"{}\"", shown(text))});
    return value.value_or(Number{});
  }
  /// Empty or a column that is not there: 0, not known.
  std::uint16_t known_or_zero(std::size_t column) {
    if (!has(column) || row_.fields[at_[column]].empty()) return 0;
    return whole<std::uint16_t>(column);
  }
  bool yes(std::size_t column) {
    if (!has(column)) return false;
    const std::string& text = row_.fields[at_[column]];
    if (text != "1" && text != "0" && !text.empty())
      fault(column, "F-SHAPE", {"应为 1 或 0", "1 or 0 is expected"});
    return text == "1";
  }
  RowFaults take_faults() { return std::move(faults_); }

 private:
  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

  static std::string shown(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, 24)) out.push_back(c >= ' ' ? c : '?');
    return text.size() > 24 ? out.substr(0, 20) + "..." : out;
  }

  void read_header(std::size_t needed) {
    auto header = csv_.next();
    if (!header || !*header) {
      faults_.push_back(header ? header->error()
                               : RowFault{1, {}, {}, "F-SHAPE", {"文件没有内容", "the file is empty"}});
      return;
    }
    const auto& names = (*header)->fields;
    row_.row = (*header)->row;
    usable_ = true;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      const auto found = std::ranges::find(names, columns_[column]);
      if (found != names.end()) {
        at_[column] = static_cast<std::size_t>(found - names.begin());
        if (std::ranges::count(names, columns_[column]) == 1) continue;
        fault(column, "F-SHAPE", {"此栏出现两次", "the column is there twice"});
      } else if (column < needed) {
        fault(column, "F-SHAPE", {"缺少此栏", "the column is missing"});
      } else {
        continue;
      }
      usable_ = false;
    }
  }

  CsvReader csv_;
  std::vector<std::string_view> columns_;
  std::vector<std::size_t> at_;
  CsvRow row_;
  RowFaults faults_;
  std::size_t before_ = 0;
  bool usable_ = false;
};

Words words_of(VisitFault fault) {
  switch (fault) {
    case VisitFault::none: return {};
    case VisitFault::person_too_large: return {"人数过多", "more persons than an index holds"};
    case VisitFault::place_too_large: return {"地点过多", "more places than an index holds"};
    case VisitFault::time_out_of_range: return {"时间超出范围", "the time is out of range"};
    case VisitFault::ends_before_it_begins: return {"离开早于进入", "leaves before entering"};
    case VisitFault::stay_too_long: return {"停留时间过长", "the stay is too long"};
  }
  return {};
}

/// UTF-8 of the file's bytes; else the fault.
std::optional<std::string> decoded(std::string_view bytes, RowFaults& faults) {
  auto text = decode_text(bytes);
  if (text) return std::move(text->utf8);
  const Refusal& no = text.error().list().front();
  faults.push_back({0, {}, no.path, no.code, no.say});
  return std::nullopt;
}

std::string as_cell(const std::string& name) {
  std::string line = write_csv_row({is_number(name) ? name : harmless_cell(name), {}});
  line.resize(line.size() - 3);  // the comma and the line break behind it
  return line;
}

}  // namespace

std::uint32_t Numbering::number_of(std::string_view name) {
  const auto found = numbers_.find(name);
  if (found != numbers_.end()) return found->second;
  const auto added = numbers_.emplace(std::string(name), static_cast<std::uint32_t>(names_.size())).first;
  names_.push_back(&added->first);
  return added->second;
}

RowFaults read_visits(std::string_view text, VisitList& into) {
  RowFaults faults;
  const auto utf8 = decoded(text, faults);
  if (!utf8) return faults;
  enum Column { person, place, enter, leave, section, row, is_protected };
  Table table(*utf8, {"person", "place", "enter_s", "leave_s", "section", "row", "protected"}, 4);
  while (table.next()) {
    const auto who = table.name(person);
    const auto where = table.name(place);
    exposure::Visit visit{.from_s = table.whole<std::int64_t>(enter),
                          .until_s = table.whole<std::int64_t>(leave)};
    visit.spot = {table.known_or_zero(section), table.known_or_zero(row), 0};
    visit.is_protected = table.yes(is_protected);
    if (!table.line_is_good()) continue;
    const VisitFault bad_times = fault_of(visit);
    if (bad_times != VisitFault::none) {
      table.fault(bad_times == VisitFault::time_out_of_range ? enter : leave, "F-SHAPE", words_of(bad_times));
      continue;
    }
    visit.person = PersonNo{into.people.number_of(who)};
    visit.place = PlaceNo{into.places.number_of(where)};
    if (const VisitFault full = fault_of(visit); full != VisitFault::none) {
      table.fault(person, "F-SHAPE", words_of(full));
      break;
    }
    into.seen.resize(std::max<std::size_t>(into.seen.size(), number(visit.person) + 1UL));
    into.seen[number(visit.person)] = true;
    into.visits.push_back(visit);
  }
  return table.take_faults();
}

RowFaults read_cases(std::string_view text, VisitList& into) {
  RowFaults faults;
  const auto utf8 = decoded(text, faults);
  if (!utf8) return faults;
  enum Column { person, from, until };
  Table table(*utf8, {"person", "window_start_s", "window_end_s"}, 3);
  while (table.next()) {
    const auto who = table.name(person);
    const exposure::Span window{table.whole<std::int64_t>(from), table.whole<std::int64_t>(until)};
    if (!table.line_is_good()) continue;
    if (std::abs(window.from_s / 2) > exposure::max_time_s ||
        std::abs(window.until_s / 2) > exposure::max_time_s)
      table.fault(from, "F-SHAPE", words_of(VisitFault::time_out_of_range));
    else if (window.until_s <= window.from_s)
      table.fault(until, "F-SHAPE", {"窗口结束不晚于开始", "the window does not end after its beginning"});
    if (table.line_is_good()) into.cases.push_back({PersonNo{into.people.number_of(who)}, window});
  }
  return table.take_faults();
}

std::string write_ring(std::vector<exposure::Contact> ring, const Numbering& people) {
  std::ranges::sort(ring, [&](const auto& a, const auto& b) {
    return comes_before(people.name(number(a.person)), people.name(number(b.person)));
  });
  std::string out = "person,first_exposure,longest_overlap,total_overlap,qualifying_pairs\n";
  for (const auto& one : ring)
    fmt::format_to(std::back_inserter(out), "{},{},{},{},{}\n", as_cell(people.name(number(one.person))),
                   one.first_exposure_s, one.longest_s, one.total_s, one.meetings);
  return out;
}

std::string write_meetings(const std::vector<exposure::Meeting>& meetings, const VisitList& list) {
  auto sorted = meetings;
  std::ranges::stable_sort(sorted, [&](const auto& a, const auto& b) {
    return comes_before(list.people.name(number(a.contact)), list.people.name(number(b.contact)));
  });
  std::string out = "contact,source,place,from_s,until_s,overlap_s\n";
  for (const auto& one : sorted)
    fmt::format_to(
        std::back_inserter(out), "{},{},{},{},{},{}\n", as_cell(list.people.name(number(one.contact))),
        as_cell(list.people.name(number(one.source))), as_cell(list.places.name(number(one.place))),
        one.span.from_s, one.span.until_s, one.span.seconds());
  return out;
}

std::optional<std::int64_t> parse_seconds(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  constexpr std::array units{std::pair('s', 1), std::pair('m', 60), std::pair('h', 3600),
                             std::pair('d', 86'400)};
  const auto* const unit = std::ranges::find(units, text.back(), &std::pair<char, int>::first);
  const auto count = parse_number<std::int64_t>(text.substr(0, text.size() - 1));
  if (unit == units.end() || !count || *count < 0 || *count > exposure::max_stay_s / unit->second)
    return std::nullopt;
  return *count * unit->second;
}

}  // namespace fx::importing
