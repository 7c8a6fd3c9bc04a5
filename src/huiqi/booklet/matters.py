"""What the rules and the library know of each document, put together and in the order of the booklet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from huiqi.booklet.matching import as_document, paired
from huiqi.booklet.selection import Selection
from huiqi.evaluate.result import Result
from huiqi.language.benefit import Document as Policy
from huiqi.library.model import Document, Level


@dataclass(frozen=True, slots=True)
class Matter:
    """One document: ``policy`` as the rules know it, ``text`` as the library has it; one may be missing.

    ``results`` are its benefits, judged for anybody. ``key`` stays from edition to edition, ``anchor`` is its
    place in this one.
    """

    policy: Policy | None
    text: Document | None
    results: tuple[Result, ...] = ()
    key: str = ""
    anchor: str = ""

    @property
    def facts(self) -> Document:
        """The document by its names: what people wrote of it in the rules comes first, then its text."""
        if self.policy is None:
            assert self.text is not None  # one of the two is always there
            return self.text
        written = as_document(self.policy)
        if self.text is None:
            return written
        return replace(
            written,
            number=written.number or self.text.number,
            issuers=written.issuers or self.text.issuers,
            issued=written.issued or self.text.issued,
        )

    @property
    def title(self) -> str:
        """What it is called."""
        return self.facts.title or "（没有标题的文件）"

    @property
    def level(self) -> Level:
        """Who issued it."""
        if self.policy is not None and self.policy.level in tuple(Level):
            return Level(self.policy.level)
        return self.text.level if self.text is not None else Level.UNKNOWN

    @property
    def ids(self) -> frozenset[str]:
        """The ids that it has in the rules and in the library."""
        return frozenset(one.id for one in (self.policy, self.text) if one is not None)


def matters(
    policies: Sequence[Policy], documents: Sequence[Document], results: Iterable[Result], selection: Selection
) -> list[Matter]:
    """The documents of an edition: by level, the newest first, those without a date of issue last."""
    by_policy: dict[str, list[Result]] = {}
    for result in results:
        by_policy.setdefault(result.benefit.document.id, []).append(result)
    pairs = paired(policies, documents)
    known = {document.id for document in pairs.values()}
    found = [
        Matter(policy, pairs.get(policy.id), tuple(filter(selection.takes, by_policy.get(policy.id, ()))))
        for policy in policies
    ]
    found += [Matter(None, document) for document in documents if document.id not in known]
    chosen = [
        one
        for one in found
        if (not selection.levels or one.level.value in selection.levels)
        and (not selection.documents or selection.documents & one.ids)
        and (not selection.by_benefit or one.results)
    ]
    return list(_named(sorted(chosen, key=_order)))


def _order(one: Matter) -> tuple[int, int]:
    issued = one.facts.issued
    return list(Level).index(one.level), -(issued or date.min).toordinal()


def _named(found: Iterable[Matter]) -> Iterable[Matter]:
    """Every document with a key and an anchor of its own."""
    keys: Counter[str] = Counter()
    anchors: Counter[str] = Counter()
    for one in found:
        key = "".join((one.facts.number or one.title).split())
        anchor = f"document--{''.join(one.facts.id.split()).replace('/', '--')}"
        keys[key] += 1
        anchors[anchor] += 1
        yield replace(one, key=_nth(key, keys[key]), anchor=_nth(anchor, anchors[anchor]))


def _nth(name: str, number: int) -> str:
    return name if number == 1 else f"{name}#{number}"
