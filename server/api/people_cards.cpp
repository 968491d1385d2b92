#include "api/people_cards.hpp"

#include "access/masking.hpp"
#include "api/row_json.hpp"

namespace fx::api {
namespace {

constexpr std::size_t most_cards = 20'000;
constexpr std::size_t most_names = 10'000;
constexpr std::chrono::seconds card_life{60};

}  // namespace

std::string text_in(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  const auto* text = value != nullptr ? value->if_string() : nullptr;
  return text != nullptr ? std::string(text->data(), text->size()) : std::string();
}

std::optional<boost::json::object> PeopleCards::open(journal::Reader& reader, const RawId& subject,
                                                     const std::string& kind) const {
  const auto sealed = reader.identity(subject, kind);
  const auto text = sealed ? opener_.open_identity(subject, kind, sealed->cipher) : std::nullopt;
  if (!text) return std::nullopt;
  const auto json = parse_own_json(*text);
  return json.is_object() ? std::optional(json.as_object()) : std::nullopt;
}

void PeopleCards::add_row_facts(journal::Reader& reader, const RawId& person, std::string& json) const {
  const TableType* table = registry_.table("person");
  const RowPtr row = table != nullptr ? reader.row(*table, person) : nullptr;
  if (!row) return;
  for (const std::string_view field : {"sex", "birth_day"}) {
    const std::string text = field_text(field_of(*table->info, row.get(), field));
    if (!text.empty()) add_text(json, field, text);
  }
}

PeopleCards::Card PeopleCards::make(journal::Reader& reader, const RawId& subject,
                                    const std::string& kind) const {
  Card card;
  card.until = std::chrono::steady_clock::now() + card_life;
  card.json = "{";
  if (const auto identity = open(reader, subject, kind)) {
    const std::string name = text_in(*identity, "name");
    card.name = kind == "account" ? name : mask_name(name);
    add_text(card.json, "name", card.name);
    const std::string document = kind == "person" ? text_in(*identity, "document_number") : std::string();
    if (!document.empty()) add_text(card.json, "document", mask_document(document));
  } else {
    add_text(card.json, "name", "");
  }
  if (kind == "person") add_row_facts(reader, subject, card.json);
  card.json += '}';
  return card;
}

PeopleCards::Card PeopleCards::known(journal::Reader& reader, const RawId& subject, const std::string& kind) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = cards_.find(subject);
    if (found != cards_.end() && std::chrono::steady_clock::now() < found->second.until) return found->second;
  }
  Card card = make(reader, subject, kind);
  const std::lock_guard lock(mutex_);
  if (cards_.size() >= most_cards) cards_.clear();
  return cards_[subject] = std::move(card);
}

std::string PeopleCards::json(journal::Reader& reader, const std::set<RawId>& persons,
                              const std::set<RawId>& accounts) {
  std::string out = "{";
  for (const RawId& person : persons) add_json(out, person.text(), known(reader, person, "person").json);
  for (const RawId& account : accounts) add_json(out, account.text(), known(reader, account, "account").json);
  return out + "}";
}

void PeopleCards::forget(const RawId& subject) {
  const std::lock_guard lock(mutex_);
  cards_.erase(subject);
}

Words FrozenNames::of(journal::Reader& reader, const std::string& key, const std::string& rule) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = names_.find(key); found != names_.end()) return found->second;
  }
  Words name{rule, rule};
  if (const auto text = reader.frozen(key)) {
    const auto json = parse_own_json(*text);
    const auto* object = json.if_object();
    const auto* words = object != nullptr ? object->if_contains("name") : nullptr;
    if (words != nullptr && words->is_object())
      name = {text_in(words->as_object(), "zh"), text_in(words->as_object(), "en")};
  }
  const std::lock_guard lock(mutex_);
  if (names_.size() >= most_names) names_.clear();
  return names_[key] = std::move(name);
}

}  // namespace fx::api
