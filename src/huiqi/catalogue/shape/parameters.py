"""parameters.yaml: numbers that change from one day to another (参数)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import ClassVar

from pydantic import Field

from huiqi.catalogue.shape.base import Flag, NullableDay, Shape, Text
from huiqi.catalogue.source import error_at
from huiqi.language.diagnostics import Diagnostic


class DatedValue(Shape):
    """值: what the parameter was between two days, both included; with `high` it is a range (L12.4)."""

    label: ClassVar[str] = "值"

    start: NullableDay = Field(alias="自", description="第一天（含）；不详写 null")
    end: NullableDay = Field(alias="至", description="最后一天（含）；没有写 null")
    value: Text = Field(alias="值", description="带单位的数；有「高」时是低的一头")
    high: Text | None = Field(None, alias="高", description="高的一头")
    confirmed: Flag = Field(True, alias="核实", description="否：没有见到官方原文")
    cite: Text = Field(alias="依据", description="出自哪个文件、哪条")
    note: Text | None = Field(None, alias="说明", description="给读者的说明")

    def problems(self) -> Iterator[Diagnostic]:
        """A start after the end."""
        if self.start and self.end and self.start > self.end:
            yield error_at(self.at, f"起 {self.start} 在止 {self.end} 之后", "两个日期是否写反")


class Parameter(Shape):
    """参数: a unit and the values over time."""

    label: ClassVar[str] = "参数"

    unit: Text = Field(alias="单位", description="如：元/年")
    values: tuple[DatedValue, ...] = Field(alias="值", min_length=1, description="各段时间的值")
    note: Text | None = Field(None, alias="注", description="给读者的说明，不影响计算")

    def problems(self) -> Iterator[Diagnostic]:
        """Values for the same day."""
        ordered = sorted(self.values, key=lambda value: value.start or date.min)
        for earlier, later in pairwise(ordered):
            if (earlier.end or date.max) >= (later.start or date.min):
                yield error_at(later.at, "这一段与另一段的日子重叠", f"另一段在第 {earlier.at.line} 行")


class ParametersFile(Shape):
    """parameters.yaml as a whole."""

    label: ClassVar[str] = "最外层"

    parameters: dict[Text, Parameter] = Field(alias="参数", description="参数的名字: 各段时间的值")
