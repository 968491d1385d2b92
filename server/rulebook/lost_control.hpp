#pragma once

// What it means that a duty about somebody is not met: that control over the person was lost (脱管 漏管 失管). Which duty
// means what is data of the duty's own entry; the words of the reasons are the screen's.

#include <optional>
#include <string>

#include "kernel/table.hpp"

namespace fx::rulebook {

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

/// A duty's `lost_control`, bound to the rows it is about.
struct LostControl {
  Loss loss = Loss::left;
  LossReason reason = LossReason::left_control;
  bool at_once = false;             ///< lost from the first minute, not only when the time is over
  std::string per_day;              ///< id of a value: so many a day are owed; empty: one alone
  std::optional<LossReason> again;  ///< from the second missed on
  const TableType* row = nullptr;   ///< of the thing; nothing: the duty is about the person, or about nobody
  std::size_t person = 0;           ///< its field that names the person
  bool itself = false;              ///< the duty is about the person
};

}  // namespace fx::rulebook
