#pragma once

#include "runtime/keystore.hpp"

namespace fx::runtime {

/// For tests whose commands bring no persons.
class NoKeys final : public KeyStore {
 public:
  std::size_t put(std::span<const Entry> entries) override {
    if (!entries.empty()) throw KeyStoreError("no keys were expected here");
    return 0;
  }
  [[nodiscard]] std::optional<WrappedKey> get(const RawId&) const override { return std::nullopt; }
  [[nodiscard]] std::unordered_map<RawId, WrappedKey> get(std::span<const RawId>) const override {
    return {};
  }
  std::size_t destroy(std::span<const RawId>) override { return 0; }
  [[nodiscard]] bool is_erased(const RawId&) const override { return false; }
  [[nodiscard]] std::vector<RawId> erased() const override { return {}; }
  [[nodiscard]] std::size_t size() const override { return 0; }
};

}  // namespace fx::runtime
