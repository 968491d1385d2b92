#include "importing/import_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "importing/hl7_header.hpp"
#include "importing/instrument_hl7.hpp"
#include "importing/table_items.hpp"
#include "importing/text_encoding.hpp"

namespace fx::importing {
namespace {

RawId digest_of(const Hl7Message& message) {
  std::string all;
  for (const auto& [row, line] : message.lines) all.append(line).push_back('\r');  // whatever ended the lines
  return import_key({all});
}

std::string_view bytes_of(const RawId& id) {
  return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

/// Bytes that were no text cost their message alone: which field of which segment holds them.
RowFaults undecodable(const Hl7Message& message) {
  RowFaults out;
  for (const auto& [row, line] : message.lines) {
    const std::size_t at = line.find(no_text);
    if (at == std::string_view::npos) continue;
    const std::string segment(line.substr(0, 3));
    const auto signs = std::ranges::count(line.substr(0, at), message.delimiters.field);
    const auto field = signs + (segment == "MSH" ? 1 : 0);
    out.push_back({row,
                   segment,
                   fmt::format("{}-{}", segment, field),
                   "F-ENCODING",
                   {"有无法解码的字节", "holds bytes that are no text"}});
  }
  return out;
}

/// A message somebody may look for by its number, refused as a whole.
ImportItem refused(const Hl7Message& message, ItemKind kind, RowFaults faults) {
  ImportItem item{.row = message.row, .kind = kind};
  if (const auto segments = message.segments(); !segments.empty() && segments.front().name() == "MSH")
    item.label = segments.front().text(10);
  item.faults = std::move(faults);
  return item;
}

bool is_instruments(const Hl7Message& message, bool wanted) {
  const auto segments = message.segments();
  if (segments.empty() || segments.front().name() != "MSH") return wanted;
  return wanted || header_of(segments.front()).kind == "OUL^R22";
}

ImportItem item_of(const Hl7Message& message, const ResultTable& table, const Hl7Options& options) {
  ImportItem item{.row = message.row, .kind = ItemKind::lab_report, .content = digest_of(message)};
  LabReading reading = read_lab_report(message, table, options);
  item.faults = std::move(reading.faults);
  item.warnings = std::move(reading.warnings);
  if (!reading.report) return item;
  // The content is in the key because senders reuse MSH-10 for a corrected message: taken as the same, a
  // withdrawal would be lost as "unchanged".
  item.label = reading.report->message_id;
  item.key = import_key({"hl7", reading.report->sending_facility, item.label, bytes_of(item.content)});
  item.body = *std::move(reading.report);
  return item;
}

/// Says where one file uses a message id again for something else.
void warn_of_reused_ids(std::vector<ImportItem>& items) {
  std::map<std::pair<std::string, std::string>, const ImportItem*> seen;
  for (ImportItem& item : items) {
    const LabReport* report = std::get_if<LabReport>(&item.body);
    if (report == nullptr) continue;
    const auto [first, is_new] = seen.emplace(std::pair(report->sending_facility, report->message_id), &item);
    if (is_new || first->second->content == item.content) continue;
    item.warnings.push_back(
        {item.row,
         "MSH",
         "MSH-10",
         "F-SHAPE",
         {fmt::format("消息编号已用于第 {} 行的另一条消息", first->second->row),
          fmt::format("this message id was used in row {} for another message", first->second->row)}});
  }
}

ImportFile messages(std::string_view text, bool mended, const ImportCatalogue& catalogue,
                    const ImportOptions& options) {
  Hl7File file = read_hl7_file(text);
  ImportFile out{.kind = ItemKind::lab_report, .warnings = std::move(file.warnings)};
  out.items.reserve(file.messages.size());
  for (const Hl7Message& message : file.messages)
    for (ImportItem& item : items_of_message(
             message, catalogue,
             {.instrument = options.profile == instrument_kind, .mended = mended, .now = options.now}))
      out.items.push_back(std::move(item));
  if (!out.items.empty()) out.kind = out.items.front().kind;
  warn_of_reused_ids(out.items);
  return out;
}

}  // namespace

std::vector<ImportItem> items_of_message(const Hl7Message& message, const ImportCatalogue& catalogue,
                                         const MessageOptions& options) {
  const bool instrument = is_instruments(message, options.instrument);
  if (options.mended)
    if (RowFaults faults = undecodable(message); !faults.empty()) {
      std::vector<ImportItem> out;
      out.push_back(refused(message, instrument ? ItemKind::instrument_reading : ItemKind::lab_report,
                            std::move(faults)));
      return out;
    }
  if (instrument) return instrument_items(message, catalogue, options.now);
  std::vector<ImportItem> out;
  out.push_back(item_of(message, catalogue.results, {.now = options.now}));
  return out;
}

Result<ImportCatalogue> load_catalogue(std::span<const std::pair<std::string, std::string>> files) {
  ImportCatalogue out;
  Refusals no;
  bool results = false;
  for (const auto& [path, text] : files) {
    if (path == "hl7-results.toml") {
      auto table = ResultTable::load(text, path);
      results = true;
      if (table)
        out.results = *std::move(table);
      else
        for (const Refusal& one : table.error().list()) no.add(one);
    } else if (path == "stop-words.toml") {
      auto words = StopWords::load(text, path);
      if (words)
        out.words = *std::move(words);
      else
        for (const Refusal& one : words.error().list()) no.add(one);
    } else if (path == "instruments.toml") {
      auto words = InstrumentWords::load(text, path);
      if (words)
        out.instruments = *std::move(words);
      else
        for (const Refusal& one : words.error().list()) no.add(one);
    } else if (path.starts_with("tables/") && path.ends_with(".toml")) {
      auto profile = TableProfile::load(text, path);
      if (profile)
        out.profiles.push_back(*std::move(profile));
      else
        for (const Refusal& one : profile.error().list()) no.add(one);
    }
  }
  if (!results) no.add("F-REF", "hl7-results.toml");
  if (!no.empty()) return no;
  return out;
}

bool is_hl7(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::size_t from = text.find_first_not_of("\x0B\r\n\t ");
  if (from == std::string_view::npos) return false;
  const std::string_view name = text.substr(from, 3);
  return (name == "MSH" || name == "FHS" || name == "BHS") && text.size() > from + 3 && text[from + 3] != ',';
}

Result<ImportFile> read_import(std::string_view bytes, const ImportCatalogue& catalogue,
                               const ImportOptions& options) {
  if (is_hl7(bytes)) {
    const auto text = decode_text(bytes);
    return text ? messages(text->utf8, false, catalogue, options)
                : messages(mend_text(bytes), true, catalogue, options);
  }
  const auto table = read_table(bytes, catalogue.profiles, options.profile);
  if (!table) return table.error();
  return items_of(*table, {.today = day_of(options.now),
                           .shift_to = options.shift_to,
                           .name_space = options.name_space,
                           .words = &catalogue.words,
                           .instruments = &catalogue.instruments});
}

}  // namespace fx::importing
