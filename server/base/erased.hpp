#pragma once

// Types rubbed off cheaply. A desk declares hundreds of events, tables and functions; std::function and std::make_shared
// each give the compiler a dozen functions to make for every one of them, these give it one or two.

#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace fx {

template <class Signature>
class Erased;

/// A pure function whose type is rubbed off: a function, or a lambda that holds no more than a pointer to one, or to a
/// member of a struct. Never call an empty one.
template <class R, class... A>
class Erased<R(A...)> {
 public:
  Erased() = default;
  template <class F>
    requires(!std::is_same_v<F, Erased> && std::is_trivially_copyable_v<F> &&
             sizeof(F) <= 2 * sizeof(void*) && alignof(F) <= alignof(void*))
  Erased(F f)  // NOLINT(google-explicit-constructor): a function is one
      : call_([](const void* held, A... arguments) -> R {
          return (*static_cast<const F*>(held))(std::forward<A>(arguments)...);
        }) {
    std::memcpy(held_, static_cast<const void*>(&f), sizeof f);
  }

  explicit operator bool() const { return call_ != nullptr; }
  R operator()(A... arguments) const { return call_(held_, std::forward<A>(arguments)...); }

 private:
  R (*call_)(const void*, A...) = nullptr;
  alignas(void*) std::byte held_[2 * sizeof(void*)]{};
};

/// Memory for an object and, before it, for the count of those who share it: one piece, as std::make_shared has it.
class SharedPlace {
 public:
  explicit SharedPlace(std::size_t bytes)
      : memory_(static_cast<std::byte*>(::operator new(count_bytes + bytes))) {}
  SharedPlace(const SharedPlace&) = delete;
  SharedPlace& operator=(const SharedPlace&) = delete;
  ~SharedPlace() { ::operator delete(memory_); }

  [[nodiscard]] void* room() const { return memory_ + count_bytes; }
  /// The object that was made in room(), shared; `destroy` ends it.
  std::shared_ptr<void> share(void (*destroy)(void*)) &&;

  static constexpr std::size_t count_bytes = 64;

 private:
  std::byte* memory_;
};

/// A T made from what is given, shared by those who need not know its type.
template <class T, class... A>
std::shared_ptr<void> share_new(A&&... arguments) {
  static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
  SharedPlace place(sizeof(T));
  ::new (place.room()) T(std::forward<A>(arguments)...);
  return std::move(place).share([](void* object) { static_cast<T*>(object)->~T(); });
}

}  // namespace fx
