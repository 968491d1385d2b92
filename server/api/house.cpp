#include "api/house.hpp"

#include <fmt/format.h>

#include <charconv>

#include "access/scope.hpp"
#include "api/row_json.hpp"
#include "base/text.hpp"
#include "journal/sqlite/connection.hpp"

namespace fx::api {
namespace {

constexpr std::size_t most_slow_waiting = 64;
constexpr std::size_t most_reads_waiting = 512;
constexpr std::size_t most_files_waiting = 32;

// A household asks together, a carrier hides many behind one address: a minute's worth of a small hall. About one document
// ten times an hour are enough to look again, and too few to find a code of 2^40 by trying.
constexpr int most_from_network = 60;
constexpr std::chrono::minutes network_window{1};
constexpr int most_about_document = 10;
constexpr std::chrono::hours document_window{1};
constexpr std::chrono::milliseconds own_result_takes{100};
constexpr std::size_t most_own_results = 2'000;
constexpr std::size_t most_open_waiting = 1'000;

}  // namespace

House::House(ServiceParts p)
    : parts(std::move(p)),
      opener(parts.vault, parts.keys),
      answer_key(parts.vault.derive("content of commands")),
      files(parts.assets),
      sessions(parts.session_file, machine()),
      cards(parts.registry, opener),
      by_network(parts.vault.derive("networks of questions"), most_from_network, network_window),
      by_document(parts.vault.derive("documents of questions"), most_about_document, document_window),
      even(own_result_takes, most_own_results),
      slow(1, most_slow_waiting),
      open(1, most_open_waiting),
      import_work(2, most_files_waiting),
      reads(parts.readers_at_once, most_reads_waiting) {}

House::~House() { imports.cancel_all(); }

void House::log(std::string_view line, bool at_once) {
  if (parts.log) return parts.log(line);
  lines.add(line, at_once);
}

bool Visitor::has_any(std::initializer_list<Role> roles) const {
  return std::ranges::any_of(roles, [&](Role role) { return actor.has(role); });
}

bool Visitor::sees_people() const {
  return std::ranges::any_of(actor.roles, [](Role role) { return role != Role::ADM && role != Role::AUD; });
}

const Scope& Visitor::scope() const {
  if (!scope_) scope_ = scope_of(actor, *reference);
  return *scope_;
}

Exchange::Exchange(House& h, http::Request&& r, http::Reply reply)
    : request(std::move(r)), house(h), reply_(std::move(reply)), began_(std::chrono::steady_clock::now()) {
  for (const auto step : split(std::string_view(request.path).substr(1), '/')) steps.push_back(step);
}

void Exchange::answer(http::Response response) {
  const auto took = std::chrono::steady_clock::now() - began_;
  const auto ms =
      static_cast<double>(std::chrono::duration_cast<std::chrono::microseconds>(took).count()) / 1000;
  house.meters.count(what, response.status, ms);
  std::string line;
  line.reserve(320);
  line += '{';
  add_text(line, "at", format(house.parts.clock.machine()));
  add_text(line, "level", response.status >= 500 ? "error" : "info");
  add_text(line, "method", request.method);
  add_text(line, "what", what);
  add_json(line, "status", std::to_string(response.status));
  add_json(line, "ms", fmt::format("{:.3f}", ms));
  if (!who.session.account.is_nil()) add_text(line, "actor", who.session.account.text());
  add_text(line, "peer", request.peer);
  house.log(line += '}');
  const bool kept = std::ranges::any_of(response.headers,
                                        [](const auto& header) { return header.first == "Cache-Control"; });
  if (!kept && (response.headers.empty() || request.path.starts_with("/v1/")))
    response.headers.emplace_back("Cache-Control", "no-store");
  reply_(std::move(response));
}

void Exchange::defect(std::string_view why) {
  house.log(fmt::format(R"({{"level":"error","what":{},"error":{}}})", quoted(what), quoted(why)), true);
  answer(refused(500, "F-DEFECT"));
}

std::string token_of(const http::Request& request) {
  constexpr std::string_view name = "fx_session=";
  for (const auto part : split(request.header("cookie"), ';')) {
    const auto pair = trim(part);
    if (pair.starts_with(name)) return std::string(pair.substr(name.size()));
  }
  return {};
}

std::optional<Visitor> visitor_of(House& house, const http::Request& request) {
  auto session = house.sessions.use(token_of(request), house.machine());
  if (!session) return std::nullopt;
  Visitor who;
  who.session = *session;
  who.actor = {session->account, session->unit, 0, {}};
  who.reference = house.parts.writer.reference();
  who.now = house.now();
  for (const Holding* holding : who.reference->holdings_of(session->account, who.now))
    if (holding->unit == session->unit && !who.actor.has(holding->role))
      who.actor.roles.push_back(holding->role);
  std::ranges::sort(who.actor.roles);
  if (const Unit* unit = who.reference->unit(session->unit)) who.actor.jurisdiction = unit->jurisdiction;
  return who;
}

void read_later(const ExchangePtr& exchange, ReadHandler handler, bool may_wait) {
  House& house = exchange->house;
  if (may_wait && house.shedding()) {
    ++house.meters.shed;
    return exchange->answer(busy("F-SHED"));
  }
  const bool taken = house.reads.post([exchange, handler] {
    guarded(exchange, [&] {
      try {
        http::Response response = handler(*exchange);
        exchange->house.reads_well = true;
        exchange->answer(std::move(response));
      } catch (const journal::BadCursor&) {
        exchange->answer(malformed("/after", "不是本列表的续读位置", "not a cursor of this list"));
      }
    });
  });
  if (!taken) exchange->answer(busy());
}

AuditLine audit_line(const Exchange& exchange, std::string kind) {
  AuditLine line;
  line.at = exchange.house.now();
  line.actor = exchange.who.session.account;
  line.unit = exchange.who.session.unit;
  line.kind = std::move(kind);
  line.operation = exchange.what;
  line.peer = exchange.request.peer;
  return line;
}

std::size_t number_in_query(const http::Request& request, std::string_view name, std::size_t fallback,
                            std::size_t most) {
  const std::string* text = request.find_query(name);
  if (text == nullptr || text->empty()) return fallback;
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc() || end != text->data() + text->size() || value == 0)
    throw Declined(malformed(fmt::format("/{}", name), "应为正整数", "expected a positive whole number"));
  return std::min(value, most);
}

