"""What tests of the rule language share: a vocabulary, formulas read in it, and a small catalogue on disk.

The texts are written as docs/language.md writes them, so that a test reads like the statement it backs.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import dedent, indent
from typing import Any, TypeVar

from huiqi.catalogue.fact_values import Facts, read_facts
from huiqi.catalogue.load import Catalogue, load_catalogue, read_catalogue
from huiqi.catalogue.shape import FactsFile, as_shape
from huiqi.catalogue.source import read_source
from huiqi.catalogue.vocabulary import lower_vocabulary
from huiqi.evaluate.compile import Compiler
from huiqi.evaluate.environment import Environment
from huiqi.evaluate.judge import Judge
from huiqi.evaluate.result import Result
from huiqi.evaluate.values import Answer
from huiqi.language.check import Scope, check
from huiqi.language.parse import FormulaError, parse
from huiqi.language.syntax import Node
from huiqi.language.types import ANY, Type
from huiqi.language.vocabulary import Vocabulary

F = TypeVar("F", bound=Callable[..., object])

TODAY = date(2024, 6, 1)


def reference(*numbers: str) -> Callable[[F], F]:
    """Marks a test as backing statements of docs/language.md; test_reference.py counts them."""
    assert numbers

    def mark(test: F) -> F:
        return test

    return mark


FACTS = """\
事实:
  投资额: {类型: 金额, 单位: 万元, 问: 投了多少？}
  贷款额: {类型: 金额, 单位: 万元, 问: 贷了多少？}
  利润: {类型: 金额, 最小: -100亿元, 问: 利润多少？}
  外资: {类型: 金额, 单位: 万美元, 问: 到了多少外资？}
  从业人数: {类型: 数量, 单位: 人, 问: 多少人？}
  面积: {类型: 数量, 单位: 平方米, 问: 多大？}
  研发占比: {类型: 比例, 最大: 100%, 问: 占多少？}
  经营时长: {类型: 时长, 单位: 年, 问: 开了几年？}
  工期: {类型: 时长, 单位: 日, 问: 做了几天？}
  成立日期: {类型: 日期, 可变: 否, 问: 哪天成立的？}
  开工日期: {类型: 日期, 问: 哪天开工的？}
  企业规模: {类型: 选项, 选项: [大型, 中型, 小型, 微型], 问: 多大规模？}
  去年规模: {类型: 选项, 选项: [大型, 中型, 小型, 微型], 问: 去年多大规模？}
  主体类型: {类型: 选项, 选项: [企业, 个体工商户, 个人], 问: 哪一类主体？}
  高新企业: {类型: 是否, 问: 是高新技术企业吗？}
  失信: {类型: 是否, 问: 失信吗？}
  企业名称: {类型: 文本, 问: 叫什么？}
  项目:
    类型: 集合
    称呼: 名称
    问: 有哪些项目？
    字段:
      名称: {类型: 文本, 问: 叫什么？}
      设备额: {类型: 金额, 单位: 万元, 问: 设备多少钱？}
      人数: {类型: 数量, 单位: 人, 问: 多少人？}
      完工日期: {类型: 日期, 问: 哪天完工？}
      类别: {类型: 选项, 选项: [新建, 改造, 扩建], 问: 哪一类？}
      示范: {类型: 是否, 问: 是示范吗？}
