"""Facts of the vocabulary, said to machines and to people."""

from __future__ import annotations

from typing import Any as Anything

from huiqi.language import syntax as s
from huiqi.language.benefit import Benefit, RuleBook
from huiqi.language.types import MONEY, Kind
from huiqi.language.units import PURE
from huiqi.language.vocabulary import FactDeclaration


def type_words(fact: FactDeclaration) -> str:
    """What facts/*.yaml calls the type of a fact."""
    if fact.type.kind is not Kind.NUMBER:
        return fact.type.kind.value
    if fact.type.dimension == MONEY.dimension:
        return "金额"
    if fact.type.dimension == PURE:
        return "比例"
    return "时长" if dict(fact.type.dimension).keys() & {"月", "日"} else "数量"


def fact_json(fact: FactDeclaration) -> dict[str, Anything]:
    """A fact with everything that its declaration says."""
    found: dict[str, Anything] = {
        "name": fact.name,
        "type": type_words(fact),
        "unit": fact.type.unit or None,
        "question": fact.question,
        "definition": fact.definition,
        "period": fact.period,
        "source": fact.source,
        "note": fact.note,
        "effort": fact.effort,
        "sensitive": fact.sensitive,
    }
    if fact.type.options:
        found["options"] = list(fact.type.options)
    if fact.code:
        found["code"] = fact.code
    if fact.fields:
        found["fields"] = [fact_json(field) for field in fact.fields.values()]
    return found


def used_by(book: RuleBook, name: str) -> list[Benefit]:
    """The benefits that lean on a fact or a field (``集合.字段``), directly or through derived facts."""
    leaning = {name}
    grown = True
    while grown:
        grown = False
        for rule in book.rules.values():
            if rule.name not in leaning and _names(rule.body) & leaning:
                leaning.add(rule.name)
                grown = True
    found = []
    for benefit in book.benefits.values():
        trees = [benefit.condition, *([benefit.amount.total] if benefit.amount else [])]
        if benefit.subject in leaning or any(_names(tree) & leaning for tree in trees):
            found.append(benefit)
    return found


def _names(tree: s.Node) -> set[str]:
    found: set[str] = set()
    for node in s.walk(tree):
        if isinstance(node, s.Fact):
            found |= {node.key, node.collection or node.name}
        elif isinstance(node, s.Aggregate):
            found.add(node.collection)
    return found


def fact_text(fact: FactDeclaration, users: list[Benefit]) -> str:
    """A fact for people, with how to write it in a facts file."""
    lines = [f"{fact.name}（{type_words(fact)}{f'，{fact.type.unit}' if fact.type.unit else ''}）"]
    lines += _details(fact, "  ")
    for field in fact.fields.values():
        unit = f"，{field.type.unit}" if field.type.unit else ""
        lines.append(f"  · {field.name}（{type_words(field)}{unit}）{field.question}")
        lines += _details(field, "      ", question=False)
    if users:
        lines.append(f"  用到它的事项（{len(users)}）：")
        lines += [f"    {benefit.id}  {benefit.name}" for benefit in users]
    return "\n".join(lines)


def _details(fact: FactDeclaration, indent: str, *, question: bool = True) -> list[str]:
    rows = [
        ("问", fact.question if question else ""),
        ("口径", fact.definition),
        ("期", fact.period),
        ("来源", fact.source),
        ("说明", fact.note),
        ("选项", "、".join(fact.type.options)),
        ("校验", fact.code),
    ]
    return [f"{indent}{name}：{text}" for name, text in rows if text]
