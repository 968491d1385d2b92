#pragma once

#include "base/assert.hpp"
#include "base/described.hpp"
#include "base/erased.hpp"
#include "kernel/ids.hpp"

namespace fx {

/// What the kernel knows of one kind of event. A kind is a described struct with
/// `static constexpr std::string_view name = "<desk>.<what_happened>";` whose first member is the id of the thing it
/// is about; that id's home is the event's jurisdiction. A stored shape never changes: v2 is another struct.
struct EventType {
  std::string_view name;
  const TypeInfo* info;
  void (*write)(std::string&, const void*);
  std::shared_ptr<const void> (*read)(const boost::json::value&, Faults&);
};

namespace detail {
/// One for each kind of event; how it is written and read is filled in by define_event, like a table's codecs.
template <class E>
inline EventType event_of{.name = E::name, .info = nullptr, .write = nullptr, .read = nullptr};
}  // namespace detail

/// The kind of event E; usable once its desk has declared it.
template <class E>
const EventType& event_type() {
  return detail::event_of<E>;
}

/// Compiles the codecs of an event. Called where the event is declared (Desk::event), before any thread runs.
template <class E>
const EventType& define_event() {
  EventType& type = detail::event_of<E>;
  type.info = &type_info<E>();
  type.write = [](std::string& out, const void* e) { write_json(out, *static_cast<const E*>(e)); };
  type.read = [](const boost::json::value& in, Faults& faults) -> std::shared_ptr<const void> {
    auto e = share_new<E>();
    read_json(in, *static_cast<E*>(e.get()), faults);
    return e;
  };
  return type;
}

/// One fact that happened, of any kind.
class Event {
 public:
  Event() = default;
  template <class E>
    requires requires { E::name; }
  Event(E body) : type_(&event_type<E>()), body_(share_new<E>(std::move(body))) {}  // NOLINT
  Event(const EventType& type, std::shared_ptr<const void> body) : type_(&type), body_(std::move(body)) {}

  [[nodiscard]] const EventType& type() const { return *type_; }
  [[nodiscard]] std::string_view name() const { return type_->name; }
  [[nodiscard]] const void* body() const { return body_.get(); }
  template <class E>
  [[nodiscard]] const E* as() const {
    return type_ != nullptr && type_->name == E::name ? static_cast<const E*>(body_.get()) : nullptr;
  }
  [[nodiscard]] FieldValue field(std::string_view field_name) const {
    return field_of(*type_->info, body_.get(), field_name);
  }
  /// The id of what the event is about: its first member.
  [[nodiscard]] RawId about() const {
    const auto value = type_->info->fields.front().get(body_.get());
    const auto* id = std::get_if<RawId>(&value);
    FX_ASSERT(id != nullptr, "the first member of an event is an id");
    return *id;
  }
  [[nodiscard]] std::string json() const {
    std::string out;
    type_->write(out, body_.get());
    return out;
  }

 private:
  const EventType* type_ = nullptr;
  std::shared_ptr<const void> body_;
};

}  // namespace fx
