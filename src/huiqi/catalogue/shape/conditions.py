"""Conditions: a named formula, or a named group of conditions."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, ClassVar, TypeAlias

from pydantic import ConfigDict, Discriminator, Field, Tag

from huiqi.catalogue.shape.base import TAG, Many, Shape, Text
from huiqi.catalogue.source import MapNode, error_at
from huiqi.language.diagnostics import Diagnostic


class GroupKind(StrEnum):
    """How the conditions of a group are joined."""

    ALL = "全部满足"
    ANY = "任一满足"
    NONE = "都不满足"


class Condition(Shape):
    """One test. `wording` holds the few characters of the clause that carry a figure (L6.3, L6.4)."""

    label: ClassVar[str] = "条件"

    name: Text = Field(alias="名", description="条件的名字，同一事项里不重复")
    formula: Text = Field(alias="式", description="是否式，如：投资额 >= 300万元")
    wording: Many[Text] = Field((), alias="字样", description="原文里带着数的几个字，如：300万元以上")
    otherwise_defined: Text | None = Field(
        None, alias="另有规定", description="文件自己另定以上、以下是否含本数的条款"
    )
    cite: Text | None = Field(None, alias="依据", description="条款；不写就用事项的依据")
    note: Text | None = Field(None, alias="注", description="给读者的说明，不影响计算")

    def problems(self) -> Iterator[Diagnostic]:
        """A definition of boundary words without the words."""
        if self.otherwise_defined and not self.wording:
            yield error_at(
                self.otherwise_defined.at, "写了「另有规定」却没有「字样」", "补上原文里带数的几个字"
            )


class GroupBody(Shape):
    """What a nested group says: its name and its conditions."""

    label: ClassVar[str] = "条件组"

    name: Text = Field(alias="名", description="条件组的名字")
    conditions: tuple[AnyCondition, ...] = Field(alias="条件", min_length=1, description="组里的条件")
    cite: Text | None = Field(None, alias="依据", description="条款；不写就用事项的依据")
    note: Text | None = Field(None, alias="注", description="给读者的说明，不影响计算")


class ConditionGroup(Shape):
    """A group among conditions: one of the three joining words, with a body."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1, "maxProperties": 1})

    label: ClassVar[str] = "条件组"

    all_of: GroupBody | None = Field(None, alias="全部满足", description="每个条件都要满足")
    any_of: GroupBody | None = Field(None, alias="任一满足", description="满足一个就行")
    none_of: GroupBody | None = Field(None, alias="都不满足", description="一个都不能满足")

    @property
    def kind(self) -> GroupKind:
        """How the conditions are joined."""
        if self.all_of:
            return GroupKind.ALL
        return GroupKind.ANY if self.any_of else GroupKind.NONE

    @property
    def body(self) -> GroupBody:
        """Name, citation and conditions of the group."""
        body = self.all_of or self.any_of or self.none_of
        if body is None:
            raise ValueError("a group has one of the three joining words")
        return body

    def problems(self) -> Iterator[Diagnostic]:
        """More than one joining word."""
        if sum(1 for body in (self.all_of, self.any_of, self.none_of) if body) > 1:
            yield error_at(
                self.at, "一个条件组只能写全部满足、任一满足、都不满足中的一个", "分成列表里的几项"
            )


_GROUP_WORDS = frozenset(kind.value for kind in GroupKind)


def _condition_kind(data: object) -> str:
    grouped = isinstance(data, MapNode) and not _GROUP_WORDS.isdisjoint(data)
    return TAG + ("group" if grouped or isinstance(data, ConditionGroup) else "test")


AnyCondition: TypeAlias = Annotated[
    Annotated[Condition, Tag(TAG + "test")] | Annotated[ConditionGroup, Tag(TAG + "group")],
    Discriminator(_condition_kind),
]
Conditions: TypeAlias = tuple[AnyCondition, ...]

GroupBody.model_rebuild()
ConditionGroup.model_rebuild()


class Let(Shape):
    """设: a name for an intermediate value (L12.5)."""

    label: ClassVar[str] = "设"

    name: Text = Field(alias="名", description="中间量的名字")
    formula: Text = Field(alias="式", description="怎么算")
    cite: Text | None = Field(None, alias="依据", description="条款")
    note: Text | None = Field(None, alias="注", description="给读者的说明，不影响计算")
