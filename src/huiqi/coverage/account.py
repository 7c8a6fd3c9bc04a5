"""Every clause in exactly one class, with who said so: a rule file, a reviewer, or the extractor.

A reviewer outweighs a rule file, a rule file the extractor. The extractor alone never says that a clause is
coded as a benefit: what it takes for one is 未编码 until a rule rests on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from huiqi.library.citing import resolve
from huiqi.library.knowledge import Knowledge, Reviewed
from huiqi.library.ledger import ledger_of, roles_of
from huiqi.library.model import Clause, Document
from huiqi.library.roles import Role


class Who(StrEnum):
    """Who put a clause into its class."""

    RULE = "规则文件"
    REVIEWER = "复核"
    EXTRACTOR = "程序"


@dataclass(frozen=True, slots=True)
class Classed:
    """A clause in its class; ``why`` names the rule, the reviewer's reason, or the words that were found."""

    clause: Clause
    role: Role
    who: Who
    why: str


@dataclass(frozen=True, slots=True)
class Account:
    """A document with all its clauses in classes."""

    document: Document
    clauses: tuple[Classed, ...]

    @property
    def counts(self) -> Mapping[Role, int]:
        """How many clauses each class has, every class named."""
        found = Counter(each.role for each in self.clauses)
        return {role: found[role] for role in Role}

    @property
    def not_yet(self) -> tuple[Classed, ...]:
        """What is still to be coded, or to be looked at by a reviewer."""
        return tuple(each for each in self.clauses if each.role is Role.NOT_YET)


def units(document: Document) -> tuple[Clause, ...]:
    """The clauses that are counted: those that say something, not headings over others nor the frame."""
    return tuple(clause for clause in document.walk() if clause.kind.is_text and clause.body)


def account(
    document: Document,
    knowledge: Knowledge,
    coded: Mapping[str, str],
    run: Mapping[str, str] = MappingProxyType({}),
) -> Account:
    """A document's clauses in classes.

    ``coded`` says of clause ids which rule rests on them, ``run`` which procedure does (their children are
    coded with them).
    """
    by_rule = _with_children(document, coded)
    by_procedure = _with_children(document, run)
    by_reviewer = _reviewed(document, knowledge.reviewed)
    extracted = roles_of(document, ledger_of(document, knowledge.bodies))
    found = []
    for clause in units(document):
        role, why = extracted.get(clause.id, (Role.NOT_YET, ""))
        if clause.id in by_reviewer:
            review = by_reviewer[clause.id]
            found.append(Classed(clause, Role(review.role), Who.REVIEWER, review.note))
        elif clause.id in by_rule:
            found.append(Classed(clause, Role.BENEFIT, Who.RULE, by_rule[clause.id]))
        elif clause.id in by_procedure:
            found.append(Classed(clause, Role.PROCEDURE, Who.RULE, by_procedure[clause.id]))
        elif role is Role.BENEFIT:
            found.append(Classed(clause, Role.NOT_YET, Who.EXTRACTOR, f"像是事项：{why}"))
        else:
            found.append(Classed(clause, role, Who.EXTRACTOR, why))
    return Account(document, tuple(found))


def _with_children(document: Document, coded: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for clause in document.walk():
        if clause.id in coded:
            for inner in clause.walk():
                found.setdefault(inner.id, coded[clause.id])
    return found | dict(coded)


def _reviewed(document: Document, reviews: Sequence[Reviewed]) -> dict[str, Reviewed]:
    found = {}
    for review in reviews:
        if review.document in (document.number, document.title, document.id):
            for clause in resolve(document, review.cite).clauses:
                found[clause.id] = review
    return found
