"""Who is charged with an item, where the text says so apart from its sentences.

``（责任单位：甲局、乙局）``, ``（甲局牵头，乙局按职责分工负责，各县区落实）``, and lines of their own.
``以下均需…落实，不再列出`` charges bodies with all later items too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from huiqi.library.ledger.entries import Charge, Responsible
from huiqi.library.ledger.names import Names, has_end

_BRACKET = re.compile(r"[（(]((?:[^（）()]|[（(][^（）()]*[）)])*)[）)]")
_LABEL = re.compile(r"(责任|牵头|配合|落实|主办|协办|承办)(?:单位|部门)[:：]")
_LINE = re.compile(r"(?:^|(?<=[。\n]))((?:责任|牵头|配合|落实|主办|协办|承办)(?:单位|部门)[:：][^。\n]*)")
_LATER = re.compile(
    r"以下(?:各项|任务|事项|各项任务)?均(?:需|由|须|应)?"
    r"(?P<who>[^。]*?)(?P<verb>负责落实|落实|负责|配合)[，,]?不再(?:一一)?列出"
)
_VERB = re.compile(
    r"等?(?P<leading>牵头部门)(?=[及和])"
    r"|按照?(?:各自)?职责(?:分工)?(?P<shared>牵头负责|负责落实|负责|抓好落实|落实)"
    r"|(?P<plain>牵头负责|牵头(?!部门|单位)|负责落实|负责|抓好落实|落实|配合)"
)
_CHARGES = {
    "责任": Charge.RESPONSIBLE,
    "牵头": Charge.LEADS,
    "主办": Charge.LEADS,
    "承办": Charge.RESPONSIBLE,
    "配合": Charge.ASSISTS,
    "协办": Charge.ASSISTS,
    "落实": Charge.CARRIES_OUT,
    "抓好落实": Charge.CARRIES_OUT,
    "负责落实": Charge.CARRIES_OUT,
    "负责": Charge.RESPONSIBLE,
    "牵头负责": Charge.LEADS,
    "牵头部门": Charge.LEADS,
}


@dataclass(frozen=True, slots=True)
class Assignment:
    """What one bracket or line says: bodies with their roles; ``later`` are charged with later items too."""

    words: str
    bodies: tuple[Responsible, ...]
    later: tuple[Responsible, ...] = ()


def assignments_in(text: str, names: Names) -> tuple[Assignment, ...]:
    """The assignments of an item's text, in its order."""
    found: list[tuple[int, Assignment]] = []
    for match in _BRACKET.finditer(text):
        assignment = _read(match.group(1), names)
        if _LABEL.match(match.group(1)) or _says_who(match.group(1), assignment):
            found.append((match.start(), assignment))
    found += [(match.start(), _read(match.group(1), names)) for match in _LINE.finditer(text)]
    return tuple(each for _, each in sorted(found, key=lambda one: one[0]) if each.bodies or each.later)


def without_assignments(text: str) -> str:
    """A text with its brackets and own lines of bodies left out, so that its sentences can be read."""
    text = _LINE.sub("", text)
    return _BRACKET.sub(
        lambda match: (
            "" if _LABEL.match(match.group(1)) or _VERB_AT_END.search(match.group(1)) else match.group()
        ),
        text,
    )


_VERB_AT_END = re.compile(r"(?:负责|落实|牵头|配合|不再(?:一一)?列出)[。；]?$")


def _says_who(words: str, assignment: Assignment) -> bool:
    """Whether a bracket without a label is an assignment: it ends as one and everything in it is a body."""
    if not assignment.bodies:
        return False
    whole = all(body.known or has_end(body.as_printed) for body in assignment.bodies)
    return whole and (bool(_VERB_AT_END.search(words)) or assignment.bodies[0].role is Charge.LEADS)


def _read(words: str, names: Names) -> Assignment:
    now: list[Responsible] = []
    later: list[Responsible] = []
    rest = words
    for match in _LATER.finditer(words):
        rest = rest.replace(match.group(), "")
        later += _charged(match.group("who"), _CHARGES[match.group("verb")], names)
    labels = list(_LABEL.finditer(rest))
    if not labels:
        return Assignment(words, tuple(_by_verbs(rest, None, names)), tuple(later))
    ends = [*(label.start() for label in labels[1:]), len(rest)]
    for label, end in zip(labels, ends, strict=True):
        now += _by_verbs(rest[label.end() : end], _CHARGES[label.group(1)], names, _level(now, names))
    return Assignment(words, tuple(now), tuple(later))


def _by_verbs(text: str, default: Charge | None, names: Names, level: str = "") -> Iterator[Responsible]:
    """The bodies of ``甲牵头，乙、丙按职责分工负责，丁落实``, each list with the verb that follows it."""
    at, led = 0, False
    for verb in _VERB.finditer(text):
        said = verb.group("leading") or verb.group("plain") or verb.group("shared")
        role = Charge.SHARES if verb.group("shared") and said != "牵头负责" else _CHARGES[said]
        charged = _charged(text[at : verb.start()], role, names, level)
        yield from charged
        level = _level(charged, names) or level
        at, led = verb.end(), led or role is Charge.LEADS
    # 甲局牵头、乙局、丙局: the others are there to help; a label says what those without a verb do
    left = default or (Charge.ASSISTS if led else None)
    if left and text[at:].strip("、，,；;。"):
        yield from _charged(text[at:], left, names, level)


def _charged(listed: str, role: Charge, names: Names, level: str = "") -> list[Responsible]:
    return [Responsible(each.name, role, each.as_printed, each.known) for each in names.split(listed, level)]


def _level(bodies: Sequence[Responsible], names: Names) -> str:
    """The 省, 市… that the last body with one is printed with; later names may leave it out."""
    levels = (names.level_of(body.as_printed) for body in reversed(bodies))
    return next(filter(None, levels), "")
