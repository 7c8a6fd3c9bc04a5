"""Loading a catalogue folder: what is read from which file, and that everything wrong is said at once."""

import unicodedata
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from huiqi.catalogue.load import CatalogueError, load_catalogue, read_catalogue
from huiqi.language import syntax as s
from huiqi.language.benefit import AmountKind, Form
from tests.support import FACTS, Library, benefit, document, reference

REAL = Path(__file__).parents[2] / "catalogue"


def test_the_shipped_catalogue_loads_without_a_mistake() -> None:
    catalogue, diagnostics = read_catalogue(REAL)
    assert catalogue is not None
    assert [str(one) for one in diagnostics if "错误" in str(one)] == []
    assert catalogue.benefits
    assert all(one.id.startswith(f"{one.document.id}/") for one in catalogue.benefits.values())


def test_what_a_benefit_says_is_all_there(tmp_path: Path) -> None:
    text = """
    名: 技改补助
    摘要: 技改给补助
    依据: 一、（一）
    责任单位: [甲局, 乙局]
    对象: 项目
    主体: 企业
    形式: 奖补
    适用期: {自: 2024-01-01, 至: null, 依据: 八}
    全部满足:
      - {名: 设备达标, 式: 设备额 >= 300万元, 字样: 300万元以上, 依据: 一、（二）}
    金额: {式: 设备额 * 30%, 封顶: 200万元, 性质: 不超过, 分担: {市: 50%, 县区: 50%}}
    事由: 技改
    类别: 装备
    配套: 是
    未编码: [{字样: 示范, 因: 专家评审, 说明: 由评审定}]
    后法: [{自: 2025-01-01, 文件: 新法, 影响: 修改, 核实: 否, 说明: 改了比例}]
    办理: {时限: 10个工作日, 方式: 网上}
    注: 只作说明
    """
    catalogue = Library.of(tmp_path, benefit(text)).load()
    (one,) = catalogue.benefits.values()
    assert (one.id, one.name, one.cite) == ("xx-2023/a", "技改补助", "一、（一）")
    assert one.departments == ("甲局", "乙局")
    assert (one.subject, one.who, one.form) == ("项目", ("企业",), Form.GRANT)
    assert (one.period.start, one.period.end, one.period.cite) == (date(2024, 1, 1), None, "八")
    assert (one.matter, one.category, one.matching) == ("技改", "装备", True)
    assert one.amount is not None
    assert one.amount.kind is AmountKind.AT_MOST
    assert dict(one.amount.shares) == {"市": Fraction(1, 2), "县区": Fraction(1, 2)}
    assert [part.reason for part in one.uncoded] == ["专家评审"]
    assert [(law.document, law.effect, law.confirmed) for law in one.later_laws] == [("新法", "修改", False)]
    assert one.handling is not None
    assert one.handling.within == "10个工作日"
    assert one.note == "只作说明"
    (found,) = catalogue.documents
    assert (found.id, found.title, found.number, found.issuers) == ("xx-2023", "某文件", None, ("某局",))
    assert (found.level, found.region, found.issued) == ("市", "410200", date(2023, 1, 1))


@reference("L1.1")
def test_text_is_read_in_its_composed_form(tmp_path: Path) -> None:
    """é written as e with an accent after it is the same letter; a name written either way is one name."""
    composed = "café投资"
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed
    vocabulary = f"{FACTS}  {decomposed}: {{类型: 是否, 问: 有吗？}}\n"
    library = Library.of(
        tmp_path,
        benefit(f"全部满足: [{{名: 甲, 式: {composed} = 是}}]"),
        vocabulary=vocabulary,
    )
    assert composed in library.load().vocabulary
    assert library.problems() == []


@reference("L1.1")
def test_full_width_digits_in_a_formula_are_digits(tmp_path: Path) -> None:
    wide = Library.of(
        tmp_path,
        benefit(
            "全部满足: [{名: 甲, 式: 投资额 >= ３００万元}]\n金额: {式: 投资额 * ３０％, 封顶: ２００万元}"
        ),
    ).load()
    narrow = Library.of(
        tmp_path,
        benefit("全部满足: [{名: 甲, 式: 投资额 >= 300万元}]\n金额: {式: 投资额 * 30%, 封顶: 200万元}"),
    ).load()
    assert wide.benefits["xx-2023/a"].condition == narrow.benefits["xx-2023/a"].condition
    one, other = wide.benefits["xx-2023/a"].amount, narrow.benefits["xx-2023/a"].amount
    assert one is not None
    assert other is not None
    assert one.total == other.total


@reference("L1.2")
def test_a_key_written_twice_is_a_mistake(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit("依据: 一\n注: 甲\n注: 乙"))
    (problem,) = library.problems()
    assert problem.startswith("xx/benefits.yaml:12:5: 错误: ")
    assert "注" in problem


@reference("L1.3")
def test_an_unknown_key_is_a_mistake_and_the_nearest_one_is_named(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit("金额: {式: 投资额 * 30%, 封项: 200万元}"))
    assert library.problems() == ["xx/benefits.yaml:10:24: 错误: 金额里没有「封项」这个键（是不是「封顶」）"]


