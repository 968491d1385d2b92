#pragma once

#include <atomic>
#include <chrono>

#include "access/scope.hpp"
#include "api/answers.hpp"
#include "api/even_answers.hpp"
#include "api/found_people.hpp"
#include "api/herald.hpp"
#include "api/imports/book.hpp"
#include "api/log_lines.hpp"
#include "api/meters.hpp"
#include "api/parts.hpp"
#include "api/people_cards.hpp"
#include "api/pool.hpp"
#include "api/rule_library.hpp"
#include "api/session_book.hpp"
#include "api/static_files.hpp"
#include "api/turnstile.hpp"
#include "journal/sqlite/connection.hpp"
#include "runtime/vault_sealer.hpp"

namespace fx::api {

/// The queue states anybody may see, read anew every few seconds whoever asks how often.
struct KeptPoints {
  std::mutex mutex;
  std::shared_ptr<const std::map<std::int32_t, std::string>> by_county;  ///< JSON; 0: all counties
  Duration read_at{};
  bool reading = false;
};

class Exchange;
using ExchangePtr = std::shared_ptr<Exchange>;

/// What all handlers share.
struct House {
  explicit House(ServiceParts p);
  House(const House&) = delete;
  House& operator=(const House&) = delete;
  /// Files on their way in are stopped first: what is recorded stays, the rest comes with the same file again.
  ~House();

  [[nodiscard]] MachineTime machine() const { return {parts.clock.monotonic(), parts.clock.machine()}; }
  /// The realm's time for rights and masks.
  [[nodiscard]] Instant now() const { return parts.clock.wall(); }
  /// Writing is behind: reads wait outside.
  [[nodiscard]] bool shedding() const { return parts.writer.behind(); }
  /// One line of JSON; what tells of a fault is written at once.
  void log(std::string_view line, bool at_once = false);

  ServiceParts parts;
  runtime::VaultOpener opener;
  runtime::SecretKey answer_key;  ///< keys the hash of a command's content: it may hold a password
  Meters meters;
  StaticFiles files;
  SessionBook sessions;
  SignInGuard guard;
  PeopleCards cards;
  FrozenNames names;
  FoundPeople found;
  RuleLibrary library;
  Herald herald;
  LogLines lines;  ///< before what may still speak when it ends
  ImportBook imports;
  std::atomic<bool> reads_well{true};
  Turnstile by_network;   ///< questions for own results, from one network
  Turnstile by_document;  ///< and about one document
  KeptPoints points;
  EvenAnswers even;  ///< own results
  Pool slow;         ///< passwords
  Pool open;         ///< what anybody asks: it never takes the staff's threads
  Pool import_work;  ///< files: two at once, each for as long as it takes
  Pool reads;        ///< last: ended first, since its jobs use all of the above
};

/// Who asks: read once at the door.
struct Visitor {
  Session session;
  Actor actor;
  ReferencePtr reference;
  Instant now;

  [[nodiscard]] bool has_any(std::initializer_list<Role> roles) const;
  /// May see records of persons at all: administrators and auditors may not (settled.md 21).
  [[nodiscard]] bool sees_people() const;
  /// Whose rows; worked out on first asking.
  [[nodiscard]] const Scope& scope() const;

 private:
  mutable std::optional<Scope> scope_;
};

/// One request on its way. Answered once, from any thread; never answered, the HTTP layer says 500.
class Exchange {
 public:
  Exchange(House& house, http::Request&& r, http::Reply reply);
  void answer(http::Response response);
  /// 500, with the reason in the log only.
  void defect(std::string_view why);

  http::Request request;
  std::vector<std::string_view> steps;  ///< the path's parts
  std::string what;                     ///< for log and meters: route or operation, never what was typed
  Visitor who;
  House& house;

 private:
  http::Reply reply_;
  std::chrono::steady_clock::time_point began_;
};

/// The session of the request's cookie and the roles it has now; nothing when nobody is signed in.
std::optional<Visitor> visitor_of(House& house, const http::Request& request);
std::string token_of(const http::Request& request);

/// Answers 500 and logs when `work` throws; no exception leaves it.
template <class F>
void guarded(const ExchangePtr& exchange, F work) {
  try {
    work();
  } catch (Declined& declined) {
    exchange->answer(declined.take());
  } catch (const journal::ReadersBusy&) {
    exchange->answer(busy());
  } catch (const journal::Interrupted&) {
    exchange->answer(busy());
  } catch (const std::exception& error) {
    exchange->defect(error.what());
  }
}

using ReadHandler = http::Response (*)(Exchange&);
/// Runs a read on a reader's thread and words its failures. `may_wait`: shed when writing is behind.
void read_later(const ExchangePtr& exchange, ReadHandler handler, bool may_wait);

AuditLine audit_line(const Exchange& exchange, std::string kind);

/// The number in a query, within bounds; declines what is none.
std::size_t number_in_query(const http::Request& request, std::string_view name, std::size_t fallback,
                            std::size_t most);
std::string text_in_query(const http::Request& request, std::string_view name);
[[noreturn]] void not_found();
void require_role(const Exchange& exchange, std::initializer_list<Role> roles);
/// Roles that deal with people; others are refused, and that is recorded.
void require_person_role(const Exchange& exchange);
RawId id_in_path(std::string_view step);

/// Whose rows the visitor may see, as the readers want it.
journal::Scope scope_for(const Visitor& who, const std::vector<std::string>& unit_columns);
/// Is this place or one of these units the visitor's?
bool sees(const Visitor& who, std::int32_t jurisdiction, std::initializer_list<UnitId> units);

}  // namespace fx::api
