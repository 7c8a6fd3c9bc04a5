"""The steps of the questionnaire: how one question is put, and what its answer records.

A plain fact is one field. A collection takes two steps: first which items there are (a checklist where they
are called by a fixed list of names, otherwise their names, one a line), then the fields of each item that
still matter.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from django.http import QueryDict

from huiqi.language.types import Kind
from huiqi.language.vocabulary import FactDeclaration, Vocabulary
from huiqi.portal.screening.inputs import Input, InputError, blank, filled, posted, value_of

Stated = Mapping[str, Any]
Item = dict[str, Any]

MOST_ITEMS = 30
UNKNOWN_KINDS = ("未问", "来源没有", "不适用", "有争议", "过期")


@dataclass(frozen=True, slots=True)
class Given:
    """What an answer records: facts to write, and what it says about the questions themselves.

    ``passed`` are keys that were let pass, ``grown`` collections that have new items, ``swept`` collections
    that were on a page of collections. ``stay`` when the visitor goes on with the same question (a row was
    added or taken away).
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    passed: tuple[str, ...] = ()
    grown: tuple[str, ...] = ()
    swept: tuple[str, ...] = ()
    stay: bool = False


class Step(Protocol):
    """One page of the questionnaire."""

    @property
    def kind(self) -> str:
        """Which form it is drawn with."""

    @property
    def title(self) -> str:
        """The question."""

    @property
    def errors(self) -> tuple[Input, ...]:
        """The fields that could not be read."""

    @property
    def skippable(self) -> bool:
        """Whether the question as a whole can be let pass, with a reason."""

    def read(self, data: QueryDict) -> tuple[Step, Given | None]:
        """The step as it was filled in, and what to record, or ``None`` when something is wrong."""


def passed_over(key: str, data: QueryDict) -> Given | None:
    """What to record when the question is let pass: 未问 stays open, other kinds are facts of their own."""
    kind = data.get("pass", "")
    if kind not in UNKNOWN_KINDS:
        return None
    if kind == "未问":
        return Given({key: None}, passed=(key,))
    return Given({key: {"未知": kind}})


@dataclass(frozen=True, slots=True)
class Single:
    """A plain fact."""

    field: Input
    kind = "single"
    skippable = True

    @property
    def title(self) -> str:
        """The question."""
        return self.field.label

    @property
    def errors(self) -> tuple[Input, ...]:
        """The field, when it could not be read."""
        return (self.field,) if self.field.error else ()

    def read(self, data: QueryDict) -> tuple[Step, Given | None]:
        """One value; an empty field is not an answer, there is a button for not knowing."""
        key = self.field.declaration.name
        sent = posted(self.field, data)
        try:
            value = value_of(sent)
            if value is None:
                raise InputError("请回答，或者选“不知道，先跳过”。")
        except InputError as problem:
            return Single(replace(sent, error=str(problem))), None
        return self, Given({key: value})


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a checklist."""

    value: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Checklist:
    """Which items there are, ticked on the list of their names."""

    collection: FactDeclaration
    field: Input
    useful: tuple[Option, ...]
    rest: tuple[Option, ...]
    stated: tuple[Item, ...]
    kind = "checklist"
    skippable = True

    @property
    def title(self) -> str:
        """The question."""
        return self.collection.question or self.collection.name

    @property
    def rest_checked(self) -> bool:
        """Whether something is ticked among the names that matter to nothing now."""
        return any(option.checked for option in self.rest)

    @property
    def errors(self) -> tuple[Input, ...]:
        """The list, when nothing was ticked."""
        return (self.field,) if self.field.error else ()

    def read(self, data: QueryDict) -> tuple[Step, Given | None]:
        """One item per name that is ticked; items that were there keep what is known of them."""
        name, label = self.collection.name, self.collection.label_field
        if data.get("do") == "none":
            return self, Given({name: []})
        ticked = [value for value in self.field.options if value in set(data.getlist(self.field.name))]
        if not ticked:
            error = "请勾选；一项也没有的，按“一项也没有”。"
            return replace(self, field=replace(self.field, error=error)), None
        kept = [item for item in self.stated if item.get(label) in ticked]
        known = {item.get(label) for item in kept}
        added: list[Item] = [{label: value} for value in ticked if value not in known]
        return self, Given({name: [*kept, *added]}, grown=(name,) if added else ())


@dataclass(frozen=True, slots=True)
class Names:
    """Which items there are, by names of the visitor's own, one a line."""

    collection: FactDeclaration
    field: Input
    stated: tuple[Item, ...]
    kind = "names"
    skippable = True

    @property
    def title(self) -> str:
        """The question."""
        return self.collection.question or self.collection.name

    @property
    def label_sensitive(self) -> bool:
        """Whether the names are personal, so that a nickname does as well."""
        return self.field.declaration.sensitive

    @property
    def errors(self) -> tuple[Input, ...]:
        """The names, when they could not be read."""
        return (self.field,) if self.field.error else ()

    def read(self, data: QueryDict) -> tuple[Step, Given | None]:
        """One item per line."""
        name, label = self.collection.name, self.collection.label_field
        if data.get("do") == "none":
            return self, Given({name: []})
        text = data.get(self.field.name, "")[: MOST_ITEMS * 80]
        lines = list(dict.fromkeys(line.strip()[:60] for line in text.splitlines() if line.strip()))
        error = ""
        if not lines:
            error = "请写上名字；一个也没有的，按“一个也没有”。"
        elif len(lines) > MOST_ITEMS:
            error = f"一次最多写 {MOST_ITEMS} 个。"
        if error:
            return replace(self, field=replace(self.field, typed=text, error=error)), None
        before = {item.get(label): item for item in self.stated}
        items: list[Item] = [before.get(line, {label: line}) for line in lines]
        grown = any(line not in before for line in lines)
        return self, Given({name: items}, grown=(name,) if grown else ())


