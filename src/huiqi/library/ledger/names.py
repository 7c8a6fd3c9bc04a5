"""Names of bodies as texts write them: short, in lists, with what neighbours share left out.

``省商务厅、财政厅`` is 省商务厅 and 省财政厅; ``甲示范区、乙示范区管委会`` names two committees;
``财政、公安部门`` two departments. The catalogue tells which names there are; others are kept as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from huiqi.library.knowledge import Body
from huiqi.library.model import Level

LEVELS = frozenset("省市县区州盟旗")
ENDS = (
    *("人民政府", "政府", "党委", "部门", "机关", "机构", "单位", "管委会", "委员会", "办公室", "办事处"),
    *("厅", "局", "委", "办", "部", "署", "中心", "法院", "检察院", "海关", "总站", "研究室", "档案馆"),
    *("专班", "领导小组", "联席会议", "联合会", "总工会", "残联", "社科联", "工商联"),
    *("科协", "文联", "妇联", "协会", "集团", "公司", "银行", "分行", "支行"),
)
"""How the name of a body may end; without one of these a part of a list shares the end of the next."""

BARE = frozenset({"政府", "人民政府", "部门", "机关", "单位", "机构", "党委"})
"""Kinds that name nobody without a word before them."""

_SEPARATOR = re.compile(r"[、，,；;]|以及|和|及|与|或者")
_WEAK = ("以及", "和", "及", "与", "或者")
_ETC = re.compile(r"等(?:\d+个?)?(?:相关|有关|各)?(?P<end>部门|单位|机关|地)?$")
_SHARED_END = re.compile(r"(?:市人民政府|人民政府|市政府|县政府|区政府|政府|部门|管委会|机关|党委)$")
_SHARED_START = re.compile(
    r"^(?:县级以上(?:地方)?(?:各级)?(?:人民政府)?|各级|同级|本级(?:人民)?(?:政府)?|上级|下级|各地|各县区|市级以下)"
)
_PLACE = re.compile(r"[省市县区地州盟旗]$")
_WITHOUT_END = re.compile(r"各(?:地|方|省|地区|级各部门|地区各部门)|各?试点(?:城市|地市)")


@dataclass(frozen=True, slots=True)
class Named:
    """A body named in a text."""

    name: str
    as_printed: str
    known: bool


class Names:
    """The names that the catalogue knows, as far as they can be meant in a document of a level.

    In a national document 省… is any province and in a provincial one 市… any city, so such short names are
    not taken for the catalogue's own.
    """

    def __init__(self, bodies: Iterable[Body] = (), level: Level = Level.UNKNOWN) -> None:
        self._full: dict[str, str] = {}
        for body in bodies:
            for printed in (body.name, *body.short):
                if printed == body.name or _may_be_meant(printed, level):
                    self._full.setdefault(printed, body.name)
        self._lengths = sorted({len(printed) for printed in self._full}, reverse=True)

    def full(self, printed: str) -> str | None:
        """The full name of what is printed, when it is known."""
        return self._full.get(printed)

    def level_of(self, printed: str) -> str:
        """The 省, 市… that a known short name begins with; empty for 市场监管局, which is none of a city."""
        return printed[0] if printed[:1] in LEVELS and printed in self._full else ""

    def longest_at(self, text: str, at: int = 0, before: str = "") -> int:
        """The length of the longest known name at ``at``, which ``before`` may begin; 0 for none."""
        for length in self._lengths:
            own = length - len(before)
            if own > 0 and at + own <= len(text) and before + text[at : at + own] in self._full:
                return own
        return 0

    def split(self, listed: str, level: str = "") -> tuple[Named, ...]:
        """The bodies of a list such as ``省商务厅、财政厅，各县（区）人民政府等部门``, in its order.

        ``level`` is the 省, 市… that a name before the list has and its names may leave out.
        """
        return tuple(_unique(_Splitting(self, listed.strip("、，,；;。 "), level).run()))


def _may_be_meant(printed: str, level: Level) -> bool:
    match printed[:1]:
        case "省":
            return level is not Level.NATION
        case "市":
            return level in (Level.CITY, Level.COUNTY, Level.UNKNOWN)
        case "县" | "区":
            return level in (Level.COUNTY, Level.UNKNOWN)
        case _:
            return True


def _unique(named: Iterable[Named]) -> Iterator[Named]:
    seen: set[str] = set()
    for each in named:
        if each.name not in seen:
            seen.add(each.name)
            yield each


@dataclass(slots=True)
class _Part:
    printed: str
    name: str = ""  # the known name; empty when it is not known
    borrowed: bool = False  # its end is that of the next part


class _Splitting:
    """One list being split: names that are known first, then what stands between separators."""

    def __init__(self, names: Names, text: str, level: str) -> None:
        self._names = names
        etc = _ETC.search(text)
        if etc:
            text = text[: etc.start()]
        self._prefixes: tuple[str, ...] = (level, level + "委") if level else ()
        self._text = text
        self._last_end = (etc.group("end") or "") if etc else ""

    def run(self) -> Iterator[Named]:
        parts = list(self._parts())
        if parts and self._last_end and not parts[-1].name and not has_end(parts[-1].printed):
            parts[-1].printed += self._last_end  # 财政、公安等部门
        self._share_ends(parts)
        _share_starts(parts)
        for part in parts:
            if part.printed:
                yield Named(part.name or part.printed, part.printed, bool(part.name))

    def _parts(self) -> Iterator[_Part]:
        at = 0
        while at < len(self._text):
            separator = _SEPARATOR.match(self._text, at)
            if separator:
                at = separator.end()
                continue
            part = self._known_at(at) or _Part(self._unknown_at(at))
            at += len(part.printed)
            printed = re.sub(r"^(?:其他|其)?(?:所属的?)?(?=.)", "", part.printed)
            if printed:
                yield _Part(printed, part.name)

    def _known_at(self, at: int) -> _Part | None:
        best: _Part | None = None
        for prefix in (*self._prefixes, ""):
            length = self._names.longest_at(self._text, at, prefix)
            if length and self._ends_at(at + length) and (best is None or length > len(best.printed)):
                printed = self._text[at : at + length]
                best = _Part(printed, self._names.full(prefix + printed) or "")
        level = self._names.level_of(best.printed) if best else ""
        if best and level:
            party = best.printed.startswith(level + "委")
            self._prefixes = (level + "委", level) if party else (level, level + "委")
        return best

    def _ends_at(self, at: int) -> bool:
        return at == len(self._text) or self._text[at] in "等（(" or bool(_SEPARATOR.match(self._text, at))

    def _unknown_at(self, start: int) -> str:
        """What is printed from ``start`` to the next separator that is one; those in brackets are not."""
        depth = 0
        for at in range(start, len(self._text)):
            character = self._text[at]
            depth += (character in "（(") - (character in "）)")
            separator = _SEPARATOR.match(self._text, at) if depth == 0 and at > start else None
            if separator and (separator.group() not in _WEAK or self._joins(start, at, separator.end())):
                return self._text[start:at]
        return self._text[start:]

    def _joins(self, start: int, at: int, after: int) -> bool:
        """Whether 和 joins two bodies: after a whole name, or before the last of a list."""
        if has_end(self._text[start:at]):
            return True
        return (
            "、" in self._text[:start]
            and "、" not in self._text[after:]
            and "政府" not in self._text[start:at]
        )

    def _share_ends(self, parts: list[_Part]) -> None:
        """Give parts without an end of their own the end of the next one that has it."""
        donor: _Part | None = None
        for part in reversed(parts):
            if part.name or has_end(part.printed):
                donor = part
            elif donor is not None:
                self._share_end(part, donor)

    def _share_end(self, part: _Part, donor: _Part) -> None:
        for cut in range(1, len(donor.printed)):
            part.name = self._names.full(part.printed + donor.printed[cut:]) or ""
            if part.name:
                return
        end = _SHARED_END.search(donor.printed)
        if donor.name or end is None:
            return
        if part.printed == "各级" or (_PLACE.search(part.printed) and not end.group().endswith("政府")):
            # 甲市、乙区信用牵头部门: what both share cannot be told from what is the last one's own
            donor.printed = f"{part.printed}、{donor.printed}"
            part.printed = ""
        else:
            part.printed += end.group()
            part.borrowed = True


def _share_starts(parts: Iterable[_Part]) -> None:
    """Give parts that share an end, or that are only one, the start of the first: 同级财政、公安部门."""
    start, shared = "", False
    for part in parts:
        if shared or part.printed in BARE:
            if start and not part.printed.startswith(start):
                part.printed = start + part.printed
        else:
            found = _SHARED_START.match(part.printed)
            start = found.group() if found else ""
        shared = part.borrowed


def has_end(printed: str) -> bool:
    """Whether a text ends as the name of a body does, bracketed words aside."""
    bare = re.sub(r"[（(][^（）()]*[）)]$", "", printed)
    return bare.endswith(ENDS) or _WITHOUT_END.fullmatch(bare) is not None
