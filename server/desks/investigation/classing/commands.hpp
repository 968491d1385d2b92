#pragma once

// What people may ask about exposures and the class they make.

#include "desks/investigation/classing/events.hpp"

namespace fx::investigation {

/// A further occasion on which a contact met the case, or (via) a contact of it.
struct RecordExposure {
  ExposureId exposure;
  ContactId contact;
  Instant from;
  Instant until;
  std::optional<Setting> setting = {};
  std::optional<StopKind> vehicle = {};
  std::optional<double> distance_m = {};
  std::optional<std::int32_t> rows_apart = {};
  std::optional<bool> same_carriage = {};
  std::optional<bool> is_protected = {};
  std::optional<KnownBy> known_by = {};
  std::optional<StopId> stop = {};  ///< of the case, at which it was
};
BOOST_DESCRIBE_STRUCT(RecordExposure, (),
                      (exposure, contact, from, until, setting, vehicle, distance_m, rows_apart,
                       same_carriage, is_protected, known_by, stop))

struct WithdrawExposure {
  ExposureId exposure;
  ContactId contact;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawExposure, (), (exposure, contact, reason))

/// Looks at all contacts of a case again, under the rules of today: after a new edition.
struct ReviewContacts {
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(ReviewContacts, (), (case_id))

struct AcceptClass {
  ContactId contact;
};
BOOST_DESCRIBE_STRUCT(AcceptClass, (), (contact))

struct DeclineClass {
  ContactId contact;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(DeclineClass, (), (contact, reason))

}  // namespace fx::investigation
