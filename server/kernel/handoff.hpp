#pragma once

#include <functional>

#include "kernel/desk.hpp"

namespace fx {

/// A command that an arrow hands over: which operation, and its body.
struct HandedOver {
  std::string operation;  ///< "<desk>.<operation>"
  std::shared_ptr<void> body;
};

template <class C>
HandedOver hand_over(std::string operation, C body) {
  return {std::move(operation), std::make_shared<C>(std::move(body))};
}

/// An arrow between desks: event of one → command(s) to another (architecture §2). `name` is stable: it is part of the
/// idempotency key. Pure.
struct Arrow {
  std::string name;
  std::string from;  ///< event name
  std::string to;    ///< "<desk>.<operation>"
  std::function<std::vector<HandedOver>(const Happened&)> make;
};

/// Arrow from event E.
template <class E, class F>
Arrow arrow(std::string name, std::string to, F make) {
  return {std::move(name), std::string(E::name), std::move(to),
          [make](const Happened& happened) { return make(*happened.event.as<E>(), happened); }};
}

}  // namespace fx
