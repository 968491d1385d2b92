#include "journal/seal.hpp"

#include <sodium.h>

#include <algorithm>
#include <new>
#include <tuple>

namespace fx::journal {
namespace {

static_assert(sizeof(crypto_generichash_state) <= 384);

crypto_generichash_state& state_of(std::array<unsigned char, 384>& bytes) {
  return *std::launder(reinterpret_cast<crypto_generichash_state*>(bytes.data()));
}

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string blake2b(std::string_view a, std::string_view b) {
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, 32);
  crypto_generichash_update(&state, raw(a), a.size());
  crypto_generichash_update(&state, raw(b), b.size());
  std::string out(32, '\0');
  crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(out.data()), out.size());
  return out;
}

std::string sha256(std::string_view bytes) {
  std::string out(32, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(out.data()), raw(bytes), bytes.size());
  return out;
}

}  // namespace

Bytes& Bytes::put(std::int64_t value) {
  char out[8];
  for (std::size_t i = 0; i < 8; ++i)
    out[i] = static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i));
  bytes_.append(out, 8);
  return *this;
}

Bytes& Bytes::put(std::string_view text) {
  put(static_cast<std::int64_t>(text.size()));
  bytes_.append(text);
  return *this;
}

void put_event(Bytes& out, std::int64_t batch, const EventRow& e) {
  out.put("event")
      .put(e.no)
      .put(batch)
      .put(e.jurisdiction)
      .put(e.type)
      .put(e.about)
      .put(e.occurred_at)
      .put(e.recorded_at);
  out.put(e.command).put(e.actor.raw).put(e.unit.raw).put(e.operation).put(e.device).put(e.device_seq);
  out.put(e.device_time ? 1 : 0).put(e.device_time.value_or(Instant{}));
  out.put(e.caused_by).put(e.reference_generation).put(e.body).put(e.effects);
}

void put_frozen(Bytes& out, const Frozen& frozen) { out.put("frozen").put(frozen.key).put(frozen.json); }

void put_answer(Bytes& out, std::int64_t batch, const AnswerRow& a) {
  out.put("answer").put(batch).put(a.key.key).put(a.key.actor.raw);
  out.put(static_cast<std::int64_t>(a.body_hash)).put(a.first).put(a.count).put(a.refusals).put(a.decided_at);
}

void put_audit(Bytes& out, std::int64_t line, std::int64_t batch, const AuditLine& a) {
  out.put("audit")
      .put(line)
      .put(batch)
      .put(a.at)
      .put(a.actor.raw)
      .put(a.unit.raw)
      .put(a.kind)
      .put(a.operation);
  out.put(a.code).put(a.purpose).put(a.detail).put(a.peer);
}

BatchDigest::BatchDigest() {
  new (state_.data()) crypto_generichash_state;
  crypto_generichash_init(&state_of(state_), nullptr, 0, 32);
}

void BatchDigest::add(std::string_view bytes) {
  crypto_generichash_update(&state_of(state_), raw(bytes), bytes.size());
}

std::string BatchDigest::digest() const {
  auto copy = *this;
  std::string out(32, '\0');
  crypto_generichash_final(&state_of(copy.state_), reinterpret_cast<unsigned char*>(out.data()), out.size());
  return out;
}

std::string BatchDigest::check() const { return digest().substr(0, 8); }

std::vector<const AnswerRow*> in_order(const std::vector<AnswerRow>& answers) {
  std::vector<const AnswerRow*> out;
  out.reserve(answers.size());
  for (const AnswerRow& answer : answers) out.push_back(&answer);
  std::ranges::sort(out, {}, [](const AnswerRow* a) { return std::tie(a->key.key, a->key.actor.raw); });
  return out;
}

std::string first_link(std::string_view ledger) { return sha256(Bytes().put("ledger").put(ledger).view()); }

std::string batch_link(std::string_view before, const SealRow& s) {
  Bytes bytes;
  bytes.put(before)
      .put(s.batch)
      .put(s.epoch)
      .put(s.slot)
      .put(s.incarnation)
      .put(s.first)
      .put(s.last)
      .put(s.events);
  bytes.put(s.decided_at)
      .put(s.handoff_cursor)
      .put(s.rhythm_cursor)
      .put(s.reference_generation)
      .put(s.schema_generation);
  bytes.put(s.audit).put(s.audit_link).put(s.digest).put(s.answers).put(s.answers_digest);
  return sha256(bytes.view());
}

std::string first_audit_link(std::string_view ledger) {
  return sha256(Bytes().put("audit").put(ledger).view());
}
std::string audit_link(std::string_view before, std::string_view line) { return blake2b(before, line); }

std::string random_name(std::size_t bytes) {
  if (sodium_init() < 0) throw StoreBroken("no randomness from the operating system");
  std::string out(bytes, '\0');
  randombytes_buf(out.data(), out.size());
  return out;
}

}  // namespace fx::journal
