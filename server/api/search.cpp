// Finding a person by exact tokens: number, name, tails, initials. Recorded before it is answered (settled.md 22).
#include <fmt/format.h>

#include "access/scope.hpp"
#include "api/handlers.hpp"
#include "api/pages.hpp"
#include "api/row_json.hpp"
#include "base/text.hpp"

namespace fx::api {
namespace {

constexpr std::size_t most_hits = 50;
constexpr std::size_t most_candidates = 500;

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// What the typed text can be, narrowest first: kinds of token.
std::vector<std::string> kinds_of(std::string_view text) {
  if (!is_ascii(text)) return {"name"};
  const auto digits = static_cast<std::size_t>(std::ranges::count_if(text, is_digit));
  const bool letters_only = std::ranges::all_of(text, [](char c) { return is_letter(c) || c == ' '; });
  if (letters_only)
    return text.size() <= 6 ? std::vector<std::string>{"initials", "name"} : std::vector<std::string>{"name"};
  if (text.size() == 4 && digits >= 3) return {"document_tail", "phone_tail"};
  if (text.size() == 11 && digits == 11 && text.front() == '1') return {"phone_tail"};
  return {"document"};
}

/// A full telephone number has only its tail in the index: the rest is compared in the open.
bool whole_phone_fits(const Exchange& exchange, journal::Reader& reader, const RawId& person,
                      std::string_view phone) {
  const auto identity = exchange.house.cards.open(reader, person, "person");
  return identity && text_in(*identity, "phone") == phone;
}

/// By a whole number anybody who deals with people may find anybody; by less only whom one's own place knows.
bool in_reach(const Exchange& exchange, const RawId& person, std::string_view kind) {
  if (kind == "document") return true;
  const Scope& scope = exchange.who.scope();
  auto places = scope.places;
  places.push_back(range_of(exchange.who.actor.jurisdiction));
  return std::ranges::any_of(places, [&](const auto& range) {
    return range.first <= person.home() && person.home() <= range.second;
  });
}

std::vector<RawId> find(const Exchange& exchange, journal::Reader& reader, const std::string& text) {
  std::vector<RawId> hits;
  for (const std::string& kind : kinds_of(text)) {
    const std::string token = exchange.house.opener.token(kind, text);
    if (token.empty()) continue;
    for (const RawId& person : reader.subjects_of(kind, token, most_candidates)) {
      if (hits.size() >= most_hits || std::ranges::find(hits, person) != hits.end()) continue;
      const bool whole_phone = kind == "phone_tail" && text.size() > 4;
      if (in_reach(exchange, person, kind) &&
          (!whole_phone || whole_phone_fits(exchange, reader, person, text)))
        hits.push_back(person);
    }
  }
  return hits;
}

std::string hits_json(const Exchange& exchange, journal::Reader& reader, const std::vector<RawId>& hits) {
  std::string rows;
  for (const RawId& person : hits) {
    std::string row = fmt::format(R"({{"person":"{}",)", person.text());
    row += std::string_view(exchange.house.cards.card(reader, person)).substr(1);
    (rows += rows.empty() ? "" : ",") += row;
  }
  return page_json(rows, {}, reader, "{}");
}

/// Finds, records, and only then answers.
void search(const ExchangePtr& exchange, const std::string& text) {
  House& house = exchange->house;
  std::string answer;
  std::string detail;
  std::vector<RawId> hits;
  {
    auto reader = house.parts.readers.open();
    hits = find(*exchange, reader, text);
    answer = hits_json(*exchange, reader, hits);
  }
  for (const RawId& person : hits) (detail += detail.empty() ? "" : ",") += quoted(person.text());
  AuditLine line = audit_line(*exchange, "search");
  line.purpose = join(kinds_of(text), "|");
  line.detail = fmt::format(R"({{"found":[{}]}})", detail);
  const bool taken = house.parts.writer.audit(std::move(line), [exchange, hits, answer](bool written) {
    if (!written) return exchange->answer(refused(507, "F-DISK"));
    exchange->house.found.note(exchange->who.session.key, hits, exchange->house.parts.clock.monotonic());
    exchange->answer(http::json(200, answer));
  });
  if (!taken) exchange->answer(busy());
}

}  // namespace

void search_people(const ExchangePtr& exchange) {
  require_person_role(*exchange);
  const std::string text(trim(text_in_query(exchange->request, "q")));
  if (text.empty()) return exchange->answer(malformed("/q", "请输入要查找的内容", "say what to look for"));
  const bool taken =
      exchange->house.reads.post([exchange, text] { guarded(exchange, [&] { search(exchange, text); }); });
  if (!taken) exchange->answer(busy());
}

}  // namespace fx::api
