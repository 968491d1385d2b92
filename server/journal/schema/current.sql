R"sql(
-- The journal of one realm: what is kept besides the fact tables. (The first and the last line make this file a C++
-- string; fact tables are made from the desks' described structs, see sqlite/facts.cpp.)
-- Times are milliseconds since 1970-01-01T00:00Z. Ids are 16 bytes. `no` is slot 9 bits, n 48 bits, ordinal 6 bits.

-- Where the ledger stands: one row, written last in every transaction. An update that finds another batch, epoch or
-- incarnation than this server knows matches nothing and the transaction is rolled back.
CREATE TABLE head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  ledger BLOB NOT NULL,                 -- 16 random bytes that name this ledger; the chain starts from them
  batch INTEGER NOT NULL,               -- last sealed batch, 0 at first
  epoch INTEGER NOT NULL,               -- raised by a failover
  slot INTEGER NOT NULL,                -- writer slot, 1…511
  incarnation INTEGER NOT NULL,         -- raised each time a server opens the ledger for writing
  next_n INTEGER NOT NULL,              -- next ledger number of the slot
  decided_at INTEGER NOT NULL,          -- ms, ledger time
  handoff_cursor INTEGER NOT NULL,      -- batch up to which all arrows were followed
  rhythm_cursor INTEGER NOT NULL,       -- ms, up to which periods of rhythms were opened
  reference_generation INTEGER NOT NULL,
  schema_generation INTEGER NOT NULL,   -- raised when a fact table is rebuilt
  audit INTEGER NOT NULL,               -- last line of the audit
  audit_link BLOB NOT NULL,             -- its link, 32 bytes
  link BLOB NOT NULL,                   -- of the last batch, 32 bytes
  answers_from INTEGER NOT NULL DEFAULT 0  -- ms: answers whose keys are older were dropped
) STRICT;

-- One row for each transaction: the seal. link = SHA-256(link before ‖ the columns above it ‖ digest).
CREATE TABLE batch (
  batch INTEGER PRIMARY KEY,
  epoch INTEGER NOT NULL,
  slot INTEGER NOT NULL,
  incarnation INTEGER NOT NULL,
  first INTEGER NOT NULL,               -- no of the first event, 0 when there is none
  last INTEGER NOT NULL,                -- no of the last event
  events INTEGER NOT NULL,              -- how many
  decided_at INTEGER NOT NULL,          -- ms, ledger time
  handoff_cursor INTEGER NOT NULL,
  rhythm_cursor INTEGER NOT NULL,       -- ms
  reference_generation INTEGER NOT NULL,
  schema_generation INTEGER NOT NULL,
  audit INTEGER NOT NULL,               -- last line of the audit after this batch
  audit_link BLOB NOT NULL,             -- its link, 32 bytes
  digest BLOB NOT NULL,                 -- BLAKE2b over the bytes of its events and frozen texts, 32 bytes
  answers INTEGER NOT NULL,             -- how many it gave
  answers_digest BLOB NOT NULL,         -- BLAKE2b over them in the order of their keys: apart, since they are dropped in time
  link BLOB NOT NULL                    -- 32 bytes
) STRICT;

-- What happened, appended once, never changed. Order is (batch, no).
CREATE TABLE event (
  no INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL,
  jurisdiction INTEGER NOT NULL,        -- GB/T 2260 code, home of `about`
  type TEXT NOT NULL,
  about BLOB NOT NULL,
  occurred_at INTEGER NOT NULL,         -- ms, as claimed
  recorded_at INTEGER NOT NULL,         -- ms, ledger time
  command BLOB NOT NULL,
  actor BLOB NOT NULL,                  -- account
  unit BLOB NOT NULL,
  operation TEXT NOT NULL,
  device TEXT NOT NULL,
  device_seq INTEGER NOT NULL,
  device_time INTEGER,                  -- ms, by the device's clock
  caused_by INTEGER NOT NULL,           -- no of the event a handoff or the timer followed, else 0
  reference_generation INTEGER NOT NULL,
  body TEXT NOT NULL,                   -- JSON of the described struct
  effects TEXT NOT NULL,                -- JSON of the duties and notices that followed; empty when none
  "check" BLOB NOT NULL                 -- first 8 bytes of the batch's running BLAKE2b up to here
) STRICT;
-- Its only further index: the history of one thing, for its page.
CREATE INDEX event_about ON event (about, batch);

