#pragma once

#include "journal/seal.hpp"
#include "journal/sqlite/connection.hpp"

// The journal's own rows as statements read and write them.
namespace fx::journal {

inline constexpr std::string_view event_columns =
    R"(no, batch, jurisdiction, type, about, occurred_at, recorded_at, command, actor, unit, operation, device, device_seq,
       device_time, caused_by, reference_generation, body, effects, "check")";
inline constexpr std::string_view batch_columns =
    R"(batch, epoch, slot, incarnation, first, last, events, decided_at, handoff_cursor, rhythm_cursor,
       reference_generation, schema_generation, audit, audit_link, digest, answers, answers_digest, link)";
inline constexpr std::string_view audit_columns =
    "line, batch, at, actor, unit, kind, operation, code, purpose, detail, peer, link";

StoredEvent take_event(const SqlStatement& row);
/// The 8 check bytes of the event row.
std::string_view check_of(const SqlStatement& row);
void bind_event(Statement& statement, std::int64_t batch, const EventRow& event, std::string_view check);
SealRow take_seal(const SqlStatement& row);
void bind_seal(Statement& statement, const SealRow& seal);

struct StoredAudit {
  std::int64_t line = 0;
  std::int64_t batch = 0;
  AuditLine row;
  std::string link;
};
StoredAudit take_audit(const SqlStatement& row);
void bind_audit(Statement& statement, const StoredAudit& audit);

}  // namespace fx::journal
