// What a measure has to know and other desks find out: whom a contact of a contact had met, how ill a case is, and how old
// somebody under a measure is, who may share a room by it.

#include "desks/investigation/events.hpp"
#include "desks/isolation/evidence/commands.hpp"
#include "desks/people/commands.hpp"
#include "desks/people/events.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {
namespace {

HandedOver severity(CaseId case_id, std::optional<PersonId> person, std::string_view severity) {
  return hand_over("isolation.note_severity",
                   isolation::NoteSeverity{case_id, person, std::string(severity)});
}

std::vector<HandedOver> of_classified(const investigation::CaseClassified& e) {
  std::vector<HandedOver> out;
  if (e.class_ == investigation::CaseClass::asymptomatic)
    out.push_back(severity(e.case_id, e.person, enum_text(e.class_)));
  else if (e.severity)
    out.push_back(severity(e.case_id, e.person, enum_text(*e.severity)));
  return out;
}

std::vector<HandedOver> of_named(const investigation::ContactNamed& e) {
  std::vector<HandedOver> out;
  if (e.via_person)
    out.push_back(
        hand_over("isolation.note_met_contact", isolation::NoteMetContact{e.contact, *e.via_person}));
  return out;
}

/// Whoever was ordered before anybody knew who they are: the day of birth comes with the document.
std::vector<HandedOver> of_identified(const people::PersonIdentified& e) {
  std::vector<HandedOver> out;
  if (e.birth_day)
    out.push_back(hand_over("isolation.note_birth_day", isolation::NoteBirthDay{e.person, *e.birth_day}));
  return out;
}

}  // namespace

std::vector<Arrow> evidence_to_isolation() {
  return {arrow<investigation::ContactNamed>(
              "named_to_isolation", "isolation.note_met_contact",
              [](const investigation::ContactNamed& e, const Happened&) { return of_named(e); }),
          arrow<investigation::CaseClassified>(
              "classified_to_isolation", "isolation.note_severity",
              [](const investigation::CaseClassified& e, const Happened&) { return of_classified(e); }),
          arrow<investigation::SeverityChanged>("severity_to_isolation", "isolation.note_severity",
                                                [](const investigation::SeverityChanged& e, const Happened&) {
                                                  return std::vector{
                                                      severity(e.case_id, {}, enum_text(e.severity))};
                                                }),
          arrow<isolation::StayOrdered>("ordered_to_people", "people.tell_birth_day",
                                        [](const isolation::StayOrdered& e, const Happened&) {
                                          return std::vector{hand_over("people.tell_birth_day",
                                                                       people::TellBirthDay{e.person})};
                                        }),
          arrow<people::PersonIdentified>(
              "identified_to_isolation", "isolation.note_birth_day",
              [](const people::PersonIdentified& e, const Happened&) { return of_identified(e); }),
          arrow<people::BirthDayTold>("birth_day_to_isolation", "isolation.note_birth_day",
                                      [](const people::BirthDayTold& e, const Happened&) {
                                        return std::vector{
                                            hand_over("isolation.note_birth_day",
                                                      isolation::NoteBirthDay{e.person, e.birth_day})};
                                      })};
}

}  // namespace fx::handoffs
