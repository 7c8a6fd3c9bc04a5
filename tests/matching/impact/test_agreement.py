"""Every number of a report is what single answers come to, enterprise by enterprise."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from huiqi.catalogue.load import Catalogue
from huiqi.matching.impact.change import KINDS, OUTCOMES
from huiqi.matching.impact.report import Change, ImpactReport, Kinds
from huiqi.matching.impact.versions import Versions, open_new
from tests.matching.conftest import ON
from tests.matching.impact.conftest import SHARED, Case, compare
from tests.matching.impact.slowly import Slow, Sums, slowly


@pytest.fixture(scope="module")
def slow(small: Case) -> Slow:
    return slowly(small, lambda id_: id_.removeprefix("xx-2023/") in SHARED)


def money(change: Change) -> dict[str, Any]:
    """The numbers of a report as fractions."""

    def exact(end: str, value: Any) -> Any:
        return value if end == "unbounded" or value is None else Fraction(value)

    parts = change.model_dump().items()
    return {name: {end: exact(end, value) for end, value in part.items()} for name, part in parts}


def counts(kinds: Kinds, sums: Sums) -> bool:
    """Whether the counts are the same; what is not counted is zero."""
    pairs = ((kinds.certain, sums.certain), (kinds.granted, sums.granted))
    return all(
        {name: count for name, count in ours.items() if count} == dict(theirs) for ours, theirs in pairs
    )


def agree(report: ImpactReport, found: Slow) -> None:
    assert [one.id for one in report.benefits] == list(found.benefits)
    for one in report.benefits:
        sums = found.benefits[one.id]
        assert counts(one.kinds, sums), one.id
        assert one.same_wait == sums.same_wait, one.id
        assert {(step.old, step.new): step.count for step in one.verdicts} == dict(sums.verdicts)
        for near, slowly_ in ((one.one_short, sums.short), (one.failing, sums.failing)):
            for side in ("old", "new"):
                ours = {entry.name: getattr(entry, side) for entry in near if getattr(entry, side)}
                assert ours == dict(slowly_[side]), (one.id, side)
        if one.money is None:
            assert not any(sums.money.sums.values())
        else:
            assert money(one.money) == sums.money.told(), one.id
    assert counts(report.outcomes, found.everybody)
    assert money(report.money) == found.everybody.money.told()
    groups = {(one.fact, group.name): group for one in report.groupings for group in one.groups}
    assert set(groups) == set(found.groups)
    for key, group in groups.items():
        sums = found.groups[key]
        assert counts(group.outcomes, sums), key
        assert money(group.money) == sums.money.told(), key
        assert group.enterprises == sum(sums.certain.values())


def test_every_number_is_what_single_answers_come_to(small: Case, slow: Slow) -> None:
    agree(small.report, slow)


def test_the_made_up_enterprises_have_every_kind_of_change_and_outcome(slow: Slow) -> None:
    seen = {kind for sums in slow.benefits.values() for kind in (*sums.certain, *sums.granted)}
    assert seen == set(KINDS)
    assert {*slow.everybody.certain, *slow.everybody.granted} >= set(OUTCOMES) - {"不变", "有失无得"}
    assert any(sums.money.endless["old"] for sums in slow.benefits.values())
    assert any(sums.same_wait for sums in slow.benefits.values())
    assert any(sums.certain != sums.granted for sums in slow.benefits.values())


def test_who_is_touched_is_listed_with_both_verdicts_and_the_change(small: Case, slow: Slow) -> None:
    table = pl.read_parquet(small.found.who)
    columns = ("原结论", "新结论", "变化", "若获批", "原缺", "新缺")
    ours = {
        (row["编号"], row["事项"]): tuple(row[column] for column in columns)
        for row in table.iter_rows(named=True)
    }
    assert ours == slow.rows
    assert len(table) == len(ours) == small.found.touched


def test_the_list_adds_up_to_the_sums(small: Case) -> None:
    table = pl.read_parquet(small.found.who)
    for one in small.report.benefits:
        mine = table.filter(事项=one.id)
        if one.money is None or one.id.endswith(("promised", "threshold")):
            continue
        for column, range_ in (
            ("差额最低", one.money.difference.low),
            ("差额最高", one.money.difference.high),
        ):
            if range_ is not None:
                assert mine[column].sum() == range_, (one.id, column)


def test_chunks_and_formats_make_no_difference(small: Case, tmp_path: Path) -> None:
    other = compare(small.versions, small.table, tmp_path / "out", rows=200, csv=True)
    assert other.report == small.report
    both = (pl.read_parquet(small.found.who), pl.read_csv(other.found.who, infer_schema=False))
    columns = ["编号", "事项", "变化", "若获批", "都等", "差额最低"]
    amounts = [
        table.select(pl.col(columns[:-1]).fill_null(""), pl.col("差额最低").cast(pl.Decimal(38, 6)))
        .sort("编号", "事项")
        .rows()
        for table in both
    ]
    assert amounts[0] == amounts[1]


def test_a_report_survives_being_written_and_read(small: Case) -> None:
    text = small.report.model_dump_json()
    assert ImpactReport.model_validate_json(text) == small.report
    cost = small.report.money.new.high
    assert Fraction(str(json.loads(text)["money"]["new"]["high"])) == Fraction(cost)


def test_the_shipped_catalogue_agrees_too(shipped: Catalogue, people: pl.DataFrame, tmp_path: Path) -> None:
    source = shipped.root / "henan" / "kaifeng" / "market-entities-2023" / "benefits.yaml"
    text = source.read_text(encoding="utf-8")
    changed = text.replace(
        "金额: {定额: 5万元, 性质: 不超过, 字样: 5万元}", "金额: {定额: 8万元, 性质: 不超过, 字样: 8万元}"
    )
    changed = changed.replace(
        "设备软件投资额 >= 300万元, 字样: 300万元以上", "设备软件投资额 >= 200万元, 字样: 200万元以上"
    )
    (tmp_path / "changed.yaml").write_text(changed, encoding="utf-8")
    versions = Versions(shipped, open_new(tmp_path / "changed.yaml", shipped), ON, ON)
    assert len(versions.pairs) == 5
    table = tmp_path / "table.parquet"
    people.head(150).write_parquet(table)
    case = compare(versions, table, tmp_path / "out")
    agree(case.report, slowly(case, lambda id_: "newly-listed" in id_))
    assert case.report.changed
