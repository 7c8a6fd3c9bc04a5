"""A population file read against the vocabulary, and what is not written filled in by type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from huiqi.catalogue.formulas import Workshop
from huiqi.catalogue.load import Catalogue, CatalogueError
from huiqi.catalogue.shape import Text, read_shape
from huiqi.catalogue.source import error_at
from huiqi.language import syntax as s
from huiqi.language import types as t
from huiqi.language.diagnostics import Diagnostic, Severity, nearest
from huiqi.language.syntax import NOWHERE
from huiqi.language.types import Kind, Type
from huiqi.language.units import unit_factor
from huiqi.language.vocabulary import FactDeclaration
from huiqi.population.plan import AT_THRESHOLD, FIELD_MISSING, HAVING, YES, Drawing, Missing, Plan
from huiqi.population.shape import Draw, FieldRecipe, PopulationFile, Recipe
from huiqi.population.thresholds import thresholds
from huiqi.population.values import Words

FILE = "population.yaml"
DAY = date(2025, 1, 1)
"""What day a population is of whose catalogue does not say so."""
PARTS = (
    *("value", "spread", "follows", "tail", "zero", "least", "most"),
    *("since", "until", "before"),
    *("having", "items"),
)
"""The parts of a recipe that are formulas and that a case may write anew."""


def read_plan(catalogue: Catalogue) -> Plan:
    """How a population of this catalogue is drawn: by its population.yaml, else by the types of its facts.

    Raises ``CatalogueError`` with everything that is wrong with the file.
    """
    path = catalogue.root / FILE
    if not path.exists():
        return _Reading(catalogue, None, str(path)).plan()
    read = read_shape(path, PopulationFile, str(path))
    _raise(read.diagnostics)
    return _Reading(catalogue, read.shape, str(path)).plan()


def _raise(problems: Iterable[Diagnostic]) -> None:
    errors = tuple(one for one in problems if one.severity is Severity.ERROR)
    if errors:
        raise CatalogueError(errors)


class _Reading:
    """Resolves names, checks formulas, and fills in what is not written."""

    def __init__(self, catalogue: Catalogue, file: PopulationFile | None, name: str) -> None:
        self.catalogue, self.file, self.name = catalogue, file, name
        self.book = catalogue.book
        self.problems: list[Diagnostic] = []
        self.words = Words()
        self.drawn: set[str] = set()
        self.figures = thresholds(self.book)
        self.day = file.day if file else DAY
        defaults = file.defaults if file else None
        self.yes = self._share(defaults.yes if defaults else None, YES)
        self.having = self._share(defaults.having if defaults else None, HAVING)
        self.field_missing = self._share(defaults.field_missing if defaults else None, FIELD_MISSING)
        self.at_threshold = self._share(defaults.threshold if defaults else None, AT_THRESHOLD)

    def plan(self) -> Plan:
        found: dict[str, Drawing] = {}
        groups = self._groups()
        for section in self.file.sections if self.file else ():
            who = (self._formula(section.who, t.BOOL, None),) if section.who else ()
            group = section.missing
            if group and group.text not in groups:
                right = nearest(group.text, groups)
                self._wrong(
                    group, f"没有「{group}」这个缺失组", f"是不是「{right}」" if right else "写在「缺失」里"
                )
            for name, recipe in section.facts.items():
                declaration = self.book.vocabulary.get(name.text)
                if declaration is None:
                    right = nearest(name.text, self.book.vocabulary)
                    self._wrong(name, f"词表里没有“{name}”这个事实", f"是不是“{right}”？" if right else "")
                elif name.text in found:
                    self._wrong(name, f"“{name}”写了两次", "合成一个")
                else:
                    found[name.text] = self._drawing(
                        name, recipe, declaration, who, group.text if group else ""
                    )
                    self.drawn.add(name.text)
        self._unmentioned(found)
        _raise(self.problems)
        return Plan(
            self.day,
            self.words,
            tuple(found.values()),
            tuple(found[name] for name in self.book.vocabulary if name in found),
            groups,
            {name: self._parameter(name) for name in self.book.parameters},
            self.yes,
            self.having,
            self.at_threshold,
        )

    def _groups(self) -> dict[str, Missing]:
        return {
            name.text: Missing(
                self._share(one.together, 0.0), self._share(one.single, 0.0), self._share(one.slope, 0.0)
            )
            for name, one in (self.file.missing if self.file else {}).items()
        }

    def _parameter(self, name: str) -> float:
        value = self.book.parameters[name].on(self.day)
        return float("nan") if value is None else float(value.low)

    def _unmentioned(self, found: dict[str, Drawing]) -> None:
        """The facts that the file leaves out: those with a rule by their rule, the others by their type."""
        rest = [one for name, one in self.book.vocabulary.items() if name not in found and not one.code]
        derived = [one for one in rest if one.name in self.book.rules]
        for one in rest:
            if one not in derived:
                found[one.name] = self._plain(one)
                self.drawn.add(one.name)
        while derived:
            ready = [one for one in derived if self._asked(self.book.rules[one.name].body) <= self.drawn]
            for one in ready or derived:
                found[one.name] = self._plain(one, self.book.rules[one.name].body if ready else None)
                self.drawn.add(one.name)
                derived.remove(one)
                if not ready:
                    break

    def _plain(self, declaration: FactDeclaration, rule: s.Node | None = None) -> Drawing:
        self._learn(declaration)
        return Drawing(
            declaration,
            declaration.name,
            _step(declaration.type),
            derived=rule,
            fields=tuple(self._plain_field(declaration, one) for one in _free(declaration)),
            figures=self._figures(declaration, declaration.name),
        )

    def _plain_field(self, collection: FactDeclaration, declaration: FactDeclaration) -> Drawing:
        self._learn(declaration)
        key = f"{collection.name}.{declaration.name}"
        self.drawn.add(key)
        share = 0.0 if declaration.name == collection.label_field else self.field_missing
        return Drawing(
            declaration,
            key,
            _step(declaration.type),
            missing_share=share,
            figures=self._figures(declaration, key),
        )

    # ---- one recipe ----

    def _drawing(
        self, name: Text, recipe: Recipe, declaration: FactDeclaration, who: tuple[s.Node, ...], group: str
    ) -> Drawing:
        rule = None
        if recipe.derived:
            if declaration.name in self.book.rules:
                rule = self.book.rules[declaration.name].body
                self._in_order(rule, name)
            else:
                self._wrong(name, f"“{name}”没有推定规则", "写「取」或「选」")
        own = (self._formula(recipe.who, t.BOOL, None),) if recipe.who else ()
        fields = self._fields(recipe, declaration) if declaration.type.kind is Kind.COLLECTION else ()
        return self._made(
            recipe,
            declaration,
            declaration.name,
            None,
            who=(*who, *own),
            derived=rule,
            fields=fields,
            group=group,
        )

    def _fields(self, recipe: Recipe, collection: FactDeclaration) -> tuple[Drawing, ...]:
        found: dict[str, Drawing] = {}
        inside = collection.name
        for name, one in recipe.fields.items():
            declaration = collection.fields.get(name.text)
            if declaration is None:
                right = nearest(name.text, collection.fields)
                self._wrong(name, f"{inside}没有“{name}”这个字段", f"是不是“{right}”？" if right else "")
                continue
            own = (self._formula(one.who, t.BOOL, inside),) if one.who else ()
            found[name.text] = self._made(one, declaration, f"{inside}.{name}", inside, who=own)
            self.drawn.add(f"{inside}.{name}")
        for declaration in _free(collection):
            if declaration.name not in found:
                found[declaration.name] = self._plain_field(collection, declaration)
        return tuple(found.values())

    def _made(
        self,
        recipe: FieldRecipe,
        declaration: FactDeclaration,
        key: str,
        inside: str | None,
        who: tuple[s.Node, ...],
        derived: s.Node | None = None,
        fields: tuple[Drawing, ...] = (),
        group: str = "",
    ) -> Drawing:
        self._learn(declaration)
        draws: tuple[Draw, ...] = (recipe, *recipe.cases)
        share = 0.0
        if inside is not None:
            label = declaration.name == self.book.vocabulary[inside].label_field
            share = self._share(recipe.missing, 0.0 if label else self.field_missing)
        return Drawing(
            declaration,
            key,
            self._step(recipe, declaration.type),
            who,
            tuple(self._formula(case.when, t.BOOL, inside) for case in recipe.cases),
            {part: found for part in PARTS if any(found := self._part(part, draws, declaration, inside))},
            tuple(self._table(one.options, declaration) for one in draws),
            recipe.wording.text if recipe.wording else "",
            int(self._share(recipe.most_items, 8)),
            recipe.each,
            derived,
            fields,
            group,
            share,
            self._figures(declaration, key),
        )

    def _part(
        self, part: str, draws: tuple[Draw, ...], declaration: FactDeclaration, inside: str | None
    ) -> tuple[s.Node | None, ...]:
        kind = declaration.type
        expected = t.PURE_NUMBER
        if part in ("least", "most") or (part == "value" and kind.kind in (Kind.NUMBER, Kind.CHOICE)):
            expected = kind
        elif part == "value":
            expected = t.ANY
        elif part in ("since", "until"):
            expected = t.DATE
        elif part == "before":
            expected = t.MONTHS
        texts = (getattr(one, part) for one in draws)
        return tuple(self._formula(one, expected, inside) if one else None for one in texts)

    def _table(
        self, options: Mapping[Text, Text] | None, declaration: FactDeclaration
    ) -> Mapping[str, float] | None:
        if options is None:
            return None
        known = declaration.type.options
        for option in options:
            if declaration.type.kind is Kind.CHOICE and option.text not in known:
                right = nearest(option.text, known)
                hint = f"是不是“{right}”？" if right else f"可以选：{'、'.join(known[:12])}"
                self._wrong(option, f"“{declaration.name}”没有“{option}”这个选项", hint)
        found = {option.text: self._share(weight, 0.0) for option, weight in options.items()}
        for word in found:
            self.words.number(word)
        if not sum(found.values()) > 0:
            self._wrong(next(iter(options), None), f"“{declaration.name}”的份数都是零", "至少一个大于零")
        return found

    def _step(self, recipe: FieldRecipe, kind: Type) -> Fraction:
        if recipe.step is None:
            return _step(kind)
        node = self._formula(recipe.step, kind, None)
        if isinstance(node, s.Literal) and not isinstance(node.value, bool | str | date) and node.value > 0:
            return Fraction(node.value)
        self._wrong(recipe.step, f"「整到」要写一个正数，写的是“{recipe.step}”", f"如 100{kind.unit}")
        return _step(kind)

    # ---- formulas and numbers ----

    def _formula(self, text: Text, expected: Type, inside: str | None) -> s.Node:
        shop = Workshop(
            self.book.vocabulary,
            {name: one.type for name, one in self.book.parameters.items()},
            subject=inside,
            problems=self.problems,
        )
        before = len(self.problems)
        node = shop.formula(text, expected)
        for part in s.walk(node):
            if isinstance(part, s.Literal) and isinstance(part.value, str):
                self.words.number(part.value)
        if len(self.problems) == before:
            self._in_order(node, text)
        return node

    def _asked(self, node: s.Node) -> set[str]:
        parts = s.walk(node)
        return {one.key for one in parts if isinstance(one, s.Fact)} | {
            one.collection for one in parts if isinstance(one, s.Aggregate)
        }

    def _in_order(self, node: s.Node, at: Text) -> None:
        for name in sorted(self._asked(node)):
            if name not in self.drawn:
                self._wrong(at, f"用到的“{name}”在这里还没有抽", "把它写到前面")

    def _share(self, text: Text | None, default: float) -> float:
        """A plain number: a share, a weight, a slope."""
        if text is None:
            return default
        before = len(self.problems)
        node = Workshop({}, {}, problems=self.problems).formula(text, t.PURE_NUMBER)
        if isinstance(node, s.Literal) and not isinstance(node.value, bool | str | date) and node.value >= 0:
            return float(node.value)
        if len(self.problems) == before:
            self._wrong(text, f"要写一个不是负数的数，写的是“{text}”", "如 3% 或 0.03")
        return default

    def _figures(self, declaration: FactDeclaration, key: str) -> tuple[float, ...]:
        found = self.figures.get(key, ())
        if declaration.type.kind is Kind.NUMBER:
            low, high = declaration.minimum, declaration.maximum
            found = tuple(
                one for one in found if (low is None or one >= low) and (high is None or one <= high)
            )
        return found

    def _learn(self, declaration: FactDeclaration) -> None:
        for option in declaration.type.options:
            self.words.number(option)

    def _wrong(self, at: Text | None, message: str, hint: str = "") -> None:
        self.problems.append(error_at(at.at if at else NOWHERE, message, hint))


def _free(collection: FactDeclaration) -> list[FactDeclaration]:
    """The fields that can be made up: all but codes of real things."""
    return [one for one in collection.fields.values() if not one.code]


def _step(kind: Type) -> Fraction:
    """What a number is rounded to when the recipe does not say: whole 元, people, months; else finer."""
    if kind.kind is not Kind.NUMBER:
        return Fraction(1)
    if kind.dimension == t.MONEY.dimension:
        return Fraction(100)
    if kind.dimension == t.PURE_NUMBER.dimension:
        return Fraction(1, 1000)
    unit = Fraction(unit_factor(kind.unit)[1])
    return unit if unit == 1 else max(Fraction(1), unit / 100) if unit > 1 else unit
