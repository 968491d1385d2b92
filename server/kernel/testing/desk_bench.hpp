#pragma once

// A desk on the bench: given what happened, when somebody asks, then events or refusals. After each accepted command
// the desk's laws are checked, and every event is read back from its JSON before it evolves anything. Each refusal must
// have a sentence. The bench has no duties: those are the rulebook's.

#include <gmock/gmock.h>

#include "base/text.hpp"
#include "kernel/testing/card.hpp"
#include "kernel/testing/fake_view.hpp"

namespace fx::testing {

/// An id of Linxi county (990121), the same each time for the same number.
template <class I>
I id(std::uint64_t number, std::int32_t home = 990121) {
  return {RawId::make(1'658'000'000'000, home, number, 0)};
}

inline Instant at(std::string_view text) {
  const auto instant = parse_instant(text);
  FX_ASSERT(instant.has_value(), "not a time: " + std::string(text));
  return *instant;
}

inline FreeText words(std::string text) { return {Sensitive<std::string>(std::move(text)), {}}; }

struct Answer {
  std::vector<Event> events;
  Refusals refusals;

  template <class E>
  [[nodiscard]] const E* find() const {
    for (const Event& event : events)
      if (const E* body = event.as<E>()) return body;
    return nullptr;
  }
  template <class E>
  [[nodiscard]] const E& get() const {
    const E* body = find<E>();
    FX_ASSERT(body != nullptr, "no event " + std::string(E::name));
    return *body;
  }
};

inline void PrintTo(const Answer& answer, std::ostream* out) {
  for (const Event& event : answer.events) *out << event.name() << ' ' << event.json() << ' ';
  for (const Refusal& no : answer.refusals.list())
    *out << no.code << " at " << no.path << ": " << no.say.en << ' ';
}

/// The events, by name and in order.
MATCHER_P(happened, names, "") {
  std::vector<std::string> found;
  for (const Event& event : arg.events) found.emplace_back(event.name());
  return arg.refusals.empty() && join(found, " ") == std::string(names);
}
/// The refusal codes, in order.
MATCHER_P(refused, codes, "") {
  std::vector<std::string> found;
  for (const Refusal& no : arg.refusals.list()) found.push_back(no.code);
  return join(found, " ") == std::string(codes);
}

class DeskBench {
 public:
  explicit DeskBench(Desk desk) : registry_(one(std::move(desk)), {}) {}

  FakeRules rules;

