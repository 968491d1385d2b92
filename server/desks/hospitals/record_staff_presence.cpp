// Which staff worked in the clinic from when to when: who is asked when a positive was there.
#include "desks/hospitals/operations.hpp"
#include "kernel/derive.hpp"

namespace fx::hospitals {
namespace {

Result<Decision> decide(const RecordStaffPresence& c, const View& view, const Context& context) {
  Refusals no;
  if (view.find<Clinic>(c.clinic) == nullptr) no.add(unknown("/clinic"));
  if (c.until && *c.until <= c.from)
    no.add(malformed("/until", "须晚于开始时间", "must be after the beginning"));
  if (c.from > context.now) no.add("F-FUTURE", "/from");
  if (!no.empty()) return no;
  return Decision{{StaffPresent{c.clinic, c.person, c.from, c.until}}};
}

}  // namespace

void record_staff_presence(Desk& desk) {
  desk.operation<RecordStaffPresence>("record_staff_presence", {"登记在岗人员", "Record staff present"})
      .by({Role::NUR, Role::FRP})
      .deed()
      .keys([](const RecordStaffPresence& c, const Context&, KeySet& keys) {
        keys.read<Clinic>(c.clinic)
            .own<ClinicDay>(clinic_day_id(c.clinic, day_of(c.from)))
            .subject(c.clinic.raw);
      })
      .place(
          [](const RecordStaffPresence& c, const View&, const Context&) { return std::optional(c.clinic); })
      .decide(decide);
}

}  // namespace fx::hospitals
