#pragma once

// Co-operation requests between counties (协查, domain model D4). First member of each: the request, or a line of it.

#include "kernel/event.hpp"

namespace fx::investigation {

FX_TAG(Request, "request");
FX_TAG(RequestLine, "request_line");

/// D4: DRAFT → SENT → RECEIVED → ACCEPTED → ANSWERED → CLOSED; redirected is sent again, to another.
enum class RequestState { draft, sent, received, accepted, answered, closed, withdrawn };
BOOST_DESCRIBE_ENUM(RequestState, draft, sent, received, accepted, answered, closed, withdrawn)

/// What is asked about one person or place: take over a contact, verify a statement, sample, find who was at a place.
enum class RequestTask { take_over, verify, sample, find_contacts };
BOOST_DESCRIBE_ENUM(RequestTask, take_over, verify, sample, find_contacts)

enum class RequestOutcome {
  in_control,
  verified,
  sampled,
  contacts_found,
  not_concerned,
  not_here,
  untraced
};
BOOST_DESCRIBE_ENUM(RequestOutcome, in_control, verified, sampled, contacts_found, not_concerned, not_here,
                    untraced)

struct RequestDrafted {
  static constexpr std::string_view name = "investigation.request_drafted";
  RequestId request;
  UnitId sender;
  UnitId receiver;
  TextRef text;
};
BOOST_DESCRIBE_STRUCT(RequestDrafted, (), (request, sender, receiver, text))

/// One person or place of a request, with no more than the task needs.
struct RequestLineAdded {
  static constexpr std::string_view name = "investigation.request_line_added";
  RequestLineId line;
  RequestId request;
  RequestTask task = RequestTask::verify;
  std::optional<PersonId> person;
  std::optional<ContactId> contact;
  TextRef what;
};
BOOST_DESCRIBE_STRUCT(RequestLineAdded, (), (line, request, task, person, contact, what))

struct RequestSent {
  static constexpr std::string_view name = "investigation.request_sent";
  RequestId request;
  UnitId sender;
  UnitId receiver;
  std::int32_t lines = 0;
};
BOOST_DESCRIBE_STRUCT(RequestSent, (), (request, sender, receiver, lines))

struct RequestReceived {
  static constexpr std::string_view name = "investigation.request_received";
  RequestId request;
  UnitId sender;
  UnitId receiver;
  AccountId by;
};
BOOST_DESCRIBE_STRUCT(RequestReceived, (), (request, sender, receiver, by))

/// A contact who changes hands, with the line that names them.
struct TakenOver {
  RequestLineId line;
  ContactId contact;
};
BOOST_DESCRIBE_STRUCT(TakenOver, (), (line, contact))

/// From here on the receiver is responsible, and may read the lines.
struct RequestAccepted {
  static constexpr std::string_view name = "investigation.request_accepted";
  RequestId request;
  UnitId sender;
  UnitId receiver;
  AccountId by;
  std::vector<RequestLineId> lines;
  std::vector<TakenOver> contacts;
};
BOOST_DESCRIBE_STRUCT(RequestAccepted, (), (request, sender, receiver, by, lines, contacts))

/// Sent on to whom it concerns; the clock of the new receiver runs from here, the sender stays responsible.
struct RequestRedirected {
  static constexpr std::string_view name = "investigation.request_redirected";
  RequestId request;
  UnitId sender;
  UnitId receiver;  ///< the new one
  UnitId former;
  AccountId by;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(RequestRedirected, (), (request, sender, receiver, former, by, reason))

struct RequestLineAnswered {
  static constexpr std::string_view name = "investigation.request_line_answered";
  RequestLineId line;
  RequestId request;
  RequestOutcome outcome = RequestOutcome::verified;
  bool first = true;       ///< it had no outcome before
  std::int32_t found = 0;  ///< people found at a place
  AccountId by;
  TextRef note;
};
BOOST_DESCRIBE_STRUCT(RequestLineAnswered, (), (line, request, outcome, first, found, by, note))

struct RequestAnswered {
  static constexpr std::string_view name = "investigation.request_answered";
  RequestId request;
  UnitId sender;
  UnitId receiver;
  std::int32_t lines = 0;
};
BOOST_DESCRIBE_STRUCT(RequestAnswered, (), (request, sender, receiver, lines))

struct RequestClosed {
  static constexpr std::string_view name = "investigation.request_closed";
  RequestId request;
};
BOOST_DESCRIBE_STRUCT(RequestClosed, (), (request))

struct RequestWithdrawn {
  static constexpr std::string_view name = "investigation.request_withdrawn";
  RequestId request;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(RequestWithdrawn, (), (request, reason))

}  // namespace fx::investigation
