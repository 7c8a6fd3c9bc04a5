"""The shape of 联办 in ``procedure.yaml``: several matters that are applied for, told about and ended as one.

A figure that the texts do not give is left out, never guessed; what is left out shows as not yet filled.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from huiqi.catalogue.shape import Shape, Text
from huiqi.catalogue.shape.base import Many, Whole, Word
from huiqi.catalogue.source import error_at
from huiqi.clocks import Unit
from huiqi.language.diagnostics import Diagnostic


class ChildShape(Shape):
    """事项: one of the matters that are joined."""

    label: ClassVar[str] = "联办的事项"

    department: Text = Field(alias="部门", description="办这一项的主体")
    procedure: Text | None = Field(None, alias="办事", description="这一项自己的程序的标识")
    done: Text = Field(alias="办结", description="写明这一项办完没有、结果怎样的事实")
    forms: dict[Text, Text] | None = Field(
        None, alias="表单", description="单独办时要填的表: 哪一条；不知道的不写"
    )
    materials: dict[Text, Text] | None = Field(
        None, alias="材料", description="单独办时要交的材料: 哪一条；不要材料的写 {}，不知道的不写"
    )
    length: Whole | None = Field(None, alias="长", ge=1, description="单独办要多久；不知道的不写")
    unit: Annotated[Unit, Word()] | None = Field(
        None, alias="单位", description="工作日、日、月、年、小时、分钟"
    )
    steps: Whole | None = Field(None, alias="环节", ge=1, description="单独办有几个环节；不知道的不写")
    document: Text | None = Field(None, alias="文件", description="依据在另一个文件的，写它的标题")
    cite: Text = Field(alias="依据", description="哪一条")

    def problems(self) -> Iterator[Diagnostic]:
        """A number without its unit."""
        if bool(self.length) != bool(self.unit):
            yield error_at(self.at, "「长」和「单位」要一起写")


class FormShape(Shape):
    """预填: how much of the one form fills itself."""

    label: ClassVar[str] = "预填"

    fields: Whole = Field(alias="项", ge=1, description="一张表共有几项")
    filled: Whole = Field(alias="自动", ge=0, description="其中几项自动生成")
    cite: Text = Field(alias="依据", description="哪一条")

    def problems(self) -> Iterator[Diagnostic]:
        """More than there is."""
        if self.filled > self.fields:
            yield error_at(self.at, f"一共 {self.fields} 项，不能自动生成 {self.filled} 项")


class TargetShape(Shape):
    """目标: how much must be saved at least."""

    label: ClassVar[str] = "目标"

    percent: Whole = Field(alias="百分", ge=1, le=100, description="至少百分之几")
    cite: Text = Field(alias="依据", description="哪一条")


class ReuseShape(Shape):
    """复用: what was handed in before is used again, if the applicant agrees."""

    label: ClassVar[str] = "复用"

    event: Text = Field(alias="事件", description="复用以前的材料的事件")
    consent: Text = Field(alias="同意", description="申请人同不同意，是否类的事实")
    cite: Text = Field(alias="依据", description="哪一条")


class CompositeShape(Shape):
    """联办: one form, one set of materials, one notice, one result for several matters."""

    label: ClassVar[str] = "联办"

    applies: Text = Field(alias="申请", description="一次申请的事件，它的材料就是那一套材料")
    notifies: Text = Field(alias="告知", description="一次告知缺什么的事件，只能发生一次")
    waives: Text | None = Field(None, alias="容缺", description="承诺后补的事件，要有写明日子的期限")
    reuse: ReuseShape | None = Field(None, alias="复用", description="经同意复用材料")
    releases: Many[Text] = Field(alias="出件", min_length=1, description="统一出件的事件，等各项都办结")
    forms: dict[Text, Text] = Field(alias="表单", min_length=1, description="合成的表: 哪一条")
    prefill: FormShape | None = Field(None, alias="预填", description="表里自动生成的；不知道的不写")
    exempt: dict[Text, Text] = Field(
        default_factory=dict, alias="免提交", description="靠共享取得、不用交的材料: 哪一条"
    )
    length: Whole | None = Field(None, alias="长", ge=1, description="一起办要多久；不知道的不写")
    unit: Annotated[Unit, Word()] | None = Field(None, alias="单位", description="同「长」")
    steps: Whole | None = Field(None, alias="环节", ge=1, description="一起办有几个环节；不知道的不写")
    targets: dict[Text, TargetShape] = Field(
        default_factory=dict, alias="目标", description="自动生成、表单、材料、时限、环节: 至少省多少"
    )
    children: dict[Text, ChildShape] = Field(alias="事项", description="联办的各项，至少两项")
    cite: Text = Field(alias="依据", description="哪一条")

    def problems(self) -> Iterator[Diagnostic]:
        """A number without its unit, or nothing to join."""
        if len(self.children) == 1:
            yield error_at(next(iter(self.children)).at, "联办至少要有两个事项")
        if bool(self.length) != bool(self.unit):
            yield error_at(self.at, "「长」和「单位」要一起写")
