// Which entry holds a document: what a device that worked without network asks before it sends, so that a known person is
// not met twice. Tells an id and nothing of the person; recorded before it is answered.
#include <fmt/format.h>

#include "api/documents.hpp"
#include "api/handlers.hpp"
#include "api/row_json.hpp"
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

namespace {

constexpr std::size_t most_documents = 500;

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
  if (asked.documents.size() > most_documents)
    add_fault(faults, Path{nullptr, "documents", 0}, "不超过500项", "at most 500 items");
  if (!faults.empty()) return exchange->answer(malformed(faults));
  const bool taken = exchange->house.reads.post([exchange, documents = std::move(asked.documents)] {
    guarded(exchange, [&] { resolve(exchange, documents); });
  });
  if (!taken) exchange->answer(busy());
}

}  // namespace fx::api
