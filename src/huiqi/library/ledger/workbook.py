"""The ledger as an Excel workbook: 责任, 目标 and 说明, ready to be filtered, sorted and handed round."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from io import BytesIO
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from huiqi.library.ledger.entries import Duty, Ledger, Responsible
from huiqi.library.model import Document

Value: TypeAlias = str | int | float | date | None
Address: TypeAlias = Callable[[Document, str], str]
"""The web address of a clause: of a document and a clause id."""

_DUTIES = (
    ("责任主体", 30), ("角色", 8), ("任务", 34), ("时限", 13), ("时限原文", 22), ("时限精度", 10),
    ("文件", 34), ("文号", 22), ("条款", 16), ("印发", 12), ("级别", 8), ("原文写法", 26), ("备注", 30),
)  # fmt: skip
_TARGETS = (
    ("目标", 30), ("比较", 8), ("数值", 16), ("上限", 16), ("单位", 8), ("基数", 12), ("每期", 8),
    ("时限", 13), ("时限原文", 18),
    ("责任主体", 40), ("任务", 30), ("文件", 34), ("文号", 22), ("条款", 16), ("原文写法", 18), ("条件", 24),
)  # fmt: skip
_NOTES = (
    "由程序按文件原文的字样提取，供查找和督办参考；以文件原文为准。",
    "责任：一行是一个责任主体的一个任务。角色分牵头、负责、分工（按职责分工负责）、落实、配合；同一任务写了几种的取前者。",
    "责任主体用全称；没有对照到全称的照原文，备注里写明。“以下均需……落实，不再列出”所指的主体，列入其后写明责任单位的各项。",
    "时限取所写时段的最后一天：2024年9月底是2024-09-30，到2027年是2027-12-31，第一季度是3月31日；精度一栏说明写到日、月、季还是年。",
    "时限没有日期的（持续推进、自收到之日起几日内），只有原文。原文没有写年份的，按上文或者印发日期推定，备注里写明。",
    "目标：机关给自己定的数量要求。给予的奖补、享受的条件、名次、时长不是目标，不列入。范围（3—5家）写在数值和上限两栏。",
    "金额的单位是元，比例按百分数填（75%填75）。",
)
_HEADER = PatternFill("solid", fgColor="DDE6F0")
_NO_CELL_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def as_excel(ledgers: Iterable[Ledger], *, address: Address | None = None, asked: str = "") -> bytes:
    """A workbook of these ledgers.

    ``address`` makes the citation of each row a link; ``asked`` says, on the sheet 说明, what the ledgers
    were selected by. Text that begins like a formula (= + - @) stays text.
    """
    kept = tuple(ledgers)
    book = Workbook()
    duties = book.active
    assert isinstance(duties, Worksheet)
    duties.title = "责任"
    _fill(duties, _DUTIES, _duty_rows(kept), "条款", address)
    _fill(book.create_sheet("目标"), _TARGETS, _target_rows(kept), "条款", address)
    _explain(book.create_sheet("说明"), kept, asked)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


Row: TypeAlias = tuple[Document, str, tuple[Value, ...]]
"""The document and clause id that a row is of, and its cells."""


def _duty_rows(ledgers: Sequence[Ledger]) -> Iterator[Row]:
    for ledger in ledgers:
        document = ledger.document
        for duty in ledger.duties:
            for body in duty.bodies or (None,):
                deadline = duty.deadline
                yield (
                    document,
                    duty.clause,
                    (
                        body.name if body else "（没有写明）",
                        body.role.value if body else "",
                        duty.matter,
                        deadline.day if deadline else None,
                        "；".join(dict.fromkeys(each.words for each in duty.deadlines)),
                        deadline.precision.value if deadline and deadline.precision else "",
                        document.title,
                        document.number or "",
                        duty.cite,
                        document.issued,
                        document.level.value,
                        body.as_printed if body else "",
                        "；".join(_remarks(duty, body)),
                    ),
                )


def _remarks(duty: Duty, body: Responsible | None) -> Iterator[str]:
    if body and body.inherited:
        yield f"由{body.inherited}统一写明"
    if body and not body.known:
        yield "照原文，没有对照到全称"
    for deadline in duty.deadlines:
        if deadline.year_from:
            yield f"“{deadline.words}”的年份按{deadline.year_from}推定"


def _target_rows(ledgers: Sequence[Ledger]) -> Iterator[Row]:
    for ledger in ledgers:
        document = ledger.document
        duties = {duty.clause: duty for duty in ledger.duties}
        for target in ledger.targets:
            duty = duties.get(target.clause)
            yield (
                document,
                target.clause,
                (
                    target.subject,
                    target.comparator.value,
                    _number(target.low),
                    _number(target.high) if target.high != target.low else None,
                    target.unit,
                    target.base,
                    target.per,
                    target.by.day if target.by else None,
                    target.by.words if target.by else "",
                    "、".join(body.name for body in duty.bodies) if duty else "",
                    duty.matter if duty else "",
                    document.title,
                    document.number or "",
                    target.cite,
                    target.words,
                    target.condition,
                ),
            )


def _number(value: Fraction) -> int | float:
    """What Excel can hold of an exact number; the figure as printed stands beside it."""
    return value.numerator if value.denominator == 1 else float(value)


def _fill(
    sheet: Worksheet,
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Row],
    linked: str,
    address: Address | None,
) -> None:
    names = [name for name, _ in columns]
    for column, (name, width) in enumerate(columns, start=1):
        cell = sheet.cell(1, column)
        _put(cell, name)
        cell.font, cell.fill = Font(bold=True), _HEADER
        sheet.column_dimensions[get_column_letter(column)].width = width
    for at, (document, clause, values) in enumerate(rows, start=2):
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(at, column)
            _put(cell, value)
            if address and names[column - 1] == linked:
                cell.hyperlink = address(document, clause)
                cell.font = Font(color="0563C1", underline="single")
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(sheet.max_row, 1)}"


def _put(cell: Cell | MergedCell, value: Value) -> None:
    """Write a value as what it is; text is never taken for a formula."""
    assert isinstance(cell, Cell)  # no cells are merged here
    if isinstance(value, str):
        cell.value = _NO_CELL_TEXT.sub("", value) or None
        if cell.value is not None:
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(("=", "+", "-", "@", "\t", "\r"))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        return
    cell.value = value
    cell.alignment = Alignment(vertical="top")
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def _explain(sheet: Worksheet, ledgers: Sequence[Ledger], asked: str) -> None:
    duties = sum(len(ledger.duties) for ledger in ledgers)
    targets = sum(len(ledger.targets) for ledger in ledgers)
    lines = [f"{len(ledgers)}份文件，{duties}项任务，{targets}个目标。"]
    if asked:
        lines.append(f"筛选：{asked}")
    for at, line in enumerate((*lines, *_NOTES), start=1):
        _put(sheet.cell(at, 1), line)
    sheet.column_dimensions["A"].width = 110
