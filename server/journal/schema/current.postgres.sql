R"sql(
-- The journal of one realm on PostgreSQL: the tables of current.sql, in PostgreSQL's types. (The first and the last line
-- make this file a C++ string; fact tables are made from the desks' described structs, see postgres/tables.cpp.)
-- Every number is a bigint, every text compares byte by byte, so that both engines order and store alike.
-- Differences: the writers' slots are rows of their own, since several servers write; jurisdiction, or the home county of
-- an id, leads the primary key of each large table and its rows are seen through `fx.places` only.

CREATE TABLE head (
  id bigint PRIMARY KEY CHECK (id = 1),
  schema_version bigint NOT NULL,         -- of this file: a newer one is refused
  ledger bytea NOT NULL,                  -- 16 random bytes that name this ledger; the chain starts from them
  system text COLLATE "C" NOT NULL,       -- identifier of the cluster that wrote last
  timeline bigint NOT NULL,               -- its timeline: another one is a failover and raises the epoch
  batch bigint NOT NULL,
  epoch bigint NOT NULL,
  decided_at bigint NOT NULL,             -- ms, ledger time
  handoff_cursor bigint NOT NULL,
  rhythm_cursor bigint NOT NULL,          -- ms
  reference_generation bigint NOT NULL,
  schema_generation bigint NOT NULL,
  audit bigint NOT NULL,
  audit_link bytea NOT NULL,
  link bytea NOT NULL,
  answers_from bigint NOT NULL DEFAULT 0  -- ms: answers whose keys are older were dropped
) WITH (fillfactor = 50);                 -- one row, rewritten by each batch

-- Who writes with which numbers. The lease is an advisory lock of the holder's session; `incarnation` is raised with
-- each lease, so that a holder that lost its session matches no row.
CREATE TABLE slot (
  slot bigint PRIMARY KEY CHECK (slot BETWEEN 1 AND 511),
  incarnation bigint NOT NULL,
  next_n bigint NOT NULL                  -- next ledger number of the slot
) WITH (fillfactor = 50);

CREATE TABLE batch (
  batch bigint PRIMARY KEY,
  epoch bigint NOT NULL,
  slot bigint NOT NULL,
  incarnation bigint NOT NULL,
  first bigint NOT NULL,
  last bigint NOT NULL,
  events bigint NOT NULL,
  decided_at bigint NOT NULL,
  handoff_cursor bigint NOT NULL,
  rhythm_cursor bigint NOT NULL,
  reference_generation bigint NOT NULL,
  schema_generation bigint NOT NULL,
  audit bigint NOT NULL,
  audit_link bytea NOT NULL,
  digest bytea NOT NULL,
  answers bigint NOT NULL,
  answers_digest bytea NOT NULL,
  link bytea NOT NULL
);

CREATE TABLE event (
  no bigint NOT NULL,
  batch bigint NOT NULL,
  jurisdiction bigint NOT NULL,
  type text COLLATE "C" NOT NULL,
  about bytea NOT NULL,
  occurred_at bigint NOT NULL,
  recorded_at bigint NOT NULL,
  command bytea NOT NULL,
  actor bytea NOT NULL,
  unit bytea NOT NULL,
  operation text COLLATE "C" NOT NULL,
  device text COLLATE "C" NOT NULL,
  device_seq bigint NOT NULL,
  device_time bigint,
  caused_by bigint NOT NULL,
  reference_generation bigint NOT NULL,
  body text COLLATE "C" NOT NULL,
  effects text COLLATE "C" NOT NULL,
  "check" bytea NOT NULL,
  PRIMARY KEY (jurisdiction, no)
);
-- In the ledger's order, which is the cell's and no county's.
CREATE INDEX event_no ON event (no);
CREATE INDEX event_about ON event (about, batch);

CREATE TABLE answer (
  home bigint NOT NULL,                   -- of the key
  key bytea NOT NULL,
  actor bytea NOT NULL,
  body_hash bigint NOT NULL,
  batch bigint NOT NULL,
  first bigint NOT NULL,
  count bigint NOT NULL,
  refusals text COLLATE "C" NOT NULL,
  decided_at bigint NOT NULL,
  PRIMARY KEY (home, key, actor)
);

CREATE TABLE audit (
  line bigint PRIMARY KEY,
  batch bigint NOT NULL,
  at bigint NOT NULL,
  actor bytea NOT NULL,
  unit bytea NOT NULL,
  kind text COLLATE "C" NOT NULL,
  operation text COLLATE "C" NOT NULL,
  code text COLLATE "C" NOT NULL,
  purpose text COLLATE "C" NOT NULL,
  detail text COLLATE "C" NOT NULL,
  peer text COLLATE "C" NOT NULL,
  link bytea NOT NULL
);
CREATE INDEX audit_actor ON audit (actor);

CREATE TABLE identity (
  seq bigint PRIMARY KEY,
  subject bytea NOT NULL,
  kind text COLLATE "C" NOT NULL,
  cipher bytea NOT NULL,
  hash text COLLATE "C" NOT NULL
);
CREATE INDEX identity_subject ON identity (subject);

CREATE TABLE token (
  kind text COLLATE "C" NOT NULL,
  token bytea NOT NULL,
  subject bytea NOT NULL,
  PRIMARY KEY (kind, token, subject)
);
CREATE INDEX token_subject ON token (subject);

CREATE TABLE frozen (
  key text COLLATE "C" PRIMARY KEY,
  batch bigint NOT NULL,
  json text COLLATE "C" NOT NULL
);

CREATE TABLE counter (
  jurisdiction bigint NOT NULL,
  measure text COLLATE "C" NOT NULL,
  occurred_day bigint NOT NULL,
  recorded_day bigint NOT NULL,
  slot bigint NOT NULL,
  value bigint NOT NULL,
  PRIMARY KEY (jurisdiction, measure, occurred_day, recorded_day, slot)
);

CREATE TABLE rulebook_version (
  version text COLLATE "C" PRIMARY KEY,
  loaded_at bigint NOT NULL,
  content text COLLATE "C" NOT NULL
);

CREATE TABLE schema_info (
  name text COLLATE "C" PRIMARY KEY,
  version bigint NOT NULL,
  columns text COLLATE "C" NOT NULL
);
)sql"
