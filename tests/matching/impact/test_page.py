"""The report as a page: charts with their numbers in words, no scripts, and everything escaped."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

import pytest
from lxml import etree, html

from huiqi.matching.impact.chart import WIDTH, Bar, Look, Row, draw, wrapped
from huiqi.matching.impact.page import as_html
from huiqi.matching.impact.shelf import find, publish, published
from huiqi.matching.impact.told import telling
from tests.matching.impact.conftest import Case

SVG = "{http://www.w3.org/2000/svg}"
ONE, TWO = Look("甲<", "#123456"), Look("乙", "#654321", hatched=True)


def drawn(*rows: Row) -> etree._Element:
    return etree.fromstring(draw("c", "题<目", "说&明", [ONE, TWO], rows))


def widths(chart: etree._Element) -> list[float]:
    return [float(one.get("width", "")) for one in chart.iterfind(f"{SVG}rect") if one.get("height") == "13"]


def test_bars_are_in_proportion_and_say_what_they_are() -> None:
    chart = drawn(Row("行", (Bar("左 3", ((3.0, ONE), (1.0, TWO))), Bar("右 1", ((1.0, ONE),)))))
    assert widths(chart) == pytest.approx([260, 86, 86], abs=0.2)
    assert chart.get("role") == "img"
    names = {chart.findtext(f"{SVG}title"), chart.findtext(f"{SVG}desc")}
    assert names == {"题<目", "说&明"}
    words = [one.text for one in chart.iterfind(f"{SVG}text")]
    assert words == ["甲<", "乙", "行", "左 3", "右 1"]


def test_nothing_and_no_end_are_seen() -> None:
    chart = drawn(Row("行", (Bar("没有", ((0.0, ONE),)), Bar("无上限", ((2.0, TWO),), endless=True))))
    assert len(widths(chart)) == 1
    assert len(chart.findall(f"{SVG}path")) == len(chart.findall(f"{SVG}polygon")) == 1


def test_long_words_are_broken_and_numbers_are_not() -> None:
    lines = wrapped("很长的名字" * 8 + "12345678901234567890", WIDTH, 15)
    assert len(lines) > 1
    assert lines[-1].endswith("12345678901234567890")
    assert all(len(line) <= WIDTH / 15 for line in lines[:-1])


def test_the_page_has_a_chart_and_a_table_for_every_part_and_no_script(small: Case) -> None:
    told = telling(small.report)
    page = as_html(told)
    assert "<script" not in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    root = html.fromstring(page)
    for section in told.sections:
        (part,) = root.xpath(f'//section[@id="{section.id}"]')
        assert bool(part.xpath(".//*[local-name()='svg']")) == bool(section.chart)
        lines = part.xpath(".//tbody/tr")
        assert [[cell.text_content() for cell in line] for line in lines] == [
            list(row) for row in section.table.rows
        ]
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {"people", "money", "group0", "group1", "group2", "one-short", "failing"} <= set(ids)


def test_names_are_text_wherever_they_stand(small: Case) -> None:
    bad = '<b>"&'
    benefits = tuple(one.model_copy(update={"name": bad}) for one in small.report.benefits)
    page = as_html(telling(small.report.model_copy(update={"benefits": benefits, "title": bad})))
    assert "<b>" not in page
    assert escape(bad, quote=False) in page


def test_published_reports_are_found_and_other_files_are_not(small: Case, tmp_path: Path) -> None:
    assert list(published(tmp_path)) == []
    path = publish(small.report, tmp_path)
    assert publish(small.report, tmp_path) == path
    (path.parent / "broken.json").write_text("{}", encoding="utf-8")
    (tmp_path / "secret.json").write_text(small.report.model_dump_json(), encoding="utf-8")
    (only,) = published(tmp_path)
    assert (only.name, only.report) == (path.stem, small.report)
    assert find(tmp_path, "../secret") is None
    assert find(tmp_path, "broken") is None
    assert find(tmp_path, "nowhere") is None
