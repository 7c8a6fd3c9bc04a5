"""Kill workers while cases run, and look each time whether anything is lost, twice, or half there.

``python -m harness.kills --count 10000`` on SQLite; with ``--postgres`` on a server of its own, and with
``--servers N`` that server is killed too, N times. ``--bug NAME`` puts a bug in, which must then be found.
``kill -9`` shows that what happens is whole or not at all; it does not show what a power failure leaves.
"""

from __future__ import annotations

import argparse
import mmap
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from harness.installation import prepare
from harness.postgres import Cluster

BUGS = (
    "no-transaction",
    "early-answer",
    "forgets-requests",
    "remembers-afterwards",
    "notifies-afterwards",
    "lists-afterwards",
)
BUGS_OF_POSTGRESQL = ("no-lock",)
"""SQLite has one writer at a time whatever is forgotten."""

WORKERS = 2
LOOK_EVERY, LOOK_EVERY_FOR_BUGS = 500, 25
LONGEST_LIFE = 0.06
"""Seconds that a worker lives at most, counted from when it is ready; the shortest life is none."""
AIMED = 0.5
"""Share of the kills that wait for a transaction to begin; the others fall where they fall."""


@dataclass
class Tally:
    """What was done and found."""

    kills: int = 0
    inside: int = 0
    server_kills: int = 0
    found: list[str] = field(default_factory=list)

    def line(self, where: str, seconds: float) -> str:
        """The result in a line."""
        from harness.verify import counted

        cases, entries, notices = counted()
        wrong = f"{len(self.found)} lost, twice or half"
        share = f"{100 * self.inside / self.kills:.1f} %" if self.kills else "-"
        servers = f", {self.server_kills} kills of the server" if self.server_kills else ""
        return (
            f"{where}: {self.kills} kills of workers, {share} inside a transaction{servers}; {cases} cases, "
            f"{entries} lines of logs, {notices} notices; {wrong}; {seconds:.0f} s"
        )


class Field:
    """The workers, their journals and the flags that say what they are doing."""

    def __init__(self, folder: Path, seed: int, bug: str) -> None:
        from harness.worker import Journal

        self.chance = random.Random(seed)
        self.bug = bug
        self.flags = mmap.mmap(-1, 2 * WORKERS)
        self.journals = [Journal(folder / f"journal-{place}") for place in range(WORKERS)]
        self.pids = [0] * WORKERS

    def spawn(self, place: int) -> None:
        """Fork a worker. The connection is closed before, so that none is shared."""
        from django.db import connections

        connections.close_all()
        self.flags[place], self.flags[WORKERS + place] = 0, 0
        seed = self.chance.getrandbits(48)
        self.pids[place] = os.fork()
        if self.pids[place] == 0:
            self._be_a_worker(place, seed)

    def _be_a_worker(self, place: int, seed: int) -> None:
        """Never returns: works until killed, or until the server under it is."""
        from harness import bugs
        from harness.worker import flagged, work

        def ready() -> None:
            self.flags[WORKERS + place] = 1

        try:
            journal = self.journals[place]
            if self.bug:
                bugs.BUGS[self.bug](journal)
            with flagged(self.flags, place):
                work(journal, seed, ready)
        except BaseException as error:
            if not self.expects(error):
                journal.write("X", "", f"{type(error).__name__}: {error}")
        os._exit(1)

    @staticmethod
    def expects(error: BaseException) -> bool:
        """A worker whose server is killed gives up; anything else that ends one is a fault."""
        from django.db import InterfaceError, OperationalError

        return isinstance(error, (InterfaceError, OperationalError))

    def wait_until_ready(self, place: int) -> None:
        """Wait until the worker has said that it begins, or is gone."""
        while not self.flags[WORKERS + place] and not self._gone(place):
            time.sleep(0.0005)

    def wait_until_inside(self, place: int) -> None:
        """Wait for a transaction to begin, not for long, and then for some moment of it."""
        end = time.monotonic() + LONGEST_LIFE
        while not self.flags[place] and time.monotonic() < end:
            time.sleep(0.0002)
        time.sleep(self.chance.random() * 0.003)

    def _gone(self, place: int) -> bool:
        return self.pids[place] == 0 or os.waitpid(self.pids[place], os.WNOHANG) != (0, 0)

    def kill(self, place: int) -> bool:
        """Kill a worker, and tell whether it was inside a transaction."""
        try:
            os.kill(self.pids[place], signal.SIGKILL)
        except ProcessLookupError:
            return False
        inside = bool(self.flags[place])
        try:
            os.waitpid(self.pids[place], 0)
        except ChildProcessError:
            return False
        return inside


