#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

/// Which class may follow which state [domain model D1/D2].
bool may_become(CaseState from, CaseClass to) {
  switch (from) {
    case CaseState::screen_positive: return true;
    case CaseState::suspected:
    case CaseState::asymptomatic: return to == CaseClass::confirmed;
    default: return false;
  }
}

Result<Decision> classify_case(const ClassifyCase& c, const View& view, const Context&) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  const bool confirmed = c.class_ == CaseClass::confirmed;
  Refusals no;
  if (!may_become(file->state, c.class_))
    no.add(wrong_state(enum_text(file->state), {"screen_positive", "suspected", "asymptomatic"}, "/class"));
  if (confirmed && (!c.decision_note || c.decision_note->empty())) no.add("R-CAS-3", "/decision_note");
  if (confirmed && !c.severity) no.add(missing("/severity"));
  if (!confirmed && c.severity) no.add("R-CAS-6", "/severity");
  if (!no.empty()) return no;
  const RawId count_key = county_cases_key(c.case_id, file->pathogen);
  const CountyCases* count = view.find<CountyCases>(count_key);
  const bool first = !file->class_ && (count == nullptr || count->classified == 0);
  return Decision{{CaseClassified{c.case_id, file->person, file->pathogen, c.class_, c.severity, file->class_,
                                  file->hospital, file->cdc, file->county, count_key, first,
                                  c.decision_note ? c.decision_note->ref : TextRef{}}}};
}

}  // namespace

void add_classify_case(Desk& desk) {
  desk.operation<ClassifyCase>("classify_case", {"病例分类（疑似、确诊、无症状）", "Classify the case"})
      .by({Role::CDC, Role::DOC})
      .keys(own_case<ClassifyCase>)
      .more_keys([](const ClassifyCase& c, const View& view, const Context&, KeySet& keys) {
        if (const Case* file = view.find<Case>(c.case_id))
          keys.own<CountyCases>(county_cases_key(c.case_id, file->pathogen));
      })
      .place(hospital_or_cdc<ClassifyCase>)
      .decide(classify_case);
}

}  // namespace fx::investigation
