"""What a drawing in a Word file holds: pictures that cannot be read, and text boxes that can."""

from __future__ import annotations

from dataclasses import dataclass, field

from huiqi.library.model import LossKind
from huiqi.library.sources.word.names import Element, name

_PER_CENTIMETRE = 360_000
"""English metric units, in which drawings are measured."""
_GRAPHICS = {"chart": "图表", "chartex": "图表", "diagram": "SmartArt 图示"}


@dataclass(slots=True)
class Drawing:
    """What was found in one drawing, object or VML picture."""

    losses: list[tuple[LossKind, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)  # w:txbxContent
    words: list[str] = field(default_factory=list)  # text drawn as a shape (WordArt)


def look_into(element: Element) -> Drawing:
    """The contents of a w:drawing, w:pict or w:object."""
    drawing = Drawing()
    _look(element, drawing)
    if element.tag == name("w:object"):
        program = next((each.get("ProgID") for each in element.iter(name("o:OLEObject"))), None)
        drawing.losses = [(LossKind.PICTURE, f"嵌入的对象（{program or '种类不明'}）没有读出")]
    return drawing


def _look(element: Element, drawing: Drawing) -> None:
    for child in element.iterchildren():
        if child.tag == name("w:txbxContent"):
            drawing.boxes.append(child)
        elif child.tag in (name("pic:pic"), name("v:imagedata")):
            drawing.losses.append((LossKind.PICTURE, _picture(child)))
        elif child.tag == name("v:textpath"):
            drawing.words.append(child.get("string", ""))
        elif child.tag == name("a:graphicData") and child.get("uri", "").rpartition("/")[2] in _GRAPHICS:
            kind = _GRAPHICS[child.get("uri", "").rpartition("/")[2]]
            drawing.losses.append((LossKind.PICTURE, f"{kind}没有读出"))
        elif child.tag == name("mc:AlternateContent"):
            chosen = chosen_of(child)
            if chosen is not None:
                _look(chosen, drawing)
        else:
            _look(child, drawing)


def chosen_of(alternatives: Element) -> Element | None:
    """Of the ways in which mc:AlternateContent says one thing, the newest."""
    choice = alternatives.find(name("mc:Choice"))
    return choice if choice is not None else alternatives.find(name("mc:Fallback"))


def _picture(picture: Element) -> str:
    """A picture with what its author says of it, and its size."""
    around = next(
        (each for each in picture.iterancestors() if each.tag in (name("wp:inline"), name("wp:anchor"))), None
    )
    if around is None:
        return "图片没有读出"
    properties, extent = around.find(name("wp:docPr")), around.find(name("wp:extent"))
    words = (properties.get("descr") or properties.get("title") or "") if properties is not None else ""
    said = f"“{words.strip()}”" if words.strip() else ""
    return f"图片{said}{_size(extent)}没有读出"


def _size(extent: Element | None) -> str:
    if extent is None:
        return ""
    try:
        wide, high = (int(extent.get(side, "")) / _PER_CENTIMETRE for side in ("cx", "cy"))
    except ValueError:
        return ""
    return f"（{wide:.1f}×{high:.1f} 厘米）"
