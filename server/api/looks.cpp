// Reading identities is a write (kernel-notes §8): the line stands in the audit before anything is shown.
#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include <array>

#include "api/handlers.hpp"
#include "api/person_page.hpp"
#include "api/row_json.hpp"

namespace fx::api {
namespace {

constexpr std::array<std::string_view, 6> purposes{"treatment", "testing", "investigation",
                                                   "reporting", "search",  "service"};

struct Purpose {
  std::string purpose;
};
BOOST_DESCRIBE_STRUCT(Purpose, (), (purpose))

void require_purpose(std::string_view purpose) {
  if (std::ranges::find(purposes, purpose) != purposes.end()) return;
  std::string list;
  for (const auto one : purposes) (list += list.empty() ? "" : " | ") += one;
  throw Declined(malformed("/purpose", "须写明查看目的：" + list, "a purpose is needed: " + list));
}

/// Records, waits until that is durable, then shows.
void record_then_show(const ExchangePtr& exchange, const std::string& kind, const std::string& purpose,
                      const RawId& subject, std::string shown) {
  AuditLine line = audit_line(*exchange, kind);
  line.purpose = purpose;
  line.detail = fmt::format(R"({{"ids":["{}"]}})", subject.text());
  const bool taken =
      exchange->house.parts.writer.audit(std::move(line), [exchange, shown = std::move(shown)](bool written) {
        exchange->answer(written ? http::json(200, shown) : refused(507, "F-DISK"));
      });
  if (!taken) exchange->answer(busy());
}

void unmask(const ExchangePtr& exchange, const std::string& purpose) {
  const RawId person = id_in_path(exchange->steps[2]);
  std::string shown;
  {
    auto reader = exchange->house.parts.readers.open();
    if (!reaches_person(*exchange, reader, person)) not_found();
    auto identity = exchange->house.cards.open(reader, person, "person");
    if (!identity) not_found();
    if (const auto* number = identity->if_contains("document_number")) (*identity)["document"] = *number;
    shown = boost::json::serialize(*identity);
  }
  record_then_show(exchange, "identity_read", purpose, person, std::move(shown));
}

void show_text(const ExchangePtr& exchange, const std::string& purpose) {
  const RawId id = id_in_path(exchange->steps[2]);
  // A text lies in the county of the unit that wrote it.
  const bool own_county = id.home() == exchange->who.actor.jurisdiction;
  if (!own_county && !sees(exchange->who, id.home(), {})) not_found();
  std::optional<std::string> words;
  {
    auto reader = exchange->house.parts.readers.open();
    const auto sealed = reader.identity(id, "text");
    if (sealed) words = exchange->house.opener.open_text(id, sealed->cipher);
  }
  if (!words) not_found();
  record_then_show(exchange, "text_read", purpose, id,
                   fmt::format(R"({{"id":"{}","text":{}}})", id.text(), quoted(*words)));
}

}  // namespace

void require_person_role(const Exchange& exchange) {
  require_role(exchange,
               {Role::DOC, Role::NUR,  Role::SMP, Role::LAB, Role::LAA, Role::CDC, Role::INV, Role::HA,
                Role::FRP, Role::GRID, Role::POL, Role::DO,  Role::DL,  Role::CMD, Role::QM,  Role::QD,
                Role::GK,  Role::TRN,  Role::VAC, Role::PSY, Role::MGR, Role::COU, Role::INS});
}

void unmask_person(const ExchangePtr& exchange) {
  require_person_role(*exchange);
  Faults faults;
  Purpose asked;
  if (const auto json = parse_json(exchange->request.body, faults)) read_json(*json, asked, faults);
  if (!faults.empty()) return exchange->answer(malformed(faults));
  require_purpose(asked.purpose);
  const bool taken = exchange->house.reads.post(
      [exchange, purpose = asked.purpose] { guarded(exchange, [&] { unmask(exchange, purpose); }); });
  if (!taken) exchange->answer(busy());
}

void read_text(const ExchangePtr& exchange) {
  require_person_role(*exchange);
  const std::string purpose = text_in_query(exchange->request, "purpose");
  require_purpose(purpose);
  const bool taken = exchange->house.reads.post(
      [exchange, purpose] { guarded(exchange, [&] { show_text(exchange, purpose); }); });
  if (!taken) exchange->answer(busy());
}

}  // namespace fx::api
