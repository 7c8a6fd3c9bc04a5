"""Definitions and cases in words and pictures."""

import json
import subprocess
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from huiqi.procedures import ProcedureError, draw, load_procedure, run_cases, show, simulate
from tests.procedures.examples import CALENDAR, COMPLAINTS, small, street

SVG = "{http://www.w3.org/2000/svg}"
EVENTS = """\
事:
  - {日: 2025-03-03, 事件: 申请, 材料: 申请书}
  - {日: 2025-03-04, 事件: 许可}
看: 2025-03-11
"""
WRONG_STORY = """\
例:
  - {名: 甲, 依据: 第四条, 事: [{日: 2025-03-03, 事件: 申请, 材料: 申请书}], 看: 2025-03-03,
     状态: 已许可, 到期: {审查: 2025-03-11}}
"""


def test_events_of_a_file_are_tried_one_by_one_and_a_refused_one_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    path.write_text(EVENTS, encoding="utf-8")
    seen = simulate(small(tmp_path), path, CALENDAR)
    assert seen.refused
    assert "要写明「位置合适」" in seen.as_text()
    assert "期限「审查」届满：视为许可" in seen.as_text()
    data = json.loads(json.dumps(seen.as_data(), ensure_ascii=False))
    assert data["standing"]["state"] == "已许可"
    assert data["events"][0] == {"event": "2025-03-03 申请", "refused": None}
    assert data["standing"]["clocks"][0]["due"] == "2025-03-10"


@pytest.mark.parametrize(
    "text",
    [
        "事: []\n",
        "事:\n  - {日: 明天, 事件: 申请}\n",
        "事:\n  - {日: 2025-03-03, 事件: 申请, 事实: {位置合适: [1]}}\n",
    ],
)
def test_a_wrong_file_of_events_is_said_with_its_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProcedureError, match=r"events\.yaml:\d+:\d+: 错误"):
        simulate(small(tmp_path), path, CALENDAR)


def test_a_story_that_expects_the_wrong_thing_fails_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "procedure-cases.yaml"
    path.write_text(WRONG_STORY, encoding="utf-8")
    failures = run_cases(small(tmp_path), path, CALENDAR).failures
    assert [(one.line, "应是" in one.message) for one in failures[:2]] == [(3, True), (3, True)]
    assert "2 格没有例" in failures[2].message


def test_a_story_may_say_that_something_never_began_but_not_of_an_unknown_name(tmp_path: Path) -> None:
    path = tmp_path / "procedure-cases.yaml"
    story = WRONG_STORY.replace(
        "状态: 已许可, 到期: {审查: 2025-03-11}", "到期: {答复: 没有, 审查: 没有, 答覆: 没有}"
    )
    path.write_text(story, encoding="utf-8")
    first, second, *_ = run_cases(small(tmp_path), path, CALENDAR).failures
    assert "期限「审查」应是 没有，得 2025-03-10、在走" in first.message
    assert "没有期限「答覆」" in second.message


def test_show_names_every_part_with_its_clause() -> None:
    definition = load_procedure(COMPLAINTS)
    text = show(definition)
    for part in (
        definition.actors,
        definition.states,
        definition.events,
        definition.clocks,
        definition.duties,
    ):
        assert all(name in text for name in part)
    assert all(question.why in text for question in definition.questions.values())


def test_show_says_levels_conditions_open_numbers_and_what_is_counted(tmp_path: Path) -> None:
    text = show(street(tmp_path))
    for words in (
        "注：试点到年底",
        "身份只给巡查队、街道办看（第二条）",
        "档次是大：提请处理 → 街道办 → 区城管 → 市城管「批准处理」",
        "档次是小：提请处理 → 市城管「批准处理」",
        "有伤人是是时",
        "几日内回访由街道规定，还没有填",
        "参数「平时几日」：平时几日由区里规定，5 个工作日",
        "抽查：每地每部门不少于百分之 5（第十一条）",
        "满意：回访时满意是是（第十条）",
        "跟踪：自列账至销账（第八条）",
    ):
        assert words in text, words


def test_the_picture_has_a_box_for_every_state_and_an_arrow_for_every_transition() -> None:
    definition = load_procedure(COMPLAINTS)
    picture = draw(definition)
    assert picture == draw(definition)
    root = ElementTree.fromstring(picture)
    boxes = [each for each in root.iter(f"{SVG}rect") if each.get("class", "").startswith("box")]
    assert len(boxes) == len(definition.states)
    moves = sum(
        1
        for state in definition.states
        for event in definition.events.values()
        if state in event.sources and event.target not in ("", state)
    )
    assert sum(1 for each in root.iter(f"{SVG}path") if each.get("marker-end")) == moves
    spans = sorted((float(each.get("y", 0)), float(each.get("height", 0))) for each in boxes)
    assert all(y + height < below for (y, height), (below, _) in pairwise(spans))


@pytest.mark.browser
def test_no_word_of_the_picture_leaves_its_box(chromium: str, tmp_path: Path) -> None:
    page = tmp_path / "picture.html"
    script = (
        "<script>document.title=[...document.querySelectorAll('text')]"
        ".filter(t=>t.getBBox().x+t.getBBox().width>580)"
        ".map(t=>t.textContent).join('|')||'all inside'</script>"
    )
    svg = draw(load_procedure(COMPLAINTS)).decode()
    page.write_text(f"<!doctype html><meta charset=utf-8><body>{svg}{script}", encoding="utf-8")
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=True)
    assert "<title>all inside</title>" in done.stdout
