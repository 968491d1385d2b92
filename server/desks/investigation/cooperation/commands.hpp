#pragma once

// What people may ask about co-operation requests. A member not said to be optional is required.

#include "desks/investigation/cooperation/events.hpp"

namespace fx::investigation {

struct NewRequestLine {
  RequestLineId line;
  RequestTask task = RequestTask::verify;
  std::optional<PersonId> person;
  std::optional<ContactId> contact;  ///< to be taken over; names the person
  std::optional<FreeText> what;      ///< the place and time, or what is to be verified
};
BOOST_DESCRIBE_STRUCT(NewRequestLine, (), (line, task, person, contact, what))

struct DraftRequest {
  RequestId request;
  UnitId receiver;  ///< the CDC of the other county
  std::optional<FreeText> text;
  std::vector<NewRequestLine> persons;
};
BOOST_DESCRIBE_STRUCT(DraftRequest, (), (request, receiver, text, persons))

struct AddToRequest {
  RequestId request;
  std::vector<NewRequestLine> persons;
};
BOOST_DESCRIBE_STRUCT(AddToRequest, (), (request, persons))

struct SendRequest {
  RequestId request;
};
BOOST_DESCRIBE_STRUCT(SendRequest, (), (request))

struct ReceiveRequest {
  RequestId request;
};
BOOST_DESCRIBE_STRUCT(ReceiveRequest, (), (request))

struct AcceptRequest {
  RequestId request;
};
BOOST_DESCRIBE_STRUCT(AcceptRequest, (), (request))

struct RedirectRequest {
  RequestId request;
  UnitId to;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(RedirectRequest, (), (request, to, reason))

struct AnswerRequestLine {
  RequestLineId line;
  RequestOutcome outcome = RequestOutcome::verified;
  std::optional<std::int32_t> found;  ///< how many people were found at a place
  std::optional<FreeText> note;
};
BOOST_DESCRIBE_STRUCT(AnswerRequestLine, (), (line, outcome, found, note))

struct AnswerRequest {
  RequestId request;
};
BOOST_DESCRIBE_STRUCT(AnswerRequest, (), (request))

struct CloseRequest {
  RequestId request;
};
BOOST_DESCRIBE_STRUCT(CloseRequest, (), (request))

struct WithdrawRequest {
  RequestId request;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawRequest, (), (request, reason))

/// By the arrow of an acceptance, or by the investigator when it did not follow.
struct HandOverContact {
  ContactId contact;
  RequestLineId line;
};
BOOST_DESCRIBE_STRUCT(HandOverContact, (), (contact, line))

}  // namespace fx::investigation
