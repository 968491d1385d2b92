#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engines/exposure/trace.hpp"
#include "importing/fault.hpp"

namespace fx::importing {

/// Names as a file has them, numbered in the order of their first coming.
class Numbering {
 public:
  std::uint32_t number_of(std::string_view name);
  [[nodiscard]] const std::string& name(std::uint32_t number) const { return *names_[number]; }
  [[nodiscard]] std::size_t size() const { return names_.size(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
  std::vector<const std::string*> names_;
};

/// What `fangxian trace` reads: visits and cases as tables (docs/trace.md).
struct VisitList {
  Numbering people;
  Numbering places;
  std::vector<exposure::Visit> visits;
  std::vector<exposure::Source> cases;
  std::vector<bool> seen;  ///< by number of person: has a visit

  [[nodiscard]] bool has_visit(exposure::PersonNo person) const {
    return number(person) < seen.size() && seen[number(person)];
  }
};

/// Reads CSV text with the columns person, place, enter_s, leave_s and, if there, section, row, protected; others are
/// not looked at.
/// Gives  what is wrong with it, line by line: nothing of a line with a fault is taken
RowFaults read_visits(std::string_view text, VisitList& into);
/// With the columns person, window_start_s, window_end_s.
RowFaults read_cases(std::string_view text, VisitList& into);

/// The columns person, first_exposure, longest_overlap, total_overlap, qualifying_pairs; persons in the order of their
/// names, whole numbers by value.
std::string write_ring(std::vector<exposure::Contact> ring, const Numbering& people);
/// The columns contact, source, place, from_s, until_s, overlap_s.
std::string write_meetings(const std::vector<exposure::Meeting>& meetings, const VisitList& list);

/// "900s", "15m", "4d", "2h" as seconds; nothing for any other text or for what does not fit.
std::optional<std::int64_t> parse_seconds(std::string_view text);

}  // namespace fx::importing
