// Signing in and out. A wrong name and a wrong password sound and last the same.
#include <fmt/format.h>

#include "api/handlers.hpp"
#include "api/row_json.hpp"
#include "base/text.hpp"

namespace fx::api {
namespace {

struct Credentials {
  Sensitive<std::string> user;
  Sensitive<std::string> password;
  std::optional<UnitId> unit;  ///< of several where one has a post
};
BOOST_DESCRIBE_STRUCT(Credentials, (), (user, password, unit))

struct Known {
  AccountId account;
  std::string password_hash;
  std::string name;
  UnitId home;
  bool active = true;
};

std::optional<Known> find_account(House& house, const std::string& token) {
  auto reader = house.parts.readers.open();
  const auto subjects = reader.subjects_of("user", token, 1);
  if (subjects.empty()) return std::nullopt;
  const auto identity = house.cards.open(reader, subjects.front(), "account");
  if (!identity) return std::nullopt;
  Known known{{subjects.front()}, text_in(*identity, "password"), text_in(*identity, "name"), {}, true};
  const TableType* table = house.parts.registry.table("account");
  const RowPtr row = table != nullptr ? reader.row(*table, known.account.raw) : nullptr;
  if (!row) return known;
  const FieldValue unit = field_of(*table->info, row.get(), "unit");
  if (const auto* id = std::get_if<RawId>(&unit)) known.home = {*id};
  const FieldValue active = field_of(*table->info, row.get(), "active");
  if (const auto* flag = std::get_if<bool>(&active)) known.active = *flag;
  return known;
}

/// The unit one signs in to: the one asked for, else one's own, else any where one holds a post.
std::optional<UnitId> unit_for(const Known& known, const std::optional<UnitId>& wanted,
                               const Reference& reference, Instant now) {
  const auto posts = reference.holdings_of(known.account, now);
  const auto holds = [&](UnitId unit) {
    return std::ranges::any_of(posts, [&](const Holding* holding) { return holding->unit == unit; });
  };
  if (wanted) return holds(*wanted) || *wanted == known.home ? wanted : std::nullopt;
  if (holds(known.home) || posts.empty())
    return known.home.is_nil() ? std::nullopt : std::optional(known.home);
  return std::ranges::min(posts, {}, [](const Holding* holding) { return holding->id; })->unit;
}

/// Desks where these roles have work: what nearly everybody may do makes nobody's desk.
std::string desks_of(const House& house, const std::vector<Role>& roles) {
  constexpr std::size_t nearly_everybody = 10;
  std::string out;
  for (const Desk& desk : house.parts.registry.desks()) {
    const bool works = std::ranges::any_of(desk.operations(), [&](const Operation& operation) {
      return !operation.internal && operation.actors.size() < nearly_everybody &&
             std::ranges::any_of(
                 operation.actors, [&](Role role) { return std::ranges::find(roles, role) != roles.end(); });
    });
    if (works) (out += out.empty() ? "" : ",") += quoted(desk.name());
  }
  return "[" + out + "]";
}

std::string session_json(const House& house, const Visitor& who, std::string_view name) {
  std::string roles;
  for (const Role role : who.actor.roles) (roles += roles.empty() ? "" : ",") += quoted(enum_text(role));
  std::string unit = "{";
  if (const Unit* own = who.reference->unit(who.session.unit)) {
    add_text(unit, "id", own->id.text());
    add_text(unit, "name_zh", own->name_zh);
    add_text(unit, "name_en", own->name_en);
    add_json(unit, "jurisdiction", std::to_string(own->jurisdiction));
    add_text(unit, "kind", enum_text(own->kind));
  }
  std::string out = "{";
  add_text(out, "account", who.session.account.text());
  add_text(out, "person_name", name);
  add_json(out, "unit", unit + "}");
  add_json(out, "roles", "[" + roles + "]");
  add_json(out, "desks", desks_of(house, who.actor.roles));
  add_text(out, "realm", enum_text(house.parts.realm));
  add_json(out, "clock",
           fmt::format(R"({{"now":"{}","offset_ms":{},"zone":"+08:00"}})", format(house.now()),
                       house.parts.clock.offset().count()));
  return out + "}";
}

std::string cookie(const http::Request& request, std::string_view token, bool ends) {
  return fmt::format("fx_session={}; HttpOnly; SameSite=Strict; Path=/{}{}", token,
                     request.secure ? "; Secure" : "", ends ? "; Max-Age=0" : "");
}

/// The account tried stays unnamed: a name that is none may be somebody's password.
void record_failure(const ExchangePtr& exchange, std::string_view code, const std::optional<Known>& known) {
  AuditLine line = audit_line(*exchange, "sign_in_failed");
  line.code = code;
  if (known) line.actor = known->account;
  exchange->house.parts.writer.audit(std::move(line));
}

http::Response wait_first(Duration wait) {
  http::Response response = refused(429, "R-SIGN-3");
  response.headers.emplace_back("Retry-After", std::to_string((wait.count() + 999) / 1000));
  return response;
}

void welcome(const ExchangePtr& exchange, const Known& known, UnitId unit) {
  House& house = exchange->house;
  const std::string old = token_of(exchange->request);
  if (!old.empty()) house.sessions.close(old);  // a token is never carried over a sign-in
  const std::string token = house.sessions.open(known.account, unit, house.machine());
  exchange->request.headers = {{"cookie", "fx_session=" + token}};
  exchange->who = *visitor_of(house, exchange->request);
  http::Response response = http::json(200, session_json(house, exchange->who, known.name));
  response.headers.emplace_back("Set-Cookie", cookie(exchange->request, token, false));
  house.parts.writer.audit(audit_line(*exchange, "signed_in"));
  exchange->answer(std::move(response));
}

void check(const ExchangePtr& exchange, const Credentials& credentials) {
  House& house = exchange->house;
  const std::string token = house.opener.token("user", credentials.user.open_for("finding the account"));
  const auto known = find_account(house, token);
  const auto right = house.parts.passwords.verify(
      known ? std::optional<std::string_view>(known->password_hash) : std::nullopt,
      credentials.password.open_for("signing in"));
  if (!right) return exchange->answer(busy());
  if (!known || !*right) {
    house.guard.failed(token, exchange->request.peer, house.parts.clock.monotonic());
    record_failure(exchange, "R-SIGN-2", known);
    return exchange->answer(refused(401, "R-SIGN-2"));
  }
  house.guard.succeeded(token);
  const ReferencePtr reference = house.parts.writer.reference();
  const auto unit =
      known->active ? unit_for(*known, credentials.unit, *reference, house.now()) : std::nullopt;
  if (!unit || reference->unit(*unit) == nullptr) {
    record_failure(exchange, "R-SIGN-4", known);
    return exchange->answer(refused(403, "R-SIGN-4"));
  }
  welcome(exchange, *known, *unit);
}

}  // namespace

void sign_in(const ExchangePtr& exchange) {
  House& house = exchange->house;
  Faults faults;
  Credentials credentials;
  if (const auto json = parse_json(exchange->request.body, faults)) read_json(*json, credentials, faults);
  if (!faults.empty()) return exchange->answer(malformed(faults));
  const std::string token = house.opener.token("user", credentials.user.open_for("counting tries"));
  const Duration wait = house.guard.wait(token, exchange->request.peer, house.parts.clock.monotonic());
  if (wait > Duration::zero()) {
    record_failure(exchange, "R-SIGN-3", std::nullopt);
    return exchange->answer(wait_first(wait));
  }
  const bool taken = house.slow.post([exchange, credentials = std::move(credentials)] {
    guarded(exchange, [&] { check(exchange, credentials); });
  });
  if (!taken) exchange->answer(busy());
}

void sign_out(const ExchangePtr& exchange) {
  House& house = exchange->house;
  house.sessions.close(token_of(exchange->request));
  house.parts.writer.audit(audit_line(*exchange, "signed_out"));
  http::Response response;
  response.status = 204;
  response.headers.emplace_back("Set-Cookie", cookie(exchange->request, "", true));
  exchange->answer(std::move(response));
}

http::Response tell_session(Exchange& exchange) {
  auto reader = exchange.house.parts.readers.open();
  return http::json(
      200, session_json(exchange.house, exchange.who,
                        exchange.house.cards.display_name(reader, exchange.who.session.account.raw)));
}

}  // namespace fx::api
