"""Level and region of a document, from the places and offices that it names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from huiqi.codes.regions import Region
from huiqi.library.blanks import squeeze
from huiqi.library.knowledge import Knowledge
from huiqi.library.model import Level

_NATION = re.compile(
    r"""^(?:中共中央|中央|国务院|全国|国家|中国|中华人民共和国|最高人民)
      | ^[\u4e00-\u9fff]{1,10}(?:部|总局|总署)(?:办公厅|等|$|[\s、]|[\u4e00-\u9fff])""",
    re.VERBOSE,
)
_PLACE = re.compile(
    r"""^(?P<province>[\u4e00-\u9fff]{2,6}?(?:省|自治区))?
         (?P<city>[\u4e00-\u9fff]{1,6}?(?:(?<![集城超上股门都夜早])市|自治州|地区|盟))?
         (?P<county>[\u4e00-\u9fff]{1,6}?(?:县|区|旗))?""",
    re.VERBOSE,
)
_GOVERNS = re.compile("政府|[委局厅办]$|委员会")  # a county named alone must be followed by a body of it
NATION = "000000"
"""The region code of the nation."""


class Geography:
    """Places by name, from the catalogue's regions, so that a title tells its level."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._by_name: Mapping[str, Region] = {
            region.name: region for region in (knowledge.regions or ()) if region.until is None
        }
        self._home = knowledge.region

    def place(self, text: str) -> tuple[Level, str] | None:
        """Level and region code of the place that a text begins with."""
        text = squeeze(text).removeprefix("中共").removeprefix("《")
        about = text.startswith("关于")
        text = text.removeprefix("关于")
        known = max((name for name in self._by_name if name in text[:14]), key=len, default=None)
        if known:
            inner = [
                name for name in self._by_name if text[text.index(known) + len(known) :].startswith(name)
            ]
            code = self._by_name[inner[0] if inner else known].code
            return _level(code), code
        match = _PLACE.match(text)
        if match is None or not match.group() or about:
            return None
        if match.group("county") and (match.group("city") or _GOVERNS.search(text)):
            return Level.COUNTY, ""
        if match.group("city"):
            return Level.CITY, ""
        return (Level.PROVINCE, "") if match.group("province") else None

    def level_and_region(self, texts: Sequence[str]) -> tuple[Level, str]:
        """The first text that tells decides: issuers, titles, the part of the compendium, addressees."""
        for text in texts:
            plain = squeeze(text)
            if not plain:
                continue
            found = self.place(plain)
            if _NATION.search(plain) and (found is None or not found[1]):
                return Level.NATION, NATION
            if found:
                return found
            named = next((name for name in self._by_name if name in plain), None)
            if named:
                return _level(self._by_name[named].code), self._by_name[named].code
            if re.search(r"国家|全国", plain):
                return Level.NATION, NATION
        return Level.UNKNOWN, ""


def _level(code: str) -> Level:
    if code.endswith("0000"):
        return Level.PROVINCE
    return Level.CITY if code.endswith("00") or code[2:4] == "90" else Level.COUNTY
