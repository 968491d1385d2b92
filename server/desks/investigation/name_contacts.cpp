// Who met a case. A person is a contact of a case once only: a claim says so, whoever names, in whatever order.

#include <set>

#include "desks/investigation/classing/reassess.hpp"
#include "desks/investigation/trajectory/operations.hpp"

namespace fx::investigation {
namespace {

/// The contact this person is already, of this case; nullptr when it is none.
const Contact* known(const NameContacts& c, const NewContact& contact, const View& view) {
  const Claim* claim = view.find<Claim>(contact_claim(c.case_id, contact.person));
  return claim != nullptr && !claim->holder.is_nil() ? view.find<Contact>(claim->holder) : nullptr;
}

/// Named before, and still: a contact released with an excluded case may be named again when the case is open again.
bool stands(const Contact* contact) { return contact != nullptr && contact->state != ContactState::released; }

void judge(const NameContacts& c, const NewContact& contact, const std::string& path, const View& view,
           const Context& context, Refusals& no) {
  const Contact* via = contact.via ? view.find<Contact>(*contact.via) : nullptr;
  if (contact.via && (via == nullptr || via->case_id != c.case_id)) no.add(unknown(path + "/via"));
  const Stop* stop = contact.stop ? view.find<Stop>(*contact.stop) : nullptr;
  if (contact.stop && (stop == nullptr || stop->case_id != c.case_id)) no.add(unknown(path + "/stop"));
  if (contact.exposure_from && contact.exposure_until && *contact.exposure_until < *contact.exposure_from)
    no.add(malformed(path + "/exposure_until", "暴露结束早于开始", "the exposure ends before it starts"));
  if (contact.exposure_from && *contact.exposure_from > context.now)
    no.add("F-FUTURE", path + "/exposure_from");
}

ContactId id_of(const NameContacts& c, const NewContact& contact, const View& view) {
  const Contact* before = known(c, contact, view);
  return before != nullptr ? before->id : contact.contact;
}

std::optional<PersonId> via_of(const NewContact& contact, const View& view) {
  const Contact* via = contact.via ? view.find<Contact>(*contact.via) : nullptr;
  return via != nullptr ? std::optional(via->person) : std::nullopt;
}

/// The stop at which the case itself was met.
std::optional<AtStop> stop_of(const NewContact& contact, const View& view) {
  const Stop* stop = contact.stop && !contact.via ? view.find<Stop>(*contact.stop) : nullptr;
  return stop != nullptr ? std::optional(at_stop(*stop)) : std::nullopt;
}

/// The occasion on which the contact was met, as far as it was said.
std::vector<Exposure> exposure_of(const NameContacts& c, const NewContact& contact, const View& view,
                                  const Context& context) {
  const auto from = contact.exposure_from ? contact.exposure_from : contact.exposure_until;
  if (!from) return {};
  const ContactId id = id_of(c, contact, view);
  const bool at_home = contact.kind == ContactKind::household;
  return {{context.new_id<ExposureTag>("exposure " + id.text()), id, c.case_id, contact.via,
           via_of(contact, view), *from, contact.exposure_until.value_or(*from),
           contact.setting.value_or(at_home ? Setting::home : Setting::other),
           contact.vehicle.value_or(StopKind::stay), contact.distance_m, contact.rows_apart,
           contact.same_carriage, contact.is_protected.value_or(false), KnownBy::interview, false,
           stop_of(contact, view)}};
}

/// The contact, its exposure, and what that makes of it and of others this person is.
void name(const NameContacts& c, const NewContact& contact, const Case& file, FactChange change,
          const View& view, const Context& context, Decision& decision) {
  change.added = exposure_of(c, contact, view, context);
  const ContactId id = id_of(c, contact, view);
  const auto exposures = exposures_after(contact.person, change, view);
  const auto finding =
      class_of(exposures, id, sources_of(exposures, change, view), class_rules(context, id.home()));
  decision.events.emplace_back(ContactNamed{
      id, c.case_id, contact.person, contact.kind, file.cdc, contact.exposure_from, contact.exposure_until,
      contact.place.value_or(""), contact.is_protected.value_or(false), contact.stop, contact.via,
      via_of(contact, view), finding.class_, finding.day0, finding.reason});
  for (const Exposure& exposure : change.added)
    decision.events.emplace_back(ExposureRecorded{id, contact.person, exposure});
  change.without.insert(id);
  reassess(contact.person, change, view, context, decision);
}

Result<Decision> name_contacts(const NameContacts& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  Refusals no;
  if (!is_open_case(file->state)) no.add(not_open(*file));
  Decision decision;
  const FactChange change = onset_known(*file, c.onset_day && !file->onset_day ? c.onset_day : std::nullopt,
                                        view, context, decision);
  std::set<PersonId> persons;
  std::set<ContactId> ids;
  for (std::size_t i = 0; i < c.contacts.size(); ++i) {
    const NewContact& contact = c.contacts[i];
    const std::string path = "/contacts/" + std::to_string(i);
    const bool itself = contact.person == file->person;
    const bool twice = !persons.insert(contact.person).second || stands(known(c, contact, view));
    // The system names whom it finds in its records: those who are named already are no reason to leave out the others.
    if (context.actor.system() && (itself || twice)) continue;
    if (itself) no.add("R-CON-8", path + "/person");
    if (twice)
      no.add("R-CON-7", path + "/person");
    else if (!ids.insert(id_of(c, contact, view)).second ||
             (!known(c, contact, view) && view.find<Contact>(contact.contact) != nullptr))
      no.add("R-CON-7", path + "/contact");
    judge(c, contact, path, view, context, no);
    if (no.empty()) name(c, contact, *file, change, view, context, decision);
  }
  if (!no.empty()) return no;
  return decision;
}

void keys(const NameContacts& c, const Context&, KeySet& keys) {
  keys.own<Case>(c.case_id)
      .own<ContactList>(contacts_of_case(c.case_id))
      .own<Trajectory>(trajectory_of(c.case_id));
  for (const NewContact& contact : c.contacts) {
    keys.own<Contact>(contact.contact)
        .own<Claim>(contact_claim(c.case_id, contact.person))
        .own<ContactList>(contacts_of_person(contact.person))
        .own<PersonExposures>(exposures_of(contact.person));
    if (contact.via) keys.read<Contact>(*contact.via);
    if (contact.stop) keys.own<Stop>(*contact.stop);
  }
}

void more_keys(const NameContacts& c, const View& view, const Context& context, KeySet& keys) {
  const Loaded loaded(keys);
  const Case* file = view.find<Case>(c.case_id);
  if (c.onset_day && file != nullptr && !file->onset_day)
    own_onset(*file, *c.onset_day, loaded, view, context, keys);
  for (const NewContact& contact : c.contacts) {
    const Claim* claim = view.find<Claim>(contact_claim(c.case_id, contact.person));
    if (claim != nullptr && !claim->holder.is_nil()) keys.own<Contact>(claim->holder);
    if (const auto via = via_of(contact, view))
      keys.own<ContactList>(contacts_via(*via)).read<PersonCase>(case_of(*via));
    own_classes_of(contact.person, loaded, view, keys);
  }
}

}  // namespace

void add_name_contacts(Desk& desk) {
  desk.operation<NameContacts>("name_contacts", {"登记接触者", "Name contacts"})
      .by({Role::INV, Role::CDC})
      .keys(keys)
      .more_keys(more_keys)
      .place(cdc_of_case<NameContacts>)
      .decide(name_contacts);
}

}  // namespace fx::investigation
