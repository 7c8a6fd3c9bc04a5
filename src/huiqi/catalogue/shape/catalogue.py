"""catalogue.yaml: what this catalogue is called and which region it serves."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from huiqi.catalogue.shape.base import Shape, Text


class CatalogueHead(Shape):
    """规则库: title and region of the whole."""

    label: ClassVar[str] = "规则库"

    title: Text = Field(alias="名称", description="本库叫什么")
    region: Text = Field(alias="地区", description="六位行政区划代码，加引号")
    note: Text | None = Field(None, alias="说明", description="给读者的说明")
    groups: tuple[Text, ...] = Field(
        (), alias="分组", description="合计时按哪些选项事实分组；第一个是地区，合计缺省只按它分"
    )


class CatalogueFile(Shape):
    """catalogue.yaml as a whole."""

    label: ClassVar[str] = "最外层"

    catalogue: CatalogueHead = Field(alias="规则库", description="本库叫什么、归哪个地区")
