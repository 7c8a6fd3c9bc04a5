"""Arranging a booklet: from what it says to the pieces of its pages, front to back."""

from __future__ import annotations

from collections.abc import Iterator

from huiqi.booklet.blocks import (
    Block,
    Contents,
    Cover,
    Heading,
    IndexBlock,
    Line,
    Paragraph,
    Point,
    Points,
    Run,
    Table,
)
from huiqi.booklet.model import Booklet, Change, DocumentEntry, Texts
from huiqi.booklet.pages_of_documents import STATE_LOOKS, cited, document_blocks
from huiqi.language.words import day_words


def arrange(booklet: Booklet) -> tuple[Block, ...]:
    """Every piece of the booklet in the order of its pages."""
    return tuple(_blocks(booklet))


def _blocks(booklet: Booklet) -> Iterator[Block]:
    yield _cover(booklet)
    yield from _how_to_read(booklet)
    yield Contents("目录")
    if booklet.changes is not None:
        yield from _changes(booklet)
    for part in booklet.parts:
        yield Heading(1, part.name, part.anchor)
        yield _documents_of(part.documents)
        for document in part.documents:
            yield from document_blocks(document, booklet.texts)
    for index in booklet.indexes:
        yield Heading(1, index.name, index.anchor)
        yield IndexBlock(
            tuple(
                (line.name, tuple(Run(name, anchor) for anchor, name in line.benefits))
                for line in index.lines
            )
        )
    yield from _flaws(booklet)
    yield from _imprint(booklet)


def _cover(booklet: Booklet) -> Cover:
    documents = list(booklet.documents())
    benefits = list(booklet.benefits())
    held = sum(1 for benefit in benefits if not benefit.ended)
    counted = f"收录文件 {len(documents)} 份，支持事项 {len(benefits)} 项"
    lines = [counted, f"其中当天在期内的事项 {held} 项"] if benefits else [counted]
    if booklet.selection:
        lines.append(f"收录范围：{booklet.selection}")
    return Cover(booklet.title, booklet.place, booklet.issuer, f"{day_words(booklet.on)}版", tuple(lines))


def _how_to_read(booklet: Booklet) -> Iterator[Block]:
    yield Heading(1, "怎样用这本汇编", "how-to-read")
    ways = "、".join(f"“{index.name}”" for index in booklet.indexes)
    find = f"想知道自己能享受什么，先翻书后的{ways}；想看某一份文件，查目录。" if ways else "查目录找文件。"
    texts = {
        Texts.FULL: "文件的原文印在它的事项后面；条文旁边的小字是引用它时的写法。",
        Texts.CITED: "文件的原文只印事项用到的条款；条文旁边的小字是引用它时的写法。",
        Texts.NONE: "这一版没有印文件的原文。",
    }[booklet.texts]
    yield Points(
        (
            Point(_plain(find)),
            Point(
                _plain(
                    f"每份文件写明它在{day_words(booklet.on)}这一天的状态："
                    "有效、已失效、未生效；没有写终止日的，写“未载明”。事情发生在哪一天，就看那一天在不在期内；条件里的“评价日”就是那一天。"
                )
            ),
            Point(_plain("每一项写明给谁、什么条件、给多少、找哪个部门，括号里是它依据的条款。")),
            Point(
                _plain(
                    "金额的性质有三种：“定额”照数给；“不超过”是文件写的上限，实际可能少；“按比例”是乘出来的。"
                )
            ),
            Point(
                _plain(
                    "“须人工判断”是条文还要求、程序判断不了的，比如专家评审；“未见官方原文”的数和规定，用前请核实。"
                )
            ),
            Point(_plain(texts)),
        )
    )


def _changes(booklet: Booklet) -> Iterator[Block]:
    changes = booklet.changes
    assert changes is not None
    yield Heading(1, "与上一期相比", "changes")
    since = f"上一期是《{changes.title}》{day_words(changes.since)}版。"
    if changes.is_empty:
        yield Paragraph(_plain(f"{since}收录的文件、条款和事项都没有变动。"))
    else:
        yield Paragraph(_plain(since))
    if changes.warning:
        yield Paragraph(_plain(changes.warning), "warning")
    for name, group in changes.groups:
        yield Heading(2, f"{name}（{len(group)}）", minor=True)
        if all(change.anchor and not change.details for change in group):
            yield IndexBlock((("", tuple(Run(change.words, change.anchor) for change in group)),))
        else:
            yield Points(tuple(_change(change) for change in group))


def _change(change: Change) -> Point:
    details = tuple(Point((Run(detail, look="soft"),)) for detail in change.details)
    return Point((Run(change.words, change.anchor),), details)


def _documents_of(documents: tuple[DocumentEntry, ...]) -> Table:
    rows = tuple(
        (
            (Run(document.title, document.anchor),),
            (Run(document.number or "没有文号"),),
            (
                Run(
                    document.standing.state.value,
                    look=STATE_LOOKS[document.standing.state],
                ),
            ),
            (Run(f"{len(document.benefits)}项" if document.benefits else "—"),),
        )
        for document in documents
    )
    return Table("这一级的文件", ("文件", "文号", "状态", "事项"), rows, (50, 28, 11, 9), pages=True)


def _flaws(booklet: Booklet) -> Iterator[Block]:
    flawed = [one for one in booklet.documents() if one.losses or one.remarks]
    if not flawed and not booklet.between:
        return
    yield Heading(1, "原文的缺失和附注", "flaws")
    yield Paragraph(
        _plain("原文照印，不作改动。看得出缺了东西的地方和疑为笔误的地方列在这里，引用时请核对正式文本。")
    )
    for document in flawed:
        yield Heading(2, document.title, minor=True)
        notes = [("缺失", note) for note in document.losses] + [("附注", note) for note in document.remarks]
        yield Points(
            tuple(
                Point((Run(f"{kind}　", look="strong"), Run(note.words), *cited(note.references)))
                for kind, note in notes
            )
        )
    if booklet.between:
        yield Heading(2, "不能归到某一份文件的", minor=True)
        yield Points(tuple(Point(_plain(note.words)) for note in booklet.between))


def _imprint(booklet: Booklet) -> Iterator[Block]:
    yield Heading(1, "版本说明", "imprint")
    rows = [
        f"《{booklet.title}》，{day_words(booklet.on)}版"
        + (f"，{booklet.issuer}编。" if booklet.issuer else "。"),
        f"法律状态和金额都按{day_words(booklet.on)}计，那一天以后的变化不在其中。",
        "汇编方便查找，不是法律意见，对任何机关都没有约束力。以正式公布的文件为准，能不能给、给多少由责任单位决定。",
        "事项、条件和金额的说明是根据文件另行编写的，由程序按规则库生成；原文部分照录。",
    ]
    if booklet.note:
        rows.append(booklet.note)
    yield Points(tuple(Point(_plain(row)) for row in rows))
    if booklet.unconfirmed:
        yield Heading(
            2, f"用到未见官方原文的数或规定的事项（{len(booklet.unconfirmed)}）", "unconfirmed", minor=True
        )
        yield IndexBlock((("用前请核实", tuple(Run(name, anchor) for anchor, name in booklet.unconfirmed)),))


def _plain(text: str) -> Line:
    return (Run(text),)
