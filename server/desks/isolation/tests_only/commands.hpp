#pragma once

#include "desks/isolation/tests_only/events.hpp"

namespace fx::isolation {

/// From investigation.contact_judged and gates.returnee_classed.
struct AskTests {
  PersonId person;
  RawId source;
  std::optional<ControlClass> class_;  ///< absent: no more
  UnitId cdc;                          ///< nil: of the person's county
};
BOOST_DESCRIBE_STRUCT(AskTests, (), (person, source, class_, cdc))

}  // namespace fx::isolation
