#include "desks/investigation/facts.hpp"
#include "desks/investigation/classing/contact_class.hpp"

#include "kernel/derive.hpp"

namespace fx::investigation {
namespace {

void exposure_facts(Desk& desk) {
  desk.evolves<ExposureRecorded, PersonExposures>(
      [](const ExposureRecorded& e) { return exposures_of(e.person); },
      [](PersonExposures& row, const ExposureRecorded& e, const Stamp&) {
        row.id = exposures_of(e.person);
        row.person = e.person;
        row.exposures.push_back(e.exposure);
      });
  desk.evolves<ExposureWithdrawn, PersonExposures>(
      [](const ExposureWithdrawn& e) { return exposures_of(e.person); },
      [](PersonExposures& row, const ExposureWithdrawn& e, const Stamp&) {
        for (Exposure& exposure : row.exposures)
          if (exposure.id == e.exposure) exposure.withdrawn = true;
      });
  desk.evolves<CaseOpened, PersonCase>([](const CaseOpened& e) { return case_of(e.person); },
                                       [](PersonCase& row, const CaseOpened& e, const Stamp& at) {
                                         row.id = case_of(e.person);
                                         row.person = e.person;
                                         row.case_id = e.case_id;
                                         row.counts = true;
                                         row.window_from = e.window_from;
                                         row.window_until = at.occurred_at;
                                       });
  desk.evolves<OnsetKnown, PersonCase>([](const OnsetKnown& e) { return case_of(e.person); },
                                       [](PersonCase& row, const OnsetKnown& e, const Stamp&) {
                                         row.id = case_of(e.person);
                                         if (row.case_id == e.case_id) row.window_from = e.window_from;
                                       });
  desk.evolves<CaseExcluded, PersonCase>([](const CaseExcluded& e) { return case_of(e.person); },
                                         [](PersonCase& row, const CaseExcluded& e, const Stamp&) {
                                           row.id = case_of(e.person);
                                           if (row.case_id == e.case_id) row.counts = false;
                                         });
}

void class_facts(Desk& desk) {
  desk.evolves<ClassFound, Contact>(&ClassFound::contact,
                                    [](Contact& row, const ClassFound& e, const Stamp&) {
                                      row.found_class = e.class_;
                                      row.found_day0 = e.day0;
                                      row.found_reason = e.reason;
                                      row.assessed = e.assessed;
                                    });
  desk.evolves<ClassProposed, ClassProposal>(
      &ClassProposed::class_proposal, [](ClassProposal& row, const ClassProposed& e, const Stamp& at) {
        row = {e.class_proposal, e.contact,      e.case_id, e.person,  e.cdc,    ProposalState::open,
               e.from,           e.from_day0,    e.to,      e.to_day0, e.reason, e.assessed,
               e.decisive,       at.occurred_at, {},        e.changed, e.stop,   e.words,
               e.from_last_day,  e.to_last_day,  e.gained,  e.lost};
      });
  desk.evolves<ClassProposalSettled, ClassProposal>(
      &ClassProposalSettled::class_proposal,
      [](ClassProposal& row, const ClassProposalSettled& e, const Stamp&) {
        row.state = e.state;
        row.settled_by = e.by;
      });
  desk.evolves<ContactReclassed, Contact>(
      &ContactReclassed::contact, [](Contact& row, const ContactReclassed& e, const Stamp& at) {
        row.class_ = e.class_;
        row.last_exposure_day = e.last_exposure_day;
        row.judge = e.by;
        row.judged_at = at.occurred_at;
        row.owed = e.owed;
        // In control and no longer to be: the officer who ordered it ends it. Over, and to be again: a new exposure.
        row.release_due = row.state == ContactState::in_control && !asks_control(e.class_);
        if (row.state == ContactState::completed && asks_control(e.class_)) {
          row.state = ContactState::judged;
          row.late_decided = false;
        }
        if (is_worth_a_search(e.class_)) return;
        // Nobody looks for them any more, so they are not lost either.
        row.end_search();
        if (row.state == ContactState::untraced) row.state = ContactState::judged;
      });
}

}  // namespace

RawId exposures_of(PersonId person) { return derive_id(person.raw, "exposures"); }
RawId case_of(PersonId person) { return derive_id(person.raw, "is_case"); }
ClassProposalId proposal_for(ContactId contact) { return derive<ClassProposalTag>(contact.raw, "class"); }

void add_classing_facts(Desk& desk) {
  desk.table<PersonExposures>().table<PersonCase>().table<ClassProposal>(
      {.indexes = {"cdc, state", "case_id"}});
  desk.event<ExposureRecorded>().event<ExposureWithdrawn>().event<ClassFound>().event<ClassProposed>();
  desk.event<ClassProposalSettled>().event<ContactReclassed>();
  exposure_facts(desk);
  class_facts(desk);
}

}  // namespace fx::investigation
