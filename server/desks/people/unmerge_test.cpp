// Without these, two people taken for one would stay one, and somebody known by a telephone name only could not become a
// person with a passport, and later with an identity card.
#include "desks/people/testing/registry.hpp"

namespace fx::people::testing {
namespace {

Answer by_telephone(Registry& r, std::uint64_t n) {
  RegisterPerson c;
  c.person = person(n);
  c.name = secret("老王");
  c.phone = secret("13900000000");
  c.reason = words("named by the case, telephone only");
  return r.as_nurse("register_person", std::move(c));
}

Answer by_passport(Registry& r, std::uint64_t n, std::string number) {
  IdentifyPerson c;
  c.person = person(n);
  c.name = secret("WANG WEI");
  c.document_type = DocumentType::passport;
  c.document_number = secret(std::move(number));
  return r.as_nurse("identify_person", std::move(c));
}

TEST(Contact, KnownByTelephoneThenPassportThenIdentityCard) {
  Registry r;
  ASSERT_THAT(by_telephone(r, 1), happened("people.person_registered"));
  EXPECT_EQ(r.row(1).state, PersonState::provisional);
  ASSERT_THAT(by_passport(r, 1, "E12345678"), happened("people.person_identified"));
  EXPECT_EQ(r.row(1).document_type, DocumentType::passport);
  // The identity card makes an entry of its own: two readers say that both are one.
  EXPECT_THAT(r.identify(1, zhang), refused("R-STATE"));
  ASSERT_THAT(r.add(2, zhang), happened("people.person_registered"));
  ASSERT_THAT(r.merge(1, 2), happened("people.persons_merged"));
  EXPECT_EQ(r.row(1).merged_into, person(2));
}

TEST(Contact, TheOtherOrderEndsInTheSamePersons) {
  Registry r;
  r.add(2, zhang);
  by_telephone(r, 1);
  by_passport(r, 1, "E12345678");
  r.merge(1, 2);
  EXPECT_EQ(r.row(1).merged_into, person(2));
  EXPECT_EQ(r.row(2).state, PersonState::identified);
}

TEST(Contact, WhoseNumberAnotherHoldsIsProposedForAMerge) {
  Registry r;
  r.add(2, zhang);
  by_telephone(r, 1);
  EXPECT_THAT(r.identify(1, zhang), refused("R-PER-3"));
  by_telephone(r, 3);
  by_passport(r, 3, "E12345678");
  EXPECT_THAT(by_passport(r, 1, "E12345678"), refused("R-PER-3"));
  EXPECT_THAT(r.merge(1, 2), happened("people.persons_merged"));
}

TEST(Unmerge, NeedsASecondReaderAndOpensAReview) {
  Registry r;
  r.add(1, zhang);
  r.add(2, chen);
  r.merge(1, 2);
  const Instant merged = r.bench.time();
  EXPECT_THAT(r.as_officer("unmerge_person", UnmergePerson{person(1), r.officer, words("two brothers")}),
              refused("R-PER-4"));
  EXPECT_THAT(r.as_officer("unmerge_person", UnmergePerson{person(1), r.nurse, words("two brothers")}),
              refused("R-PER-4"));
  r.bench.now("2022-07-18 09:00");
  const Answer done = r.unmerge(1);
  ASSERT_THAT(done, happened("people.person_unmerged"));
  EXPECT_EQ(r.row(1).state, PersonState::identified);
  EXPECT_FALSE(r.row(1).merged_into);
  const auto& review = r.bench.get<MergeReview>(done.get<PersonUnmerged>().review);
  EXPECT_EQ(review.since, merged);
  EXPECT_EQ(review.until, at("2022-07-18 09:00"));
  EXPECT_TRUE(r.bench.was_subject(review.id.raw)) << "the duty is about the review";
}

TEST(Unmerge, WhatWasRecordedMeanwhileIsAssignedOnceEach) {
  Registry r;
  r.add(1, zhang);
  r.add(2, chen);
  r.merge(1, 2);
  const MergeReviewId review = r.unmerge(1).get<PersonUnmerged>().review;
  const RawId tube = id<TubeId>(9).raw;
  const auto assign = [&](std::uint64_t to) {
    return r.as_officer("assign_record", AssignRecord{review, tube, "tube", person(to)});
  };
  EXPECT_THAT(assign(3), refused("R-PER-9"));
  EXPECT_THAT(assign(1), happened("people.record_assigned"));
  EXPECT_THAT(assign(2), happened("people.record_assigned")) << "said anew";
  EXPECT_EQ(r.bench.get<AssignedRecord>(assignment_of(review, tube)).person, person(2));
  EXPECT_THAT(r.as_officer("close_merge_review", CloseMergeReview{review, words("both asked")}),
              happened("people.merge_review_closed"));
  EXPECT_THAT(assign(1), refused("R-STATE"));
}

TEST(Unmerge, MergedAgainAndUndoneAgainIsAnotherReview) {
  Registry r;
  r.add(1, zhang);
  r.add(2, chen);
  r.merge(1, 2);
  const auto first = r.unmerge(1).get<PersonUnmerged>().review;
  r.merge(1, 2);
  EXPECT_NE(r.unmerge(1).get<PersonUnmerged>().review, first);
}

}  // namespace
}  // namespace fx::people::testing
