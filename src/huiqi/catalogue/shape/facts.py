"""facts/*.yaml: the vocabulary, what may be asked of an enterprise and what the words mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from huiqi.catalogue.shape.base import Flag, Shape, Text, Whole
from huiqi.catalogue.shape.words import CodeWord, FactType, FactTypeWord
from huiqi.catalogue.source import error_at
from huiqi.language.diagnostics import Diagnostic, nearest

_BOUNDED = (FactType.MONEY, FactType.COUNT, FactType.RATIO, FactType.DURATION, FactType.DATE)
_DURATIONS = ("年", "月", "日")
_MONEY = ("元", "万元", "亿元", "美元", "万美元", "亿美元")


class FactField(Shape):
    """One field of a collection; and what a fact of any type may say."""

    label: ClassVar[str] = "字段"

    type: FactTypeWord = Field(alias="类型", description="事实的类型")
    unit: Text | None = Field(None, alias="单位", description="问的时候用的单位；数量和时长必须写")
    options: tuple[Text, ...] = Field((), alias="选项", description="选项型的各个选项")
    minimum: Text | None = Field(None, alias="最小", description="最小值，缺省 0")
    maximum: Text | None = Field(None, alias="最大", description="最大值")
    period: Text | None = Field(None, alias="期", description="本年度、上年度、近三年、时点……")
    definition: Text | None = Field(None, alias="口径", description="这个数怎么算")
    source: Text | None = Field(None, alias="来源", description="哪个部门有")
    question: Text = Field(alias="问", description="怎么问")
    note: Text | None = Field(None, alias="说明", description="怎么查到这个数")
    code: CodeWord | None = Field(None, alias="格式", description="文本：要通过哪种代码的校验")
    effort: Annotated[Whole, Field(ge=1, le=5)] = Field(
        3, alias="难度", description="1 随口能答 … 5 要去开证明"
    )
    sensitive: Flag = Field(False, alias="敏感", description="是：个人信息，不入日志和网址")
    changeable: Flag = Field(True, alias="可变", description="否：谈不上改一改就符合，如成立日期")

    def problems(self) -> Iterator[Diagnostic]:
        """Options, unit and bounds that do not go with the type (L2.2, L2.3)."""
        if self.type is FactType.OPTION and not self.options:
            yield error_at(self.at, "选项型的事实缺少键「选项」", "列出各个选项")
        if self.options and self.type is not FactType.OPTION:
            yield error_at(self.options[0].at, f"类型是「{self.type}」，不能写「选项」", "类型改为选项")
        seen: set[str] = set()
        for option in self.options:
            if option.text in seen:
                yield error_at(option.at, f"选项「{option}」重复")
            seen.add(option.text)
        if self.code and self.type is not FactType.TEXT:
            yield error_at(self.at, f"类型是「{self.type}」，不能写「格式」", "只有文本才有格式")
        yield from self._unit_problems()
        for bound in (self.minimum, self.maximum):
            if bound and self.type not in _BOUNDED:
                yield error_at(bound.at, f"类型是「{self.type}」，没有最小、最大")

    def _unit_problems(self) -> Iterator[Diagnostic]:
        if self.unit is None:
            if self.type in (FactType.COUNT, FactType.DURATION):
                hint = "年、月或日" if self.type is FactType.DURATION else "如：人、家、吨、平方米"
                yield error_at(self.at, f"{self.type}型的事实缺少键「单位」", hint)
            return
        at, unit = self.unit.at, self.unit.text
        if self.type is FactType.DURATION and unit not in _DURATIONS:
            yield error_at(at, f"时长的单位不能是「{unit}」", "年、月或日")
        elif self.type is FactType.MONEY and unit not in _MONEY:
            right = nearest(unit, _MONEY)
            yield error_at(
                at, f"金额的单位不能是「{unit}」", f"是不是「{right}」" if right else "元、万元或亿元"
            )
        elif self.type in (FactType.FLAG, FactType.TEXT, FactType.OPTION, FactType.DATE, FactType.COLLECTION):
            yield error_at(at, f"类型是「{self.type}」，没有单位")


class Fact(FactField):
    """事实: a fact of the vocabulary; a collection has fields of its own."""

    label: ClassVar[str] = "事实"

    label_field: Text | None = Field(None, alias="称呼", description="集合：用哪个字段称呼其中一项")
    fields: dict[Text, FactField] = Field({}, alias="字段", description="集合：每一项有哪些字段")

    def problems(self) -> Iterator[Diagnostic]:
        """Also a collection without fields, or with a label that is none of them."""
        yield from super().problems()
        if self.type is not FactType.COLLECTION:
            if self.label_field:
                yield error_at(
                    self.label_field.at, f"类型是「{self.type}」，不能写「称呼」", "只有集合才有称呼"
                )
            for name in list(self.fields)[:1]:
                yield error_at(name.at, f"类型是「{self.type}」，不能写「字段」", "类型改为集合")
            return
        if not self.fields:
            yield error_at(self.at, "集合缺少键「字段」", "列出每一项有哪些字段")
        elif self.label_field is None:
            yield error_at(self.at, "集合缺少键「称呼」", "用哪个字段称呼其中一项")
        elif self.label_field not in self.fields:
            right = nearest(self.label_field.text, [name.text for name in self.fields])
            hint = f"是不是「{right}」" if right else "可用：" + "、".join(name.text for name in self.fields)
            yield error_at(self.label_field.at, f"字段里没有「{self.label_field}」", hint)
        for name, inner in self.fields.items():
            if inner.type is FactType.COLLECTION:
                yield error_at(inner.at, f"字段「{name}」不能又是集合", "另立一个集合")


class FactsFile(Shape):
    """facts/*.yaml as a whole."""

    label: ClassVar[str] = "最外层"

    facts: dict[Text, Fact] = Field(alias="事实", description="事实的名字: 它是什么")
