"""What an allotment says as a table, and in sum for each list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from huiqi.allocate.population import Outcome
from huiqi.allocate.population.problem import INFINITE, Number
from huiqi.entitlements.candidates import Allotted
from huiqi.language.benefit import RuleBook

_ALONE = "；只看一家定不了"  # true of one enterprise, but here all are looked at


def as_frame(found: Iterable[Allotted]) -> pl.DataFrame:
    """A row for each candidate of each list, in order; money in 元, null where it has no bound or is none."""
    rows = [
        (
            one.enterprise,
            one.item,
            one.benefit,
            one.standing.best,
            one.standing.worst,
            one.worth,
            one.standing.outcome.value,
            _yuan(one.standing.paid.low) if one.has_amount else None,
            _yuan(one.standing.paid.high) if one.has_amount else None,
            one.standing.because,
        )
        for one in found
    ]
    schema = {
        "编号": pl.String(),
        "项": pl.String(),
        "事项": pl.String(),
        "名次最好": pl.Int64(),
        "名次最差": pl.Int64(),
        "依据值": pl.String(),
        "结果": pl.String(),
        "金额最低": pl.Decimal(38, 2),
        "金额最高": pl.Decimal(38, 2),
        "理由": pl.String(),
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _yuan(fen: Number) -> Decimal | None:
    return None if fen == INFINITE else Decimal(int(fen)) / 100


@dataclass(frozen=True, slots=True)
class ListSummary:
    """One list in sum. ``low`` and ``high`` are what those who are in for certain get, in 分.

    ``set_aside`` did not take part because not everything was known of them.
    """

    id: str
    name: str
    rule: str
    candidates: int
    taken: int
    left: int
    undecided: int
    low: int
    high: int | None
    set_aside: int = 0


def summaries(
    book: RuleBook, found: Sequence[Allotted], set_aside: Mapping[str, int]
) -> Iterator[ListSummary]:
    """The lists of these benefits in sum, with how many did not take part in each."""
    for id_, apart in set_aside.items():
        yield _summary(book, id_, [one for one in found if one.benefit == id_], apart)


def _summary(book: RuleBook, id_: str, mine: Sequence[Allotted], apart: int) -> ListSummary:
    benefit = book.benefits[id_]
    counts = {outcome: sum(one.standing.outcome is outcome for one in mine) for outcome in Outcome}
    paid = [one.standing.paid for one in mine if one.standing.outcome is Outcome.IN and one.has_amount]
    high = sum(one.high for one in paid)
    return ListSummary(
        id=id_,
        name=benefit.name,
        rule=benefit.quota.words.replace(_ALONE, "") if benefit.quota else "",
        candidates=len(mine),
        taken=counts[Outcome.IN],
        left=counts[Outcome.OUT],
        undecided=counts[Outcome.OPEN],
        low=int(sum(one.low for one in paid)),
        high=None if high == INFINITE else int(high),
        set_aside=apart,
    )