  UnitId unit(UnitKind kind, std::optional<UnitId> parent = {}, std::int32_t jurisdiction = 990121) {
    const auto made = id<UnitId>(900'000 + ++units_, jurisdiction);
    reference_.add(Unit{.id = made,
                        .code = "U" + std::to_string(units_),
                        .name_zh = {},
                        .name_en = {},
                        .kind = kind,
                        .level = level_of(jurisdiction),
                        .jurisdiction = jurisdiction,
                        .parent = parent,
                        .active = true});
    return made;
  }
  AccountId holder(UnitId unit, Role role) {
    const auto account = id<AccountId>(800'000 + ++accounts_);
    reference_.add(Holding{id<HoldingId>(800'000 + accounts_), account, unit, role, Instant{}, {}});
    return account;
  }
  Reference& reference() { return reference_; }

  DeskBench& now(std::string_view time) { return now(testing::at(time)); }
  DeskBench& now(Instant time) {
    now_ = time;
    occurred_.reset();
    return *this;
  }
  [[nodiscard]] Instant time() const { return now_; }
  /// The next command tells of something that happened then.
  DeskBench& occurred(std::string_view time) {
    occurred_ = testing::at(time);
    return *this;
  }
  DeskBench& as(AccountId account, UnitId unit, std::vector<Role> roles) {
    actor_ = {account, unit, 990121, std::move(roles)};
    return *this;
  }
  DeskBench& as_system() { return as({}, {}, {Role::SYS}); }

  template <class C>
  Answer ask(std::string_view operation, C command) {
    const Operation* found = registry_.operation(name_ + "." + std::string(operation));
    FX_ASSERT(found != nullptr, "no operation " + std::string(operation));
    FX_ASSERT(found->body == &type_info<C>(), "another command belongs to " + std::string(operation));
    return run(*found, &command);
  }
  template <class T, class I>
  const T* find(const I& row_id) {
    RawId raw;
    if constexpr (requires { row_id.raw; })
      raw = row_id.raw;
    else
      raw = row_id;
    return static_cast<const T*>(rows_.find({&table_type<T>(), raw}).get());
  }
  template <class T, class I>
  const T& get(const I& row_id) {
    const T* row = find<T>(row_id);
    FX_ASSERT(row != nullptr, "no row in " + std::string(T::table));
    return *row;
  }
  /// Puts a row as it never came about, to show a law its breach.
  template <class T>
  void plant(T row) {
    const RowKey key{&table_type<T>(), row_key(row)};
    rows_.put(key, std::make_shared<const T>(std::move(row)));
  }
  [[nodiscard]] const FakeRows& rows() const { return rows_; }
  /// Lays a row there that no operation of this desk makes: a duty, a notice.
  template <class T>
  void put(T row) {
    const auto kept = std::make_shared<const T>(std::move(row));
    rows_.put({&table_type<T>(), row_key(*kept)}, kept);
  }
  [[nodiscard]] const Registry& registry() const { return registry_; }
  /// Was the thing a subject of the last command, so that duties about it could be opened and met?
  [[nodiscard]] bool was_subject(const RawId& about) const {
    return std::ranges::find(subjects_, about) != subjects_.end();
  }
  /// In whose affairs the last command was given, as the operation says.
  [[nodiscard]] std::optional<UnitId> place() const { return place_; }
  /// Every breach of every law of the desk.
  [[nodiscard]] std::vector<std::string> breaches() const {
    std::vector<std::string> out;
    for (const Desk& desk : registry_.desks())
      for (const Law& law : desk.laws())
        for (const std::string& breach : law.check(rows_)) out.push_back(law.name + ": " + breach);
    return out;
  }

 private:
  std::vector<Desk> one(Desk desk) {
    name_ = desk.name();
    std::vector<Desk> desks;
    desks.push_back(std::move(desk));
    return desks;
  }

  Answer run(const Operation& operation, void* body) {
    const Context context{now_,       occurred_.value_or(now_),
                          actor_,     id<Id<struct CommandTag>>(++commands_).raw,
                          reference_, rules};
    occurred_.reset();
    FX_ASSERT(
        actor_.system() || std::ranges::any_of(operation.actors, [&](Role role) { return actor_.has(role); }),
        "the test's actor may not do " + operation.name);
    FakeSealer sealer;
    operation.prepare(body, context, sealer);
    FakeView view(rows_);
    place_.reset();
    name_keys(operation, body, context, view);
    Answer answer;
    if (operation.place && !actor_.system()) place_ = operation.place(body, view, context);
    auto decision = operation.decide(body, view, context);
    if (!decision) {
      answer.refusals = decision.error();
      for (const Refusal& no : answer.refusals.list())
        FX_ASSERT(!no.say.zh.empty() || registry_.sentence(no.code).zh != no.code,
                  no.code + " has no sentence");
      return answer;
    }
    for (const Event& event : decision->events) answer.events.push_back(apply(event, context, view));
    const auto broken = breaches();
    FX_ASSERT(broken.empty(), operation.name + " breaks a law: " + (broken.empty() ? "" : broken.front()));
    return answer;
  }

  void name_keys(const Operation& operation, const void* body, const Context& context, FakeView& view) {
    KeySet keys;
    operation.keys(body, context, keys);
    view.declare(keys);
    for (int hop = 0; hop < 2 && operation.more_keys; ++hop) {
      operation.more_keys(body, view, context, keys);
      view.declare(keys);
    }
    subjects_ = keys.subjects();
    for (const auto& entry : keys.entries())
      if (entry.own && entry.key.table->subject) subjects_.push_back(entry.key.id);
  }

  Event apply(const Event& event, const Context& context, FakeView& view) {
    FX_ASSERT(registry_.event(event.name()) != nullptr,
              "the desk does not declare " + std::string(event.name()));
    FX_ASSERT(view.is_subject(event.about()), std::string(event.name()) + " is about a thing nobody named");
    Faults faults;
    const Event stored(event.type(), event.type().read(parse_own_json(event.json()), faults));
    FX_ASSERT(faults.empty(), std::string(event.name()) + " cannot be read back");
    const Stamp stamp{make_no(1, ++numbers_), context.occurred_at, context.now, context.actor.account};
    apply_event(registry_, stored, stamp, view);
    return stored;
  }

  std::string name_;
  Registry registry_;
  FakeRows rows_;
  Reference reference_;
  Instant now_{1'658'000'000'000};
  std::optional<Instant> occurred_;
  Actor actor_;
  std::vector<RawId> subjects_;
  std::optional<UnitId> place_;
  std::uint64_t units_ = 0;
  std::uint64_t accounts_ = 0;
  std::uint64_t commands_ = 0;
  std::int64_t numbers_ = 0;
};

}  // namespace fx::testing
