"""``huiqi report`` and ``huiqi sample`` on an installation with one case that was closed in March 2025."""

import json
from pathlib import Path

import pytest

from tests.cli.command import Ran, run, spawn

SHIPPED = Path(__file__).parents[2] / "catalogue"
CHINESE = {"LC_ALL": "zh_CN.UTF-8"}
MARCH = ("henan-complaints", "--month", "2025-03")
ONE_CASE = """
import sys
from datetime import date
from pathlib import Path

from huiqi.cli.installation import open_installation

open_installation(Path(sys.argv[1]), Path(sys.argv[2]))

from django.contrib.auth.models import User

from huiqi.casework.models import Post
from huiqi.casework.services import Act, Done, Opening, act_on, open_case

users = {}
for actor in ("受理机构", "调查处理机构", "省主管部门"):
    users[actor] = User.objects.create_user(actor)
    Post.objects.create(user=users[actor], procedure="henan-complaints", actor=actor)
number = ""
for day, event, actor, facts in (
    (3, "收到", "受理机构", {"线索来源": "其他渠道"}),
    (4, "受理", "受理机构", {"受理情形": "其他损害行为"}),
    (4, "转办", "受理机构",
     {"投诉对象": "党委政府部门", "对象层级": "省级", "特别情形": "没有", "承办层级": "省级"}),
    (5, "确认接收", "调查处理机构", {}),
    (6, "其他提请结案", "调查处理机构", {"结案情形": "调解和解"}),
    (7, "批准结案", "省主管部门", {"附条件或附期限": False}),
):
    act = Act(event, date(2025, 3, day), actor, event, facts)
    if number:
        found = act_on(users[actor], number, act)
    else:
        found = open_case(users[actor], Opening("henan-complaints", "收费", "", "郑州市", "甲局"), act)
    assert isinstance(found, Done), found
    number = found.case.number
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installation")
    ran = spawn(SHIPPED, folder, settings=CHINESE, program=ONE_CASE)
    assert (ran.code, ran.err) == (0, "")
    return folder


def asked(data: Path, *arguments: object) -> Ran:
    return spawn("--catalogue", SHIPPED, *arguments, "--data", data, settings=CHINESE)


def test_a_report_is_made_once_for_people_and_for_machines(data: Path, tmp_path: Path) -> None:
    said = asked(data, "report", *MARCH)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("营商环境投诉举报 2025-03（")
    assert "办结 1 件" in said.out
    assert "henan-complaints-2025-00001，郑州市，甲局，已结案" in said.out
    file = tmp_path / "report.json"
    saved = asked(data, "report", "营商环境投诉举报", "--month", "2025-03", "--json", "--out", file)
    assert (saved.code, saved.out, saved.err) == (0, "", "")
    found = json.loads(file.read_text("utf-8"))
    assert found["closing"]["words"] == "1/1（100.0%）"
    assert (found["procedure"], found["period"], found["entries"]) == ("henan-complaints", "2025-03", 6)
    assert found["digest"] in said.out
    assert asked(data, "report", *MARCH, "--json").json == found


def test_a_sample_is_drawn_once_and_again_with_a_reason(data: Path) -> None:
    first = asked(data, "sample", *MARCH, "--json").json
    assert first["drawn"] == ["henan-complaints-2025-00001"]
    assert (first["number"], first["share"], first["reason"]) == (1, 5, None)
    again = asked(data, "sample", *MARCH, "--again", "--reason", "要回避")
    assert "抽查第 2 次：办结 1 件，抽 1 件" in again.out
    assert "再抽的理由：要回避" in again.out
    assert asked(data, "sample", *MARCH).out == again.out
    (line,) = asked(data, "sample", "henan-complaints", "--month", "2999-12").complaints
    assert "还没有完" in line


@pytest.mark.parametrize("command", ["report", "sample"])
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("henan-complaints",), "写一个，也只写一个"),
        (("henan-complaints", "--month", "2025-03", "--year", "2025"), "写一个，也只写一个"),
        (("henan-complaints", "--month", "2025-13"), "“2025-13”不是月份：写成 2026-03"),
        (("henan-complaints", "--month", "9999-12"), "不是月份"),
        (("henan-complaints", "--year", "25"), "“25”不是年份：写成 2026"),
        (("henan-complaint", "--year", "2025"), "henan-complaints"),
    ],
)
def test_what_cannot_be_asked_is_explained_in_a_line(
    command: str, arguments: tuple[str, ...], words: str
) -> None:
    (line,) = run("--catalogue", SHIPPED, command, *arguments).complaints
    assert words in line


def test_another_draw_takes_both_its_options() -> None:
    for arguments in (("--again",), ("--reason", "要回避")):
        (line,) = run("--catalogue", SHIPPED, "sample", *MARCH, *arguments).complaints
        assert "--again 和 --reason" in line