std::string text_in_query(const http::Request& request, std::string_view name) {
  const std::string* text = request.find_query(name);
  return text != nullptr ? *text : std::string();
}

void not_found() { throw Declined(refused(404, "R-SCOPE")); }

void require_role(const Exchange& exchange, std::initializer_list<Role> roles) {
  if (exchange.who.has_any(roles)) return;
  AuditLine line = audit_line(exchange, "refused");
  line.code = "R-ROLE";
  exchange.house.parts.writer.audit(std::move(line));
  throw Declined(refused(403, "R-ROLE"));
}

RawId id_in_path(std::string_view step) {
  const auto id = RawId::parse(step);
  if (!id) not_found();
  return *id;
}

journal::Scope scope_for(const Visitor& who, const std::vector<std::string>& unit_columns) {
  const Scope& scope = who.scope();
  journal::Scope out;
  for (const auto& [first, last] : scope.places) out.places.push_back({first, last});
  if (scope.everything) out.places = {{0, 999'999}};
  out.unit_columns = unit_columns;
  out.units = scope.units;
  return out;
}

bool sees(const Visitor& who, std::int32_t jurisdiction, std::initializer_list<UnitId> units) {
  const Scope& scope = who.scope();
  const auto holds = [&](const auto& places) {
    return places.first <= jurisdiction && jurisdiction <= places.second;
  };
  if (scope.everything || std::ranges::any_of(scope.places, holds)) return true;
  return std::ranges::any_of(
      units, [&](UnitId unit) { return std::ranges::find(scope.units, unit) != scope.units.end(); });
}

}  // namespace fx::api
