#pragma once

// Where an infection came from: infectors, chains, origins, clusters, the ring.

#include "kernel/event.hpp"

namespace fx::investigation {

FX_TAG(Cluster, "cluster");
FX_TAG(ClusterPlace, "cluster_place");
FX_TAG(InfectorCandidate, "infector_candidate");

enum class LinkStrength { presumed, proven };
BOOST_DESCRIBE_ENUM(LinkStrength, presumed, proven)

/// What is said of the source of an infection. `unsaid` is not `unknown`: unknown is signed by somebody.
enum class SourceState { unsaid, presumed, proven, unknown };
BOOST_DESCRIBE_ENUM(SourceState, unsaid, presumed, proven, unknown)

/// 境外输入 本土; where the chain began.
enum class Origin { unsaid, imported, local, unknown };
BOOST_DESCRIBE_ENUM(Origin, unsaid, imported, local, unknown)

/// One and the same setting of these kinds makes a cluster [C.cluster.settings].
enum class ClusterSetting { school, estate, factory, village, hospital };
BOOST_DESCRIBE_ENUM(ClusterSetting, school, estate, factory, village, hospital)

/// How a case was found (B5).
enum class FoundBy { central, home, sealed_area, gate_or_landing, role_test, fever_clinic, community };
BOOST_DESCRIBE_ENUM(FoundBy, central, home, sealed_area, gate_or_landing, role_test, fever_clinic, community)

/// Who infected this case, as far as evidence goes. `joined`: the cases that belong to `chain` from here on.
struct InfectorLinked {
  static constexpr std::string_view name = "investigation.infector_linked";
  CaseId case_id;
  CaseId infector;
  LinkStrength strength = LinkStrength::presumed;
  std::optional<Instant> exposed_at;
  CaseId chain;  ///< its first case
  CaseId former_chain;
  std::vector<CaseId> joined;
  AccountId by;
  TextRef evidence;
};
BOOST_DESCRIBE_STRUCT(InfectorLinked, (),
                      (case_id, infector, strength, exposed_at, chain, former_chain, joined, by, evidence))

/// The link is withdrawn: this case, and whom it infected, are a chain of their own.
struct InfectorUnlinked {
  static constexpr std::string_view name = "investigation.infector_unlinked";
  CaseId case_id;
  CaseId infector;
  CaseId former_chain;
  std::vector<CaseId> parted;
  AccountId by;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(InfectorUnlinked, (), (case_id, infector, former_chain, parted, by, reason))

/// Somebody says that this case may have infected that one. It is no link: of several, one at most becomes it.
struct InfectorCandidateNamed {
  static constexpr std::string_view name = "investigation.infector_candidate_named";
  InfectorCandidateId candidate;
  CaseId case_id;
  CaseId infector;
  UnitId cdc;
  AccountId by;
  TextRef evidence;
};
BOOST_DESCRIBE_STRUCT(InfectorCandidateNamed, (), (candidate, case_id, infector, cdc, by, evidence))

struct InfectorCandidateWithdrawn {
  static constexpr std::string_view name = "investigation.infector_candidate_withdrawn";
  InfectorCandidateId candidate;
  CaseId case_id;
  AccountId by;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(InfectorCandidateWithdrawn, (), (candidate, case_id, by, reason))

/// Source and origin as somebody signs them; both may be unknown, none may be left blank in the full report.
struct SourceStated {
  static constexpr std::string_view name = "investigation.source_stated";
  CaseId case_id;
  SourceState source = SourceState::unknown;
  Origin origin = Origin::unknown;
  AccountId by;
  TextRef note;
};
BOOST_DESCRIBE_STRUCT(SourceStated, (), (case_id, source, origin, by, note))

/// Full investigation report: every stop in the window is settled, every question answered, the source stated.
struct FullReportSubmitted {
  static constexpr std::string_view name = "investigation.full_report_submitted";
  CaseId case_id;
  AccountId by;
  TextRef report;
};
BOOST_DESCRIBE_STRUCT(FullReportSubmitted, (), (case_id, by, report))

/// The investigation ends: source found, or signed as unknown.
struct SourceConcluded {
  static constexpr std::string_view name = "investigation.source_concluded";
  CaseId case_id;
  SourceState source = SourceState::unknown;
  AccountId by;
};
BOOST_DESCRIBE_STRUCT(SourceConcluded, (), (case_id, source, by))

/// A case belongs to a school, estate, factory, village or hospital.
struct AffiliationRecorded {
  static constexpr std::string_view name = "investigation.affiliation_recorded";
  CaseId case_id;
  ClusterPlaceId cluster_place;
  ClusterSetting setting = ClusterSetting::village;
  std::string place;
  std::int64_t division = 0;
  UnitId cdc;
  Day day;  ///< onset, or sampling
};
BOOST_DESCRIBE_STRUCT(AffiliationRecorded, (), (case_id, cluster_place, setting, place, division, cdc, day))

struct ClusterRecognised {
  static constexpr std::string_view name = "investigation.cluster_recognised";
  ClusterId cluster;
  ClusterPlaceId cluster_place;
  ClusterSetting setting = ClusterSetting::village;
  std::string place;
  UnitId cdc;
  std::vector<CaseId> cases;
};
BOOST_DESCRIBE_STRUCT(ClusterRecognised, (), (cluster, cluster_place, setting, place, cdc, cases))

struct ClusterGrown {
  static constexpr std::string_view name = "investigation.cluster_grown";
  ClusterId cluster;
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(ClusterGrown, (), (cluster, case_id))

/// Entered in the public-health-event system.
struct ClusterReported {
  static constexpr std::string_view name = "investigation.cluster_reported";
  ClusterId cluster;
  AccountId by;
  TextRef report;
};
BOOST_DESCRIBE_STRUCT(ClusterReported, (), (cluster, by, report))

struct DetectionRecorded {
  static constexpr std::string_view name = "investigation.detection_recorded";
  CaseId case_id;
  FoundBy found_by = FoundBy::community;
  bool in_ring = false;
  UnitId cdc;
  AccountId by;
};
BOOST_DESCRIBE_STRUCT(DetectionRecorded, (), (case_id, found_by, in_ring, cdc, by))

/// 圈外病例复盘: which link was missed, or that none was.
struct RingReviewSigned {
  static constexpr std::string_view name = "investigation.ring_review_signed";
  CaseId case_id;
  bool link_missed = false;
  AccountId by;
  TextRef review;
};
BOOST_DESCRIBE_STRUCT(RingReviewSigned, (), (case_id, link_missed, by, review))

}  // namespace fx::investigation
