// Why a duty is as it is: rule, version, clause of the source, event that opened it, arithmetic, ladder.
#include <fmt/format.h>

#include <charconv>

#include "api/handlers.hpp"
#include "api/labels.hpp"
#include "api/row_json.hpp"
#include "base/text.hpp"
#include "rulebook/frozen.hpp"
#include "rulebook/ladder.hpp"

namespace fx::api {
namespace {

No number_in_path(std::string_view step) {
  No no = 0;
  const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), no);
  if (error != std::errc() || end != step.data() + step.size()) not_found();
  return no;
}

/// The line of the explanation that holds the sum.
Words arithmetic_in(const Words& why) {
  const auto line = [](std::string_view text, std::string_view mark) {
    for (const auto one : split(text, '\n'))
      if (one.starts_with(mark)) return std::string(trim(one.substr(mark.size())));
    return std::string();
  };
  return {line(why.zh, "时限："), line(why.en, "time:")};
}

std::string ladder_json(const rulebook::FrozenText& text, const Duty& duty) {
  std::string out;
  std::int32_t index = 0;
  for (const auto& step : rulebook::thaw_ladder(text.ladder)) {
    std::string one = "{";
    add_json(one, "step", std::to_string(index + 1));
    add_text(one, "at", format(rulebook::step_time(step, duty)));
    add_text(one, "to", join(step.tell, ", "));
    add_json(one, "urgent", step.urgent ? "true" : "false");
    add_json(one, "done", index++ < duty.step ? "true" : "false");
    (out += out.empty() ? "" : ",") += one + "}";
  }
  return "[" + out + "]";
}

std::string event_brief(const StoredEvent& event) {
  std::string out = "{";
  add_text(out, "no", std::to_string(event.row.no));
  add_text(out, "type", event.row.type);
  add_text(out, "occurred_at", format(event.row.occurred_at));
  add_text(out, "recorded_at", format(event.row.recorded_at));
  return out + "}";
}

}  // namespace

http::Response explain_duty(Exchange& exchange) {
  const No no = number_in_path(exchange.steps[2]);
  auto reader = exchange.house.parts.readers.open();
  const RowPtr row = reader.row(table_type<Duty>(), key_of_no(no));
  const auto* duty = static_cast<const Duty*>(row.get());
  if (duty == nullptr || !sees_duty(exchange.who, *duty)) not_found();
  const auto frozen = reader.frozen(duty->frozen);
  if (!frozen) not_found();
  const auto text = from_own_json<rulebook::FrozenText>(*frozen);
  const Words why = rulebook::why_duty(*frozen, *duty);
  std::string out = "{";
  add_text(out, "rule", text.rule);
  add_text(out, "version", text.version);
  add_json(out, "name", words_json({text.name.zh, text.name.en}));
  add_text(out, "source", text.source);
  add_text(out, "evidence", text.evidence);
  if (text.value) add_json(out, "value", to_json(*text.value));
  if (const auto event = reader.event(event_of(duty->opened_by))) add_json(out, "event", event_brief(*event));
  add_text(out, "counted_from", format(duty->counted_from));
  add_json(out, "arithmetic", words_json(arithmetic_in(why)));
  add_text(out, "due_at", format(duty->due_at));
  add_json(out, "ladder", ladder_json(text, *duty));
  add_json(out, "duty", duty_row_json(exchange, reader, *duty));
  if (duty->met_by)
    if (const auto event = reader.event(event_of(*duty->met_by)))
      add_json(out, "met_by", event_brief(*event));
  add_json(out, "text", words_json(why));
  return http::json(200, out + "}");
}

}  // namespace fx::api
