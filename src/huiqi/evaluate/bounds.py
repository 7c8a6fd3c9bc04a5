"""The fold ``bounds``: every value that a tree can take while nothing is known of the enterprise.

It is evaluation over no facts at all; what comes out known is the same for everybody, which in a condition is
a mistake: it is dead (L14.2). Conditions that contradict each other are found by assuming the one and reading
the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from huiqi.evaluate.assume import assume, assumptions
from huiqi.evaluate.compile import Compiler
from huiqi.evaluate.environment import Environment
from huiqi.evaluate.values import Answer
from huiqi.language import syntax as s

COMMON = "通用条件"  # the origin of conditions that a document asks for all its benefits


def bounds(node: s.Node, compiler: Compiler, on: date, subject: str | None = None) -> Answer:
    """The value of ``node`` on a day with no fact known, inside an unknown item of ``subject`` if given."""
    return compiler.evaluate(node)(_nothing(on, subject))


def _nothing(on: date, subject: str | None) -> Environment:
    env = Environment({}, on)
    return env.about(subject, {}) if subject else env


def dead_conditions(
    condition: s.Node, compiler: Compiler, on: date, subject: str | None = None
) -> Iterator[tuple[s.Named, str]]:
    """Named conditions that are the same for everybody, or that the other conditions already decide.

    What a document asks of all its benefits may well follow from what one of them asks anyway.
    """
    env = _nothing(on, subject)
    named = [node for node in s.walk(condition) if isinstance(node, s.Named)]
    for node in named:
        if not _changes_with_the_day(node):
            value = compiler.evaluate(node)(env)
            if value is True or value is False:
                yield node, f"不论事实如何都是“{'是' if value else '否'}”"
    parts = condition.parts if isinstance(condition, s.All) else ()
    for place, part in enumerate(parts):
        if _changes_with_the_day(part):
            continue
        rest = s.All(parts=(*parts[:place], *parts[place + 1 :]))
        value = compiler.evaluate(part)(assume(env, assumptions(rest, compiler.evaluate), compiler.leans_on))
        alone = compiler.evaluate(part)(env)
        if isinstance(value, bool) and not isinstance(alone, bool):
            culprit = next((node for node in s.walk(part) if isinstance(node, s.Named)), None)
            if culprit is not None and not (value and part.origin == COMMON):
                why = "其他条件已经包含了它" if value else "与其他条件矛盾，永远不能满足"
                yield culprit, why


def _changes_with_the_day(node: s.Node) -> bool:
    return any(isinstance(part, s.Today | s.Parameter) for part in s.walk(node))
