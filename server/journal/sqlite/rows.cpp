#include "journal/sqlite/rows.hpp"

namespace fx::journal {

StoredEvent take_event(const SqlStatement& row) {
  StoredEvent out;
  EventRow& e = out.row;
  e.no = row.number(0);
  out.batch = row.number(1);
  e.jurisdiction = static_cast<std::int32_t>(row.number(2));
  e.type = row.string_at(3);
  e.about = row.id_at(4);
  e.occurred_at = row.instant_at(5);
  e.recorded_at = row.instant_at(6);
  e.command = row.id_at(7);
  e.actor = {row.id_at(8)};
  e.unit = {row.id_at(9)};
  e.operation = row.string_at(10);
  e.device = row.string_at(11);
  e.device_seq = row.number(12);
  if (!row.is_null(13)) e.device_time = row.instant_at(13);
  e.caused_by = row.number(14);
  e.reference_generation = row.number(15);
  e.body = row.string_at(16);
  e.effects = row.string_at(17);
  return out;
}

std::string_view check_of(const SqlStatement& row) { return row.blob_at(18); }

void bind_event(Statement& statement, std::int64_t batch, const EventRow& e, std::string_view check) {
  statement.bind(e.no).bind(batch).bind(e.jurisdiction).bind_text(e.type).bind(e.about).bind(e.occurred_at);
  statement.bind(e.recorded_at).bind(e.command).bind(e.actor.raw).bind(e.unit.raw).bind_text(e.operation);
  statement.bind_text(e.device).bind(e.device_seq);
  if (e.device_time)
    statement.bind(*e.device_time);
  else
    statement.bind_null();
  statement.bind(e.caused_by)
      .bind(e.reference_generation)
      .bind_text(e.body)
      .bind_text(e.effects)
      .bind_blob(check);
}

SealRow take_seal(const SqlStatement& row) {
  SealRow s;
  s.batch = row.number(0);
  s.epoch = row.number(1);
  s.slot = static_cast<int>(row.number(2));
  s.incarnation = row.number(3);
  s.first = row.number(4);
  s.last = row.number(5);
  s.events = row.number(6);
  s.decided_at = row.instant_at(7);
  s.handoff_cursor = row.number(8);
  s.rhythm_cursor = row.instant_at(9);
  s.reference_generation = row.number(10);
  s.schema_generation = row.number(11);
  s.audit = row.number(12);
  s.audit_link = row.blob_at(13);
  s.digest = row.blob_at(14);
  s.answers = row.number(15);
  s.answers_digest = row.blob_at(16);
  s.link = row.blob_at(17);
  return s;
}

void bind_seal(Statement& statement, const SealRow& s) {
  statement.bind(s.batch)
      .bind(s.epoch)
      .bind(s.slot)
      .bind(s.incarnation)
      .bind(s.first)
      .bind(s.last)
      .bind(s.events);
  statement.bind(s.decided_at).bind(s.handoff_cursor).bind(s.rhythm_cursor).bind(s.reference_generation);
  statement.bind(s.schema_generation)
      .bind(s.audit)
      .bind_blob(s.audit_link)
      .bind_blob(s.digest)
      .bind(s.answers)
      .bind_blob(s.answers_digest)
      .bind_blob(s.link);
}

StoredAudit take_audit(const SqlStatement& row) {
  StoredAudit out;
  out.line = row.number(0);
  out.batch = row.number(1);
  AuditLine& a = out.row;
  a.at = row.instant_at(2);
  a.actor = {row.id_at(3)};
  a.unit = {row.id_at(4)};
  a.kind = row.string_at(5);
  a.operation = row.string_at(6);
  a.code = row.string_at(7);
  a.purpose = row.string_at(8);
  a.detail = row.string_at(9);
  a.peer = row.string_at(10);
  out.link = row.blob_at(11);
  return out;
}

void bind_audit(Statement& statement, const StoredAudit& audit) {
  const AuditLine& a = audit.row;
  statement.bind(audit.line)
      .bind(audit.batch)
      .bind(a.at)
      .bind(a.actor.raw)
      .bind(a.unit.raw)
      .bind_text(a.kind);
  statement.bind_text(a.operation)
      .bind_text(a.code)
      .bind_text(a.purpose)
      .bind_text(a.detail)
      .bind_text(a.peer);
  statement.bind_blob(audit.link);
}

}  // namespace fx::journal
