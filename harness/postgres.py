"""A PostgreSQL server of one's own, in a folder that may be thrown away: for the tests and for killing it.

``python -m harness.postgres start FOLDER`` makes and starts one and prints the address to give in
``HUIQI_DATABASE``; ``stop FOLDER`` ends it. Needs the server's programs (Debian: the package postgresql).
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

USER, NAME = "huiqi", "huiqi"
PLACES = ("/usr/lib/postgresql", "/usr/local/pgsql")
SETTINGS = ("listen_addresses=127.0.0.1", "max_connections=60", "log_min_messages=fatal")
"""Durability is left as it comes: fsync, synchronous_commit and full_page_writes are on."""


class NoServerError(RuntimeError):
    """The programs of the server are not on this machine, or it did not start."""


class Cluster:
    """One server in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.data = self.folder / "data"
        self._port = self.folder / "port"

    @property
    def address(self) -> str:
        """What goes into ``HUIQI_DATABASE``."""
        return f"postgresql://{USER}@127.0.0.1:{self._port.read_text().strip()}/{NAME}"

    def start(self) -> str:
        """Make the cluster when it is not there, start it, make the database, and return its address."""
        if not self.data.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            self._port.write_text(str(_free_port()))
            if os.geteuid() == 0:
                shutil.chown(self.folder, "postgres", "postgres")
            self._run("initdb", "-D", self.data, "-U", USER, "--auth=trust", "-E", "UTF8", "--data-checksums")
        self.begin()
        made = self._quiet("psql", *self._to("postgres"), "-c", f"CREATE DATABASE {NAME}")
        if made.returncode and "already exists" not in made.stderr:
            raise NoServerError(made.stderr.strip())
        return self.address

    def begin(self, patience: float = 60) -> None:
        """Start the server and wait until it answers; after a kill this includes recovery."""
        port = self._port.read_text().strip()
        options = " ".join(f"-c {each}" for each in (*SETTINGS, f"port={port}", "unix_socket_directories="))
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        self._run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-o", options, "-W", "start")
        end = time.monotonic() + patience
        while self._quiet("pg_isready", "-q", "-h", "127.0.0.1", "-p", port).returncode:
            if time.monotonic() > end:
                raise NoServerError((self.folder / "log").read_text(errors="replace")[-2000:])
            time.sleep(0.05)

    def kill(self) -> None:
        """``kill -9`` of the server and of everything that it started, without a word."""
        parent = int((self.data / "postmaster.pid").read_text().split()[0])
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True)
        for pid in (parent, *map(int, listed.stdout.split())):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        while _alive(parent):
            time.sleep(0.01)

    def stop(self) -> None:
        """End the server in good order."""
        self._quiet("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")

    def _to(self, database: str) -> Sequence[str]:
        return ("-h", "127.0.0.1", "-p", self._port.read_text().strip(), "-U", USER, "-qd", database)

    def _quiet(self, name: str, *rest: object) -> subprocess.CompletedProcess[str]:
        # the server refuses to run as root
        as_server = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*as_server, program(name), *map(str, rest)]
        return subprocess.run(command, capture_output=True, text=True, cwd=self.folder)

    def _run(self, name: str, *rest: object) -> None:
        done = self._quiet(name, *rest)
        if done.returncode:
            raise NoServerError(f"{name}: {(done.stderr or done.stdout).strip()}")


def program(name: str) -> str:
    """The path of one of the server's programs; the newest version when there are several."""
    found = shutil.which(name)
    if found is None:
        several = sorted(path for place in PLACES for path in Path(place).glob(f"*/bin/{name}"))
        found = str(several[-1]) if several else None
    if found is None:
        raise NoServerError(
            f"no {name} on this machine: install PostgreSQL's server (Debian: apt install postgresql)"
        )
    return found


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[-1].split()[0]
    except OSError:
        return False
    return state != "Z"


def main(arguments: Sequence[str]) -> int:
    """Start or stop the server in a folder."""
    if len(arguments) != 2 or arguments[0] not in ("start", "stop"):
        print("usage: python -m harness.postgres start|stop FOLDER", file=sys.stderr)
        return 2
    cluster = Cluster(Path(arguments[1]))
    try:
        if arguments[0] == "start":
            print(cluster.start())
        else:
            cluster.stop()
    except NoServerError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
