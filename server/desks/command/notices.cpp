// Notices are acknowledged by the post told; duties are cancelled by an authority above the debtor, never by itself.

#include <charconv>

#include "desks/command/commands.hpp"
#include "desks/command/facts.hpp"
#include "desks/command/operations.hpp"
#include "kernel/guards.hpp"
#include "kernel/runtime_events.hpp"

namespace fx::command {
namespace {

/// 0 when the text is not a number.
No number_of(const std::string& text) {
  No no = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), no);
  return error == std::errc() && end == text.data() + text.size() && no > 0 ? no : 0;
}

template <class C>
void own_notice(const C& c, const Context&, KeySet& keys) {
  keys.own<Notice>(key_of_no(number_of(c.notice)));
}

template <class C>
void subject_of_notice(const C& c, const View& view, const Context&, KeySet& keys) {
  if (const Notice* notice = view.find<Notice>(key_of_no(number_of(c.notice)))) keys.subject(notice->about);
}

template <class C>
std::optional<UnitId> unit_told(const C& c, const View& view, const Context&) {
  const Notice* notice = view.find<Notice>(key_of_no(number_of(c.notice)));
  return notice != nullptr ? std::optional(notice->unit) : std::nullopt;
}

Result<Decision> acknowledge_notice(const AcknowledgeNotice& c, const View& view, const Context& context) {
  const Notice* notice = view.find<Notice>(key_of_no(number_of(c.notice)));
  if (notice == nullptr) return unknown("/notice");
  Refusals no;
  if (notice->acknowledged_at) no.add(wrong_state("acknowledged", {"sent"}));
  const bool told = context.actor.unit == notice->unit && context.actor.has(notice->role);
  const bool superior = context.actor.has(Role::FRP) || context.actor.has(Role::CMD);
  if (!told && !superior) no.add("R-NOT-1", "/notice");
  if (!no.empty()) return no;
  return Decision{{NoticeAcknowledged{notice->about, notice->no, notice->duty, notice->unit, notice->role,
                                      context.actor.account}}};
}

Result<Decision> record_delivery(const RecordDelivery& c, const View& view, const Context&) {
  const Notice* notice = view.find<Notice>(key_of_no(number_of(c.notice)));
  if (notice == nullptr) return unknown("/notice");
  Refusals no;
  if (notice->delivered_at) no.add(wrong_state("delivered", {"sent"}));
  const bool named = c.spoken_to && !c.spoken_to->empty();
  if (c.by == DeliveryWay::spoken && !named) no.add("R-NOT-2", "/spoken_to");
  if (!no.empty()) return no;
  return Decision{{NoticeDelivered{notice->about, notice->no, c.by, named ? c.spoken_to->ref : TextRef{}}}};
}

/// Who commands whom within one level: the command post over the health authority over everybody else.
int rank(UnitKind kind) {
  if (kind == UnitKind::command_post || kind == UnitKind::government) return 2;
  return kind == UnitKind::health_authority ? 1 : 0;
}

bool stands_above(const Context& context, const Unit& debtor) {
  const Unit* own = context.reference.unit(context.actor.unit);
  if (own == nullptr || rank(own->kind) == 0 || !within(own->jurisdiction, debtor.jurisdiction)) return false;
  return own->level < debtor.level || (own->level == debtor.level && rank(own->kind) > rank(debtor.kind));
}

Result<Decision> cancel_duty(const CancelDuty& c, const View& view, const Context& context) {
  const Duty* duty = view.find<Duty>(key_of_no(number_of(c.duty)));
  if (duty == nullptr) return unknown("/duty");
  const Unit* debtor = context.reference.unit(duty->debtor_unit);
  Refusals no;
  if (!is_open(duty->state)) no.add(wrong_state(enum_text(duty->state), {"open", "due_soon", "overdue"}));
  if (debtor == nullptr || !stands_above(context, *debtor)) no.add("R-OBL-1", "/duty");
  if (c.reason.empty()) no.add("R-OBL-2", "/reason");
  if (!no.empty()) return no;
  return Decision{{DutyCancelled{duty->about, duty->no, duty->rule, context.actor.account, c.reason.ref}}};
}

Result<Decision> confirm_time(const ConfirmTime& c, const View&, const Context& context) {
  if (context.reference.unit(c.unit) == nullptr) return unknown("/unit");
  return Decision{{TimeConfirmed{c.unit, context.actor.account}}};
}

const std::vector<Role> everybody_told{Role::CMD, Role::DL,   Role::DO,  Role::HA,  Role::CDC,
                                       Role::INV, Role::FRP,  Role::DOC, Role::NUR, Role::SMP,
                                       Role::COU, Role::LAB,  Role::LAA, Role::QM,  Role::QD,
                                       Role::GK,  Role::GRID, Role::POL, Role::TRN, Role::INS};

}  // namespace

void add_notice_operations(Desk& desk) {
  desk.operation<AcknowledgeNotice>("acknowledge_notice", {"确认收到", "Acknowledge a notice"})
      .by(everybody_told)
      .keys(own_notice<AcknowledgeNotice>)
      .more_keys(subject_of_notice<AcknowledgeNotice>)
      .place(unit_told<AcknowledgeNotice>)
      .decide(acknowledge_notice);
  desk.operation<RecordDelivery>("record_delivery", {"登记送达", "Record a delivery"})
      .by({Role::DO, Role::DL, Role::CMD, Role::SYS})
      .deed()
      .keys(own_notice<RecordDelivery>)
      .more_keys(subject_of_notice<RecordDelivery>)
      .place(unit_told<RecordDelivery>)
      .decide(record_delivery);
  desk.operation<CancelDuty>("cancel_duty", {"撤销义务", "Cancel a duty"})
      .by({Role::CMD, Role::DL, Role::HA})
      .keys([](const CancelDuty& c, const Context&, KeySet& keys) {
        keys.own<Duty>(key_of_no(number_of(c.duty)));
      })
      .more_keys([](const CancelDuty& c, const View& view, const Context&, KeySet& keys) {
        if (const Duty* duty = view.find<Duty>(key_of_no(number_of(c.duty)))) keys.subject(duty->about);
      })
      .place([](const CancelDuty& c, const View& view, const Context&) {
        const Duty* duty = view.find<Duty>(key_of_no(number_of(c.duty)));
        return duty != nullptr ? std::optional(duty->debtor_unit) : std::nullopt;
      })
      .decide(cancel_duty);
  desk.operation<ConfirmTime>("confirm_time", {"确认系统时间", "Confirm the system's time"})
      .by({Role::DO, Role::ADM})
      .keys([](const ConfirmTime& c, const Context&, KeySet& keys) { keys.subject(c.unit.raw); })
      .place([](const ConfirmTime& c, const View&, const Context&) { return std::optional(c.unit); })
      .decide(confirm_time);
}

}  // namespace fx::command
