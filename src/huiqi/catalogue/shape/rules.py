"""rules.yaml: facts that can be derived when they are not given (推定规则)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from huiqi.catalogue.shape.base import Many, Shape, Text
from huiqi.catalogue.shape.conditions import Let
from huiqi.catalogue.source import error_at
from huiqi.language.diagnostics import Diagnostic


class RuleCase(Shape):
    """情形: when this holds the fact is that; or, as the last one, what it is otherwise."""

    label: ClassVar[str] = "情形"

    when: Text | None = Field(None, alias="当", description="是否式")
    gives: Text | None = Field(None, alias="得", description="这时的值")
    otherwise: Text | None = Field(None, alias="否则", description="都不是时的值，写在最后")
    wording: Many[Text] = Field((), alias="字样", description="原文里带着数的几个字")
    cite: Text | None = Field(None, alias="依据", description="条款；不写就用规则的依据")

    def problems(self) -> Iterator[Diagnostic]:
        """Neither a test with its value nor an otherwise."""
        if bool(self.when) != bool(self.gives) or bool(self.otherwise) == bool(self.when):
            yield error_at(self.at, "一个情形要么写「当」和「得」，要么只写「否则」")


class Rule(Shape):
    """规则: the cases from top to bottom; the first that holds counts (L12.2)."""

    label: ClassVar[str] = "规则"

    cite: Text = Field(alias="依据", description="出自哪个文件、哪条")
    lets: tuple[Let, ...] = Field((), alias="设", description="给中间量起名")
    cases: tuple[RuleCase, ...] = Field(alias="情形", min_length=1, description="从上到下，先中先得")
    note: Text | None = Field(None, alias="注", description="给读者的说明，不影响计算")

    def problems(self) -> Iterator[Diagnostic]:
        """Cases that are never reached."""
        for case in self.cases[:-1]:
            if case.otherwise:
                yield error_at(case.otherwise.at, "「否则」后面还有情形，永远轮不到", "「否则」写在最后")


class RulesFile(Shape):
    """rules.yaml as a whole."""

    label: ClassVar[str] = "最外层"

    rules: dict[Text, Rule] = Field(alias="规则", description="事实的名字: 怎么推定")
