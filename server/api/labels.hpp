#pragma once

#include "api/house.hpp"

namespace fx::api {

/// What people call a thing a duty is about: a tube's code, a masked name, a unit's name. Empty when it has none.
Words label_of(const Exchange& exchange, journal::Reader& reader, const RawId& about, std::string_view kind);

/// A duty as lists show it: the row, the rule's name as frozen, the label.
std::string duty_row_json(const Exchange& exchange, journal::Reader& reader, const Duty& duty);
std::string notice_row_json(const Exchange& exchange, journal::Reader& reader, const Notice& notice);

/// May the visitor see it: within the jurisdiction, or a unit of the visitor's owes it or is owed it.
bool sees_duty(const Visitor& who, const Duty& duty);

}  // namespace fx::api
