"""Where documents begin, and their divisions: covering notice, instrument, attachments.

None of these boundaries is marked in the text. A page that begins with a title begins a document, unless the
title is what the document before forwards or names as an attachment; an instrument may also follow its notice
on the same page, and may have lost its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from huiqi.library.blanks import squeeze
from huiqi.library.model import ClauseKind
from huiqi.library.structure.attachments import (
    Named,
    label_at,
    list_end,
    names_in_list,
    opens_a_list,
    title_below,
)
from huiqi.library.structure.lines import Line
from huiqi.library.structure.paragraphs import column, ends_sentence
from huiqi.library.structure.recognise import (
    addressee_end,
    is_date,
    is_masthead,
    is_number,
    is_promulgation,
    is_remark,
    number_end,
)
from huiqi.library.structure.titles import (
    TitleBlock,
    bare,
    follows_a_title,
    forwarded,
    promulgated_by,
    same_name,
    title_block,
)

_SECTION = re.compile(
    r"(?:第?[一二三四五六七八九十]+[、章篇部编]|[（(][一二三四五六七八九十]+[)）])\s*[^。；，：]{2,24}"
)
_OPENS_A_STATUTE = re.compile(r"第一[编章条]")
_OPENS_A_TEXT = re.compile(r"第一[编章条]|一、|1[.．、]")
_LONG_TITLE = 12  # 关于 in a title this long leaves little doubt
_SHORTEST_TITLE = 8
_SHORTEST_TITLE_WITHOUT_DOUBT = 3
_SHORTEST_NAME = 6  # of an attachment, to be told from a title that merely has the same words
_MOST_TITLE_LINES = 5
_REPEATED_WITHIN = 6  # lines in which a page's own heading may be followed by the title proper
_NARROW = 0.6  # of the column: such a first line is a heading, not the beginning of a text without one


@dataclass
class Division:
    """A stretch of lines with one outline of its own; ``label`` is 附件1 and the like."""

    kind: ClauseKind
    first: int
    last: int = 0
    title: TitleBlock | None = None
    label: str = ""
    label_last: int = 0  # the line after 附件1
    lost_title: bool = False


@dataclass
class Draft:
    """A document in the making."""

    title: TitleBlock | None
    divisions: list[Division]
    section: str = ""
    within: int | None = None
    instrument: str | None = None  # what the notice says that it forwards
    addressed: bool = False
    announced: list[Named] = field(default_factory=list)  # its attachments, as it lists them

    @property
    def first(self) -> int:
        """Its first line."""
        return self.divisions[0].first

    @property
    def last(self) -> int:
        """The line after its last."""
        return self.divisions[-1].last

    @property
    def has_instrument(self) -> bool:
        """Whether the instrument that it forwards has been found."""
        return self.divisions[0].kind is ClauseKind.COVER


@dataclass
class Divided:
    """Documents and what lies between them: lines of a preface and the headings of a compendium's parts."""

    drafts: list[Draft] = field(default_factory=list)
    preface: list[tuple[int, int]] = field(default_factory=list)
    sections: list[int] = field(default_factory=list)


def divide(lines: Sequence[Line], whole_lines: bool = False) -> Divided:
    """The documents of a source's lines and their divisions; ``whole_lines`` where a line is a paragraph."""
    return _Dividing(lines, whole_lines).run()


