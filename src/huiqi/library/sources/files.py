"""A file to a source: what can be told before reading it, its kind, and the reader for that kind."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from huiqi.library.model import Source
from huiqi.library.sources.assembly import Content
from huiqi.library.sources.errors import SourceError
from huiqi.library.sources.formats import HEAD, Format, format_of, problem_of_ole
from huiqi.library.sources.pdf import read_pdf
from huiqi.library.sources.plain import read_plain
from huiqi.library.sources.web import read_web_page
from huiqi.library.sources.word import read_word

_NO_WORDS = {
    Format.TEXT: "文件里只有空白，没有文字；请检查是否保存或下载完整",
    Format.WEB_PAGE: "网页里没有正文文字，内容多半由脚本另外载入；请在浏览器里打开，复制正文存成 .txt 再读",
    Format.WORD: "Word 文件里没有文字，多半只有图片或扫描件；请先做文字识别（OCR），再读识别出的文字",
    Format.PDF: "PDF 里没有文字层，多半是扫描件；请先做文字识别（OCR），再读识别出的文字",
}


def read_source(path: Path) -> Source:
    """The official text in a file: plain text, PDF, Word (.docx) or a web page, told apart by content.

    Nothing is fetched, and nothing in the file is run. Raises ``SourceError`` when it cannot be read as one
    of these, with what would be right; a file that is too large is refused without being read.
    """
    try:
        return read_bytes(_bytes_of(path), path.name)
    except SourceError as error:
        raise SourceError(error.problem, _printable(str(path))) from None


def read_bytes(data: bytes, name: str) -> Source:
    """The official text in the bytes of a file called ``name``, such as one that was uploaded.

    Raises ``SourceError`` as ``read_source`` does, without the name of a file.
    """
    if not data:
        raise SourceError("文件是空的（0 字节）；请检查是否保存或下载完整")
    form = format_of(data[:HEAD], name)
    form.check_size(len(data))
    content = _read(data, form)
    if not any(character.isalnum() for character in content.text):
        raise SourceError(_NO_WORDS[form])
    return Source(
        name=_printable(name),
        text=content.text,
        medium=form.title,
        encoding=content.encoding,
        digest=hashlib.sha256(data).hexdigest(),
        paragraphs=content.paragraphs,
        page_starts=content.page_starts,
        losses=content.losses,
    )


def _read(data: bytes, form: Format) -> Content:
    match form:
        case Format.TEXT:
            return read_plain(data)
        case Format.WEB_PAGE:
            return read_web_page(data)
        case Format.WORD:
            return read_word(data)
        case Format.PDF:
            return read_pdf(data)
        case Format.OLE:
            raise SourceError(problem_of_ole(data))


def _bytes_of(path: Path) -> bytes:
    """All bytes of a file, once its kind and size are known to be fit for reading."""
    _check_kind(path)
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
            form = format_of(head, path.name)
            form.check_size(os.fstat(stream.fileno()).st_size)
            # The file may grow after it was asked for its size; one byte too many is enough to be refused.
            return head + stream.read(form.limit + 1 - len(head))
    except PermissionError:
        raise SourceError("没有读取这个文件的权限；请让文件的主人放开权限，或换一个账户") from None
    except OSError as error:
        raise SourceError(f"文件读不了（{error.strerror}）；请检查磁盘或网络盘") from None


def _check_kind(path: Path) -> None:
    """Refuse what is no ordinary file before opening it: opening a pipe would wait for ever."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise SourceError("没有这个文件；请检查路径和文件名") from None
    except PermissionError:
        raise SourceError("没有进入它所在文件夹的权限；请放开权限，或换一个账户") from None
    except (OSError, ValueError):
        raise SourceError("路径不能用；请检查路径和文件名") from None
    if stat.S_ISDIR(mode):
        raise SourceError("是文件夹，不是文件；请指明其中的一个文件")
    if not stat.S_ISREG(mode):
        raise SourceError("不是普通文件（是管道或设备）；请先存成文件")


def _printable(name: str) -> str:
    """A file name that can be written anywhere: names from old archives may be no valid UTF-8."""
    return name.encode("utf-8", "replace").decode("utf-8")
