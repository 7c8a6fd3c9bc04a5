"""The workbook: what is in its cells, and that none of them is a formula."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from huiqi.library.ledger import Ledger, as_excel
from tests.library.ledger.trees import item, ledger, one, paragraph


def opened(*ledgers: Ledger, **settings: Any) -> Workbook:
    return load_workbook(BytesIO(as_excel(ledgers, **settings)))


def sheet(book: Workbook, name: str) -> Worksheet:
    found = book[name]
    assert isinstance(found, Worksheet)
    return found


def rows(found: Worksheet) -> Iterator[dict[str, Any]]:
    names, *values = found.iter_rows(values_only=True)
    for row in values:
        yield dict(zip(map(str, names), row, strict=True))


EXAMPLE = ledger(
    item(
        "一、",
        "9月底前办好展会。（省商务厅牵头，盐务局配合。以下均需各市政府落实，不再列出）",
        heading="会展。",
    ),
    item(
        "二、",
        "到2027年，培育3—5家企业，上云率达到12.5%。",
        paragraph("责任单位：省财政厅。"),
        heading="园区。",
    ),
)


def test_there_is_a_row_for_every_body_of_every_item() -> None:
    found = list(rows(sheet(opened(EXAMPLE), "责任")))
    assert [(row["责任主体"], row["角色"], row["条款"], row["任务"]) for row in found] == [
        ("云岭省商务厅", "牵头", "一、", "会展"),
        ("盐务局", "配合", "一、", "会展"),
        ("云岭省财政厅", "负责", "二、", "园区"),
        ("各市政府", "落实", "二、", "园区"),
    ]
    assert {row["文号"] for row in found} == {"云政〔2024〕5号"}


def test_dates_are_dates_and_what_was_inferred_is_said() -> None:
    first, second, third, fourth = rows(sheet(opened(EXAMPLE), "责任"))
    assert first["时限"].date() == date(2024, 9, 30)
    assert first["备注"] == "“9月底前”的年份按印发日期推定"
    assert "照原文，没有对照到全称" in second["备注"]
    assert third["时限"].date() == date(2027, 12, 31)
    assert (third["时限精度"], third["时限原文"]) == ("年", "到2027年")
    assert fourth["备注"] == "由一、统一写明；照原文，没有对照到全称"


def test_targets_have_numbers_ranges_and_the_bodies_of_their_item() -> None:
    firms, share = rows(sheet(opened(EXAMPLE), "目标"))
    assert (firms["目标"], firms["比较"], firms["数值"], firms["上限"], firms["单位"]) == (
        "企业",
        "达到",
        3,
        5,
        "家",
    )
    assert (share["数值"], share["上限"], share["原文写法"]) == (12.5, None, "达到12.5%")
    assert firms["责任主体"] == "云岭省财政厅、各市政府"
    assert firms["时限"].date() == date(2027, 12, 31)


@pytest.mark.parametrize("name", ["责任", "目标"])
def test_the_header_stays_and_every_column_can_be_filtered(name: str) -> None:
    found = sheet(opened(EXAMPLE), name)
    assert found.freeze_panes == "B2"
    assert found.auto_filter.ref == found.dimensions
    assert all(found.column_dimensions[cell.coordinate.rstrip("1")].width > 5 for cell in found[1])


def test_the_explanation_counts_and_says_what_was_asked() -> None:
    words = [cell.value for cell in sheet(opened(EXAMPLE, asked="省商务厅，2024年底前"), "说明")["A"]]
    assert words[:2] == ["1份文件，2项任务，2个目标。", "筛选：省商务厅，2024年底前"]


def test_a_citation_links_to_the_clause() -> None:
    found = sheet(opened(EXAMPLE, address=lambda document, clause: f"/{document.id}/{clause}"), "责任")
    cells = {cell.value: cell for row in found.iter_rows() for cell in row if cell.hyperlink}
    assert set(cells) == {"一、", "二、"}
    assert cells["一、"].hyperlink is not None
    assert cells["一、"].hyperlink.target == "/云政-2024-5/c-一、"


@pytest.mark.parametrize("start", "=+-@\t")
def test_text_that_begins_like_a_formula_stays_text(start: str) -> None:
    heading = f"{start}HYPERLINK(1)"
    found = sheet(opened(one("办好展会。（省商务厅负责）", heading=heading)), "责任")
    cells = [cell for row in found.iter_rows(min_row=2) for cell in row if "HYPERLINK" in str(cell.value)]
    assert cells
    assert all(cell.data_type == "s" for cell in cells)
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "+", "-", "@")))


def test_no_ledger_makes_an_empty_workbook_that_opens() -> None:
    book = opened()
    assert book.sheetnames == ["责任", "目标", "说明"]
    assert list(rows(sheet(book, "责任"))) == []
