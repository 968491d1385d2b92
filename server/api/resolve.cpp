// What a device that worked without network asks before it sends. Which entry holds a document, so that a known person is
// not met twice: an id and nothing of the person, recorded before it is answered. Which tube a code names, so that a label
// printed elsewhere is that tube and not another one: how far the tube is, and nobody in it.
#include <fmt/format.h>

#include "api/documents.hpp"
#include "api/handlers.hpp"
#include "api/row_json.hpp"
#include "base/code.hpp"
#include "base/text.hpp"
#include "kernel/derive.hpp"

namespace fx::api {

struct AskedDocument {
  std::string type;
  std::string number;
};
BOOST_DESCRIBE_STRUCT(AskedDocument, (), (type, number))

struct AskedDocuments {
  std::vector<AskedDocument> documents;
};
BOOST_DESCRIBE_STRUCT(AskedDocuments, (), (documents))

struct AskedTubes {
  std::vector<std::string> codes;
};
BOOST_DESCRIBE_STRUCT(AskedTubes, (), (codes))

struct FoundTube {
  RawId tube;
  std::string state;
  std::string class_;
  std::int64_t size = 1;
  std::int64_t members = 0;
  std::optional<RawId> round;
  std::optional<Instant> sealed_at;
};
BOOST_DESCRIBE_STRUCT(FoundTube, (), (tube, state, class_, size, members, round, sealed_at))

namespace {

constexpr std::size_t most_asked = 500;

void check_length(Faults& faults, std::string_view field, std::size_t asked) {
  if (asked > most_asked) add_fault(faults, Path{nullptr, field, 0}, "不超过500项", "at most 500 items");
}

void resolve(const ExchangePtr& exchange, const std::vector<AskedDocument>& documents) {
  House& house = exchange->house;
  std::string persons;
  std::vector<RawId> found;
  {
    auto reader = house.parts.readers.open();
    for (const AskedDocument& one : documents) {
      const RawId holder = holder_of_document(house, reader, one.type, one.number);
      persons += persons.empty() ? "" : ",";
      persons += holder.is_nil() ? "null" : fmt::format(R"("{}")", holder.text());
      if (!holder.is_nil()) found.push_back(holder);
    }
  }
  std::string detail;
  for (const RawId& person : found) (detail += detail.empty() ? "" : ",") += quoted(person.text());
  AuditLine line = audit_line(*exchange, "search");
  line.purpose = "document";
  line.detail = fmt::format(R"({{"asked":{},"found":[{}]}})", documents.size(), detail);
  const bool taken = house.parts.writer.audit(
      std::move(line), [exchange, answer = fmt::format(R"({{"persons":[{}]}})", persons)](bool written) {
        exchange->answer(written ? http::json(200, answer) : refused(507, "F-DISK"));
      });
  if (!taken) exchange->answer(busy());
}

template <class T>
std::optional<T> said(const TypeInfo& type, const void* row, std::string_view name) {
  const FieldValue value = field_of(type, row, name);
  const T* found = std::get_if<T>(&value);
  return found != nullptr ? std::optional(*found) : std::nullopt;
}

FoundTube found_tube(const RawId& id, const TypeInfo& type, const void* row) {
  return {
      .tube = id,
      .state = field_text(field_of(type, row, "state")),
      .class_ = field_text(field_of(type, row, "class")),
      .size = said<std::int64_t>(type, row, "size").value_or(1),
      .members = static_cast<std::int64_t>(
          said<std::vector<std::string>>(type, row, "members").value_or(std::vector<std::string>()).size()),
      .round = said<RawId>(type, row, "round"),
      .sealed_at = said<Instant>(type, row, "sealed_at")};
}

/// The claim is the screening desk's: named after the code as it is compared. Nothing when no tube bears it.
std::optional<FoundTube> tube_of_code(const House& house, journal::Reader& reader, std::string_view text) {
  const auto code = normal_code(text, 'T');
  const TableType* table = house.parts.registry.table("tube");
  if (!code || table == nullptr) return std::nullopt;
  const RowPtr claim = reader.row(table_type<Claim>(), named_id("tube_code", *code));
  if (!claim) return std::nullopt;
  const RawId holder = static_cast<const Claim*>(claim.get())->holder;
  const RowPtr row = reader.row(*table, holder);
  return row ? std::optional(found_tube(holder, *table->info, row.get())) : std::nullopt;
}

void tell_tubes(const ExchangePtr& exchange, const std::vector<std::string>& codes) {
  auto reader = exchange->house.parts.readers.open();
  std::string tubes;
  for (const std::string& code : codes) {
    const auto found = tube_of_code(exchange->house, reader, code);
    tubes += tubes.empty() ? "" : ",";
    tubes += found ? to_json(*found) : "null";
  }
  exchange->answer(http::json(200, fmt::format(R"({{"tubes":[{}]}})", tubes)));
}

}  // namespace

RawId holder_of_document(const House& house, journal::Reader& reader, const std::string& type,
                         const std::string& number) {
  const std::string token = house.opener.token("document", number);
  if (token.empty()) return {};
  const RowPtr row = reader.row(table_type<Claim>(), named_id("document", type + hex(token)));
  return row ? static_cast<const Claim*>(row.get())->holder : RawId{};
}

void resolve_documents(const ExchangePtr& exchange) {
  require_role(*exchange, {Role::SMP, Role::NUR, Role::DOC, Role::GK, Role::GRID, Role::QM, Role::CDC});
  Faults faults;
  AskedDocuments asked;
  if (const auto json = parse_json(exchange->request.body, faults)) read_json(*json, asked, faults);
  check_length(faults, "documents", asked.documents.size());
  if (!faults.empty()) return exchange->answer(malformed(faults));
  const bool taken = exchange->house.reads.post([exchange, documents = std::move(asked.documents)] {
    guarded(exchange, [&] { resolve(exchange, documents); });
  });
  if (!taken) exchange->answer(busy());
}

void resolve_tubes(const ExchangePtr& exchange) {
  require_role(*exchange, {Role::SMP, Role::NUR, Role::COU, Role::LAB});
  Faults faults;
  AskedTubes asked;
  if (const auto json = parse_json(exchange->request.body, faults)) read_json(*json, asked, faults);
  check_length(faults, "codes", asked.codes.size());
  if (!faults.empty()) return exchange->answer(malformed(faults));
  const bool taken = exchange->house.reads.post([exchange, codes = std::move(asked.codes)] {
    guarded(exchange, [&] { tell_tubes(exchange, codes); });
  });
  if (!taken) exchange->answer(busy());
}

}  // namespace fx::api
