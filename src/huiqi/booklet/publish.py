"""Writing an edition: the files that were asked for, and the manifest beside them; all of them or none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from huiqi.booklet.characters import Missing
from huiqi.booklet.html import as_html
from huiqi.booklet.model import Booklet
from huiqi.booklet.pdf import as_pdf
from huiqi.booklet.word import as_word

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')
_LONGEST_NAME = 60


class Medium(StrEnum):
    """What an edition can be written as; the value is the ending of the file's name."""

    HTML = "html"
    PDF = "pdf"
    WORD = "docx"


@dataclass(frozen=True, slots=True)
class Published:
    """The files of an edition, the manifest last; what the PDF could not show, and fonts that it borrowed."""

    files: tuple[Path, ...]
    missing: tuple[Missing, ...]
    borrowed: tuple[str, ...]


def publish(
    booklet: Booklet, folder: Path, media: Iterable[Medium] = tuple(Medium), *, system_fonts: bool = True
) -> Published:
    """Write an edition into a folder, which is made when it is not there.

    Files are named after title and day; those of the same name are replaced. Everything is made before
    anything is written. Raises ``OSError`` when the folder cannot be written to.
    """
    contents: dict[str, bytes] = {}
    missing: tuple[Missing, ...] = ()
    borrowed: tuple[str, ...] = ()
    for medium in dict.fromkeys(media):
        if medium is Medium.HTML:
            contents[medium] = as_html(booklet).encode()
        elif medium is Medium.WORD:
            contents[medium] = as_word(booklet)
        else:
            printed = as_pdf(booklet, system_fonts=system_fonts)
            contents[medium], missing, borrowed = printed.content, printed.missing, printed.borrowed
    contents["json"] = booklet.manifest.to_json().encode()
    name = file_name(booklet)
    folder.mkdir(parents=True, exist_ok=True)
    drafts = [folder / f".{name}.{ending}.part" for ending in contents]
    files = [folder / f"{name}.{ending}" for ending in contents]
    try:
        for draft, content in zip(drafts, contents.values(), strict=True):
            draft.write_bytes(content)
        for draft, file in zip(drafts, files, strict=True):
            draft.replace(file)
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)
    return Published(tuple(files), missing, borrowed)


def file_name(booklet: Booklet) -> str:
    """The name of the edition's files, without an ending: the title and the day."""
    title = _NOT_IN_NAMES.sub("", booklet.title)[:_LONGEST_NAME].strip(".") or "汇编"
    return f"{title}-{booklet.on.isoformat()}"
