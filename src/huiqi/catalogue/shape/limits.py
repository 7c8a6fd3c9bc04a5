"""Limits over several benefits (同享限制) and over many applicants (名额)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from huiqi.catalogue.shape.base import Flag, Many, Shape, Text
from huiqi.catalogue.shape.words import (
    ExemptionWord,
    OrderWord,
    PerWord,
    Shortfall,
    ShortfallWord,
    Ties,
    TiesWord,
    UpperLevelWord,
)
from huiqi.catalogue.source import error_at
from huiqi.language.diagnostics import Diagnostic


class Limit(Shape):
    """同享限制: how many benefits, or how much, one cell of `per` may take (L10)."""

    label: ClassVar[str] = "同享限制"

    per: Many[PerWord] = Field(alias="每", min_length=1, description="几个合起来是一格，如：[企业, 年度]")
    benefits: Many[Text] = Field((), alias="事项", description="管哪些事项；不写就管本文件全部")
    at_most: Text | None = Field(None, alias="最多", description="一格里最多几项，如：1项")
    highest: Flag = Field(False, alias="就高", description="是：只取最高的一项")
    total: Text | None = Field(None, alias="合计不超过", description="一格里合计最多多少，如：50万元")
    upper_level: UpperLevelWord | None = Field(
        None, alias="已获上级资金", description="同一事由已得上级资金的，不再享受"
    )
    unless: ExemptionWord | None = Field(None, alias="除非", description="配套：属于上级资金配套的除外")
    wording: Many[Text] = Field((), alias="字样", description="原文里带着数的几个字")
    cite: Text = Field(alias="依据", description="条款")
    note: Text | None = Field(None, alias="注", description="给读者的说明，不影响计算")

    def problems(self) -> Iterator[Diagnostic]:
        """Not exactly one kind of limit, or a qualifier of a kind that is not there."""
        kinds = [bool(self.at_most), bool(self.total), bool(self.upper_level)]
        if sum(kinds) != 1:
            yield error_at(
                self.at, "同享限制要写「最多」「合计不超过」「已获上级资金」中的一个", "多个就分成几条"
            )
        if self.highest and not self.at_most:
            yield error_at(self.at, "「就高」要和「最多」一起写", "如：最多: 1项")
        if self.unless and not self.upper_level:
            yield error_at(self.at, "「除非」要和「已获上级资金」一起写", "如：已获上级资金: 不再享受")


BY_ENTERPRISE = "由企业选"
"""先: what is written there when an enterprise that is good enough for two lists chooses one."""


class Quota(Shape):
    """名额: a ranking, a number of places or a budget; never decided for one enterprise alone (L10.5)."""

    label: ClassVar[str] = "名额"

    first: Text | None = Field(None, alias="前", description="取前几名，如：50名")
    at_most: Text | None = Field(None, alias="最多", description="每一格最多几个，如：3个")
    per: Many[Text] = Field((), alias="每", description="按什么分格，写事实的名字，如：注册地")
    budget: Text | None = Field(None, alias="预算总额", description="总共多少钱，如：1000万元")
    shortfall: ShortfallWord | None = Field(
        None, alias="不足时", description="预算不够时怎么给；不写就是未载明"
    )
    by: Text | None = Field(None, alias="按", description="按什么排名，条文的话")
    formula: Text | None = Field(
        None, alias="按式", description="按什么排名，能算的式，得数或日期，如：研发费用 / 营业收入"
    )
    order: OrderWord | None = Field(None, alias="次序", description="高到低或低到高；不写就是高到低")
    ties: TiesWord | None = Field(None, alias="并列", description="末位并列怎么取；不写就是待定")
    then: Text | None = Field(None, alias="次式", description="并列时再按什么排，得数或日期，如：成立日期")
    then_order: OrderWord | None = Field(None, alias="次式次序", description="次式的次序；不写就是高到低")
    excludes: Many[Text] = Field((), alias="不重复", description="与哪些事项（标识）的名单不重复")
    before: Many[Text] = Field((), alias="先", description="哪个名单先排，按先后写事项的标识；或写：由企业选")
    refill: Flag | None = Field(None, alias="递补", description="空出来的名额递不递补；不写就是未载明")
    among: Text | None = Field(None, alias="范围", description="在哪些对象里排，如：全省规上工业企业")
    wording: Many[Text] = Field((), alias="字样", description="原文里带着数的几个字")
    cite: Text | None = Field(None, alias="依据", description="条款；不写就用事项的依据")
    note: Text | None = Field(None, alias="说明", description="给读者的说明，不影响计算")

    def problems(self) -> Iterator[Diagnostic]:
        """A quota that limits nothing, an order of nothing, and qualifiers of what is not there."""
        ranked = bool(self.by or self.formula)
        if not (self.first or self.at_most or self.budget):
            yield error_at(self.at, "名额要写「前」「最多」「预算总额」中的至少一个", "如：前: 50名")
        if self.order and not ranked:
            yield error_at(self.at, "写了「次序」却没有写「按」什么排", "如：按: 研发投入强度")
        if (self.ties or self.per or self.excludes) and not (self.first or self.at_most):
            yield error_at(self.at, "「并列」「每」「不重复」要和「前」或「最多」一起写", "如：前: 50名")
        if bool(self.then) != (self.ties is Ties.FORMULA):
            yield error_at(self.at, "「并列: 次式」和「次式」要一起写", "如：并列: 次式, 次式: 成立日期")
        if self.then_order and not self.then:
            yield error_at(self.at, "写了「次式次序」却没有写「次式」", "如：次式: 成立日期")
        if self.then and not ranked:
            yield error_at(self.at, "写了「次式」却没有写先「按」什么排", "如：按: 研发投入强度")
        if (self.before or self.refill is not None) and not self.excludes:
            yield error_at(self.at, "「先」「递补」要和「不重复」一起写", "如：不重复: 另一个事项的标识")
        if self.shortfall and not self.budget:
            yield error_at(self.at, "「不足时」要和「预算总额」一起写", "如：预算总额: 1000万元")
        if self.shortfall is Shortfall.BY_RANK and not ranked:
            yield error_at(self.at, "写了「不足时: 按名次」却没有写「按」什么排", "如：按: 研发投入强度")
