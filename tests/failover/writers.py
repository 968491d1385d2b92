"""The load: writers that insert numbered rows and know, at every moment, what they were promised.

Each writer stands for one server of Fangxian and shares nothing with the others:
- every row is a transaction of its own: lock the key, look whether it is there, write, commit;
- every transaction reads the epoch (system identifier and timeline) and refuses one lower than the highest it saw;
- a COMMIT without an answer, or whose answer warns that the wait for the standby was cancelled, is unknown: it is asked
  for again by its key until it is certain, and only then does the writer go on to its next number;
- a row that is found when it is asked for again is written again before it counts: what one can read may not have
  reached a standby yet (a cancelled wait makes it visible all the same), but what is committed after it has.
No constraint keeps a key from being there twice: that the lock and the look suffice is part of what is tested.
"""

from __future__ import annotations

import random
import select
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2 import extensions

CONNECT_SECONDS, STATEMENT_SECONDS = 2.0, 5.0

SCHEMA = """
CREATE TABLE ledger (writer int NOT NULL, n bigint NOT NULL, timeline int NOT NULL, asked int NOT NULL DEFAULT 0);
CREATE INDEX ledger_key ON ledger (writer, n);
"""
EPOCH = ("SELECT (SELECT system_identifier::text FROM pg_control_system()), "
         "('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::bigint")


class Late(psycopg2.OperationalError):  # type: ignore[misc]  # psycopg2 of Debian has no types
    """No answer in time; the connection is given up, nothing is cancelled."""


class Refused(Exception):
    """The database's epoch is lower than one this writer has seen."""


_deadline = threading.local()


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """What this thread asks meanwhile may take that long in all."""
    _deadline.at = time.monotonic() + seconds
    try:
        yield
    finally:
        _deadline.at = 0.0


def wait(connection: extensions.connection) -> None:
    """Lets psycopg2 wait no longer than this thread's deadline, wherever the other side hangs."""
    until: float = getattr(_deadline, "at", 0.0) or time.monotonic() + STATEMENT_SECONDS
    while True:
        state = connection.poll()
        if state == extensions.POLL_OK:
            return
        left = until - time.monotonic()
        if left <= 0:
            raise Late("no answer in time")
        read = [connection.fileno()] if state == extensions.POLL_READ else []
        write = [connection.fileno()] if state == extensions.POLL_WRITE else []
        select.select(read, write, [], left)


@dataclass(frozen=True)
class Ack:
    at: float  # monotonic seconds
    writer: int
    n: int
    timeline: int


@dataclass(frozen=True)
class Target:
    name: str
    dsn: str


class Writer(threading.Thread):
    def __init__(self, number: int, targets: list[Target], pace: float, seed: int, log: Path, trusting: bool
                 ) -> None:
        super().__init__(name=f"writer-{number}", daemon=True)
        self.number, self.targets, self.pace = number, targets, pace
        self.trusting = trusting
        self.random = random.Random(f"{seed}/{number}")
        self.acks: list[Ack] = []
        self.unknown = self.refused = self.cancelled = 0
        self.seen: tuple[str, int] = ("", 0)
        self.stopping = threading.Event()
        self.connection: extensions.connection | None = None
        self.notices: list[str] = []
        self.at: Target | None = None
        self.log = open(log, "w", encoding="utf-8", buffering=1)

    def say(self, text: str) -> None:
        self.log.write(f"{time.strftime('%H:%M:%S')} {time.monotonic():.3f} {text}\n")

    def run(self) -> None:
        n = 1
        while not self.stopping.is_set():
            try:
                if self.connection is None and not self.find():
                    self.stopping.wait(0.3)
                    continue
                if self.write(n):
                    n += 1
                    self.stopping.wait(self.random.uniform(0.5, 1.5) * self.pace)
            except (psycopg2.Error, Refused, OSError) as problem:
                self.say(f"{self.at.name if self.at else '-'} n={n} {type(problem).__name__} {str(problem).strip()[:160]}")
                self.drop()
                self.stopping.wait(0.1)
        self.drop()
        self.log.close()

    def drop(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def find(self) -> bool:
        """Connects to a host that takes writes and is not behind; the one that failed last is asked last."""
        order = self.random.sample(self.targets, len(self.targets))
        order.sort(key=lambda target: target is self.at)
        for target in order:
            if self.stopping.is_set():
                return False
            try:
                _deadline.at = time.monotonic() + CONNECT_SECONDS
                self.connection = psycopg2.connect(target.dsn)
                self.connection.autocommit = True
                if self.ask("SHOW transaction_read_only") == [("off",)]:
                    self.at = target
                    self.check_epoch()
                    self.say(f"{target.name} epoch {self.seen[1]}")
                    return True
            except (psycopg2.Error, Refused, OSError):
                pass
            self.drop()
        return False

    def ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        assert self.connection is not None
        with self.connection.cursor() as cursor:
            cursor.execute(sql, values or None)
            rows: list[tuple[Any, ...]] = cursor.fetchall() if cursor.description else []
            return rows

    def check_epoch(self) -> int:
        [(system, timeline)] = self.ask(EPOCH)
        epoch: tuple[str, int] = (system, timeline)
        if self.seen[0] not in ("", epoch[0]) or epoch[1] < self.seen[1]:
            self.refused += 1
            if not self.trusting:
                raise Refused(f"epoch {epoch} after {self.seen}")
        self.seen = epoch
        return epoch[1]

    def write(self, n: int) -> bool:
        assert self.connection is not None
        _deadline.at = time.monotonic() + STATEMENT_SECONDS
        self.ask("BEGIN")
        self.ask("SELECT pg_advisory_xact_lock(%s, %s)", self.number, n)
        timeline = self.check_epoch()
        if self.ask("UPDATE ledger SET asked = asked + 1 WHERE writer = %s AND n = %s RETURNING n", self.number, n):
            self.say(f"n={n} was there when asked for again")
        else:
            self.ask("INSERT INTO ledger (writer, n, timeline) VALUES (%s, %s, %s)", self.number, n, timeline)
        self.connection.notices.clear()
        try:
            with self.connection.cursor() as cursor:
                cursor.execute("COMMIT")
                if cursor.statusmessage != "COMMIT":
                    return False
        except (psycopg2.Error, OSError):
            self.unknown += 1
            raise
        if any("canceling" in notice and "synchronous replication" in notice for notice in self.connection.notices):
            self.unknown += 1
            self.cancelled += 1
            self.say(f"n={n} committed, its wait for the standby was cancelled: unknown")
            return False
        self.acks.append(Ack(time.monotonic(), self.number, n, timeline))
        return True


def install() -> None:
    """Puts a deadline on every wait of psycopg2 in this process: a thread's own, else a few seconds a call."""
    extensions.set_wait_callback(wait)


__all__ = ["SCHEMA", "Ack", "Target", "Writer", "install", "patience"]
