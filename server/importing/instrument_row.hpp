#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace fx::importing {

/// One cell of an instrument's table that holds a cycle threshold; `gene` as the column's profile names it.
struct CtCell {
  std::string gene;
  std::string text;
  friend bool operator==(const CtCell&, const CtCell&) = default;
};
BOOST_DESCRIBE_STRUCT(CtCell, (), (gene, text))

/// One line of an instrument's table: one target of a well, or all of them, whichever way the instrument writes.
struct InstrumentRow {
  std::string plate;  ///< code of the plate, or the run it was saved under
  std::string well;
  std::string tube;              ///< code of the tube, or the name of a control
  std::string task;              ///< what lies in the well: specimen, control, nothing
  std::string target;            ///< whose Ct the line holds, where there is one line a target
  std::vector<CtCell> ct;        ///< measured ones only
  std::string internal_control;  ///< passed or failed, or its Ct
  std::string call;              ///< what the instrument made of it
  friend bool operator==(const InstrumentRow&, const InstrumentRow&) = default;
};
BOOST_DESCRIBE_STRUCT(InstrumentRow, (), (plate, well, tube, task, target, ct, internal_control, call))

struct TargetCt {
  std::string gene;
  std::optional<double> ct;  ///< absent: it crossed no threshold
  friend bool operator==(const TargetCt&, const TargetCt&) = default;
};
BOOST_DESCRIBE_STRUCT(TargetCt, (), (gene, ct))

enum class InternalControl { unsaid, passed, failed };
BOOST_DESCRIBE_ENUM(InternalControl, unsaid, passed, failed)

/// What an instrument says of one specimen, by file or by message: read, not judged.
struct SpecimenReading {
  std::string tube;  ///< normal form of its code; empty: only its place on the plate is said
  std::string plate;
  std::string well;
  std::vector<TargetCt> targets;  ///< genes of the pathogen, without the internal control
  std::string call;               ///< negative, positive, grey, invalid; empty: the instrument made none
  InternalControl control = InternalControl::unsaid;
  bool plate_valid = true;  ///< the control wells of its plate came out as they must
  std::string well_field;   ///< how the source calls these fields, for messages
  std::string tube_field;
  std::string call_field;
  std::string control_field;
  std::string segment;           ///< of a message
  std::string processing = "P";  ///< MSH-11
};

}  // namespace fx::importing
