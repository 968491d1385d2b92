#pragma once

#include "kernel/command.hpp"

namespace fx::scenario {

/// A sealer without secrets, for scenarios whose persons are fictitious: what would be encrypted is kept only as a
/// name-based hash, so a scenario gives the same ledger on every machine.
class PlainSealer final : public Sealer {
 public:
  TextRef seal(TextId id, std::string_view words) override {
    return {id, hash("text", id.raw.text() + std::string(words))};
  }
  std::string seal_identity(const RawId& subject, std::string_view kind, std::string_view json) override {
    return hash(kind, subject.text() + std::string(json));
  }
  std::string token(std::string_view kind, std::string_view value, const RawId&) override {
    const RawId id = named_id(kind, value);
    return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
  }
  std::vector<std::string> initials(std::string_view) override { return {}; }
  std::string password_hash(std::string_view) override { return "none"; }

 private:
  static std::string hash(std::string_view kind, std::string_view text) {
    return named_id(kind, text).text();
  }
};

}  // namespace fx::scenario