@dataclass(frozen=True, slots=True)
class SweptCollection:
    """One entry of the page of collections."""

    declaration: FactDeclaration
    checked: bool


@dataclass(frozen=True, slots=True)
class Sweep:
    """Many collections at once: which of them there is anything in. What is not ticked is empty."""

    entries: tuple[SweptCollection, ...]
    stated: Stated
    kind = "sweep"
    title = "下面这些，您有哪些？"
    errors = ()
    skippable = False

    def read(self, data: QueryDict) -> tuple[Step, Given | None]:
        """Ticked collections are asked about later; the others are empty."""
        ticked = set(data.getlist("answer"))
        names = [entry.declaration.name for entry in self.entries]
        facts: dict[str, Any] = {name: [] for name in names if name not in ticked}
        facts |= {name: None for name in names if name in ticked and self.stated.get(name) == []}
        return self, Given(facts, swept=tuple(names))


@dataclass(frozen=True, slots=True)
class Batch:
    """Several yes-or-no facts on one page."""

    fields: tuple[Input, ...]
    kind = "batch"
    title = "几个是非题，一次答完"
    skippable = False

    @property
    def errors(self) -> tuple[Input, ...]:
        """The fields that could not be read."""
        return tuple(field for field in self.fields if field.error)

    def read(self, data: QueryDict) -> tuple[Step, Given | None]:
        """What is left open stays unknown and is not asked again."""
        facts: dict[str, Any] = {}
        passed = []
        fields = []
        for each in self.fields:
            sent = posted(each, data)
            name = each.declaration.name
            try:
                facts[name] = value_of(sent)
            except InputError as problem:
                sent = replace(sent, error=str(problem))
            if facts.get(name) is None and each.kept:
                facts.pop(name, None)
            elif facts.get(name) is None:
                passed.append(name)
            fields.append(sent)
        step = Batch(tuple(fields))
        return step, None if step.errors else Given(facts, passed=tuple(passed))


