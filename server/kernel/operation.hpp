#pragma once

#include "base/erased.hpp"
#include "kernel/context.hpp"
#include "kernel/view.hpp"

namespace fx {

/// A deed has happened in the world and is recorded even when a guard fails (then as disputed); a request is refused
/// and returned to its author (kernel-notes §8).
enum class OperationKind { request, deed };

/// Encrypts what must not stand in an event. Implemented in runtime/; called by the front door before a decision.
class Sealer {
 public:
  virtual ~Sealer() = default;
  /// Seals a text under `id`; the ciphertext is stored if and only if the command is accepted.
  virtual TextRef seal(TextId id, std::string_view words) = 0;
  /// Seals a set of identity fields (JSON) of a person or an account; returns the hash of the ciphertext.
  virtual std::string seal_identity(const RawId& subject, std::string_view kind, std::string_view json) = 0;
  /// Keyed blind token for exact search and uniqueness; `kind`: document | name | document_tail | phone_tail |
  /// initials | user. Also stored with the identity when `subject` is not nil.
  virtual std::string token(std::string_view kind, std::string_view value, const RawId& subject) = 0;
  /// Search tokens of the pinyin initials of a name.
  virtual std::vector<std::string> initials(std::string_view name) = 0;
  virtual std::string password_hash(std::string_view password) = 0;
};

/// One thing people may ask of a desk, with its type rubbed off. Made by Desk::operation<C>().
struct Operation {
  std::string desk;
  std::string name;  ///< verb_noun
  Words title;
  std::vector<Role> actors;
  OperationKind kind = OperationKind::request;
  bool life_saving = false;  ///< can never be barred
  bool internal = false;     ///< only handoffs and the timer; has no route
  const TypeInfo* body = nullptr;

  Erased<std::shared_ptr<void>(const boost::json::value&, Faults&, const Path&)> decode;
  Erased<void(void*, const Context&, Sealer&)> prepare;
  Erased<void(const void*, const Context&, KeySet&)> keys;
  Erased<void(const void*, const View&, const Context&, KeySet&)> more_keys;
  Erased<std::optional<UnitId>(const void*, const View&, const Context&)> place;
  Erased<Result<Decision>(const void*, const View&, const Context&)> decide;

  [[nodiscard]] std::string full_name() const { return desk + "." + name; }
};

/// Finds each FreeText of a command and seals it under an id that follows from the command's.
template <Described C>
void seal_texts(C& command, const Context& context, Sealer& sealer) {
  for_each_member<C>([&](std::string_view field, auto pointer) {
    auto& member = command.*pointer;
    using M = std::remove_cvref_t<decltype(member)>;
    const auto seal = [&](FreeText& text) {
      if (!text.empty())
        text.ref =
            sealer.seal(context.new_id<TextTag>(field), text.words.open_for("sealing before the ledger"));
    };
    if constexpr (std::is_same_v<M, FreeText>)
      seal(member);
    else if constexpr (std::is_same_v<M, std::optional<FreeText>>) {
      if (member) seal(*member);
    }
  });
}

/// Fluent card of one operation. Every function is pure.
template <Described C>
class OperationCard {
 public:
  explicit OperationCard(Operation& operation) : operation_(operation) {
    operation_.body = &type_info<C>();
    operation_.decode = [](const boost::json::value& in, Faults& faults,
                           const Path& at) -> std::shared_ptr<void> {
      auto command = share_new<C>();
      read_json(in, *static_cast<C*>(command.get()), faults, at);
      return command;
    };
    operation_.prepare = [](void* c, const Context& context, Sealer& sealer) {
      seal_texts(*static_cast<C*>(c), context, sealer);
    };
    operation_.keys = [](const void*, const Context&, KeySet&) {};
  }
  OperationCard& by(std::vector<Role> actors) {
    operation_.actors = std::move(actors);
    return *this;
  }
  OperationCard& deed() {
    operation_.kind = OperationKind::deed;
    return *this;
  }
  OperationCard& life_saving() {
    operation_.life_saving = true;
    return *this;
  }
  /// Only the system (handoffs, timer) may issue it.
  OperationCard& internal() {
    operation_.internal = true;
    operation_.actors = {Role::SYS};
    return *this;
  }
  /// void(const C&, const Context&, KeySet&)
  template <class F>
  OperationCard& keys(F f) {
    operation_.keys = [f](const void* c, const Context& context, KeySet& k) {
      f(*static_cast<const C*>(c), context, k);
    };
    return *this;
  }
  /// void(const C&, const View&, const Context&, KeySet&): keys that depend on rows; called at most twice.
  template <class F>
  OperationCard& more_keys(F f) {
    operation_.more_keys = [f](const void* c, const View& view, const Context& context, KeySet& k) {
      f(*static_cast<const C*>(c), view, context, k);
    };
    return *this;
  }
  /// optional<UnitId>(const C&, const View&, const Context&): the unit in whose affairs this is done. Without it: the
  /// actor's own. nullopt when the thing does not exist (decide refuses).
  template <class F>
  OperationCard& place(F f) {
    operation_.place = [f](const void* c, const View& view, const Context& context) {
      return f(*static_cast<const C*>(c), view, context);
    };
    return *this;
  }
  /// void(C&, const Context&, Sealer&), after free texts were sealed: seals identities.
  template <class F>
  OperationCard& prepare(F f) {
    operation_.prepare = [f](void* c, const Context& context, Sealer& sealer) {
      seal_texts(*static_cast<C*>(c), context, sealer);
      f(*static_cast<C*>(c), context, sealer);
    };
    return *this;
  }
  /// Result<Decision>(const C&, const View&, const Context&)
  template <class F>
  OperationCard& decide(F f) {
    operation_.decide = [f](const void* c, const View& view, const Context& context) -> Result<Decision> {
      return f(*static_cast<const C*>(c), view, context);
    };
    return *this;
  }

 private:
  Operation& operation_;
};

}  // namespace fx
