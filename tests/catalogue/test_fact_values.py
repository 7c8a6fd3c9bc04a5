"""What a facts file may say and what it means, and a clear line for each thing that it may not."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from huiqi.catalogue.fact_values import UNKNOWN_KINDS, Facts, read_facts
from huiqi.catalogue.source import read_source
from huiqi.cli.main import huiqi
from huiqi.evaluate.compile import unknown_value
from huiqi.evaluate.values import INFINITE, Uncertain
from huiqi.language.types import Kind
from huiqi.language.vocabulary import declaration_of
from tests.support import FACTS, VOCABULARY, Library, benefit, read_vocabulary, reference, value

MORE = f"""{FACTS}
  代码: {{类型: 文本, 格式: 统一社会信用代码, 问: 代码？}}
  证件: {{类型: 文本, 格式: 公民身份号码, 敏感: 是, 问: 证件？}}
  所在地: {{类型: 文本, 格式: 行政区划代码, 问: 在哪？}}
  增速: {{类型: 比例, 最小: -100%, 问: 多快？}}
  成立年: {{类型: 数量, 单位: 年度, 问: 哪年？}}
"""
WIDER = read_vocabulary(MORE)


def read(text: str) -> tuple[Facts, list[str]]:
    source = read_source(text, "f.yaml")
    assert source.root is not None
    facts, problems = read_facts(source.root, WIDER, lambda code: code == "410200")
    return facts, [str(one).removeprefix("f.yaml:") for one in problems]


def known(text: str) -> Any:
    facts, problems = read(text)
    assert problems == []
    (only,) = facts.values.values()
    return only


@reference("L2.1")
def test_there_are_nine_types() -> None:
    kinds = {
        "高新企业": Kind.BOOL, "企业名称": Kind.TEXT, "企业规模": Kind.CHOICE, "成立日期": Kind.DATE,
        "投资额": Kind.NUMBER, "从业人数": Kind.NUMBER, "研发占比": Kind.NUMBER, "经营时长": Kind.NUMBER,
        "项目": Kind.COLLECTION,
    }  # fmt: skip
    assert {name: VOCABULARY[name].type.kind for name in kinds} == kinds
    dimensions = {"投资额": "元", "从业人数": "人", "经营时长": "月", "工期": "日"}
    assert {name: VOCABULARY[name].type.dimension for name in dimensions} == {
        name: ((unit, 1),) for name, unit in dimensions.items()
    }
    assert VOCABULARY["研发占比"].type.dimension == ()


@reference("L2.2")
@pytest.mark.parametrize(("declared", "said"), [
    ("{类型: 数量, 问: 几？}", "数量型的事实缺少键「单位」"),
    ("{类型: 时长, 问: 多久？}", "时长型的事实缺少键「单位」"),
    ("{类型: 时长, 单位: 工作日, 问: 多久？}", "时长的单位不能是「工作日」"),
])  # fmt: skip
def test_numbers_and_spans_need_a_unit(declared: str, said: str, tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit(), vocabulary=f"{FACTS}  某事: {declared}\n")
    assert any(said in one for one in library.problems())


@reference("L2.3")
def test_money_numbers_and_spans_are_not_below_zero_unless_it_is_said() -> None:
    for name in ("投资额", "从业人数", "经营时长", "工期"):
        assert unknown_value(VOCABULARY[name], name).low == 0
        _, problems = read(f"{name}: -1")
        assert problems == [f"1:{len(name) + 3}: 错误: “{name}”写的是“-1”，超出了可能的范围"]
    assert known("利润: -1万元") == -(10**6)
    assert unknown_value(VOCABULARY["利润"], "利润").low == -(10**12)
    assert unknown_value(VOCABULARY["研发占比"], "研发占比") == Uncertain(
        frozenset(("研发占比",)), -INFINITE, 1
    )
    assert read("研发占比: 101%")[1]
    assert known("研发占比: 100%") == 1


@reference("L2.4")
def test_a_collection_that_is_given_is_complete_and_one_that_is_not_is_unknown() -> None:
    assert value("计数(项目)", "项目: []") == 0
    assert value("任一(项目, 示范)", "项目: []") is False
    assert value("计数(项目)") == Uncertain(frozenset(("项目",)), 0, INFINITE)
    assert value("任一(项目, 示范)") == Uncertain(frozenset(("项目",)))


@reference("L2.6")
@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("高新企业: 是", True),
        ("高新企业: 否", False),
        ("高新企业: true", True),
        ("高新企业: false", False),
        ("投资额: 300万元", 300 * 10**6),
        ("投资额: 12亿元", 12 * 10**10),
        ("投资额: 3000", 3000_00),
        ("投资额: 3000.5", 3000_50),
        ("投资额: ３００万元", 300 * 10**6),
        ("投资额: '300万元'", 300 * 10**6),
        ("投资额: {值: 300万元, 来源: 统计局}", 300 * 10**6),
        ("外资: 3万美元", 30000),
        ("从业人数: 5人", 5),
        ("从业人数: 5", 5),
        ("研发占比: 3.5%", Fraction(7, 200)),
        ("经营时长: 2年", 24),
        ("经营时长: 2", 24),
        ("经营时长: 18月", 18),
        ("工期: 30日", 30),
        ("成立日期: 2024-05-01", date(2024, 5, 1)),
        ("企业规模: 小型", "小型"),
        ("企业名称: 某某公司", "某某公司"),
        ("所在地: '410200'", "410200"),
        ("项目: []", ()),
        ("项目: [{设备额: 3元, 示范: 是}, {}]", ({"设备额": 300, "示范": True}, {})),
        ("成立年: 2024年度", 2024),
    ],
)
def test_how_values_are_written(text: str, meaning: object) -> None:
    assert known(text) == meaning


@reference("L5.2")
@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("投资额: {自: 300万元, 至: 500万元}", 300 * 10**6, 500 * 10**6),
        ("投资额: {自: 300万元}", 300 * 10**6, INFINITE),
        ("投资额: {至: 300万元}", 0, 300 * 10**6),
        ("利润: {至: 3元}", -(10**12), 300),
        ("成立日期: {自: 2024-01-01, 至: 2024-06-30}", date(2024, 1, 1), date(2024, 6, 30)),
        ("成立日期: {至: 2024-06-30}", None, date(2024, 6, 30)),
    ],
)
def test_a_value_may_be_known_only_within_bounds(text: str, low: object, high: object) -> None:
    assert known(text) == Uncertain(frozenset((text.partition(":")[0],)), low, high)


def test_a_range_of_one_value_is_that_value() -> None:
    assert known("投资额: {自: 3万元, 至: 3万元}") == 3 * 10**6


@reference("L2.8")
@pytest.mark.parametrize("kind", UNKNOWN_KINDS)
def test_why_a_fact_is_unknown_is_kept(kind: str) -> None:
    facts, problems = read(f"投资额: {{未知: {kind}}}\n项目: [{{设备额: {{未知: {kind}}}}}]")
    assert problems == []
    assert facts.values == {"项目": ({},)}
    assert facts.unknown == ({} if kind == "未问" else {"投资额": kind, "项目.设备额": kind})


@reference("L2.8")
@pytest.mark.parametrize("word", ["未知", "不知道", "不详", "null", "~", ""])
def test_not_known_can_be_said_in_a_word(word: str) -> None:
    facts, problems = read(f"投资额: {word}\n从业人数: 3")
    assert problems == []
    assert dict(facts.values) == {"从业人数": 3}


@reference("L2.7")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("投资额: 300人", "1:6: 错误: “投资额”的单位不对，写的是“300人”（单位用 万元）"),
        ("研发占比: 3元", "1:7: 错误: “研发占比”的单位不对，写的是“3元”（单位用 %）"),
        ("投资额: 很多", "1:6: 错误: “投资额”要数：“很多”不是数，也不是数加单位（如 300万元、30%、5家）"),
        ("投资额: 是", "1:6: 错误: “投资额”要数：写的是“是”"),
        ("投资额: 2024-01-01", "1:6: 错误: “投资额”要数：写的是“2024-01-01”"),
        ("投资额: [1, 2]", "1:6: 错误: “投资额”只能有一个值，不能是列表"),
        (
            "投资额: {多少: 3}",
            "1:6: 错误: “投资额”的写法不认识（写一个值，或 {未知: 原因}、{自: 甲, 至: 乙}、{值: …, 来源: …}）",  # noqa: E501
        ),
        ("投资额: {自: 5元, 至: 3元}", "1:6: 错误: “投资额”的范围下界大于上界（自在前，至在后）"),
        (
            "投资额: {未知: 忘了}",
            "1:7: 错误: 未知的种类写错了（可以写：未问、来源没有、过期、有争议、不适用）",
        ),
        ("高新企业: 对", "1:7: 错误: “高新企业”要写是或否，写的是“对”"),
        ("高新企业: 1", "1:7: 错误: “高新企业”要写是或否，写的是“1”"),
        ("成立日期: 去年", "1:7: 错误: “成立日期”要日期，写的是“去年”（写成 2024-05-01）"),
        ("成立日期: 2024/5/1", "1:7: 错误: “成立日期”要日期，写的是“2024/5/1”（写成 2024-05-01）"),
        ("企业规模: 小形", "1:7: 错误: “企业规模”没有“小形”这个选项（是不是“小型”？）"),
        ("企业规模: 未定级", "1:7: 错误: “企业规模”没有“未定级”这个选项（可以选：大型、中型、小型、微型）"),
        ("投资颔: 3元", "1:1: 错误: 词表里没有“投资颔”这个事实（是不是“投资额”？）"),
        ("qqq: 3元", "1:1: 错误: 词表里没有“qqq”这个事实（运行 huiqi facts 看有哪些）"),
        ("项目: 3", "1:5: 错误: “项目”要列表，一项一个“-”（一项也没有就写 []）"),
        ("项目: [3]", "1:6: 错误: “项目”的每一项要写成“字段: 值”"),
        ("项目: [{设备款: 3元}]", "1:7: 错误: 项目没有“设备款”这个字段（是不是“设备额”？）"),
        ("项目: [{设备额: 3人}]", "1:12: 错误: “项目.设备额”的单位不对，写的是“3人”（单位用 万元）"),
        ("所在地: '999999'", "1:6: 错误: “所在地”不是已知的行政区划代码（六位数字，前两位是省）"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(text: str, said: str) -> None:
    assert read(text)[1] == [said]


@reference("L2.7")
@pytest.mark.parametrize(("name", "code"), [("代码", "91410200MA0000000X"), ("证件", "410202199002300010")])
def test_a_code_must_satisfy_its_own_check(name: str, code: str) -> None:
    (problem,) = read(f"{name}: '{code}'")[1]
    assert problem.startswith(f"1:5: 错误: “{name}”不对：")


def test_a_facts_file_is_a_mapping() -> None:
    assert read("- 甲")[1] == ["1:1: 错误: 这里要“事实: 值”一行一个（如 企业名称: 某某公司）"]


@reference("L2.7")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("投资额: 3人", "f.yaml:1:6: 错误: “投资额”的单位不对"),
        ("成立日期: 2024-02-30", "f.yaml:1:7: 错误: "),
        ("企业规模: 特大", "f.yaml:1:7: 错误: “企业规模”没有“特大”这个选项"),
        ("投资颔: 3元", "f.yaml:1:1: 错误: 词表里没有“投资颔”这个事实"),
        ("投资额: 3元\n投资额: 4元", "f.yaml:2:1: 错误: "),
        ("投资额: {", "f.yaml:"),
    ],
)
def test_the_command_says_so_and_ends_with_two(text: str, said: str, tmp_path: Path) -> None:
    library = Library.of(tmp_path / "catalogue", benefit("全部满足: [{名: 甲, 式: 投资额 >= 3万元}]"))
    file = tmp_path / "f.yaml"
    file.write_text(text, encoding="utf-8")
    outcome = CliRunner().invoke(huiqi, ["--catalogue", str(library.root), "explain", str(file)])
    assert outcome.exit_code == 2
    (line,) = outcome.stderr.strip().splitlines()
    assert line.removeprefix(f"{tmp_path}/").startswith(said)
    assert "Traceback" not in outcome.output


def test_a_key_leads_to_its_declaration() -> None:
    assert declaration_of(VOCABULARY, "投资额").name == "投资额"
    assert declaration_of(VOCABULARY, "项目.设备额").name == "设备额"
    with pytest.raises(KeyError):
        declaration_of(VOCABULARY, "项目.没有")
