"""``huiqi allot``: lists over a table, what is written and said, and what is turned down."""

import csv
from pathlib import Path

import polars as pl
import pytest

from tests.cli.command import Ran, run
from tests.support import Library, benefit, document, reference

TABLE = """\
编号,高新企业,投资额,企业规模,申请日,得分
A,是,9万元,大型,2024-01-01,80
B,是,5万元,大型,2024-01-02,90
C,是,,小型,2024-01-03,70
D,否,7万元,大型,2024-01-04,60
E,,1万元,大型,2024-01-05,50
"""
EXTRAS = ("--ignore", "申请日", "--ignore", "得分")
HEADING = ["编号", "项", "事项", "名次最好", "名次最差", "依据值", "结果", "金额最低", "金额最高", "理由"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with a catalogue and a table."""
    monkeypatch.chdir(tmp_path)
    ranked = "全部满足: [{名: 高新, 式: 高新企业}]\n名额: {前: 2名, 按式: 投资额}"
    text = document(
        benefit(ranked, id="a"),
        benefit("名额: {前: 1名, 按: 综合排名}", id="b"),
        benefit("金额: {定额: 10元}\n名额: {预算总额: 25元, 不足时: 先到先得}", id="c"),
        benefit(id="d"),
    )
    Library.of(tmp_path / "catalogue", text=text)
    (tmp_path / "table.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


def allot(
    *more: object, table: str = "table.csv", out: str = "out.csv", id: str = "a", on: str = "2024-06-01"
) -> Ran:
    return run("allot", table, "--benefit", f"xx-2023/{id}", "--out", out, "--on", on, *more)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_everybody_on_the_list_with_position_and_reason(here: Path) -> None:
    ran = allot(*EXTRAS)
    assert (ran.code, ran.err) == (0, "")
    found = rows(here / "out.csv")
    assert list(found[0]) == HEADING
    assert [(one["编号"], one["名次最好"], one["名次最差"], one["结果"]) for one in found] == [
        ("A", "1", "2", "入选"),
        ("C", "1", "4", "未定"),
        ("B", "2", "3", "未定"),
        ("E", "3", "4", "未入选"),
    ]
    last = found[-1]
    assert (last["依据值"], last["金额最低"], last["金额最高"]) == ("1万元", "0.00", "0.00")
    assert last["理由"] == "即使符合条件，最好也只排第3名，前2名已满，与第2名至少相差4万元"
    assert [found[0]["金额最低"], found[0]["金额最高"]] == ["100000.00"] * 2
    assert ran.out.splitlines() == [
        "2024-06-01，表里 5 行；名次只在这张表里排",
        "a补助（xx-2023/a）",
        "  按投资额排名，取前2名",
        "  候选 4：入选 1，未入选 1，未定 2",
        "  入选的合计 10万元",
    ]


def test_only_those_of_whom_everything_is_known(here: Path) -> None:
    ran = allot(*EXTRAS, "--known-only")
    assert {one["编号"]: one["结果"] for one in rows(here / "out.csv")} == {"A": "入选", "B": "入选"}
    assert "  另有 2 家数据不全，没有参加" in ran.out.splitlines()


def test_parquet_holds_the_same(here: Path) -> None:
    assert allot(*EXTRAS).code == 0
    assert allot(*EXTRAS, out="out.parquet").code == 0
    frame = pl.read_parquet(here / "out.parquet")
    assert frame.columns == HEADING
    assert frame.schema["名次最差"] == pl.Int64
    written = pl.read_csv(here / "out.csv", infer_schema=False)
    assert frame.cast(pl.String).equals(written)


def test_the_order_of_the_rows_makes_no_difference(here: Path) -> None:
    assert allot(*EXTRAS).code == 0
    head, *lines = TABLE.splitlines()
    (here / "turned.csv").write_text("\n".join([head, *reversed(lines)]) + "\n", encoding="utf-8")
    assert allot(*EXTRAS, table="turned.csv", out="turned-out.csv").code == 0
    assert (here / "turned-out.csv").read_bytes() == (here / "out.csv").read_bytes()


def test_for_machines(here: Path) -> None:
    found = allot(*EXTRAS, "--json").json
    assert found == {
        "on": "2024-06-01",
        "rows": 5,
        "rejected": 0,
        "lists": [
            {
                "id": "xx-2023/a",
                "name": "a补助",
                "rule": "按投资额排名，取前2名",
                "candidates": 4,
                "taken": 1,
                "left": 1,
                "undecided": 2,
                "low": 10_000_000,
                "high": 10_000_000,
                "set_aside": 0,
            }
        ],
        "out": "out.csv",
        "rejects": None,
    }


def test_scores_from_a_column(here: Path) -> None:
    ran = allot("--score", "xx-2023/b=得分", "--ignore", "申请日", id="b")
    assert (ran.code, ran.err) == (0, "")
    found = {one["编号"]: one for one in rows(here / "out.csv")}
    assert {name: one["结果"] for name, one in found.items()} == {"B": "入选"} | dict.fromkeys(
        "ACDE", "未入选"
    )
    assert found["A"]["理由"] == "排第2名，前1名已满，与第1名相差10"


def test_first_come_first_served(here: Path) -> None:
    ran = allot("--received", "申请日", "--ignore", "得分", id="c")
    assert (ran.code, ran.err) == (0, "")
    found = {one["编号"]: (one["结果"], one["金额最高"], one["名次最好"]) for one in rows(here / "out.csv")}
    assert found == {
        "A": ("入选", "10.00", ""),
        "B": ("入选", "10.00", ""),
        "C": ("未定", "5.00", ""),
        "D": ("未入选", "0.00", ""),
        "E": ("未入选", "0.00", ""),
    }


@reference("L10.11")
def test_a_row_that_cannot_be_read_may_take_a_place_unless_it_is_dropped(here: Path) -> None:
    (here / "table.csv").write_text(
        TABLE.replace("9万元", "很多").replace("C,是,,", "C,是,2万元,"), encoding="utf-8"
    )
    ran = allot(*EXTRAS)
    assert ran.code == 0
    assert "1 行读不了，原因在 out.rejects.csv" in ran.out
    assert "很多" in (here / "out.rejects.csv").read_text(encoding="utf-8-sig")
    found = {one["编号"]: one for one in rows(here / "out.csv")}
    assert (found["A"]["结果"], found["B"]["结果"], found["C"]["结果"]) == ("未定", "入选", "未定")
    assert found["A"]["理由"].startswith("还不能确定符合条件（缺高新企业）")
    assert allot(*EXTRAS, "--drop-rejects").code == 0
    found = {one["编号"]: one for one in rows(here / "out.csv")}
    assert {name: one["结果"] for name, one in found.items()} == {"B": "入选", "C": "入选", "E": "未入选"}


def test_a_row_that_repeats_an_id_takes_no_second_place(here: Path) -> None:
    (here / "table.csv").write_text(TABLE + "A,是,99万元,大型,2024-01-01,80\n", encoding="utf-8")
    assert allot(*EXTRAS).code == 0
    found = [one["编号"] for one in rows(here / "out.csv")]
    assert sorted(found) == ["A", "B", "C", "E"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"id": "x"}, "没有标识为“xx-2023/x”的事项（是不是“xx-2023/a”？）"),
        ({"id": "d"}, "“xx-2023/d”没有名额要分，有名额的：xx-2023/a、xx-2023/b、xx-2023/c"),
        ({"id": "a,"}, None),
        (
            {"on": "2027-01-01"},
            "“xx-2023/a”在 2027-01-01 不在期内（适用期 2023-01-01 至 2025-12-31），用 --on 换一天",
        ),
        ({"out": "out.txt"}, "out.txt：--out 要是 .csv 或 .parquet 文件"),
        ({"table": "none.csv"}, "none.csv: 没有这个文件"),
    ],
)
def test_wrong_input_is_one_clear_line(arguments: dict[str, str], said: str | None, here: Path) -> None:
    ran = allot(*EXTRAS, **arguments)
    if said is None:
        assert ran.code == 0
    else:
        assert ran.complaints == [said]
        assert not (here / "out.csv").exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--score", "得分"), "--score 写成 标识=列，不是“得分”"),
        (("--score", "xx-2023/c=得分"), "--score 里的“xx-2023/c”没有排名（是不是“xx-2023/a”？）"),
        (("--score", "xx-2023/a=得份"), "表里没有“得份”这一列，是不是“得分”？"),
        (("--score", "xx-2023/a=高新企业"), "“高新企业”不是数，不能这样用"),
        (("--received", "投资额"), "“投资额”不是日期，不能这样用"),
        (("--received", "申请"), "表里没有“申请”这一列，是不是“申请日”？"),
    ],
)
def test_wrong_columns_are_one_clear_line(more: tuple[str, ...], said: str, here: Path) -> None:
    assert allot(*EXTRAS, *more).complaints == [said]
    assert not (here / "out.csv").exists()


def test_what_the_lists_do_not_lean_on_turns_no_row_down(here: Path) -> None:
    (here / "table.csv").write_text(TABLE.replace("小型", "不大不小"), encoding="utf-8")
    ran = allot(*EXTRAS)
    assert (ran.code, ran.err) == (0, "")
    assert "读不了" not in ran.out


def test_a_column_that_is_no_fact_is_named(here: Path) -> None:
    (line,) = allot("--ignore", "申请日").complaints
    assert "词表里没有“得分”这个事实" in line


def test_what_is_needed_is_named(here: Path) -> None:
    (line,) = run("allot", "table.csv", "--out", "out.csv").complaints
    assert "缺少" in line


def test_the_real_lists_of_research(here: Path) -> None:
    """前50名占比高 and 增速快 are ranked by what the clause says and exclude each other."""
    real = Path(__file__).parents[2] / "catalogue"
    lines = [
        "编号,主体类型,规模以上工业企业,研发经费投入（万元）,前一年研发经费投入（万元）,营业收入（万元）"
    ]
    lines += [f"F{n:02},企业,是,{1000 + n},{900 + 3 * n},{20000 + 7 * n * n}" for n in range(60)]
    (here / "factories.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    ran = run(
        "--catalogue", real, "allot", "factories.csv", "--on", "2025-03-01", "--out", "out.csv",
        "--benefit", "henan-tech-ten-2024/research-top200,henan-tech-ten-2024/research-intensity",
    )  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    found = rows(here / "out.csv")
    top = [one for one in found if one["事项"].endswith("top200")]
    assert {one["结果"] for one in top} == {"入选"}
    assert (top[0]["编号"], top[0]["依据值"], top[0]["理由"]) == ("F59", "1059万元", "排第1名，在前200名之内")
    shares = [one for one in found if one["事项"].endswith("intensity")]
    assert shares[0]["依据值"].endswith("%")
    assert all("两个名单不重复" in one["理由"] for one in shares if one["结果"] == "未定")
