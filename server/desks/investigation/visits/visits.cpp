// Visits come in by the hundred and are only looked at when a case is traced: one event, one row a batch.

#include "desks/investigation/visits/facts.hpp"
#include "kernel/guards.hpp"

namespace fx::investigation {
namespace {

constexpr std::size_t longest_place = 200;    // bytes
constexpr std::int32_t largest_spot = 65535;  // engines/exposure: 16 bits
constexpr auto longest_visit = std::chrono::hours(24 * 366);

void judge(const VisitSeen& visit, const std::string& path, const Context& context, Refusals& no) {
  if (visit.place.empty()) no.add(missing(path + "/place"));
  if (visit.place.size() > longest_place) no.add(malformed(path + "/place", "地点过长", "too long"));
  if (visit.until < visit.from)
    no.add(malformed(path + "/until", "结束早于开始", "it ends before it begins"));
  if (visit.until - visit.from > longest_visit)
    no.add(malformed(path + "/until", "停留超过一年", "over a year"));
  if (visit.from > context.now) no.add("F-FUTURE", path + "/from");
  if (visit.section < 0 || visit.section > largest_spot)
    no.add(malformed(path + "/section", "超出范围", "out of range"));
  if (visit.row < 0 || visit.row > largest_spot) no.add(malformed(path + "/row", "超出范围", "out of range"));
}

Result<Decision> record_visits(const RecordVisits& c, const View& view, const Context& context) {
  Refusals no;
  if (view.find<VisitBatch>(c.visit_batch) != nullptr)
    no.add(malformed("/visit_batch", "该批已登记", "this batch is recorded already"));
  if (c.visits.empty()) no.add(missing("/visits"));
  if (c.visits.size() > most_visits)
    no.add(malformed("/visits", "每批不超过1000条", "at most 1,000 visits in a batch"));
  for (std::size_t i = 0; i < c.visits.size() && i < most_visits; ++i)
    judge(c.visits[i], "/visits/" + std::to_string(i), context, no);
  if (!no.empty()) return no;
  return Decision{{VisitsRecorded{c.visit_batch, context.actor.unit, c.visits}}};
}

Result<Decision> withdraw_visits(const WithdrawVisits& c, const View& view, const Context& context) {
  const VisitBatch* batch = view.find<VisitBatch>(c.visit_batch);
  if (batch == nullptr) return unknown("/visit_batch");
  Refusals no;
  if (batch->withdrawn) no.add(wrong_state("withdrawn", {"recorded"}));
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  return Decision{{VisitsWithdrawn{c.visit_batch, context.actor.account, c.reason.ref}}};
}

}  // namespace

std::string place_name(StopKind kind, const std::string& service, std::int64_t division,
                       const std::string& place, Instant from) {
  const bool vehicle = kind != StopKind::stay && kind != StopKind::walk;
  if (vehicle && !service.empty()) return "service " + service + " " + format(day_of(from));
  return std::to_string(division) + " " + place;
}

void add_visits(Desk& desk) {
  desk.table<VisitBatch>({.indexes = {"unit", "to_trace"}});
  desk.event<VisitsRecorded>().event<VisitsWithdrawn>();
  desk.evolves<VisitsRecorded, VisitBatch>(&VisitsRecorded::visit_batch,
                                           [](VisitBatch& row, const VisitsRecorded& e, const Stamp& at) {
                                             row = {.id = e.visit_batch,
                                                    .unit = e.unit,
                                                    .visits = static_cast<std::int64_t>(e.visits.size()),
                                                    .recorded_at = at.recorded_at,
                                                    .withdrawn_by = {},
                                                    .reason = {}};
                                           });
  desk.evolves<VisitsWithdrawn, VisitBatch>(&VisitsWithdrawn::visit_batch,
                                            [](VisitBatch& row, const VisitsWithdrawn& e, const Stamp&) {
                                              row.withdrawn = row.to_trace = true;
                                              row.withdrawn_by = e.by;
                                              row.reason = e.reason;
                                            });
  desk.operation<RecordVisits>("record_visits", {"登记到访记录", "Record visits"})
      .by({Role::INV, Role::CDC, Role::TEL})
      .keys([](const RecordVisits& c, const Context&, KeySet& keys) { keys.own<VisitBatch>(c.visit_batch); })
      .decide(record_visits);
  desk.operation<WithdrawVisits>("withdraw_visits", {"撤销到访记录", "Withdraw visits"})
      .by({Role::INV, Role::CDC, Role::TEL})
      .keys(
          [](const WithdrawVisits& c, const Context&, KeySet& keys) { keys.own<VisitBatch>(c.visit_batch); })
      .place([](const WithdrawVisits& c, const View& view, const Context&) {
        const VisitBatch* batch = view.find<VisitBatch>(c.visit_batch);
        return batch != nullptr ? std::optional(batch->unit) : std::nullopt;
      })
      .decide(withdraw_visits);
  desk.list<VisitBatch>({.desk = {},
                         .name = "visit_batches",
                         .title = {"到访记录批次", "Batches of visits"},
                         .table = nullptr,
                         .readers = {Role::CDC, Role::INV, Role::TEL},
                         .filters = {"unit", "withdrawn"},
                         .order_by = "recorded_at",
                         .descending = true,
                         .unit_fields = {"unit"}});
}

}  // namespace fx::investigation
