// Several cases of one school, estate, factory, village or hospital within so many days are a cluster.

#include "desks/investigation/sources/operations.hpp"

namespace fx::investigation {
namespace {

constexpr std::int64_t shortest_division = 100'000;

/// Cases of the place that lie within the window around `day`.
std::vector<CaseId> near(const ClusterPlace* place, CaseId added, Day day, int window) {
  std::vector<CaseId> out{added};
  if (place != nullptr)
    for (const PlaceCase& one : place->cases)
      if (one.case_id != added && (one.day < day ? day - one.day : one.day - day) < window)
        out.push_back(one.case_id);
  return out;
}

/// The cluster that this case would be the one to show.
ClusterId cluster_of(const RecordAffiliation& c, std::int32_t county) {
  return derive<ClusterTag>(cluster_place(c.setting, c.division, c.place, county).raw, c.case_id.text());
}

Result<Decision> record_affiliation(const RecordAffiliation& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  Refusals no;
  if (!is_open_case(file->state)) no.add(not_open(*file));
  if (c.place.empty()) no.add(missing("/place"));
  if (c.division < shortest_division)
    no.add(malformed("/division", "须填区划代码", "the code of the division is needed"));
  if (!no.empty()) return no;
  const std::int32_t county = c.case_id.home();
  const ClusterPlaceId id = cluster_place(c.setting, c.division, c.place, county);
  const Day day = file->onset_day.value_or(day_of(file->sampled_at));
  Decision decision{{AffiliationRecorded{c.case_id, id, c.setting, c.place, c.division, file->cdc, day}}};
  const auto least = context.number("C.cluster.min", county);
  const auto window = context.number("C.cluster.window_d", county);
  if (!least || !window) return decision;
  const ClusterPlace* place = view.find<ClusterPlace>(id);
  const auto cases = near(place, c.case_id, day, static_cast<int>(*window));
  if (static_cast<double>(cases.size()) < *least) return decision;
  // Cases that continue a known cluster make it grow; after a pause of a whole window it is another one.
  const Cluster* known = place != nullptr && place->cluster ? view.find<Cluster>(*place->cluster) : nullptr;
  const bool continues = known != nullptr && std::ranges::any_of(cases, [&](CaseId one) {
                           return std::ranges::find(known->cases, one) != known->cases.end();
                         });
  if (continues)
    decision.events.emplace_back(ClusterGrown{known->id, c.case_id});
  else
    decision.events.emplace_back(
        ClusterRecognised{cluster_of(c, county), id, c.setting, c.place, file->cdc, cases});
  return decision;
}

Result<Decision> report_cluster(const ReportCluster& c, const View& view, const Context& context) {
  const Cluster* cluster = view.find<Cluster>(c.cluster);
  if (cluster == nullptr) return unknown("/cluster");
  if (c.report.empty()) return missing("/report");
  return Decision{{ClusterReported{c.cluster, context.actor.account, c.report.ref}}};
}

}  // namespace

void add_clusters(Desk& desk) {
  desk.operation<RecordAffiliation>("record_affiliation",
                                    {"登记所属单位、小区、村", "Record where a case belongs"})
      .by({Role::INV, Role::CDC})
      .keys([](const RecordAffiliation& c, const Context&, KeySet& keys) {
        keys.own<Case>(c.case_id);
        keys.own<ClusterPlace>(cluster_place(c.setting, c.division, c.place, c.case_id.home()));
        keys.own<Cluster>(cluster_of(c, c.case_id.home()));
      })
      .more_keys([](const RecordAffiliation& c, const View& view, const Context&, KeySet& keys) {
        const auto* place =
            view.find<ClusterPlace>(cluster_place(c.setting, c.division, c.place, c.case_id.home()));
        if (place != nullptr && place->cluster) keys.own<Cluster>(*place->cluster);
      })
      .place(cdc_of_case<RecordAffiliation>)
      .decide(record_affiliation);
  desk.operation<ReportCluster>("report_cluster", {"聚集性疫情网络报告", "Report a cluster"})
      .by({Role::CDC})
      .keys([](const ReportCluster& c, const Context&, KeySet& keys) { keys.own<Cluster>(c.cluster); })
      .place([](const ReportCluster& c, const View& view, const Context&) {
        const Cluster* cluster = view.find<Cluster>(c.cluster);
        return cluster != nullptr ? std::optional(cluster->cdc) : std::nullopt;
      })
      .decide(report_cluster);
}

}  // namespace fx::investigation
