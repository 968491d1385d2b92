#pragma once

#include "desks/investigation/cooperation/events.hpp"
#include "kernel/desk.hpp"

namespace fx::investigation {

/// A request from one county to another. The receiver sees this row from its sending, the lines from acceptance.
struct Request {
  static constexpr std::string_view table = "cooperation_request";
  RequestId id;
  UnitId sender;
  std::optional<UnitId> receiver;  ///< none while it is a draft: nobody else sees it
  UnitId addressee;                ///< to whom it goes, or went last
  RequestState state = RequestState::draft;
  std::optional<TextId> text;
  std::vector<RequestLineId> line_ids;
  std::int32_t lines = 0;
  std::int32_t answered = 0;
  std::vector<UnitId> passed;  ///< who sent it on, in order
  std::optional<Instant> sent_at;
  std::optional<Instant> received_at;
  std::optional<Instant> accepted_at;
  std::optional<Instant> answered_at;
};
BOOST_DESCRIBE_STRUCT(Request, (),
                      (id, sender, receiver, addressee, state, text, line_ids, lines, answered, passed,
                       sent_at, received_at, accepted_at, answered_at))

struct RequestLine {
  static constexpr std::string_view table = "request_line";
  RequestLineId id;
  RequestId request;
  RequestTask task = RequestTask::verify;
  std::optional<PersonId> person;
  std::optional<ContactId> contact;
  std::optional<TextId> what;
  std::optional<UnitId> receiver;  ///< who accepted
  std::optional<RequestOutcome> outcome;
  std::int32_t found = 0;
  std::optional<TextId> note;
  std::optional<Instant> answered_at;
};
BOOST_DESCRIBE_STRUCT(RequestLine, (),
                      (id, request, task, person, contact, what, receiver, outcome, found, note, answered_at))

/// The part of the desk that is about co-operation requests: tables, operations, refusals, lists, laws.
void add_cooperation(Desk& desk);

void add_cooperation_facts(Desk& desk);
void add_draft_request(Desk& desk);
void add_request_steps(Desk& desk);
void add_answer_request(Desk& desk);
void add_hand_over_contact(Desk& desk);

}  // namespace fx::investigation
