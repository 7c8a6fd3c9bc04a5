"""Putting clauses into the library and searching them, as the library grows, beside FTS5's own trigrams.

Run it as ``python bench/search.py [--sizes 1000 20000 150000] [--text FILE]``. The clauses are made up by a
seeded maker of official-looking sentences; ``--text`` adds what a real text is read into. A question names
two things that one passage speaks of, out of order and with everyday words around them; whether that passage
is among the first ten is counted for both. The peer has the same passages in the same run, as an index
without text, and is timed for its query alone; ours ranks, names the exact clause, reads the documents and
marks words.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from huiqi.library.ingest import read
from huiqi.library.model import Clause, ClauseKind, Document, Level, Reading, Source, Span
from huiqi.library.search import Found, search
from huiqi.library.store import Library

T = TypeVar("T")

SIZES = (1_000, 20_000, 150_000)
QUESTIONS = 60
ITEMS = 6  # items of a document, each with as many subitems
PEER = "CREATE VIRTUAL TABLE peer USING fts5 (text, content = '', tokenize = 'trigram')"

WHO = ("企业", "小微企业", "个体工商户", "民营企业", "高新技术企业", "外贸企业", "物流企业")
OFFICES = ("市财政局", "市商务局", "市科技局", "市税务局", "县工信局", "省商务厅", "市人社局")
VERBS = ("支持", "鼓励", "推动", "引导", "规范", "加快", "优化", "落实", "完善", "降低", "简化", "建立")
ENDS = ("给予一次性奖励", "按比例给予补助", "依法予以减免", "延长办理期限", "实行告知承诺")
FIRMS = ("符合条件的", "首次入库的", "正常经营的", "信用良好的", "连续增长的", "受灾较重的")
ASKING = ("{0}{1}有补贴吗", "{1} {0} 怎么申请", "想问{0}的{1}能给多少钱", "{0}关于{1}找哪个部门")
SYLLABLES = (
    "设备更新技术改造研发投入首次贷款利息融资担保信用修复社会保险职业培训人才引进展览"
    "参加出口绿色制造仓储物流标准厂房用地保障电力报装数字转型知识产权专利转化品牌建设"
    "质量认证夜间消费直播养老托育污水处理节能降碳环评许可登记跨省通办简易注销"
)
NOUNS = 3_000
"""Made-up things that clauses speak of: many, and some far more often than others, as in real texts."""


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of the questions, and the share of them whose passage was among the first ten."""

    milliseconds: Sequence[float]
    found: float

    @property
    def median(self) -> float:
        return statistics.median(self.milliseconds)

    @property
    def p95(self) -> float:
        return sorted(self.milliseconds)[int(len(self.milliseconds) * 0.95)]

    def __str__(self) -> str:
        return f"{self.median:>6.1f} / {self.p95:<6.1f} {self.found:>5.2f}"


class Words:
    """The things that clauses speak of, told one at a time, the first ones most often."""

    def __init__(self) -> None:
        self._rng = random.Random(20241128)
        self.things = ["".join(self._rng.choices(SYLLABLES, k=self._rng.randint(2, 4))) for _ in range(NOUNS)]
        self._weights = [1 / (10 + rank) for rank in range(NOUNS)]

    def thing(self) -> str:
        return self._rng.choices(self.things, self._weights)[0]

    def one(self, words: Sequence[str]) -> str:
        return self._rng.choice(words)

    def number(self, most: int) -> int:
        return self._rng.randint(1, most)

    def sentence(self) -> str:
        """One official-looking sentence."""
        return (
            f"{self.one(VERBS)}{self.one(FIRMS)}{self.one(WHO)}开展{self.thing()}，对在{self.thing()}项目中完成"
            f"{self.thing()}的，{self.one(ENDS)}，每家不超过{self.number(90)}万元，期限{self.number(36)}个月。"
        )


def made_document(number: int, words: Words) -> Document:
    """One document of as many items and subitems as ``ITEMS`` says; its clauses have no place in a source."""

    def subitem(item: int, at: int) -> Clause:
        head = f"（{at}）{words.one(VERBS)}{words.thing()}。"
        text = f"{head}{words.sentence()}{words.sentence()}（责任单位：{words.one(OFFICES)}）"
        place = (f"main__para_{item}__subpara_{at}", ClauseKind.SUBITEM, f"{item}、（{at}）")
        return Clause(*place, text, (), number_length=3, heading_length=len(head) - 3)

    def item(at: int) -> Clause:
        head = f"{at}、{words.one(VERBS)}{words.thing()}"
        below = tuple(subitem(at, each) for each in range(1, ITEMS + 1))
        place = (f"main__para_{at}", ClauseKind.ITEM, f"{at}、")
        return Clause(*place, head, (), number_length=2, heading_length=len(head) - 2, children=below)

    main = Clause("main", ClauseKind.MAIN, "", "", (), children=tuple(map(item, range(1, ITEMS + 1))))
    return Document(
        id=f"made-{number}",
        title=f"关于{words.one(VERBS)}{words.thing()}的若干措施",
        number=f"青政〔2024〕{number}号",
        issuers=(words.one(OFFICES),),
        issued=date(2024, 1, 1) + timedelta(days=number % 366),
        level=Level.CITY,
        region="",
        clauses=(main,),
        span=Span(0, 0),
    )


