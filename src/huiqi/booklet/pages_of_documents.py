"""The pages of one document: its facts, its benefits, its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from huiqi.booklet.blocks import (
    Block,
    ClauseBlock,
    Fact,
    Facts,
    Heading,
    Line,
    Paragraph,
    Point,
    Points,
    Run,
    Table,
)
from huiqi.booklet.model import (
    BenefitEntry,
    ClauseEntry,
    Condition,
    DocumentEntry,
    Note,
    Reference,
    Texts,
)
from huiqi.language.words import day_words
from huiqi.library.model import ClauseKind
from huiqi.library.store import State

STATE_LOOKS = {State.IN_FORCE: "good", State.ENDED: "bad", State.NOT_YET: "open", State.UNSTATED: "soft"}
_CLAUSE_LOOKS = {
    ClauseKind.TITLE: "title",
    ClauseKind.NUMBER: "centred",
    ClauseKind.ADDRESSEE: "flush",
    ClauseKind.SIGNATURE: "right",
    ClauseKind.FRAGMENT: "pieces",
    ClauseKind.ATTACHMENT_LIST: "pieces",
    ClauseKind.ATTACHMENT: "part",
    ClauseKind.COVER: "part",
    ClauseKind.MAIN: "part",
    ClauseKind.HEADING: "heading",
}
_MOST_BENEFITS = 5  # named below a clause; a clause on dates or exclusions has all benefits resting on it
_ENDS = (
    "。",
    "：",
    ":",
    "；",
    "，",
    ".",
    "！",
    "？",
)  # with one of these, the paragraph runs on after the heading
_DIVISIONS = frozenset({ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION})


def cited(references: Iterable[Reference]) -> Line:
    """Citations in brackets, as they follow a sentence; nothing when there are none."""
    runs: list[Run] = []
    for reference in references:
        runs += [Run("，" if runs else "（", look="soft"), Run(reference.words, reference.anchor, "soft")]
    return (*runs, Run("）", look="soft")) if runs else ()


def document_blocks(document: DocumentEntry, texts: Texts) -> Iterator[Block]:
    """A document from its title to the end of its text."""
    standing = document.standing
    yield Heading(2, document.title, document.anchor, standing.state.value, STATE_LOOKS[standing.state])
    yield Facts(tuple(_facts(document)))
    yield Paragraph((Run(document.summary),), "lead")
    if document.note:
        yield Paragraph((Run("说明　", look="strong"), Run(document.note)), "note")
    if len(document.benefits) > 1:
        yield _benefits_of(document)
    if not document.benefits and document.contents:
        yield Heading(3, "主要内容")
        yield Points(
            tuple(Point((Run("　" * line.depth + line.words, line.anchor),)) for line in document.contents)
        )
    for benefit in document.benefits:
        yield from _benefit(benefit)
    if document.clauses:
        name = "原文" if texts is Texts.FULL else "原文（用到的条款）"
        yield Heading(3, name, f"{document.anchor}--text")
        for clause in document.clauses:
            yield _clause(clause)
    elif not document.has_text and texts is not Texts.NONE:
        yield Paragraph((Run("政策库里没有这份文件的原文。"),), "note")


def _facts(document: DocumentEntry) -> Iterator[Fact]:
    yield _row("文号", document.number or "没有文号")
    if document.cover:
        yield _row("印发通知", document.cover)
    for anchor, title in document.within:
        yield Fact("载于", (Point((Run(f"《{title}》", anchor),)),))
    yield _row("发文机关", "、".join(document.issuers) or "未载明")
    yield _row("印发", day_words(document.issued))
    standing = document.standing
    line = (
        Run(f"{standing.state.value}　", look=STATE_LOOKS[standing.state]),
        Run(standing.words),
        *cited(standing.references),
    )
    yield Fact("状态", (Point(line),))
    if standing.remarks:
        yield Fact("另外", tuple(Point((Run(remark),)) for remark in standing.remarks))


def _row(label: str, *texts: str) -> Fact:
    return Fact(label, tuple(Point((Run(text),)) for text in texts))


def _benefits_of(document: DocumentEntry) -> Table:
    rows = tuple(
        (
            (Run(benefit.name, benefit.anchor),),
            (Run(_few(benefit.who)),),
            (Run(_worth(benefit), look="soft" if benefit.ended else ""),),
        )
        for benefit in document.benefits
    )
    return Table("本文件的事项", ("事项", "给谁", "给多少"), rows, (46, 30, 24), pages=True)


def _few(who: tuple[str, ...], most: int = 3) -> str:
    """The applicants as far as a cell of a table has room for them."""
    if len(who) > most + 1:
        return f"{'、'.join(who[:most])}等{len(who)}类"
    return "、".join(who) or "没有限定"


def _worth(benefit: BenefitEntry) -> str:
    if benefit.ended:
        return "不在期内"
    if benefit.worth:
        return benefit.worth
    return "没有写标准" if benefit.uncomputable else benefit.form


def _benefit(benefit: BenefitEntry) -> Iterator[Block]:
    yield Heading(3, benefit.name, benefit.anchor, benefit.worth, "figure")
    yield Paragraph((Run(benefit.summary),), "lead")
    if benefit.ended:
        yield Paragraph((Run(f"当天不在期内：{benefit.ended}。"),), "warning")
    yield Facts(tuple(_benefit_facts(benefit)))


def _benefit_facts(benefit: BenefitEntry) -> Iterator[Fact]:
    applicants = benefit.applicants
    if benefit.subject:
        applicants += f"；按每一个“{benefit.subject}”分别算"
    yield _row("给谁", applicants)
    if benefit.conditions:
        yield Fact("条件", tuple(_condition(one) for one in benefit.conditions), numbered=True)
    else:
        yield _row("条件", "文件没有写明条件")
    if benefit.quota is not None:
        yield Fact("名额", (_note(benefit.quota),))
    yield Fact("给多少", tuple(_amount(benefit)))
    yield _row("找谁", "、".join(benefit.departments) or "文件没有写责任单位")
    if benefit.handling is not None:
        yield Fact("怎么办", (_note(benefit.handling),))
    yield Fact("适用期", (_note(benefit.period),))
    if benefit.together:
        yield Fact("同时享受", tuple(map(_note, benefit.together)))
    if benefit.unjudged:
        yield Fact("须人工判断", tuple(Point((Run(words),)) for words in benefit.unjudged))
    if benefit.later:
        yield Fact("后来的规定", tuple(Point((Run(words),)) for words in benefit.later))
    if benefit.unconfirmed:
        line = (Run("用前请核实　", look="open"), Run("、".join(benefit.unconfirmed)))
        yield Fact("未见官方原文", (Point(line),))
    if benefit.note:
        yield _row("说明", benefit.note)
    yield Fact("依据", (Point(_sources(benefit.references)),))


def _sources(references: tuple[Reference, ...]) -> Line:
    runs: list[Run] = []
    for reference in references:
        runs += [*([Run("；")] if runs else []), Run(reference.words, reference.anchor)]
    return tuple(runs)


def _note(note: Note) -> Point:
    return Point((Run(note.words), *cited(note.references)))


def _condition(condition: Condition) -> Point:
    gap = "　" if condition.name and condition.words else ""
    said = (Run(f"{condition.name}{gap}", look="strong"), Run(condition.words))
    line = (*(run for run in said if run.text), *cited(condition.references))
    return Point(line, tuple(_condition(part) for part in condition.parts))


def _amount(benefit: BenefitEntry) -> Iterator[Point]:
    amount = benefit.amount
    if amount is None:
        words = benefit.uncomputable or f"这一项不是钱，符合条件就能享受（{_form(benefit)}）"
        yield Point((Run(words),))
        return
    same = amount.how == amount.worth.removeprefix("最高")
    kind = (Run(amount.worth, look="figure"), Run(f"　性质：{amount.kind}；形式：{_form(benefit)}"))
    yield Point((*kind, *(cited(amount.references) if same else ())))
    if not same:
        yield Point((Run(f"算法：{amount.how}"), *cited(amount.references)), _parts(amount.parts))
    for words, references in amount.limits:
        yield Point((Run(words), *cited(references)))
    if amount.shares:
        yield Point((Run(f"由{amount.shares}"),))


def _form(benefit: BenefitEntry) -> str:
    return f"{benefit.form}，是上级资金的配套" if benefit.matching else benefit.form


def _parts(parts: tuple[tuple[str, str], ...]) -> tuple[Point, ...]:
    return tuple(Point((Run(f"{name}　", look="strong"), Run(words))) for name, words in parts)


def _clause(clause: ClauseEntry) -> ClauseBlock:
    notes: list[Line] = []
    if clause.benefits:
        notes.append(tuple(_resting(clause.benefits)))
    notes += [(Run(f"整理注　{remark}", look="soft"),) for remark in clause.remarks]
    return ClauseBlock(
        clause.anchor,
        _look(clause),
        f"{clause.number}{_gap(clause)}{clause.heading}",
        clause.body,
        clause.lines,
        clause.cite,
        clause.cite if clause.kind.is_numbered and not _says_its_address(clause) else "",
        tuple(notes),
    )


def _resting(benefits: tuple[tuple[str, str], ...]) -> Iterator[Run]:
    """The benefits that rest on a clause, as many as one line has room for."""
    yield Run("本条的事项：", look="soft")
    for number, (anchor, name) in enumerate(benefits[:_MOST_BENEFITS]):
        if number:
            yield Run("、", look="soft")
        yield Run(name, anchor, "soft")
    if len(benefits) > _MOST_BENEFITS:
        yield Run(f"等{len(benefits)}项", look="soft")


def _says_its_address(clause: ClauseEntry) -> bool:
    """Whether the printed number is all that a citation needs: 一、 or 第三条."""
    return clause.cite.rstrip("、") == clause.number.rstrip("、")


def _look(clause: ClauseEntry) -> str:
    if clause.kind in _DIVISIONS:
        return "division"
    if clause.kind in _CLAUSE_LOOKS:
        return _CLAUSE_LOOKS[clause.kind]
    alone = clause.heading and (not clause.body or not clause.heading.endswith(_ENDS))
    return "heading" if alone else "text"


def _gap(clause: ClauseEntry) -> str:
    """第三条 stands apart from what follows; 一、 and （一） need no blank."""
    wide = clause.kind is ClauseKind.ARTICLE or clause.kind in _DIVISIONS
    return "　" if wide and clause.number and (clause.heading or clause.body) else ""
