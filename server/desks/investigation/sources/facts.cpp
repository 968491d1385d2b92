#include "desks/investigation/facts.hpp"

#include "kernel/derive.hpp"

namespace fx::investigation {
namespace {

void chain_facts(Desk& desk) {
  desk.evolves<InfectorLinked, Case>(&InfectorLinked::case_id,
                                     [](Case& row, const InfectorLinked& e, const Stamp&) {
                                       row.infector = e.infector;
                                       row.link = e.strength;
                                     });
  desk.evolves<InfectorLinked, Case>(
      &InfectorLinked::joined, [](Case& row, const InfectorLinked& e, const Stamp&) { row.chain = e.chain; });
  desk.evolves<InfectorLinked, Chain>(&InfectorLinked::chain,
                                      [](Chain& row, const InfectorLinked& e, const Stamp&) {
                                        row.id = e.chain;
                                        for (const CaseId id : e.joined)
                                          if (std::ranges::find(row.members, id) == row.members.end())
                                            row.members.push_back(id);
                                      });
  desk.evolves<InfectorLinked, Chain>(&InfectorLinked::former_chain,
                                      [](Chain& row, const InfectorLinked& e, const Stamp&) {
                                        row.id = e.former_chain;
                                        if (e.former_chain != e.chain) row.members.clear();
                                      });
  desk.evolves<InfectorUnlinked, Case>(&InfectorUnlinked::case_id,
                                       [](Case& row, const InfectorUnlinked&, const Stamp&) {
                                         row.infector.reset();
                                         row.link.reset();
                                       });
  desk.evolves<InfectorUnlinked, Case>(
      &InfectorUnlinked::parted,
      [](Case& row, const InfectorUnlinked& e, const Stamp&) { row.chain = e.case_id; });
  desk.evolves<InfectorUnlinked, Chain>(
      &InfectorUnlinked::former_chain, [](Chain& row, const InfectorUnlinked& e, const Stamp&) {
        row.id = e.former_chain;
        std::erase_if(row.members,
                      [&](CaseId id) { return std::ranges::find(e.parted, id) != e.parted.end(); });
      });
  desk.evolves<InfectorUnlinked, Chain>(&InfectorUnlinked::case_id,
                                        [](Chain& row, const InfectorUnlinked& e, const Stamp&) {
                                          row.id = e.case_id;
                                          row.members = e.parted;
                                        });
}

void conclusion_facts(Desk& desk) {
  desk.evolves<SourceStated, Case>(&SourceStated::case_id,
                                   [](Case& row, const SourceStated& e, const Stamp&) {
                                     row.source = e.source;
                                     row.origin = e.origin;
                                     row.source_by = e.by;
                                   });
  desk.evolves<FullReportSubmitted, Case>(
      &FullReportSubmitted::case_id,
      [](Case& row, const FullReportSubmitted&, const Stamp&) { row.stage = InvestigationStage::full; });
  desk.evolves<SourceConcluded, Case>(
      &SourceConcluded::case_id, [](Case& row, const SourceConcluded& e, const Stamp&) {
        row.stage = e.source == SourceState::unknown ? InvestigationStage::source_unknown
                                                     : InvestigationStage::source_found;
      });
  desk.evolves<DetectionRecorded, Case>(&DetectionRecorded::case_id,
                                        [](Case& row, const DetectionRecorded& e, const Stamp&) {
                                          row.found_by = e.found_by;
                                          row.in_ring = e.in_ring;
                                        });
  desk.evolves<RingReviewSigned, Case>(
      &RingReviewSigned::case_id,
      [](Case& row, const RingReviewSigned&, const Stamp&) { row.ring_reviewed = true; });
}

void cluster_facts(Desk& desk) {
  desk.evolves<AffiliationRecorded, Case>(
      &AffiliationRecorded::case_id, [](Case& row, const AffiliationRecorded& e, const Stamp&) {
        if (std::ranges::find(row.places, e.cluster_place) == row.places.end())
          row.places.push_back(e.cluster_place);
      });
  desk.evolves<AffiliationRecorded, ClusterPlace>(
      &AffiliationRecorded::cluster_place, [](ClusterPlace& row, const AffiliationRecorded& e, const Stamp&) {
        row.id = e.cluster_place;
        row.setting = e.setting;
        row.place = e.place;
        row.division = e.division;
        row.cdc = e.cdc;
        std::erase_if(row.cases, [&](const PlaceCase& one) { return one.case_id == e.case_id; });
        row.cases.push_back({e.case_id, e.day});
      });
  desk.evolves<CaseExcluded, ClusterPlace>(
      &CaseExcluded::places, [](ClusterPlace& row, const CaseExcluded& e, const Stamp&) {
        std::erase_if(row.cases, [&](const PlaceCase& one) { return one.case_id == e.case_id; });
      });
  desk.evolves<CaseExcluded, Case>(&CaseExcluded::case_id,
                                   [](Case& row, const CaseExcluded&, const Stamp&) { row.places.clear(); });
  desk.evolves<ClusterRecognised, Cluster>(
      &ClusterRecognised::cluster, [](Cluster& row, const ClusterRecognised& e, const Stamp& at) {
        row = {e.cluster, e.cluster_place, e.setting, e.place, e.cdc, e.cases, at.occurred_at, {}};
      });
  desk.evolves<ClusterRecognised, ClusterPlace>(
      &ClusterRecognised::cluster_place,
      [](ClusterPlace& row, const ClusterRecognised& e, const Stamp&) { row.cluster = e.cluster; });
  desk.evolves<ClusterGrown, Cluster>(&ClusterGrown::cluster,
                                      [](Cluster& row, const ClusterGrown& e, const Stamp&) {
                                        if (std::ranges::find(row.cases, e.case_id) == row.cases.end())
                                          row.cases.push_back(e.case_id);
                                      });
  desk.evolves<ClusterReported, Cluster>(
      &ClusterReported::cluster,
      [](Cluster& row, const ClusterReported&, const Stamp& at) { row.reported_at = at.occurred_at; });
}

}  // namespace

ClusterPlaceId cluster_place(ClusterSetting setting, std::int64_t division, const std::string& place,
                             std::int32_t home) {
  return {named_id("cluster_place",
                   std::string(enum_text(setting)) + " " + std::to_string(division) + " " + place, home)};
}

void add_source_facts(Desk& desk) {
  desk.table<Chain>().table<ClusterPlace>().table<Cluster>({.indexes = {"cdc"}});
  desk.event<InfectorLinked>().event<InfectorUnlinked>().event<SourceStated>().event<FullReportSubmitted>();
  desk.event<SourceConcluded>().event<AffiliationRecorded>().event<ClusterRecognised>().event<ClusterGrown>();
  desk.event<ClusterReported>().event<DetectionRecorded>().event<RingReviewSigned>();
  chain_facts(desk);
  conclusion_facts(desk);
  cluster_facts(desk);
}

}  // namespace fx::investigation
