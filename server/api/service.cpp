#include "api/service.hpp"

#include <fmt/format.h>
#include <map>

#include "api/front_door.hpp"
#include "api/gate_door.hpp"
#include "api/handlers.hpp"
#include "api/mllp/door.hpp"
#include "api/openapi.hpp"
#include "api/row_json.hpp"
#include "api/show_desk_page.hpp"

namespace fx::api {
namespace {

/// A page of another site may send our cookie's owner to us, but it cannot hide where it stands.
bool foreign_origin(const http::Request& request) {
  const std::string* site = request.find_header("sec-fetch-site");
  const std::string* origin = request.find_header("origin");
  if (origin == nullptr) return site != nullptr && *site != "same-origin" && *site != "none";
  const auto scheme = origin->find("://");
  return scheme == std::string::npos ||
         std::string_view(*origin).substr(scheme + 3) != request.header("host");
}

/// Answered without a session: the web UI, and what machines ask.
bool answer_public(const ExchangePtr& exchange) {
  House& house = exchange->house;
  const http::Request& request = exchange->request;
  if (request.path.starts_with("/v1/") || request.path == "/v1") return false;
  const bool reading = request.method == "GET";
  if (request.path == "/healthz") {
    exchange->what = "healthz";
    if (!house.reads.post(
            [exchange] { guarded(exchange, [&] { exchange->answer(tell_health(*exchange)); }); }))
      exchange->answer(busy());
  } else if (request.path == "/metrics") {
    exchange->what = "metrics";
    const bool near =
        request.peer == "127.0.0.1" || request.peer == "::1" || request.peer == "::ffff:127.0.0.1";
    const auto who = near ? std::nullopt : visitor_of(house, request);
    const bool allowed = near || (who && who->has_any({Role::ADM}));
    exchange->answer(allowed ? tell_metrics(*exchange) : refused(403, "R-ROLE"));
  } else if (request.path == "/openapi.json") {
    exchange->what = "openapi";
    exchange->answer(http::json(200, openapi(house.parts.registry)));
  } else {
    exchange->what = "page";
    exchange->answer(reading ? house.files.answer(request) : refused(405, "F-METHOD"));
  }
  return true;
}

/// What anybody may ask, staff or not: nobody's session is looked at.
bool answer_open(const ExchangePtr& exchange) {
  const http::Request& request = exchange->request;
  const bool points = request.path == "/v1/open/points";
  if (!points && request.path != "/v1/open/result") return false;
  exchange->what = points ? "open.points" : "open.result";
  if (request.method != (points ? "GET" : "POST"))
    exchange->answer(refused(405, "F-METHOD"));
  else if (points)
    show_open_points(exchange);
  else
    show_own_result(exchange);
  return true;
}

struct Route {
  std::string_view method;
  std::vector<std::string_view> steps;  ///< after v1; "*" is any
  std::string_view what;
  ReadHandler read = nullptr;
  void (*act)(const ExchangePtr&) = nullptr;
  bool may_wait = true;  ///< a read that is shed when writing is behind
};

const std::vector<Route>& routes() {
  static const std::vector<Route> table{
      {"GET", {"session"}, "session", tell_session, nullptr, false},
      {"DELETE", {"session"}, "sign_out", nullptr, sign_out},
      {"POST", {"batch"}, "batch", nullptr, run_batch},
      {"GET", {"duties"}, "duties", show_duties, nullptr, false},
      {"GET", {"duties", "*", "why"}, "duties.why", explain_duty},
      {"GET", {"board", "clocks"}, "board.clocks", show_clocks},
      {"GET", {"notices"}, "notices", show_notices, nullptr, false},
      {"GET", {"search"}, "search", nullptr, search_people},
      {"POST", {"people", "resolve"}, "people.resolve", nullptr, resolve_documents},
      {"POST", {"tubes", "resolve"}, "tubes.resolve", nullptr, resolve_tubes},
      {"GET", {"people", "*"}, "people.page", show_person},
      {"POST", {"people", "*", "unmask"}, "people.unmask", nullptr, unmask_person},
      {"GET", {"texts", "*"}, "texts", nullptr, read_text},
      {"GET", {"colleagues"}, "colleagues", show_colleagues},
      {"GET", {"audit"}, "audit", show_audit},
      {"GET", {"rulebook"}, "rulebook", show_rulebook},
      {"GET", {"rulebook", "*"}, "rulebook.entry", show_rule},
      {"GET", {"words"}, "words", show_words},
      {"GET", {"imports", "kinds"}, "imports.kinds", show_import_kinds},
      {"GET", {"imports", "templates", "*"}, "imports.template", download_import_template},
      {"GET", {"imports"}, "imports", show_imports},
      {"POST", {"imports"}, "imports.start", nullptr, start_import},
      {"GET", {"imports", "*"}, "imports.show", show_import},
      {"GET", {"imports", "*", "errors"}, "imports.errors", download_import_errors},
      {"POST", {"imports", "*", "run"}, "imports.run", nullptr, run_import_job},
      {"POST", {"imports", "*", "cells"}, "imports.cells", nullptr, change_import_cells},
      {"POST", {"imports", "*", "cancel"}, "imports.cancel", nullptr, cancel_import},
      {"POST", {"screening", "propose"}, "screening.propose", nullptr, propose_round_plan},
      {"POST", {"clock"}, "clock", nullptr, move_clock},
      {"GET", {"stream"}, "stream", nullptr, open_stream},
      {"GET", {"gates", "snapshot"}, "gates.snapshot", nullptr, take_gate_snapshot},
      {"POST", {"gates", "codes"}, "gates.codes", nullptr, ask_codes},
  };
  return table;
}

/// The largest file taken over the network; a larger one comes in by `fangxian import`.
constexpr std::size_t most_import_bytes = 64UL * 1024 * 1024;

bool fits(const Route& route, const Exchange& exchange) {
  if (route.steps.size() + 1 != exchange.steps.size()) return false;
  for (std::size_t i = 0; i < route.steps.size(); ++i)
    if (route.steps[i] != "*" && route.steps[i] != exchange.steps[i + 1]) return false;
  return true;
}

/// A list or person may be named like a fixed route ("people/persons"): declared lists win.
bool is_list(const Exchange& exchange) {
  return exchange.request.method == "GET" && exchange.steps.size() >= 3 && exchange.steps.size() <= 4 &&
         exchange.house.parts.registry.list(exchange.steps[1], exchange.steps[2]) != nullptr;
}

void answer_desk(const ExchangePtr& exchange, const DeskPages& pages) {
  const auto& steps = exchange->steps;
  const std::string& method = exchange->request.method;
  if (is_list(*exchange)) {
    exchange->what = fmt::format("{}.{}", steps[1], steps[2]);
    return read_later(exchange, steps.size() == 3 ? show_list : show_row, true);
  }
  if (const DeskPage* page = method == "GET" ? desk_page(pages, *exchange) : nullptr) {
    exchange->what = fmt::format("{}.{}", steps[1], steps[2]);
    return show_desk_page(exchange, pages, *page);
  }
  if (method == "POST" && steps.size() == 3) {
    const Operation* operation =
        exchange->house.parts.registry.operation(fmt::format("{}.{}", steps[1], steps[2]));
    if (operation != nullptr && !operation->internal) {
      exchange->what = operation->full_name();
      return run_operation(exchange, *operation);
    }
  }
  exchange->what = "unknown";
  exchange->answer(refused(404, "F-ROUTE"));
}

void answer_signed_in(const ExchangePtr& exchange, const DeskPages& pages) {
  bool path_known = false;
  for (const Route& route : routes()) {
    if (is_list(*exchange) || !fits(route, *exchange)) continue;
    path_known = true;
    if (route.method != exchange->request.method) continue;
    exchange->what = route.what;
    return route.read != nullptr ? read_later(exchange, route.read, route.may_wait) : route.act(exchange);
  }
  const bool maybe_desk = exchange->request.method == "POST" || exchange->request.method == "GET";
  if (!path_known || (maybe_desk && exchange->steps.size() == 3)) return answer_desk(exchange, pages);
  exchange->what = "unknown";
  exchange->answer(refused(405, "F-METHOD"));
}

void answer(const ExchangePtr& exchange, const DeskPages& pages) {
  http::Request& request = exchange->request;
  exchange->what = "unknown";
  if (request.method == "HEAD") request.method = "GET";  // the HTTP layer leaves the body out
  if (answer_public(exchange)) return;
  const bool reading = request.method == "GET";
  if (!reading && foreign_origin(request)) return exchange->answer(refused(403, "R-ORIGIN"));
  if (request.method == "POST" && request.path == "/v1/session") {
    exchange->what = "sign_in";
    return sign_in(exchange);
  }
  if (answer_open(exchange)) return;
  auto who = visitor_of(exchange->house, request);
  if (!who) return exchange->answer(refused(401, "R-SIGN-1"));
  exchange->who = std::move(*who);
  answer_signed_in(exchange, pages);
}

/// The lanes of what may be asked of desks, by the path it is asked at.
std::map<std::string, runtime::Lane, std::less<>> lanes_of(const Registry& registry) {
  std::map<std::string, runtime::Lane, std::less<>> out;
  for (const Operation* operation : registry.operations())
    if (!operation->internal)
      out.emplace(fmt::format("/v1/{}/{}", operation->desk, operation->name), lane_of(*operation));
  return out;
}

http::Response worded(const http::Fault& fault) {
  const Refusal refusal{
      std::string(fault.code), {std::string(fault.zh), std::string(fault.en)}, {}, {}, {}, {}};
  return refused(fault.status, std::span(&refusal, 1));
}

}  // namespace

Service::Service(ServiceParts parts, std::vector<DeskPage> pages)
    : house_(std::make_unique<House>(std::move(parts))),
      pages_(std::make_shared<const std::vector<DeskPage>>(std::move(pages))) {}
Service::~Service() = default;

http::Handler Service::handler() {
  return [house = house_.get(), pages = pages_](http::Request&& request, http::Reply reply) {
    const auto exchange = std::make_shared<Exchange>(*house, std::move(request), std::move(reply));
    guarded(exchange, [&] { answer(exchange, pages); });
  };
}

http::Options Service::options(http::Options base) const {
  base.headers.insert(base.headers.end(), security_headers().begin(), security_headers().end());
  base.fault = worded;
  base.body_limit = [usual = base.limits.body_bytes](std::string_view method, std::string_view path) {
    return method == "POST" && path == "/v1/imports" ? most_import_bytes : usual;
  };
  // Too long a wait is said before anything is looked up or sealed: turning away must cost far less than the work.
  base.turn_away = [&writer = house_->parts.writer, lanes = lanes_of(house_->parts.registry),
                    no = std::make_shared<const http::Response>(busy())](
                       std::string_view method, std::string_view path) -> const http::Response* {
    if (method != "POST") return nullptr;
    const auto lane = lanes.find(path);
    return lane == lanes.end() || !writer.turns_away(lane->second) ? nullptr : no.get();
  };
  return base;
}

std::pair<mllp::Options, mllp::Handler> Service::messages(mllp::Options options,
                                                          std::vector<mllp::Interface> interfaces) {
  messages_ = std::make_unique<MessageDoor>(*house_, std::move(interfaces));
  MessageDoor* door = messages_.get();
  options.allowed = [door](const std::string& peer) { return door->allowed(peer); };
  options.cut = [door](const std::string& peer, mllp::Cut why) { door->tell(peer, why); };
  return {std::move(options), [door](mllp::Message&& message, mllp::Reply reply) {
            door->take(std::move(message), std::move(reply));
          }};
}

void Service::committed(const std::vector<StoredEvent>& events) {
  for (const StoredEvent& event : events) {
    const std::string& type = event.row.type;
    if (type.starts_with("people.") || type == "command.account_created" || type == "command.password_reset")
      house_->cards.forget(event.row.about);
    if (type == "command.account_closed" || type == "command.password_reset")
      house_->sessions.close_all({event.row.about});
  }
  house_->herald.changed(events);
}

void Service::defect(const std::string& why) {
  house_->log(fmt::format(R"({{"level":"error","what":"defect","error":{}}})", quoted(why)), true);
}

}  // namespace fx::api
