// On which occasions somebody met a case: each its own record, which can be withdrawn by itself.

#include "desks/investigation/classing/operations.hpp"
#include "desks/investigation/trajectory/operations.hpp"

namespace fx::investigation {
namespace {

Result<Decision> record_exposure(const RecordExposure& c, const View& view, const Context& context) {
  const Contact* contact = view.find<Contact>(c.contact);
  if (contact == nullptr) return unknown("/contact");
  const auto* known = view.find<PersonExposures>(exposures_of(contact->person));
  Refusals no;
  if (is_one_of(contact->state, {ContactState::released, ContactState::upgraded_to_case}))
    no.add(
        wrong_state(contact->state, {ContactState::named, ContactState::judged, ContactState::in_control}));
  if (known != nullptr &&
      std::ranges::any_of(known->exposures, [&](const Exposure& e) { return e.id == c.exposure; }))
    no.add(malformed("/exposure", "该次暴露已登记", "this exposure is recorded already"));
  const Stop* stop = c.stop ? view.find<Stop>(*c.stop) : nullptr;
  if (c.stop && (stop == nullptr || stop->case_id != contact->case_id || contact->via))
    no.add(unknown("/stop"));
  else if (stop != nullptr && stop->withdrawn)
    no.add(wrong_state("withdrawn", {"recorded"}, "/stop"));
  if (c.until < c.from) no.add(malformed("/until", "结束早于开始", "it ends before it begins"));
  if (c.from > context.now) no.add("F-FUTURE", "/from");
  if (c.distance_m && *c.distance_m < 0) no.add(malformed("/distance_m", "距离不为负", "not below 0"));
  if (!no.empty()) return no;
  const Exposure exposure{c.exposure,
                          c.contact,
                          contact->case_id,
                          contact->via,
                          contact->via_person,
                          c.from,
                          c.until,
                          c.setting.value_or(Setting::other),
                          c.vehicle.value_or(StopKind::stay),
                          c.distance_m,
                          c.rows_apart,
                          c.same_carriage,
                          c.is_protected.value_or(false),
                          c.known_by.value_or(KnownBy::interview),
                          false,
                          stop != nullptr ? std::optional(at_stop(*stop)) : std::nullopt};
  Decision decision{{ExposureRecorded{c.contact, contact->person, exposure}}};
  reassess(contact->person, {.added = {exposure}}, view, context, decision);
  return decision;
}

Result<Decision> withdraw_exposure(const WithdrawExposure& c, const View& view, const Context& context) {
  const Contact* contact = view.find<Contact>(c.contact);
  if (contact == nullptr) return unknown("/contact");
  const auto* known = view.find<PersonExposures>(exposures_of(contact->person));
  const Exposure* exposure = nullptr;
  if (known != nullptr)
    for (const Exposure& one : known->exposures)
      if (one.id == c.exposure && one.contact == c.contact) exposure = &one;
  if (exposure == nullptr) return unknown("/exposure");
  Refusals no;
  if (exposure->withdrawn) no.add(wrong_state("withdrawn", {"recorded"}));
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  Decision decision{
      {ExposureWithdrawn{c.contact, contact->person, c.exposure, context.actor.account, c.reason.ref}}};
  reassess(contact->person,
           {.withdrawn = {c.exposure}, .cause = ChangeCause::exposure_withdrawn, .words = c.reason.ref}, view,
           context, decision);
  return decision;
}

template <class C>
void more_keys(const C& c, const View& view, const Context&, KeySet& keys) {
  const Loaded loaded(keys);
  const Contact* contact = view.find<Contact>(c.contact);
  if (contact == nullptr) return;
  keys.read<Case>(contact->case_id);
  if (contact->via) keys.read<Contact>(*contact->via);
  if (contact->via_person) keys.read<PersonCase>(case_of(*contact->via_person));
  own_classes_of(contact->person, loaded, view, keys);
}

}  // namespace

void add_record_exposure(Desk& desk) {
  desk.operation<RecordExposure>("record_exposure", {"登记暴露", "Record an exposure"})
      .by({Role::INV, Role::CDC})
      .keys([](const RecordExposure& c, const Context&, KeySet& keys) {
        keys.own<Contact>(c.contact);
        if (c.stop) keys.read<Stop>(*c.stop);
      })
      .more_keys(more_keys<RecordExposure>)
      .place(cdc_of_contact<RecordExposure>)
      .decide(record_exposure);
  desk.operation<WithdrawExposure>("withdraw_exposure", {"撤销暴露", "Withdraw an exposure"})
      .by({Role::INV, Role::CDC})
      .keys(own_contact<WithdrawExposure>)
      .more_keys(more_keys<WithdrawExposure>)
      .place(cdc_of_contact<WithdrawExposure>)
      .decide(withdraw_exposure);
}

}  // namespace fx::investigation
