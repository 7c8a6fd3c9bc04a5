"""Small official texts of an invented city, and a catalogue of benefits that cite one of them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from huiqi.booklet import Booklet, Manifest, Selection, Texts, edition
from huiqi.catalogue.load import Catalogue
from huiqi.library.model import Clause, ClauseKind, Dated, Document, Level, Loss, Remark, Repeal, Span
from tests.support import Library, benefit

DAY = date(2024, 6, 1)


def clause(
    id: str,
    kind: ClauseKind,
    cite: str,
    number: str = "",
    heading: str = "",
    body: str = "",
    children: Sequence[Clause] = (),
) -> Clause:
    """A clause whose words stand at the beginning of a source, which no test here looks at."""
    text = f"{number}{heading}{body}"
    spans = (Span(0, len(text)),)
    return Clause(id, kind, cite, text, spans, len(number), len(heading), None, tuple(children))


def grants(body: str = "投资额300万元以上的，补助10万元。") -> tuple[Clause, ...]:
    """An instrument of two numbered parts, the first with two sub-parts."""
    return (
        clause("main__title", ClauseKind.TITLE, "标题", body="青禾市支持企业发展办法"),
        clause(
            "main__para_1",
            ClauseKind.ITEM,
            "一、",
            "一、",
            "补助",
            children=(
                clause("main__para_1__sub_1", ClauseKind.SUBITEM, "一、（一）", "（一）", "设备补助。", body),
                clause(
                    "main__para_1__sub_2",
                    ClauseKind.SUBITEM,
                    "一、（二）",
                    "（二）",
                    "培训补助。",
                    "另行公布。",
                ),
            ),
        ),
        clause("main__para_2", ClauseKind.ITEM, "二、", "二、", "期限", "执行到2025年12月31日。"),
        clause("main__signature", ClauseKind.SIGNATURE, "落款", body="青禾市人民政府2023年1月1日"),
    )


def paper(
    id: str = "qinghe-1",
    title: str = "某文件",
    number: str | None = None,
    *,
    parts: Sequence[Clause] | None = None,
    issued: date | None = date(2023, 1, 1),
    level: Level = Level.CITY,
    effective: date | None = None,
    expires: date | None = None,
    repeals: tuple[Repeal, ...] = (),
) -> Document:
    """A document of 青禾市; by default the one that the benefits of `catalogue` rest on."""
    children = grants() if parts is None else parts
    return Document(
        id,
        title,
        number,
        ("青禾市人民政府",),
        issued,
        level,
        "",
        (clause("main", ClauseKind.MAIN, "正文", children=children),),
        Span(0, 1),
        effective=Dated(effective, "main__para_2") if effective else None,
        expires=Dated(expires, "main__para_2") if expires else None,
        repeals=repeals,
    )


def catalogue(root: Path, *benefits: str) -> Catalogue:
    """A catalogue of one document (某文件, 市, 2023 to 2025) with these benefits, or with one."""
    return Library.of(root, *(benefits or (benefit("依据: 一、（一）"),))).load()


def booklet(
    root: Path,
    *benefits: str,
    documents: Sequence[Document] = (),
    on: date = DAY,
    title: str = "惠企政策汇编",
    issuer: str = "",
    selection: Selection | None = None,
    texts: Texts = Texts.FULL,
    previous: Manifest | None = None,
    losses: Sequence[Loss] = (),
    remarks: Sequence[Remark] = (),
) -> Booklet:
    """An edition of that catalogue and these documents."""
    return edition(
        catalogue(root, *benefits),
        documents,
        on,
        title=title,
        issuer=issuer,
        selection=selection or Selection(),
        texts=texts,
        previous=previous,
        losses=losses,
        remarks=remarks,
    )