def readings(clauses: int, real: Reading | None) -> Iterator[Reading]:
    """Sources with so many subitems in all, 100 documents each; the real text first when there is one."""
    words = Words()
    if real is not None:
        yield real
    documents = -(-clauses // ITEMS**2)
    for first in range(0, documents, 100):
        made = tuple(made_document(at, words) for at in range(first, min(first + 100, documents)))
        yield Reading(Source(f"made-{first}", "", "文本", "utf-8", ""), made)


def questions(library: Library) -> list[tuple[str, int]]:
    """Questions, each with the passage it was made of: two things that this speaks of, and everyday words."""
    rng = random.Random(7)
    ids = [identifier for (identifier,) in library.select("SELECT id FROM passage ORDER BY id")]
    found: list[tuple[str, int]] = []
    while len(found) < QUESTIONS:
        passage = rng.choice(ids)
        ((text,),) = library.select("SELECT text FROM passage WHERE id = ?", passage)
        named, _, rest = text.partition("，对在")[2].partition("项目中完成")
        if named:
            found.append((rng.choice(ASKING).format(named, rest.partition("的，")[0]), passage))
    return found


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Milliseconds that it took, and what it gave."""
    start = time.perf_counter()
    given = work()
    return (time.perf_counter() - start) * 1000, given


def ask_peer(peer: sqlite3.Connection, question: str) -> list[int]:
    """The first ten passages by any three characters of the question in a row."""
    threes = sorted({question[at : at + 3] for at in range(len(question) - 2)})
    match = " OR ".join(f'"{three}"' for three in threes)
    rows = peer.execute("SELECT rowid FROM peer WHERE text MATCH ? ORDER BY rank LIMIT 10", (match,))
    return [identifier for (identifier,) in rows]


def names(found: Found, library: Library, passage: int) -> bool:
    """Whether a passage is among the hits."""
    rows = library.select(
        "SELECT document.id, clause FROM part JOIN passage ON passage.id = part.passage"
        " JOIN document ON serial = document WHERE part.passage = ?",
        passage,
    )
    return any((hit.document.id, hit.clause) in rows for hit in found.hits)


def build_peer(library: Library, path: Path) -> sqlite3.Connection:
    """The same passages in an index of trigrams."""
    peer = sqlite3.connect(path)
    peer.execute(PEER)
    peer.executemany(
        "INSERT INTO peer (rowid, text) VALUES (?, ?)", library.select("SELECT id, text FROM passage")
    )
    peer.commit()
    return peer


def ask_both(library: Library, peer: sqlite3.Connection) -> tuple[Times, Times]:
    """Ask all questions of both, in turn, so that both meet the same machine."""
    asked = questions(library)
    search(library, asked[0][0])
    ask_peer(peer, asked[0][0])
    ours, theirs, found, theirs_found = [], [], 0, 0
    for question, passage in asked:
        took, answer = timed(partial(search, library, question))
        ours.append(took)
        found += names(answer, library, passage)
        took, rows = timed(partial(ask_peer, peer, question))
        theirs.append(took)
        theirs_found += passage in rows
    return Times(ours, found / len(asked)), Times(theirs, theirs_found / len(asked))


def measure(size: int, real: Reading | None, folder: Path) -> None:
    """Build a library of a size and its peer, ask both, and print a line."""
    path, peer_path = folder / f"{size}.sqlite3", folder / f"{size}-peer.sqlite3"
    made = list(readings(size, real))
    with Library.open(path) as library:
        seconds = sum(timed(partial(library.put, reading))[0] for reading in made) / 1000
        took, peer = timed(partial(build_peer, library, peer_path))
        ours, theirs = ask_both(library, peer)
        peer.close()
        ((passages,),) = library.select("SELECT passages FROM total")
    megabytes, theirs_megabytes = (each.stat().st_size / 1e6 for each in (path, peer_path))
    ratios = (seconds / took * 1000, megabytes / theirs_megabytes, ours.median / theirs.median)
    cells = (
        f"{passages:>8} {seconds:>7.1f} {megabytes:>7.1f} {ours}",
        f"{took / 1000:>7.1f} {theirs_megabytes:>7.1f} {theirs}",
        " ".join(f"{ratio:>5.1f}×" for ratio in ratios),
    )
    print(" | ".join(cells))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many clauses are made up")
    parser.add_argument("--text", type=Path, help="an official text that is put in too")
    given = parser.parse_args()
    real = read(given.text) if given.text else None
    head = f"{'build':>7} {'MB':>7} {'ms':^15} {'found':>5}"
    print(f"{QUESTIONS} questions; seconds to build, megabytes, milliseconds: median / 95th percentile")
    print(f"{'':>8} {'ours':^37} | {'FTS5 trigram':^37} | ours over trigram")
    print(f"{'passages':>8} {head} | {head} |  build     MB     ms")
    with tempfile.TemporaryDirectory() as folder:
        for size in given.sizes:
            measure(size, real, Path(folder))
    print("ours keeps sources, documents and passages, and answers with clauses; the peer has only its index")


if __name__ == "__main__":
    main()
