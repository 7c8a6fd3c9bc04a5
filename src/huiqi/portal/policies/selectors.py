"""Reading the catalogue: one copy for the process, loaded when the portal starts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from django.conf import settings

from huiqi.catalogue.load import Catalogue, load_catalogue
from huiqi.entitlements.answer import Advisor
from huiqi.entitlements.kinds import Kind, kind_of
from huiqi.entitlements.telling import worth
from huiqi.evaluate.result import Result, Verdict
from huiqi.language import syntax as s
from huiqi.language.benefit import Benefit, Document, StackingRule
from huiqi.language.words import day_words


@dataclass(frozen=True, slots=True)
class Listed:
    """A benefit as lists show it: whether it applies on the day, its worth to anybody, until when.

    ``has_figure`` when its worth can be said without knowing whose it is.
    """

    benefit: Benefit
    in_force: bool
    worth: str
    until: str
    has_figure: bool

    @property
    def kind(self) -> Kind:
        """What kind of help it is."""
        return kind_of(self.benefit.form)


@cache
def catalogue() -> Catalogue:
    """The catalogue of this installation; raises ``CatalogueError`` when it has mistakes."""
    return load_catalogue(settings.CATALOGUE_ROOT)


@cache
def advisor() -> Advisor:
    """Who answers about the catalogue; making one takes longer than asking it."""
    return Advisor(catalogue())


def document(identifier: str) -> Document | None:
    """The document with an id."""
    return next((one for one in catalogue().documents if one.id == identifier), None)


def benefits_of(found: Document) -> list[Benefit]:
    """The benefits of a document, in its order."""
    return [one for one in catalogue().benefits.values() if one.document.id == found.id]


def stacking_of(benefit: Benefit) -> list[StackingRule]:
    """The rules of 同享限制 that touch a benefit."""
    return [rule for rule in catalogue().book.stacking if benefit.id in rule.benefits]


@lru_cache(maxsize=64)
def of_anybody(day: date) -> dict[str, Result]:
    """Every benefit judged for somebody of whom nothing is known: in force or not, and within what bounds."""
    return {result.benefit.id: result for result in advisor().results({}, day, trace=False)}


def listed(benefits: Iterable[Benefit], day: date) -> list[Listed]:
    """Benefits as a list shows them on a day."""
    known = of_anybody(day)
    return [_listed(benefit, known[benefit.id]) for benefit in benefits]


def _listed(benefit: Benefit, result: Result) -> Listed:
    return Listed(
        benefit,
        result.verdict is not Verdict.OUT_OF_PERIOD,
        worth_words(result),
        period_words(benefit, result.on),
        result.amount is not None and result.amount.high is not None and benefit.uncomputable is None,
    )


def worth_words(result: Result) -> str:
    """What a benefit is worth to somebody unknown: its ceiling if there is one, else how it is reckoned."""
    if result.benefit.uncomputable is not None:
        return "没有写明标准"
    return worth(result) or "按实际情况算"


def period_words(benefit: Benefit, day: date) -> str:
    """Until when, or since when not any more, as seen from a day."""
    period = benefit.period
    if period.end is not None and period.end < day:
        return f"{day_words(period.end)}已到期"
    if period.start is not None and period.start > day:
        return f"{day_words(period.start)}才开始"
    return f"到{day_words(period.end)}" if period.end else "未写终止日"


def overlaps(benefit: Benefit, year: int) -> bool:
    """Whether a benefit was in force on some day of a year; a later law that stopped it counts."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    stops = [law.start for law in benefit.later_laws if law.effect == "停止" and law.confirmed]
    if stops and min(stops) <= first:
        return False
    period = benefit.period
    return (period.start is None or period.start <= last) and (period.end is None or period.end >= first)


def years(today: date) -> list[int]:
    """The years worth offering: from the first that a benefit names to this one."""
    starts = [one.period.start.year for one in catalogue().benefits.values() if one.period.start is not None]
    return list(range(min([*starts, today.year]), today.year + 1))


def matching(benefits: Iterable[Benefit], query: str) -> list[Benefit]:
    """The benefits whose name, summary, department or document has every word of the query in it."""
    words = _folded(query).split()
    return [one for one in benefits if all(word in _searched(one) for word in words)]


def _searched(one: Benefit) -> str:
    return _folded("\n".join([one.name, one.summary, one.document.title, *one.departments]))


def _folded(text: str) -> str:
    """Full-width letters and digits, and capitals, make no difference to a search."""
    return unicodedata.normalize("NFKC", text).casefold()


def names_in_use(key: str, day: date) -> frozenset[str]:
    """The options of a choice (``事实`` or ``集合.字段``) that a benefit in force on the day asks about."""
    book = catalogue().book
    known = of_anybody(day)
    trees: list[s.Node] = [rule.body for rule in book.rules.values()]
    for benefit in book.benefits.values():
        if known[benefit.id].verdict is not Verdict.OUT_OF_PERIOD:
            trees.append(benefit.condition)
            trees += [benefit.amount.total] if benefit.amount else []
    return frozenset(option for tree in trees for option in _options_compared(tree, key))


def _options_compared(tree: s.Node, key: str) -> Iterable[str]:
    for node in s.walk(tree):
        if isinstance(node, s.Compare):
            pair: tuple[s.Node, ...] = (node.left, node.right)
        elif isinstance(node, s.Member):
            pair = (node.item, *node.options)
        else:
            continue
        if any(isinstance(part, s.Fact) and part.key == key for part in pair):
            for part in pair:
                if isinstance(part, s.Literal) and isinstance(part.value, str):
                    yield part.value