@reference("L1.4")
def test_ids_are_unique_and_begin_with_that_of_the_document(tmp_path: Path) -> None:
    twice = Library.of(tmp_path, benefit(id="a"), benefit(id="a"))
    assert any("事项标识「xx-2023/a」重复" in one for one in twice.problems())
    other = Library.of(tmp_path, benefit("标识: yy-2023/a"))
    assert any("要以文件标识「xx-2023/」开头" in one for one in other.problems())


@reference("L1.5")
def test_a_condition_without_a_clause_has_that_of_its_benefit(tmp_path: Path) -> None:
    text = """
    依据: 三、（一）
    全部满足:
      - {名: 甲, 式: 投资额 >= 3万元}
      - {名: 乙, 式: 高新企业, 依据: 三、（二）}
      - 任一满足:
          名: 丙
          依据: 三、（三）
          条件: [{名: 丁, 式: 失信}, {名: 戊, 式: 利润 > 0, 依据: 三、（四）}]
    """
    head = "都不满足: [{名: 己, 式: 从业人数 > 5人, 依据: 五}]\n"
    catalogue = Library.of(tmp_path, text=document(benefit(text), head=head)).load()
    cites = {
        node.name: node.cite
        for node in s.walk(catalogue.benefits["xx-2023/a"].condition)
        if isinstance(node, s.Named)
    }
    assert cites == {
        "甲": "三、（一）",
        "乙": "三、（二）",
        "丙": "三、（三）",
        "丁": "三、（三）",
        "戊": "三、（四）",
        "己": "五",
    }


@reference("L1.5")
def test_an_exclusion_of_the_whole_document_must_name_its_clause(tmp_path: Path) -> None:
    head = "都不满足: [{名: 己, 式: 失信}]\n"
    assert any("依据" in one for one in Library.of(tmp_path, text=document(benefit(), head=head)).problems())


@reference("L3.10")
def test_a_formula_with_a_comma_in_braces_needs_quotes(tmp_path: Path) -> None:
    bare = Library.of(tmp_path, benefit("金额: {式: 取小(投资额, 3万元)}"))
    assert any("整个加引号" in one for one in bare.problems())
    quoted = Library.of(tmp_path, benefit('金额: {式: "取小(投资额, 3万元)"}'))
    assert quoted.problems() == []
    on_its_own_line = Library.of(tmp_path, benefit("金额:\n  式: 取小(投资额, 3万元)"))
    assert on_its_own_line.problems() == []


@reference("L14.1")
def test_everything_wrong_is_said_at_once_in_the_order_of_the_files(tmp_path: Path) -> None:
    library = Library.of(
        tmp_path,
        benefit("全部满足: [{名: 甲, 式: 投资颔 > 0}]\n金额: {式: 投资额 * 30人}"),
        rules="规则:\n  企业规摸: {依据: 一, 情形: [{当: 高新企业, 得: 大型}]}\n",
        parameters="参数:\n  限额: {单位: 头, 值: [{自: null, 至: null, 值: 1元, 依据: 一}]}\n",
    )
    with pytest.raises(CatalogueError) as error:
        library.load()
    places = [(one.file, one.line, one.column) for one in error.value.diagnostics]
    assert places == sorted(places)
    assert {Path(file).name for file, _, _ in places} == {"benefits.yaml", "rules.yaml", "parameters.yaml"}
    assert all(str(one) in str(error.value) for one in error.value.diagnostics)


def test_without_a_head_there_is_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as error:
        load_catalogue(tmp_path)
    assert [Path(one.file).name for one in error.value.diagnostics] == ["catalogue.yaml"]


def test_a_file_that_cannot_be_read_leaves_the_rest_readable(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit())
    library.put("yy/benefits.yaml", "文件: {标识: yy")
    catalogue, diagnostics = read_catalogue(tmp_path)
    assert catalogue is not None
    assert list(catalogue.benefits) == ["xx-2023/a"]
    assert {Path(one.file).parent.name for one in diagnostics if "错误" in str(one)} == {"yy"}


def test_documents_of_every_level_and_the_enterprises_are_found(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit())
    for folder, id in (("cn/tax", "cn-1"), ("henan/kaifeng/plan", "kf-1")):
        text = document(benefit(f"标识: {id}/a")).replace("标识: xx-2023,", f"标识: {id},")
        library.put(f"{folder}/benefits.yaml", text)
    library.put("enterprises/some.yaml", "企业名称: 某某公司\n")
    catalogue = library.load()
    assert {one.id: one.folder for one in catalogue.documents} == {
        "cn-1": "cn/tax",
        "kf-1": "henan/kaifeng/plan",
        "xx-2023": "xx",
    }
    assert [path.name for path in catalogue.enterprises] == ["some.yaml"]
    assert (catalogue.title, catalogue.region) == ("某库", "410200")


def test_a_region_is_known_by_the_table_of_the_catalogue(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit())
    assert library.load().known_region("999999")  # without a table every code may be right
    library.put("codes/regions.yaml", "[]")
    assert any("regions.yaml" in one for one in library.problems())


@reference("L12.5")
def test_a_let_that_nothing_uses_is_pointed_out(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit("设: [{名: 甲额, 式: 投资额 * 2}]"))
    warnings = [one for one in library.problems(warnings=True) if "设" in one]
    assert warnings == ["xx/benefits.yaml:11:13: 提醒: 设“甲额”没有用到"]
    assert list(library.load().benefits) == ["xx-2023/a"]
