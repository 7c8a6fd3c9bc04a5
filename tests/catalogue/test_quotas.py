"""名额 from what a file says to rankings, budgets and lists that exclude each other."""

from pathlib import Path

import pytest

from huiqi.language.benefit import Quota, Shortfall, Ties, rivalries
from huiqi.language.types import DATE, MONEY
from tests.support import Library, benefit, document, reference


def quota(text: str, root: Path) -> Quota:
    found = Library.of(root, benefit(f"名额: {text}")).load().benefits["xx-2023/a"].quota
    assert found is not None
    return found


def test_a_ranking_that_can_be_computed(tmp_path: Path) -> None:
    found = quota("{前: 5名, 按: 规模, 按式: 投资额, 次序: 低到高, 并列: 都取, 依据: 二}", tmp_path)
    (places,) = found.places
    (by,) = places.by
    assert by.body is not None
    assert (places.number, places.ties, places.per) == (5, Ties.ALL, ())
    assert (by.words, by.more_is_better, by.body.type.dimension) == ("规模", False, MONEY.dimension)
    assert (found.cite, found.words) == (
        "二",
        "按规模从低到高排名，取前5名，末位并列的都取；只看一家定不了",
    )


def test_words_alone_cannot_be_computed_and_leave_ties_open(tmp_path: Path) -> None:
    (places,) = quota("{前: 5名, 按: 综合排名}", tmp_path).places
    assert [(one.words, one.body, one.more_is_better) for one in places.by] == [("综合排名", None, True)]
    assert places.ties is Ties.OPEN


def test_a_further_formula_for_the_tied(tmp_path: Path) -> None:
    found = quota("{前: 5名, 按式: 投资额, 并列: 次式, 次式: 成立日期, 次式次序: 低到高}", tmp_path)
    first, then = found.places[0].by
    assert then.body is not None
    assert (first.words, then.words, then.more_is_better) == ("投资额", "成立日期", False)
    assert then.body.type == DATE
    assert found.places[0].ties is Ties.OPEN
    assert "并列的再按成立日期从低到高排" in found.words


def test_places_in_each_cell(tmp_path: Path) -> None:
    found = quota("{前: 3家, 每: 企业规模}", tmp_path)
    assert [(one.number, len(one.per)) for one in found.places] == [(3, 1)]
    assert found.words == "每企业规模取前3家；只看一家定不了"


def test_in_each_cell_first_and_then_among_all(tmp_path: Path) -> None:
    found = quota("{前: 9家, 每: [企业规模, 高新企业], 最多: 3个, 按式: 投资额}", tmp_path)
    assert [(one.number, len(one.per)) for one in found.places] == [(3, 2), (9, 0)]
    assert found.words == "按投资额排名，取前9家，每企业规模、高新企业最多3个；只看一家定不了"


def test_without_a_cell_at_most_is_for_all(tmp_path: Path) -> None:
    assert [(one.number, one.per) for one in quota("{最多: 3个}", tmp_path).places] == [(3, ())]


@pytest.mark.parametrize(
    ("text", "total", "shortfall", "words"),
    [
        ("{预算总额: 2亿元}", 2 * 10**10, Shortfall.UNSTATED, "预算总额2亿元，用完为止"),
        ("{预算总额: 1元, 不足时: 按比例}", 100, Shortfall.PRO_RATA, "预算总额1元，不够时按比例"),
    ],
)
def test_a_budget(text: str, total: int, shortfall: Shortfall, words: str, tmp_path: Path) -> None:
    found = quota(text, tmp_path)
    assert (found.places, found.budget, found.shortfall) == ((), total, shortfall)
    assert found.words == f"{words}；只看一家定不了"


@reference("L10.16")
def test_several_of_them_must_all_be_passed_in_their_order(tmp_path: Path) -> None:
    found = quota("[{每: 企业规模, 最多: 1家}, {前: 5名, 说明: 约数}, {预算总额: 1元}]", tmp_path)
    assert [(one.number, bool(one.per)) for one in found.places] == [(1, True), (5, False)]
    assert found.budget == 100
    assert found.words == (
        "每企业规模最多1家；只看一家定不了；取前5名；只看一家定不了（约数）；预算总额1元，用完为止；只看一家定不了"
    )


def test_lists_that_exclude_each_other_are_said_by_name_and_meant_both_ways(tmp_path: Path) -> None:
    text = document(
        benefit("名: 甲奖\n名额: {前: 5名, 不重复: xx-2023/b, 先: [xx-2023/a], 递补: 是}", id="a"),
        benefit("名: 乙奖\n名额: {前: 5名}", id="b"),
    )
    benefits = Library.of(tmp_path, text=text).load().benefits
    (one,) = rivalries(benefits)
    assert (one.benefits, one.first, one.refill) == (
        ("xx-2023/a", "xx-2023/b"),
        frozenset({("xx-2023/a",)}),
        frozenset({True}),
    )
    assert one.agreed
    said = benefits["xx-2023/a"].quota
    assert said is not None
    assert said.words == "取前5名，与“乙奖”不重复；只看一家定不了"


def test_what_a_ranking_uses_is_used(tmp_path: Path) -> None:
    """A fact that only a ranking leans on is not reported as idle, nor is a 设."""
    text = benefit("设: [{名: 一半, 式: 投资额 / 2}]\n名额: {前: 5名, 每: 企业规模, 按式: 一半}")
    idle = [
        one for one in Library.of(tmp_path, text).problems(warnings=True) if "没有" in one and "用到" in one
    ]
    assert idle
    assert not any(name in one for one in idle for name in ("“投资额”", "“企业规模”", "“一半”"))
