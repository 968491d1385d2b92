#include "desks/isolation/evidence/commands.hpp"
#include "desks/isolation/evidence/facts.hpp"
#include "desks/isolation/operations.hpp"

namespace fx::isolation {
namespace {

using Sample = FirstTests::Sample;

/// How many first tests any release of the edition in force asks for.
std::int32_t first_tests_asked(const Context& context, std::int32_t county) {
  const Ruled ruled = schedule_of(ControlClass::contact_of_contact, context, county);
  return ruled.schedule ? ruled.schedule->contact_negatives : 0;
}

/// What was sampled before this exposure says nothing about it.
void expose(FirstTests& row, const ControlAsked& e) {
  row.id = e.person;
  std::erase_if(row.samples, [&](const Sample& sample) { return day_of(sample.sealed_at) < e.day0; });
}

void answer(FirstTests& row, const FirstTestAnswered& e) {
  if (e.result == TestState::no_answer)
    std::erase_if(row.samples, [&](const Sample& sample) { return sample.tube == e.tube; });
  for (Sample& sample : row.samples)
    if (sample.tube == e.tube) sample.result = e.result;
}

bool is_close(const ControlAsked& e) { return e.class_ == ControlClass::close_contact; }

void evolve_first_tests(Desk& desk) {
  desk.table<MetContact>().table<FirstTests>();
  desk.evolves<MetContactNoted, MetContact>(
          &MetContactNoted::contact,
          [](MetContact& row, const MetContactNoted& e, auto&) { row = {e.contact, e.met}; })
      .evolves<ControlAsked, FirstTests>(
          [](const ControlAsked& e) { return is_close(e) ? std::optional(e.person.raw) : std::nullopt; },
          [](FirstTests& row, const ControlAsked& e, auto&) { expose(row, e); })
      .evolves<FirstTestSampled, FirstTests>(
          &FirstTestSampled::person,
          [](FirstTests& row, const FirstTestSampled& e, const Stamp& at) {
            row.samples.push_back({e.tube, e.sealed_at.value_or(at.occurred_at), {}, e.pathogen});
          })
      .evolves<FirstTestAnswered, FirstTests>(
          &FirstTestAnswered::person,
          [](FirstTests& row, const FirstTestAnswered& e, auto&) { answer(row, e); });
}

void evolve_cases(Desk& desk) {
  desk.table<KnownCase>().table<CaseOfPerson>().table<BirthDay>();
  desk.evolves<SeverityNoted, KnownCase>(
          &SeverityNoted::case_id,
          [](KnownCase& row, const SeverityNoted& e, auto&) { row = {e.case_id, e.severity}; })
      .evolves<SeverityNoted, CaseOfPerson>(
          &SeverityNoted::person,
          [](CaseOfPerson& row, const SeverityNoted& e, auto&) { row = {*e.person, e.case_id}; })
      .evolves<BirthDayNoted, BirthDay>(&BirthDayNoted::person, [](BirthDay& row, const BirthDayNoted& e,
                                                                   auto&) { row = {e.person, e.birth_day}; });
}

Result<Decision> note_birth_day(const NoteBirthDay& c, const View&, const Context&) {
  return Decision{{BirthDayNoted{c.person, c.birth_day}}};
}

Result<Decision> note_met(const NoteMetContact& c, const View&, const Context&) {
  return Decision{{MetContactNoted{c.contact, c.met}}};
}

Result<Decision> note_severity(const NoteSeverity& c, const View&, const Context&) {
  return Decision{{SeverityNoted{c.case_id, c.person, c.severity}}};
}

}  // namespace

void read_first_tests(const Stay& stay, const View& view, KeySet& keys) {
  if (!stay.contact) return;
  const bool there = is_named<MetContact>(keys, stay.contact->raw);
  keys.read<MetContact>(*stay.contact);
  if (const MetContact* contact = there ? view.find<MetContact>(*stay.contact) : nullptr)
    keys.read<FirstTests>(contact->met);
}

std::optional<std::int32_t> negatives_behind(const Stay& stay, const View& view) {
  const MetContact* contact = stay.contact ? view.find<MetContact>(*stay.contact) : nullptr;
  const auto* first = contact != nullptr ? view.find<FirstTests>(contact->met) : nullptr;
  if (first == nullptr) return std::nullopt;
  return static_cast<std::int32_t>(std::ranges::count_if(first->samples, [&](const Sample& sample) {
    return sample.result == TestState::negative && sample.pathogen.value_or(stay.pathogen) == stay.pathogen;
  }));
}

void note_first_sample(const NoteSample& c, const View& view, const Context& context, Decision& decision) {
  const auto* first = view.find<FirstTests>(c.person);
  if (first == nullptr) return;
  const std::optional<std::string> pathogen = c.pathogen.empty() ? std::nullopt : std::optional(c.pathogen);
  const auto kept = std::ranges::count(first->samples, pathogen, &Sample::pathogen);
  if (kept < first_tests_asked(context, c.person.home()))
    decision.events.emplace_back(FirstTestSampled{c.person, c.tube, c.sealed_at, pathogen});
}

void note_first_result(const NoteResult& c, const View& view, Decision& decision) {
  const auto* first = view.find<FirstTests>(c.person);
  if (first != nullptr && std::ranges::find(first->samples, c.tube, &Sample::tube) != first->samples.end())
    decision.events.emplace_back(FirstTestAnswered{c.person, c.tube, c.result});
}

void read_severity(PersonId person, const View& view, KeySet& keys) {
  const bool there = is_named<CaseOfPerson>(keys, person.raw);
  keys.read<CaseOfPerson>(person);
  if (const CaseOfPerson* of = there ? view.find<CaseOfPerson>(person) : nullptr)
    keys.read<KnownCase>(of->case_id);
}

std::string severity_of(PersonId person, const View& view) {
  const auto* of = view.find<CaseOfPerson>(person);
  const auto* known = of != nullptr ? view.find<KnownCase>(of->case_id) : nullptr;
  return known != nullptr ? known->severity : std::string{};
}

void add_evidence(Desk& desk) {
  desk.event<MetContactNoted>().event<FirstTestSampled>().event<FirstTestAnswered>().event<SeverityNoted>();
  desk.event<BirthDayNoted>();
  evolve_first_tests(desk);
  evolve_cases(desk);
  desk.operation<NoteMetContact>("note_met_contact",
                                 {"记录次密接所接触的密接", "Note whom a contact had met"})
      .internal()
      .keys([](const NoteMetContact& c, const Context&, KeySet& keys) {
        keys.own<MetContact>(c.contact).subject(c.contact.raw);
      })
      .decide(note_met);
  desk.operation<NoteSeverity>("note_severity", {"记录病例分型", "Note how ill a case is"})
      .internal()
      .keys([](const NoteSeverity& c, const Context&, KeySet& keys) {
        keys.own<KnownCase>(c.case_id).subject(c.case_id.raw);
        if (c.person) keys.own<CaseOfPerson>(*c.person);
      })
      .decide(note_severity);
  desk.operation<NoteBirthDay>("note_birth_day", {"记录出生日期", "Note the day of birth"})
      .internal()
      .keys([](const NoteBirthDay& c, const Context&, KeySet& keys) {
        keys.own<BirthDay>(c.person).subject(c.person.raw);
      })
      .decide(note_birth_day);
}

}  // namespace fx::isolation
