"""The shape of 统计 in ``procedure.yaml``: what reports and samples of a procedure count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from huiqi.catalogue.shape import Shape, Text
from huiqi.catalogue.shape.base import Many, Whole
from huiqi.catalogue.source import error_at
from huiqi.language.diagnostics import Diagnostic


class CountedShape(Shape):
    """统计的事件: which events count as one thing."""

    label: ClassVar[str] = "统计的事件"

    events: Many[Text] = Field(alias="事件", min_length=1, description="哪些事件")
    cite: Text = Field(alias="依据", description="哪一条")


class AnswerShape(Shape):
    """满意: which event brings the answer, and which fact says that it is a good one."""

    label: ClassVar[str] = "满意"

    events: Many[Text] = Field(alias="事件", min_length=1, description="写明答复的事件，如回访")
    fact: Text = Field(alias="事实", description="答复的事实")
    values: Many[Text] = Field(alias="是", min_length=1, description="是这些值中的一个算满意")
    cite: Text = Field(alias="依据", description="哪一条")


class TrackedShape(Shape):
    """跟踪: closed cases that stay on a ledger until they are written off."""

    label: ClassVar[str] = "跟踪"

    listed: Many[Text] = Field(alias="列入", min_length=1, description="列入台账的事件")
    written_off: Many[Text] = Field(alias="销账", min_length=1, description="销账的事件")
    duty: Text | None = Field(None, alias="职责", description="应当列入的职责，没有列入的也要列明")
    cite: Text = Field(alias="依据", description="哪一条")


class SampleShape(Shape):
    """抽查: the least share of each stratum that is drawn."""

    label: ClassVar[str] = "抽查"

    percent: Whole = Field(alias="百分之", ge=1, description="每地每部门不少于百分之几")
    cite: Text = Field(alias="依据", description="哪一条")

    def problems(self) -> Iterator[Diagnostic]:
        """More than all."""
        if self.percent > 100:
            yield error_at(self.at, f"百分之 {self.percent} 超过全部", "写 1 到 100")


class StatisticsShape(Shape):
    """统计: what reports and samples of this procedure count."""

    label: ClassVar[str] = "统计"

    received: CountedShape = Field(alias="收到", description="收到一件")
    accepted: CountedShape = Field(alias="受理", description="受理一件，从此是在办")
    closed: CountedShape = Field(alias="办结", description="办结一件")
    ended: CountedShape | None = Field(None, alias="了结", description="没有办结而不再办")
    reopened: CountedShape | None = Field(None, alias="重办", description="办结、了结以后再办")
    answer: AnswerShape | None = Field(None, alias="满意", description="满意不满意")
    tracked: TrackedShape | None = Field(None, alias="跟踪", description="跟踪台账")
    sample: SampleShape | None = Field(None, alias="抽查", description="抽查多少")
    notes: Many[Text] = Field((), alias="注", description="读者要知道的，如率没有规定算法")
    cite: Text = Field(alias="依据", description="哪一条要统计")
