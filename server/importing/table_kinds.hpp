#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "importing/case_row.hpp"
#include "importing/contact_rows.hpp"
#include "importing/instrument_row.hpp"
#include "importing/resident_row.hpp"
#include "importing/returnee_row.hpp"
#include "importing/table_profile.hpp"
#include "importing/trajectory_row.hpp"

namespace fx::importing {

/// Calls f with an empty row of the kind's struct.
template <class F>
decltype(auto) with_row_of(TableKind kind, F f) {
  switch (kind) {
    case TableKind::contacts: return f(ContactRow{});
    case TableKind::links: return f(LinkRow{});
    case TableKind::follow_ups: return f(FollowUpRow{});
    case TableKind::lab_results: return f(LabRow{});
    case TableKind::returnees: return f(ReturneeRow{});
    case TableKind::trajectories: return f(TrajectoryRow{});
    case TableKind::instrument_readings: return f(InstrumentRow{});
    case TableKind::residents: return f(ResidentRow{});
    case TableKind::cases: break;
  }
  return f(CaseRow{});
}

/// May a profile of this kind fill the field?
bool is_field_of(TableKind kind, std::string_view field);
/// What may stand in a field that is a code; nullptr for fields that are none.
const std::vector<std::string>* codes_of_field(std::string_view field);

}  // namespace fx::importing
