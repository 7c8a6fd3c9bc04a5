"""The tree of a division: which markers are clauses, what belongs to which, and where the text goes.

A marker is believed when its number is the one expected: the next of an open list, the next of a list that
runs on through its parents, or a first one. What merely looks like a number (``一、二、三等奖``, a ratio, an
article that is cited) does not continue anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from huiqi.library.model import ClauseKind
from huiqi.library.structure.headings import heading_length, is_small_heading
from huiqi.library.structure.markers import Marker, Strength, first_marker, markers_of
from huiqi.library.structure.nodes import Node, Piece
from huiqi.library.structure.paragraphs import Paragraph, ends_sentence
from huiqi.library.structure.tables import scattered

__all__ = ["Node", "outline"]

_RANK = {
    ClauseKind.PART: 10,
    ClauseKind.CHAPTER: 20,
    ClauseKind.SECTION: 30,
    ClauseKind.ARTICLE: 40,
    ClauseKind.STEP: 50,
    ClauseKind.ITEM: 50,
    ClauseKind.SUBITEM: 70,
    ClauseKind.POINT: 80,
    ClauseKind.SUBPOINT: 90,
    ClauseKind.DETAIL: 100,
}
_OF_STATUTES = (ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION, ClauseKind.ARTICLE)
_GAP = 3  # numbers that may be missing from a list before it is no longer the same list
_LONGEST_HEADING_WITHIN = 34  # of a heading that only a blank parts from the first number below it


def outline(paragraphs: Sequence[Paragraph]) -> list[Node]:
    """The clauses of a division's body, with what stands before the first number as PARAGRAPH nodes."""
    building = _Building()
    for in_pieces, run in scattered(paragraphs):
        if in_pieces:
            building.fragment(run)
            continue
        for at, paragraph in enumerate(run):
            building.add(paragraph, run[at + 1] if at + 1 < len(run) else None)
    for root in building.roots:
        for node in root.walk():
            if node.kind is ClauseKind.ARTICLE:
                _part_paragraphs(node)
    return building.roots


def _part_paragraphs(article: Node) -> None:
    """Give each paragraph (款) of an article that has several a node of its own, with its list below it."""
    if not any(child.kind is ClauseKind.PARAGRAPH for child in article.children):
        return
    number, words = article.split_number()
    parts = [Node(ClauseKind.PARAGRAPH, 0, words)] if words else []
    for child in article.children:
        if child.kind is ClauseKind.PARAGRAPH or not parts:
            parts.append(child)
        else:
            parts[-1].children.append(child)
    article.pieces, article.children, article.heading_length = number, parts, 0


