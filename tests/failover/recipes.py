"""The recipes that are compared: the chosen one and those it was chosen over (docs/decisions/0020)."""

from __future__ import annotations

import socket
import subprocess
import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "deploy" / "postgres-ha"))
from cluster import (BIN, CLIENT_PORT, DATABASE_PORT, HOSTS, PEER_PORT, Cluster, Host, Loopback, PatroniEtcd,  # noqa: E402
                     wait_for)


class PatroniEtcd3(PatroniEtcd):
    """The same etcd through its v3 protocol, whose driver in Patroni 3.0.2 may overwrite the leader key."""

    recipe = "etcd3"
    section = "etcd3"


class PatroniZooKeeper(PatroniEtcd):
    recipe = "zookeeper"

    def start_coordination(self) -> None:
        ensemble = "".join(f"server.{host.number + 1}={host.address}:{PEER_PORT}:{PEER_PORT + 10}\n" for host in self.hosts)
        for host in self.hosts:
            folder = host.folder / "zookeeper"
            folder.mkdir()
            self.give(folder)
            self.write(folder / "myid", f"{host.number + 1}\n")
            self.write(folder / "log4j.properties",
                       "log4j.rootLogger=INFO, CONSOLE\nlog4j.appender.CONSOLE=org.apache.log4j.ConsoleAppender\n"
                       "log4j.appender.CONSOLE.layout=org.apache.log4j.PatternLayout\n"
                       "log4j.appender.CONSOLE.layout.ConversionPattern=%d{ISO8601} %p %m%n\n")
            self.write(folder / "zoo.cfg",
                       f"tickTime=1000\ninitLimit=15\nsyncLimit=5\ndataDir={folder}\nclientPort={CLIENT_PORT}\n"
                       f"clientPortAddress={host.address}\nmaxSessionTimeout=40000\nadmin.enableServer=false\n"
                       f"4lw.commands.whitelist=ruok,srvr\nautopurge.purgeInterval=1\n{ensemble}")
            # zookeeper.jar of Debian names the jars it needs in its manifest.
            host.others.append(self.spawn(host, "zookeeper", [
                "java", "-Xmx256m", "-cp", f"{folder}:/usr/share/java/zookeeper.jar",
                "org.apache.zookeeper.server.quorum.QuorumPeerMain", str(folder / "zoo.cfg")]))
        wait_for("ZooKeeper to have a leader", 60, lambda: all(map(self.zookeeper_answers, self.hosts)))

    def zookeeper_answers(self, host: Host) -> bool:
        try:
            with socket.create_connection((host.address, CLIENT_PORT), 2) as connection:
                connection.sendall(b"srvr")
                return b"Mode:" in connection.recv(4096)
        except OSError:
            return False

    def coordination(self) -> str:
        hosts = "".join(f"\n    - {host.address}:{CLIENT_PORT}" for host in self.hosts)
        return f"zookeeper:\n  hosts:{hosts}"


