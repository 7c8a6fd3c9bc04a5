"""Published impact reports: the list, one with its charts, and who may see them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from huiqi.casework.models import Post
from huiqi.matching.impact.report import ImpactReport
from huiqi.matching.impact.shelf import publish
from tests.portal.staff.conftest import Desk

Desks = Callable[..., Desk]


def report() -> ImpactReport:
    """A small report, with what has to be escaped in a name."""

    def kinds(*names: str, **counts: int) -> dict[str, dict[str, int]]:
        found = {name: counts.get(name, 0) for name in names}
        return {"certain": found, "granted": found}

    def budget(low: int, high: int) -> dict[str, int]:
        return {"low": low, "granted": low, "high": high, "unbounded": 0}

    money = {
        "old": budget(100_000, 300_000),
        "new": budget(200_000, 500_000),
        "difference": {"low": 100_000, "high": 200_000},
        "granted": {"low": 100_000, "high": 200_000},
    }
    outcomes = kinds("有得无失", "有得有失", "有失无得", "说不准", "不变", 有得无失=2, 不变=3)
    benefit = {
        "id": "xx/a",
        "name": "技改<补助>",
        "document": "某文件",
        "departments": ["某局"],
        "status": "修改",
        "kinds": kinds("新得", "多得", "少得", "失去", "不变", "说不准", 新得=2, 不变=3),
        "same_wait": 0,
        "visible": 2,
        "money": money,
        "verdicts": [{"old": "不符合", "new": "符合", "count": 2}],
        "one_short": [{"name": "投资额", "old": 4, "new": 1}],
        "failing": [{"name": "投资达标", "old": 9, "new": 7}],
    }
    group = {"name": "小型", "enterprises": 5, "outcomes": outcomes, "money": money}
    return ImpactReport.model_validate(
        {
            "title": "某文件改动的影响",
            "old": "旧",
            "new": "新",
            "on": "2025-03-03",
            "on_new": "2025-03-03",
            "table": "table.parquet",
            "rows": 5,
            "taken": 5,
            "rejected": 0,
            "changed": True,
            "outcomes": outcomes,
            "money": money,
            "benefits": [benefit],
            "groupings": [{"fact": "企业规模", "groups": [group]}],
            "reworded": [],
        }
    )


@pytest.fixture
def shelf(settings: Any, tmp_path: Path) -> Path:
    """A data folder of its own."""
    settings.DATA_DIR = tmp_path
    return tmp_path


def test_without_reports_one_is_told_how_they_come(desk: Desks, shelf: Path) -> None:
    one = desk("甲", "受理机构")
    assert "huiqi impact" in one.get("/staff/impact/")
    assert one.status == 200


def test_a_report_is_listed_and_shown_with_charts_and_tables(desk: Desks, shelf: Path) -> None:
    name = publish(report(), shelf).stem
    one = desk("甲", "受理机构")
    assert f'href="/staff/impact/{name}/"' in one.get("/staff/impact/")
    assert "增10万元至增20万元" in one.words
    page = one.get(f"/staff/impact/{name}/")
    assert one.status == 200
    assert page.count("<svg") == 5
    assert page.count("<title id=") == page.count("<desc id=") == 5
    assert "技改&lt;补助&gt;" in page
    assert "<补助>" not in page
    assert "style=" not in page
    assert "投资达标" in one.words
    assert 'aria-current="page">政策影响' in page


@pytest.mark.parametrize("name", ["nothing", "2025-03-03-ffffffff"])
def test_a_report_that_is_not_there_is_said(desk: Desks, shelf: Path, name: str) -> None:
    one = desk("甲", "受理机构")
    one.get(f"/staff/impact/{name}/")
    assert one.status == 404


def test_only_those_with_a_post_see_reports(desk: Desks, shelf: Path, client: Client) -> None:
    name = publish(report(), shelf).stem
    for path in ("/staff/impact/", f"/staff/impact/{name}/"):
        assert client.get(path).status_code == 302
    stranger = desk("外人")
    assert not Post.objects.filter(user=User.objects.get(username="外人")).exists()
    for path in ("/staff/impact/", f"/staff/impact/{name}/"):
        stranger.get(path)
        assert stranger.status == 403
        assert "技改" not in stranger.page
