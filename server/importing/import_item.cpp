#include "importing/import_item.hpp"

#include <sodium.h>

#include <cstring>

namespace fx::importing {

RawId import_key(const std::vector<std::string_view>& parts) {
  crypto_generichash_state state;
  RawId key;
  crypto_generichash_init(&state, nullptr, 0, key.bytes.size());
  for (const std::string_view part : parts) {
    std::array<unsigned char, 8> size{};
    for (std::size_t i = 0; i < size.size(); ++i)
      size[i] = static_cast<unsigned char>(part.size() >> (8 * i));
    crypto_generichash_update(&state, size.data(), size.size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
  }
  crypto_generichash_final(&state, key.bytes.data(), key.bytes.size());
  return key;
}

RawId item_id(const RawId& key, std::string_view thing, Instant at, std::int32_t home) {
  const std::string_view bytes(reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size());
  const RawId digest = import_key({bytes, thing});
  std::uint64_t chance = 0;
  std::memcpy(&chance, digest.bytes.data(), sizeof chance);
  std::uint16_t counter = 0;
  std::memcpy(&counter, digest.bytes.data() + sizeof chance, sizeof counter);
  return RawId::make(at.ms, home, chance, counter);
}

RawId listed_id(const RawId& key, std::string_view thing, std::int32_t home) {
  return item_id(key, thing, start_of(Day{}), home);
}

RawId ImportFile::list_key() const {
  std::vector<std::string_view> names{"names of a list"};
  for (const ImportItem& item : items) names.push_back(item.label);
  return import_key(names);
}

RawId case_key(std::string_view name_space, std::string_view case_id) {
  return import_key({"line list", name_space, case_id});
}

RawId contact_key(std::string_view name_space, std::string_view contact_id) {
  return import_key({"contact", name_space, contact_id});
}

}  // namespace fx::importing