@dataclass
class _Dividing:
    lines: Sequence[Line]
    whole_lines: bool
    found: Divided = field(default_factory=Divided)
    section: str = ""
    noted: int = 0  # the line up to which lists of attachments have been read

    def run(self) -> Divided:
        at = 0
        while at < len(self.lines):
            after = self._begin(at)
            if after is None:
                self._note_attachments(at)
            at = after or at + 1
        self._close(len(self.lines))
        if not self.found.drafts and self.lines:
            whole = Division(ClauseKind.MAIN, 0, len(self.lines))
            return Divided([Draft(None, [whole])])
        self.found.preface = list(self._uncovered())
        return self.found

    def _uncovered(self) -> Iterator[tuple[int, int]]:
        """The lines that belong to no document and head no part."""
        at = 0
        taken = [(draft.first, draft.last) for draft in self.found.drafts]
        for first, last in sorted([*taken, *((each, each + 1) for each in self.found.sections)]):
            if at < first:
                yield at, first
            at = last
        if at < len(self.lines):
            yield at, len(self.lines)

    @property
    def draft(self) -> Draft | None:
        return self.found.drafts[-1] if self.found.drafts else None

    def _close(self, at: int) -> None:
        if self.draft is not None and self.draft.divisions[-1].last == 0:
            self.draft.divisions[-1].last = at

    def _note_attachments(self, at: int) -> None:
        """Keep the names of a list of attachments that begins at a line."""
        draft = self.draft
        if draft is None or at < self.noted or not opens_a_list(self.lines[at].text):
            return
        if draft.divisions[-1].kind is not ClauseKind.ATTACHMENT:
            self.noted = list_end(self.lines, at, len(self.lines))
            words = "".join(line.text for line in self.lines[at : self.noted])
            draft.announced += names_in_list(words)

    def _begin(self, at: int) -> int | None:
        """Begin what begins at a line; the first line after its head, or ``None`` when nothing does."""
        for begin in (
            self._section,
            self._attachment,
            self._instrument,
            self._document,
            self._untitled_instrument,
        ):
            after = begin(at)
            if after is not None:
                return after
        return None

    # the parts of a compendium

    def _section(self, at: int) -> int | None:
        line = self.lines[at]
        if not line.page_start or not _SECTION.fullmatch(line.text.strip()):
            return None
        if at + 1 >= len(self.lines) or not self.lines[at + 1].page_start:
            return None
        if title_block(self.lines, at + 1) is None:
            return None
        self._close(at)
        self.section = squeeze(line.text)
        self.found.sections.append(at)
        return at + 1

    # attachments

    def _attachment(self, at: int) -> int | None:
        line, draft = self.lines[at], self.draft
        label = label_at(self.lines, at, draft.announced) if draft is not None else None
        if draft is None or label is None or at < self.noted or not (line.page_start or self._ended(at)):
            return None
        if label.title:
            title: TitleBlock | None = TitleBlock(at, at + 1, squeeze(label.title))
        else:
            title = title_below(self.lines, at + 1)
        self._close(at)
        if title and draft.instrument and not draft.has_instrument and self._names(draft, title):
            draft.divisions[0].kind = ClauseKind.COVER
            division = Division(ClauseKind.MAIN, at, title=title, label_last=at + 1)
        else:
            division = Division(ClauseKind.ATTACHMENT, at, title=title, label=label.cite, label_last=at + 1)
        draft.divisions.append(division)
        return title.last if title else at + 1

    @staticmethod
    def _names(draft: Draft, title: TitleBlock) -> bool:
        return len(draft.divisions) == 1 and same_name(bare(title.text), bare(draft.instrument or ""))

    # the instrument that a notice forwards

    def _instrument(self, at: int) -> int | None:
        """The instrument that the notice forwards, headed with just the name that the notice gives it."""
        draft = self.draft
        if draft is None or len(draft.divisions) > 1 or at <= draft.first + 1:
            return None
        if draft.instrument is None and draft.title is not None and at == draft.title.last + 1:
            draft.instrument = self._promulgated(draft.title)
        if not draft.instrument or not (self.lines[at].page_start or self._ended(at)):
            return None
        if self.lines[at].text.startswith("《") and not self.lines[at].page_start:
            return None  # the notice naming it in its own text
        last = self._end_of_name(at, bare(draft.instrument))
        if last is None:
            return None
        self._close(at)
        draft.divisions[0].kind = ClauseKind.COVER
        text = "".join(squeeze(line.text) for line in self.lines[at:last])
        draft.divisions.append(Division(ClauseKind.MAIN, at, title=TitleBlock(at, last, text)))
        return last

    def _promulgated(self, title: TitleBlock) -> str | None:
        first = title.last + (
            1 if title.last < len(self.lines) and is_number(self.lines[title.last].text) else 0
        )
        words = "".join(line.text for line in self.lines[first : first + _MOST_TITLE_LINES])
        return promulgated_by(title.text, words)

    def _end_of_name(self, at: int, wanted: str) -> int | None:
        """The line after a title that is a name we look for, as much of it as stands there."""
        joined, found = "", None
        for last in range(at, min(at + _MOST_TITLE_LINES, len(self.lines))):
            joined += bare(self.lines[last].text)
            if joined == wanted or (len(joined) > _SHORTEST_TITLE + 4 and same_name(joined, wanted)):
                found = last + 1
            elif not wanted.startswith(joined):
                break
        return found

    def _untitled_instrument(self, at: int) -> int | None:
        """The instrument without a title of its own: text that begins after the notice was signed."""
        draft, line = self.draft, self.lines[at]
        if draft is None or not draft.instrument or len(draft.divisions) > 1 or at <= draft.first + 3:
            return None
        if not self._may_follow_on_the_page(at) or label_at(self.lines, at) is not None:
            return None
        fills = line.page_start and line.width >= column(self.lines, at) * _NARROW
        if not fills and not _OPENS_A_TEXT.match(squeeze(line.text)):
            return None
        self._close(at)
        draft.divisions[0].kind = ClauseKind.COVER
        draft.divisions.append(Division(ClauseKind.MAIN, at, lost_title=True))
        return at + 1

    # documents

    def _document(self, at: int) -> int | None:
        start = self._after_head(at)
        if not self._ended(at):
            return None
        block = title_block(self.lines, start)
        if block is None:
            return None
        proof = self._proof(at, block)
        if not self._may_begin(at, block, proof):
            return None
        draft = self.draft
        label = self._announced_as(draft, block) if draft else None
        if draft is not None and label is None and not proof and self._goes_on_in_attachment(draft, block):
            return None
        self._close(at)
        if label is not None and draft is not None and not proof:
            division = Division(ClauseKind.ATTACHMENT, at, title=block, label=label, label_last=at)
            draft.divisions.append(division)
            return block.last
        if draft is not None and self._is_repeated(draft, at, block):
            self.found.drafts.pop()
        within = len(self.found.drafts) - 1 if label is not None else None
        main = Division(ClauseKind.MAIN, at, title=block)
        addressed = any(addressee_end(self.lines, line) is not None for line in (block.last, block.last + 1))
        draft = Draft(block, [main], self.section, within, forwarded(block.text), addressed)
        self.found.drafts.append(draft)
        return block.last

    def _after_head(self, at: int) -> int:
        """The line after what may stand above a title: the red head, the document number."""
        start = at
        if is_masthead(self.lines[at].text) and at + 1 < len(self.lines):
            start = at + 1
        after = number_end(self.lines, start, len(self.lines)) if is_number(self.lines[start].text) else None
        return after if after is not None and after < len(self.lines) else start

    def _proof(self, at: int, block: TitleBlock) -> bool:
        """Whether what stands around a title leaves no doubt: a number, when it was passed, addressees."""
        if block.first > at:
            return True
        if self._nothing_follows(block):
            return False
        below = self.lines[block.last].text
        return is_number(below) or is_promulgation(below) or addressee_end(self.lines, block.last) is not None

    def _nothing_follows(self, block: TitleBlock) -> bool:
        return block.last >= len(self.lines) or self.lines[block.last].page_start

    def _may_begin(self, at: int, block: TitleBlock, proof: bool) -> bool:
        """Whether a document may begin here: on a new page, after what ended another, first of all."""
        statute = not self._nothing_follows(block) and bool(
            _OPENS_A_STATUTE.match(squeeze(self.lines[block.last].text))
        )
        shortest = _SHORTEST_TITLE_WITHOUT_DOUBT if proof or statute or at == 0 else _SHORTEST_TITLE
        if len(block.text) < shortest:
            return False
        draft = self.draft
        first_of_all = draft is None and "关于" in block.text and len(block.text) >= _LONG_TITLE
        if not (first_of_all or self._nothing_follows(block) or follows_a_title(self.lines, block.last)):
            return False
        if self.lines[at].page_start or at == 0:
            return True
        if draft is None:
            return proof or statute or first_of_all
        return proof and (self._may_follow_on_the_page(at) or self._is_repeated(draft, at, block))

    @staticmethod
    def _goes_on_in_attachment(draft: Draft, block: TitleBlock) -> bool:
        """Whether a title is rather a heading within an attachment that is still going on."""
        in_attachment = draft.divisions[-1].kind is ClauseKind.ATTACHMENT
        return in_attachment and "关于" not in block.text and not block.text.startswith("《")

    def _is_repeated(self, draft: Draft, at: int, block: TitleBlock) -> bool:
        """Whether the document so far is nothing but the heading of a web page, which repeats a title."""
        if draft.title is None or len(draft.divisions) > 1 or at > draft.title.last + _REPEATED_WITHIN:
            return False
        one, other = bare(draft.title.text), bare(block.text)
        return one in other or other in one

    @staticmethod
    def _announced_as(draft: Draft, block: TitleBlock) -> str | None:
        """The label under which a document announced an attachment of this title."""
        title = bare(block.text)
        for named in draft.announced:
            if len(named.title) > _SHORTEST_NAME and (named.title in title or title in named.title):
                return f"附件{named.number}"
        return None

    # where something has come to an end

    def _may_follow_on_the_page(self, at: int) -> bool:
        """Whether a document may begin in the middle of a page: after a date or a remark that ended one."""
        before = self.lines[at - 1].text.strip()
        return is_date(before) or is_remark(before)

    def _ended(self, at: int) -> bool:
        """Whether what stands before a line has come to an end."""
        if at == 0 or self.whole_lines:
            return True
        before = self.lines[at - 1]
        return (
            ends_sentence(before.text)
            or before.text.strip().endswith(("）", ")"))
            or before.width < column(self.lines, at - 1) - 3
            or squeeze(before.text).isascii()
            or is_remark(before.text)
            or is_date(before.text)
            or self.found.sections[-1:] == [at - 1]
        )
