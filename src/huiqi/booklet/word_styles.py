"""The styles of the Word document: fonts for Latin and for Chinese, sizes, indents."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import BaseStyle, CharacterStyle, ParagraphStyle

TEXT_WIDTH = Mm(160)
COLOURS = {
    "figure": RGBColor(0x0D, 0x4A, 0x5B),
    "good": RGBColor(0x17, 0x63, 0x38),
    "bad": RGBColor(0x8F, 0x24, 0x24),
    "open": RGBColor(0x7A, 0x4B, 0x00),
    "soft": RGBColor(0x4A, 0x58, 0x63),
}
_INK = RGBColor(0x17, 0x23, 0x2D)
_SONG = ("Times New Roman", "宋体")
_HEI = ("Arial", "黑体")
_LABEL = Mm(26)


@dataclass(frozen=True, slots=True)
class Look:
    """How one style looks; sizes and spaces in points, indents in millimetres.

    ``indent`` counts characters of the first line.
    """

    size: float = 10.5
    hei: bool = False
    colour: RGBColor = _INK
    before: float = 0
    after: float = 4
    left: float = 0
    hanging: float = 0
    indent: int = 0
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT
    keep: bool = False  # on one page with what follows
    new_page: bool = False


_BRAND, _SOFT, _OPEN = COLOURS["figure"], COLOURS["soft"], COLOURS["open"]
_CENTRE, _RIGHT, _EVEN = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY

_LOOKS = {
    "Normal": Look(),
    "Body Text": Look(align=_EVEN),
    "Lead": Look(before=2, after=6, align=_EVEN),
    "Note": Look(9.5, before=2, after=8, left=4, align=_EVEN),
    "Warning": Look(colour=_OPEN, after=6),
    "Place": Look(15, hei=True, colour=_BRAND, before=120, after=12),
    "Title": Look(36, hei=True, after=14),
    "Subtitle": Look(15, after=220),
    "Cover line": Look(11, colour=_SOFT),
    "Issuer": Look(14, hei=True, before=24),
    "Contents heading": Look(20, hei=True, colour=_BRAND, after=12, new_page=True),
    "toc 1": Look(10.5, hei=True, before=8, after=2),
    "toc 2": Look(10.5, left=6, after=1),
    "Heading 1": Look(20, hei=True, colour=_BRAND, after=12, keep=True, new_page=True),
    "Heading 2": Look(16, hei=True, after=8, keep=True, new_page=True),
    "Heading 3": Look(13, hei=True, before=18, after=4, keep=True),
    "Fact": Look(left=26, hanging=26, after=3),
    "Fact point": Look(left=34, hanging=4, after=2),
    "Caption": Look(9, hei=True, colour=_SOFT, before=6, after=3, keep=True),
    "Table text": Look(9.5, before=1, after=1),
    "After table": Look(6, after=0),
    "List Bullet": Look(left=6, hanging=5, after=3),
    "List Bullet 2": Look(left=12, hanging=5, after=2),
    "Index heading": Look(11, hei=True, colour=_BRAND, before=8, after=2, keep=True),
    "Index text": Look(9.5, after=4),
    "Text": Look(indent=2, align=_EVEN, after=2),
    "Text title": Look(15, hei=True, before=16, after=8, align=_CENTRE, keep=True),
    "Text centred": Look(align=_CENTRE),
    "Text division": Look(11, hei=True, before=12, after=6, align=_CENTRE, keep=True),
    "Text heading": Look(hei=True, indent=2, before=8, after=4, keep=True),
    "Text flush": Look(align=_EVEN, after=2),
    "Text right": Look(before=8, after=8, align=_RIGHT),
    "Text part": Look(11, hei=True, before=16, after=6, keep=True),
    "Remark": Look(8.5, colour=_SOFT, left=8, after=4),
    "Header": Look(9, colour=_SOFT),
    "Footer": Look(9, colour=_SOFT, align=_CENTRE),
}


def set_styles(document: Document) -> None:
    """Give a new document its page and its styles; what Word knows by name keeps it, for its fields."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(26), Mm(24)
    for name, look in _LOOKS.items():
        _shape(_style(document, name), look)
    for name in ("Strong", "Label"):
        style = _character(document, name)
        _fonts(style, *_HEI)
        style.font.bold = True
    label = _character(document, "Label")
    label.font.size, label.font.color.rgb = Pt(9), _SOFT
    _tab(document, "Fact", _LABEL, WD_TAB_ALIGNMENT.LEFT)
    for level in (1, 2):
        _tab(document, f"toc {level}", TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    _tab(document, "Header", TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _style(document: Document, name: str) -> ParagraphStyle:
    found: BaseStyle
    if name in document.styles:
        found = document.styles[name]
    else:
        found = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc "))
        found.hidden = False
    assert isinstance(found, ParagraphStyle)
    if name != "Normal" and found.base_style is None:
        found.base_style = document.styles["Normal"]
    return found


def _character(document: Document, name: str) -> CharacterStyle:
    found = (
        document.styles[name]
        if name in document.styles
        else document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    )
    assert isinstance(found, CharacterStyle)
    return found


def _shape(style: ParagraphStyle, look: Look) -> None:
    _fonts(style, *(_HEI if look.hei else _SONG))
    font, shape = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(look.size), look.hei, False
    font.color.rgb = look.colour
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.line_spacing = 1.35
    shape.left_indent = Mm(look.left) if look.left else None
    shape.first_line_indent = Mm(-look.hanging) if look.hanging else Pt(look.size * look.indent)
    shape.alignment = look.align
    shape.keep_with_next, shape.page_break_before = look.keep, look.new_page
    shape.widow_control = True
    properties = style.element.get_or_add_pPr()
    for rule in properties.findall(qn("w:pBdr")):
        properties.remove(rule)
    if look.indent:
        indent = properties.get_or_add_ind()
        indent.set(qn("w:firstLineChars"), str(100 * look.indent))


def _fonts(style: CharacterStyle, latin: str, chinese: str) -> None:
    """Both fonts: Word asks for the one of Chinese under a name that python-docx does not set."""
    style.font.name = latin
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    fonts.set(qn("w:eastAsia"), chinese)


def _tab(
    document: Document,
    style: str,
    at: Length,
    alignment: WD_TAB_ALIGNMENT,
    leader: WD_TAB_LEADER = WD_TAB_LEADER.SPACES,
) -> None:
    stops = _style(document, style).paragraph_format.tab_stops
    stops.add_tab_stop(at, alignment, leader)
