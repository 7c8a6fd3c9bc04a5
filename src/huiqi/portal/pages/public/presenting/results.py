"""Results in groups, with what is missing and the money so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from huiqi.entitlements.answer import Answer
from huiqi.entitlements.reasons import (
    MASK,
    WHOLE_DEPTH,
    Hidden,
    Reason,
    hidden_conditions,
    nothing_hidden,
    reasons,
)
from huiqi.evaluate.counterfactual import Way
from huiqi.evaluate.result import AmountRange, Result, Unmet, Verdict
from huiqi.language.units import money_words, quantity_words
from huiqi.language.vocabulary import declaration_of
from huiqi.portal.policies import selectors
from huiqi.portal.screening.standing import Tally

_LISTED_DEPTH = 3
"""How deep the reasons go in a list of results; the page about one result tells them whole."""

# The groups of a results page, best first, with what each means.
GROUPS = (
    (Verdict.ELIGIBLE, "条件全部满足。"),
    (Verdict.LIKELY, "能由程序判断的条件都满足，但还要看评审、名额、裁量，或有待核实的地方。"),
    (Verdict.INCOMPLETE, "还差几项情况没有说，补上就能定。"),
    (Verdict.INELIGIBLE, "至少有一个条件没有满足。"),
    (Verdict.UNCOMPUTABLE, "文件许诺支持，但没有写出标准，无法计算。"),
    (Verdict.OUT_OF_PERIOD, "这一天不在政策的起止日期里。"),
)


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact that would settle something: the key to ask it by, what it is called, what is asked."""

    key: str
    name: str
    question: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One result as a page shows it."""

    result: Result
    missing: tuple[MissingFact, ...]
    missing_for_amount: tuple[MissingFact, ...]
    unmet: tuple[Unmet, ...]
    ways: tuple[Way, ...]
    hidden: Hidden
    depth: int

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The tree of its conditions; made when it is looked at, because lists show few of them."""
        return reasons(self.result.why, self.hidden, self.depth)

    @property
    def amount_reasons(self) -> tuple[Reason, ...]:
        """The tree of its amount; nothing for a figure that is simply written down."""
        return reasons(self.result.amount_why, self.hidden, self.depth)

    @property
    def title(self) -> str:
        """The benefit's name, with its subject where there is one."""
        name = self.result.benefit.name
        return f"{name}（{self.result.subject}）" if self.result.subject else name

    @property
    def amount(self) -> str:
        """How much, in words; nothing where there is no figure."""
        amount = self.result.amount
        if amount is None or self.result.verdict in (Verdict.INELIGIBLE, Verdict.UNCOMPUTABLE):
            return ""
        return amount_words(amount)

    @property
    def unconfirmed(self) -> list[str]:
        """Parameters that went into the amount and were not seen in an official source."""
        said = "".join(reservation.words for reservation in self.result.reservations)
        return [name for name in self.result.unconfirmed if f"“{name}”" not in said]

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The parts of the amount (明细), each in words."""
        amount = self.result.amount
        if amount is None or amount.high is None:
            return []
        return [
            (part.name, amount_words(replace(amount, low=part.low, high=part.high, parts=())))
            for part in amount.parts
        ]


def amount_words(amount: AmountRange) -> str:
    """How much, for people: a range that begins at nothing is said by its end."""
    if amount.low or amount.low == amount.high:
        return amount.words()
    if amount.high is None:
        return "按实际情况算"
    return f"最多{quantity_words(amount.high, amount.type.dimension, amount.type.unit)}"


@dataclass(frozen=True, slots=True)
class Group:
    """The results with one verdict."""

    verdict: Verdict
    meaning: str
    shown: tuple[Shown, ...]


def personal(key: str) -> bool:
    """Whether a fact is personal (敏感)."""
    return declaration_of(selectors.catalogue().vocabulary, key).sensitive


def groups(answer: Answer, hidden: Hidden = nothing_hidden) -> list[Group]:
    """The results by verdict, most money first within each."""
    found = []
    for verdict, meaning in GROUPS:
        ranked = sorted(answer.by_verdict(verdict), key=_by_money)
        if ranked:
            found.append(Group(verdict, meaning, tuple(shown(answer, result, hidden) for result in ranked)))
    return found


def _by_money(result: Result) -> tuple[bool, int, str]:
    amount = result.amount
    would_be = result.but_for_dates not in (Verdict.ELIGIBLE, Verdict.LIKELY, None)
    money = amount is not None and amount.is_money and result.benefit.form.is_money
    high = amount.high if amount is not None and money and amount.high is not None else 0
    return would_be, -int(high), result.benefit.id


def shown(answer: Answer, result: Result, hidden: Hidden = nothing_hidden, *, ways: bool = False) -> Shown:
    """One result as a page shows it; ``ways`` tells everything, for a page about this result alone.

    The values of ``hidden`` facts are masked in the reasons, in what fails and in the ways out.
    """
    masked: frozenset[str] = frozenset()
    if result.why is not None and result.unmet:
        masked = hidden_conditions(result.why, hidden)
    return Shown(
        result,
        missing_facts(result.missing),
        missing_facts(result.missing_for_amount),
        tuple(replace(one, have=MASK, gap="") if one.name in masked else one for one in result.unmet),
        tuple(_masked(way, hidden) for way in answer.ways(result)) if ways and result.unmet else (),
        hidden,
        WHOLE_DEPTH if ways else _LISTED_DEPTH,
    )


def _masked(way: Way, hidden: Hidden) -> Way:
    """A way whose facts that are personal do not say what they are now; it names facts in words."""
    vocabulary = selectors.catalogue().vocabulary
    secret = [name for name in vocabulary if hidden(name)]
    secret += [field for name in vocabulary for field in vocabulary[name].fields if hidden(f"{name}.{field}")]
    return tuple(
        replace(change, have=MASK) if any(name in change.fact for name in secret) else change
        for change in way
    )


def missing_facts(keys: Iterable[str]) -> tuple[MissingFact, ...]:
    """Facts that would settle something, as they are asked."""
    vocabulary = selectors.catalogue().vocabulary
    found = []
    for key in keys:
        declaration = declaration_of(vocabulary, key)
        found.append(MissingFact(key, key.replace(".", "的"), declaration.question or declaration.name))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class TallyWords:
    """The running count with its money in words."""

    certain: int
    possible: int
    ruled_out: int
    within_reach: str
    undecided: str


def tally_words(tally: Tally) -> TallyWords:
    """The running count for people; sums of nothing are not mentioned."""
    low, high = tally.within_reach
    return TallyWords(
        tally.certain,
        tally.possible,
        tally.ruled_out,
        range_words(low, high) if high else "",
        rough_words(tally.undecided) if tally.undecided else "",
    )


def rough_words(fen: int) -> str:
    """A sum of ceilings: to the 万元 is exact enough."""
    whole = round(fen, -6)
    return money_words(fen) if fen == whole or fen < 10**6 else f"约{money_words(whole)}"


def range_words(low: int, high: int) -> str:
    """A range of money; one that begins at nothing is said by its end."""
    if low == high:
        return money_words(low)
    return f"{money_words(low)} 至 {money_words(high)}" if low else f"最多{money_words(high)}"
