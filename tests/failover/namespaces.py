"""Each host in a network namespace of its own, joined by a bridge in a hub where the clients live. Needs root."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "deploy" / "postgres-ha"))
from cluster import Failed, Loopback, send, wait_gone  # noqa: E402

CLONE_NEWNET = 0x40000000


def ip(*words: str, check: bool = True) -> bool:
    done = subprocess.run(["ip", *words], capture_output=True, text=True, check=False)
    if check and done.returncode != 0:
        raise Failed(f"ip {' '.join(words)}: {done.stderr.strip()}")
    return done.returncode == 0


class Namespaces(Loopback):
    network = "192.0.2.0/24"  # documentation addresses, seen by nobody outside these namespaces
    can_cut = True

    def __init__(self, hosts: int) -> None:
        self.hosts = hosts
        self.hub = f"fx{os.getpid()}hub"

    @staticmethod
    def permitted() -> bool:
        name = f"fx{os.getpid()}try"
        return os.geteuid() == 0 and ip("netns", "add", name, check=False) and ip("netns", "del", name, check=False)

    def name(self, host: int) -> str:
        return f"fx{os.getpid()}n{host + 1}"

    def address(self, host: int) -> str:
        return f"192.0.2.{11 + host}"

    def prefix(self, host: int) -> list[str]:
        return ["ip", "netns", "exec", self.name(host)]

    def open(self) -> None:
        """Makes hub and hosts, and moves this process into the hub. To be called before any thread starts."""
        ip("netns", "add", self.hub)
        ip("-n", self.hub, "link", "set", "lo", "up")
        ip("-n", self.hub, "link", "add", "br0", "type", "bridge")
        ip("-n", self.hub, "addr", "add", "192.0.2.1/24", "dev", "br0")
        ip("-n", self.hub, "link", "set", "br0", "up")
        for host in range(self.hosts):
            name, inner = self.name(host), f"v{host}"
            ip("netns", "add", name)
            ip("-n", self.hub, "link", "add", inner, "type", "veth", "peer", "name", "eth0", "netns", name)
            ip("-n", self.hub, "link", "set", inner, "master", "br0", "up")
            ip("-n", name, "addr", "add", f"{self.address(host)}/24", "dev", "eth0")
            ip("-n", name, "link", "set", "eth0", "up")
            ip("-n", name, "link", "set", "lo", "up")
        with open(f"/run/netns/{self.hub}", "rb") as namespace:
            libc = ctypes.CDLL(None, use_errno=True)
            if libc.setns(namespace.fileno(), CLONE_NEWNET) != 0:
                raise Failed(f"setns: {os.strerror(ctypes.get_errno())}")

    def cut(self, host: int, whole: bool) -> None:
        """Whole: the cable is out. Else: it no longer reaches the other hosts, while clients still reach it."""
        if whole:
            ip("-n", self.hub, "link", "set", f"v{host}", "down")
            return
        for other in range(self.hosts):
            if other != host:
                ip("-n", self.name(host), "route", "add", "blackhole", f"{self.address(other)}/32")

    def heal(self, host: int) -> None:
        ip("-n", self.hub, "link", "set", f"v{host}", "up")
        for other in range(self.hosts):
            if other != host:
                ip("-n", self.name(host), "route", "del", "blackhole", f"{self.address(other)}/32", check=False)

    def close(self) -> None:
        """Ends whatever still runs in these namespaces (all of it is ours) and removes them."""
        for host in range(self.hosts):
            listed = subprocess.run(["ip", "netns", "pids", self.name(host)], capture_output=True, text=True, check=False)
            pids = [int(pid) for pid in listed.stdout.split()]
            send(pids, signal.SIGKILL)
            wait_gone(pids, 5)
            ip("netns", "del", self.name(host), check=False)
        ip("netns", "del", self.hub, check=False)
