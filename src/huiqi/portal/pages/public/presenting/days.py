"""The same enterprise on other days: most support ends with a year, so the end of a year is worth a look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiqi.catalogue.fact_values import Facts
from huiqi.portal.pages.public.dates import today
from huiqi.portal.pages.public.presenting.results import range_words
from huiqi.portal.policies import selectors


@dataclass(frozen=True, slots=True)
class OtherDay:
    """What the same facts amount to on another day: the benefits within reach and their sum."""

    day: date
    is_today: bool
    count: int
    total: str


def other_days(facts: Facts, asked: date) -> list[OtherDay]:
    """Today and the last days of past years, without the one that is asked about."""
    now = today()
    days = [date(year, 12, 31) for year in selectors.years(now) if year < now.year] + [now]
    found = []
    for day in days:
        if day != asked:
            answer = selectors.advisor().answer(facts, day, trace=False)
            within = {result.benefit.id for result in answer.results if result.claimable}
            low, high = answer.plan.total_low, answer.plan.total_high
            found.append(OtherDay(day, day == now, len(within), range_words(low, high) if high else ""))
    return found
