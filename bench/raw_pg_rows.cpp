#include "bench/raw_pg_rows.hpp"

#include <sodium.h>

#include "base/described.hpp"
#include "bench/measure.hpp"
#include "bench/raw_rows.hpp"
#include "journal/postgres/link.hpp"

namespace fx::bench {
namespace {

using journal::pg::Array;
using journal::pg::Kind;
using journal::pg::Link;
using journal::pg::Params;

constexpr std::int64_t home = 990121;
constexpr std::int64_t start_ms = 1'658'045'100'000;

constexpr const char* schema = R"(
CREATE TABLE event (no bigint, batch bigint NOT NULL, jurisdiction bigint NOT NULL, type text COLLATE "C" NOT NULL,
  about bytea NOT NULL, occurred_at bigint NOT NULL, recorded_at bigint NOT NULL, command bytea NOT NULL,
  actor bytea NOT NULL, unit bytea NOT NULL, operation text COLLATE "C" NOT NULL, device text COLLATE "C" NOT NULL,
  device_seq bigint NOT NULL, device_time bigint, caused_by bigint NOT NULL, reference_generation bigint NOT NULL,
  body text COLLATE "C" NOT NULL, effects text COLLATE "C" NOT NULL, "check" bytea NOT NULL,
  PRIMARY KEY (jurisdiction, no));
CREATE INDEX event_no ON event (no);
CREATE INDEX event_about ON event (about, batch);
CREATE TABLE answer (home bigint, key bytea, actor bytea, body_hash bigint NOT NULL, batch bigint NOT NULL,
  first bigint NOT NULL, count bigint NOT NULL, refusals text NOT NULL, decided_at bigint NOT NULL,
  PRIMARY KEY (home, key, actor));
CREATE TABLE batch (batch bigint PRIMARY KEY, first bigint, last bigint, events bigint, decided_at bigint,
  cursor1 bigint, cursor2 bigint, generation1 bigint, generation2 bigint, audit bigint, audit_link bytea, digest bytea,
  link bytea);
CREATE TABLE head (id bigint PRIMARY KEY, batch bigint, next_n bigint, decided_at bigint, cursor1 bigint, link bytea)
  WITH (fillfactor = 50);
INSERT INTO head VALUES (1, 0, 1, 0, 0, '');
CREATE TABLE counter (jurisdiction bigint, measure text COLLATE "C", occurred_day bigint, recorded_day bigint,
  slot bigint, value bigint, PRIMARY KEY (jurisdiction, measure, occurred_day, recorded_day, slot));
CREATE TABLE duty (no bigint, jurisdiction bigint, rule text, frozen text, about bytea, about_kind text,
  debtor_unit bytea, debtor_role text COLLATE "C", opened_at bigint, due_at bigint, step bigint, step_at bigint,
  state text COLLATE "C", opened_by bigint, met_by bigint, met_at bigint, PRIMARY KEY (jurisdiction, no))
  WITH (fillfactor = 80);
CREATE INDEX duty_number ON duty (no);
CREATE INDEX duty_about ON duty (about) WHERE state IN ('open', 'due_soon', 'overdue');
CREATE INDEX duty_owed ON duty (jurisdiction, debtor_unit, debtor_role, due_at, no, state)
  WHERE state IN ('open', 'due_soon', 'overdue');
CREATE INDEX duty_step ON duty (step_at) WHERE state IN ('open', 'due_soon', 'overdue') AND step_at IS NOT NULL;
CREATE TABLE tube (home bigint, id bytea, code text COLLATE "C", state text COLLATE "C", sender bytea, person bytea,
  encounter bytea, members text, lab bytea, authoriser bytea, printed_at bigint, authorised_at bigint, result text,
  PRIMARY KEY (home, id)) WITH (fillfactor = 80);
CREATE INDEX tube_printed_at ON tube (home, printed_at);
CREATE INDEX tube_code ON tube (home, code);
CREATE INDEX tube_encounter ON tube (home, encounter);
CREATE INDEX tube_of_lab ON tube (home, lab, printed_at);
CREATE INDEX tube_of_sender ON tube (home, sender, printed_at);
CREATE INDEX tube_state_lab ON tube (home, state, lab);
CREATE INDEX tube_state_sender ON tube (home, state, sender);
)";

RawId id_of(std::uint64_t kind, std::uint64_t n) {
  return RawId::make(start_ms + static_cast<std::int64_t>(n), static_cast<std::int32_t>(home),
                     (n ^ (kind << 40)) * 0x9E3779B97F4A7C15ULL, static_cast<std::uint16_t>(kind));
}
std::int64_t duty_number(std::uint64_t n) {
  return (std::int64_t{1} << 54) + static_cast<std::int64_t>(n) * 64 + 1;
}
std::int64_t event_number(std::int64_t n) {
  return (std::int64_t{1} << 54) + ((std::int64_t{1} << 40) + n) * 64;
}
std::string members(std::string_view state) {
  return R"([{"person":"01820a50-2200-8000-bc6e-a4d646bdc124","state":")" + std::string(state) +
         R"(","linked_at":"2022-07-17T12:58:00+08:00"}])";
}

}  // namespace

