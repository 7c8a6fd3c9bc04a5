"""cases.yaml: worked examples that stand beside the rules (例)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from huiqi.catalogue.shape.base import Day, Facts, Many, Shape, Text
from huiqi.catalogue.shape.words import VerdictWord
from huiqi.catalogue.source import error_at
from huiqi.language.diagnostics import Diagnostic


class Trial(Shape):
    """试: a change to the base facts and what must come of it; only what is written is compared (L13.2)."""

    label: ClassVar[str] = "试"

    name: Text = Field(alias="名", description="这一试的名字")
    on: Day | None = Field(None, alias="日期", description="代替例的日期")
    changes: Facts | None = Field(None, alias="变", description="在基准上改几个事实；未知是拿掉")
    verdict: VerdictWord | None = Field(None, alias="判定", description="应得的结论")
    amount: Annotated[Many[Text], Field(min_length=1, max_length=2)] | None = Field(
        None, alias="金额", description="一个数，或两个数的范围"
    )
    unmet: Many[Text] | None = Field(None, alias="未满足", description="全部没过的条件")
    missing: Many[Text] | None = Field(None, alias="缺", description="全部缺的事实")
    gives: Text | None = Field(None, alias="得", description="规则应得的值")
    parts: dict[Text, Text] | None = Field(None, alias="明细", description="各份的数")

    def problems(self) -> Iterator[Diagnostic]:
        """A trial that compares nothing."""
        expected = (self.verdict, self.amount, self.unmet, self.missing, self.gives, self.parts)
        if all(one is None for one in expected):
            yield error_at(
                self.at, "这一试没有写要得到什么", "写判定、金额、未满足、缺、得、明细中的至少一个"
            )


class Example(Shape):
    """例: a benefit or a rule, a day, base facts and trials."""

    label: ClassVar[str] = "例"

    benefit: Text | None = Field(None, alias="事项", description="事项的标识")
    rule: Text | None = Field(None, alias="规则", description="规则的名字")
    on: Day = Field(alias="日期", description="问的是哪一天")
    base: Facts = Field(alias="基准", description="一套全部满足的事实")
    trials: tuple[Trial, ...] = Field(alias="试", min_length=1, description="各试")

    def problems(self) -> Iterator[Diagnostic]:
        """Neither or both of benefit and rule, expectations of the wrong kind, names that stand twice."""
        if bool(self.benefit) == bool(self.rule):
            yield error_at(self.at, "一个例要写「事项」「规则」中的一个")
        first: dict[str, int] = {}
        for trial in self.trials:
            if trial.name.text in first:
                line = first[trial.name.text]
                yield error_at(trial.name.at, f"试的名「{trial.name}」重复", f"第一次在第 {line} 行")
            first.setdefault(trial.name.text, trial.name.at.line)
            if trial.gives and not self.rule:
                yield error_at(trial.gives.at, "「得」只用于规则的例", "事项的例写判定、金额")
            if trial.verdict and self.rule:
                yield error_at(trial.at, "「判定」只用于事项的例", "规则的例写「得」")


class CasesFile(Shape):
    """cases.yaml as a whole."""

    label: ClassVar[str] = "最外层"

    examples: tuple[Example, ...] = Field(alias="例", description="各个例")
