"""``huiqi explain``: the answer for people and for machines, and what its exit code says."""

from datetime import date
from typing import Any

import pytest

from huiqi.codes import uscc
from huiqi.evaluate.result import Verdict
from tests.cli.command import ENTERPRISE, Ran, run, with_facts
from tests.support import Library

DAY = "2024-06-01"
AMOUNT = {"kind": str, "low": (int, float), "high": (int, float, None), "unit": str}
UNMET = {"name": str, "cite": str, "have": str, "need": str}
BENEFIT = {
    "id": str,
    "name": str,
    "document": {"title": str, "number": (str, None)},
    "cite": str,
    "department": str,
    "subject": (str, None),
    "verdict": str,
    "amount": (AMOUNT, None),
    "missing": [str],
    "unmet": [UNMET],
    "why": dict,
}
PLAN = {
    "chosen": [{"id": str, "amount": (int, float)}],
    "total": (int, float),
    "left_out": [{"id": str, "because": str}],
}
CONTRACT = {"on": str, "benefits": [BENEFIT], "plan": PLAN}
"""What programs may rely on in the answer: keys and types. There may be more keys than these."""


def departures(found: Any, wanted: Any, where: str = "") -> list[str]:
    """Where data is not as a contract says."""
    if isinstance(wanted, tuple):
        return [] if any(not departures(found, one) for one in wanted) else [f"{where}: {found!r}"]
    if wanted is None or isinstance(wanted, type):
        exact = found is None if wanted is None else type(found) is wanted
        return [] if exact else [f"{where}: {found!r}"]
    if isinstance(wanted, list):
        if not isinstance(found, list):
            return [f"{where}: {found!r}"]
        return [one for at, item in enumerate(found) for one in departures(item, wanted[0], f"{where}[{at}]")]
    if not isinstance(found, dict):
        return [f"{where}: {found!r}"]
    lacking = [f"{where}.{key} is missing" for key in wanted.keys() - found.keys()]
    present = wanted.keys() & found.keys()
    return lacking + [one for key in present for one in departures(found[key], wanted[key], f"{where}.{key}")]


def explain(library: Library, *more: str) -> Ran:
    return run("explain", library.root / ENTERPRISE, "--on", DAY, *more)


def by_name(library: Library) -> dict[str, Any]:
    """The answer for machines, each benefit by its name and subject."""
    benefits = explain(library, "--json").json["benefits"]
    return {one["name"] + (one["subject"] or ""): one for one in benefits}


def test_the_answer_for_machines_keeps_its_contract(library: Library) -> None:
    answer = explain(library, "--json").json
    assert departures(answer, CONTRACT) == []
    assert answer["on"] == DAY
    assert {one["verdict"] for one in answer["benefits"]} == {str(one) for one in Verdict}


def test_departures_sees_a_wrong_type_and_a_missing_key() -> None:
    plan = {"chosen": [{"id": "x", "amount": True}], "total": "1", "left_out": None}
    assert sorted(departures(plan, PLAN)) == [".chosen[0].amount: True", ".left_out: None", ".total: '1'"]
    assert departures({"on": "", "benefits": []}, CONTRACT) == [".plan is missing"]


def test_an_answer_says_how_much_why_and_by_which_clause(library: Library) -> None:
    found = by_name(library)["设备补助"]
    assert (found["verdict"], found["cite"], found["department"]) == ("符合", "一", "某局")
    assert found["document"] == {"title": "某文件", "number": None}
    assert found["amount"] == {"kind": "不超过", "low": 1500000, "high": 1500000, "unit": "元"}
    (condition,) = found["why"]["children"]
    assert condition["name"] == "投资达标"
    assert condition["value"] is True
    assert condition["cite"] == "一"
    assert "300万元" in condition["text"]


def test_an_answer_says_what_fails_and_what_is_missing(library: Library) -> None:
    found = by_name(library)
    (unmet,) = found["项目补助乙线"]["unmet"]
    assert {key: unmet[key] for key in UNMET} == {
        "name": "设备够", "cite": "六", "have": "50万元", "need": "不少于100万元",
    }  # fmt: skip
    undecided = found["项目补助丙线"]
    assert (undecided["verdict"], undecided["missing"]) == ("待补充", ["项目.设备额"])
    assert undecided["amount"]["high"] is None


def test_outside_its_dates_a_benefit_gives_nothing_and_says_what_it_would_give(library: Library) -> None:
    found = by_name(library)["早期奖励"]
    assert (found["amount"]["low"], found["amount"]["high"]) == (0, 0)
    assert found["but_for_dates"]["verdict"] == "符合"
    assert found["but_for_dates"]["amount"]["low"] == 100000


def test_a_promise_without_a_rule_says_so(library: Library) -> None:
    assert by_name(library)["融资支持"]["not_computable"] == {"reason": "未给标准", "words": "没有写标准"}
    assert "未给标准：没有写标准" in explain(library, "--all").out


