"""Mutation: every way of being wrong is tried, good cases notice each, and thin ones let some live."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given

from huiqi.catalogue.cases import read_cases
from huiqi.catalogue.mutate import MutationReport, mutants, mutate, tree_mutants
from huiqi.language import syntax as s
from huiqi.language import types as t
from tests.printer import printed
from tests.support import Library, benefit, document, formula, reference
from tests.trees import trees

DAY = "2024-06-01"


def changes(text: str) -> list[str]:
    return [change for _, change, _ in tree_mutants(formula(text))]


@reference("L13.4")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "投资额 >= 300万元",
            [
                "“投资额不少于300万元”的 >= 改成 >",
                "“投资额不少于300万元”的 >= 改成 <",
                "“300万元”末位加一",
                "“300万元”末位减一",
                "“300万元”扩大十倍",
                "“300万元”万元写成元",
            ],
        ),
        ("企业规模 = 小型", ["“企业规模是小型”的 = 改成 !=", "“小型”改成“大型”"]),
        ("企业规模 属于 [小型, 微型]", [
            "属于里去掉“小型”", "属于里去掉“微型”", "“小型”改成“大型”", "“微型”改成“大型”",
        ]),
        ("高新企业 = 是", ["““高新企业”为是”的 = 改成 !=", "“是”改成相反"]),
        ("成立日期 > 2024-01-01", [
            "“成立日期晚于2024年1月1日”的 > 改成 >=",
            "“成立日期晚于2024年1月1日”的 > 改成 <=",
            "2024-01-01改晚一天",
            "2024-01-01改早一天",
        ]),
        ("高新企业 且 失信", ["改成“或”", "去掉““高新企业”为是”", "去掉““失信”为是”"]),
        ("高新企业 或 失信", ["改成“且”", "去掉““高新企业”为是”", "去掉““失信”为是”"]),
        ("非 高新企业", ["““高新企业”为否”去掉非"]),
        ("投资额 + 利润", ["“投资额加利润”的 + 改成 -"]),
        ("投资额 * 研发占比", ["“投资额乘研发占比”的 * 改成 /"]),
        ("取小(投资额, 利润)", ["取小取反", "去掉取小“利润”"]),
        ("取大(投资额, 利润, 贷款额)", ["取大取反"]),
        ("如果 高新企业 则 投资额 否则 利润", ["如果““高新企业”为是”的两支对调"]),
        ("舍去(投资额, 1元)", [
            "去掉舍去", "“1元”末位加一", "“1元”末位减一", "“1元”扩大十倍", "“1元”万元写成元",
        ]),
        ("任一(项目, 示范)", ["任一(项目)改成全部"]),
        ("全部(项目, 示范)", ["全部(项目)改成任一"]),
        ("合计(项目, 设备额, 示范)", ["合计(项目)去掉条件"]),
        ("研发占比 >= 2.5%", [
            "“研发占比不少于2.5%”的 >= 改成 >",
            "“研发占比不少于2.5%”的 >= 改成 <",
            "“2.5%”末位加一",
            "“2.5%”末位减一",
            "“2.5%”扩大十倍",
        ]),
    ],
)  # fmt: skip
def test_each_kind_of_node_is_changed_in_each_way(text: str, expected: list[str]) -> None:
    assert changes(text) == expected


@reference("L13.4")
def test_the_last_digit_is_the_one_that_was_written() -> None:
    values = {
        change: node.right.value
        for node, change, _ in tree_mutants(formula("投资额 >= 2.5万元"))
        if isinstance(node, s.Compare) and isinstance(node.right, s.Literal)
    }
    assert values["“2.5万元”末位加一"] == 26000_00
    assert values["“2.5万元”末位减一"] == 24000_00
    assert values["“2.5万元”扩大十倍"] == 250000_00
    assert values["“2.5万元”万元写成元"] == 250


@reference("L13.4")
@given(tree=trees())
def test_every_mutant_differs_in_one_node_and_keeps_its_type(tree: s.Node) -> None:
    original = printed(tree)
    for node, change, _ in tree_mutants(tree):
        assert change
        assert node.type.agrees(tree.type)
        assert node != tree, change
        assert len(s.walk(node)) <= len(s.walk(tree)), (original, change)


def test_a_node_that_stands_in_several_places_is_changed_in_all() -> None:
    shared = formula("投资额 * 30%")
    both = s.Arithmetic(op="+", left=shared, right=shared, type=t.MONEY)
    for node, change, _ in tree_mutants(both):
        assert isinstance(node, s.Arithmetic)
        if "乘" in change or "30%" in change:
            assert node.left is node.right


def report(library: Library) -> MutationReport:
    catalogue = library.load()
    cases, problems = read_cases(catalogue)
    assert problems == []
    return mutate(catalogue, cases)


GOOD = f"""
例:
  - 事项: xx-2023/a
    日期: {DAY}
    基准: {{投资额: 1000万元, 高新企业: 是, 企业规模: 小型, 失信: 否}}
    试:
      - {{名: 都满足, 判定: 符合, 金额: 200万元}}
      - {{名: 在界上, 变: {{投资额: 300万元}}, 判定: 符合, 金额: 90万元}}
      - {{名: 差一分, 变: {{投资额: 299万9999元}}, 判定: 不符合}}
      - {{名: 差一万, 变: {{投资额: 299万元}}, 判定: 不符合}}
      - {{名: 封顶之上, 变: {{投资额: 700万元}}, 金额: 200万元}}
      - {{名: 封顶之下, 变: {{投资额: 660万元}}, 金额: 198万元}}
      - {{名: 不是高新, 变: {{高新企业: 否}}, 判定: 不符合}}
      - {{名: 微型, 变: {{企业规模: 微型}}, 判定: 符合}}
      - {{名: 大型, 变: {{企业规模: 大型}}, 判定: 不符合}}
      - {{名: 失信, 变: {{失信: 是}}, 判定: 不符合}}
      - {{名: 第一天, 日期: 2023-01-01, 判定: 符合}}
      - {{名: 前一天, 日期: 2022-12-31, 判定: 不在期内}}
      - {{名: 最后一天, 日期: 2025-12-31, 判定: 符合}}
      - {{名: 后一天, 日期: 2026-01-01, 判定: 不在期内}}
