#!/usr/bin/python3
"""All three hosts of the recipe on this one machine, in a temporary folder, until they are told to stop.

    deploy/postgres-ha/cluster.py               start, say how to connect, stop on Ctrl-C or SIGTERM
    deploy/postgres-ha/cluster.py --seconds 60  the same, and stop by itself

Each host has a PostgreSQL 15 under Patroni and a member of etcd, configured from the templates beside this file. Hosts
are the loopback addresses 127.0.0.11 to .13. PostgreSQL refuses root, so root starts everything as `postgres`.
Everything ends by the process ids it was started with, and the folder goes.

The failover test (tests/failover/) starts its clusters through the same classes, with other places and coordinators.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2

HERE = Path(__file__).resolve().parent
BIN = Path("/usr/lib/postgresql/15/bin")
DATABASE_PORT, CLIENT_PORT, PEER_PORT, REST_PORT = 55432, 52379, 52380, 58008
HOSTS = 3


class Failed(Exception):
    """The cluster did not do what it was asked; the message is for a person."""


# ---- processes -------------------------------------------------------------------------------------------------------


def parents() -> dict[int, int]:
    """Every process of the machine and its parent."""
    found: dict[int, int] = {}
    for entry in os.scandir("/proc"):
        if not entry.name.isdigit():
            continue
        try:
            stat = Path(entry.path, "stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            continue
        found[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    return found


def tree(root: int) -> list[int]:
    """A process and all that descend from it; empty when it is gone."""
    parent_of = parents()
    if root not in parent_of:
        return []
    found = [root]
    for pid in found:
        found.extend(child for child, parent in parent_of.items() if parent == pid)
    return found


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def send(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass


def wait_gone(pids: Iterable[int], seconds: float) -> list[int]:
    """Waits; gives those that are still there."""
    until = time.monotonic() + seconds
    left = [pid for pid in pids if alive(pid)]
    while left and time.monotonic() < until:
        time.sleep(0.1)
        left = [pid for pid in left if alive(pid)]
    return left


def wait_for(what: str, seconds: float, test: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while not test():
        if time.monotonic() > until:
            raise Failed(f"waited {seconds:.0f} s for {what}")
        time.sleep(0.3)


# ---- places ----------------------------------------------------------------------------------------------------------


class Loopback:
    """Hosts are loopback addresses: nothing can be cut off, and no root is needed."""

    network = "127.0.0.0/8"
    can_cut = False

    def address(self, host: int) -> str:
        return f"127.0.0.{11 + host}"

    def prefix(self, host: int) -> list[str]:
        """What a command begins with to run on that host."""
        del host
        return []

    def open(self) -> None:
        pass

    def close(self) -> None:
        pass


def as_postgres() -> list[str]:
    """What a command begins with so that it does not run as root."""
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] if os.geteuid() == 0 else []


# ---- the cluster -----------------------------------------------------------------------------------------------------


@dataclass
class Host:
    number: int
    name: str
    address: str
    folder: Path
    port: int = DATABASE_PORT
    manager: subprocess.Popen[bytes] | None = None
    others: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def run(self) -> Path:
        return self.folder / "run"

    def postmaster(self) -> int | None:
        """The postmaster's pid, if it is really this host's."""
        try:
            pid = int((self.data / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
        except (OSError, ValueError):
            return None
        return pid if str(self.data) in command and alive(pid) else None

    def database_pids(self) -> list[int]:
        pid = self.postmaster()
        return tree(pid) if pid else []

    def manager_pids(self) -> list[int]:
        """The manager with its helpers, without the PostgreSQL it may have as a child."""
        if self.manager is None or self.manager.poll() is not None:
            return []
        database = set(self.database_pids())
        return [pid for pid in tree(self.manager.pid) if pid not in database]


class Cluster:
    """Three database hosts; what coordinates them is for the recipe to say."""

    recipe = "none"
    user = "postgres"
    database = "postgres"

    def __init__(self, place: Loopback, logs: Path) -> None:
        self.place = place
        self.logs = logs
        self.folder = Path()
        self.hosts: list[Host] = []
        self.passwords = {who: secrets.token_hex(12) for who in ("superuser", "replication", "rewind", "rest")}

    # What a recipe says of itself.

    def start_coordination(self) -> None:
        raise NotImplementedError

    def manager_command(self, host: Host) -> list[str]:
        raise NotImplementedError

    def prepare(self, host: Host) -> None:
        """Writes the host's configuration."""
        raise NotImplementedError

    def start_databases(self) -> None:
        for host in self.hosts:
            self.start_manager(host)

    # Starting.

    def start(self) -> None:
        self.logs.mkdir(parents=True, exist_ok=True)
        self.folder = Path(tempfile.mkdtemp(prefix="fx-ha-"))
        self.folder.chmod(0o755)
        self.place.open()
        for number in range(HOSTS):
            self.hosts.append(self.make_host(number, f"node{number + 1}"))
        self.start_coordination()
        for host in self.hosts:
            self.prepare(host)
        self.start_databases()
        wait_for("the cluster to be complete", 240, self.complete)

    def make_host(self, number: int, name: str) -> Host:
        folder = self.folder / name
        for part in (folder, folder / "run"):
            part.mkdir(mode=0o700)
            self.give(part)
        return Host(number, name, self.place.address(number), folder)

    def give(self, path: Path) -> None:
        if os.geteuid() == 0:
            shutil.chown(path, "postgres", "postgres")

    def fill(self, template: Path, into: Path, words: dict[str, str]) -> None:
        text = template.read_text(encoding="utf-8")
        for word, value in words.items():
            text = text.replace(f"@{word}@", value)
        self.write(into, text)

    def write(self, path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        self.give(path)

    def environment(self, host: Host) -> dict[str, str]:
        return {
            "PATH": f"{BIN}:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8",
            "HOME": str(host.folder),
            "PYTHONUNBUFFERED": "1",
        }

    def spawn(self, host: Host, name: str, command: list[str], more: dict[str, str] | None = None
              ) -> subprocess.Popen[bytes]:
        """Starts a process on a host, in a session of its own, its output in the log of that name."""
        with open(self.logs / f"{host.name}-{name}.log", "ab") as log:
            return subprocess.Popen(
                [*self.place.prefix(host.number), *as_postgres(), *command],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=host.folder, start_new_session=True,
                env=self.environment(host) | (more or {}))

    def run_on(self, host: Host, name: str, command: list[str], seconds: float = 120) -> None:
        process = self.spawn(host, name, command)
        if process.wait(seconds) != 0:
            raise Failed(f"{host.name}: {' '.join(command[:3])} … failed, see {host.name}-{name}.log")

    def start_manager(self, host: Host) -> None:
        """Starts the manager unless it runs."""
        if host.manager is None or host.manager.poll() is not None:
            host.manager = self.spawn(host, "database", self.manager_command(host))

    # Asking.

    def dsn(self, host: Host, seconds: int = 2) -> str:
        return (f"host={host.address} port={host.port} user={self.user} dbname={self.database} "
                f"password={self.passwords['superuser']} connect_timeout={seconds}")

    def ask(self, host: Host, sql: str, seconds: int = 3) -> list[tuple[Any, ...]] | None:
        """Rows, or nothing when that host does not answer in time."""
        connection = None
        try:
            connection = psycopg2.connect(self.dsn(host), options=f"-c statement_timeout={seconds}s", tcp_user_timeout=3000)
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(sql)
                rows: list[tuple[Any, ...]] = cursor.fetchall()
                return rows
        except psycopg2.Error:
            return None
        finally:
            if connection is not None:
                connection.close()

    def leader(self) -> Host | None:
        """The host that takes writes; of several, the one on the highest timeline."""
        best: tuple[int, Host] | None = None
        for host in self.hosts:
            rows = self.ask(host, "SELECT CASE WHEN pg_is_in_recovery() THEN 0 ELSE ('x' || substr(pg_walfile_name("
                                  "pg_current_wal_insert_lsn()), 1, 8))::bit(32)::int END")
            timeline: int = rows[0][0] if rows else 0
            if timeline > (best[0] if best else 0):
                best = (timeline, host)
        return best[1] if best else None

    def complete(self) -> bool:
        """One leader, two streaming standbys, at least one of them synchronous."""
        for host in self.hosts:
            if host.manager is not None and host.manager.poll() is not None:
                raise Failed(f"the manager of {host.name} ended, see {host.name}-database.log")
        leader = self.leader()
        if leader is None:
            return False
        rows = self.ask(leader, "SELECT count(*) FILTER (WHERE state = 'streaming'), count(*) FILTER (WHERE state = "
                                "'streaming' AND sync_state IN ('sync', 'quorum')) FROM pg_stat_replication "
                                "WHERE application_name LIKE 'node%' OR application_name LIKE 'pgautofailover%'")
        return rows is not None and rows[0][0] == HOSTS - 1 and rows[0][1] >= 1

    # Stopping: by the ids of what was started, and what descends from it.

    def stop(self) -> None:
        managers = [host.manager.pid for host in self.hosts if host.manager and host.manager.poll() is None]
        databases = [pid for host in self.hosts for pid in host.database_pids()]
        others = [process.pid for host in self.hosts for process in host.others if process.poll() is None]
        everything = {pid for root in (*managers, *others) for pid in tree(root)} | set(databases)
        send(everything, signal.SIGCONT)
        send(managers, signal.SIGTERM)
        self.reap(20)
        send((pid for host in self.hosts for pid in host.database_pids()), signal.SIGKILL)
        send(others, signal.SIGTERM)
        self.reap(5)
        send(wait_gone(everything, 2), signal.SIGKILL)
        wait_gone(everything, 5)
        self.place.close()
        if self.folder != Path():
            shutil.rmtree(self.folder, ignore_errors=True)

    def reap(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        processes = [host.manager for host in self.hosts if host.manager]
        if seconds <= 5:
            processes += [process for host in self.hosts for process in host.others]
        while any(process.poll() is None for process in processes) and time.monotonic() < until:
            time.sleep(0.2)


class PatroniEtcd(Cluster):
    """The recipe: Patroni, coordinated by three members of etcd through its v2 protocol."""

    recipe = "etcd"
    section = "etcd"

    def start_coordination(self) -> None:
        peers = ",".join(f"{host.name}=http://{host.address}:{PEER_PORT}" for host in self.hosts)
        for host in self.hosts:
            settings = host.folder / "etcd.env"
            self.fill(HERE / "etcd.env.in", settings, {
                "NAME": host.name, "ADDRESS": host.address, "ETCD_DATA": str(host.folder / "etcd"), "PEERS": peers,
                "PEER_PORT": str(PEER_PORT), "CLIENT_PORT": str(CLIENT_PORT)})
            lines = (line.split("=", 1) for line in settings.read_text(encoding="utf-8").splitlines()
                     if line.startswith("ETCD_"))
            host.others.append(self.spawn(host, "etcd", ["etcd"], {name: value for name, value in lines}))
        wait_for("etcd to have a leader", 60, lambda: all(map(self.etcd_answers, self.hosts)))

    def etcd_answers(self, host: Host) -> bool:
        try:
            with urllib.request.urlopen(f"http://{host.address}:{CLIENT_PORT}/health", timeout=2) as answer:
                return b'"true"' in answer.read()
        except OSError:
            return False

    def coordination(self) -> str:
        hosts = ",".join(f"{host.address}:{CLIENT_PORT}" for host in self.hosts)
        return f"{self.section}:\n  hosts: {hosts}"

    def prepare(self, host: Host) -> None:
        self.fill(HERE / "patroni.yml.in", host.folder / "patroni.yml", {
            "NAME": host.name, "ADDRESS": host.address, "NETWORK": self.place.network,
            "COORDINATION": self.coordination(), "DATA": str(host.data), "RUN": str(host.run), "WATCHDOG": "'off'",
            "LOCAL": "peer" if os.geteuid() == 0 else "scram-sha-256",
            "DATABASE_PORT": str(DATABASE_PORT), "REST_PORT": str(REST_PORT),
            **{f"{who.upper()}_PASSWORD": word for who, word in self.passwords.items()}})

    def complete(self) -> bool:
        """Also: a standby is named in the coordinator as one that may take over. Before that no failover is possible."""
        return super().complete() and any(map(self.names_successor, self.hosts))

    def names_successor(self, host: Host) -> bool:
        try:
            with urllib.request.urlopen(f"http://{host.address}:{REST_PORT}/cluster", timeout=3) as answer:
                members = json.load(answer)["members"]
        except (OSError, ValueError, KeyError):
            return False
        return any(member.get("role") == "sync_standby" for member in members)

    def manager_command(self, host: Host) -> list[str]:
        return ["patroni", str(host.folder / "patroni.yml")]


# ---- as a program ----------------------------------------------------------------------------------------------------


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seconds", type=float, default=0, help="stop by itself after that long")
    parser.add_argument("--logs", type=Path, help="keep the logs here (default: with the folder that goes)")
    options = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="fx-ha-logs-"))
    cluster = PatroniEtcd(Loopback(), options.logs or scratch)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    try:
        print("starting three hosts …", flush=True)
        cluster.start()
        leader = cluster.leader()
        addresses = ",".join(f"{host.address}:{DATABASE_PORT}" for host in cluster.hosts)
        print(f"folder    {cluster.folder}\nleader    {leader.name if leader else '?'}\n"
              f"connect   postgresql://postgres:{cluster.passwords['superuser']}@{addresses}/postgres"
              f"?target_session_attrs=read-write\n"
              f"members   patronictl -c {cluster.hosts[0].folder}/patroni.yml list\n"
              f"logs      {cluster.logs}\nCtrl-C stops everything and removes the folder.", flush=True)
        time.sleep(options.seconds or 10**9)
    except Failed as problem:
        print(f"cluster.py: {problem}", file=sys.stderr)
        return 1
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        cluster.stop()
        shutil.rmtree(scratch, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