def test_the_plan_says_what_is_left_out_by_which_rule(library: Library) -> None:
    plan = explain(library, "--json").json["plan"]
    chosen = {one["id"]: one["amount"] for one in plan["chosen"]}
    assert chosen["xx-2023/equipment"] == 1500000
    assert plan["total"] == sum(chosen.values())
    (left,) = plan["left_out"]
    assert left["id"] == "xx-2023/title"
    assert "九" in left["because"]


def test_people_read_what_is_due_and_are_told_how_to_see_the_rest(library: Library) -> None:
    brief, full = explain(library), explain(library, "--all")
    assert brief.code == full.code == 0
    assert brief.err == full.err == ""
    assert brief.out.startswith("评价日 2024-06-01\n")
    assert "  设备补助  最高150万元\n    依据 某文件 一；某局；xx-2023/equipment\n" in brief.out
    assert "没过：设备够（六）现有 50万元；要求 不少于100万元，差50万元" in full.out
    assert "没过" not in brief.out
    assert "--all" in brief.out
    assert "--all" not in full.out
    assert "项目.设备额：设备多少钱？" in brief.out


def test_one_benefit_comes_with_its_reasons(library: Library) -> None:
    ran = explain(library, "--benefit", "xx-2023/equipment")
    assert "✓ 投资达标：" in ran.out
    assert "称号奖励" not in ran.out
    only = explain(library, "--benefit", "xx-2023/equipment", "--json").json
    assert [one["id"] for one in only["benefits"]] == ["xx-2023/equipment"]


@pytest.mark.parametrize(
    ("benefit", "code"),
    [
        ("xx-2023/equipment", 0),
        ("xx-2023/judged", 0),
        ("xx-2023/projects", 0),
        ("xx-2023/over", 1),
        ("xx-2023/promised", 1),
    ],
)
def test_the_exit_code_says_whether_something_is_or_may_be_due(
    library: Library, benefit: str, code: int
) -> None:
    assert explain(library, "--benefit", benefit).code == code
    assert explain(library, "--benefit", benefit, "--json").code == code


def test_an_enterprise_that_is_due_nothing_gets_its_reasons_and_exit_code_1(library: Library) -> None:
    facts = with_facts(library.root, "投资额: 299万元\n高新企业: 否\n从业人数: 19人\n项目: []\n")
    ran = run("explain", facts, "--on", DAY, "--all")
    assert (ran.code, ran.err) == (1, "")
    assert "现有 299万元；要求 不少于300万元，差1万元" in ran.out


def test_the_day_that_is_asked_about_decides(library: Library) -> None:
    facts = with_facts(library.root, "高新企业: 是\n")
    verdicts = {
        day: run("explain", facts, "--benefit", "xx-2023/over", "--on", day, "--json").json["benefits"][0][
            "verdict"
        ]
        for day in ("2022-12-31", "2023-01-01", "2023-12-31", "2024-01-01")
    }
    assert verdicts == {
        "2022-12-31": "不在期内", "2023-01-01": "符合", "2023-12-31": "符合", "2024-01-01": "不在期内",
    }  # fmt: skip


def test_without_a_day_today_is_meant(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huiqi.entitlements.answer.today", lambda: date(2025, 12, 31))
    answer = run("explain", library.root / ENTERPRISE, "--json").json
    assert answer["on"] == "2025-12-31"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_there_are_can_be_asked_about(library: Library, day: str) -> None:
    ran = run("explain", library.root / ENTERPRISE, "--on", day, "--all")
    assert (ran.code, ran.err) == (1, "")
    assert "不在期内" in ran.out


@pytest.mark.parametrize("day", ["2024-02-30", "2024/06/01", "昨天", "", "24-6-1", "2024-6-1", "10000-01-01"])
def test_what_is_no_day_gets_one_clear_line(library: Library, day: str) -> None:
    (line,) = run("explain", library.root / ENTERPRISE, "--on", day).complaints
    assert line == f"“{day}”不是日期：日期写成 2024-05-01"


def test_a_benefit_that_there_is_not_gets_the_nearest_one(library: Library) -> None:
    (line,) = explain(library, "--benefit", "xx-2023/equipmnet").complaints
    assert line == "没有标识为“xx-2023/equipmnet”的事项（是不是“xx-2023/equipment”？）"
    (line,) = explain(library, "--benefit", "？").complaints
    assert line == "没有标识为“？”的事项"


def test_a_code_may_be_typed_with_blanks_dashes_and_small_letters(library: Library) -> None:
    organisation = "MA9K3F2X"
    body = f"91410205{organisation}{uscc.organisation_check_character(organisation)}"
    code = body + uscc.check_character(body)
    typed = f" {code[:6]} {code[6:10].lower()}-{code[10:].lower()}　"
    for text, ending in ((code, 1), (typed, 1), (typed.replace("k", "h"), 2)):
        facts = with_facts(library.root, f'信用代码: "{text}"\n项目: []\n')
        assert run("explain", facts, "--benefit", "xx-2023/projects", "--on", DAY).code == ending
