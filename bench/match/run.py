"""Matching whole tables, beside others who work out the same twenty benefits from the same columns.

Run it as ``python bench/match/run.py [--rows N ...] [--full]``. Every measurement has a process of its own,
so that its peak memory is its own. First all peers are compared value for value, then timed; a peer without
unknowns (OpenFisca-core, Zen) has the table without nulls and is compared with the compiled loop on that.
Ours goes through the table in blocks of 50 000 rows; the made-up data is not in any time.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any as Anything

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("POLARS_MAX_THREADS", str(os.cpu_count() or 1))

from bench.match import tasks  # noqa: E402
from bench.match.subset import BENEFITS, DAY  # noqa: E402

SMALL, FULL = (100_000,), (100_000, 1_000_000, 5_000_000)
GROWTH = (1, 4)
LONG = 1_000_000
"""From so many rows on the whole catalogue goes through them once; it is warm by then."""
PEERS = (
    ("sums", "ours-sums", "ours on Polars"),
    ("sums", "machine-sums", "ours, compiled path"),
    ("sums", "fused-sums", "compiled loop (practical limit)"),
    ("sums", "memory", "memory bandwidth"),
    ("sums", "polars-sums", "Polars by hand"),
    ("sums", "polars-streaming-sums", "Polars by hand, streaming"),
    ("sums", "openfisca-sums", "OpenFisca-core, nothing unknown"),
    ("sums", "zen-expressions", "Zen expressions, extrapolated"),
    ("sums", "zen-decision", "Zen decision, extrapolated"),
    ("every", "ours-live", "ours on Polars, all but 不符合"),
    ("every", "ours-every", "ours on Polars, every answer"),
    ("every", "compiled-live", "ours, compiled path, all but 不符合"),
    ("every", "compiled-every", "ours, compiled path, every answer"),
    ("every", "fused-every", "compiled loop (practical limit)"),
    ("every", "polars-every", "Polars by hand"),
)

WHOLE = (
    ("catalogue-polars", "answers but 不符合, on Polars"),
    ("catalogue-compiled", "answers but 不符合, compiled path"),
    ("catalogue-sums", "sums, compiled path"),
)

COMMANDS = (
    ("match, only sums", ()),
    ("match --out", ("--out", "{out}")),
    ("match --out --plan", ("--out", "{out}", "--plan")),
)


def measured(task: str, rows: int, rounds: int, times: int = 1) -> dict[str, Anything]:
    """What a process of its own says of one task: seconds, memory and sums; or why it could not."""
    command = [sys.executable, __file__, "--task", task, "--rows", str(rows), "--rounds", str(rounds)]
    done = subprocess.run([*command, "--times", str(times)], capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]
        missing = said.startswith("ModuleNotFoundError") and task.startswith(("openfisca", "zen"))
        return {"error": "not installed (dependency group bench)" if missing else said}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def peak() -> float:
    """The most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def one_task(task: str, rows: int, rounds: int, times: int) -> None:
    """Do one task and print what it took."""
    if task == "agree":
        print(json.dumps({"differences": tasks.agree(rows)}))
        return
    work = tasks.make(task, rows, times)
    if rounds > 1:
        work.run()
    before = work.peak_before or peak()
    seconds = [work.run() for _ in range(rounds)]
    told = {
        "seconds": seconds,
        "prepared": work.prepared,
        "before": before,
        "peak": peak(),
        "sums": work.sums,
    }
    complete = [list(one) for one in work.complete()] if work.complete else []
    print(json.dumps({**told, "pairs": work.pairs, "complete": complete}))


def compare(rows: int, rounds: int, skipped: Sequence[str]) -> None:
    """The table of one size."""
    print(f"\n### {rows:,} rows\n")
    print(
        "| what | | seconds (least) | ours = 1 | million pairs a second | peak MB | made ready, s | agrees |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    found = [
        (kind, name, words, measured(name, rows, rounds))
        for kind, name, words in PEERS
        if not name.startswith(tuple(skipped))
    ]
    known = {name: told for _, name, _, told in found}
    for kind, name, words, told in found:
        if "error" in told:
            print(f"| {kind} | {words} | | | | | | {told['error']} |")
            continue
        seconds = statistics.median(told["seconds"])
        own = known.get("ours-sums" if kind == "sums" else "ours-live", {}).get("seconds")
        ratio = f"{seconds / statistics.median(own):.3g}" if own else ""
        cells = (
            f"{seconds:.3g} ({min(told['seconds']):.3g})",
            ratio,
            f"{rows * len(BENEFITS) / seconds / 1e6:.3g}",
            f"{told['peak']:.0f} ({told['before']:.0f} before)",
            f"{told['prepared']:.2g}",
            agreement(name, told, known),
        )
        print(f"| {kind} | {words} | {' | '.join(cells)} |")


