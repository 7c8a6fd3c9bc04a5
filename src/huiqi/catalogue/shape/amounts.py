"""金额: five ways to write how much, with what they share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, TypeAlias

from pydantic import Discriminator, Field, Tag

from huiqi.catalogue.shape.base import TAG, Many, Shape, Text
from huiqi.catalogue.shape.words import NatureWord, PerWord, RoundingWord
from huiqi.catalogue.source import MapNode, error_at
from huiqi.language.diagnostics import Diagnostic


class Rounding(Shape):
    """取整: how the amount is rounded, where the clause says so (L7.6)."""

    label: ClassVar[str] = "取整"

    mode: RoundingWord = Field(alias="方式", description="四舍五入、舍去或进位")
    to: Text = Field(alias="到", description="取到哪一位，如：1元、1万元")


class AccumulatedCap(Shape):
    """累计封顶: a cap over several grants together (L7.7)."""

    label: ClassVar[str] = "累计封顶"

    per: Many[PerWord] = Field(alias="每", min_length=1, description="按什么合起来算，如：[企业, 年度]")
    limit: Text = Field(alias="限", description="合起来最多多少，如：200万元")
    cite: Text | None = Field(None, alias="依据", description="条款；不写就用事项的依据")
    note: Text | None = Field(None, alias="注", description="给读者的说明，不影响计算")


class AmountBase(Shape):
    """What every way of writing an amount may add."""

    label: ClassVar[str] = "金额"

    nature: NatureWord | None = Field(None, alias="性质", description="定额、不超过（最高）或按比例")
    cap: Text | None = Field(None, alias="封顶", description="一次（一个对象）的上限")
    floor: Text | None = Field(None, alias="保底", description="一次（一个对象）的下限；先保底后封顶")
    rounding: Rounding | None = Field(None, alias="取整", description="文件写了怎么取整才写")
    accumulated_caps: Many[AccumulatedCap] = Field((), alias="累计封顶", description="几份加起来的上限")
    shares: dict[Text, Text] | None = Field(
        None, alias="分担", description="由哪级出多少，合计 100%，如：{市: 50%, 县区: 50%}"
    )
    wording: Many[Text] = Field((), alias="字样", description="原文里带着数的几个字")
    otherwise_defined: Text | None = Field(
        None, alias="另有规定", description="文件自己另定以上、以下是否含本数的条款"
    )
    cite: Text | None = Field(None, alias="依据", description="条款；不写就用事项的依据")
    note: Text | None = Field(None, alias="注", description="给读者的说明，不影响计算")


class FixedAmount(AmountBase):
    """A sum as it stands."""

    fixed: Text = Field(alias="定额", description="照数给，如：10万元")


class FormulaAmount(AmountBase):
    """A formula."""

    formula: Text = Field(alias="式", description="怎么算，如：投资额 * 30%")


class Tier(Shape):
    """档: a band and what it gives; bounds include the number or not as their words say (L7.3)."""

    label: ClassVar[str] = "档"

    above: Text | None = Field(None, alias="超过", description="下界，不含本数")
    at_least: Text | None = Field(None, alias="以上", description="下界，含本数")
    below: Text | None = Field(None, alias="不满", description="上界，不含本数")
    at_most: Text | None = Field(None, alias="以下", description="上界，含本数")
    gives: Text = Field(alias="给", description="这一档给多少")
    wording: Many[Text] = Field((), alias="字样", description="原文里带着数的几个字")
    cite: Text | None = Field(None, alias="依据", description="条款；不写就用事项的依据")

    def problems(self) -> Iterator[Diagnostic]:
        """A band without a bound, or with two bounds on one side."""
        if self.above and self.at_least:
            yield error_at(self.at_least.at, "「超过」和「以上」只能写一个", "超过不含本数，以上含本数")
        if self.below and self.at_most:
            yield error_at(self.at_most.at, "「不满」和「以下」只能写一个", "不满不含本数，以下含本数")
        if not (self.above or self.at_least or self.below or self.at_most):
            yield error_at(self.at, "这一档没有界", "写超过、以上、不满、以下中的一个或两个")


class Tiers(Shape):
    """分档: what the bands are measured by, and the bands."""

    label: ClassVar[str] = "分档"

    by: Text = Field(alias="按", description="按哪个数分档")
    tiers: tuple[Tier, ...] = Field(alias="档", min_length=1, description="各档，从高到低")


class TieredAmount(AmountBase):
    """Bands of a number."""

    tiered: Tiers = Field(alias="分档", description="按一个数的大小分档")


class LookupTable(Shape):
    """对照: which option gives how much."""

    label: ClassVar[str] = "对照"

    by: Text = Field(alias="按", description="按哪个选项")
    table: dict[Text, Text] = Field(alias="表", min_length=1, description="选项: 金额")


class TableAmount(AmountBase):
    """A table of options."""

    lookup: LookupTable = Field(alias="对照", description="按选项查表")


class Part(Shape):
    """明细: one named part of an amount; the parts add up (L7.5)."""

    label: ClassVar[str] = "明细"

    name: Text = Field(alias="名", description="这一份的名字")
    formula: Text = Field(alias="式", description="怎么算")
    cap: Text | None = Field(None, alias="封顶", description="这一份的上限")
    floor: Text | None = Field(None, alias="保底", description="这一份的下限")
    rounding: Rounding | None = Field(None, alias="取整", description="文件写了怎么取整才写")
    wording: Many[Text] = Field((), alias="字样", description="原文里带着数的几个字")
    cite: Text | None = Field(None, alias="依据", description="条款；不写就用事项的依据")
    note: Text | None = Field(None, alias="注", description="给读者的说明，不影响计算")


class ItemisedAmount(AmountBase):
    """Several named parts that add up."""

    parts: tuple[Part, ...] = Field(alias="明细", min_length=1, description="各份相加就是金额")


AMOUNT_FORMS = ("定额", "式", "分档", "对照", "明细")
"""The keys of which an amount has exactly one."""


def _amount_form(data: object) -> str | None:
    """The one form that is written; None, an error, when none or several are."""
    if not isinstance(data, MapNode):
        return TAG + "定额"  # its shape then says that this is no mapping, and how to write one
    written = [form for form in AMOUNT_FORMS if form in data]
    return TAG + written[0] if len(written) == 1 else None


Amount: TypeAlias = Annotated[
    Annotated[FixedAmount, Tag(TAG + "定额")]
    | Annotated[FormulaAmount, Tag(TAG + "式")]
    | Annotated[TieredAmount, Tag(TAG + "分档")]
    | Annotated[TableAmount, Tag(TAG + "对照")]
    | Annotated[ItemisedAmount, Tag(TAG + "明细")],
    Discriminator(_amount_form, custom_error_type="amount_form", custom_error_message="-"),
]
