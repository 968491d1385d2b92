#include "api/people_cards.hpp"

#include "access/masking.hpp"
#include "api/row_json.hpp"

namespace fx::api {
namespace {

constexpr std::size_t most_cards = 20'000;
constexpr std::size_t most_names = 10'000;
constexpr std::chrono::seconds card_life{60};

void add_row_facts(const TableType& person, const RowPtr& row, std::string& json) {
  for (const std::string_view field : {"sex", "birth_day"}) {
    const std::string text = field_text(field_of(*person.info, row.get(), field));
    if (!text.empty()) add_text(json, field, text);
  }
}

/// As it may be shown: an account's is no secret.
std::string name_in(const std::optional<boost::json::object>& identity, const std::string& kind) {
  if (!identity) return {};
  const std::string name = text_in(*identity, "name");
  return kind == "account" ? name : mask_name(name);
}

}  // namespace

std::string text_in(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  const auto* text = value != nullptr ? value->if_string() : nullptr;
  return text != nullptr ? std::string(text->data(), text->size()) : std::string();
}

std::optional<boost::json::object> PeopleCards::opened(const IdentityWrite& sealed) const {
  const auto text = opener_.open_identity(sealed.subject, sealed.kind, sealed.cipher);
  if (!text) return std::nullopt;
  const auto json = parse_own_json(*text);
  return json.is_object() ? std::optional(json.as_object()) : std::nullopt;
}

std::optional<boost::json::object> PeopleCards::open(journal::Reader& reader, const RawId& subject,
                                                     const std::string& kind) const {
  const auto sealed = reader.identity(subject, kind);
  return sealed ? opened(*sealed) : std::nullopt;
}

/// Few statements, however many they are.
PeopleCards::Cards PeopleCards::learn(journal::Reader& reader, const std::vector<RawId>& subjects,
                                      const std::string& kind) const {
  const auto until = std::chrono::steady_clock::now() + card_life;
  const TableType* table = kind == "person" ? registry_.table("person") : nullptr;
  const auto identities = reader.identities(subjects, kind);
  const auto rows = table != nullptr ? reader.rows(*table, subjects) : std::map<RawId, RowPtr>();
  Cards out;
  for (const RawId& subject : subjects) {
    const auto sealed = identities.find(subject);
    const auto identity = sealed != identities.end() ? opened(sealed->second) : std::nullopt;
    Card card{.json = "{", .name = {}, .until = until};
    card.name = name_in(identity, kind);
    add_text(card.json, "name", card.name);
    const std::string document =
        identity && kind == "person" ? text_in(*identity, "document_number") : std::string();
    if (!document.empty()) add_text(card.json, "document", mask_document(document));
    if (const auto row = rows.find(subject); row != rows.end()) add_row_facts(*table, row->second, card.json);
    card.json += '}';
    out.emplace(subject, std::move(card));
  }
  return out;
}

PeopleCards::Cards PeopleCards::known(journal::Reader& reader, const std::set<RawId>& subjects,
                                      const std::string& kind) {
  Cards out;
  std::vector<RawId> others;
  {
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    for (const RawId& subject : subjects) {
      const auto found = cards_.find(subject);
      if (found != cards_.end() && now < found->second.until)
        out.emplace(subject, found->second);
      else
        others.push_back(subject);
    }
  }
  if (others.empty()) return out;
  Cards learnt = learn(reader, others, kind);
  const std::lock_guard lock(mutex_);
  if (cards_.size() + learnt.size() > most_cards) cards_.clear();
  for (const auto& [subject, card] : learnt) cards_[subject] = card;
  out.merge(learnt);
  return out;
}

std::string PeopleCards::json(journal::Reader& reader, const std::set<RawId>& persons,
                              const std::set<RawId>& accounts) {
  std::string out = "{";
  for (const auto& [person, card] : known(reader, persons, "person")) add_json(out, person.text(), card.json);
  for (const auto& [account, card] : known(reader, accounts, "account"))
    add_json(out, account.text(), card.json);
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
