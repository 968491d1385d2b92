// One high-water row a device, and the gaps below it: shown until they are filled, for each missing number is a swab, a
// seal or a verdict that somebody recorded and nobody has. A number that comes again with another record is counted: a
// wiped device is a new device (kernel-notes §9), and one that kept its name hides its gaps. What it recorded stands all
// the same, for it has happened.
#include "desks/command/devices/commands.hpp"
#include "desks/command/devices/facts.hpp"
#include "desks/command/operations.hpp"
#include "kernel/derive.hpp"
#include "kernel/guards.hpp"

namespace fx::command {
namespace {

constexpr std::size_t most_ranges = 1000;  // as many as a batch has items

Result<Decision> note(const NoteDevice& c, const View& view, const Context&) {
  const RawId id = device_row_id(c.unit, c.device_name);
  Refusals no;
  if (c.device_name.empty() || c.device_name.size() > 100)
    no.add(malformed("/device_name", "1至100个字符", "1 to 100 characters"));
  if (c.arrived.empty() || c.arrived.size() > most_ranges)
    no.add(malformed("/arrived", "1至1000段", "1 to 1,000 ranges"));
  if (!no.empty()) return no;
  const Device* device = view.find<Device>(id);
  std::vector<std::int64_t> reused = reused_numbers(device, c.fresh);
  if (reused.empty() && !is_news(device, c.arrived)) return Decision{};
  return Decision{{DeviceSynced{id, c.device_name, c.unit, c.account, c.arrived, std::move(reused)}}};
}

void sync(Device& row, const DeviceSynced& e, const Stamp& stamp) {
  row.name = e.device_name;
  row.unit = e.unit;
  row.account = e.account;
  row.synced_at = stamp.recorded_at;
  for (const SequenceRange& range : e.arrived) take_in(row, range);
  if (e.reused.empty()) return;
  row.reused += static_cast<std::int64_t>(e.reused.size());
  row.reused_at = stamp.recorded_at;
}

/// Gaps are apart, ascending, and below the mark.
std::string gaps_are_in_order(const Device& device) {
  std::int64_t last = 0;
  std::int64_t missing = 0;
  for (const SequenceRange& gap : device.gaps) {
    if (gap.from <= last || gap.until < gap.from || gap.until >= device.highest)
      return device.name + " has gaps out of order";
    last = gap.until + 1;
    missing += gap.until - gap.from + 1;
  }
  return missing == device.missing ? "" : device.name + " miscounts its gaps";
}

}  // namespace

RawId device_row_id(UnitId unit, std::string_view name) {
  return derive_id(unit.raw, "device " + std::string(name));
}

void take_in(Device& device, const SequenceRange& arrived) {
  std::vector<SequenceRange> gaps;
  for (const SequenceRange& gap : device.gaps) {
    if (arrived.until < gap.from || arrived.from > gap.until) {
      gaps.push_back(gap);
      continue;
    }
    if (gap.from < arrived.from) gaps.push_back({gap.from, arrived.from - 1});
    if (gap.until > arrived.until) gaps.push_back({arrived.until + 1, gap.until});
  }
  if (arrived.from > device.highest + 1) gaps.push_back({device.highest + 1, arrived.from - 1});
  device.highest = std::max(device.highest, arrived.until);
  device.missing = 0;
  for (const SequenceRange& gap : gaps) device.missing += gap.until - gap.from + 1;
  device.gaps = std::move(gaps);
}

std::vector<std::int64_t> reused_numbers(const Device* device, std::vector<std::int64_t> fresh) {
  const auto is_missing = [&](std::int64_t number) {
    if (device == nullptr || number > device->highest) return true;
    return std::ranges::any_of(
        device->gaps, [&](const SequenceRange& gap) { return gap.from <= number && number <= gap.until; });
  };
  std::ranges::sort(fresh);
  std::vector<std::int64_t> out;
  for (std::size_t i = 0; i < fresh.size(); ++i)
    if (!is_missing(fresh[i]) || (i > 0 && fresh[i - 1] == fresh[i])) out.push_back(fresh[i]);
  return out;
}

bool is_news(const Device* device, const std::vector<SequenceRange>& arrived) {
  if (device == nullptr) return true;
  return std::ranges::any_of(arrived, [&](const SequenceRange& range) {
    return range.until > device->highest || std::ranges::any_of(device->gaps, [&](const SequenceRange& gap) {
             return range.from <= gap.until && gap.from <= range.until;
           });
  });
}

void add_devices(Desk& desk) {
  desk.table<Device>({.indexes = {"unit"}});
  desk.event<DeviceSynced>();
  desk.evolves<DeviceSynced, Device>(&DeviceSynced::device, sync);
  desk.row_law<Device>("gaps of a device are in order", gaps_are_in_order);
  desk.operation<NoteDevice>("note_device", {"登记设备记录到达", "Note what came from a device"})
      .internal()
      .keys([](const NoteDevice& c, const Context&, KeySet& keys) {
        keys.own<Device>(device_row_id(c.unit, c.device_name));
      })
      .decide(note);
  desk.list<Device>({.desk = {},
                     .name = "devices",
                     .title = {"现场设备", "Field devices"},
                     .table = nullptr,
                     .readers = {Role::SMP, Role::GK, Role::GRID, Role::COU, Role::NUR, Role::FRP, Role::DO,
                                 Role::DL, Role::CMD, Role::ADM},
                     .filters = {"unit", "name"},
                     .order_by = "synced_at",
                     .descending = true,
                     .unit_fields = {"unit"}});
}

}  // namespace fx::command
