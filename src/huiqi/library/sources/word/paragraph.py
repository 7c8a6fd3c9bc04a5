"""The runs of a Word paragraph as lines of text."""

from __future__ import annotations

from collections.abc import Callable

from huiqi.library.model import LossKind
from huiqi.library.sources.assembly import Line
from huiqi.library.sources.word.drawings import chosen_of, look_into
from huiqi.library.sources.word.names import Element, is_on, name
from huiqi.library.sources.word.symbols import symbol

_GONE = frozenset(
    name(each)
    for each in (
        "w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:rt", "w:rubyPr", "w:instrText",
        "w:delText", "w:delInstrText", "w:softHyphen", "w:fldData", "w:ffData",
    )
)  # fmt: skip
"""What is no part of the text: tracked deletions, properties, readings printed over characters."""

_AS_TEXT = {
    name("w:tab"): "\t",
    name("w:ptab"): "\t",
    name("w:cr"): "\n",
    name("w:noBreakHyphen"): "-",
}
_NOTES = {name("w:footnoteReference"): "footnote", name("w:endnoteReference"): "endnote"}
_DRAWINGS = frozenset(name(each) for each in ("w:drawing", "w:pict", "w:object"))
_IDENTIFIER = name("w:id")
_SPACE = name("xml:space")


class ParagraphText:
    """Gathers the text of a paragraph: its lines, its notes, and what hangs on it.

    Several elements may be gathered into one, when the mark between two paragraphs was deleted.
    """

    def __init__(self, note: Callable[[str, str], str], page: bool) -> None:
        self.lines = [Line(page=page)]
        self.boxes: list[Element] = []
        self.words: list[str] = []
        self.page_follows = False  # a page break, or a section, ends with it
        self._note = note
        self._notes: list[str] = []
        self._fields: list[bool] = []  # for each open field, whether its instruction is still being told

    def gather(self, element: Element) -> None:
        """Take in what stands in a paragraph."""
        self._children(element)
        # A field that is never closed must not swallow the paragraphs that follow.
        self._fields = [False for _ in self._fields]

    def finish(self, label: str) -> None:
        """Put the number that Word makes before the paragraph, and its notes after it."""
        self.lines[0].put_before(label)
        if len(self.lines) > 1 and not self.lines[-1].text and self.lines[-1].page:
            self.lines.pop()
            self.page_follows = True
        self.lines[-1].add("".join(self._notes))

    @property
    def has_words(self) -> bool:
        """Whether there is any text so far."""
        return any(line.text for line in self.lines)

    def lose(self, kind: LossKind, what: str) -> None:
        """Something stands here that cannot be read."""
        self.lines[-1].lose(kind, what)

    def _children(self, element: Element) -> None:
        for child in element.iterchildren():
            self._child(child)

    def _child(self, child: Element) -> None:
        tag = child.tag
        if not isinstance(tag, str) or tag in _GONE:
            return
        if tag == name("w:r"):
            if not is_on(child, "w:rPr/w:vanish"):
                self._children(child)
        elif tag == name("w:fldChar"):
            self._field(child.get(name("w:fldCharType")))
        elif any(self._fields):
            # The instruction of a field: what it shows comes after it.
            if tag != name("w:t"):
                self._children(child)
        elif tag == name("w:t"):
            words = child.text or ""
            self._add(_one_line(words if child.get(_SPACE) == "preserve" else words.strip(" \t\r\n")))
        elif tag in _AS_TEXT:
            self._add(_AS_TEXT[tag])
        elif tag == name("w:br"):
            self._break(child.get(name("w:type")))
        elif tag == name("w:sym"):
            self._add(symbol(child.get(name("w:font"), ""), child.get(name("w:char"), "")))
        elif tag in _NOTES:
            self._notes.append(self._note(_NOTES[tag], child.get(_IDENTIFIER, "")))
        elif tag in _DRAWINGS:
            self._drawing(child)
        elif tag == name("m:oMath"):
            self._formula(child)
        elif tag == name("mc:AlternateContent"):
            chosen = chosen_of(child)
            if chosen is not None:
                self._children(chosen)
        else:
            self._children(child)

    def _add(self, text: str) -> None:
        head, *more = text.split("\n")
        self.lines[-1].add(head)
        self.lines.extend(Line(each) for each in more)

    def _break(self, kind: str | None) -> None:
        if kind != "page":
            self._add("\n")
        elif self.lines[-1].text or self.lines[-1].missing:
            self.lines.append(Line(page=True))
        else:
            self.lines[-1].page = True

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif self._fields and kind == "separate":
            self._fields[-1] = False
        elif self._fields and kind == "end":
            self._fields.pop()

    def _drawing(self, element: Element) -> None:
        found = look_into(element)
        for kind, what in found.losses:
            self.lose(kind, what)
        self.boxes.extend(found.boxes)
        self.words.extend(_one_line(each) for each in found.words if each.strip())

    def _formula(self, element: Element) -> None:
        self.lose(LossKind.UNREADABLE, "公式只读出了字符，分式和上下标要看原件")
        self._add(_one_line("".join(each.text or "" for each in element.iter(name("m:t")))))


def _one_line(text: str) -> str:
    """Text of one XML element: a line break in it is a blank."""
    return text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ").replace("\t", " ")
