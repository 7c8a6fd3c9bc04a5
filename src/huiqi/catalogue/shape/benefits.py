"""benefits.yaml: one policy document and the benefits in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from huiqi.catalogue.shape.amounts import Amount
from huiqi.catalogue.shape.base import SLUG, Day, Flag, Many, NullableDay, NullableText, Shape, Text
from huiqi.catalogue.shape.conditions import AnyCondition, ConditionGroup, Conditions, Let
from huiqi.catalogue.shape.limits import Limit, Quota
from huiqi.catalogue.shape.words import MONEY_FORMS, EffectWord, FormWord, LevelWord, ReasonWord
from huiqi.catalogue.source import error_at
from huiqi.language.diagnostics import Diagnostic


class Document(Shape):
    """文件: the official document that the benefits come from."""

    label: ClassVar[str] = "文件"

    id: Text = Field(alias="标识", description="全库唯一，小写字母、数字、连字符；事项标识以它开头")
    title: Text = Field(alias="标题", description="文件的标题")
    number: NullableText = Field(alias="文号", description="没有就写 null")
    issuers: Many[Text] = Field(alias="机关", min_length=1, description="发文机关")
    level: LevelWord = Field(alias="级别", description="国家、省、市或县区")
    region: Text = Field(alias="地区", description="六位行政区划代码，加引号")
    issued: NullableDay = Field(alias="印发", description="印发日期，不详写 null")

    def problems(self) -> Iterator[Diagnostic]:
        """An identifier in other characters than the rest of the catalogue uses."""
        if not SLUG.fullmatch(self.id.text):
            yield error_at(self.id.at, f"标识「{self.id}」只能用小写字母、数字和连字符", "如：xx-2023")


class Period(Shape):
    """适用期: both days included; null is an end that the document does not state (L9.2)."""

    label: ClassVar[str] = "适用期"

    start: NullableDay = Field(alias="自", description="第一天（含）；没有载明写 null")
    end: NullableDay = Field(alias="至", description="最后一天（含）；没有写终止写 null")
    cite: Text | None = Field(None, alias="依据", description="条款")
    note: Text | None = Field(None, alias="说明", description="给读者的说明，不影响计算")

    def problems(self) -> Iterator[Diagnostic]:
        """A start after the end."""
        if self.start and self.end and self.start > self.end:
            yield error_at(self.at, f"适用期的起 {self.start} 在止 {self.end} 之后", "两个日期是否写反")


class LaterLaw(Shape):
    """后法: a later act that touches these benefits, and whether an official source was seen (L9.4)."""

    label: ClassVar[str] = "后法"

    start: Day = Field(alias="自", description="从哪天起")
    title: Text = Field(alias="文件", description="后来文件的名称")
    effect: EffectWord = Field(alias="影响", description="停止、修改或待核")
    confirmed: Flag = Field(alias="核实", description="是：看过官方原文")
    cite: Text | None = Field(None, alias="依据", description="后来文件的条款")
    note: Text | None = Field(None, alias="说明", description="改了什么")


class Uncoded(Shape):
    """未编码: a part of the clause that no program judges, and why (L11)."""

    label: ClassVar[str] = "未编码"

    wording: Many[Text] = Field((), alias="字样", description="原文里说到它的几个字")
    reason: ReasonWord = Field(alias="因", description="为什么没有编码")
    note: Text = Field(alias="说明", description="给读者的说明")
    cite: Text | None = Field(None, alias="依据", description="条款；不写就用事项的依据")


class NotComputable(Shape):
    """不可计算: support that is promised without a standard; stands in place of an amount (L11.3)."""

    label: ClassVar[str] = "不可计算"

    reason: ReasonWord = Field(alias="因", description="为什么算不出")
    note: Text = Field(alias="说明", description="给读者的说明")
    wording: Many[Text] = Field((), alias="字样", description="原文里说到它的几个字")
    cite: Text | None = Field(None, alias="依据", description="条款；不写就用事项的依据")


class Handling(Shape):
    """办理: how to apply, for information only."""

    label: ClassVar[str] = "办理"

    time: Text | None = Field(None, alias="时限", description="如：10个工作日")
    way: Text | None = Field(None, alias="方式", description="在哪里、怎么办")
    cite: Text | None = Field(None, alias="依据", description="条款")


class Benefit(Shape):
    """事项: one benefit."""

    label: ClassVar[str] = "事项"

    id: Text = Field(alias="标识", description="全库唯一，文件标识加 / 开头")
    name: Text = Field(alias="名", description="事项的名字")
    summary: Text = Field(alias="摘要", description="一句话：谁、凭什么、得什么")
    cite: Text = Field(alias="依据", description="条款，如：一、（一）")
    departments: Many[Text] = Field(alias="责任单位", description="条款没有写的给空列表 []")
    subject: Text | None = Field(
        None, alias="对象", description="集合事实的名字，对每一项各算一次；缺省是企业"
    )
    who: Many[Text] = Field((), alias="主体", description="谁可以申请：企业、个体工商户、个人……")
    form: FormWord = Field(alias="形式", description="支持的形式；前五种的钱计入能得多少")
    period: Period | None = Field(None, alias="适用期", description="代替文件的适用期")
    lets: tuple[Let, ...] = Field((), alias="设", description="给中间量起名")
    all_of: Conditions = Field((), alias="全部满足", description="每个条件都要满足")
    any_of: Conditions = Field((), alias="任一满足", description="满足一个就行")
    none_of: Conditions = Field((), alias="都不满足", description="一个都不能满足")
    amount: Amount | None = Field(None, alias="金额", description="给多少")
    not_computable: NotComputable | None = Field(None, alias="不可计算", description="没有标准，代替金额")
    quotas: Many[Quota] = Field((), alias="名额", description="排名、限额、预算；不是条件")
    either_or: Many[Text] = Field((), alias="二选一", description="与所列事项（标识）只能选一个")
    once: Flag = Field(False, alias="一次性", description="是：一个企业只领一次，哪一年领过都不再领")
    matching: Flag = Field(False, alias="配套", description="是：属于上级资金的配套")
    matter: Text | None = Field(None, alias="事由", description="同一件事在不同级别的名字")
    taxes: Many[Text] = Field((), alias="减免税种", description="减的是哪些税费；几项减同一种税时不重复相加")
    category: Text | None = Field(None, alias="类别", description="同类项目里的类")
    uncoded: tuple[Uncoded, ...] = Field((), alias="未编码", description="程序判断不了的部分")
    later_laws: Many[LaterLaw] = Field((), alias="后法", description="后来的文件对它的影响")
    handling: Handling | None = Field(None, alias="办理", description="怎么办，只作说明")
    note: Text | None = Field(None, alias="注", description="给读者的说明，不影响计算")

    def problems(self) -> Iterator[Diagnostic]:
        """An amount that is missing or contradicted, and condition names that stand twice (L6.2)."""
        if self.amount and self.not_computable:
            yield error_at(self.not_computable.at, "「金额」和「不可计算」只能写一个", "有标准的写金额")
        if not self.amount and not self.not_computable and self.form in MONEY_FORMS:
            yield error_at(
                self.at, f"形式是{self.form}的事项要写「金额」", "条款没有标准的，写「不可计算」和原因"
            )
        yield from _repeated_names((self.all_of, self.any_of, self.none_of))


class BenefitsFile(Shape):
    """benefits.yaml as a whole."""

    label: ClassVar[str] = "最外层"

    document: Document = Field(alias="文件", description="政策文件")
    period: Period = Field(alias="适用期", description="文件的适用期")
    common: Conditions = Field((), alias="通用条件", description="本文件每个事项都要满足的条件")
    none_of: Conditions = Field((), alias="都不满足", description="对本文件每个事项都适用的排除条件")
    lets: tuple[Let, ...] = Field((), alias="设", description="给中间量起名，在用到它的事项的对象里算")
    limits: tuple[Limit, ...] = Field((), alias="同享限制", description="几项一起享受的限制")
    later_laws: Many[LaterLaw] = Field((), alias="后法", description="后来的文件对本文件的影响")
    uncoded: tuple[Uncoded, ...] = Field((), alias="未编码", description="本文件里程序判断不了的部分")
    note: Text | None = Field(None, alias="注", description="给读者的说明，不影响计算")
    benefits: tuple[Benefit, ...] = Field((), alias="事项", description="本文件的事项")

    def problems(self) -> Iterator[Diagnostic]:
        """Identifiers (L1.4), and what conditions of a whole document must bring along (L1.5)."""
        prefix = f"{self.document.id}/"
        first: dict[str, int] = {}
        for benefit in self.benefits:
            id_ = benefit.id
            if not id_.text.startswith(prefix) or not SLUG.fullmatch(id_.text.removeprefix(prefix)):
                slug = id_.text.rsplit("/", 1)[-1]
                hint = f"如：{prefix}{slug if SLUG.fullmatch(slug) else 'tech-upgrade'}"
                yield error_at(
                    id_.at,
                    f"事项标识「{id_}」要以文件标识「{prefix}」开头，后面用小写字母、数字和连字符",
                    hint,
                )
            if id_.text in first:
                yield error_at(id_.at, f"事项标识「{id_}」重复", f"第一次在第 {first[id_.text]} 行")
            first.setdefault(id_.text, id_.at.line)
        for condition in (*self.common, *self.none_of):
            cite = condition.body.cite if isinstance(condition, ConditionGroup) else condition.cite
            if cite is None:
                yield error_at(
                    condition.at, "写在文件一级的条件缺少键「依据」", "它不属于哪个事项，要自带依据"
                )
        yield from _repeated_names((self.common, self.none_of))


def _repeated_names(lists: tuple[Conditions, ...]) -> Iterator[Diagnostic]:
    """L6.2: within one benefit a condition's name stands once."""
    first: dict[str, int] = {}
    for name in _names(tuple(condition for conditions in lists for condition in conditions)):
        if name.text in first:
            yield error_at(name.at, f"条件的名「{name}」重复", f"第一次在第 {first[name.text]} 行")
        first.setdefault(name.text, name.at.line)


def _names(conditions: tuple[AnyCondition, ...]) -> Iterator[Text]:
    for condition in conditions:
        if isinstance(condition, ConditionGroup):
            yield condition.body.name
            yield from _names(condition.body.conditions)
        else:
            yield condition.name
