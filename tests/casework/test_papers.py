"""Papers of cases: numbered, kept with what they were made from, without who complained."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from docx import Document as WordDocument

from huiqi.casework import book
from huiqi.casework.models import Counter, Document
from huiqi.casework.papers import make_paper, makeable
from huiqi.casework.services import Rejected, act_on
from huiqi.papers import wanted_by
from tests.casework.conftest import at
from tests.casework.test_services import act, receive

Clerk = Callable[..., User]
FIELDS = frozenset(
    [
        "字号",
        "案号",
        "标题",
        "收件人",
        "单位",
        "日期",
        "事件",
        "事件日",
        "依据",
        "事实",
        "案件事实",
        "材料",
        "各期限",
        "说明",
    ]
)


def supplemented(user: User, key: str = "open") -> str:
    case = receive(user, key)
    facts = {"补正情形": "缺少重要内容", "补正期至": date(2025, 3, 14)}
    wanted = act("下达补正通知", "2025-03-04", "受理机构", f"{key}-2", facts=facts, materials=("补正通知书",))
    act_on(user, case.number, wanted, now=at("2025-03-04"))
    return case.number


def test_a_paper_is_numbered_and_kept_with_its_data(clerk: Clerk) -> None:
    user = clerk("甲", "受理机构")
    number = supplemented(user)
    made = make_paper(user, number, 2, "补正通知书", now=at("2025-03-04"))
    assert isinstance(made, Document), made
    assert made.number == "投诉补字〔2025〕1号"
    lines = [each.text for each in WordDocument(BytesIO(bytes(made.word))).paragraphs]
    assert any("缺少重要内容" in line for line in lines)
    assert any("2025年3月14日" in line for line in lines)
    assert "某商行" not in str(lines) + str(made.data)
    assert bytes(made.pdf).startswith(b"%PDF")
    assert make_paper(user, number, 2, "补正通知书", now=at("2025-03-05")) == made
    other = make_paper(user, supplemented(user, "other"), 2, "补正通知书", now=at("2025-03-05"))
    assert isinstance(other, Document)
    assert other.number == "投诉补字〔2025〕2号"
    assert makeable(made.case, book.definition_of(made.case)) == []


def test_papers_that_may_not_be_are_refused(clerk: Clerk) -> None:
    user = clerk("甲", "受理机构")
    number = supplemented(user)
    for who, case, seq, kind, words in (
        (user, "无此号", 2, "补正通知书", "没有案件"),
        (user, number, 1, "补正通知书", "没有「补正通知书」"),
        (user, number, 2, "结案书", "没有「结案书」"),
        (clerk("外人"), number, 2, "补正通知书", "岗位"),
    ):
        found = make_paper(who, case, seq, kind)
        assert isinstance(found, Rejected)
        assert words in found.reason


def test_a_template_that_cannot_be_filled_costs_no_number(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    user = clerk("甲", "受理机构")
    number = supplemented(user)
    broken = tmp_path / "补正通知书.docx"
    document = WordDocument()
    document.add_paragraph("{{ 不知道 }}")
    document.save(str(broken))
    fill: Any = __import__("huiqi.papers", fromlist=["fill"]).fill
    monkeypatch.setattr("huiqi.casework.papers.fill", lambda _, data: fill(broken, data))
    found = make_paper(user, number, 2, "补正通知书")
    assert isinstance(found, Rejected)
    assert "不知道" in found.reason
    assert not Counter.objects.filter(name__startswith="投诉补字").exists()


def test_the_templates_that_are_shipped_ask_for_nothing_unknown() -> None:
    kinds = [kind for one in book.procedures() for kind in one.papers.values()]
    assert len(kinds) >= 8
    for kind in kinds:
        assert wanted_by(kind.template) - FIELDS == frozenset(), kind.name
