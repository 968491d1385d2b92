#pragma once

#include <boost/json/object.hpp>

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>

#include "journal/reader.hpp"
#include "runtime/vault_sealer.hpp"

namespace fx::api {

/// What is shown of people beside rows that name them: masked (settled.md 21). Opened identities stay in memory masked,
/// for a minute; never in full.
class PeopleCards {
 public:
  PeopleCards(const Registry& registry, const runtime::VaultOpener& opener)
      : registry_(registry), opener_(opener) {}

  /// `{"<id>":{"name","document","sex","birth_day"}}`; of an account the display name only, which is no secret.
  std::string json(journal::Reader& reader, const std::set<RawId>& persons, const std::set<RawId>& accounts);
  /// The masked card of one person, an object.
  std::string card(journal::Reader& reader, const RawId& person) {
    return known(reader, person, "person").json;
  }
  std::string masked_name(journal::Reader& reader, const RawId& person) {
    return known(reader, person, "person").name;
  }
  std::string display_name(journal::Reader& reader, const RawId& account) {
    return known(reader, account, "account").name;
  }
  /// Identities in full: only for a purpose that has been recorded. Nothing: unknown or erased.
  std::optional<boost::json::object> open(journal::Reader& reader, const RawId& subject,
                                          const std::string& kind) const;
  /// The identity changed.
  void forget(const RawId& subject);

 private:
  struct Card {
    std::string json;
    std::string name;
    std::chrono::steady_clock::time_point until;
  };
  using Cards = std::map<RawId, Card>;
  Card known(journal::Reader& reader, const RawId& subject, const std::string& kind) {
    return known(reader, std::set{subject}, kind).begin()->second;
  }
  Cards known(journal::Reader& reader, const std::set<RawId>& subjects, const std::string& kind);
  Cards learn(journal::Reader& reader, const std::vector<RawId>& subjects, const std::string& kind) const;
  [[nodiscard]] std::optional<boost::json::object> opened(const IdentityWrite& sealed) const;

  const Registry& registry_;
  const runtime::VaultOpener& opener_;
  std::mutex mutex_;
  std::unordered_map<RawId, Card> cards_;
};

/// Names of rules as they were frozen into duties; a frozen text never changes. Any thread.
class FrozenNames {
 public:
  Words of(journal::Reader& reader, const std::string& key, const std::string& rule);

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, Words> names_;
};

std::string text_in(const boost::json::object& object, std::string_view name);

}  // namespace fx::api
