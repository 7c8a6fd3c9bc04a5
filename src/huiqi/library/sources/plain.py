"""Plain text as it came: only newlines and form feeds are read."""

from __future__ import annotations

import re

from huiqi.library.sources.assembly import Content
from huiqi.library.sources.decoding import decode
from huiqi.library.sources.errors import SourceError

_BREAK = re.compile("\n?\f")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_MOST_CONTROLS = 0.05
"""Share of control characters above which a decodable file is no text: real files have a stray one."""


def read_plain(data: bytes) -> Content:
    """The text of a plain text file.

    All newlines become that of Unix. A form feed ends a line, where none has just ended, and is no character
    of the text; the page begins after it. Everything else stays, whatever its Unicode normal form, and U+2028
    or U+0085 inside a line is a character of it.
    """
    decoded = decode(data)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_nonsense(text)
    pieces = _BREAK.split(text)
    starts, length = [0], 0
    for piece in pieces[:-1]:
        length += len(piece) + 1
        starts.append(length)
    text = "\n".join(pieces)
    # Writers of form feeds put one after every page, so the last one begins no page.
    starts = [start for start in starts if start < len(text)] if len(pieces) > 1 else []
    return Content(text, decoded.encoding, page_starts=tuple(starts))


def _refuse_nonsense(text: str) -> None:
    if len(_CONTROL.findall(text)) > _MOST_CONTROLS * len(text):
        raise SourceError("里面多是控制字符，不是文字；请提供 .txt、.docx、.pdf 或 .html")
