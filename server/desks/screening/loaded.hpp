#pragma once

#include <algorithm>

#include "kernel/view.hpp"

namespace fx::screening {

/// What `more_keys` may look at: the rows that were named before it was asked, and so are loaded. It leads on from one
/// row to the next and is asked again for the second step.
class Loaded {
 public:
  Loaded(const View& view, const KeySet& keys) : view_(view), keys_(keys), count_(keys.entries().size()) {}

  [[nodiscard]] bool named(const RowKey& key) const {
    const auto& entries = keys_.entries();
    const auto end = entries.begin() + static_cast<std::ptrdiff_t>(count_);
    return std::find_if(entries.begin(), end, [&](const auto& each) { return each.key == key; }) != end;
  }
  template <class T, class I>
  [[nodiscard]] const T* find(const I& id) const {
    const RawId raw = [&] {
      if constexpr (requires { id.raw; })
        return id.raw;
      else
        return id;
    }();
    return named({&table_type<T>(), raw}) ? view_.find<T>(raw) : nullptr;
  }

 private:
  const View& view_;
  const KeySet& keys_;
  std::size_t count_;
};

}  // namespace fx::screening
