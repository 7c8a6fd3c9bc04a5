"""The shape of ``procedure.yaml``: what may be written, under which Chinese key, and what must be cited.

A key that the text of a rule must answer for (a number, a material, an actor, a guard, a transition) has a
required 依据 beside it, so that a definition without it cannot be read at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from huiqi.catalogue.shape import Shape, Text
from huiqi.catalogue.shape.base import Day, Flag, Many, NullableDay, Whole, Word
from huiqi.catalogue.source import error_at
from huiqi.language.diagnostics import Diagnostic
from huiqi.procedures.composite_shape import CompositeShape
from huiqi.procedures.statistics_shape import StatisticsShape


class FactKind(StrEnum):
    """类型 of a fact of the case."""

    FLAG = "是否"
    OPTION = "选项"
    DATE = "日期"
    NUMBER = "数"


class Expiry(StrEnum):
    """届满的方式: what happens when a clock runs out.

    ``AUTOMATIC``: an event fires by itself. ``PROPOSED``: an event is put before a person, who decides.
    ``MARKED``: it is only written down.
    """

    AUTOMATIC = "自动"
    PROPOSED = "提请"
    MARKED = "标记"


class CountWord(StrEnum):
    """单位 of a length; the words of ``huiqi.clocks.Unit``. Hours and minutes are of office time."""

    WORKING_DAY = "工作日"
    DAY = "日"
    MONTH = "月"
    YEAR = "年"
    HOUR = "小时"
    MINUTE = "分钟"


class Head(Shape):
    """办事: which procedure this is, and on which days this version of it is in force."""

    label: ClassVar[str] = "办事"

    id: Text = Field(alias="标识", description="小写字母、数字和连字符，同一程序的各版相同")
    name: Text = Field(alias="名称", description="程序的名称")
    purpose: Text | None = Field(None, alias="作用", description="一句话：办的是什么事，谁用得着")
    title: Text = Field(alias="标题", description="依据的文件的标题")
    number: Text | None = Field(None, alias="文号", description="依据的文件的文号")
    since: Day = Field(alias="自", description="这一版从哪一天起施行")
    until: NullableDay = Field(None, alias="至", description="这一版施行到哪一天")
    cite: Text = Field(alias="依据", description="施行日期出自哪一条")
    notes: Many[Text] = Field((), alias="注", description="读者要知道的，如已被代替、试点期已满")


class Shield(Shape):
    """身份保密: who this is in a case is kept apart from the case."""

    label: ClassVar[str] = "身份保密"

    seen_by: Many[Text] = Field(alias="可以看", min_length=1, description="可以看身份的主体")
    cite: Text = Field(alias="依据", description="哪一条")


class Actor(Shape):
    """主体: somebody who may act or is told."""

    label: ClassVar[str] = "主体"

    who: Text = Field(alias="是", description="具体是谁")
    shield: Shield | None = Field(None, alias="身份保密", description="身份另存，只给这些主体看")
    cite: Text = Field(alias="依据", description="哪一条")


class Fact(Shape):
    """事实: something about the case that guards ask and events state."""

    label: ClassVar[str] = "事实"

    kind: Annotated[FactKind, Word()] = Field(alias="类型", description="是否、选项、日期、数")
    asks: Text = Field(alias="问", description="问的是什么")
    options: dict[Text, Text] | None = Field(None, alias="取值", description="选项: 出自哪一条")
    cite: Text = Field(alias="依据", description="哪一条")

    def problems(self) -> Iterator[Diagnostic]:
        """Options where there are none, or none where there must be."""
        if (self.kind is FactKind.OPTION) != bool(self.options):
            yield error_at(
                self.at, "类型是选项的事实要写「取值」，别的不写", "例：{类型: 选项, 取值: {甲: 第二条}}"
            )


class Silence(Shape):
    """静默: that a state has no clock, said aloud."""

    label: ClassVar[str] = "静默"

    why: Text = Field(alias="因", description="为什么没有期限")
    cite: Text = Field(alias="依据", description="说到这一步而没有写期限的那一条")


class State(Shape):
    """状态: where a case can stand."""

    label: ClassVar[str] = "状态"

    first: Flag = Field(False, alias="起点", description="案件从这里开始")
    final: Flag = Field(False, alias="终点", description="到此为止")
    silent: Silence | None = Field(None, alias="静默", description="条文没有给这一步定期限")
    cite: Text = Field(alias="依据", description="哪一条")

    def problems(self) -> Iterator[Diagnostic]:
        """A silence where nothing is waited for."""
        if self.final and self.silent:
            yield error_at(self.silent.at, "终点不等任何事，不写「静默」")


class Guard(Shape):
    """条件: a fact of the case that must have a value (是) or any value (已写明)."""

    label: ClassVar[str] = "条件"

    fact: Text = Field(alias="事实", description="事实的名字")
    values: Many[Text] = Field((), alias="是", description="是这些值中的一个；不写就是要写明")
    anew: Flag = Field(False, alias="本次写明", description="要随这个事件写明，以前写的不算")
    cite: Text = Field(alias="依据", description="哪一条")


class Material(Shape):
    """材料: a paper that comes with an event."""

    label: ClassVar[str] = "材料"

    name: Text = Field(alias="名", description="材料的名称")
    by: Text | None = Field(None, alias="由", description="谁交；不写就是做这个事件的主体")
    fact: Text | None = Field(None, alias="事实", description="只在这个事实…时才要")
    values: Many[Text] = Field((), alias="是", description="…是这些值中的一个")
    later: Flag = Field(False, alias="可后补", description="缺了不退件，可以补正")
    cite: Text = Field(alias="依据", description="哪一条")

    def problems(self) -> Iterator[Diagnostic]:
        """Half a condition."""
        if bool(self.fact) != bool(self.values):
            yield error_at(self.at, "「事实」和「是」要一起写")


class Notice(Shape):
    """通知: who is told what."""

    label: ClassVar[str] = "通知"

    to: Text = Field(alias="给", description="主体的名字")
    about: Text = Field(alias="告知", description="告知什么")
    written: Flag = Field(False, alias="书面", description="要书面")
    cite: Text = Field(alias="依据", description="哪一条")


class Event(Shape):
    """事件: what somebody does, from where to where."""

    label: ClassVar[str] = "事件"

    actors: dict[Text, Text] = Field(alias="主体", min_length=1, description="谁: 哪一条")
    sources: Many[Text] = Field((), alias="从", description="在哪些状态可以；不写就是起点、终点以外都可以")
    target: Text | None = Field(None, alias="到", description="转到的状态；不写就不变")
    guards: tuple[Guard, ...] = Field((), alias="条件", description="全部成立才可以")
    materials: tuple[Material, ...] = Field((), alias="材料", description="要有的材料")
    notices: tuple[Notice, ...] = Field((), alias="通知", description="随后要告知谁")
    cite: Text = Field(alias="依据", description="哪一条")


class Parameter(Shape):
    """参数: a length that the text leaves to another rule, mostly a local one."""

    label: ClassVar[str] = "参数"

    asks: Text = Field(alias="问", description="由谁规定什么")
    length: Whole | None = Field(None, alias="长", ge=1, description="多少；还不知道的不写")
    unit: Annotated[CountWord, Word()] = Field(alias="单位", description="工作日、日、月、年、小时、分钟")
    source: Text | None = Field(None, alias="出处", description="长度出自哪个文件哪一条；写了「长」就要写")
    cite: Text = Field(alias="依据", description="哪一条把它留给别的规定")

    def problems(self) -> Iterator[Diagnostic]:
        """A number from nowhere."""
        if bool(self.length) != bool(self.source):
            yield error_at(self.at, "「长」和「出处」要一起写")


class Condition(Shape):
    """当: only when a fact has one of these values."""

    label: ClassVar[str] = "当"

    fact: Text = Field(alias="事实", description="选项或是否类的事实")
    values: Many[Text] = Field(alias="是", min_length=1, description="是这些值中的一个")


class Pause(Shape):
    """不计入: the time between two events does not count."""

    label: ClassVar[str] = "不计入"

    since: Text = Field(alias="自", description="从哪个事件")
    until: Text = Field(alias="至", description="到哪个事件")
    cite: Text = Field(alias="依据", description="哪一条")


class Extension(Shape):
    """延长: an event adds time."""

    label: ClassVar[str] = "延长"

    event: Text = Field(alias="事件", description="批准延长的事件；谁批准写在事件的主体里")
    length: Whole | None = Field(None, alias="长", ge=1, description="延长多少")
    fact: Text | None = Field(None, alias="按事实", description="延长多少由这个数写明")
    times: Whole = Field(1, alias="次数", ge=1, description="最多几次")
    unlimited: Flag = Field(False, alias="不限次", description="没有写最多几次的")
    after: Text | None = Field(None, alias="后于", description="先要有哪一次延长")
    cite: Text = Field(alias="依据", description="哪一条")

    def problems(self) -> Iterator[Diagnostic]:
        """Neither or both of number and fact."""
        if bool(self.length) == bool(self.fact):
            yield error_at(self.at, "「长」和「按事实」写一个")


class AtExpiry(Shape):
    """届满: what happens when the clock runs out."""

    label: ClassVar[str] = "届满"

    how: Annotated[Expiry, Word()] = Field(alias="方式", description="自动、提请、标记")
    event: Text | None = Field(None, alias="事件", description="自动发生或提请的事件")
    says: Text | None = Field(None, alias="记", description="标记写什么")
    cite: Text = Field(alias="依据", description="哪一条；没有写后果的，写定期限的那一条")

    def problems(self) -> Iterator[Diagnostic]:
        """An event for a mark, a mark without words, a firing without event."""
        if (self.how is Expiry.MARKED) == bool(self.event):
            yield error_at(self.at, "方式是标记的不写「事件」，自动、提请的要写")
        if (self.how is Expiry.MARKED) != bool(self.says):
            yield error_at(self.at, "方式是标记的写「记」，自动、提请的不写")


class Clock(Shape):
    """期限: a time whose end changes the case, or is written down."""

    label: ClassVar[str] = "期限"

    length: Whole | None = Field(None, alias="长", ge=1, description="多少")
    unit: Annotated[CountWord, Word()] | None = Field(None, alias="单位", description="工作日、日、月、年")
    parameter: Text | None = Field(None, alias="按参数", description="长度由这个参数规定")
    fact: Text | None = Field(None, alias="按事实", description="到这个日期为止，如补正通知书写的日期")
    when: Condition | None = Field(None, alias="当", description="只在这个事实是这些值时才起算")
    rolls: Flag = Field(True, alias="顺延", description="最后一日休息的顺延")
    day_left: Flag = Field(True, alias="末日留一日", description="最后一日中止的，恢复后还有一日")
    starts: Many[Text] = Field((), alias="自", description="从哪些事件起算；再次发生就重新起算")
    stops: Many[Text] = Field((), alias="止", description="哪些事件使它结束")
    pauses: tuple[Pause, ...] = Field((), alias="不计入", description="不计入的时间")
    extensions: tuple[Extension, ...] = Field((), alias="延长", description="谁可以延长多少")
    expiry: AtExpiry = Field(alias="届满", description="到期怎么办")
    cite: Text = Field(alias="依据", description="哪一条")

    def problems(self) -> Iterator[Diagnostic]:
        """Neither or both of a length and a date."""
        ways = [bool(self.length), bool(self.fact), bool(self.parameter)]
        if sum(ways) != 1 or bool(self.length) != bool(self.unit):
            yield error_at(self.at, "期限写「长」和「单位」，或者只写「按事实」，或者只写「按参数」")


class Duty(Shape):
    """职责: a deadline that does not change the state."""

    label: ClassVar[str] = "职责"

    who: Many[Text] = Field(alias="谁", min_length=1, description="主体的名字")
    does: Text = Field(alias="做", description="做什么")
    length: Whole | None = Field(None, alias="长", ge=1, description="多少；条文没有写期限的不写")
    unit: Annotated[CountWord, Word()] | None = Field(None, alias="单位", description="工作日、日、月、年")
    parameter: Text | None = Field(None, alias="按参数", description="长度由这个参数规定")
    when: Condition | None = Field(None, alias="当", description="只在这个事实是这些值时才有")
    starts: Many[Text] = Field((), alias="自", description="从哪些事件起算")
    done: Many[Text] = Field(alias="完成", min_length=1, description="哪些事件算做了")
    cite: Text = Field(alias="依据", description="哪一条")

    def problems(self) -> Iterator[Diagnostic]:
        """A number without its unit."""
        if bool(self.length) != bool(self.unit) or (self.length and self.parameter):
            yield error_at(self.at, "「长」和「单位」要一起写，写了「按参数」的不写")


class Chain(Shape):
    """审批: who must agree, level by level, before somebody approves."""

    label: ClassVar[str] = "审批"

    asks: Many[Text] = Field(alias="提请", min_length=1, description="提请的事件；再次提请就重新逐级报")
    agrees: Text = Field(alias="同意", description="各级同意的事件")
    grants: Text = Field(alias="批准", description="最后批准的事件")
    returns: Many[Text] = Field((), alias="退回", description="轮到的一级不同意的事件")
    by: Text | None = Field(None, alias="看", description="要经过哪几级由这个选项决定")
    levels: dict[Text, Many[Text]] = Field(alias="各级", description="选项的值: 从低到高的主体")
    cite: Text = Field(alias="依据", description="哪一条")


class PaperKind(Shape):
    """文书: a paper that is made after an event, from a Word template beside the definition."""

    label: ClassVar[str] = "文书"

    events: Many[Text] = Field(alias="事件", min_length=1, description="这些事件以后可以制作")
    to: Text = Field(alias="给", description="主体的名字")
    series: Text = Field(alias="字号", description="编号前面的字，如 豫营商补")
    cite: Text = Field(alias="依据", description="哪一条")


class Row(Shape):
    """行: in these cases this is the answer. A column that is left out may have any value."""

    label: ClassVar[str] = "行"

    when: dict[Text, Many[Text]] = Field(alias="当", description="列: 值，或几个值")
    gives: Text = Field(alias="得", description="归谁")
    cite: Text = Field(alias="依据", description="哪一条")


class Table(Shape):
    """分办: a decision table; the first row that fits counts."""

    label: ClassVar[str] = "分办"

    columns: Many[Text] = Field(alias="列", min_length=1, description="选项类的事实")
    rows: tuple[Row, ...] = Field(alias="行", min_length=1, description="从上到下，先中先得")
    cite: Text = Field(alias="依据", description="哪几条")


class Change(Shape):
    """改: what another answer to an open question changes in a clock."""

    label: ClassVar[str] = "改"

    clock: Text = Field(alias="期限", description="期限的名字")
    unit: Annotated[CountWord, Word()] | None = Field(None, alias="单位", description="改按什么计")
    rolls: Flag | None = Field(None, alias="顺延", description="最后一日休息的是否顺延")
    day_left: Flag | None = Field(None, alias="末日留一日", description="最后一日中止的是否留一日")
    also_stops: Many[Text] = Field((), alias="也止于", description="这些事件也使它结束")
    also_pauses: tuple[Pause, ...] = Field((), alias="也不计入", description="这段时间也不计入")


class Question(Shape):
    """存疑: what the text leaves open, the answer taken and why."""

    label: ClassVar[str] = "存疑"

    asks: Text = Field(alias="问", description="条文没有说清的是什么")
    default: Text = Field(alias="默认", description="取哪一种理解")
    why: Text = Field(alias="因", description="为什么")
    others: dict[Text, Many[Change]] = Field(
        default_factory=dict, alias="另解", description="别的理解: 改什么"
    )
    cite: Text = Field(alias="依据", description="哪一条")


class ProcedureFile(Shape):
    """procedure.yaml as a whole."""

    label: ClassVar[str] = "最外层"

    head: Head = Field(alias="办事", description="哪个程序、哪一版")
    actors: dict[Text, Actor] = Field(alias="主体", min_length=1, description="谁参加")
    facts: dict[Text, Fact] = Field(default_factory=dict, alias="事实", description="案件的事实")
    states: dict[Text, State] = Field(alias="状态", min_length=1, description="案件的状态")
    events: dict[Text, Event] = Field(alias="事件", min_length=1, description="谁可以做什么")
    clocks: dict[Text, Clock] = Field(default_factory=dict, alias="期限", description="会改变案件的期限")
    duties: dict[Text, Duty] = Field(default_factory=dict, alias="职责", description="不改变状态的期限")
    parameters: dict[Text, Parameter] = Field(
        default_factory=dict, alias="参数", description="留给别的规定的长度"
    )
    chains: dict[Text, Chain] = Field(default_factory=dict, alias="审批", description="逐级报批")
    papers: dict[Text, PaperKind] = Field(default_factory=dict, alias="文书", description="制作哪些文书")
    tables: dict[Text, Table] = Field(default_factory=dict, alias="分办", description="归谁办")
    composite: CompositeShape | None = Field(None, alias="联办", description="几个事项一起办")
    statistics: StatisticsShape | None = Field(None, alias="统计", description="月报、年报和抽查怎样数")
    questions: dict[Text, Question] = Field(default_factory=dict, alias="存疑", description="条文没有说清的")