def agreement(name: str, told: dict[str, Anything], known: dict[str, dict[str, Anything]]) -> str:
    """Whether the sums are those of the compiled loop over the same table."""
    if name == "fused-sums" or not told["sums"]:
        return ""
    base = known.get("fused-sums", {}).get("complete" if name.startswith("openfisca") else "sums")
    if base is None:
        return "not compared"
    return "yes" if told["sums"] == base else "NO"


def grow(sizes: Sequence[int], rounds: int) -> None:
    """Ours over the whole catalogue and a made-up district, once and four times, as the rows grow."""
    print("\n### ours over the whole catalogue and the enterprises of `huiqi sample`, in blocks\n")
    print(
        "| what | catalogue | rows | seconds | million pairs a second | beside the first | peak MB"
        " | made ready, s |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, words in WHOLE:
        first = 0.0
        for times in GROWTH:
            for rows in sizes:
                start = f"| {words} | {times}× | {rows:,} |"
                told = measured(name, rows, rounds if rows < LONG else 1, times)
                if "error" in told:
                    print(f"{start} {told['error']} | | | | |")
                    continue
                seconds = statistics.median(told["seconds"])
                each = seconds / told["pairs"]
                first = first or each
                cells = (f"{seconds:.3g}", f"{1 / each / 1e6:.3g}", f"{each / first:.2f}×")
                print(f"{start} {' | '.join(cells)} | {told['peak']:.0f} | {told['prepared']:.2g} |")


def whole_commands(sizes: Sequence[int]) -> None:
    """``huiqi match`` from file to file, as a user runs it: seconds and memory as the table grows."""
    print("\n### the command, from a Parquet file of `huiqi sample`\n")
    print("| command | rows | seconds | thousand rows a second | peak MB |")
    print("| --- | --- | --- | --- | --- |")
    huiqi = [str(Path(sys.executable).with_name("huiqi"))]
    with tempfile.TemporaryDirectory() as folder:
        table, out = f"{folder}/people.parquet", f"{folder}/out.parquet"
        for rows in sizes:
            subprocess.run([*huiqi, "sample", "--n", str(rows), "--out", table], check=True)
            for words, options in COMMANDS:
                asked = [*huiqi, "match", table, "--on", DAY.isoformat(), "--json"]
                asked += [one.format(out=out) for one in options]
                seconds, most = _command(asked)
                print(f"| {words} | {rows:,} | {seconds:.3g} | {rows / seconds / 1000:.3g} | {most:.0f} |")


def _command(asked: Sequence[str]) -> tuple[float, float]:
    """Seconds and the most memory, in MB, of a command of its own."""
    start = time.perf_counter()
    running = subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(running.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{' '.join(asked)} did not end well")
    return time.perf_counter() - start, used.ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=SMALL, help="how many enterprises")
    parser.add_argument("--full", action="store_true", help="100 000, 1 000 000 and 5 000 000 enterprises")
    parser.add_argument("--rounds", type=int, default=3, help="rounds after one that does not count")
    parser.add_argument("--only", choices=("peers", "catalogue", "commands"), help="one of the parts")
    peers = sorted({name.partition("-")[0] for _, name, _ in PEERS})
    parser.add_argument("--skip", nargs="+", default=[], choices=peers, help="peers left out this time")
    parser.add_argument("--task", help=argparse.SUPPRESS)
    parser.add_argument("--times", type=int, default=1, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.task:
        one_task(given.task, given.rows[0], given.rounds, given.times)
        return
    sizes = FULL if given.full else given.rows
    print(
        f"{len(BENEFITS)} benefits on {DAY}, one value in seven unknown, {os.cpu_count()} cores, load",
        end=" ",
    )
    print(f"{os.getloadavg()[0]:.1f}; medians of {given.rounds}")
    if given.only in (None, "peers"):
        told = measured("agree", min(sizes), 1)
        print("\nvalue for value:", told.get("error") or "; ".join(told["differences"]) or "all agree")
        for rows in sizes:
            compare(rows, given.rounds, given.skip)
    if given.only in (None, "catalogue"):
        grow(sizes, given.rounds)
    if given.only in (None, "commands"):
        whole_commands(sizes)


if __name__ == "__main__":
    main()