-- Idempotency: what was answered to (actor, key). The key carries its time, so old answers are dropped by key range.
CREATE TABLE answer (
  key BLOB NOT NULL,
  actor BLOB NOT NULL,
  body_hash INTEGER NOT NULL,           -- 8 bytes of the hash of the command's body
  batch INTEGER NOT NULL,
  first INTEGER NOT NULL,               -- no of the first event, 0 when refused
  count INTEGER NOT NULL,               -- events
  refusals TEXT NOT NULL,               -- JSON, empty when accepted
  decided_at INTEGER NOT NULL,          -- ms
  PRIMARY KEY (key, actor)
) STRICT, WITHOUT ROWID;

-- Reads of identities, refusals, sign-ins, exports. Appended only; link = BLAKE2b(link before ‖ the line), 32 bytes.
CREATE TABLE audit (
  line INTEGER PRIMARY KEY,             -- 1, 2, 3 … without gaps
  batch INTEGER NOT NULL,
  at INTEGER NOT NULL,                  -- ms
  actor BLOB NOT NULL,                  -- account
  unit BLOB NOT NULL,
  kind TEXT NOT NULL,
  operation TEXT NOT NULL,
  code TEXT NOT NULL,                   -- of a refusal
  purpose TEXT NOT NULL,
  detail TEXT NOT NULL,                 -- JSON: ids, never names
  peer TEXT NOT NULL,
  link BLOB NOT NULL
) STRICT;
CREATE INDEX audit_actor ON audit (actor);

-- Sealed identities and texts: every version that an event names by its hash. Erased by destroying the person's key,
-- which lies outside this file. Cell-wide: no jurisdiction.
CREATE TABLE identity (
  seq INTEGER PRIMARY KEY,              -- batch · 2^20 + place in it: the latest version has the highest
  subject BLOB NOT NULL,                -- person, account or text
  kind TEXT NOT NULL,                   -- person | account | text
  cipher BLOB NOT NULL,
  hash TEXT NOT NULL                    -- of the cipher, as the event names it
) STRICT;
CREATE INDEX identity_subject ON identity (subject);

-- Blind index: keyed hashes under which an identity can be found. Cell-wide.
CREATE TABLE token (
  kind TEXT NOT NULL,
  token BLOB NOT NULL,
  subject BLOB NOT NULL,
  PRIMARY KEY (kind, token, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX token_subject ON token (subject);

-- Rule text, resolved value and ladder as they were when a duty opened; duties name them by key. Part of the digest.
CREATE TABLE frozen (
  key TEXT PRIMARY KEY,
  batch INTEGER NOT NULL,
  json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Counts at leaf level, moved by deltas and summed on reading; rebuilt by replay.
CREATE TABLE counter (
  jurisdiction INTEGER NOT NULL,
  measure TEXT NOT NULL,
  occurred_day INTEGER NOT NULL,        -- days since 1970-01-01 at +08:00
  recorded_day INTEGER NOT NULL,        -- so that "as shown then" needs no replay
  slot INTEGER NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (jurisdiction, measure, occurred_day, recorded_day, slot)
) STRICT, WITHOUT ROWID;

-- Rulebooks that were ever in force, whole.
CREATE TABLE rulebook_version (
  version TEXT PRIMARY KEY,
  loaded_at INTEGER NOT NULL,           -- ms
  content TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Shape of each fact table as it was built. Another shape at start: rebuilt by replay.
CREATE TABLE schema_info (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  columns TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql"