@dataclass
class _Building:
    """The tree as far as it is built: ``open`` are the clauses that the next words or numbers may go into."""

    roots: list[Node] = field(default_factory=list)
    open: list[Node] = field(default_factory=list)
    running: dict[ClauseKind, int] = field(default_factory=dict)  # the last number of each kind
    headed: dict[ClauseKind, bool] = field(
        default_factory=dict
    )  # the last of a kind had a sentence as heading

    def add(self, paragraph: Paragraph, following: Paragraph | None) -> None:
        """Take in the next paragraph; ``following`` is the one after it."""
        text = paragraph.text
        below = first_marker(following) if following is not None else None
        if below is not None and below.number == 1 and is_small_heading(text):
            self._small_heading(paragraph, below.kind)
            return
        candidates = list(markers_of(paragraph))
        seconds = {each.kind: each.start for each in candidates if each.number == 2}
        if below is not None and below.number == 2:
            seconds[below.kind] = len(text)
        at = 0
        for marker in candidates:
            if marker.start < at or not self._is_clause(marker, seconds, text, at):
                continue
            if marker.start > at:
                self._words(paragraph, at, marker.start)
            self._open(marker, paragraph)
            at = marker.end
        if at < len(text):
            self._words(paragraph, at, len(text))

    def fragment(self, paragraphs: Sequence[Paragraph]) -> None:
        """Take in what is left of a table or a form; only lists at the top go on after it."""
        pieces = [(paragraph, 0, len(paragraph.text)) for paragraph in paragraphs]
        self.roots.append(Node(ClauseKind.FRAGMENT, 0, pieces))
        top = self.open[0].rank if self.open else 0
        self.running = {kind: last for kind, last in self.running.items() if _RANK[kind] <= top}
        self.open.clear()

    # which markers are clauses

    def _is_clause(self, marker: Marker, seconds: Mapping[ClauseKind, int], text: str, since: int) -> bool:
        """Whether a marker is the number expected; ``seconds`` is where the last 2 of each kind stands."""
        if marker.after_heading and not self._is_heading(text[since : marker.start]):
            return False
        same = self._innermost(marker.kind)
        follows = same is not None and _follows(same, marker)
        if follows or marker.unended:
            return follows
        if marker.branch:
            return False
        if marker.number == 1:
            return self._may_begin(marker, marker.start < seconds.get(marker.kind, -1), same)
        last = self.running.get(marker.kind, 0)
        if marker.number == last + 1:
            return True
        return marker.strength is Strength.PARAGRAPH and 0 < last < marker.number <= last + _GAP

    def _is_heading(self, words: str) -> bool:
        """Whether the words between a number and a first number below it can be a heading."""
        stops = any(mark in words for mark in "。；，：")
        return bool(self.open) and 0 < len(words.strip()) <= _LONGEST_HEADING_WITHIN and not stops

    def _may_begin(self, marker: Marker, has_second: bool, same: Node | None) -> bool:
        """Whether a 1 begins a list: at the start of a paragraph, or where a 2 follows soon."""
        if marker.strength is Strength.PARAGRAPH:
            # a list that begins anew beside one still open needs something between: a paragraph, a heading
            return same is None or bool(same.children) or len(same.pieces) > 1 or same.number > 1
        if marker.kind in _OF_STATUTES:
            return False
        if marker.kind is ClauseKind.ITEM and (marker.strength is Strength.LINE or not self.open):
            return not marker.after_heading or has_second
        if marker.strength is Strength.LINE and marker.announced:
            return True
        return has_second or (marker.after_heading and marker.kind is ClauseKind.POINT)

    def _innermost(self, kind: ClauseKind) -> Node | None:
        return next((node for node in reversed(self.open) if node.kind is kind), None)

    # where they go

    def _open(self, marker: Marker, paragraph: Paragraph) -> None:
        node = Node(marker.kind, marker.number, [(paragraph, marker.start, marker.end)], branch=marker.branch)
        node.number_length = marker.end - marker.start
        node.rank = _RANK[marker.kind]
        expected = self.running.get(marker.kind, 0) + 1
        same = self._innermost(marker.kind)
        follows = same is not None and _follows(same, marker)
        if marker.number not in (1, expected) and not follows:
            node.skipped = marker.number - expected
        if same is not None:
            del self.open[self.open.index(same) :]
            if same.sentence_heading:
                self.headed[marker.kind] = False
        else:
            outer = [at for at, each in enumerate(self.open) if each.rank < node.rank]
            if outer:
                del self.open[outer[-1] + 1 :]
            elif marker.number != 1:
                self.open.clear()
        self._head_above(paragraph, marker)
        self._hang(node)
        self.running[marker.kind] = marker.number

    def _hang(self, node: Node) -> None:
        (self.open[-1].children if self.open else self.roots).append(node)
        self.open.append(node)

    def _head_above(self, paragraph: Paragraph, marker: Marker) -> None:
        """Words between a number and the first number below it are its heading, when they are no sentence."""
        above = self.open[-1] if self.open else None
        if above is None or above.children or above.heading_length or above.kind is ClauseKind.ARTICLE:
            return
        words = above.text[above.number_length :]
        if above.sentence_heading and above.kind is not marker.kind:
            above.heading_length, above.sentence_heading = len(words), False
        elif above.pieces[-1][0] is paragraph and words and not any(mark in words for mark in "。；：，"):
            above.heading_length = len(words)

    def _small_heading(self, paragraph: Paragraph, below: ClauseKind) -> None:
        """Open a heading without a number, which stands above the list that it heads."""
        length = len(paragraph.text)
        heading = Node(ClauseKind.HEADING, 0, [(paragraph, 0, length)], heading_length=length)
        heading.rank = _RANK[below] - 5
        while self.open and self.open[-1].rank >= heading.rank:
            self.open.pop()
        self._hang(heading)
        self.running = {kind: last for kind, last in self.running.items() if _RANK[kind] < heading.rank}

    # where words go

    def _words(self, paragraph: Paragraph, start: int, end: int) -> None:
        if start == 0:
            self._leave_the_list()
        piece = (paragraph, start, end)
        if not self.open:
            self.roots.append(Node(ClauseKind.PARAGRAPH, 0, [piece]))
            return
        node = self.open[-1]
        goes_on = node.pieces[-1][0] is paragraph and node.pieces[-1][2] == start
        if not node.children and (goes_on or self._has_only_a_heading(node)):
            self._extend(node, piece)
        else:
            node.children.append(Node(ClauseKind.PARAGRAPH, 0, [piece]))

    def _leave_the_list(self) -> None:
        """Go up to what a paragraph after a list belongs to: the article, or the clause whose list it was."""
        article = next((at for at, node in enumerate(self.open) if node.kind is ClauseKind.ARTICLE), None)
        if article is not None:
            if not _awaits_words(self.open[-1]):
                del self.open[article + 1 :]
            return
        while len(self.open) > 1 and _is_item_of_a_list(self.open[-2], self.open[-1]):
            self.open.pop()

    def _has_only_a_heading(self, node: Node) -> bool:
        """Whether a clause has its number and at most a heading so far, so that its text is still to come.

        A short sentence alone is a heading where its neighbours have one too; otherwise it is an item of a
        list, and what follows belongs to the clause above.
        """
        if not node.sentence_heading:
            return node.heading_length == len(node.text) - node.number_length
        if any(each.kind is ClauseKind.ARTICLE for each in self.open) or node.kind is ClauseKind.POINT:
            return False
        if node.number > 1 and not self.headed.get(node.kind, False):
            return False
        self.headed[node.kind] = True
        node.heading_length = len(node.text) - node.number_length
        node.sentence_heading = False
        return True

    def _extend(self, node: Node, piece: Piece) -> None:
        """Give a clause more words; the first that follow its number may be its heading."""
        paragraph, start, end = piece
        headed = node.heading_length > 0
        text = paragraph.text[start:end]
        last_paragraph, last_start, last_end = node.pieces[-1]
        if last_paragraph is paragraph and last_end == start:
            node.pieces[-1] = (paragraph, last_start, end)
        else:
            node.pieces.append(piece)
        if not headed and node.kind is not ClauseKind.ARTICLE:
            node.heading_length = heading_length(text, whole=end == len(paragraph.text))
            if node.heading_length == len(text) and ends_sentence(text):
                node.heading_length, node.sentence_heading = 0, True


def _follows(node: Node, marker: Marker) -> bool:
    """Whether a marker is the next after a clause of the same kind: the next number, or the next branch."""
    if marker.branch:
        return marker.number == node.number and marker.branch == node.branch + 1
    return marker.number == node.number + 1


def _awaits_words(node: Node) -> bool:
    """Whether a clause has only its number, or a heading that nothing ends."""
    words = node.text[node.number_length :].strip()
    return not node.children and (not words or (node.heading_length > 0 and not ends_sentence(words)))


def _is_item_of_a_list(parent: Node, node: Node) -> bool:
    """Whether a clause is an item of a list within a sentence: the one before it ends with a semicolon."""
    before = parent.children[-2] if len(parent.children) > 1 and parent.children[-1] is node else None
    return before is not None and before.text.rstrip().endswith(("；", ";")) and not node.children
