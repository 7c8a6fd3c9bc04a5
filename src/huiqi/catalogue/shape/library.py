"""library/*.yaml: what the catalogue tells the library: bodies, everyday words, remarks, reviews."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from huiqi.catalogue.shape.base import Flag, Many, Shape, Text, Word
from huiqi.library.roles import Role


class BodyShape(Shape):
    """责任主体: a body of government, with the names that texts give it."""

    label: ClassVar[str] = "责任主体"

    name: Text = Field(alias="全称", description="机关对外用的全称")
    short: Many[Text] = Field((), alias="简称", description="文件里的写法，含旧名称")


class BodiesFile(Shape):
    """bodies.yaml as a whole."""

    label: ClassVar[str] = "最外层"

    note: Text | None = Field(None, alias="说明", description="给读者的说明")
    confirmed: Flag = Field(False, alias="核实", description="名称是否逐一核对过")
    bodies: tuple[BodyShape, ...] = Field(alias="责任主体", description="每个机关一项")


class SynonymShape(Shape):
    """词条: an everyday word and the terms of official text that mean the same."""

    label: ClassVar[str] = "词条"

    word: Text = Field(alias="说法", description="人们怎么说")
    terms: Many[Text] = Field(alias="即", description="文件里怎么写")
    reviewed: Text = Field(alias="复核", description="何人何日看过；没有看过写待复核")
    why: Text = Field(alias="因", description="为什么是一个意思")


class SynonymsFile(Shape):
    """synonyms.yaml as a whole."""

    label: ClassVar[str] = "最外层"

    note: Text | None = Field(None, alias="说明", description="给读者的说明")
    entries: tuple[SynonymShape, ...] = Field(alias="词条", description="每个说法一项")


class RemarkShape(Shape):
    """注: what people noted on a place of a document's text."""

    label: ClassVar[str] = "注"

    document: Text = Field(alias="文件", description="文号或标题")
    words: Text = Field(alias="原文", description="有疑问的那几个字，照原样")
    cite: Text | None = Field(None, alias="处", description="哪一条；几个字只出现一次的不用写")
    note: Text = Field(alias="注", description="哪里不对，或应当怎样读；原文不改")


class RemarksFile(Shape):
    """remarks.yaml as a whole."""

    label: ClassVar[str] = "最外层"

    note: Text | None = Field(None, alias="说明", description="给读者的说明")
    remarks: tuple[RemarkShape, ...] = Field(alias="注", description="每处一项")


class ReviewShape(Shape):
    """复核: the class that a reviewer gives a clause."""

    label: ClassVar[str] = "复核"

    document: Text = Field(alias="文件", description="文号或标题")
    cite: Text = Field(alias="处", description="哪一条")
    role: Annotated[Role, Word()] = Field(alias="类", description="这一条属于哪一类")
    reviewed: Text = Field(alias="复核", description="何人何日看过")
    why: Text | None = Field(None, alias="因", description="为什么")


class ReviewsFile(Shape):
    """reviews.yaml as a whole."""

    label: ClassVar[str] = "最外层"

    note: Text | None = Field(None, alias="说明", description="给读者的说明")
    reviews: tuple[ReviewShape, ...] = Field(alias="复核", description="每条一项")