class RawPgRows::Impl {
 public:
  Impl(const std::string& url, int tubes) : link_({.url = url}) {
    body_.assign(RawRows::body_bytes, 'x');
    effects_.assign(RawRows::effects_bytes, 'y');
    link_.run(schema);
    link_.run(
        "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_hashjoin = off; "
        "SET enable_mergejoin = off; SET jit = off; SET synchronous_commit = on");
    for (int from = 0; from < tubes; from += 1000) fill(from, std::min(tubes, from + 1000));
    link_.run("ANALYZE");
    backend_ = static_cast<pid_t>(link_.ask("SELECT pg_backend_pid()").take_number());
  }

  Run run(int commands, int batch) {
    Run out;
    const double cpu = thread_cpu_seconds();
    const double database = process_cpu_seconds(backend_);
    const double wall = wall_seconds();
    while (out.commands < commands) {
      const int size = std::min(batch, commands - out.commands);
      commit(size);
      out.commands += size;
    }
    out.cpu_us = (thread_cpu_seconds() - cpu) * 1e6 / commands;
    out.database_us = (process_cpu_seconds(backend_) - database) * 1e6 / commands;
    out.wall_us = (wall_seconds() - wall) * 1e6 / commands;
    return out;
  }

 private:
  void fill(int from, int until) {
    Array ids(Kind::bytes);
    Array persons(Kind::bytes);
    Array numbers(Kind::integer);
    Array at(Kind::integer);
    for (int i = from; i < until; ++i) {
      const auto n = static_cast<std::uint64_t>(i);
      ids.add(blob_of(id_of(1, n)));
      persons.add(blob_of(id_of(2, n)));
      numbers.add(duty_number(n));
      at.add(start_ms + i);
    }
    const std::string rows =
        " FROM unnest($1::bytea[], $2::bytea[], $3::bigint[], $4::bigint[]) AS u(id, person, no, at)";
    Params params;
    params.add(ids).add(persons).add(numbers).add(at).add(lab_).add(sender_).text(members("linked"));
    link_.send(
        "INSERT INTO tube SELECT 990121, id, 'T' || at, 'provisional', $6, person, NULL, $7, $5, NULL, at, "
        "NULL, "
        "'negative'" +
            rows,
        params);
    link_.send(
        "INSERT INTO duty SELECT no, 990121, 'OB-E3', 'OB-E3@04a2a63d452d.d3cb0779aefb1054', id, 'tube', $5, "
        "'LAA', "
        "at, at + 21600000, 0, at + 10800000, CASE WHEN length($7) > 0 AND length($6) > 0 THEN 'open' END, "
        "no, NULL, NULL" +
            rows,
        params);
    link_.sync();
  }

