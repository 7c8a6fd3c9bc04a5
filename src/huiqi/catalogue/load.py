"""Loading a catalogue folder: every file read, lowered and checked, or every mistake said at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from huiqi.catalogue import shape as y
from huiqi.catalogue.consistency import consistency
from huiqi.catalogue.lower import DocumentLowering, lower_parameter, lower_rule
from huiqi.catalogue.source import error_at
from huiqi.catalogue.vocabulary import lower_vocabulary
from huiqi.codes.regions import Regions
from huiqi.codes.regions import load as load_regions
from huiqi.language.benefit import Benefit, DerivedRule, Document, ParameterRule, RuleBook, StackingRule
from huiqi.language.diagnostics import Diagnostic, Severity, nearest
from huiqi.language.syntax import Span
from huiqi.language.types import Kind
from huiqi.language.vocabulary import FactDeclaration

S = TypeVar("S", bound=y.Shape)


class CatalogueError(ValueError):
    """The catalogue cannot be used; ``diagnostics`` say where and why."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = diagnostics


@dataclass(frozen=True)
class Catalogue:
    """A rule base: its title and region, its documents, and the rule book that evaluation works on."""

    root: Path
    title: str
    region: str
    documents: tuple[Document, ...]
    book: RuleBook
    regions: Regions | None = None
    note: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    groups: tuple[str, ...] = ()

    @property
    def benefits(self) -> Mapping[str, Benefit]:
        """The benefits by id, in the order of the folders."""
        return self.book.benefits

    @property
    def vocabulary(self) -> Mapping[str, FactDeclaration]:
        """The facts by name."""
        return self.book.vocabulary

    @property
    def enterprises(self) -> tuple[Path, ...]:
        """The facts files of the demonstration enterprises."""
        return tuple(sorted((self.root / "enterprises").glob("*.yaml")))

    def known_region(self, code: str) -> bool:
        """Whether a region code (GB/T 2260) is in the catalogue's table, on any day."""
        return self.regions is None or bool(self.regions.history(code))


def load_catalogue(root: Path) -> Catalogue:
    """The catalogue in a folder. Raises ``CatalogueError`` with every mistake when there is one."""
    catalogue, diagnostics = read_catalogue(root)
    errors = tuple(one for one in diagnostics if one.severity is Severity.ERROR)
    if catalogue is None or errors:
        raise CatalogueError(errors or diagnostics)
    return catalogue


def read_catalogue(root: Path) -> tuple[Catalogue | None, tuple[Diagnostic, ...]]:
    """The catalogue as far as it can be read, with everything that is wrong with it or looks wrong."""
    return _Loading(root).load()


@dataclass
class _Loading:
    root: Path
    problems: list[Diagnostic] = field(default_factory=list)

    def load(self) -> tuple[Catalogue | None, tuple[Diagnostic, ...]]:
        head = self._read(self.root / "catalogue.yaml", y.CatalogueFile)
        if head is None:
            return None, tuple(self.problems)
        facts = [self._read(path, y.FactsFile) for path in sorted((self.root / "facts").glob("*.yaml"))]
        vocabulary = lower_vocabulary([one for one in facts if one], self.problems)
        parameters = self._parameters(vocabulary)
        parameter_types = {name: one.type for name, one in parameters.items()}
        rules: dict[str, DerivedRule] = {}
        for name, rule_shape in self._rules():
            rule = lower_rule(name, rule_shape, vocabulary, parameter_types, self.problems)
            if rule and rule.name in rules:
                first = rules[rule.name].span
                self._error(name.at, f"推定规则“{name}”写了两次", f"另一处在 {first.file} 第 {first.line} 行")
            elif rule:
                rules[rule.name] = rule
        documents: dict[str, Document] = {}
        benefits: dict[str, Benefit] = {}
        stacking: list[StackingRule] = []
        referred: list[y.Text] = []
        for path in self._files("benefits.yaml"):
            shape = self._read(path, y.BenefitsFile)
            if shape is None:
                continue
            folder = str(path.parent.relative_to(self.root))
            lowering = DocumentLowering(shape, folder, vocabulary, parameter_types, self.problems)
            if lowering.document.id in documents:
                twin = documents[lowering.document.id].folder
                self._error(shape.document.id.at, f"文件标识“{lowering.document.id}”重复", f"另一处在 {twin}")
            documents[lowering.document.id] = lowering.document
            found = lowering.benefits()
            benefits.update((one.id, one) for one in found)
            stacking += lowering.stacking() + lowering.caps_over(found)
            referred += [other for one in shape.benefits for other in one.either_or]
            referred += [other for limit in shape.limits for other in limit.benefits]
            referred += [other for one in shape.benefits for quota in one.quotas for other in quota.excludes]
        for other in referred:
            if other.text not in benefits:
                right = nearest(other.text, benefits)
                self._error(other.at, f"没有标识为“{other}”的事项", f"是不是“{right}”？" if right else "")
        for name in head.catalogue.groups:
            fact = vocabulary.get(name.text)
            if fact is None or fact.type.kind is not Kind.CHOICE:
                choices = [one for one, fact in vocabulary.items() if fact.type.kind is Kind.CHOICE]
                right = nearest(name.text, choices)
                self._error(
                    name.at, f"“{name}”不是选项类的事实，不能分组", f"是不是“{right}”？" if right else ""
                )
        book = RuleBook(vocabulary, rules, parameters, benefits, tuple(stacking))
        if not any(problem.severity is Severity.ERROR for problem in self.problems):
            self.problems += consistency(book)
        regions = self._regions()
        ordered = tuple(sorted(self.problems, key=lambda one: (one.file, one.line, one.column)))
        catalogue = Catalogue(
            self.root,
            head.catalogue.title.text,
            head.catalogue.region.text,
            tuple(documents.values()),
            book,
            regions,
            head.catalogue.note.text if head.catalogue.note else "",
            ordered,
            tuple(one.text for one in head.catalogue.groups),
        )
        return catalogue, ordered

    def _files(self, name: str) -> Iterator[Path]:
        yield from sorted(self.root.rglob(name))

    def _read(self, path: Path, shape: type[S]) -> S | None:
        read = y.read_shape(path, shape, str(path))
        self.problems += read.diagnostics
        return read.shape

    def _parameters(self, vocabulary: Mapping[str, FactDeclaration]) -> dict[str, ParameterRule]:
        found: dict[str, ParameterRule] = {}
        for path in self._files("parameters.yaml"):
            file = self._read(path, y.ParametersFile)
            for name, shape in (file.parameters if file else {}).items():
                rule = lower_parameter(name, shape, self.problems)
                if name.text in found:
                    self._error(name.at, f"参数“{name}”写了两次", "合成一个")
                elif name.text in vocabulary:
                    self._error(name.at, f"参数“{name}”与一个事实同名", "换一个名字，免得不知道指哪一个")
                elif rule:
                    found[name.text] = rule
        return found

    def _rules(self) -> Iterator[tuple[y.Text, y.Rule]]:
        for path in self._files("rules.yaml"):
            file = self._read(path, y.RulesFile)
            if file:
                yield from file.rules.items()

    def _regions(self) -> Regions | None:
        path = self.root / "codes" / "regions.yaml"
        try:
            return load_regions(path) if path.exists() else None
        except ValueError as problem:
            self._error(Span(str(path), 1, 1), str(problem))
            return None

    def _error(self, at: Span, message: str, hint: str = "") -> None:
        self.problems.append(error_at(at, message, hint))
