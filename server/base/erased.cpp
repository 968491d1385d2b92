#include "base/erased.hpp"

namespace fx {
namespace {

/// Gives the count of sharers the room before the object, and frees both when the last has gone.
template <class T>
struct BeforeTheObject {
  using value_type = T;
  std::byte* memory;

  explicit BeforeTheObject(std::byte* all) : memory(all) {}
  template <class U>
  BeforeTheObject(const BeforeTheObject<U>& other) : memory(other.memory) {}  // NOLINT: as allocators are

  T* allocate(std::size_t count) {
    static_assert(sizeof(T) <= SharedPlace::count_bytes && alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
    if (count != 1) throw std::bad_alloc();
    return reinterpret_cast<T*>(memory);
  }
  void deallocate(T*, std::size_t) { ::operator delete(memory); }
  template <class U>
  bool operator==(const BeforeTheObject<U>& other) const {
    return memory == other.memory;
  }
};

}  // namespace

std::shared_ptr<void> SharedPlace::share(void (*destroy)(void*)) && {
  std::byte* memory = std::exchange(memory_, nullptr);
  return {static_cast<void*>(memory + count_bytes), destroy, BeforeTheObject<char>(memory)};
}

}  // namespace fx
