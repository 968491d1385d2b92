#include "desks/investigation/facts.hpp"

#include "kernel/derive.hpp"

namespace fx::investigation {
namespace {

CaseState state_of(CaseClass c) {
  switch (c) {
    case CaseClass::suspected: return CaseState::suspected;
    case CaseClass::asymptomatic: return CaseState::asymptomatic;
    case CaseClass::confirmed: break;
  }
  return CaseState::confirmed;
}

void case_facts(Desk& desk) {
  desk.evolves<CaseOpened, Case>(&CaseOpened::case_id, [](Case& row, const CaseOpened& e, const Stamp& at) {
    row.id = e.case_id;
    row.person = e.person;
    row.pathogen = e.pathogen;
    row.state = e.state;
    row.history = e.history;
    row.hospital = e.hospital;
    row.clinic = e.clinic;
    row.cdc = e.cdc;
    row.county = e.county;
    row.tube = e.tube;
    row.encounter = e.encounter;
    row.onset_day = e.onset_day;
    row.sampled_at = e.sampled_at;
    row.window_from = e.window_from;
    row.opened_at = at.occurred_at;
    // An excluded case that opens again begins anew; what it was before stays in the ledger.
    row.severity.reset();
    row.class_.reset();
    row.classified_at.reset();
    row.first_of_county = false;
    row.stage = InvestigationStage::assigned;
    row.lead.reset();
    row.exclusion_proposed = false;
    row.team.reset();
    row.joined_teams.clear();
    row.source = SourceState::unsaid;
    row.origin = Origin::unsaid;
    row.source_by.reset();
    row.found_by = e.found_by;
    row.in_ring = e.in_ring;
    row.ring_reviewed = false;
  });
  desk.evolves<CaseRecorded, Case>(
      &CaseRecorded::case_id, [](Case& row, const CaseRecorded& e, const Stamp& at) {
        row.id = e.case_id;
        row.person = e.person;
        row.pathogen = e.pathogen;
        row.state = e.state;
        row.history = true;
        row.cdc = e.cdc;
        row.hospital = e.cdc;
        row.onset_day = e.onset_day;
        row.severity = e.severity;
        row.opened_at = e.confirm_day ? start_of(*e.confirm_day) : at.occurred_at;
        row.sampled_at = row.opened_at;
        row.stage = InvestigationStage::full;
      });
  desk.evolves<OnsetKnown, Case>(&OnsetKnown::case_id, [](Case& row, const OnsetKnown& e, const Stamp&) {
    row.onset_day = e.onset_day;
    row.window_from = e.window_from;
  });
  desk.evolves<CaseClassified, Case>(&CaseClassified::case_id,
                                     [](Case& row, const CaseClassified& e, const Stamp& at) {
                                       row.state = state_of(e.class_);
                                       row.class_ = e.class_;
                                       row.severity = e.severity;
                                       row.first_of_county = row.first_of_county || e.first_of_county;
                                       row.classified_at = at.occurred_at;
                                       row.exclusion_proposed = false;
                                     });
  desk.evolves<CaseClassified, CountyCases>(&CaseClassified::county_cases,
                                            [](CountyCases& row, const CaseClassified& e, const Stamp&) {
                                              row.id = e.county_cases;
                                              row.pathogen = e.pathogen;
                                              row.classified += e.former ? 0 : 1;
                                            });
  desk.evolves<SeverityChanged, Case>(
      &SeverityChanged::case_id,
      [](Case& row, const SeverityChanged& e, const Stamp&) { row.severity = e.severity; });
  desk.evolves<CaseExcluded, Case>(&CaseExcluded::case_id, [](Case& row, const CaseExcluded&, const Stamp&) {
    row.state = CaseState::excluded;
    row.exclusion_proposed = false;
  });
  desk.evolves<CaseExcluded, CountyCases>(
      &CaseExcluded::county_cases,
      [](CountyCases& row, const CaseExcluded&, const Stamp&) { row.classified -= 1; });
  desk.evolves<CaseExcluded, Contact>(&CaseExcluded::contacts,
                                      [](Contact& row, const CaseExcluded&, const Stamp&) {
                                        row.state = ContactState::released;
                                        row.end_search();
                                      });
  desk.evolves<ExclusionProposed, Case>(
      &ExclusionProposed::case_id,
      [](Case& row, const ExclusionProposed&, const Stamp&) { row.exclusion_proposed = true; });
  desk.evolves<ExclusionDismissed, Case>(
      &ExclusionDismissed::case_id,
      [](Case& row, const ExclusionDismissed&, const Stamp&) { row.exclusion_proposed = false; });
}

void investigation_facts(Desk& desk) {
  const auto reach = [](Case& row, InvestigationStage stage) { row.stage = std::max(row.stage, stage); };
  desk.evolves<TeamStarted, Case>(&TeamStarted::case_id,
                                  [reach](Case& row, const TeamStarted& e, const Stamp&) {
                                    row.lead = e.lead;
                                    reach(row, InvestigationStage::started);
                                  });
  desk.evolves<CoreFactsRecorded, Case>(&CoreFactsRecorded::case_id,
                                        [reach](Case& row, const CoreFactsRecorded&, const Stamp&) {
                                          reach(row, InvestigationStage::core_facts);
                                        });
  desk.evolves<FirstReportSubmitted, Case>(&FirstReportSubmitted::case_id,
                                           [reach](Case& row, const FirstReportSubmitted&, const Stamp&) {
                                             reach(row, InvestigationStage::first_report);
                                           });
}

/// Not decided by a number [contact_class.cpp].
bool is_assessed(ClassReason reason) {
  using enum ClassReason;
  return reason == not_measured || reason == beyond_distance || reason == same_venue;
}

void contact_facts(Desk& desk) {
  desk.evolves<ContactNamed, Contact>(&ContactNamed::contact,
                                      [](Contact& row, const ContactNamed& e, const Stamp& at) {
                                        row.id = e.contact;
                                        row.case_id = e.case_id;
                                        row.person = e.person;
                                        row.kind = e.kind;
                                        row.cdc = e.cdc;
                                        row.exposure_from = e.exposure_from;
                                        row.exposure_until = e.exposure_until;
                                        row.place = e.place;
                                        row.is_protected = e.is_protected;
                                        row.named_at = at.occurred_at;
                                        row.stop = e.stop;
                                        row.via = e.via;
                                        row.via_person = e.via_person;
                                        row.found_class = e.found_class;
                                        row.found_day0 = e.found_day0;
                                        row.found_reason = e.found_reason;
                                        row.assessed = is_assessed(e.found_reason);
                                        // Named again after a release: what was judged then was judged of another state of things.
                                        row.state = ContactState::named;
                                        row.class_.reset();
                                        row.judge.reset();
                                        row.judged_at.reset();
                                        row.last_exposure_day.reset();
                                        row.distance_m.reset();
                                        row.police_request = PoliceRequest::none;
                                        row.reported = false;
                                        row.handed_to.reset();
                                      });
  desk.evolves<ContactNamed, Claim>([](const ContactNamed& e) { return contact_claim(e.case_id, e.person); },
                                    [](Claim& row, const ContactNamed& e, const Stamp&) {
                                      row = {contact_claim(e.case_id, e.person), "contact", e.contact.raw};
                                    });
  const auto listed = [](auto key) {
    return [key](ContactList& row, const ContactNamed& e, const Stamp&) {
      row.id = key(e);
      if (std::ranges::find(row.contacts, e.contact) != row.contacts.end()) return;
      row.contacts.push_back(e.contact);
      row.persons.push_back(e.person);
    };
  };
  const auto of_case = [](const ContactNamed& e) { return contacts_of_case(e.case_id); };
  const auto of_person = [](const ContactNamed& e) { return contacts_of_person(e.person); };
  desk.evolves<ContactNamed, ContactList>(of_case, listed(of_case));
  desk.evolves<ContactNamed, ContactList>(of_person, listed(of_person));
  desk.evolves<ContactNamed, ContactList>(
      [](const ContactNamed& e) {
        return e.via_person ? std::optional(contacts_via(*e.via_person)) : std::nullopt;
      },
      listed([](const ContactNamed& e) { return contacts_via(*e.via_person); }));
  desk.evolves<ContactVerified, Contact>(
      &ContactVerified::contact,
      [](Contact& row, const ContactVerified&, const Stamp&) { row.state = ContactState::verified; });
  desk.evolves<ContactJudged, Contact>(&ContactJudged::contact,
                                       [](Contact& row, const ContactJudged& e, const Stamp& at) {
                                         row.state = ContactState::judged;
                                         row.class_ = e.class_;
                                         row.judge = e.judge;
                                         row.judged_at = at.occurred_at;
                                         row.distance_m = e.distance_m;
                                         row.last_exposure_day = e.last_exposure_day;
                                         row.owed = e.owed;
                                         row.high_risk = e.high_risk;
                                         row.late_decided = false;
                                         if (!is_worth_a_search(e.class_)) row.end_search();
                                       });
  desk.evolves<ContactNotified, Contact>(
      &ContactNotified::contact,
      [](Contact& row, const ContactNotified&, const Stamp&) { row.state = ContactState::notified; });
  desk.evolves<ContactLocated, Contact>(&ContactLocated::contact,
                                        [](Contact& row, const ContactLocated&, const Stamp&) {
                                          row.state = ContactState::located;
                                          row.end_search();
                                        });
  desk.evolves<ContactCompleted, Contact>(&ContactCompleted::contact,
                                          [](Contact& row, const ContactCompleted&, const Stamp&) {
                                            row.state = ContactState::completed;
                                            row.end_search();
                                          });
  desk.evolves<ContactInControl, Contact>(&ContactInControl::contact,
                                          [](Contact& row, const ContactInControl&, const Stamp&) {
                                            row.state = ContactState::in_control;
                                            row.end_search();
                                          });
  desk.evolves<ContactHandedOver, Contact>(&ContactHandedOver::contact,
                                           [](Contact& row, const ContactHandedOver& e, const Stamp&) {
                                             row.state = ContactState::handed_over;
                                             row.handed_to = e.to;
                                             // The police of the other county are asked by that county.
                                             row.end_search();
                                           });
  desk.evolves<ContactUpgraded, Contact>(&ContactUpgraded::contact,
                                         [](Contact& row, const ContactUpgraded&, const Stamp&) {
                                           row.state = ContactState::upgraded_to_case;
                                           row.end_search();
                                         });
}

void search_facts(Desk& desk) {
  desk.evolves<PoliceRequestOpened, Contact>(&PoliceRequestOpened::contact,
                                             [](Contact& row, const PoliceRequestOpened&, const Stamp&) {
                                               row.police_request = PoliceRequest::open;
                                             });
  desk.evolves<PoliceRequestAnswered, Contact>(
      &PoliceRequestAnswered::contact, [](Contact& row, const PoliceRequestAnswered& e, const Stamp&) {
        if (e.found) row.police_request = PoliceRequest::closed;
      });
  desk.evolves<ContactUntraced, Contact>(
      &ContactUntraced::contact,
      [](Contact& row, const ContactUntraced&, const Stamp&) { row.state = ContactState::untraced; });
  desk.evolves<ContactFirstReportSubmitted, Contact>(
      &ContactFirstReportSubmitted::contact,
      [](Contact& row, const ContactFirstReportSubmitted&, const Stamp&) { row.reported = true; });
  desk.evolves<LateContactDecided, Contact>(&LateContactDecided::contact,
                                            [](Contact& row, const LateContactDecided&, const Stamp&) {
                                              row.late_decided = true;
                                              row.state = ContactState::completed;
                                              row.end_search();
                                            });
}

}  // namespace

RawId contacts_of_case(CaseId id) { return derive_id(id.raw, "contacts"); }
RawId contacts_of_person(PersonId id) { return derive_id(id.raw, "is_contact"); }
RawId contacts_via(PersonId id) { return derive_id(id.raw, "met_by"); }
RawId contact_claim(CaseId case_id, PersonId person) {
  return named_id("contact", case_id.text() + " " + person.text(), case_id.home());
}

RawId county_cases_key(CaseId id, const std::string& pathogen) {
  return named_id("county_cases", pathogen, id.home());
}

void add_facts(Desk& desk) {
  desk.table<Case>({.indexes = {"state", "person", "cdc, state"}})
      .table<Contact>({.indexes = {"case_id", "person", "cdc, state"}})
      .table<ContactList>()
      .table<CountyCases>();
  desk.event<CaseOpened>()
      .event<CaseRecorded>()
      .event<TeamStarted>()
      .event<OnsetKnown>()
      .event<CoreFactsRecorded>();
  desk.event<FirstReportSubmitted>().event<CaseClassified>().event<SeverityChanged>().event<CaseExcluded>();
  desk.event<ExclusionProposed>()
      .event<ExclusionDismissed>()
      .event<ContactNamed>()
      .event<ContactVerified>()
      .event<ContactJudged>();
  desk.event<ContactNotified>()
      .event<ContactLocated>()
      .event<ContactInControl>()
      .event<ContactCompleted>()
      .event<ContactHandedOver>();
  desk.event<ContactUpgraded>()
      .event<PoliceRequestOpened>()
      .event<PoliceRequestAnswered>()
      .event<ContactUntraced>()
      .event<ContactFirstReportSubmitted>()
      .event<LateContactDecided>();
  case_facts(desk);
  investigation_facts(desk);
  contact_facts(desk);
  search_facts(desk);
  add_trajectory_facts(desk);
  add_classing_facts(desk);
  add_source_facts(desk);
  add_team_facts(desk);
  add_order_facts(desk);
}

}  // namespace fx::investigation
