#pragma once

#include "api/desk_pages.hpp"

namespace fx::bin {

/// 脱管 left control · 失管 a check or test missed · 漏管 never under anybody's control.
enum class Loss { left, missed, never };
BOOST_DESCRIBE_ENUM(Loss, left, missed, never)

/// What exactly was lost.
enum class LossReason {
  left_control,        ///< gone from a room or a home
  not_arrived,         ///< on the way, expected, not there
  not_admitted,        ///< ordered, never carried out
  not_in_control,      ///< judged a contact, not under control in time
  untraced,            ///< the contact cannot be found
  check_missed,        ///< one health check or visit
  check_missed_again,  ///< the one after it, too
  test_missed,         ///< a protocol test not sampled
  key_check_missed,    ///< a key person not looked at
  list_open,           ///< a delivered list over its time
  line_unsettled,      ///< somebody on it, not enrolled in time
  not_enrolled,        ///< a key person without a holder
  returnee_unsettled,  ///< came home, not classed, or without the order
  left_unclassed       ///< left the first landing place
};
BOOST_DESCRIBE_ENUM(LossReason, left_control, not_arrived, not_admitted, not_in_control, untraced,
                    check_missed, check_missed_again, test_missed, key_check_missed, list_open,
                    line_unsettled, not_enrolled, returnee_unsettled, left_unclassed)

/// The duties of the rulebook behind each of them; every one exists there (checked by a test).
std::vector<std::string> lost_control_rules();

/// GET /v1/isolation/lost_control: everybody lost, from the duties that are owed about them and the lines of lists, as one
/// list with the duty, its owner and its due time. Computed from what is owed; nobody types that somebody is lost. A person
/// who left control, or cannot be found, stands there from the first minute; anything else when its time is over.
api::DeskPage lost_control_page();

}  // namespace fx::bin
