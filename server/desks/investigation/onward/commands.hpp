#pragma once

#include "kernel/event.hpp"

namespace fx::investigation {

/// From investigation.case_excluded: whoever met this person as a contact of a contact is looked at again.
struct ReviewOnward {
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(ReviewOnward, (), (person))

}  // namespace fx::investigation
