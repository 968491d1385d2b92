#pragma once

#include "desks/isolation/evidence/events.hpp"

namespace fx::isolation {

/// From investigation.contact_named, of whoever met a contact.
struct NoteMetContact {
  ContactId contact;
  PersonId met;
};
BOOST_DESCRIBE_STRUCT(NoteMetContact, (), (contact, met))

/// From investigation.case_classified and severity_changed.
struct NoteSeverity {
  CaseId case_id;
  std::optional<PersonId> person;
  std::string severity;  ///< asymptomatic | mild | ordinary | severe | critical
};
BOOST_DESCRIBE_STRUCT(NoteSeverity, (), (case_id, person, severity))

/// From people.birth_day_told.
struct NoteBirthDay {
  PersonId person;
  Day birth_day;
};
BOOST_DESCRIBE_STRUCT(NoteBirthDay, (), (person, birth_day))

}  // namespace fx::isolation
