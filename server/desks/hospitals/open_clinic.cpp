// A fever clinic takes patients, or stops doing so.
#include "desks/hospitals/operations.hpp"

namespace fx::hospitals {
namespace {

Result<Decision> open(const OpenClinic& c, const View& view, const Context& context) {
  const Unit* clinic = context.reference.unit(c.clinic);
  const Unit* hospital = context.reference.unit(c.hospital);
  const Clinic* row = view.find<Clinic>(c.clinic);
  Refusals no;
  if (clinic == nullptr || clinic->kind != UnitKind::fever_clinic || !clinic->active)
    no.add(unknown("/clinic"));
  if (hospital == nullptr || (clinic != nullptr && clinic->parent != c.hospital))
    no.add(unknown("/hospital"));
  if (row != nullptr && row->open) no.add(wrong_state("open", {"closed"}, "/clinic"));
  if (!no.empty()) return no;
  return Decision{{ClinicOpened{c.clinic, c.hospital}}};
}

Result<Decision> close(const CloseClinic& c, const View& view, const Context&) {
  const Clinic* row = view.find<Clinic>(c.clinic);
  if (row == nullptr) return unknown("/clinic");
  Refusals no;
  if (!row->open) no.add(wrong_state("closed", {"open"}));
  if (row->occupied > 0) no.add(wrong_state(fmt::format("{} occupied", row->occupied), {"0 occupied"}));
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  return Decision{{ClinicClosed{c.clinic, row->hospital, c.reason.ref}}};
}

}  // namespace

void open_clinic(Desk& desk) {
  desk.operation<OpenClinic>("open_clinic", {"开放发热门诊", "Open a fever clinic"})
      .by({Role::FRP, Role::NUR})
      .keys([](const OpenClinic& c, const Context&, KeySet& keys) { keys.own<Clinic>(c.clinic); })
      .place([](const OpenClinic& c, const View&, const Context&) { return std::optional(c.clinic); })
      .decide(open);
}

void close_clinic(Desk& desk) {
  desk.operation<CloseClinic>("close_clinic", {"关闭发热门诊", "Close a fever clinic"})
      .by({Role::FRP})
      .keys([](const CloseClinic& c, const Context&, KeySet& keys) { keys.own<Clinic>(c.clinic); })
      .place([](const CloseClinic& c, const View&, const Context&) { return std::optional(c.clinic); })
      .decide(close);
}

}  // namespace fx::hospitals
