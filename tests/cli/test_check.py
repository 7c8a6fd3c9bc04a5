"""``huiqi check``: silent about a good catalogue, a line with the place for each mistake of a bad one."""

from pathlib import Path

import pytest

from tests.cli.command import ENTERPRISE, run
from tests.procedures.examples import SMALL
from tests.support import FACTS, Library, benefit, document


def test_is_silent_when_all_is_well(library: Library) -> None:
    for more in ((), ("catalogue",), ("catalogue/xx",), (".",)):
        ran = run("check", *more)
        assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert run("check", "--json").json == []


def test_names_file_line_column_and_the_right_word(library: Library) -> None:
    library.put("xx/benefits.yaml", document(benefit("全部满足: [{名: 够, 式: 投资款 >= 3万元}]")))
    ran = run("check")
    assert (ran.code, ran.err) == (1, "")
    (line,) = ran.out.splitlines()
    place, _, words = line.partition(": 错误: ")
    file, row, column = place.split(":")
    assert file == str(Path("catalogue/xx/benefits.yaml"))
    written = Path(file).read_text(encoding="utf-8").splitlines()[int(row) - 1]
    assert written[int(column) - 1 :].startswith("投资款")
    assert "投资额" in words


def test_gives_machines_the_same(library: Library) -> None:
    library.put("xx/benefits.yaml", document(benefit("全部满足: [{名: 够, 式: 投资款 >= 3万元}]")))
    ran = run("check", "--json")
    assert ran.code == 1
    (one,) = ran.json
    assert one.keys() == {"severity", "file", "line", "column", "message", "hint"}
    assert (one["severity"], type(one["line"]), type(one["column"])) == ("error", int, int)


def test_says_every_mistake_at_once(library: Library) -> None:
    library.put(
        "xx/benefits.yaml",
        document(
            benefit("全部满足: [{名: 够, 式: 投资款 >= 3万元}]"),
            benefit("全部满足: [{名: 够, 式: 投资额 >= 3吨}]", id="b"),
        ),
    )
    library.put("facts/more.yaml", "事实:\n  重: {类型: 金额额, 问: 多重？}\n")
    assert len(run("check").out.splitlines()) == 3


def test_a_path_limits_what_is_shown(library: Library) -> None:
    library.put("xx/benefits.yaml", document(benefit("全部满足: [{名: 够, 式: 投资款 >= 3万元}]")))
    assert run("check", "catalogue/facts").code == 0
    for path in ("catalogue/xx", "catalogue/xx/benefits.yaml"):
        ran = run("check", path)
        assert (ran.code, len(ran.out.splitlines())) == (1, 1)


def test_a_warning_is_shown_and_is_no_failure(library: Library) -> None:
    library.put("facts/more.yaml", "事实:\n  多余: {类型: 是否, 问: 是吗？}\n")
    ran = run("check")
    assert ran.code == 0
    assert ": 提醒: 事实“多余”没有规则用到" in ran.out
    assert run("check", "--json").json[0]["severity"] == "warning"


def test_looks_at_the_cases_and_at_the_demonstration_enterprises_too(library: Library) -> None:
    library.put(ENTERPRISE, "企业名称: 某某公司\n投资款: 1元\n")
    cases = "例:\n  - {事项: xx-2023/titel, 日期: 2024-06-01, 基准: {}, 试: [{名: 甲, 判定: 符合}]}\n"
    library.put("xx/cases.yaml", cases)
    ran = run("check")
    assert ran.code == 1
    assert ran.out.splitlines() == [
        f"{Path('catalogue/xx/cases.yaml')}:2:10: 错误: 没有“xx-2023/titel”（是不是“xx-2023/title”？）",
        f"{Path('catalogue', ENTERPRISE)}:2:1: 错误: 词表里没有“投资款”这个事实（是不是“投资额”？）",
    ]


def test_looks_at_the_procedures_too(library: Library) -> None:
    library.put("xx/procedure.yaml", SMALL)
    assert (run("check").code, run("check").out) == (0, "")
    library.put("xx/procedure.yaml", SMALL.replace("单位: 工作日", "单位: 工作天"))
    for more in ((), ("catalogue/xx",), ("catalogue/xx/procedure.yaml",)):
        ran = run("check", *more)
        assert (ran.code, ran.err) == (1, "")
        assert all(
            line.startswith(f"{Path('catalogue/xx/procedure.yaml')}:") for line in ran.out.splitlines()
        )
    assert run("check", "catalogue/facts").code == 0


@pytest.mark.parametrize("command", ["check", "test"])
def test_a_path_that_there_is_not_or_that_is_no_part_of_a_catalogue_is_bad_input(
    library: Library, command: str
) -> None:
    Path("elsewhere").mkdir()
    (line,) = run(command, "nowhere").complaints
    assert line == "nowhere: 没有这个路径"
    (line,) = run(command, "elsewhere").complaints
    assert line == "elsewhere: 不在规则库 catalogue 里"


@pytest.mark.parametrize("command", ["check", "test"])
def test_a_path_inside_another_catalogue_belongs_to_that_one(
    library: Library, command: str, tmp_path: Path
) -> None:
    other = Library.of(
        tmp_path / "other", benefit("全部满足: [{名: 够, 式: 投资款 >= 3万元}]"), vocabulary=FACTS
    )
    ran = run(command, other.root / "xx")
    assert ran.code == {"check": 1, "test": 2}[command]
    assert "投资款" in ran.out + ran.err


@pytest.mark.parametrize("command", [("explain", "catalogue/" + ENTERPRISE), ("facts",), ("test",)])
def test_nothing_is_answered_from_a_broken_catalogue(library: Library, command: tuple[str, ...]) -> None:
    library.put("xx/benefits.yaml", document(benefit("全部满足: [{名: 够, 式: 投资款 >= 3万元}]")))
    (line,) = run(*command).complaints
    assert "catalogue/xx/benefits.yaml" in line
    assert "投资额" in line


def test_a_catalogue_whose_first_file_cannot_be_read_is_bad_input(library: Library) -> None:
    (library.root / "catalogue.yaml").write_bytes("规则库: {}".encode("gb18030"))
    (line,) = run("facts").complaints
    assert "GB18030" in line
    assert run("check").code == 1
