#pragma once

#include "desks/investigation/sources/commands.hpp"
#include "kernel/desk.hpp"

namespace fx::investigation {

/// Cases that infected one another, under the first of them. A case without any link has no row.
struct Chain {
  static constexpr std::string_view table = "chain";
  static constexpr bool subject = false;
  CaseId id;
  std::vector<CaseId> members;
};
BOOST_DESCRIBE_STRUCT(Chain, (), (id, members))

/// Who may have infected a case, as somebody said; whether it is the link stands with the case.
struct InfectorCandidate {
  static constexpr std::string_view table = "infector_candidate";
  InfectorCandidateId id;
  CaseId case_id;
  CaseId infector;
  UnitId cdc;
  AccountId by;
  Instant named_at;
  bool withdrawn = false;
};
BOOST_DESCRIBE_STRUCT(InfectorCandidate, (), (id, case_id, infector, cdc, by, named_at, withdrawn))

struct PlaceCase {
  CaseId case_id;
  Day day;
  friend bool operator==(const PlaceCase&, const PlaceCase&) = default;
};
BOOST_DESCRIBE_STRUCT(PlaceCase, (), (case_id, day))

/// The cases of one school, estate, factory, village or hospital.
struct ClusterPlace {
  static constexpr std::string_view table = "cluster_place";
  ClusterPlaceId id;
  ClusterSetting setting = ClusterSetting::village;
  std::string place;
  std::int64_t division = 0;
  UnitId cdc;
  std::vector<PlaceCase> cases;
  std::optional<ClusterId> cluster;  ///< the latest recognised there
};
BOOST_DESCRIBE_STRUCT(ClusterPlace, (), (id, setting, place, division, cdc, cases, cluster))

struct Cluster {
  static constexpr std::string_view table = "cluster";
  ClusterId id;
  ClusterPlaceId cluster_place;
  ClusterSetting setting = ClusterSetting::village;
  std::string place;
  UnitId cdc;
  std::vector<CaseId> cases;
  Instant recognised_at;
  std::optional<Instant> reported_at;
};
BOOST_DESCRIBE_STRUCT(Cluster, (),
                      (id, cluster_place, setting, place, cdc, cases, recognised_at, reported_at))

ClusterPlaceId cluster_place(ClusterSetting setting, std::int64_t division, const std::string& place,
                             std::int32_t home);

void add_source_facts(Desk& desk);

}  // namespace fx::investigation
