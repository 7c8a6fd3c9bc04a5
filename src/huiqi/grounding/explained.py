"""grounding.yaml: what a rule says and its clause does not, accepted one by one, each with its reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from pydantic import Field

from huiqi.catalogue.shape.base import Many, Shape, Text
from huiqi.catalogue.shape.reading import read_shape
from huiqi.catalogue.source import warning_at
from huiqi.grounding.claims import Claim
from huiqi.language.diagnostics import Diagnostic


class Entry(Shape):
    """One accepted deviation."""

    label: ClassVar[str] = "说明"

    where: Text = Field(alias="处", description="事项、文件的标识，或规则、参数的名字")
    part: Text | None = Field(
        None, alias="项", description="条件的名，或 金额、分担、责任单位……；不写就是处的每一项"
    )
    what: Many[Text] = Field(
        alias="什么", min_length=1, description="规则里写的数、日期、单位、字样或依据，照抄"
    )
    seen: Text | None = Field(None, alias="见", description="它其实在哪一条；写了就去核对")
    reason: Text = Field(alias="因", description="为什么条款里没有也对")


class ExplainedFile(Shape):
    """grounding.yaml as a whole."""

    label: ClassVar[str] = "最外层"

    note: Text | None = Field(None, alias="注", description="给读者的说明")
    entries: tuple[Entry, ...] = Field((), alias="说明", description="逐条说明")


@dataclass(frozen=True, slots=True)
class Explained:
    """The accepted deviations, and what is wrong with the file that lists them."""

    entries: tuple[Entry, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def about(self, claim: Claim, what: str) -> Iterator[Entry]:
        """The entries that are about something that a claim says."""
        for entry in self.entries:
            if (
                entry.where.text in (claim.owner, claim.document)
                and any(each.text == what for each in entry.what)
                and (entry.part is None or entry.part.text == claim.name)
            ):
                yield entry


FILE = "library/grounding.yaml"
"""Where a catalogue folder keeps them."""


def read_explained(root: Path) -> Explained:
    """The accepted deviations of a catalogue folder, if it has any. Never raises for what the file says."""
    path = root / FILE
    if not path.is_file():
        return Explained()
    read = read_shape(path, ExplainedFile)
    return Explained(read.shape.entries if read.shape else (), read.diagnostics)


def unused(entries: Iterable[Entry], used: Collection[Text]) -> Iterator[Diagnostic]:
    """A warning for each thing that an entry explains and nothing needed; ``used`` are the others."""
    for entry in entries:
        part = f" {entry.part}" if entry.part else ""
        for what in entry.what:
            if not any(what is one for one in used):
                yield warning_at(
                    what.at,
                    f"“{entry.where}{part}”的“{what}”不用再说明：条款里有，或者规则里已经没有",
                    "删掉这一条",
                )