""".replace("299万9999元", "2999999元")
RULES = """
全部满足:
  - {名: 投资达标, 式: 投资额 >= 300万元}
  - {名: 高新, 式: 高新企业}
  - {名: 小的, 式: "企业规模 属于 [小型, 微型]"}
都不满足: [{名: 失信的, 式: 失信}]
金额: {式: 投资额 * 30%, 封顶: 200万元}
"""


@reference("L13.4")
def test_cases_on_every_boundary_let_no_mutant_live(tmp_path: Path) -> None:
    found = report(Library.of(tmp_path, benefit(RULES), cases=GOOD))
    assert found.tried > 25
    assert [one.change for one in found.survivors] == []
    assert found.killed == 1


@reference("L13.4")
@pytest.mark.parametrize(
    ("without", "alive"),
    [
        (["在界上"], ["“投资额不少于300万元”的 >= 改成 >", "“300万元”末位加一"]),
        (["差一分", "差一万"], ["去掉“投资额不少于300万元”", "“300万元”末位减一", "“300万元”万元写成元"]),
        (
            ["都满足", "封顶之上"],
            [
                "金额：去掉封顶“200万元”",
                "金额：“200万元”末位加一",
                "金额：“200万元”末位减一",
                "金额：“200万元”扩大十倍",
            ],
        ),
        (["不是高新"], ["去掉““高新企业”为是”"]),
        (["微型"], ["属于里去掉“微型”"]),
        (["大型"], ["去掉“企业规模是小型、微型之一”"]),
        (["失信"], ["去掉““失信”为否”"]),
        (["第一天"], ["适用期起日晚一天"]),
        (["前一天"], ["适用期起日早一天"]),
        (["最后一天"], ["适用期止日早一天"]),
        (["后一天"], ["适用期止日晚一天"]),
    ],
)
def test_a_case_less_lets_its_mutants_live(without: list[str], alive: list[str], tmp_path: Path) -> None:
    kept = [line for line in GOOD.splitlines() if not any(f"名: {name}," in line for name in without)]
    assert len(kept) == len(GOOD.splitlines()) - len(without)
    found = report(Library.of(tmp_path, benefit(RULES), cases="\n".join(kept)))
    assert [one.change for one in found.survivors] == alive
    assert found.killed == Fraction(found.tried - len(alive), found.tried)


@reference("L13.4")
def test_the_changes_are_of_operators_figures_units_caps_dates_and_flags(tmp_path: Path) -> None:
    catalogue = Library.of(tmp_path, benefit(RULES), cases=GOOD).load()
    made = " ".join(one.change for one in mutants(catalogue.book, ["xx-2023/a"]))
    for kind in ("改成 >", "末位加一", "万元写成元", "封顶取反", "去掉封顶", "适用期", "去掉非", "改成“或”"):
        assert kind in made


@reference("L13.4")
def test_what_a_document_says_once_is_changed_once(tmp_path: Path) -> None:
    head = "都不满足: [{名: 失信的, 式: 失信, 依据: 五}]\n"
    text = document(benefit("全部满足: [{名: 高新, 式: 高新企业}]", id="a"), benefit(id="b"), head=head)
    catalogue = Library.of(tmp_path, text=text).load()
    found = list(mutants(catalogue.book, ["xx-2023/a", "xx-2023/b"]))
    shared = [one for one in found if one.about == ("xx-2023/a", "xx-2023/b")]
    assert sum("失信" in one.change for one in found) == sum("失信" in one.change for one in shared) > 0
    assert sum("适用期" in one.change for one in found) == 4


@reference("L13.4")
def test_periods_of_its_own_parameters_and_rules_are_mutated_too(tmp_path: Path) -> None:
    library = Library.of(
        tmp_path,
        benefit("适用期: {自: 2024-01-01, 至: 2024-12-31}\n金额: {式: 限额}"),
        parameters="""
        参数:
          限额:
            单位: 元
            值: [{自: 2024-01-01, 至: 2024-12-31, 值: 2万元, 高: 3万元, 依据: 一}]
        """,
        rules="""
        规则:
          企业规模: {依据: 一, 情形: [{当: 从业人数 < 20人, 得: 微型}, {否则: 小型}]}
        """,
        cases=f"""
        例:
          - 事项: xx-2023/a
            日期: {DAY}
            基准: {{}}
            试:
              - {{名: 一, 判定: 符合, 金额: [2万元, 3万元]}}
              - {{名: 头一天, 日期: 2024-01-01, 判定: 符合, 金额: [2万元, 3万元]}}
              - {{名: 末一天, 日期: 2024-12-31, 判定: 符合, 金额: [2万元, 3万元]}}
              - {{名: 前, 日期: 2023-12-31, 判定: 不在期内}}
              - {{名: 后, 日期: 2025-01-01, 判定: 不在期内}}
          - 规则: 企业规模
            日期: {DAY}
            基准: {{从业人数: 19}}
            试:
              - {{名: 少于, 得: 微型}}
              - {{名: 正好, 变: {{从业人数: 20}}, 得: 小型}}
              - {{名: 多些, 变: {{从业人数: 21}}, 得: 小型}}
        """,
    )
    found = report(library)
    assert [one.change for one in found.survivors] == []
    catalogue = library.load()
    made = {one.change for one in mutants(catalogue.book, ["xx-2023/a", "企业规模"])}
    assert {f"参数“限额”{change}" for change in ("低值加倍", "高值加倍", "起日晚一天", "止日早一天")} <= made
    assert {f"适用期{end}日{way}一天" for end in "起止" for way in "早晚"} <= made
    assert "“从业人数少于20人”的 < 改成 <=" in made


def test_nothing_to_mutate_is_nothing_missed() -> None:
    assert MutationReport().killed == 1
    assert MutationReport(tried=4, survivors=[]).killed == Fraction(1)
