"""What kind of file some bytes are, told from the bytes; the name only decides between text and web page."""

from __future__ import annotations

import re
from enum import Enum

from huiqi.library.sources.errors import SourceError

HEAD = 4096
"""Bytes from the start of a file that are enough to tell its kind."""

_MEGABYTE = 1024 * 1024


class Format(Enum):
    """The kinds of file that are told apart; OLE files are refused once it is known what they hold."""

    TEXT = ("文本", 64)
    WEB_PAGE = ("网页", 64)
    WORD = ("Word", 64)
    OLE = ("旧版 Office", 64)
    PDF = ("PDF", 200)

    def __init__(self, title: str, megabytes: int) -> None:
        self.title = title
        self.limit = megabytes * _MEGABYTE

    def check_size(self, size: int) -> None:
        """Refuse a file of this many bytes when it is larger than any real document."""
        if size > self.limit:
            raise SourceError(
                f"文件有 {size / _MEGABYTE:.0f} MB，{self.title}文件最多读 {self.limit // _MEGABYTE} MB；"
                "请拆成几个文件，或去掉里面的大图片"
            )


_IMAGE = "是{}图片，不是文字；请先在别处做文字识别（OCR），再读识别出的文字"
_ARCHIVE = "是{}压缩包；请解压，再读里面的文件"
_OTHER = "是{}，里面没有可读的公文；请提供 .txt、.docx、.pdf 或 .html"
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", _IMAGE.format(" PNG ")),
    (b"\xff\xd8\xff", _IMAGE.format(" JPEG ")),
    (b"GIF87a", _IMAGE.format(" GIF ")),
    (b"GIF89a", _IMAGE.format(" GIF ")),
    (b"II*\0", _IMAGE.format(" TIFF ")),
    (b"MM\0*", _IMAGE.format(" TIFF ")),
    (b"Rar!\x1a\x07", _ARCHIVE.format(" RAR ")),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE.format(" 7z ")),
    (b"\x1f\x8b\x08", _ARCHIVE.format(" gzip ")),
    (b"\xfd7zXZ\0", _ARCHIVE.format(" xz ")),
    (b"\x7fELF", _OTHER.format("程序")),
    (b"MZ\x90\0", _OTHER.format("程序")),
    (b"SQLite format 3\0", _OTHER.format("数据库")),
    (b"%!PS", "是 PostScript 文件；请转成 PDF 再读"),
    (b"{\\rtf", "是 RTF 文件；请用 Word 或 WPS 打开，另存为 .docx 再读"),
)
_BRANDS = {b"heic": "HEIC ", b"heix": "HEIC ", b"mif1": "HEIF ", b"avif": "AVIF "}

_MARKUP = re.compile(
    rb"(?:<\?xml[^>]*>|<!--(?:(?!-->).)*-->|\s)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|base|script|style|div|p|table|h[1-6]|br|hr|b|font|a"
    rb"|iframe|center|span|ul|ol|section|article|img)[\s/>]",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"\s*<\?xml\s.*?<([^\s<>/!?]+)", re.DOTALL)
_ANY_TAG = re.compile(rb"<(?:p|br|div|span|table|body|html)[\s/>]", re.IGNORECASE)
_WEB_NAME = re.compile(r"\.(?:x?html?|shtml)$", re.IGNORECASE)
_WEB_ARCHIVE = re.compile(rb"^Content-Type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)


def format_of(head: bytes, name: str) -> Format:
    """The kind of file that begins with ``head`` (its first HEAD bytes, or all of it).

    Raises ``SourceError`` for a kind that holds no text to read, with what to do instead.
    """
    if head.lstrip(b"\xef\xbb\xbf\0\t\r\n\f ").startswith(b"%PDF-"):
        return Format.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Format.WORD
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Format.OLE
    _refuse_known(head)
    # A web page in UTF-16 has a zero beside each letter of its tags.
    letters = head.replace(b"\0", b"") if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head
    letters = letters.lstrip(b"\xef\xbb\xbf\xff\xfe")
    if _MARKUP.match(letters) or (_WEB_NAME.search(name) and _ANY_TAG.search(letters)):
        return Format.WEB_PAGE
    xml = _XML.match(letters)
    if xml:
        root = xml[1].decode("utf-8", "replace")
        raise SourceError(f"是 XML 数据（根元素 {root}），不是公文；请提供 .txt、.docx、.pdf 或 .html")
    if _WEB_ARCHIVE.search(letters):
        raise SourceError("是网页归档（.mht）；请在浏览器里另存为“网页，仅 HTML”再读")
    # Some writers put bytes of their own before the header; readers accept it in the first 1024 bytes.
    if b"%PDF-" in head[:1024] and b"\0" in head:
        return Format.PDF
    return Format.TEXT


def _refuse_known(head: bytes) -> None:
    for signature, problem in _SIGNATURES:
        if head.startswith(signature):
            raise SourceError(problem)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        raise SourceError(_IMAGE.format(" WebP "))
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        raise SourceError(_IMAGE.format(" BMP "))
    if head[4:8] == b"ftyp":
        brand = _BRANDS.get(head[8:12])
        raise SourceError(_IMAGE.format(f" {brand}") if brand else _OTHER.format("视频或音频"))


_OLE_CONTENT = (
    ("EncryptedPackage", "是加了密码的 Office 文件；请用 Word 或 WPS 打开，去掉密码，另存为 .docx 再读"),
    ("WordDocument", "是旧版 Word（.doc）或 WPS 文字（.wps）；请用 Word 或 WPS 打开，另存为 .docx 再读"),
    ("Workbook", "是旧版 Excel 表格（.xls），不是公文；公文请另存为 .docx 再读"),
    ("PowerPoint Document", "是旧版 PowerPoint 演示（.ppt），不是公文；公文请另存为 .docx 再读"),
)


def problem_of_ole(data: bytes) -> str:
    """What to say of an OLE container: its streams are named in UTF-16, and the names tell what it is."""
    for stream, problem in _OLE_CONTENT:
        if stream.encode("utf-16-le") in data:
            return problem
    return "是旧版 Office 或 WPS 文件；请用 Word 或 WPS 打开，另存为 .docx 再读"
