#!/usr/bin/python3
"""The failover proof: kill, freeze and cut off the leader under load, and count what was promised and is not there.

Called by ./fx test failover. Ends in one line:
    recipe acked N lost 0 doubled 0 two_leaders 0 longest_gap S s unknown N seed N
- acked        rows whose COMMIT was answered without a warning
- lost         acked rows that the leader's table does not have at the end, or did not have at a check between faults
- doubled      rows that are there more than once
- two_leaders  rows acknowledged on a timeline after a higher timeline had already acknowledged
- longest_gap  the longest time in which no writer was acknowledged anything
- unknown      COMMITs without a certain answer (each was asked for again by its key)
Every log stays in build/failover/<recipe>-<seed>/.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import threading
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "deploy" / "postgres-ha"))
sys.dont_write_bytecode = True
from cluster import Cluster, Failed, Host, Loopback, send, wait_for, wait_gone  # noqa: E402

import writers  # noqa: E402
from namespaces import Namespaces  # noqa: E402
from recipes import RECIPES, places  # noqa: E402
from writers import Ack, Target, Writer  # noqa: E402

LONGEST_GAP_ALLOWED = 30.0
WHOLE_AGAIN_SECONDS = 240


@dataclass
class Fault:
    kind: str  # kill, freeze, cut; a fourth hits the synchronous standby instead of the leader: standby
    what: str  # both | manager, postgres, both | whole, peers | kill, freeze, cut
    seconds: float  # until it is healed
    victim: str = ""
    began: float = 0.0
    gap: float = 0.0
    whole_again: float = 0.0
    lost: int = 0
    doubled: int = 0
    timelines: list[int] = field(default_factory=list)


def plan(options: argparse.Namespace, chance: random.Random) -> list[Fault]:
    low, high = options.freeze_seconds
    faults = [Fault("kill", "both", chance.uniform(1, 25)) for _ in range(options.kills)]
    faults += [Fault("freeze", ("manager", "postgres", "both")[n % 3], chance.uniform(low, high))
               for n in range(options.freezes)]
    faults += [Fault("cut", ("whole", "peers")[n % 2], chance.uniform(*options.cut_seconds)) for n in range(options.cuts)]
    faults += [Fault("standby", ("freeze", "cut", "kill")[n % 3], chance.uniform(*options.cut_seconds))
               for n in range(options.standbys)]
    chance.shuffle(faults)
    return faults


class Noise(threading.Thread):
    """How late this machine lets a sleeper wake: a recipe's timeouts must stand above it."""

    def __init__(self, log: Path) -> None:
        super().__init__(daemon=True)
        self.log, self.worst = log, 0.0

    def run(self) -> None:
        with open(self.log, "w", encoding="utf-8", buffering=1) as log:
            while True:
                worst, until = 0.0, time.monotonic() + 10
                while (now := time.monotonic()) < until:
                    time.sleep(0.05)
                    worst = max(worst, time.monotonic() - now - 0.05)
                self.worst = max(self.worst, worst)
                log.write(f"{time.strftime('%H:%M:%S')} load {os.getloadavg()[0]:.1f} latest wake {worst:.3f} s\n")


