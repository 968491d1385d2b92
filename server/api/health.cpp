// What machines ask: is it well, how much did it do.
#include <fmt/format.h>

#include "api/handlers.hpp"
#include "api/row_json.hpp"

namespace fx::api {
namespace {

std::string gauge(std::string_view name, std::string_view help, std::string_view type, std::uint64_t value) {
  return fmt::format("# HELP fangxian_{0} {1}\n# TYPE fangxian_{0} {2}\nfangxian_{0} {3}\n", name, help, type,
                     value);
}

}  // namespace

http::Response tell_health(Exchange& exchange) {
  House& house = exchange.house;
  bool reads = true;
  try {
    auto reader = house.parts.readers.open();
    house.herald.seen_batch(reader.as_of());
  } catch (const std::exception&) {
    reads = false;
  }
  const bool writes = house.parts.writer.writable();
  // A defect failed one command and damaged nothing (docs/decisions/0011); somebody has to look all the same.
  const std::uint64_t defects = house.parts.writer.counters().defects;
  std::string out = "{";
  add_json(out, "reads", reads ? "true" : "false");
  add_json(out, "writes", writes ? "true" : "false");
  add_json(out, "shedding", house.shedding() ? "true" : "false");
  add_json(out, "time_held", house.parts.writer.time_held() ? "true" : "false");
  add_json(out, "degraded", defects > 0 ? "true" : "false");
  add_json(out, "defects", std::to_string(defects));
  add_json(out, "batch", std::to_string(house.herald.batch()));
  add_text(out, "realm", enum_text(house.parts.realm));
  add_text(out, "version", house.parts.version);
  return http::json(reads ? 200 : 503, out + "}");
}

http::Response tell_metrics(Exchange& exchange) {
  House& house = exchange.house;
  const auto writer = house.parts.writer.counters();
  std::string out = house.meters.text();
  out += gauge("batches_total", "Transactions committed.", "counter", writer.batches);
  out += gauge("commands_accepted_total", "Commands accepted.", "counter", writer.accepted);
  out += gauge("commands_refused_total", "Commands refused.", "counter", writer.refused);
  out += gauge("commands_defect_total", "Commands that met a defect.", "counter", writer.defects);
  out += gauge("store_full_total", "Transactions that found the disk full.", "counter", writer.store_full);
  out += gauge("queue_waiting", "Commands waiting for the writer.", "gauge", writer.waiting);
  out += gauge("queue_wait_us", "Microseconds a command would wait now.", "gauge",
               static_cast<std::uint64_t>(house.parts.writer.expected_wait().count()));
  out += gauge("turned_away_total", "Commands turned away because they would have waited too long.",
               "counter", writer.turned_away);
  out += gauge("queue_limit", "Commands that may wait.", "gauge", house.parts.queue);
  out += gauge("sessions", "People signed in.", "gauge", house.sessions.size());
  out += gauge("listeners", "Open live-update streams.", "gauge", house.herald.listeners());
  out += gauge("reads_waiting", "Reads waiting for a reader.", "gauge", house.reads.waiting());
  out += gauge("writable", "1 while the store takes writes.", "gauge", house.parts.writer.writable() ? 1 : 0);
  out += gauge("degraded", "1 since a command met a defect, until the server is started again.", "gauge",
               writer.defects > 0 ? 1 : 0);
  out += gauge("time_held", "1 while the timer waits for an officer to confirm the time.", "gauge",
               house.parts.writer.time_held() ? 1 : 0);
  out += gauge("batch", "Last sealed batch seen.", "gauge", static_cast<std::uint64_t>(house.herald.batch()));
  return http::text(200, std::move(out), "text/plain; version=0.0.4; charset=utf-8");
}

}  // namespace fx::api