@dataclass(frozen=True, slots=True)
class Row:
    """One item and the fields of it that are asked for."""

    index: int
    label: str
    fields: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The fields of each item of a collection."""

    collection: FactDeclaration
    rows: tuple[Row, ...]
    adding: Input
    items: tuple[Item, ...]
    kind = "rows"
    skippable = False

    @property
    def title(self) -> str:
        """The question."""
        return f"{self.collection.name}：逐项说一说"

    @property
    def errors(self) -> tuple[Input, ...]:
        """The fields that could not be read."""
        wrong = [field for row in self.rows for field in row.fields if field.error]
        return (*wrong, self.adding) if self.adding.error else tuple(wrong)

    def read(self, data: QueryDict) -> tuple[Step, Given | None]:
        """Every field of every item; what is left empty stays unknown and is not asked again."""
        name = self.collection.name
        items = [dict(item) for item in self.items]
        passed: set[str] = set()
        rows = []
        for row in self.rows:
            fields = []
            for one in row.fields:
                sent = posted(one, data)
                try:
                    value = value_of(sent)
                except InputError as problem:
                    sent = replace(sent, error=str(problem))
                    value = None
                fields.append(sent)
                if value is None and one.kept:
                    continue
                items[row.index].pop(one.declaration.name, None)
                if value is None:
                    passed.add(f"{name}.{one.declaration.name}")
                else:
                    items[row.index][one.declaration.name] = value
            rows.append(replace(row, fields=tuple(fields)))
        filled_in = replace(self, rows=tuple(rows))
        removed = data.get("remove", "")
        if removed.isdecimal() and int(removed) < len(items):
            del items[int(removed)]
            return filled_in, Given({name: items}, stay=True)
        if data.get("do") == "add":
            return self._add(filled_in, items, data)
        if filled_in.errors:
            return filled_in, None
        return filled_in, Given({name: items}, passed=tuple(sorted(passed)))

    def _add(self, filled_in: Rows, items: list[Item], data: QueryDict) -> tuple[Step, Given | None]:
        sent = posted(self.adding, data)
        try:
            value = value_of(sent)
            if value is None:
                raise InputError("请先写上要加的是哪一项。")
            if len(items) >= MOST_ITEMS:
                raise InputError(f"一次最多 {MOST_ITEMS} 项。")
        except InputError as problem:
            return replace(filled_in, adding=replace(sent, error=str(problem))), None
        name = self.collection.name
        grown = [*items, {self.collection.label_field: value}]
        return filled_in, Given({name: grown}, grown=(name,), stay=True)


def single(declaration: FactDeclaration, stated: Stated) -> Single:
    """The step for a plain fact, with the answer that was given before."""
    return Single(filled(blank(declaration, "answer", ranged=True), stated.get(declaration.name)))


def batch(names: Sequence[str], vocabulary: Vocabulary, stated: Stated) -> Batch | None:
    """The page of the named yes-or-no facts, or ``None`` when one of them is not that."""
    declared_here = [vocabulary.get(name) for name in names]
    if not all(one is not None and one.type.kind is Kind.BOOL for one in declared_here):
        return None
    return Batch(
        tuple(
            filled(blank(one, f"q{place}"), stated.get(one.name))
            for place, one in enumerate(declared_here)
            if one is not None
        )
    )


def listing(declaration: FactDeclaration, stated: Stated, in_use: Collection[str]) -> Checklist | Names:
    """The step that asks which items there are; names ``in_use`` by benefits of the day stand first."""
    given = stated.get(declaration.name)
    items = tuple(given) if isinstance(given, list) else ()
    label = declaration.fields[declaration.label_field]
    if label.type.kind is not Kind.CHOICE:
        names = "\n".join(str(item.get(label.name, "")) for item in items)
        return Names(declaration, replace(blank(label, "answer"), typed=names), items)
    have = {item.get(label.name) for item in items}
    options = [Option(value, value in have) for value in label.type.options]
    useful = tuple(option for option in options if option.value in in_use or not in_use)
    rest = tuple(option for option in options if option.value not in in_use and in_use)
    return Checklist(declaration, blank(label, "answer"), useful, rest, items)


def rows(
    declaration: FactDeclaration, items: Sequence[Item], wanted: Callable[[int], Collection[str]]
) -> Rows:
    """The step that asks for the fields of each item; ``wanted`` says which, by the item's place."""
    label = declaration.fields[declaration.label_field]
    drawn = []
    for index, item in enumerate(items):
        asked = wanted(index)
        fields = tuple(
            filled(blank(each, f"r{index}-{place}"), item.get(name))
            for place, (name, each) in enumerate(declaration.fields.items())
            if name in asked and name != label.name
        )
        drawn.append(Row(index, str(item.get(label.name) or f"第{index + 1}项"), fields))
    return Rows(declaration, tuple(drawn), blank(label, "added"), tuple(dict(item) for item in items))


def declared(vocabulary: Vocabulary, key: str) -> FactDeclaration | None:
    """The declaration of the fact or collection that ``key`` belongs to, or ``None`` without one."""
    name, dot, field_name = key.partition(".")
    found = vocabulary.get(name)
    if found is None or (dot and field_name not in found.fields):
        return None
    return found
