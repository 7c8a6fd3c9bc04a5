"""The parts of a Word file: opened with care, since a small file may unfold into a huge one."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml

from huiqi.library.sources.errors import SourceError
from huiqi.library.sources.word.names import Element, name

_MEGABYTE = 1024 * 1024
_MOST_XML = 64 * _MEGABYTE
"""Bytes of one XML part when unpacked; that of a 300-page document has about 5 MB."""
_MOST_BYTES = 512 * _MEGABYTE
"""Bytes of all parts when unpacked, pictures included."""
_MOST_PARTS = 10_000

_BROKEN = "Word 文件坏了或不完整，打不开；请重新下载，或用 Word、WPS 打开后另存为 .docx"
_OTHERS = (
    ("xl/workbook", "是 Excel 表格（.xlsx），不是公文；公文请另存为 .docx 再读"),
    ("ppt/presentation", "是 PowerPoint 演示（.pptx），不是公文；公文请另存为 .docx 再读"),
    ("OFD.xml", "是 OFD 版式文件；请用 OFD 阅读器打开，另存（打印）为 PDF 再读"),
    ("META-INF/container.xml", "是电子书（.epub）；请转成 PDF 或 .docx 再读"),
    ("content.xml", "是 OpenDocument 文件（.odt 等）；请打开后另存为 .docx 再读"),
)
_STRICT = b"http://purl.oclc.org/ooxml/"


@dataclass(frozen=True, slots=True)
class Package:
    """The XML of a Word file that holds its text; a part that the file lacks is ``None``."""

    body: Element
    styles: Element | None
    numbering: Element | None
    footnotes: Element | None
    endnotes: Element | None


def open_package(data: bytes) -> Package:
    """The parts of a .docx file.

    Raises ``SourceError`` when it is another kind of archive, broken, encrypted, or far too large unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive)
        part = docx.Document(io.BytesIO(data)).part
        body = part.element.find(name("w:body"))
        parts = {
            relation.reltype: _root(relation.target_part)
            for relation in part.rels.values()
            if not relation.is_external and relation.reltype in _READ
        }
    except SourceError:
        raise
    except Exception:
        # The libraries take for granted that a file is sound, and stumble over a broken one in many ways.
        raise SourceError(_BROKEN) from None
    if body is None:
        raise SourceError(_BROKEN)
    return Package(body, *(parts.get(kind) for kind in _READ))


_READ = (
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.FOOTNOTES,
    RELATIONSHIP_TYPE.ENDNOTES,
)


def _root(part: Part) -> Element:
    return part.element if isinstance(part, XmlPart) else parse_xml(part.blob)


def _check(archive: zipfile.ZipFile) -> None:
    """Refuse what is no Word file, and what is too large when unpacked: a zip says so beforehand."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if not any(each.startswith("word/document") for each in names):
        raise SourceError(_what_else(names))
    if any(entry.flag_bits & 1 for entry in entries):
        raise SourceError("Word 文件加了密码；请去掉密码，另存为 .docx 再读")
    largest = max(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    total = sum(entry.file_size for entry in entries)
    if largest > _MOST_XML or total > _MOST_BYTES or len(entries) > _MOST_PARTS:
        raise SourceError(
            f"Word 文件解压后太大（{total // _MEGABYTE} MB，{len(entries)} 个部件），不像公文；"
            "请确认来源可靠，拆成几个文件或去掉大图片再读"
        )
    main = next(each for each in names if each.startswith("word/document"))
    with archive.open(main) as stream:
        if _STRICT in stream.read(4096):
            raise SourceError("是“严格 Open XML”格式的 Word 文件；请用 Word 打开，另存为普通的 .docx 再读")
    kinds = archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    if b"macroEnabled" in kinds or b"wordprocessingml.template" in kinds:
        raise SourceError("是带宏的 Word 文件或模板（.docm、.dotx）；请用 Word 打开，另存为 .docx 再读")


def _what_else(names: list[str]) -> str:
    for inside, problem in _OTHERS:
        if any(each.startswith(inside) for each in names):
            return problem
    if "[Content_Types].xml" in names:
        return _BROKEN
    return "是 zip 压缩包；请解压，再读里面的文件"
