#pragma once

// What people may ask about sources, chains and clusters.

#include "desks/investigation/sources/events.hpp"

namespace fx::investigation {

struct LinkInfector {
  CaseId case_id;
  CaseId infector;
  LinkStrength strength = LinkStrength::presumed;
  std::optional<Instant> exposed_at;
  FreeText evidence;
};
BOOST_DESCRIBE_STRUCT(LinkInfector, (), (case_id, infector, strength, exposed_at, evidence))

struct UnlinkInfector {
  CaseId case_id;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(UnlinkInfector, (), (case_id, reason))

struct NameInfectorCandidate {
  CaseId case_id;
  CaseId infector;
  FreeText evidence;
};
BOOST_DESCRIBE_STRUCT(NameInfectorCandidate, (), (case_id, infector, evidence))

struct WithdrawInfectorCandidate {
  InfectorCandidateId candidate;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawInfectorCandidate, (), (candidate, reason))

/// One a pair of cases, so that the same thing said twice is one.
InfectorCandidateId infector_candidate(CaseId case_id, CaseId infector);

struct StateSource {
  CaseId case_id;
  SourceState source = SourceState::unknown;
  Origin origin = Origin::unknown;
  FreeText note;
};
BOOST_DESCRIBE_STRUCT(StateSource, (), (case_id, source, origin, note))

struct SubmitFullReport {
  CaseId case_id;
  FreeText report;
};
BOOST_DESCRIBE_STRUCT(SubmitFullReport, (), (case_id, report))

struct RecordAffiliation {
  CaseId case_id;
  ClusterSetting setting = ClusterSetting::village;
  std::string place;
  std::int64_t division = 0;
};
BOOST_DESCRIBE_STRUCT(RecordAffiliation, (), (case_id, setting, place, division))

struct ReportCluster {
  ClusterId cluster;
  FreeText report;
};
BOOST_DESCRIBE_STRUCT(ReportCluster, (), (cluster, report))

struct RecordDetection {
  CaseId case_id;
  FoundBy found_by = FoundBy::community;
  bool in_ring = false;
};
BOOST_DESCRIBE_STRUCT(RecordDetection, (), (case_id, found_by, in_ring))

struct SignRingReview {
  CaseId case_id;
  bool link_missed = false;
  FreeText review;  ///< which link, or why there is none
};
BOOST_DESCRIBE_STRUCT(SignRingReview, (), (case_id, link_missed, review))

}  // namespace fx::investigation
