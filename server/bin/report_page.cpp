#include "bin/report_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "api/house.hpp"
#include "bin/docx.hpp"
#include "desks/investigation/reports/draft.hpp"
#include "desks/investigation/reports/identities.hpp"

namespace fx::bin {
namespace {

using namespace investigation;

constexpr const char* docx_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

template <class T>
std::vector<T> rows_of_case(const api::PageAsk& ask, CaseId case_id, std::string order_by) {
  journal::ListQuery query;
  query.table = &table_type<T>();
  query.scope.places = {journal::places_of(0)};
  query.filters = {{"case_id", {case_id.raw}}};
  query.order_by = std::move(order_by);
  query.descending = false;
  query.limit = journal::longest_page;
  std::vector<T> out;
  for (;;) {
    const auto page = ask.reader.list(query);
    for (const RowPtr& row : page.rows) out.push_back(*static_cast<const T*>(row.get()));
    if (page.next.empty()) return out;
    query.cursor = page.next;
  }
}

struct Written {
  Case file;
  ReportKind kind = ReportKind::first;
  std::vector<ReportPart> parts;         ///< drafted
  std::shared_ptr<const Report> saved;   ///< nullptr: never
  std::vector<std::string> saved_words;  ///< beside `parts`; empty: not saved
  bool names_somebody = false;           ///< a public notice in which an identity was typed
};

TextRef part_of(const Report& report, std::string_view key) {
  if (key == "basic") return report.basic;
  if (key == "trajectory") return report.trajectory;
  if (key == "contacts") return report.contacts;
  if (key == "source") return report.source;
  return report.measures;
}

/// What must not stand in a public notice: the names of the case and of whoever it met, the plates it went by.
std::vector<std::string> known_of(const api::PageAsk& ask, const Case& file) {
  std::vector<std::string> out{ask.person(file.person.raw)};
  for (const Contact& contact : rows_of_case<Contact>(ask, file.id, "named_at"))
    out.push_back(ask.person(contact.person.raw));
  for (const Stop& stop : rows_of_case<Stop>(ask, file.id, "from"))
    if (stop.kind == StopKind::car || stop.kind == StopKind::taxi) out.push_back(stop.service);
  return out;
}

Written written(const api::PageAsk& ask) {
  const auto id = RawId::parse(ask.query("case"));
  if (!id) throw api::Declined(api::malformed("/case", "应为病例编号", "expected the id of a case"));
  const auto kind = enum_from<ReportKind>(ask.query("kind"));
  if (!kind) throw api::Declined(api::malformed("/kind", "应为报告种类", "expected a kind of report"));
  const auto file = ask.reader.row<Case>(CaseId{*id});
  if (!file || !ask.sees(id->home(), {file->cdc})) api::not_found();
  Written out{*file, *kind, {}, ask.reader.row<Report>(report_of(file->id, *kind)), {}};
  ReportFacts facts;
  facts.file = *file;
  facts.stops = rows_of_case<Stop>(ask, file->id, "from");
  facts.contacts = rows_of_case<Contact>(ask, file->id, "named_at");
  if (*kind == ReportKind::public_notice) {
    // Neither a name nor an address is even read.
    out.parts = public_notice(public_facts(*file, facts.stops, facts.contacts.size()));
  } else {
    facts.name = ask.person(file->person.raw);
    facts.gaps = rows_of_case<Gap>(ask, file->id, "from");
    for (const Stop& stop : facts.stops) facts.addresses.push_back(ask.words(stop.address.id.raw));
    if (const auto interview = ask.reader.row<Interview>(interview_of(file->id)))
      facts.interview = *interview;
    out.parts = draft(*kind, facts);
  }
  for (const ReportPart& part : out.parts)
    out.saved_words.push_back(out.saved ? ask.words(part_of(*out.saved, part.key).id.raw) : "");
  // The draft cannot name anybody; what somebody typed over it can.
  if (*kind == ReportKind::public_notice && out.saved) {
    const auto known = known_of(ask, *file);
    out.names_somebody = std::ranges::any_of(
        out.saved_words, [&](const std::string& words) { return names_somebody(words, known); });
  }
  return out;
}

std::string standing(const Written& report, api::PageAnswer& answer) {
  if (!report.saved) return R"("version":0,"signed_version":0)";
  const Report& saved = *report.saved;
  std::string out = fmt::format(R"("version":{},"signed_version":{})", saved.version, saved.signed_version);
  if (saved.signed_by && saved.signed_at) {
    out += fmt::format(R"(,"signed_by":"{}","signed_at":"{}")", saved.signed_by->text(),
                       format(*saved.signed_at));
    answer.accounts.insert(saved.signed_by->raw);
  }
  return out;
}

api::PageAnswer told(const api::PageAsk& ask) {
  const Written report = written(ask);
  std::string parts;
  for (std::size_t i = 0; i < report.parts.size(); ++i) {
    const ReportPart& part = report.parts[i];
    std::string one = R"({"part":)";
    write_json_string(one, part.key);
    one += R"(,"title":)";
    write_json_string(one, part.title);
    one += R"(,"draft":)";
    write_json_string(one, part.words);
    one += R"(,"saved":)";
    write_json_string(one, report.saved_words[i]);
    (parts += parts.empty() ? "" : ",") += one + "}";
  }
  api::PageAnswer answer;
  answer.body = R"({"title":)";
  write_json_string(answer.body, title_of(report.kind));
  answer.body += fmt::format(R"(,"case_id":"{}","kind":"{}",{},"names_somebody":{},"parts":[{}]}})",
                             report.file.id.text(), enum_text(report.kind), standing(report, answer),
                             report.names_somebody, parts);
  answer.persons.insert(report.file.person.raw);
  answer.looked.push_back(report.file.person.raw);
  return answer;
}

/// Whether the words above are signed, for who finds the file later.
std::string standing_words(const Written& report) {
  if (!report.saved) return "草稿，未保存。";
  const Report& saved = *report.saved;
  if (saved.signed_version != saved.version || !saved.signed_at)
    return fmt::format("第{}版，未签发。", saved.version);
  return fmt::format("第{}版，{}签发。", saved.version,
                     format(*saved.signed_at).substr(0, 16).replace(10, 1, " "));
}

api::PageAnswer as_docx(const api::PageAsk& ask) {
  const Written report = written(ask);
  if (report.names_somebody)
    throw api::Declined(api::malformed(
        "/kind", "公开版中有姓名、车牌或证件、电话号码，删去后再导出",
        "the public version names a person, a licence plate or holds a long number: remove it"));
  std::vector<DocxParagraph> paragraphs{{DocxParagraph::Style::title, title_of(report.kind)}};
  for (std::size_t i = 0; i < report.parts.size(); ++i) {
    paragraphs.push_back({DocxParagraph::Style::heading, report.parts[i].title});
    const std::string& saved = report.saved_words[i];
    paragraphs.push_back({DocxParagraph::Style::body, saved.empty() ? report.parts[i].words : saved});
  }
  paragraphs.push_back({DocxParagraph::Style::body, standing_words(report)});
  api::PageAnswer answer;
  answer.body = docx_of(paragraphs);
  answer.type = docx_type;
  answer.file = fmt::format("{}-{}.docx", enum_text(report.kind), report.saved ? report.saved->version : 0);
  answer.looked.push_back(report.file.person.raw);
  return answer;
}

}  // namespace

std::vector<api::DeskPage> report_pages() {
  const std::vector<Role> readers{Role::INV, Role::CDC};
  return {{"investigation", "report", readers, "report_read", told},
          {"investigation", "report_docx", readers, "report_exported", as_docx}};
}

}  // namespace fx::bin