class Trial:
    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.chance = random.Random(options.seed)
        self.logs: Path = ROOT / "build" / "failover" / f"{options.recipe}-{options.seed}"
        shutil.rmtree(self.logs, ignore_errors=True)
        self.logs.mkdir(parents=True)
        self.events = open(self.logs / "events.log", "w", encoding="utf-8", buffering=1)
        self.place = Namespaces(places(options.recipe)) if Namespaces.permitted() else Loopback()
        self.cluster: Cluster = RECIPES[options.recipe](self.place, self.logs)
        self.writers: list[Writer] = []
        self.faults: list[Fault] = []
        self.noise = Noise(self.logs / "noise.log")
        self.broken = ""

    def say(self, text: str) -> None:
        line = f"{time.strftime('%H:%M:%S')} {text}"
        self.events.write(line + "\n")
        print(f"   {line}", flush=True)

    def acks(self) -> list[Ack]:
        return sorted((ack for writer in self.writers for ack in list(writer.acks)), key=lambda ack: ack.at)

    # ---- the run ----

    def run(self) -> int:
        if not self.place.can_cut:
            self.say("no network namespaces here (they need root): the cuts and the standby's faults are left out")
            self.options.cuts = self.options.standbys = 0
        try:
            began = time.monotonic()
            self.say(f"starting {self.options.recipe}, seed {self.options.seed}")
            self.cluster.start()
            self.say(f"complete after {time.monotonic() - began:.0f} s")
            self.start_writers()
            self.noise.start()
            self.rounds()
            return self.judge()
        except Failed as problem:
            self.say(f"broken: {problem}")
            return 1
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)
            for writer in self.writers:
                writer.stopping.set()
            self.cluster.stop()

    def start_writers(self) -> None:
        leader = self.cluster.leader()
        if leader is None:
            raise Failed("no leader")
        statements = writers.SCHEMA + ("CREATE ROLE fangxian LOGIN PASSWORD 'fangxian';"
                                       "GRANT ALL ON ledger TO fangxian;")
        if self.cluster.ask(leader, f"{statements} SELECT 1") is None:
            raise Failed("the table could not be made")
        targets = [Target(host.name, f"host={host.address} port={host.port} user=fangxian password=fangxian "
                                     f"dbname={self.cluster.database}") for host in self.cluster.hosts]
        writers.install()
        for number in range(self.options.writers):
            writer = Writer(number, targets, self.options.pace, self.options.seed, self.logs / f"writer-{number}.log",
                            self.options.trusting)
            writer.start()
            self.writers.append(writer)
        wait_for("every writer's first row", 60, lambda: all(writer.acks for writer in self.writers))

    def rounds(self) -> None:
        self.faults = plan(self.options, self.chance)
        for number, fault in enumerate(self.faults, 1):
            time.sleep(self.chance.uniform(2, 8))
            try:
                self.one(fault)
            except Failed as problem:
                self.broken = str(problem)
                self.say(f"{number}/{len(self.faults)} {fault.kind} {fault.what}: {problem}; no further faults")
                self.faults = self.faults[:number]
                return
            self.say(f"{number}/{len(self.faults)} {fault.kind} {fault.what} {fault.seconds:.0f} s on {fault.victim}: gap "
                     f"{fault.gap:.1f} s, whole again {fault.whole_again:.0f} s after healing, timelines "
                     f"{fault.timelines}, lost {fault.lost}, doubled {fault.doubled}")

    def one(self, fault: Fault) -> None:
        host = self.find(standby=fault.kind == "standby")
        fault.victim, fault.began = host.name, time.monotonic()
        if not host.manager_pids() or not host.database_pids():
            raise Failed(f"{host.name} has nothing to break")
        verb = fault.what if fault.kind == "standby" else fault.kind
        {"kill": self.kill, "freeze": self.freeze, "cut": self.cut}[verb](host, fault)
        healed = time.monotonic()
        wait_for(f"the cluster to be whole again ({WHOLE_AGAIN_SECONDS} s)", WHOLE_AGAIN_SECONDS, self.whole)
        fault.whole_again = time.monotonic() - healed
        before = {writer.number: len(writer.acks) for writer in self.writers}
        wait_for("every writer to be acknowledged again", 60,
                 lambda: all(len(writer.acks) > before[writer.number] for writer in self.writers))
        times = [fault.began] + [ack.at for ack in self.acks() if ack.at > fault.began] + [time.monotonic()]
        fault.gap = max(later - earlier for earlier, later in zip(times, times[1:]))
        fault.timelines = sorted({ack.timeline for ack in self.acks() if ack.at > fault.began})
        fault.lost, fault.doubled = self.compare()

    def find(self, standby: bool) -> Host:
        """The leader, or the standby its commits wait for."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            leader = self.cluster.leader()
            if leader is not None and not standby:
                return leader
            rows = self.cluster.ask(leader, "SELECT host(client_addr) FROM pg_stat_replication WHERE sync_state IN "
                                            "('sync', 'quorum') ORDER BY sync_priority LIMIT 1") if leader else None
            for host in self.cluster.hosts:
                if rows and host.address == rows[0][0]:
                    return host
            time.sleep(0.5)
        raise Failed("nobody to break: no leader or no synchronous standby for 60 s")

    def whole(self) -> bool:
        for host in self.cluster.hosts:
            if host.manager is not None and host.manager.poll() is not None:
                self.say(f"the manager of {host.name} had ended ({host.manager.returncode}) and is started again")
            self.cluster.start_manager(host)
        return self.cluster.complete()

    # ---- the faults ----

    def kill(self, host: Host, fault: Fault) -> None:
        postmaster = host.postmaster()
        send([postmaster] if postmaster else [], signal.SIGSTOP)  # so that it forks nobody while the list is made
        pids = host.manager_pids() + host.database_pids()
        send(pids, signal.SIGKILL)
        if host.manager is not None:
            host.manager.wait(10)
        if wait_gone(pids, 10):
            raise Failed(f"what was killed on {host.name} is still there")
        time.sleep(fault.seconds)
        self.cluster.start_manager(host)

    def freeze(self, host: Host, fault: Fault) -> None:
        manager = host.manager_pids() if fault.what != "postgres" else []
        send(manager, signal.SIGSTOP)
        database: list[int] = []
        if fault.what != "manager":
            postmaster = host.postmaster()
            send([postmaster] if postmaster else [], signal.SIGSTOP)
            database = host.database_pids()
            send(database, signal.SIGSTOP)
        time.sleep(fault.seconds)
        for pids in self.chance.sample([manager, database], 2):
            send(pids, signal.SIGCONT)

    def cut(self, host: Host, fault: Fault) -> None:
        assert isinstance(self.place, Namespaces)
        self.place.cut(host.number, whole=fault.what != "peers")
        time.sleep(fault.seconds)
        self.place.heal(host.number)

    # ---- the account ----

    def compare(self) -> tuple[int, int]:
        """Acknowledged rows the leader does not have, and rows it has more than once."""
        promised = {writer.number: {ack.n for ack in list(writer.acks)} for writer in self.writers}
        for _ in range(20):
            leader = self.cluster.leader()
            with writers.patience(60):
                rows = (self.cluster.ask(leader, "SELECT writer, n, count(*) FROM ledger GROUP BY writer, n", 60)
                        if leader else None)
            if rows is not None:
                break
            time.sleep(1)
        else:
            raise Failed("no leader could be asked for its rows")
        there = Counter({(writer, n): count for writer, n, count in rows})
        lost = sum((writer, n) not in there for writer, numbers in promised.items() for n in numbers)
        return lost, sum(count - 1 for count in there.values())

    def judge(self) -> int:
        time.sleep(3)
        stopped = time.monotonic()
        for writer in self.writers:
            writer.stopping.set()
        for writer in self.writers:
            writer.join(30)
        lost, doubled = self.compare()
        lost = max([lost, *(fault.lost for fault in self.faults)])
        doubled = max([doubled, *(fault.doubled for fault in self.faults)])
        acks = self.acks()
        highest = two_leaders = 0
        for ack in acks:
            two_leaders += ack.timeline < highest
            highest = max(highest, ack.timeline)
        times = [*(ack.at for ack in acks), max(acks[-1].at, stopped)]
        gap = max(later - earlier for earlier, later in zip(times, times[1:]))
        unknown = sum(writer.unknown for writer in self.writers)
        done = Counter(f"{fault.kind} {fault.what}" for fault in self.faults)
        line = (f"{self.options.recipe} acked {len(acks)} lost {lost} doubled {doubled} two_leaders {two_leaders} "
                f"longest_gap {gap:.1f} s unknown {unknown} seed {self.options.seed}")
        summary = {
            "line": line, "faults_done": done, "broken": self.broken, "timelines": highest,
            "refused_epochs": sum(writer.refused for writer in self.writers),
            "cancelled_waits": sum(writer.cancelled for writer in self.writers),
            "gap_by_fault": {kind: max(fault.gap for fault in self.faults if f"{fault.kind} {fault.what}" == kind)
                             for kind in done},
            "latest_wake_s": self.noise.worst, "faults": [asdict(fault) for fault in self.faults]}
        (self.logs / "summary.json").write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")
        with open(self.logs / "acks.tsv", "w", encoding="utf-8") as out:
            out.writelines(f"{ack.at:.3f}\t{ack.writer}\t{ack.n}\t{ack.timeline}\n" for ack in acks)
        self.say(f"faults {dict(done)}, timelines up to {highest}, cancelled waits {summary['cancelled_waits']}, epochs "
                 f"refused {summary['refused_epochs']}, latest wake of this machine {self.noise.worst:.1f} s")
        print(line, flush=True)
        self.events.write(line + "\n")
        good = not (lost or doubled or two_leaders or self.broken) and gap <= LONGEST_GAP_ALLOWED
        return 0 if good else 1


def main() -> int:
    parser = argparse.ArgumentParser(prog="./fx test failover", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--recipe", choices=sorted(RECIPES), default="etcd")
    parser.add_argument("--seed", type=int, default=int(time.time()) % 100000)
    parser.add_argument("--kills", type=int, default=15)
    parser.add_argument("--freezes", type=int, default=20)
    parser.add_argument("--cuts", type=int, default=6)
    parser.add_argument("--standbys", type=int, default=3, help="faults of the synchronous standby, besides")
    parser.add_argument("--freeze-seconds", type=float, nargs=2, default=(10, 120), metavar=("LEAST", "MOST"))
    parser.add_argument("--cut-seconds", type=float, nargs=2, default=(15, 60), metavar=("LEAST", "MOST"))
    parser.add_argument("--writers", type=int, default=6)
    parser.add_argument("--pace", type=float, default=0.05, help="seconds between the rows of one writer")
    parser.add_argument("--trusting", action="store_true",
                        help="writers do not refuse a lower epoch: shows what the recipe alone would lose")
    options = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(130))
    return Trial(options).run()


if __name__ == "__main__":
    sys.exit(main())
