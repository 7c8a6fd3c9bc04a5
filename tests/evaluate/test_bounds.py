"""Dead conditions: what is said of them is true for every enterprise, and nothing living is accused."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from huiqi.evaluate.bounds import bounds, dead_conditions
from huiqi.evaluate.compile import Compiler
from huiqi.evaluate.environment import Environment
from huiqi.evaluate.values import INFINITE, Uncertain
from huiqi.language import syntax as s
from huiqi.language import types as t
from huiqi.language.benefit import ParameterRule, ParameterValue
from tests.support import TODAY, VOCABULARY, formula, reference
from tests.trees import Hidden, hidden_facts, trees

COMPILER = Compiler(VOCABULARY, {}, {})


def conditions(*bodies: s.Node) -> s.All:
    named = tuple(s.Named(name=f"第{place}条", body=body, type=t.BOOL) for place, body in enumerate(bodies))
    return s.All(parts=named, type=t.BOOL)


def dead(*texts: str) -> dict[str, str]:
    found = dead_conditions(conditions(*map(formula, texts)), COMPILER, TODAY)
    return {node.name: why for node, why in found}


@reference("L14.2")
@given(bodies=st.lists(trees((t.BOOL,), 3), min_size=1, max_size=3), hidden=hidden_facts())
def test_what_is_called_dead_is_dead_for_everybody(bodies: list[s.Node], hidden: Hidden) -> None:
    tree = conditions(*bodies)
    outcomes = {
        part.name: COMPILER.evaluate(part)(Environment(hidden.complete, TODAY))
        for part in tree.parts
        if isinstance(part, s.Named)
    }
    for node, why in dead_conditions(tree, COMPILER, TODAY):
        others = all(value is True for name, value in outcomes.items() if name != node.name)
        if why.startswith("不论事实如何"):
            assert outcomes[node.name] is (why == "不论事实如何都是“是”")
        elif why == "其他条件已经包含了它":
            assert not others or outcomes[node.name] is True
        else:
            assert not others or outcomes[node.name] is False


@reference("L14.2")
@given(tree=trees(), hidden=hidden_facts())
def test_bounds_hold_every_value(tree: s.Node, hidden: Hidden) -> None:
    value = COMPILER.evaluate(tree)(Environment(hidden.complete, TODAY))
    assume(not isinstance(value, Uncertain))
    found = bounds(tree, COMPILER, TODAY)
    if not isinstance(found, Uncertain):
        assert found == value
    elif found.options is not None:
        assert value in found.options
    elif found.low is not None and found.high is not None:
        assert found.low <= value <= found.high


@reference("L14.2")
@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("投资额 >= 0",), {"第0条": "不论事实如何都是“是”"}),
        (("从业人数 < 0",), {"第0条": "不论事实如何都是“否”"}),
        (("研发占比 > 100%",), {"第0条": "不论事实如何都是“否”"}),
        (("企业规模 属于 [大型, 中型, 小型, 微型]",), {"第0条": "不论事实如何都是“是”"}),
        (("利润 < -200亿元",), {"第0条": "不论事实如何都是“否”"}),
        (("投资额 >= 3万元", "投资额 >= 1万元"), {"第1条": "其他条件已经包含了它"}),
        (
            ("投资额 >= 3万元", "投资额 < 1万元"),
            {"第0条": "与其他条件矛盾，永远不能满足", "第1条": "与其他条件矛盾，永远不能满足"},
        ),
        (("高新企业", "高新企业 或 失信"), {"第1条": "其他条件已经包含了它"}),
    ],
)
def test_dead_conditions(texts: tuple[str, ...], found: dict[str, str]) -> None:
    assert dead(*texts) == found


@reference("L14.2")
@pytest.mark.parametrize(
    "texts",
    [
        ("投资额 > 0",),
        ("利润 >= 0",),
        ("投资额 >= 3万元", "投资额 < 5万元"),
        ("高新企业 或 失信", "高新企业 或 非 失信"),
        ("企业规模 != 大型", "企业规模 != 中型"),
        ("年数(成立日期, 评价日) >= 3年", "成立日期 >= 2023-01-01"),
        ("评价日 >= 2024-01-01",),
        ("计数(项目) > 0",),
    ],
)
def test_conditions_that_live(texts: tuple[str, ...]) -> None:
    assert dead(*texts) == {}


@reference("L14.2")
def test_what_depends_on_the_day_is_not_called_dead() -> None:
    """A figure of this year does not make a condition dead that another year's figure brings to life."""
    limit = ParameterRule("限额", t.MONEY, (ParameterValue(date(2024, 1, 1), None, 0, 0, "一", True),))
    compiler = Compiler(VOCABULARY, {}, {"限额": limit})
    over = s.Compare(
        op=">=",
        left=s.Fact(name="投资额", type=t.MONEY),
        right=s.Parameter(name="限额", type=t.MONEY),
        type=t.BOOL,
    )
    assert list(dead_conditions(conditions(over), compiler, TODAY)) == []
    assert list(dead_conditions(conditions(formula("投资额 >= 3万元"), over), compiler, TODAY)) == []


def test_the_bounds_of_a_field_are_those_of_an_item_nobody_knows() -> None:
    tree = formula("设备额 * 2", inside=("项目",))
    assert bounds(tree, COMPILER, TODAY, "项目") == Uncertain(frozenset(("项目.设备额",)), 0, INFINITE)
