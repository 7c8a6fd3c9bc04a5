"""Characters that XML 1.0 cannot hold: most controls, lone surrogates, U+FFFE and U+FFFF.

Each is written as U+FFFD, one for one, so that every offset stays right; which it was is kept beside the
clause.
"""

from __future__ import annotations

import re

from huiqi.library.model import Clause, Document, Loss, LossKind

STAND_IN = "\ufffd"
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """The text as XML can hold it; as long as before."""
    return _ILLEGAL.sub(STAND_IN, text)


def replaced_in(text: str) -> str:
    """What ``legal`` replaces: ``position:code point`` in hexadecimal for each, with blanks between."""
    return " ".join(f"{found.start():x}:{ord(found.group()):x}" for found in _ILLEGAL.finditer(text))


def restored(text: str, replaced: str) -> str:
    """The text before ``legal``, out of what ``replaced_in`` said of it."""
    characters = list(text)
    for entry in replaced.split():
        position, code = entry.split(":")
        characters[int(position, 16)] = chr(int(code, 16))
    return "".join(characters)


def unwritable(document: Document) -> tuple[Loss, ...]:
    """Every character of a document's clauses that its export has to replace, and where it stands."""
    return tuple(
        Loss(
            LossKind.UNREADABLE,
            f"XML 不能保存的字符 U+{ord(found.group()):04X}，导出时写作“{STAND_IN}”",
            _offset(clause, found.start(), document),
            document.id,
            clause.id,
            clause.pages,
        )
        for clause in document.walk()
        for found in _ILLEGAL.finditer(clause.text)
    )


def _offset(clause: Clause, position: int, document: Document) -> int:
    """Where in the source a character of a clause's text stands; the document's start when no span says."""
    for span in clause.spans:
        if position < span.end - span.start:
            return span.start + position
        position -= span.end - span.start
    return document.span.start