def look(field_: Field, *, whole: bool) -> list[str]:
    """Everything that is not as it must be; of the cases only the youngest, unless ``whole``."""
    from harness.verify import broken_cases, broken_promises, gaps_in_numbers
    from huiqi.casework.models import Case

    cases = Case.objects.order_by("-pk").values_list("pk", flat=True)
    pks = list(cases if whole else cases[:20])
    faults = [str(more) for j in field_.journals for kind, _, more in j.lines() if kind == "X"]
    return [*faults, *broken_promises(field_.journals), *broken_cases(pks), *gaps_in_numbers()]


def run(
    folder: Path, count: int, *, seed: int, bug: str, servers: int, cluster: Cluster | None, end: float
) -> Tally:
    """Kill ``count`` workers and ``servers`` servers, up to ``end`` or the first thing that is wrong."""
    field_, tally = Field(folder, seed, bug), Tally()
    every = LOOK_EVERY_FOR_BUGS if bug else LOOK_EVERY
    for place in range(WORKERS):
        field_.spawn(place)
    while tally.kills < count and not tally.found and time.monotonic() < end:
        place = field_.chance.randrange(WORKERS)
        field_.wait_until_ready(place)
        time.sleep(field_.chance.random() * LONGEST_LIFE)
        if field_.chance.random() < AIMED:
            field_.wait_until_inside(place)
        tally.inside += field_.kill(place)
        tally.kills += 1
        if tally.kills % every == 0:
            _halt(field_)
            tally.found = look(field_, whole=bool(bug))
            _go_on(field_)
        else:
            field_.spawn(place)
    while cluster and tally.server_kills < servers and not tally.found:
        for place in range(WORKERS):
            field_.wait_until_ready(place)
        time.sleep(field_.chance.random() * 0.3)
        cluster.kill()
        _halt(field_)
        cluster.begin()
        tally.server_kills += 1
        tally.found = look(field_, whole=False)
        _go_on(field_)
    _halt(field_)
    tally.found = tally.found or look(field_, whole=True)
    return tally


def _halt(field_: Field) -> None:
    for place in range(WORKERS):
        field_.kill(place)


def _go_on(field_: Field) -> None:
    for place in range(WORKERS):
        field_.spawn(place)


@contextmanager
def _server(folder: Path, wanted: bool) -> Iterator[Cluster | None]:
    if not wanted:
        yield None
        return
    cluster = Cluster(folder / "server")
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()


def main(arguments: Sequence[str]) -> int:
    """Run from the command line; exit code 1 when something was found, or a bug was not."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--servers", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="kill no workers after that")
    parser.add_argument("--bug", default="", choices=("", *BUGS, *BUGS_OF_POSTGRESQL))
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="huiqi-kills-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with _server(folder, given.postgres) as cluster:
            prepare(folder, cluster.address if cluster else "")
            if given.bug == "no-lock":
                from harness.bugs import without_the_constraint

                without_the_constraint()
            begun = time.monotonic()
            tally = run(
                folder,
                given.count,
                seed=given.seed,
                bug=given.bug,
                servers=given.servers,
                cluster=cluster,
                end=begun + 60 * given.minutes,
            )
            where = ("PostgreSQL" if cluster else "SQLite") + (f", bug {given.bug}" if given.bug else "")
            print(tally.line(where, time.monotonic() - begun))
            for each in tally.found[:10]:
                print(f"  {each}")
    return int(bool(tally.found) != bool(given.bug))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
