#include <fmt/format.h>

#include <filesystem>

#include "bin/cli.hpp"
#include "bin/gunzip.hpp"
#include "importing/edge/import_files.hpp"
#include "importing/visit_list.hpp"

namespace fx::bin {
namespace {

struct Asked {
  std::vector<std::string> visits;
  std::string cases;
  std::string min_overlap;
  std::string onward = "4d";
  std::string out;
  std::string language = "en";
  int rings = 1;
  bool summed = false;
  bool evidence = false;
};

std::string text_of(const std::string& path) {
  try {
    return unpacked(importing::read_whole_file(path), importing::max_import_bytes);
  } catch (const importing::FileError&) {
    throw;
  } catch (const std::runtime_error& error) {
    throw std::runtime_error(path + ": " + error.what());
  }
}

/// How many there are. Beyond a hundred a file is not broken in places but another kind of file.
std::size_t tell(const std::string& path, const importing::RowFaults& faults, bool in_chinese) {
  constexpr std::size_t told = 100;
  for (std::size_t i = 0; i < std::min(told, faults.size()); ++i) {
    const auto& one = faults[i];
    fmt::print(stderr, "{}:{}: {}: {} {}\n", path, one.row, one.field.empty() ? "-" : one.field, one.code,
               in_chinese ? one.reason.zh : one.reason.en);
  }
  if (faults.size() > told) fmt::print(stderr, "{}: {} more\n", path, faults.size() - told);
  return faults.size();
}

std::int64_t seconds_of(const char* option, const std::string& text) {
  const auto seconds = importing::parse_seconds(text);
  if (!seconds)
    throw std::runtime_error(
        fmt::format("{}: wants a time such as 900s, 15m, 2h or 4d, not {}", option, text));
  return *seconds;
}

exposure::MeetingRules rules_of(const Asked& asked) {
  exposure::MeetingRules rules;
  rules.classes.front().min_overlap_s = seconds_of("--min-overlap", asked.min_overlap);
  rules.classes.front().counting = asked.summed ? exposure::Counting::summed : exposure::Counting::single;
  return rules;
}

exposure::VisitView view_of(importing::VisitList& list) {
  exposure::VisitBook book;
  book.append_all([&](const auto& take) { take(list.visits); });
  std::vector<exposure::Visit>().swap(list.visits);
  return book.view();
}

/// Nothing is written when anything in the files is wrong: a person lost silently is worse than a second attempt.
bool read_all(const Asked& asked, importing::VisitList& list) {
  const bool in_chinese = asked.language == "zh";
  std::size_t faults = 0;
  for (const auto& path : asked.visits) faults += tell(path, read_visits(text_of(path), list), in_chinese);
  faults += tell(asked.cases, read_cases(text_of(asked.cases), list), in_chinese);
  for (const auto& one : list.cases)
    if (faults == 0 && !list.has_visit(one.person))
      fmt::print(stderr, "{}: person {} has no visit\n", asked.cases, list.people.name(number(one.person)));
  return faults == 0;
}

void write_answers(const Asked& asked, const importing::VisitList& list, const exposure::VisitView& view,
                   const std::vector<std::vector<exposure::Contact>>& rings, const exposure::Onward& onward) {
  const auto rules = rules_of(asked);
  const std::filesystem::path out(asked.out);
  std::filesystem::create_directories(out);
  auto sources = list.cases;
  std::vector<exposure::PersonNo> listed;
  for (std::size_t nth = 0; nth < rings.size(); ++nth) {
    const auto name = [&](const char* what) {
      return (out / fmt::format("{}{}.csv", what, nth + 1)).string();
    };
    importing::write_whole_file(name("ring"), importing::write_ring(rings[nth], list.people));
    if (!asked.evidence) continue;
    importing::write_whole_file(
        name("meetings"),
        importing::write_meetings(exposure::ring_meetings(view, sources, rules, listed), list));
    for (const auto& source : sources) listed.push_back(source.person);
    sources = exposure::next_sources(rings[nth], onward);
  }
}

void run(const Asked& asked, int& exit_code) {
  const auto rules = rules_of(asked);
  const exposure::Onward onward{.length_s = seconds_of("--onward", asked.onward)};
  importing::VisitList list;
  if (!read_all(asked, list)) {
    exit_code = 1;
    return;
  }
  const std::size_t visits = list.visits.size();
  const auto view = view_of(list);
  const auto rings = exposure::rings(view, list.cases, rules, onward, asked.rings);
  write_answers(asked, list, view, rings, onward);
  std::string counts;
  for (const auto& ring : rings) counts += (counts.empty() ? "" : ",") + std::to_string(ring.size());
  fmt::print("{{\"visits\":{},\"cases\":{},\"rings\":[{}]}}\n", visits, list.cases.size(), counts);
}

}  // namespace

void add_trace(CLI::App& app, int& exit_code) {
  auto* command =
      app.add_subcommand("trace", "who met the cases, and whom did those meet: from tables of visits");
  auto asked = std::make_shared<Asked>();
  command->add_option("--visits", asked->visits, "CSV, also gzipped: person, place, enter_s, leave_s")
      ->required()
      ->check(CLI::ExistingFile);
  command->add_option("--cases", asked->cases, "CSV: person, window_start_s, window_end_s")
      ->required()
      ->check(CLI::ExistingFile);
  command->add_option("--min-overlap", asked->min_overlap, "so long together makes a contact, e.g. 900s")
      ->required();
  command->add_option("--rings", asked->rings, "1: contacts; 2: contacts of contacts too; …")
      ->check(CLI::Range(1, 9));
  command->add_option("--onward", asked->onward, "window of a contact, from its first exposure");
  command->add_option("--out", asked->out, "folder for ring1.csv, ring2.csv …; made if missing")->required();
  command->add_option("--lang", asked->language, "zh or en")->check(CLI::IsMember({"zh", "en"}));
  command->add_flag("--summed", asked->summed, "meetings of the same two people are added up");
  command->add_flag("--evidence", asked->evidence, "also meetings1.csv …: each meeting with place and time");
  command->callback([asked, &exit_code] { run(*asked, exit_code); });
}

}  // namespace fx::bin
