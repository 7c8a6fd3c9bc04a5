"""What one benefit learns of an enterprise is not lost for the next one, nor said twice."""

from dataclasses import replace
from pathlib import Path

from huiqi.evaluate.judge import Judge
from huiqi.evaluate.result import Verdict
from huiqi.language import syntax as s
from huiqi.language import types as t
from huiqi.language.benefit import RuleBook
from tests.support import TODAY, Library, benefit, facts

UNCONFIRMED = """
参数:
  限额:
    单位: 元
    值:
      - {自: 2023-01-01, 至: 2024-12-31, 值: 3万元, 依据: 新文, 核实: 否}
"""
OVER = "全部满足: [{名: 有大项目, 式: '计数(项目, 设备额 >= 限额) >= 1'}]"
KNOWN = "项目: [{设备额: 5万元}]"


def test_a_condition_of_two_benefits_marks_both_with_its_parameter(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit(OVER, "a"), benefit(OVER, "b"), parameters=UNCONFIRMED)
    for one in library.results(KNOWN):
        assert (one.verdict, one.unconfirmed) == (Verdict.LIKELY, ("限额",))


def test_a_definition_of_two_benefits_marks_both_with_its_parameter(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit(OVER, "a"), benefit(OVER, "b"), parameters=UNCONFIRMED)
    book = library.load().book
    (named,) = next(iter(book.benefits.values())).condition.children()
    let = s.Definition(name="大项目", body=named, type=t.BOOL)
    condition = s.All(parts=(s.Named(name="有大项目", body=let, type=t.BOOL),), type=t.BOOL)
    shared = {id_: replace(one, condition=condition) for id_, one in book.benefits.items()}
    judge = Judge(RuleBook(book.vocabulary, book.rules, book.parameters, shared))
    for one in judge.judge(facts(KNOWN).values, TODAY):
        assert (one.verdict, one.unconfirmed) == (Verdict.LIKELY, ("限额",))


def test_a_definition_forgets_no_parameter_that_was_used_before_it(tmp_path: Path) -> None:
    text = """\
        设: [{名: 大, 式: 投资额 >= 1元}]
        全部满足: [{名: 限, 式: 投资额 >= 限额}, {名: 大, 式: 大}]
        """
    library = Library.of(tmp_path, benefit(text), parameters=UNCONFIRMED)
    assert library.result("投资额: 5万元").unconfirmed == ("限额",)


def test_a_collection_that_is_also_summed_up_is_missing_once(tmp_path: Path) -> None:
    text = "对象: 项目\n全部满足: [{名: 示范, 式: 示范}, {名: 总额, 式: '合计(项目, 设备额) >= 1万元'}]"
    assert Library.of(tmp_path, benefit(text)).result("{}").missing == ("项目",)
