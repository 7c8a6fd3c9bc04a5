"""Administrative regions and their codes (GB/T 2260), each with the days on which it held.

A code outlives its name and a district outlives its code, so a code means nothing without a day. The list
itself is content: ``load`` reads it from the catalogue, which says of each entry where it was seen.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType, NoneType
from typing import Any

import yaml

_CODE = re.compile(r"[1-9][0-9]{5}")
_FILE_KEYS = frozenset({"说明", "核实", "依据", "地区"})
_ENTRY_KEYS = frozenset({"代码", "名称", "自", "至", "核实", "依据", "注"})
_YES_NO: Mapping[str, bool] = MappingProxyType({"是": True, "否": False})


@dataclass(frozen=True, slots=True)
class Region:
    """One name that one code had, from ``since`` to ``until``, both days included.

    ``since`` is ``None`` when the list does not say when it began, ``until`` when it still holds.
    ``confirmed`` says that an official source was seen; ``source`` says what was seen, ``note`` what a reader
    should know.
    """

    code: str
    name: str
    since: date | None = None
    until: date | None = None
    confirmed: bool = False
    source: str = ""
    note: str = ""

    def holds(self, on: date) -> bool:
        """Say whether the code had this name on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


class Regions:
    """All regions of a list, asked by code and day."""

    def __init__(self, regions: Iterable[Region]) -> None:
        """Take the regions in any order; raise ValueError when one code has two names on the same day."""
        by_code: dict[str, list[Region]] = {}
        for region in regions:
            if region.since and region.until and region.since > region.until:
                raise ValueError(f"行政区划 {region.code} {region.name} 的起日晚于止日")
            by_code.setdefault(region.code, []).append(region)
        for code, names in by_code.items():
            names.sort(key=lambda region: region.since or date.min)
            for earlier, later in pairwise(names):
                if (earlier.until or date.max) >= (later.since or date.min):
                    raise ValueError(f"行政区划 {code} 的{earlier.name}与{later.name}日期重叠")
        self._by_code = {code: tuple(names) for code, names in sorted(by_code.items())}

    def __iter__(self) -> Iterator[Region]:
        """Give every entry, by code and then by day."""
        for names in self._by_code.values():
            yield from names

    def history(self, code: str) -> tuple[Region, ...]:
        """Return every name the code ever had, oldest first; empty when the list does not have the code."""
        return self._by_code.get(code, ())

    def find(self, code: str, on: date) -> Region | None:
        """Return what the code meant on that day, or ``None`` when it meant nothing then."""
        return next((region for region in self.history(code) if region.holds(on)), None)

    def path(self, code: str, on: date) -> tuple[Region, ...]:
        """Return province, city and county of the code on that day, widest first, as far as listed."""
        codes = dict.fromkeys((code[:2] + "0000", code[:4] + "00", code))
        found = (self.find(each, on) for each in codes)
        return tuple(region for region in found if region is not None)

    def within(self, code: str, on: date) -> tuple[Region, ...]:
        """Return the regions directly inside this one on that day, by code.

        Counties that no city administers (codes NN90XX) count as directly inside their province.
        """
        return tuple(region for region in self if region.holds(on) and _parent(region.code) == code)


def load(path: Path) -> Regions:
    """Read a list of regions from a YAML file.

    Raises ValueError with one Chinese line naming the file and line: unknown or repeated key, code that is
    not six digits, impossible date, mark other than 是 or 否, overlapping days.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: 文件不是 UTF-8 编码") from error
    except yaml.YAMLError as error:
        raise ValueError(f"{path}: 不是正确的 YAML：{' '.join(str(error).split())}") from error
    entries = list(_read_file(path, root))
    try:
        return Regions(entries)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error


def _parent(code: str) -> str | None:
    if code.endswith("0000"):
        return None
    if code.endswith("00") or code[2:4] == "90":
        return code[:2] + "0000"
    return code[:4] + "00"


def _read_file(path: Path, root: yaml.Node | None) -> Iterator[Region]:
    nodes = _mapping(path, root, _FILE_KEYS)
    confirmed = _scalar(path, nodes["核实"]) if "核实" in nodes else "否"
    source = _scalar(path, nodes["依据"]) if "依据" in nodes else ""
    entries = nodes.get("地区")
    if not isinstance(entries, yaml.SequenceNode):
        raise ValueError(f"{path}: 缺少“地区”，或者它不是列表")
    for entry in entries.value:
        values = {key: _scalar(path, node) for key, node in _mapping(path, entry, _ENTRY_KEYS).items()}
        where = f"{path}:{entry.start_mark.line + 1}"
        yield _region(where, {"核实": confirmed, "依据": source} | values)


def _region(where: str, values: Mapping[str, Any]) -> Region:
    code, name = values.get("代码"), values.get("名称")
    if not (isinstance(code, str) and _CODE.fullmatch(code)):
        raise ValueError(f"{where}: 代码应是加引号的六位数字，现为 {code}")
    if not (isinstance(name, str) and name):
        raise ValueError(f"{where}: {code} 缺少名称")
    for key in ("自", "至"):
        if type(values.get(key)) not in (date, NoneType):
            raise ValueError(f"{where}: {code} 的“{key}”应是日期，如 2005-05-30，现为 {values[key]}")
    if values["核实"] not in _YES_NO:
        raise ValueError(f"{where}: {code} 的“核实”应是 是 或 否，现为 {values['核实']}")
    return Region(
        code=code,
        name=name,
        since=values.get("自"),
        until=values.get("至"),
        confirmed=_YES_NO[values["核实"]],
        source=str(values["依据"]),
        note=str(values.get("注", "")),
    )


def _mapping(path: Path, node: yaml.Node | None, known: frozenset[str]) -> dict[str, yaml.Node]:
    """Return the values of a mapping by key; PyYAML alone would silently keep the last of two equal keys."""
    if not isinstance(node, yaml.MappingNode):
        line = f":{node.start_mark.line + 1}" if node else ""
        raise ValueError(f"{path}{line}: 应是“键: 值”的形式")
    found: dict[str, yaml.Node] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        where = f"{path}:{key_node.start_mark.line + 1}"
        if key not in known:
            raise ValueError(f"{where}: 不认识的键“{key}”，可用：{'、'.join(sorted(known))}")
        if key in found:
            raise ValueError(f"{where}: 键“{key}”写了两次")
        found[key] = value_node
    return found


def _scalar(path: Path, node: yaml.Node) -> Any:
    """Return the Python value of a YAML scalar (text, date, null…)."""
    where = f"{path}:{node.start_mark.line + 1}"
    if not isinstance(node, yaml.ScalarNode):
        raise ValueError(f"{where}: 这里应是一个值，不是列表或“键: 值”")
    try:
        return yaml.SafeLoader("").construct_object(node)
    except (ValueError, yaml.YAMLError) as error:
        raise ValueError(f"{where}: “{node.value}”不是正确的值，日期应是存在的日子") from error
