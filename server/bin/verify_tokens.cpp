#include "bin/verify_tokens.hpp"

#include "bin/shared_keys.hpp"
#include "desks/people/operations.hpp"

namespace fx::bin {
namespace {

namespace fs = std::filesystem;

std::unique_ptr<runtime::KeyStore> keys_of(const fs::path& directory, const StorePlace& place) {
  if (place.shared()) return std::make_unique<SharedKeyStore>(place.keys);
  return std::make_unique<runtime::FileKeyStore>((directory / "keys.db").string());
}

std::string words_in(const boost::json::object& object, std::string_view member) {
  const auto* value = object.if_contains(member);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

void make_person(const RawId& person, const boost::json::object& sealed, Sealer& sealer) {
  const std::string name = words_in(sealed, "name");
  const std::string number = words_in(sealed, "document_number");
  const std::string phone = words_in(sealed, "phone");
  people::IdentityFields fields{
      .name = name, .document_type = {}, .number = number, .phone = phone, .address = {}};
  Faults faults;
  if (const auto* type = sealed.if_contains("document_type"))
    read_json(*type, fields.document_type, faults, Path{});
  (void)people::seal_person({person}, fields, sealer);
}

}  // namespace

TokensAnew::TokensAnew(const fs::path& directory, const StorePlace& place)
    : vault_(runtime::load_key_file((directory / "realm.key").string())), keys_(keys_of(directory, place)) {}

std::optional<std::vector<TokenWrite>> TokensAnew::operator()(const IdentityWrite& identity) const {
  const runtime::VaultOpener opener(vault_, *keys_);
  const auto opened = opener.open_identity(identity.subject, identity.kind, identity.cipher);
  if (!opened) return std::nullopt;
  const auto json = parse_own_json(*opened);
  runtime::VaultSealer sealer(vault_, *keys_, passwords_);
  if (identity.kind == "account")
    (void)sealer.token("user", words_in(json.as_object(), "user"), identity.subject);
  else
    make_person(identity.subject, json.as_object(), sealer);
  Command made;
  sealer.finish(made);
  return std::move(made.tokens);
}

std::unique_ptr<TokensAnew> tokens_anew(const fs::path& directory, const StorePlace& place) {
  if (!fs::exists(directory / "realm.key")) return nullptr;
  if (!place.shared() && !fs::exists(directory / "keys.db")) return nullptr;
  return std::make_unique<TokensAnew>(directory, place);
}

}  // namespace fx::bin
