"""Documents that hypothesis makes up: every kind of clause, wherever it may stand and where it may not."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from huiqi.library.model import (
    Clause,
    ClauseKind,
    Dated,
    Document,
    Level,
    LineKind,
    Loss,
    LossKind,
    Pages,
    Reading,
    Remark,
    Repeal,
    Source,
    Span,
)

FRONT = (ClauseKind.TITLE, ClauseKind.NUMBER, ClauseKind.ADDRESSEE, ClauseKind.REMARK)
BACK = (ClauseKind.SIGNATURE, ClauseKind.ATTACHMENT_LIST, ClauseKind.REMARK, ClauseKind.FRAGMENT)
ARRANGEMENTS = (
    (),
    (ClauseKind.MAIN,),
    (ClauseKind.COVER,),
    (ClauseKind.COVER, ClauseKind.MAIN),
    (ClauseKind.MAIN, ClauseKind.ATTACHMENT, ClauseKind.ATTACHMENT),
    (ClauseKind.COVER, ClauseKind.MAIN, ClauseKind.ATTACHMENT),
    (ClauseKind.ATTACHMENT, ClauseKind.MAIN),
)

_FINE = "一第条款（）、。；： 　a1.<>&\"']\t\n\r"
fine_words = st.text(st.sampled_from(_FINE), max_size=12)
any_words = st.text(st.sampled_from(_FINE + "\x00\x0b\x85\ufffe\ufffd𠮷"), max_size=12)
kinds = st.sampled_from(ClauseKind)
_days = st.dates(date(1949, 10, 1), date(2099, 12, 31))
_spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 999), st.integers(0, 99))
_pages = st.builds(lambda first, more: Pages(first, first + more), st.integers(1, 400), st.integers(0, 3))


@st.composite
def _clause(draw: st.DrawFn, kind: ClauseKind | None = None, children: tuple[Clause, ...] = ()) -> Clause:
    text = draw(any_words)
    number_length = draw(st.integers(0, len(text)))
    return Clause(
        id="",
        kind=kind or draw(kinds),
        cite=draw(fine_words),
        text=text,
        spans=(),
        number_length=number_length,
        heading_length=draw(st.integers(0, len(text) - number_length)),
        pages=draw(st.none() | _pages),
        children=children,
    )


def _above(children: st.SearchStrategy[Clause]) -> st.SearchStrategy[Clause]:
    return st.lists(children, max_size=4).flatmap(lambda below: _clause(children=tuple(below)))


trees = st.recursive(_clause(), _above, max_leaves=8)
"""A clause of any kind with clauses of any kind below it."""


@st.composite
def _division(draw: st.DrawFn, kind: ClauseKind) -> Clause:
    front = draw(st.lists(st.sampled_from(FRONT), max_size=3))
    opening = draw(st.lists(st.just(ClauseKind.PREAMBLE), max_size=2))
    back = draw(st.lists(st.sampled_from(BACK), max_size=3))
    children = [
        *(draw(_clause(each)) for each in (*front, *opening)),
        *draw(st.lists(trees, max_size=3)),
        *(draw(_clause(each)) for each in back),
    ]
    return draw(_clause(kind, tuple(children)))


def placed(clause: Clause, identifier: str, at: int) -> tuple[Clause, int]:
    """The clause with ids below ``identifier`` and spans from ``at`` on, in two pieces; where it ends."""
    half = at + len(clause.text) // 2
    end = at + len(clause.text)
    spans = tuple(Span(*ends) for ends in ((at, half), (half + 1, end + 1)) if ends[0] < ends[1])
    children, at = [], end + 2
    for number, child in enumerate(clause.children, 1):
        below, at = placed(child, f"{identifier}__x_{number}", at)
        children.append(below)
    return replace(clause, id=identifier, spans=spans, children=tuple(children)), at


@st.composite
def documents(draw: st.DrawFn, identifier: str = "某文件", at: int = 0) -> Document:
    """A document with all that can be said of one."""
    start, clauses = at, []
    for number, kind in enumerate(draw(st.sampled_from(ARRANGEMENTS))):
        stem = {ClauseKind.COVER: "cover", ClauseKind.MAIN: "main"}.get(kind, f"att_{number}")
        clause, at = placed(draw(_division(kind)), stem, at)
        clauses.append(clause)
    ids = [clause.id for root in clauses for clause in root.walk()] or [""]
    dated = st.builds(Dated, st.none() | _days, st.sampled_from(["", "elsewhere", *ids]), fine_words)
    repeals = st.builds(Repeal, fine_words, fine_words, st.sampled_from(["", *ids]), fine_words)
    return Document(
        id=identifier,
        title=draw(
            fine_words | st.sampled_from(["青禾市扶持办法（试行）", "关于做好某事的通知", "若干措施"])
        ),
        number=draw(st.none() | fine_words.filter(bool) | st.just("青政〔2024〕3号")),
        issuers=tuple(draw(st.lists(fine_words, max_size=2))),
        issued=draw(st.none() | _days),
        level=draw(st.sampled_from(Level)),
        region=draw(st.sampled_from(["", "000000", "990100"])),
        clauses=tuple(clauses),
        span=Span(start, at),
        effective=draw(st.none() | dated),
        expires=draw(st.none() | dated),
        repeals=tuple(draw(st.lists(repeals, max_size=2))),
        addressees=draw(fine_words),
        cover_title=draw(fine_words),
        within=draw(fine_words),
        section=draw(fine_words),
        source=draw(fine_words),
    )


def losses(about: Document | None) -> st.SearchStrategy[Loss]:
    """Losses of a document, or of none."""
    return st.builds(
        Loss,
        st.sampled_from(LossKind),
        fine_words,
        st.integers(0, 9999),
        st.just(about.id if about else ""),
        st.sampled_from(_ids(about)),
        st.none() | _pages,
    )


def remarks(about: Document | None) -> st.SearchStrategy[Remark]:
    """Remarks on a document, or on none."""
    return st.builds(
        Remark,
        st.just(about.id if about else ""),
        st.sampled_from(_ids(about)),
        fine_words,
        fine_words,
        st.sampled_from(["程序", "整理"]),
        st.none() | st.integers(0, 9999),
    )


def _ids(about: Document | None) -> list[str]:
    return ["", *(clause.id for clause in about.walk())] if about else [""]


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """A source read into documents with words between them, in the order of the source."""
    found: list[Document] = []
    between: list[Clause] = []
    at = 0
    for number in range(draw(st.integers(0, 3))):
        if draw(st.booleans()):
            clause, at = placed(draw(trees), f"between__p_{number}", at)
            between.append(clause)
        document = draw(documents(f"某文件-{number}", at))
        at = document.span.end + 1
        found.append(document)
    about = [*found, None]
    return Reading(
        source=Source(
            draw(fine_words),
            "",
            "文本",
            "UTF-8",
            "00",
            draw(st.booleans()),
            tuple(draw(st.lists(st.integers(0, 99), max_size=2))),
            tuple(draw(st.lists(losses(None), max_size=1))),
        ),
        documents=tuple(found),
        between=tuple(between),
        left_out=tuple(draw(st.lists(st.tuples(st.sampled_from(LineKind), _spans), max_size=2))),
        losses=tuple(draw(st.lists(st.sampled_from(about).flatmap(losses), max_size=3))),
        remarks=tuple(draw(st.lists(st.sampled_from(about).flatmap(remarks), max_size=3))),
    )
