"""A small mistake put into a function for the time of a test, by what its source says there."""

from __future__ import annotations

import importlib
import inspect
import sys
import textwrap
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

from huiqi.columns.lower import Lowering

_LISTED = Path(__file__).with_name("planted.txt")


@dataclass(frozen=True)
class Planted:
    """In the function called ``where`` (in ``huiqi.columns``), one piece of source for another."""

    kind: str
    where: str
    old: str
    new: str

    @property
    def name(self) -> str:
        """What it is called in a list of tests."""
        return f"{self.kind}: {self.where}: {self.old} -> {self.new}"

    def plant(self, patch: pytest.MonkeyPatch) -> None:
        """Put it in; the source must still say ``old``, and only once."""
        module, _, rest = self.where.partition(".")
        *owners, name = rest.split(".")
        owner: Any = reduce(getattr, owners, importlib.import_module(f"huiqi.columns.{module}"))
        function = getattr(owner, name)
        assert isinstance(function, FunctionType)
        source = textwrap.dedent(inspect.getsource(function))
        assert source.count(self.old) == 1, f"{source.count(self.old)} times {self.old!r} in {self.where}"
        made: dict[str, Any] = {}
        changed_source = compile(source.replace(self.old, self.new), self.name, "exec")
        exec(changed_source, vars(sys.modules[function.__module__]), made)
        (changed,) = made.values()
        patch.setattr(owner, name, changed)
        for node, lower in Lowering._LOWER.items():
            if lower is function:
                patch.setitem(Lowering._LOWER, node, changed)


def listed() -> list[Planted]:
    """The mistakes of ``planted.txt``."""
    _, *entries = _LISTED.read_text("utf-8").split("\n\n")
    found = []
    for entry in entries:
        head, old, new = entry.strip().split("\n")
        kind, _, where = head.partition(": ")
        assert old.startswith("- ")
        assert new.startswith("+")
        found.append(Planted(kind, where, old[2:], new[2:]))
    return found