"""


def read_vocabulary(text: str) -> Vocabulary:
    """The vocabulary that a facts file declares; nothing may be wrong with it."""
    read = as_shape(read_source(text, "facts.yaml"), FactsFile)
    assert [str(one) for one in read.diagnostics] == []
    assert read.shape is not None
    problems: list[Any] = []
    vocabulary = lower_vocabulary([read.shape], problems)
    assert problems == []
    return vocabulary


VOCABULARY = read_vocabulary(FACTS)


def formula(
    text: str,
    expected: Type = ANY,
    *,
    inside: tuple[str, ...] = (),
    definitions: Mapping[str, Node] | None = None,
) -> Node:
    """The typed tree of a formula over ``FACTS``; nothing may be wrong with it."""
    scope = Scope(VOCABULARY, definitions or {}, collections=inside)
    node = check(parse(text), scope, expected)
    assert [str(one) for one in scope.problems] == []
    return node


def mistakes(text: str, expected: Type = ANY, *, inside: tuple[str, ...] = ()) -> list[str]:
    """What is wrong with a formula over ``FACTS``: ``line:column: message（hint）``."""
    scope = Scope(VOCABULARY, collections=inside)
    try:
        check(parse(text), scope, expected)
    except FormulaError as error:
        hint = f"（{error.hint}）" if error.hint else ""
        return [f"{error.span.line}:{error.span.column}: {error.message}{hint}"]
    return [
        f"{one.line}:{one.column}: {one.message}" + (f"（{one.hint}）" if one.hint else "")
        for one in scope.problems
    ]


def facts(text: str, vocabulary: Vocabulary = VOCABULARY) -> Facts:
    """What a facts file says; nothing may be wrong with it."""
    source = read_source(dedent(text) or "{}", "facts.yaml")
    assert source.root is not None, source.diagnostics
    read, problems = read_facts(source.root, vocabulary)
    assert [str(one) for one in (*source.diagnostics, *problems)] == []
    return read


def value(text: str, known: str = "", on: date = TODAY) -> Answer:
    """What a formula over ``FACTS`` comes to, with the facts that are known."""
    closure = Compiler(VOCABULARY, {}, {}).evaluate(formula(text))
    return closure(Environment(facts(known).values, on))


# ---- a catalogue in a folder ----

ONE_YEAR_OR_MORE = "{自: 2023-01-01, 至: 2025-12-31}"
_BENEFIT = {
    "标识": "xx-2023/{id}",
    "名": "{id}补助",
    "摘要": "给补助",
    "依据": "一",
    "责任单位": "某局",
    "形式": "奖补",
    "金额": "{定额: 10万元}",
}


def benefit(text: str = "", id: str = "a") -> str:
    """One 事项 with what ``text`` says of it; what it must have and ``text`` leaves out is filled in."""
    text = dedent(text)
    rest = [
        f"{key}: {default.replace('{id}', id)}"
        for key, default in _BENEFIT.items()
        if not re.search(rf"^{key}:", text, re.MULTILINE)
        and not (key == "金额" and re.search(r"^不可计算:", text, re.MULTILINE))
    ]
    body = indent("\n".join([*rest, text.strip("\n")]), "    ")
    return f"  - {body.strip()}\n"


def document(*benefits: str, head: str = "", period: str = ONE_YEAR_OR_MORE, level: str = "市") -> str:
    """A benefits.yaml with these benefits; ``head`` holds further keys of the file."""
    return (
        f'文件: {{标识: xx-2023, 标题: 某文件, 文号: null, 机关: [某局], 级别: {level}, 地区: "410200", '
        "印发: 2023-01-01}\n"
        f"适用期: {period}\n{dedent(head)}事项:\n{''.join(benefits)}"
    )


@dataclass(frozen=True)
class Library:
    """A catalogue in a folder of its own: the vocabulary ``FACTS`` and the files that are put there."""

    root: Path

    @classmethod
    def of(cls, root: Path, *benefits: str, vocabulary: str = FACTS, **more: str) -> "Library":
        """A catalogue of one document; ``rules``, ``parameters`` and ``cases`` are further files beside it.

        ``benefits`` are made by `benefit`; without any, a whole benefits.yaml may be given as ``text``.
        """
        library = cls(root)
        library.put("catalogue.yaml", '规则库: {名称: 某库, 地区: "410200"}\n')
        library.put("facts/all.yaml", vocabulary)
        library.put("xx/benefits.yaml", more.pop("text", "") or document(*benefits))
        for name, text in more.items():
            library.put(f"xx/{name}.yaml", text)
        return library

    def put(self, name: str, text: str) -> None:
        """Write one file of the catalogue."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")

    def load(self) -> Catalogue:
        """The catalogue, which must be without errors."""
        return load_catalogue(self.root)

    def problems(self, *, warnings: bool = False) -> list[str]:
        """What is wrong with it, the files named from its root."""
        _, found = read_catalogue(self.root)
        shown = [str(one).replace(f"{self.root}/", "") for one in found]
        return [one for one in shown if warnings or ": 提醒: " not in one]

    def results(self, known: str = "", on: date = TODAY, *, trace: bool = True) -> list[Result]:
        """Every benefit for an enterprise of which these facts are known."""
        catalogue = self.load()
        return Judge(catalogue.book).judge(facts(known, catalogue.vocabulary).values, on, trace=trace)

    def result(self, known: str = "", on: date = TODAY) -> Result:
        """The one result of a catalogue with one benefit."""
        (only,) = self.results(known, on)
        return only
