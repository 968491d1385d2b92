#pragma once

// The words of a check: what is seen, what follows. Shared by verdict, events, commands and the snapshot.

#include <boost/describe.hpp>

namespace fx::gates {

/// 健康码.
enum class HealthCode { green, yellow, red };
BOOST_DESCRIBE_ENUM(HealthCode, green, yellow, red)

/// 行程码; `starred`: it shows a city with a risk area.
enum class TravelCode { clear, starred };
BOOST_DESCRIBE_ENUM(TravelCode, clear, starred)

/// Where the codes come from: the code service answered, the phone was shown, or none answered and paper is kept.
enum class CodeSource { service, shown, paper };
BOOST_DESCRIBE_ENUM(CodeSource, service, shown, paper)

/// What a certificate is asked for at this gate: `none`, or as long as E.cert.h.<kind> says.
enum class GateKind { traffic, venue, hospital, community };
BOOST_DESCRIBE_ENUM(GateKind, traffic, venue, hospital, community)

/// What follows from the facts, mildest first: the order is the meaning.
enum class Verdict { pass, second_check, fever_clinic, red_channel };
BOOST_DESCRIBE_ENUM(Verdict, pass, second_check, fever_clinic, red_channel)

/// Why it is no plain pass. What only needs a second look comes first, then what never ends in PASSED.
enum class Reason {
  no_code,
  no_travel_code,
  yellow_code,
  travel_star,
  no_temperature,
  certificate_missing,
  certificate_expired,
  snapshot_old,
  fever,
  red_code,
  key_region,
  on_control_list,
  not_classed
};
BOOST_DESCRIBE_ENUM(Reason, no_code, no_travel_code, yellow_code, travel_star, no_temperature,
                    certificate_missing, certificate_expired, snapshot_old, fever, red_code, key_region,
                    on_control_list, not_classed)

/// Where a checked person went. `checked`: not decided yet. The sum over them is the number of records.
enum class CheckOutcome { checked, passed, second_check, fever_clinic, red_channel, emergency };
BOOST_DESCRIBE_ENUM(CheckOutcome, checked, passed, second_check, fever_clinic, red_channel, emergency)

/// Why somebody is on the control list. `unclassed_arrival`: left the first landing place before a class was set.
enum class ControlKind { contact, isolation_order, source_line, positive, unclassed_arrival };
BOOST_DESCRIBE_ENUM(ControlKind, contact, isolation_order, source_line, positive, unclassed_arrival)

/// What a place elsewhere counts as [external list, B4].
enum class RegionClass { none, infection_reported, low, medium, high, abroad };
BOOST_DESCRIBE_ENUM(RegionClass, none, infection_reported, low, medium, high, abroad)

}  // namespace fx::gates
