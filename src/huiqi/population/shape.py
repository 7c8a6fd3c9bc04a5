"""population.yaml: how often what occurs among the enterprises, households and persons of a district."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from huiqi.catalogue.shape import Shape, Text
from huiqi.catalogue.shape.base import Day, Flag
from huiqi.catalogue.source import Key, MapNode, ScalarNode, error_at
from huiqi.language.diagnostics import Diagnostic


class Draw(Shape):
    """抽法: how a value is drawn. A share is written ``3%``; formulas are of the rule language."""

    label: ClassVar[str] = "抽法"

    value: Text | None = Field(
        None, alias="取", description="是否写比例（3%）或条件；数写中位数，如 营业收入 * 3%；选项写式子"
    )
    options: dict[Text, Text] | None = Field(None, alias="选", description="选项（或文本）: 份数")
    spread: Text | None = Field(None, alias="散", description="对数正态的标准差，如 0.8；不写就正好是中位数")
    follows: Text | None = Field(None, alias="随", description="与规模大小的相关系数，0 至 1")
    tail: Text | None = Field(
        None, alias="尾", description="比对数正态更长的上尾：离中位数越远拉得越长，如 0.3"
    )
    zero: Text | None = Field(None, alias="零", description="多大比例正好是零")
    least: Text | None = Field(None, alias="最小", description="不小于多少，式子")
    most: Text | None = Field(None, alias="最大", description="不大于多少，式子")
    step: Text | None = Field(None, alias="整到", description="取到哪一位，如 100元")
    since: Text | None = Field(None, alias="自", description="日期不早于，式子")
    until: Text | None = Field(None, alias="至", description="日期不晚于，式子；不写就是时点")
    before: Text | None = Field(None, alias="早", description="比“至”早多久的中位数，如 5年；不写就均匀")
    wording: Text | None = Field(None, alias="文", description="文本的样子，{号} 是第几个，如 样本{号}")
    having: Text | None = Field(None, alias="有", description="集合：多大比例至少有一项")
    items: Text | None = Field(None, alias="件", description="集合：有的那些平均几项")
    most_items: Text | None = Field(None, alias="至多", description="集合：最多几项")


class Case(Draw):
    """分: another way of drawing for some of them."""

    label: ClassVar[str] = "分"

    when: Text = Field(alias="当", description="对哪些，条件")


def _short(node: object) -> object:
    """``事实: 3%`` says the same as ``事实: {取: 3%}``."""
    if isinstance(node, ScalarNode) and node.value is not None:
        long = MapNode(node.at)
        long[Key("取", node.at)] = node
        return long
    return node


class FieldRecipe(Draw):
    """字段: how a field of an item is drawn."""

    label: ClassVar[str] = "字段"

    who: Text | None = Field(None, alias="谁", description="只对哪些项，条件；其余的没有这个值")
    each: Flag = Field(False, alias="逐一", description="选项一项一个，从第一个起")
    missing: Text | None = Field(None, alias="缺", description="不知道的比例；不写按“缺失”里的明细")
    cases: tuple[Case, ...] = Field((), alias="分", description="先中的那一种抽法，代替外面写的")

    def problems(self) -> Iterator[Diagnostic]:
        """Two ways of drawing at once."""
        if self.value and self.options:
            yield error_at(self.value.at, "「取」和「选」只能写一个")


class Recipe(FieldRecipe):
    """事实: how a fact is drawn."""

    label: ClassVar[str] = "事实"

    derived: Flag = Field(False, alias="推定", description="按规则库的推定规则算")
    fields: dict[Text, Annotated[FieldRecipe, BeforeValidator(_short)]] = Field(
        default_factory=dict, alias="字段", description="集合：每个字段怎么抽；不写的按类型"
    )


class Group(Shape):
    """缺失组: facts that are known or unknown together."""

    label: ClassVar[str] = "缺失组"

    together: Text = Field(alias="整组", description="整组都不知道的比例")
    single: Text = Field(alias="零星", description="其余的里每个事实不知道的比例")
    slope: Text | None = Field(
        None, alias="越大越少", description="规模每大一个标准差，整组不知道的少几成的对数，如 0.5"
    )


class Section(Shape):
    """段: facts that concern the same kind of subject."""

    label: ClassVar[str] = "段"

    name: Text = Field(alias="名", description="给读者看的")
    who: Text | None = Field(
        None, alias="谁", description="这些事实只与谁有关，条件；与别人无关的填否、空列表或不填"
    )
    missing: Text | None = Field(None, alias="缺", description="属于哪个缺失组；不写就从不缺")
    facts: dict[Text, Annotated[Recipe, BeforeValidator(_short)]] = Field(
        alias="事实", description="每个事实怎么抽，先写的先抽，后写的可以用先写的"
    )


class Defaults(Shape):
    """缺省: how facts are drawn that no section mentions."""

    label: ClassVar[str] = "缺省"

    yes: Text | None = Field(None, alias="是", description="是否事实里“是”的比例")
    having: Text | None = Field(None, alias="有", description="集合里至少有一项的比例")
    field_missing: Text | None = Field(None, alias="明细缺", description="一项里的字段不知道的比例")
    threshold: Text | None = Field(None, alias="正在界上", description="数和日期正好等于规则里某个界的比例")


class PopulationFile(Shape):
    """population.yaml as a whole."""

    label: ClassVar[str] = "最外层"

    note: Text | None = Field(None, alias="说明", description="给读者的说明")
    day: Day = Field(alias="时点", description="这些人和事是哪一天的样子")
    defaults: Defaults | None = Field(None, alias="缺省", description="没有写到的怎么抽")
    missing: dict[Text, Group] = Field(default_factory=dict, alias="缺失", description="一起缺的事实")
    sections: tuple[Section, ...] = Field(alias="段", description="按次序抽")
