"""Files made for the tests of the readers: PDF and Word by hand, so that any oddity can be put in."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from huiqi.library.sources import SourceError, read_bytes

PAGE = (595, 842)
"""Width and height of the pages that are made here: A4 in points."""


def outcome(data: bytes, name: str) -> str:
    """The text that is read, or what is said instead; anything else is a mistake of the reader."""
    try:
        return read_bytes(data, name).text
    except SourceError as error:
        return error.problem


def shown(x: float, y: float, text: str, size: float = 16, matrix: str = "1 0 0 1", font: str = "F1") -> str:
    """PDF operators that draw text; a Chinese character is as wide as its size, a Latin one half of it.

    F1 says which characters its codes are, F2 does not.
    """
    codes = text.encode("utf-16-be", "surrogatepass").hex()
    return f"BT /{font} {size} Tf {matrix} {x} {y} Tm <{codes}> Tj ET\n"


def ruled(left: float, bottom: float, columns: Sequence[float], rows: Sequence[float]) -> str:
    """PDF operators that draw the lines of a table from the widths of its columns and heights of its rows."""
    wide, high = sum(columns), sum(rows)
    operators = ""
    for count in range(len(columns) + 1):
        x = left + sum(columns[:count])
        operators += f"{x} {bottom} m {x} {bottom + high} l S\n"
    for count in range(len(rows) + 1):
        y = bottom + sum(rows[:count])
        operators += f"{left} {y} m {left + wide} {y} l S\n"
    return operators


def picture(left: float, bottom: float, width: float, height: float) -> str:
    """PDF operators that draw a picture of one grey pixel."""
    return f"q {width} 0 0 {height} {left} {bottom} cm /Im1 Do Q\n"


_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/Test/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>"
)
_NAMELESS_FONT = _FONT.replace(b"/ToUnicode 7 0 R", b"")
_GLYPHS = (
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Test/DW 1000/W[32 255 500]/FontDescriptor 9 0 R"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
)
_DESCRIPTOR = (
    b"<</Type/FontDescriptor/FontName/Test/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0"
    b"/Ascent 880/Descent -120/CapHeight 700/StemV 80>>"
)
_CODES_ARE_CHARACTERS = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
    b"1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    b"256 beginbfrange\n%s\nendbfrange\n"
    b"endcmap end end"
) % b"\n".join(b"<%02x00> <%02xff> <%02x00>" % (high, high, high) for high in range(256))
_PIXEL = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"


def stream(data: bytes, dictionary: bytes = b"<<>>") -> bytes:
    """A PDF stream."""
    head = dictionary if b"/Length" in dictionary else dictionary[:-2] + b"/Length %d>>" % len(data)
    return head + b"\nstream\n" + data + b"\nendstream"


def pdf(
    *pages: str,
    rotate: int = 0,
    form: str = "",
    form_matrix: str = "1 0 0 1 0 0",
) -> bytes:
    """A PDF with these page contents; ``/Fm1 Do`` draws the form. Codes of its font are the characters."""
    first = 11
    kids = b" ".join(b"%d 0 R" % (first + 2 * index) for index in range(len(pages)))
    resources = b"<</Font<</F1 5 0 R/F2 10 0 R>>/XObject<</Im1 4 0 R/Fm1 8 0 R>>>>"
    form_head = b"<</Type/XObject/Subtype/Form/BBox[-999 -999 999 999]/Matrix[%s]/Resources 3 0 R>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        resources,
        stream(b"\x80", _PIXEL),
        _FONT,
        _GLYPHS,
        stream(_CODES_ARE_CHARACTERS),
        stream(form.encode(), form_head % form_matrix.encode()),
        _DESCRIPTOR,
        _NAMELESS_FONT,
    ]
    for index, content in enumerate(pages):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Rotate %d/Contents %d 0 R/Resources 3 0 R>>"
            % (*PAGE, rotate, first + 2 * index + 1)
        )
        objects.append(stream(content.encode("ascii")))
    return pdf_of_objects(objects)


def pdf_of_objects(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF file of objects numbered from 1, the first of which is its catalogue."""
    out = b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        table,
    )
    return out


_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_PARTS = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes"}


def paragraph(text: str = "", properties: str = "") -> str:
    """A paragraph of Word with one run."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def word(body: str, *, content_type: str = f"{_MAIN}.document.main+xml", **parts: str) -> bytes:
    """A .docx file: the inside of w:body, and of w:styles, w:numbering, w:footnotes or w:endnotes."""
    overrides = f'<Override PartName="/word/document.xml" ContentType="{content_type}"/>'
    relations = ""
    files = {"word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>"}
    for index, (part, inside) in enumerate(parts.items(), 1):
        kind = _PARTS[part]
        overrides += f'<Override PartName="/word/{part}.xml" ContentType="{_MAIN}.{kind}+xml"/>'
        relations += f'<Relationship Id="rId{index}" Type="{_RELATIONS}/{kind}" Target="{part}.xml"/>'
        files[f"word/{part}.xml"] = f"<w:{part} {_NAMESPACES}>{inside}</w:{part}>"
    files["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE_RELATIONS}">{relations}</Relationships>'
    )
    files["_rels/.rels"] = (
        f'<Relationships xmlns="{_PACKAGE_RELATIONS}"><Relationship Id="rId1"'
        f' Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    files["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    return zipped(files)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