  void commit(int size) {
    const std::int64_t first = next_;
    ++batch_;
    crypto_generichash_init(&digest_, nullptr, 0, 32);
    Array tubes(Kind::bytes), states(Kind::text), at(Kind::integer), duties(Kind::integer),
        events(Kind::integer);
    Array commands(Kind::bytes), checks(Kind::bytes), bodies(Kind::text), effects(Kind::text),
        hashes(Kind::integer);
    for (int i = 0; i < size; ++i, ++next_) {
      const auto n = static_cast<std::uint64_t>(next_);
      tubes.add(blob_of(id_of(1, n)));
      states.add(std::string_view(members_));
      at.add(start_ms + 7'200'000 + next_);
      duties.add(duty_number(n));
      events.add(event_number(next_));
      commands.add(blob_of(id_of(3, n)));
      checks.add(std::string_view(chain(n)));
      bodies.add(std::string_view(body_));
      effects.add(std::string_view(effects_));
      hashes.add(next_ * 31);
    }
    // Each statement takes the arrays it names; an array is sent where it is needed, as the product sends it.
    const std::string tube_bytes = tubes.take(), at_bytes = at.take(), event_bytes = events.take(),
                      command_bytes = commands.take();
    const auto again = [](Params& to, Kind kind, const std::string& bytes) -> Params& {
      return to.array(kind, bytes);
    };
    link_.send("BEGIN");
    Params tube;
    again(tube, Kind::bytes, tube_bytes).add(states);
    again(tube, Kind::integer, at_bytes).add(actor_);
    link_.send(
        "UPDATE tube SET state = 'authorised', members = u.m, authoriser = $4, authorised_at = u.at, result "
        "= "
        "'negative' FROM unnest($1::bytea[], $2::text[], $3::bigint[]) AS u(id, m, at) WHERE home = 990121 "
        "AND "
        "tube.id = u.id",
        tube);
    Params duty;
    duty.add(duties);
    again(duty, Kind::integer, event_bytes);
    again(duty, Kind::integer, at_bytes);
    link_.send(
        "UPDATE duty SET state = 'discharged', met_by = u.e, met_at = u.at, step_at = NULL FROM "
        "unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS u(no, e, at) WHERE jurisdiction = 990121 AND "
        "duty.no = u.no",
        duty);
    Params event;
    again(event, Kind::integer, event_bytes);
    again(event, Kind::bytes, tube_bytes);
    again(event, Kind::integer, at_bytes);
    again(event, Kind::bytes, command_bytes);
    event.add(bodies).add(effects).add(checks).add(batch_).add(actor_).add(lab_);
    link_.send(
        "INSERT INTO event SELECT no, $8, 990121, 'screening.result_authorised', tube, at, at, c, $9, $10, "
        "'screening.authorise_result', '', 0, NULL, 0, 46, b, e, k FROM unnest($1::bigint[], $2::bytea[], "
        "$3::bigint[], $4::bytea[], $5::text[], $6::text[], $7::bytea[]) AS u(no, tube, at, c, b, e, k)",
        event);
    Params answer;
    again(answer, Kind::bytes, command_bytes).add(hashes);
    again(answer, Kind::integer, event_bytes);
    again(answer, Kind::integer, at_bytes).add(batch_).add(actor_);
    link_.send(
        "INSERT INTO answer SELECT 990121, c, $6, h, $5, no, 1, '', at FROM unnest($1::bytea[], "
        "$2::bigint[], "
        "$3::bigint[], $4::bigint[]) AS u(c, h, no, at)",
        answer);
    Params counter;
    counter.add(std::int64_t{size});
    link_.send(
        "INSERT INTO counter VALUES (990121, 'duty.discharged', 19190, 19190, 1, $1) ON CONFLICT "
        "(jurisdiction, "
        "measure, occurred_day, recorded_day, slot) DO UPDATE SET value = counter.value + excluded.value",
        counter);
    seal(first, size);
    link_.send("COMMIT");
    link_.sync();
  }

  std::string chain(std::uint64_t n) {
    bytes_.clear();
    for (const std::uint64_t kind : {1, 3, 7, 8}) bytes_ += blob_of(id_of(kind, n));
    bytes_ += "screening.result_authorised screening.authorise_result";
    bytes_.append(56, '\0');
    bytes_ += body_ + effects_;
    crypto_generichash_update(&digest_, reinterpret_cast<const unsigned char*>(bytes_.data()), bytes_.size());
    auto so_far = digest_;
    std::string out(32, '\0');
    crypto_generichash_final(&so_far, reinterpret_cast<unsigned char*>(out.data()), out.size());
    return out.substr(0, 8);
  }

  void seal(std::int64_t first, int size) {
    std::string digest(32, '\0');
    crypto_generichash_final(&digest_, reinterpret_cast<unsigned char*>(digest.data()), digest.size());
    const std::string before = link_bytes_ + digest + std::string(96, '\0');
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(link_bytes_.data()),
                       reinterpret_cast<const unsigned char*>(before.data()), before.size());
    const std::int64_t at = start_ms + 7'200'000 + next_;
    Params batch;
    batch.add(batch_).add(event_number(first)).add(event_number(next_ - 1)).add(std::int64_t{size}).add(at);
    batch.bytes(digest).bytes(link_bytes_);
    link_.send("INSERT INTO batch VALUES ($1, $2, $3, $4, $5, $1, $5, 46, 1, 0, '', $6, $7)", batch);
    Params head;
    head.add(batch_).add(next_).add(at).bytes(link_bytes_);
    link_.send(
        "UPDATE head SET batch = $1, next_n = $2, decided_at = $3, cursor1 = $1, link = $4 WHERE id = 1",
        head);
  }

  Link link_;
  pid_t backend_ = 0;
  std::string body_, effects_, bytes_, members_ = members("neg"), link_bytes_ = std::string(32, '\0');
  crypto_generichash_state digest_{};
  RawId actor_ = id_of(7, 1), lab_ = id_of(8, 1), sender_ = id_of(9, 1);
  std::int64_t next_ = 0, batch_ = 0;
};

RawPgRows::RawPgRows(const std::string& url, int tubes) : impl_(std::make_unique<Impl>(url, tubes)) {}
RawPgRows::~RawPgRows() = default;
RawPgRows::Run RawPgRows::run(int commands, int batch) { return impl_->run(commands, batch); }

}  // namespace fx::bench
