"""What a benefit asks of everybody, and what limits it: the parts that page and booklet put into words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from huiqi.evaluate.result import Result
from huiqi.language import syntax as s
from huiqi.language.benefit import StackingRule
from huiqi.language.units import money_words


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition as it is asked: ``node`` must be ``wanted`` (true or false).

    ``parts`` are those of a group of which one is enough; ``origin`` is that of the node it was written as.
    """

    name: str
    node: s.Node
    wanted: bool
    cite: str
    origin: str
    parts: tuple[Asked, ...] = ()


def asked_of(condition: s.Node) -> tuple[Asked, ...]:
    """The conditions of a benefit one by one; groups (任一满足) keep their parts."""
    parts = condition.parts if isinstance(condition, s.All) else (condition,)
    return tuple(each for part in parts for each in _asked(part, True, part.origin))


def _asked(node: s.Node, wanted: bool, origin: str) -> Iterable[Asked]:
    if isinstance(node, s.Not):
        yield from _asked(node.body, not wanted, origin)
    elif isinstance(node, s.Named):
        body, positive = _stripped(node.body, wanted)
        group = isinstance(body, s.Any if positive else s.All) and any(
            isinstance(part, s.Named) for part in body.children()
        )
        parts = (each for part in body.children() for each in _asked(part, positive, origin)) if group else ()
        yield Asked(node.name, body, positive, node.cite, origin, tuple(parts))
    elif isinstance(node, s.All if wanted else s.Any):
        for part in node.children():
            yield from _asked(part, wanted, origin)
    else:
        yield Asked("", node, wanted, node.cite, origin)


def _stripped(node: s.Node, wanted: bool) -> tuple[s.Node, bool]:
    while isinstance(node, s.Not):
        node, wanted = node.body, not wanted
    return node, wanted


def limit_words(rule: StackingRule) -> str:
    """A rule of 同享限制 as it holds for everybody."""
    cell = each_words(rule.per)
    if rule.upper_funds:
        return f"{cell}已经得了上级资金的，不再享受（配套的除外）"
    if rule.total is not None:
        return f"{cell}合计不超过{money_words(rule.total)}"
    return f"{cell}最多{rule.at_most}项" + ("，按最高的一项给" if rule.highest_only else "")


def each_words(per: Iterable[str]) -> str:
    """同一企业、同一年度: what a limit counts for each."""
    return "、".join(f"同一{one}" for one in per)


def worth(result: Result) -> str:
    """The figure that lists show: the ceiling where there is one, else that it has to be reckoned."""
    found = result.amount
    if result.benefit.uncomputable is not None or found is None:
        return ""
    if found.high is None:
        return "按实际情况算"
    if found.is_money and found.low != found.high:
        return f"最高{money_words(found.high)}"
    return found.words()
