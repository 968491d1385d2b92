// What anybody may ask without signing in: how long the lines are, and one's own result by document and tube code.
#include <fmt/format.h>

#include <algorithm>

#include "api/documents.hpp"
#include "api/handlers.hpp"
#include "api/row_json.hpp"
#include "base/code.hpp"

namespace fx::api {

struct AskedOwnResult {
  std::string document_type;
  Sensitive<std::string> document_number;
  std::string code;  ///< of the tube, as on the slip
};
BOOST_DESCRIBE_STRUCT(AskedOwnResult, (), (document_type, document_number, code))

namespace {

constexpr std::chrono::seconds points_fresh{5};
constexpr std::size_t longest_field = 64;

// ---- the lines ---------------------------------------------------------------------------------------------------

using ByCounty = std::map<std::int32_t, std::string>;

std::shared_ptr<const ByCounty> read_points(House& house) {
  auto reader = house.parts.readers.open();
  const auto book = house.parts.rulebook();
  const auto points = house.parts.open_door.points(reader, *book, house.now());
  ByCounty rows{{0, {}}};
  for (const OpenPoint& point : points)
    for (const std::int32_t county : {0, point.county}) {
      std::string& those = rows[county];
      (those += those.empty() ? "" : ",") += to_json(point);
    }
  for (auto& [county, those] : rows)
    those = fmt::format(R"({{"at":"{}","points":[{}]}})", format(house.now()), those);
  return std::make_shared<const ByCounty>(std::move(rows));
}

http::Response points_of(const ByCounty& all, std::int32_t county, Instant now) {
  const auto found = all.find(county);
  http::Response response = http::json(
      200, found != all.end() ? found->second : fmt::format(R"({{"at":"{}","points":[]}})", format(now)));
  response.headers.emplace_back("Cache-Control", fmt::format("public, max-age={}", points_fresh.count()));
  return response;
}

/// Answers with what was read a moment ago; whoever comes first after that reads anew, once for all.
void renew_points(const ExchangePtr& exchange, std::int32_t county) {
  House& house = exchange->house;
  std::shared_ptr<const ByCounty> all;
  try {
    all = read_points(house);
  } catch (...) {
    const std::lock_guard lock(house.points.mutex);
    house.points.reading = false;
    throw;
  }
  {
    const std::lock_guard lock(house.points.mutex);
    house.points.by_county = all;
    house.points.read_at = house.parts.clock.monotonic();
    house.points.reading = false;
  }
  exchange->answer(points_of(*all, county, house.now()));
}

// ---- one's own result --------------------------------------------------------------------------------------------

struct Plain {
  Words say;
  Words todo;
};

Plain plain_words(OwnState state) {
  switch (state) {
    case OwnState::waiting:
      return {{"已采样，样本正在送检", "Sampled; the specimen is on its way to the laboratory"},
              {"请稍后再查", "Please look again later"}};
    case OwnState::testing:
      return {{"样本在实验室检测，结果未出", "The specimen is at the laboratory; there is no result yet"},
              {"请稍后再查", "Please look again later"}};
    case OwnState::negative: return {{"阴性", "Negative"}, {"无须处理", "Nothing to do"}};
    case OwnState::positive:
      return {{"阳性", "Positive"},
              {"请留在原地，单独居住，戴好口罩，等待工作人员联系",
               "Stay where you are, apart from others and masked; staff will call you"}};
    case OwnState::recheck:
      return {{"结果未定，需要您单独再采一次样。这不是阳性",
               "Not settled: a sample of you alone is needed. This is not a positive"},
              {"请留在原地，尽量不与他人接触，等待工作人员上门单独采样",
               "Stay where you are and away from others; staff will come and sample you alone"}};
    case OwnState::again: break;
  }
  return {{"样本未能出结果", "The specimen gave no result"},
          {"请尽快到附近采样点重新采样", "Please be sampled again soon at a point nearby"}};
}

std::string result_json(const OwnResult& found, const Reference& reference) {
  const Plain words = plain_words(found.state);
  std::string out = "{";
  add_text(out, "state", enum_text(found.state));
  add_json(out, "pooled", found.pooled ? "true" : "false");
  add_text(out, "sampled_at", format(found.sampled_at));
  if (found.result_at) add_text(out, "result_at", format(*found.result_at));
  const Unit* laboratory = found.laboratory ? reference.unit(*found.laboratory) : nullptr;
  if (laboratory != nullptr)
    add_json(out, "laboratory", words_json({laboratory->name_zh, laboratory->name_en}));
  add_json(out, "say", words_json(words.say));
  add_json(out, "todo", words_json(words.todo));
  return out + "}";
}

/// Records first, whatever was found: by ids, never by what was typed.
AuditLine line_of(const Exchange& exchange, const RawId& person, const std::optional<OwnResult>& found) {
  AuditLine line = audit_line(exchange, "own_result");
  line.purpose = "own result";
  if (!found) line.code = "R-OPEN-1";
  std::string ids = person.is_nil() ? "" : quoted(person.text());
  if (found) ids += "," + quoted(found->tube.text());
  line.detail = fmt::format(R"({{"ids":[{}]}})", ids);
  return line;
}

using Moment = EvenAnswers::Moment;

void give(const ExchangePtr& exchange, Moment asked, http::Response response) {
  exchange->house.even.give(asked, [exchange, response = std::move(response)]() mutable {
    guarded(exchange, [&] { exchange->answer(std::move(response)); });
  });
}

void look(const ExchangePtr& exchange, const AskedOwnResult& asked, Moment at) {
  House& house = exchange->house;
  RawId person;
  std::optional<OwnResult> found;
  {
    auto reader = house.parts.readers.open();
    person = holder_of_document(house, reader, asked.document_type,
                                asked.document_number.open_for("one's own result"));
    found = house.parts.open_door.own_result(reader, person, normal_code(asked.code, 'T').value_or(""));
  }
  http::Response response = found ? http::json(200, result_json(*found, *house.parts.writer.reference()))
                                  : refused(404, "R-OPEN-1");
  const bool taken = house.parts.writer.audit(
      line_of(*exchange, person, found), [exchange, at, response](bool written) mutable {
        give(exchange, at, written ? std::move(response) : refused(507, "F-DISK"));
      });
  if (!taken) give(exchange, at, busy());
}

/// One question that was let in ends with one answer, whatever happens on the way.
void look_guarded(const ExchangePtr& exchange, const AskedOwnResult& asked, Moment at) {
  try {
    look(exchange, asked, at);
  } catch (const journal::ReadersBusy&) {
    give(exchange, at, busy());
  } catch (const journal::Interrupted&) {
    give(exchange, at, busy());
  } catch (const std::exception& error) {
    const std::string why = error.what();
    exchange->house.even.give(at, [exchange, why] { exchange->defect(why); });
  }
}

void check_shape(const AskedOwnResult& asked, Faults& faults) {
  const auto check = [&](std::string_view field, std::string_view text) {
    if (text.empty() || text.size() > longest_field)
      add_fault(faults, Path{nullptr, field, 0}, "应为1至64个字符", "expected 1 to 64 characters");
  };
  check("document_type", asked.document_type);
  check("document_number", asked.document_number.open_for("its length"));
  check("code", asked.code);
}

http::Response wait_first(Duration wait) {
  http::Response response = refused(429, "R-OPEN-2");
  response.headers.emplace_back("Retry-After", std::to_string((wait.count() + 999) / 1000));
  return response;
}

/// How long this asker has to wait. A number nobody has is counted like one somebody has.
Duration wait_of(const Exchange& exchange, const AskedOwnResult& asked) {
  House& house = exchange.house;
  const Duration now = house.parts.clock.monotonic();
  const Duration network = house.by_network.wait(network_of(exchange.request.peer), now);
  if (network > Duration::zero()) return network;
  const std::string token =
      house.opener.token("document", asked.document_number.open_for("counting questions"));
  return house.by_document.wait(asked.document_type + token, now);
}

}  // namespace

void show_open_points(const ExchangePtr& exchange) {
  House& house = exchange->house;
  if (!house.parts.open_door.points) return exchange->answer(refused(404, "F-ROUTE"));
  const auto county = static_cast<std::int32_t>(number_in_query(exchange->request, "county", 0, 999'999));
  {
    const std::lock_guard lock(house.points.mutex);
    const bool fresh = house.parts.clock.monotonic() - house.points.read_at < points_fresh;
    if (house.points.by_county && (fresh || house.points.reading))
      return exchange->answer(points_of(*house.points.by_county, county, house.now()));
    house.points.reading = true;
  }
  const bool taken =
      house.open.post([exchange, county] { guarded(exchange, [&] { renew_points(exchange, county); }); });
  if (taken) return;
  const std::lock_guard lock(house.points.mutex);
  house.points.reading = false;
  exchange->answer(busy());
}

void show_own_result(const ExchangePtr& exchange) {
  const Moment at = std::chrono::steady_clock::now();
  House& house = exchange->house;
  if (!house.parts.open_door.own_result) return exchange->answer(refused(404, "F-ROUTE"));
  Faults faults;
  AskedOwnResult asked;
  if (const auto json = parse_json(exchange->request.body, faults)) read_json(*json, asked, faults);
  if (faults.empty()) check_shape(asked, faults);
  if (!faults.empty()) return exchange->answer(malformed(faults));
  const Duration wait = wait_of(*exchange, asked);
  if (wait > Duration::zero()) return exchange->answer(wait_first(wait));
  if (house.shedding() || !house.even.enter()) return exchange->answer(busy());
  const bool taken =
      house.open.post([exchange, asked = std::move(asked), at] { look_guarded(exchange, asked, at); });
  if (!taken) give(exchange, at, busy());
}

}  // namespace fx::api