class PgAutoFailover(Cluster):
    """pg_auto_failover 2.0: three data nodes and one monitor, which is a PostgreSQL of its own and not replicated."""

    recipe = "pg_auto_failover"

    def environment(self, host: Host) -> dict[str, str]:
        run = str(host.run)
        return super().environment(host) | {
            "XDG_RUNTIME_DIR": run, "XDG_CONFIG_HOME": f"{run}/config", "XDG_DATA_HOME": f"{run}/share",
            "PGHOST": str(self.sockets)}

    @property
    def sockets(self) -> Path:
        """One folder for the sockets of all nodes, since a standby copies the settings of its leader."""
        return self.folder / "sockets"

    def make_host(self, number: int, name: str) -> Host:
        host = super().make_host(number, name)
        host.port = DATABASE_PORT + number
        return host

    def make_database(self, host: Host) -> None:
        self.run_on(host, "database", [str(BIN / "initdb"), "-k", "-E", "UTF8", "--locale", "C.UTF-8", "-U", "postgres",
                                       "-A", "trust", "-D", str(host.data)])
        self.open_gate(host)

    def manager_command(self, host: Host) -> list[str]:
        return ["pg_autoctl", "run", "--pgdata", str(host.data)]

    def prepare(self, host: Host) -> None:
        """Made by pg_autoctl itself."""

    def open_gate(self, host: Host) -> None:
        with open(host.data / "postgresql.conf", "a", encoding="utf-8") as settings:
            settings.write(f"unix_socket_directories = '{self.sockets}'\nsynchronous_commit = on\nmax_connections = 200\n"
                           "wal_sender_timeout = 8s\nwal_receiver_timeout = 8s\nclient_connection_check_interval = 2s\n")
        with open(host.data / "pg_hba.conf", "a", encoding="utf-8") as rules:
            rules.write(f"host all all {self.place.network} trust\nhost replication all {self.place.network} trust\n")

    def start_coordination(self) -> None:
        self.sockets.mkdir()
        self.give(self.sockets)
        self.monitor = self.make_host(HOSTS, "monitor")
        address = self.monitor.address
        self.make_database(self.monitor)
        self.run_on(self.monitor, "monitor", [
            "pg_autoctl", "create", "monitor", "--pgdata", str(self.monitor.data), "--pgport", str(self.monitor.port),
            "--pgctl", str(BIN / "pg_ctl"), "--hostname", address, "--auth", "trust", "--no-ssl"])
        with open(self.monitor.data / "postgresql.conf", "a", encoding="utf-8") as settings:
            settings.write("pgautofailover.health_check_period = 2000\npgautofailover.health_check_timeout = 2000\n"
                           "pgautofailover.health_check_max_retries = 2\npgautofailover.health_check_retry_delay = 1000\n"
                           "pgautofailover.node_considered_unhealthy_timeout = 8000\n"
                           "pgautofailover.primary_demote_timeout = 8000\n")
        self.monitor.others.append(self.spawn(self.monitor, "monitor", self.manager_command(self.monitor)))
        wait_for("the monitor", 60, lambda: self.ask_monitor("SELECT 1") is not None)

    def ask_monitor(self, sql: str) -> str | None:
        done = subprocess.run(["psql", "-AtX", "-c", sql, f"host={self.monitor.address} port={self.monitor.port} "
                               "user=autoctl_node dbname=pg_auto_failover connect_timeout=2"],
                              capture_output=True, text=True, check=False, timeout=20)
        return done.stdout if done.returncode == 0 else None

    def answers(self, host: Host) -> bool:
        return self.ask(host, "SELECT 1") is not None

    def start_databases(self) -> None:
        uri = f"postgres://autoctl_node@{self.monitor.address}:{self.monitor.port}/pg_auto_failover?sslmode=disable"
        for host in self.hosts:
            if host.number == 0:
                self.make_database(host)
            self.run_on(host, "database", [
                "pg_autoctl", "create", "postgres", "--pgdata", str(host.data), "--pgport", str(host.port), "--pgctl",
                str(BIN / "pg_ctl"), "--hostname", host.address, "--name", host.name, "--listen", host.address,
                "--monitor", uri, "--auth", "trust", "--no-ssl", "--username", "postgres", "--dbname", "postgres"], 180)
            self.start_manager(host)
            wait_for(f"{host.name} to run", 120, partial(self.answers, host))


RECIPES: dict[str, type[Cluster]] = {
    kind.recipe: kind for kind in (PatroniEtcd, PatroniEtcd3, PatroniZooKeeper, PgAutoFailover)}


def places(recipe: str) -> int:
    """How many hosts that recipe stands on."""
    return HOSTS + (1 if recipe == PgAutoFailover.recipe else 0)


__all__ = ["RECIPES", "Cluster", "Host", "Loopback", "places"]
