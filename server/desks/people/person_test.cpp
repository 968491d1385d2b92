// Without these, one person could be two in the books, or two one, and a result would go to the wrong one.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "desks/people/testing/registry.hpp"

namespace fx::people::testing {
namespace {

TEST(RegisterPerson, WithADocumentIsIdentifiedByIt) {
  Registry r;
  const auto answer = r.add(1, zhang);
  ASSERT_THAT(answer, happened("people.person_registered"));
  const auto& event = answer.get<PersonRegistered>();
  EXPECT_EQ(event.state, PersonState::identified);
  EXPECT_EQ(event.birth_day, parse_day("1986-04-12"));
  EXPECT_EQ(event.sex, Sex::male);
  EXPECT_EQ(event.unit, r.clinic);
  EXPECT_FALSE(event.identity_hash.empty());
  for (const Event& e : answer.events) {  // nothing of the person stands in the ledger
    EXPECT_EQ(e.json().find("张伟"), std::string::npos);
    EXPECT_EQ(e.json().find(zhang), std::string::npos);
  }
  EXPECT_THAT(r.add(1, chen), refused("R-PER-5"));
}

TEST(RegisterPerson, WithoutOneSaysWhyOrWhoseChild) {
  Registry r;
  RegisterPerson c;
  c.person = person(1);
  c.name = secret("李");
  EXPECT_THAT(r.as_nurse("register_person", c), refused("R-PER-1"));
  c.reason = words("");
  EXPECT_THAT(r.as_nurse("register_person", c), refused("R-PER-1"));
  c.guardian = person(9);
  EXPECT_THAT(r.as_nurse("register_person", c), refused("F-REF"));  // nobody knows the guardian
  r.add(9, zhang);
  ASSERT_THAT(r.as_nurse("register_person", c), happened("people.person_registered"));
  EXPECT_EQ(r.row(1).state, PersonState::provisional);
  EXPECT_EQ(r.row(1).guardian, person(9));
}

TEST(RegisterPerson, TakesNoNumberThatCannotBe) {
  Registry r;
  EXPECT_THAT(r.add(1, "990121198604121131"), refused("R-PER-2"));
  RegisterPerson c;
  c.person = person(1);
  c.name = secret("");
  c.document_type = DocumentType::resident_id;
  c.birth_day = parse_day("2022-07-18");
  c.reason = words("lost");
  EXPECT_THAT(r.as_nurse("register_person", c), refused("F-SHAPE F-SHAPE R-PER-2"));
}

TEST(RegisterPerson, FindsTheDocumentTakenHoweverItIsWritten) {
  Registry r;
  r.add(1, "11010519491231002X");
  const auto answer = r.add(2, "110105-19491231-002x");
  EXPECT_THAT(answer, refused("R-PER-3"));
  EXPECT_EQ(answer.refusals.list()[0].path, "/document_number");
  EXPECT_THAT(r.add(3, "110105491231002"), refused("R-PER-3"));  // the old form of the same number
}

MeetPerson meeting(std::uint64_t n, std::string_view number) {
  MeetPerson c;
  c.person = person(n);
  c.document_number = secret(std::string(number));
  return c;
}

// A device without network does not know whom the county knows: two ids, one person.
TEST(MeetPerson, IsNeverRefusedForBeingKnown) {
  Registry r;
  r.add(1, zhang);
  ASSERT_THAT(r.as_nurse("meet_person", meeting(2, zhang)), happened("people.person_recognised"));
  EXPECT_EQ(r.row(2).state, PersonState::merged);
  EXPECT_EQ(r.row(2).merged_into, person(1));
  ASSERT_THAT(r.as_nurse("meet_person", meeting(3, chen)), happened("people.person_registered"));
  EXPECT_EQ(r.row(3).state, PersonState::identified);
  EXPECT_EQ(r.row(3).birth_day, parse_day("1993-01-28"));
  EXPECT_THAT(r.add(4, chen), refused("R-PER-3"));
}

TEST(MeetPerson, AgainChangesNothing) {
  Registry r;
  r.add(1, zhang);
  const std::string before = r.row(1).identity_hash;
  EXPECT_TRUE(r.as_nurse("meet_person", meeting(1, zhang)).events.empty());
  EXPECT_EQ(r.row(1).identity_hash, before);
  r.as_nurse("meet_person", meeting(2, zhang));
  EXPECT_TRUE(r.as_nurse("meet_person", meeting(2, zhang)).events.empty());
}

TEST(MeetPerson, RefusesAnotherDocumentUnderAKnownIdAndWhatNoDocumentCanBear) {
  Registry r;
  r.add(1, zhang);
  EXPECT_THAT(r.as_nurse("meet_person", meeting(1, chen)), refused("R-PER-5"));
  EXPECT_THAT(r.as_nurse("meet_person", meeting(2, "990121198604121131")), refused("R-PER-2"));
}

TEST(IdentifyPerson, GivesAProvisionalPersonTheirDocument) {
  Registry r;
  r.add_without_document(1);
  EXPECT_EQ(r.row(1).state, PersonState::provisional);
  EXPECT_THAT(r.identify(1, "990121198604121131"), refused("R-PER-2"));
  ASSERT_THAT(r.identify(1, zhang), happened("people.person_identified"));
  EXPECT_EQ(r.row(1).state, PersonState::identified);
  EXPECT_EQ(r.row(1).birth_day, parse_day("1986-04-12"));
  EXPECT_THAT(r.identify(1, zhang), refused("R-STATE"));
  r.add_without_document(2);
  EXPECT_THAT(r.identify(2, zhang), refused("R-PER-3"));
  EXPECT_THAT(r.identify(3, chen), refused("F-REF"));
}

TEST(CorrectPerson, ChangesWhatIsSaidOfThemNotWhoTheyAre) {
  Registry r;
  r.add(1, zhang);
  CorrectPerson c;
  c.person = person(1);
  c.name = secret("张炜");
  c.document_type = DocumentType::resident_id;
  c.document_number = secret(std::string(zhang));
  c.reason = words("misheard");
  ASSERT_THAT(r.as_nurse("correct_person", c), happened("people.person_corrected"));
  EXPECT_EQ(r.row(1).document_type, DocumentType::resident_id);
  c.document_number = secret(std::string(chen));
  EXPECT_THAT(r.as_nurse("correct_person", c), refused("R-PER-6"));
  c.document_number.reset();
  c.document_type.reset();
  c.reason = words("");
  c.name = secret("");
  EXPECT_THAT(r.as_nurse("correct_person", c), refused("F-SHAPE F-SHAPE R-PER-6"));
  r.add_without_document(2);
  CorrectPerson by_the_way;
  by_the_way.person = person(2);
  by_the_way.name = secret("x");
  by_the_way.document_type = DocumentType::resident_id;
  by_the_way.document_number = secret(std::string(chen));
  by_the_way.reason = words("found it");
  EXPECT_THAT(r.as_nurse("correct_person", by_the_way), refused("R-PER-6"));  // that is identify_person
}

TEST(MergePersons, NeedsTwoReadersAndADocumentThatStays) {
  Registry r;
  r.add(1, zhang);
  r.add_without_document(2);
  EXPECT_THAT(r.as_officer("merge_persons", MergePersons{person(2), person(1), r.officer, words("")}),
              refused("R-PER-4 F-SHAPE"));
  EXPECT_THAT(r.as_officer("merge_persons", MergePersons{person(2), person(1), r.nurse, words("x")}),
              refused("R-PER-4"));
  EXPECT_THAT(r.merge(1, 1), refused("R-PER-7"));
  EXPECT_THAT(r.merge(7, 8), refused("F-REF F-REF"));
  EXPECT_THAT(r.merge(1, 2), refused("R-PER-8"));
  ASSERT_THAT(r.merge(2, 1), happened("people.persons_merged"));
  EXPECT_EQ(r.row(2).merged_into, person(1));
  EXPECT_THAT(r.merge(2, 1), refused("R-STATE"));
  r.add_without_document(3);
  EXPECT_THAT(r.merge(3, 2), refused("R-STATE"));  // into an alias
  EXPECT_THAT(r.identify(2, chen), refused("R-STATE"));
}

TEST(MergePersons, KeepsTheAliasesDocument) {
  Registry r;
  r.add(1, zhang);
  r.add(2, chen);
  r.merge(2, 1);
  EXPECT_THAT(r.add(3, chen), refused("R-PER-3"));  // the number leads to whom it stands for
  ASSERT_THAT(r.unmerge(2), happened("people.person_unmerged"));
  EXPECT_EQ(r.row(2).state, PersonState::identified);
  EXPECT_EQ(r.row(2).merged_into, std::nullopt);
  EXPECT_THAT(r.unmerge(2), refused("R-STATE"));
  EXPECT_THAT(r.unmerge(9), refused("F-REF"));
}

TEST(RecordDeath, IsOnceAndNotInTheFuture) {
  Registry r;
  r.add(1, zhang);
  const auto die = [&](std::string_view day) {
    return r.as_officer("record_death", RecordDeath{person(1), *parse_day(day)});
  };
  EXPECT_THAT(die("2022-07-18"), refused("F-FUTURE"));
  ASSERT_THAT(die("2022-07-17"), happened("people.person_died"));
  EXPECT_TRUE(r.row(1).deceased);
  EXPECT_THAT(die("2022-07-17"), refused("R-STATE"));
}

/// Laws after every step: one live person a document, aliases end. And refusals leave no trace.
RC_GTEST_PROP(PersonMachine, KeepsItsLawsUnderAnySteps, ()) {
  Registry r;
  const auto any = [] { return *rc::gen::inRange<std::uint64_t>(1, 5); };
  const auto image = [&] {
    std::string out;
    for (const Person& row : r.bench.rows().all<Person>()) out += to_json(row);
    return out;
  };
  for (int i = *rc::gen::inRange(1, 40); i > 0; --i) {
    const std::string_view number = *rc::gen::element(zhang, chen, std::string_view("11010519491231002X"));
    const std::string before = image();
    const auto step = [&]() -> Answer {
      switch (*rc::gen::inRange(0, 5)) {
        case 0: return r.add(any(), number);
        case 1: return r.add_without_document(any());
        case 2: return r.identify(any(), number);
        case 3: return r.merge(any(), any());
        default: return r.unmerge(any());
      }
    };
    if (!step().refusals.empty()) RC_ASSERT(image() == before);
  }
}

}  // namespace
}  // namespace fx::people::testing
