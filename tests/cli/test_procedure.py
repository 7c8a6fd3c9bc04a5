"""``huiqi procedure``: listing, showing, drawing, checking and trying procedures."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.command import run
from tests.procedures.examples import SMALL
from tests.support import Library

SHIPPED = Path(__file__).parents[2] / "catalogue"
AT = ("--catalogue", SHIPPED, "procedure")

EVENTS = """\
事:
  - {日: 2025-03-03, 事件: 收到, 事实: {线索来源: 经营主体或群众}}
  - {日: 2025-03-04, 事件: 受理, 事实: {受理情形: 其他损害行为}}
看: 2025-03-05
"""


def test_every_version_is_listed_and_has_its_stories() -> None:
    listed = run(*AT, "list", "--json").json
    ids = [one["id"] for one in listed]
    assert "henan-complaints" in ids
    assert len(listed) > len(set(ids)) >= 10
    assert "豫政办〔2024〕67号" in run(*AT, "list").out
    tested = run(*AT, "test", "--json")
    assert tested.code == 0
    assert all(row["stories"] > 0 for row in tested.json)
    assert len(tested.json) == len(listed)


def test_a_procedure_is_shown_in_words_and_as_data() -> None:
    shown = run(*AT, "show", "henan-complaints").out
    for words in ("受理：3 个工作日", "视为受理", "第七条第二款", "条文没有说清的"):
        assert words in shown
    data = run(*AT, "show", "henan-complaints", "--json").json
    assert data["clocks"]["受理"]["length"] == 3
    assert "path" not in data
    assert str(SHIPPED) not in str(data)


def test_the_version_of_the_day_is_taken() -> None:
    listed = run(*AT, "list", "--json").json
    ids = [one["id"] for one in listed]
    old, new = (one for one in listed if ids.count(one["id"]) == 2)
    for one in (old, new):
        data = run(*AT, "show", one["id"], "--on", one["since"], "--json").json
        assert data["since"] == one["since"]


def test_a_picture_is_drawn(tmp_path: Path) -> None:
    file = tmp_path / "picture.svg"
    assert run(*AT, "draw", "henan-complaints", "--out", file).code == 0
    assert ElementTree.fromstring(file.read_bytes()).tag.endswith("svg")
    assert run(*AT, "draw", "henan-complaints").out.encode() == file.read_bytes()


def test_a_case_is_tried(tmp_path: Path) -> None:
    file = tmp_path / "events.yaml"
    file.write_text(EVENTS, encoding="utf-8")
    ran = run(*AT, "simulate", "henan-complaints", file, "--json")
    assert ran.code == 0
    assert ran.json["standing"]["state"] == "已受理"
    file.write_text(EVENTS.replace("其他损害行为", "别的"), encoding="utf-8")
    refused = run(*AT, "simulate", "henan-complaints", file)
    assert refused.code == 1
    assert "受理情形" in refused.out
    file.write_text("事: 没有\n", encoding="utf-8")
    assert run(*AT, "simulate", "henan-complaints", file).complaints
    assert run(*AT, "simulate", "henan-complaints", tmp_path / "无").complaints


def test_mistakes_are_shown_with_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "procedure.yaml"
    file.write_text(SMALL, encoding="utf-8")
    assert run(*AT, "check", file).code == 0
    file.write_text(SMALL.replace("单位: 工作日", "单位: 工作天"), encoding="utf-8")
    ran = run(*AT, "check", file)
    assert ran.code == 1
    line = next(n for n, text in enumerate(file.read_text("utf-8").splitlines(), 1) if "工作天" in text)
    assert f"{file}:{line}:" in ran.out
    found = run(*AT, "check", tmp_path, "--json")
    assert (found.code, len(found.json)) == (1, len(ran.out.splitlines()))
    assert found.json[0].keys() == {"severity", "file", "line", "column", "message", "hint"}
    assert (found.json[0]["severity"], found.json[0]["line"]) == ("error", line)
    assert run(*AT, "check", "--json").json == []
    assert run(*AT, "check").code == 0
    assert run(*AT, "check", tmp_path / "nothing").complaints


@pytest.mark.parametrize("command", [["check"], ["procedure", "check"]], ids=" ".join)
def test_two_versions_in_force_on_one_day_are_a_mistake(command: list[str], library: Library) -> None:
    library.put("old/procedure.yaml", SMALL)
    assert run(*command).out == ""
    library.put("new/procedure.yaml", SMALL.replace("自: 2025-01-01", "自: 2025-07-01"))
    ran = run(*command)
    assert (ran.code, ran.err) == (1, "")
    (line,) = ran.out.splitlines()
    assert "2025-07-01" in line


@pytest.mark.parametrize("command", ["show", "draw", "test"])
def test_an_unknown_procedure_is_answered_with_the_nearest(command: str) -> None:
    (line,) = run(*AT, command, "henan-complaint").complaints
    assert "henan-complaints" in line


def test_a_case_is_tried_by_the_version_of_its_first_day(tmp_path: Path) -> None:
    only_new = "作出轻微处罚不公示"
    file = tmp_path / "events.yaml"
    for day, known in (("2026-03-31", False), ("2026-04-01", True)):
        file.write_text(f"事: [{{日: {day}, 事件: {only_new}}}]\n", encoding="utf-8")
        out = run(*AT, "simulate", "henan-two-letters", file).out
        assert (f"没有「{only_new}」这个事件" not in out) is known
    assert f"没有「{only_new}」" in run(*AT, "simulate", "henan-two-letters", file, "--on", "2026-03-31").out
