#include "journal/verify_identities.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.hpp"
#include "kernel/runtime_events.hpp"

namespace fx::journal {
namespace {

constexpr int batch_bits = 20;  // of seq below the batch
constexpr std::array<std::string_view, 2> whole_identities{"person", "account"};
constexpr std::string_view text = "text";

std::string sha256_hex(std::string_view bytes) {
  unsigned char out[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(out, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return hex({reinterpret_cast<const char*>(out), sizeof out});
}

/// Enough of a name to know it by; not to be aimed at, unlike a plain hash of a table.
std::uint64_t short_hash(std::string_view bytes) {
  std::array<unsigned char, crypto_generichash_BYTES_MIN> out{};
  crypto_generichash(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  std::uint64_t number = 0;
  std::memcpy(&number, out.data(), sizeof number);
  return number;
}

std::string name_of(std::string_view kind, std::string_view subject, std::string_view hash) {
  return fmt::format("{}:{}:{}", kind, subject, hash);
}

/// The words at `member`; empty when there are none.
std::string_view words_at(const boost::json::object& object, std::string_view member) {
  const auto* value = object.if_contains(member);
  const auto* words = value != nullptr ? value->if_string() : nullptr;
  return words != nullptr ? std::string_view(words->data(), words->size()) : std::string_view();
}

/// Whose identity the object names: the person or account beside the hash, else what the event is about.
std::vector<std::string> names_in(const boost::json::object& object, std::string_view hash,
                                  const RawId& about) {
  std::vector<std::string> out;
  for (const std::string_view kind : whole_identities)
    if (const auto subject = words_at(object, kind); !subject.empty())
      out.push_back(name_of(kind, subject, hash));
  if (out.empty())
    for (const std::string_view kind : whole_identities) out.push_back(name_of(kind, about.text(), hash));
  return out;
}

}  // namespace

std::string IdentityWalk::Row::name() const { return name_of(kind, subject.text(), hash); }

IdentityWalk::IdentityWalk(Connection& ledger, Findings& findings)
    : findings_(findings),
      rows_(ledger, "SELECT seq, subject, kind, cipher, hash FROM identity ORDER BY seq") {
  next();
}

IdentityWalk::Row IdentityWalk::take() {
  Row row{rows_.number(0), rows_.id_at(1), rows_.string_at(2), rows_.string_at(4)};
  const std::int64_t batch = row.seq >> batch_bits;
  if (sha256_hex(rows_.blob_at(3)) != row.hash)
    findings_.bad(batch, 0,
                  fmt::format("identity of {}: ciphertext does not match its hash", row.subject.text()));
  if (row.kind != text && std::ranges::find(whole_identities, row.kind) == whole_identities.end())
    findings_.bad(batch, 0, fmt::format("identity of {}: no such kind: {}", row.subject.text(), row.kind));
  next();
  return row;
}

void IdentityWalk::stray() {
  const Row row = take();
  findings_.bad(row.seq >> batch_bits, 0,
                fmt::format("identity of {} belongs to no sealed batch", row.subject.text()));
}

void IdentityWalk::open(std::int64_t batch) {
  present_.clear();
  named_.clear();
  disputed_ = false;
  while (more_ && rows_.number(0) >> batch_bits < batch) stray();
  while (more_ && rows_.number(0) >> batch_bits == batch) {
    present_.push_back(take());
    known_.insert(short_hash(present_.back().name()));
  }
}

void IdentityWalk::name(const StoredEvent& event) {
  disputed_ = disputed_ || event.row.type == DeedDisputed::name;
  if (event.row.body.find("hash\"") == std::string::npos) return;  // spares a parse for almost all
  Faults faults;
  const auto body = parse_json(event.row.body, faults);
  if (!body) return findings_.bad(event.batch, event.row.no, "the body is not JSON");
  visit(*body, event);
}

void IdentityWalk::visit(const boost::json::value& value, const StoredEvent& event) {
  if (const auto* array = value.if_array()) {
    for (const auto& item : *array) visit(item, event);
    return;
  }
  const auto* object = value.if_object();
  if (object == nullptr) return;
  if (object->size() == 2 && object->contains("id"))
    if (const auto hash = words_at(*object, "hash"); !hash.empty())
      named(event, {name_of(text, words_at(*object, "id"), hash)}, hash);
  for (const auto& member : *object) {
    if (member.key().ends_with("identity_hash"))
      if (const auto hash = words_at(*object, member.key()); !hash.empty())
        named(event, names_in(*object, hash, event.row.about), hash);
    visit(member.value(), event);
  }
}

void IdentityWalk::named(const StoredEvent& event, const std::vector<std::string>& names,
                         std::string_view hash) {
  bool known = false;
  for (const std::string& name : names) {
    named_.try_emplace(name, named_.size());
    known = known || known_.contains(short_hash(name));
  }
  if (!known)
    findings_.bad(event.batch, event.row.no,
                  fmt::format("names an identity {} that is not there for its subject", hash));
}

/// A text that nothing names and that replaces nothing is read by nobody: an operation need not keep all it sealed.
void IdentityWalk::judge(std::int64_t batch, const Row& row,
                         std::unordered_map<RawId, std::size_t, RawIdHash>& last) {
  const auto found = named_.find(row.name());
  if (found == named_.end()) {
    const bool replaces = last.contains(row.subject) || subjects_.contains(short_hash(row.subject.text()));
    if (!disputed_ && (row.kind != text || replaces))
      findings_.bad(batch, 0,
                    fmt::format("identity of {}: no event of its batch names it", row.subject.text()));
    return;
  }
  const auto [before, first] = last.try_emplace(row.subject, found->second);
  if (!first && found->second <= before->second)
    findings_.bad(batch, 0,
                  fmt::format("identity of {}: not in the order of its batch's events", row.subject.text()));
  before->second = found->second;
}

void IdentityWalk::close(std::int64_t batch, bool sound) {
  std::unordered_map<RawId, std::size_t, RawIdHash> last;
  for (std::size_t i = 0; i < present_.size(); ++i) {
    const Row& row = present_[i];
    if (row.seq != (batch << batch_bits) + static_cast<std::int64_t>(i))
      findings_.bad(batch, 0, fmt::format("identity of {}: its number should be {}", row.subject.text(), i));
    if (sound) judge(batch, row, last);
  }
  for (const Row& row : present_) subjects_.insert(short_hash(row.subject.text()));
}

void IdentityWalk::finish() {
  while (more_) stray();
}

}  // namespace fx::journal
