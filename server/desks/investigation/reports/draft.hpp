#pragma once

#include <span>

#include "desks/investigation/facts.hpp"
#include "desks/investigation/reports/commands.hpp"

namespace fx::investigation {

struct Report {
  static constexpr std::string_view table = "investigation_report";
  ReportId id;
  CaseId case_id;
  ReportKind kind = ReportKind::first;
  UnitId cdc;
  std::int32_t version = 0;
  TextRef basic;
  TextRef trajectory;
  TextRef contacts;
  TextRef source;
  TextRef measures;
  AccountId by;
  Instant at;
  std::int32_t signed_version = 0;  ///< 0: never signed
  std::optional<AccountId> signed_by;
  std::optional<Instant> signed_at;
};
BOOST_DESCRIBE_STRUCT(Report, (),
                      (id, case_id, kind, cdc, version, basic, trajectory, contacts, source, measures, by, at,
                       signed_version, signed_by, signed_at))

ReportId report_of(CaseId case_id, ReportKind kind);

/// One part of a report: which, its heading, its words.
struct ReportPart {
  std::string key;  ///< basic | trajectory | contacts | source | measures
  std::string title;
  std::string words;
};

/// What a report for officers is drafted from. Identities are in it: it never leaves those who deal with the person.
struct ReportFacts {
  Case file;
  std::string name;                    ///< of the case
  std::vector<std::string> addresses;  ///< of the stops, in their order; empty: none
  std::optional<Interview> interview;
  std::vector<Stop> stops;  ///< by time
  std::vector<Gap> gaps;
  std::vector<Contact> contacts;
};

/// A draft in Chinese, for an officer to change.
std::vector<ReportPart> draft(ReportKind kind, const ReportFacts& facts);
std::string title_of(ReportKind kind);

/// One stop as the public may read it: a place everybody can go to, and when. Nothing else.
struct PublicStop {
  std::string place;  ///< empty: a home or an address, told by its township only
  std::int64_t township = 0;
  std::string transport;  ///< number of a flight, train or ship; never of a car
  Day day;
  int from_minute = 0;  ///< of the day, rounded down to ten
  int until_minute = 0;
};
/// What a public notice is made of: no field of this can hold a person.
struct PublicFacts {
  Day day;  ///< of the finding
  CaseState state = CaseState::screen_positive;
  FoundBy found_by = FoundBy::community;
  std::vector<PublicStop> stops;
  std::size_t contacts = 0;
};
PublicFacts public_facts(const Case& file, std::span<const Stop> stops, std::size_t contacts);
/// 流调通报. Takes no more than PublicFacts: what identifies somebody cannot get in.
std::vector<ReportPart> public_notice(const PublicFacts& facts);
void add_reports(Desk& desk);
void add_sign_report(Desk& desk);

}  // namespace fx::investigation
