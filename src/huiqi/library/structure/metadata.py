"""What the frame of a document says: its number, who issued it, when it was passed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from huiqi.library.blanks import squeeze
from huiqi.library.knowledge import Knowledge
from huiqi.library.structure.dates import DATE, dates_in
from huiqi.library.structure.recognise import NUMBER, is_date, is_number, is_promulgation

_ABOUT = re.compile("关于|出台")  # what stands before it in a title is who issues
_REPRINTED = re.compile(r"^\s*[（(【][^（()）】]{1,8}[)）】]\s*")  # 转载, before a title on a web page
_SHORTEST, _LONGEST = 3, 80  # of the names before it
_ORDER = re.compile(r"^[\u4e00-\u9fff]{2,40}(?:令|公告|通告)$")
_SESSION = re.compile(r"第[一二三四五六七八九十百]+届|第[一二三四五六七八九十百\d]+次.*|[（(].*")
_PROMULGATOR = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{3,40}?)(?:令|公告|第[一二三四五六七八九十百\d]+[次号]|公布|通过|批准|发布|修订)"
)
_PUTS_IN_FORCE = re.compile("公布|发布|颁布|修订")


def normal_number(text: str) -> str:
    """A document number without blanks, with 〔〕: ``豫政办〔2024〕60号``."""
    squeezed = squeeze(text).strip("（）()")
    return re.sub(r"[\[(（【〔](\d{4})[\])）】〕](?:第)?", r"〔\1〕", squeezed)


def number_of(texts: Sequence[str], issuers: Sequence[str], title: str) -> str | None:
    """The document number among the lines about the title.

    The names of several offices are no part of it; 第722号 alone is that of the order that the title names.
    """
    for text in texts:
        plain = DATE.sub("", squeeze(text))
        match = NUMBER.search(plain)
        if match is not None:
            number = normal_number(match.group())
            several = "".join(squeeze(each) for each in issuers) if len(issuers) > 1 else ""
            return (number.removeprefix(several) if several else number) or None
        if is_number(plain):
            order = squeeze(title)
            return (order if _ORDER.match(order) else "") + plain.strip("（）()")
    return None


def issuers_of(signature: Sequence[str], title: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Who issued it: the offices that signed, else those that the title begins with."""
    signed = tuple(dict.fromkeys(name for line in signature for name in _offices(line)))
    if signed:
        return signed
    title = _REPRINTED.sub("", title)
    before = _ABOUT.split(title)[0].strip() if _ABOUT.search(title) else ""
    if _SHORTEST <= len(before) < _LONGEST:
        return tuple(_split_offices(before, knowledge))
    order = squeeze(title)
    return (re.sub("(?:令|公告|通告)$", "", order),) if _ORDER.match(order) else ()


def _offices(line: str) -> Iterator[str]:
    """The names on one line of a signature; letters set apart (``教 育 部``) are one name."""
    if is_date(line):
        return
    parts = line.split()
    if len(parts) > 1 and all(len(part) == 1 for part in parts):
        parts = ["".join(parts)]
    for part in parts:
        if len(part) > 2 and not re.search(r"\d", part):
            yield part


def _split_offices(joined: str, knowledge: Knowledge) -> Iterator[str]:
    """Names that are printed without anything between, as far as the catalogue knows them."""
    names = {name for body in knowledge.bodies for name in (body.name, *body.short)}
    for piece in re.split(r"[\s、]+", joined):
        yield from _split(piece, names) or [piece]


def _split(joined: str, names: set[str]) -> list[str]:
    """Known names that are a text from end to end, the longest first; empty when it is not made of them."""
    if not joined:
        return []
    for length in range(len(joined), 1, -1):
        if joined[:length] in names:
            rest = _split(joined[length:], names)
            if rest or length == len(joined):
                return [joined[:length], *rest]
    return []


@dataclass(frozen=True, slots=True)
class Promulgation:
    """One step in the note under a title: on this day, by this body, in these words."""

    day: date
    words: str

    @property
    def body(self) -> str:
        """Who passed it."""
        match = _PROMULGATOR.match(self.words)
        return _SESSION.sub("", match.group("name")) if match else ""


def promulgation_of(texts: Sequence[str]) -> Promulgation | None:
    """What put the present text in force: the last of its promulgations or revisions, else the first step."""
    steps: list[Promulgation] = []
    for text in texts:
        if not is_promulgation(text):
            continue
        plain = squeeze(text)
        days = list(dates_in(plain))
        if not days:
            continue
        ends = [start for _, start, _ in days[1:]] + [len(plain)]
        steps += [
            Promulgation(day, plain[after:end].strip("（）()；;，, "))
            for (day, _, after), end in zip(days, ends, strict=True)
            if not re.match("起?(?:施行|实施)", plain[after:end])
        ]
    in_force = [step for step in steps if _PUTS_IN_FORCE.search(step.words)]
    return in_force[-1] if in_force else (steps[0] if steps else None)
