"""What a benefit asks of everybody, taken apart for whoever puts it into words."""

from pathlib import Path

from huiqi.entitlements.telling import Asked, asked_of, limit_words
from huiqi.language.benefit import StackingRule
from huiqi.language.words import to_words
from tests.support import Library, benefit


def asked(tmp_path: Path, conditions: str) -> tuple[Asked, ...]:
    (only,) = Library.of(tmp_path, benefit(conditions)).load().benefits.values()
    return tuple(one for one in asked_of(only.condition) if one.origin != "主体")


def said(one: Asked) -> tuple[str, str]:
    return one.name, to_words(one.node, one.wanted)


def test_conditions_come_one_by_one_with_their_clauses(tmp_path: Path) -> None:
    first, second = asked(
        tmp_path,
        "全部满足: [{名: 投资够, 式: 投资额 >= 300万元, 依据: 二}, {名: 人够, 式: 从业人数 >= 20人}]",
    )
    assert said(first) == ("投资够", "投资额不少于300万元")
    assert (first.cite, second.cite) == ("二", "一")


def test_what_must_not_be_is_asked_the_other_way_round(tmp_path: Path) -> None:
    (one,) = asked(tmp_path, "都不满足: [{名: 失信排除, 式: 失信}]")
    assert (one.name, one.wanted) == ("失信排除", False)


def test_a_group_of_which_one_is_enough_keeps_its_parts(tmp_path: Path) -> None:
    (group,) = asked(
        tmp_path,
        "全部满足:\n  - 任一满足: {名: 之一, 条件: [{名: 大, 式: 从业人数 > 20人}, {名: 新, 式: 高新企业}]}",
    )
    assert [part.name for part in group.parts] == ["大", "新"]
    assert all(part.wanted and not part.parts for part in group.parts)


def test_limits_in_words() -> None:
    def rule(**what: object) -> StackingRule:
        return StackingRule("r", "d", ("企业", "年度"), frozenset({"a"}), **what)  # type: ignore[arg-type]

    assert limit_words(rule(at_most=1)) == "同一企业、同一年度最多1项"
    assert limit_words(rule(at_most=1, highest_only=True)) == "同一企业、同一年度最多1项，按最高的一项给"
    assert limit_words(rule(total=50_0000_00)) == "同一企业、同一年度合计不超过50万元"
    assert "上级资金" in limit_words(rule(upper_funds=True))
