// Files in: brought, tried, put right, recorded, and what could not be taken handed back as a list.
#include <fmt/format.h>

#include "api/handlers.hpp"
#include "api/imports/job.hpp"
#include "api/row_json.hpp"
#include "importing/edge/workbook_writer.hpp"
#include "importing/import_report.hpp"
#include "runtime/system_clock.hpp"

namespace fx::api {
namespace {

constexpr std::size_t longest_name = 200;

void audit_import(const Exchange& exchange, std::string kind, const ImportJob& job) {
  AuditLine line = audit_line(exchange, std::move(kind));
  line.operation = std::string("import.") + std::string(job.asked.kind->id);
  line.detail = fmt::format(R"({{"import":"{}","file":{}}})", job.id.text(), quoted(job.asked.file));
  exchange.house.parts.writer.audit(std::move(line));
}

const ImportKind& kind_in_query(const Exchange& exchange) {
  const ImportKind* kind = import_kind(text_in_query(exchange.request, "kind"));
  if (kind == nullptr) throw Declined(malformed("/kind", "没有这类文件", "there is no such kind of file"));
  return *kind;
}

void require_kind(const Exchange& exchange, const ImportKind& kind, bool list) {
  const Registry& registry = exchange.house.parts.registry;
  if (may_ask(exchange.who, registry, kind.operations) &&
      (!list || may_ask(exchange.who, registry, kind.list_operations)))
    return;
  AuditLine line = audit_line(exchange, "refused");
  line.operation = std::string("import.") + std::string(kind.id);
  line.code = "R-ROLE";
  exchange.house.parts.writer.audit(std::move(line));
  throw Declined(refused(403, "R-ROLE"));
}

/// A list may be named only of the kind its rows go to.
void require_list(const ImportKind& kind, const ImportAsked& asked) {
  const auto refuse = [](const char* path) {
    throw Declined(
        malformed(path, "这类文件不导入该名单", "this kind of file is not loaded into such a list"));
  };
  if (asked.township && kind.list != NamedList::township) refuse("/township");
  if (asked.round && kind.list != NamedList::round) refuse("/round");
}

ImportAsked asked_in(const Exchange& exchange) {
  ImportAsked asked;
  asked.kind = &kind_in_query(exchange);
  asked.file = text_in_query(exchange.request, "file").substr(0, longest_name);
  asked.source = text_in_query(exchange.request, "source").substr(0, longest_name);
  asked.pathogen = text_in_query(exchange.request, "pathogen");
  asked.plate = text_in_query(exchange.request, "plate").substr(0, longest_name);
  if (const std::string township = text_in_query(exchange.request, "township"); !township.empty()) {
    const auto id = RawId::parse(township);
    const Unit* unit = id ? exchange.who.reference->unit(UnitId{*id}) : nullptr;
    if (unit == nullptr || unit->kind != UnitKind::township)
      throw Declined(malformed("/township", "不是乡镇街道", "not a township"));
    asked.township = unit->id;
  }
  if (asked.township.has_value() == asked.source.empty())
    throw Declined(malformed(asked.township ? "/source" : "/township", "须填写乡镇和名单来源",
                             "say the township and who sent the list"));
  if (const std::string round = text_in_query(exchange.request, "round"); !round.empty()) {
    const auto id = RawId::parse(round);
    if (!id) throw Declined(malformed("/round", "应为UUID", "expected a UUID"));
    asked.round = screening::RoundId{*id};
  }
  require_list(*asked.kind, asked);
  require_kind(exchange, *asked.kind, asked.names_list());
  return asked;
}

ImportJobPtr job_in_path(const Exchange& exchange) {
  const auto job = exchange.house.imports.find(exchange.who.session.account, id_in_path(exchange.steps[2]),
                                               exchange.house.parts.clock.monotonic());
  if (job == nullptr) not_found();
  return job;
}

/// From one of these states to another; 409 when the job is in none of them.
void move_state(ImportJob& job, std::initializer_list<ImportState> from, ImportState to) {
  const std::lock_guard lock(job.mutex);
  if (std::ranges::find(from, job.state) == from.end()) throw Declined(refused(409, "F-IMPORT"));
  job.state = to;
  job.read = 0;  // work begins anew: nobody is shown how far the work before had come
  job.cancel = false;
  job.problem = {};
}

/// Hands work on a job to the threads for files; a full house says so and the job is as before.
void work_on(const ExchangePtr& exchange, const ImportJobPtr& job, ImportState otherwise,
             std::move_only_function<void()> work) {
  if (exchange->house.import_work.post(std::move(work)))
    return exchange->answer(http::json(202, import_json(*job)));
  {
    const std::lock_guard lock(job->mutex);
    job->state = otherwise;
  }
  exchange->answer(busy());
}

bool in_chinese(const Exchange& exchange) { return text_in_query(exchange.request, "lang") != "en"; }

http::Response download(std::string body, std::string_view type, const std::string& name) {
  http::Response out = http::text(200, std::move(body), type);
  out.headers.emplace_back("Content-Disposition", fmt::format("attachment; filename=\"{}\"", name));
  return out;
}

}  // namespace

void start_import(const ExchangePtr& exchange) {
  House& house = exchange->house;
  ImportAsked asked = asked_in(*exchange);
  if (exchange->request.body.empty())
    return exchange->answer(malformed("", "文件是空的", "the file is empty"));
  runtime::SystemIds ids(house.parts.clock);
  const RawId id = ids.next(exchange->who.actor.jurisdiction);
  const auto job = house.imports.open(exchange->who, std::move(asked), exchange->request.peer,
                                      std::move(exchange->request.body), id, house.parts.clock.monotonic());
  if (job == nullptr) return exchange->answer(busy());
  audit_import(*exchange, "import_read", *job);
  work_on(exchange, job, ImportState::failed, [&house, job] { check_import(house, job); });
}

void run_import_job(const ExchangePtr& exchange) {
  House& house = exchange->house;
  const ImportJobPtr job = job_in_path(*exchange);
  require_kind(*exchange, *job->asked.kind, job->asked.names_list());
  move_state(*job, {ImportState::checked, ImportState::stopped}, ImportState::running);
  audit_import(*exchange, "import_run", *job);
  work_on(exchange, job, ImportState::stopped, [&house, job] { run_import(house, job); });
}

void change_import_cells(const ExchangePtr& exchange) {
  House& house = exchange->house;
  const ImportJobPtr job = job_in_path(*exchange);
  Faults faults;
  std::vector<CellChange> changes;
  if (const auto json = parse_json(exchange->request.body, faults)) {
    const auto* list = json->is_object() ? json->as_object().if_contains("cells") : nullptr;
    if (list == nullptr || !list->is_array() || list->as_array().size() > longest_list) {
      expected(faults, Path{nullptr, "cells", 0}, "单元格列表", "a list of cells");
    } else {
      for (const auto& one : list->as_array()) {
        const auto* cell = one.if_object();
        const auto* row = cell != nullptr ? cell->if_contains("row") : nullptr;
        if (row == nullptr || !row->is_int64()) {
          expected(faults, Path{nullptr, "cells", 0}, "行、列、值", "row, column, value");
          break;
        }
        changes.push_back(
            {static_cast<std::size_t>(row->as_int64()), text_in(*cell, "column"), text_in(*cell, "value")});
      }
    }
  }
  if (!faults.empty()) return exchange->answer(malformed(faults));
  move_state(*job, {ImportState::checked, ImportState::stopped, ImportState::done}, ImportState::reading);
  work_on(exchange, job, ImportState::checked,
          [&house, job, changes = std::move(changes)] { change_cells(house, job, changes); });
}

void cancel_import(const ExchangePtr& exchange) {
  const ImportJobPtr job = job_in_path(*exchange);
  job->cancel = true;
  audit_import(*exchange, "import_cancelled", *job);
  exchange->answer(http::json(200, import_json(*job)));
}

http::Response show_import(Exchange& exchange) {
  return http::json(200, import_json(*job_in_path(exchange)));
}

http::Response show_imports(Exchange& exchange) {
  std::string rows;
  for (const ImportJobPtr& job : exchange.house.imports.of(exchange.who.session.account))
    (rows += rows.empty() ? "" : ",") += import_json(*job);
  return http::json(200, R"({"rows":[)" + rows + "]}");
}

http::Response show_import_kinds(Exchange& exchange) {
  std::string rows;
  for (const ImportKind& kind : import_kinds()) {
    const Registry& registry = exchange.house.parts.registry;
    if (!may_ask(exchange.who, registry, kind.operations)) continue;
    const bool may_list = may_ask(exchange.who, registry, kind.list_operations);
    std::string one = "{";
    add_text(one, "kind", kind.id);
    add_json(one, "title", words_json(kind.title));
    add_text(one, "list", enum_text(may_list ? kind.list : NamedList::none));
    add_json(one, "has_template", offered_profile(kind.id) != nullptr ? "true" : "false");
    (rows += rows.empty() ? "" : ",") += one + "}";
  }
  return http::json(200, R"({"rows":[)" + rows + "]}");
}

http::Response download_import_errors(Exchange& exchange) {
  const ImportJobPtr job = job_in_path(exchange);
  audit_import(exchange, "import_errors", *job);
  const std::lock_guard lock(job->mutex);
  const auto language = in_chinese(exchange) ? importing::ReportLanguage::zh : importing::ReportLanguage::en;
  return download(importing::error_file(job->report.faults, language), "text/csv; charset=utf-8",
                  "errors.csv");
}

http::Response download_import_template(Exchange& exchange) {
  const ImportKind* kind = import_kind(exchange.steps[3]);
  const importing::TableProfile* profile = kind != nullptr ? offered_profile(kind->id) : nullptr;
  if (profile == nullptr) not_found();
  const bool zh = in_chinese(exchange);
  const auto language = zh ? importing::HeaderLanguage::zh : importing::HeaderLanguage::en;
  const std::string name(kind->id);
  if (text_in_query(exchange.request, "format") == "csv")
    return download(importing::table_template(*profile, language), "text/csv; charset=utf-8", name + ".csv");
  return download(importing::workbook_of({zh ? profile->title().zh : profile->title().en,
                                          {importing::template_headers(*profile, language)}}),
                  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name + ".xlsx");
}

}  // namespace fx::api
