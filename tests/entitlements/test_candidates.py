"""From enterprises to lists: who takes part, by what it is ranked, and what becomes of it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from huiqi.allocate.population import Outcome
from huiqi.entitlements.candidates import Allotted, Columns, Gathering, judged
from huiqi.language.vocabulary import Vocabulary
from tests.support import TODAY, Library, benefit, document, facts, reference

IN, OUT, OPEN = Outcome.IN, Outcome.OUT, Outcome.OPEN
RANKED = "全部满足: [{名: 高新, 式: 高新企业}]\n名额: {前: 2名, 按: 投资, 按式: 投资额"


def allot(
    library: Library,
    enterprises: Mapping[str, str],
    *benefits: str,
    columns: Columns | None = None,
    on: date = TODAY,
) -> list[Allotted]:
    """The lists of these benefits (or of ``a``) over enterprises of which these facts are known."""
    book = library.load().book
    gathering = Gathering(book, on, [f"xx-2023/{one}" for one in benefits or ("a",)], columns or Columns({}))
    judge = gathering.judge()
    for name, known in enterprises.items():
        given = facts(known, gathering.vocabulary).values
        gathering.add(name, given, judged(judge.judge(given, on, gathering.benefits, trace=False)))
    return gathering.allot()


def outcomes(found: list[Allotted]) -> dict[str, Outcome]:
    return {one.enterprise + one.item: one.standing.outcome for one in found}


def because(found: list[Allotted]) -> dict[str, str]:
    return {one.enterprise + one.item: one.standing.because for one in found}


@reference("L10.9")
def test_the_best_are_in_and_the_next_sees_by_how_much(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit(RANKED + "}"))
    found = allot(
        library,
        {
            name: f"{{高新企业: 是, 投资额: {money}}}"
            for name, money in (("甲", "3万元"), ("乙", "9万元"), ("丙", "5万元"), ("丁", "4.5万元"))
        },
    )
    assert [(one.enterprise, one.worth, one.standing.best, one.standing.worst) for one in found] == [
        ("乙", "9万元", 1, 1),
        ("丙", "5万元", 2, 2),
        ("丁", "4.5万元", 3, 3),
        ("甲", "3万元", 4, 4),
    ]
    assert outcomes(found) == {"乙": IN, "丙": IN, "丁": OUT, "甲": OUT}
    assert because(found)["丁"] == "排第3名，前2名已满，与第2名相差5000元"
    assert [(one.standing.paid.low, one.standing.paid.high) for one in found] == [(10**7, 10**7)] * 2 + [
        (0, 0)
    ] * 2


@reference("L10.9")
def test_only_what_holds_however_the_unknown_turns_out_is_certain(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit(RANKED + "}"))
    found = allot(
        library,
        {
            "甲": "{高新企业: 是, 投资额: 9万元}",
            "乙": "{高新企业: 是, 投资额: 5万元}",
            "丙": "{高新企业: 是}",
            "丁": "{高新企业: 是, 投资额: {自: 1万元, 至: 4万元}}",
            "戊": "{高新企业: 否, 投资额: 99万元}",
        },
    )
    assert outcomes(found) == {"甲": IN, "丙": OPEN, "乙": OPEN, "丁": OUT}
    assert {one.enterprise: (one.standing.best, one.standing.worst) for one in found} == {
        "甲": (1, 2),
        "乙": (2, 3),
        "丙": (1, 4),
        "丁": (3, 4),
    }
    assert because(found)["丙"] == "没有“投资”的数（缺投资额），名次在1到4之间，前2名定不了"
    assert [one.worth for one in found if one.enterprise in "丙丁"] == ["未知", "1万元 至 4万元"]


@reference("L10.10")
@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("", (IN, OPEN, OPEN)),
        (", 并列: 待定", (IN, OPEN, OPEN)),
        (", 并列: 都取", (IN, IN, IN)),
        (", 并列: 都不取", (IN, OUT, OUT)),
        (", 并列: 次式, 次式: 成立日期", (IN, OUT, IN)),
        (", 并列: 次式, 次式: 成立日期, 次式次序: 低到高", (IN, IN, OUT)),
        (", 并列: 次式, 次式: 从业人数", (IN, OPEN, OPEN)),
    ],
)
def test_those_who_share_the_last_place_go_as_declared(
    ties: str, expected: tuple[Outcome, ...], tmp_path: Path
) -> None:
    library = Library.of(tmp_path, benefit(f"名额: {{前: 2名, 按式: 投资额{ties}}}"))
    enterprises = {
        "甲": "{投资额: 9万元, 成立日期: 2020-01-01, 从业人数: 5}",
        "乙": "{投资额: 5万元, 成立日期: 2019-01-01, 从业人数: 5}",
        "丙": "{投资额: 5万元, 成立日期: 2021-01-01, 从业人数: 5}",
    }
    found = allot(library, enterprises)
    assert tuple(outcomes(found)[name] for name in "甲乙丙") == expected
    assert {one.standing for one in found} == {
        one.standing for one in allot(library, dict(reversed(enterprises.items())))
    }


@reference("L10.11")
def test_whoever_may_be_eligible_may_take_a_place_and_is_never_certain_of_it(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit(RANKED + "}"))
    found = allot(
        library,
        {
            "甲": "{高新企业: 是, 投资额: 9万元}",
            "乙": "{投资额: 8万元}",
            "丙": "{高新企业: 是, 投资额: 7万元}",
            "丁": "{投资额: 1万元}",
        },
    )
    assert outcomes(found) == {"甲": IN, "乙": OPEN, "丙": OPEN, "丁": OUT}
    assert because(found)["乙"] == "还不能确定符合条件（缺高新企业）；如果符合，排第2名，在前2名之内"
    assert because(found)["丙"] == "有1家数据不全，名次在2到3之间，前2名定不了"
    assert because(found)["丁"] == "即使符合条件，最好也只排第3名，前2名已满，与第2名至少相差6万元"


@reference("L10.11")
def test_those_of_whom_facts_are_missing_may_be_set_aside(tmp_path: Path) -> None:
    book = Library.of(tmp_path, benefit(RANKED + "}")).load().book
    gathering = Gathering(book, TODAY, ["xx-2023/a"], Columns({}), known_only=True)
    for name, known in (
        ("甲", "{高新企业: 是, 投资额: 1元}"),
        ("乙", "{高新企业: 是}"),
        ("丙", "{投资额: 9元}"),
    ):
        given = facts(known, book.vocabulary).values
        gathering.add(name, given, judged(gathering.judge().judge(given, TODAY, trace=False)))
    assert outcomes(gathering.allot()) == {"甲": IN}
    assert gathering.set_aside == {"xx-2023/a": 2}


@reference("L10.11")
def test_what_no_program_can_judge_leaves_everybody_in_doubt(tmp_path: Path) -> None:
    text = "名额: {前: 2名, 按式: 投资额}\n未编码: [{因: 裁量, 说明: 由市里定}]"
    (one,) = allot(Library.of(tmp_path, benefit(text)), {"甲": "{投资额: 1万元}"})
    assert one.standing.outcome is OPEN
    assert one.standing.because == "还不能确定符合条件（还要看裁量）；如果符合，排第1名，在前2名之内"


def test_the_unknown_is_no_smaller_than_the_condition_asks(tmp_path: Path) -> None:
    """Positions are spoken of as if it were eligible, so what must be 300万元 is ranked so."""
    text = "全部满足: [{名: 够, 式: 投资额 >= 300万元}]\n名额: {前: 1名, 按式: 投资额}"
    found = allot(Library.of(tmp_path, benefit(text)), {"甲": "{投资额: 299万元}", "乙": "{}"})
    assert [(one.enterprise, one.worth) for one in found] == [("乙", "300万元起")]
    found = allot(Library.of(tmp_path, benefit(text)), {"甲": "{投资额: 300万元}", "乙": "{}"})
    assert {one.enterprise: one.standing.worst for one in found} == {"甲": 2, "乙": 2}


@reference("L10.12")
def test_without_a_formula_or_scores_only_places_for_all_are_certain(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit("名额: {前: 2名, 按: 综合排名}"))
    assert outcomes(allot(library, {"甲": "{}", "乙": "{}"})) == {"甲": IN, "乙": IN}
    found = allot(library, {"甲": "{}", "乙": "{}", "丙": "{}"})
    assert set(outcomes(found).values()) == {OPEN}
    assert because(found)["甲"] == "没有“综合排名”的数，名次在1到3之间，前2名定不了"


@reference("L10.12")
def test_scores_stand_for_the_ranking_that_the_text_does_not_give(tmp_path: Path) -> None:
    text = (
        "名额: {前: 1名, 按: 综合排名}\n未编码: [{因: 专家评审, 说明: 看评审}, {因: 另行规定, 说明: 看细则}]"
    )
    columns = Columns({"xx-2023/a": "得分"})
    library = Library.of(tmp_path, benefit(text))
    found = allot(library, {"甲": "{得分: 90}", "乙": "{得分: 90.5}"}, columns=columns)
    assert [one.worth for one in found] == ["90.5", "90"]
    assert because(found)["乙"] == "还不能确定符合条件（还要看另行规定）；如果符合，排第1名，在前1名之内"
    only = benefit("名额: {前: 1名, 按: 综合排名}\n未编码: [{因: 专家评审, 说明: 看评审}]")
    found = allot(
        Library.of(tmp_path, only), {"甲": "{得分: 90}", "乙": "{得分: 90.5}", "丙": "{}"}, columns=columns
    )
    assert outcomes(found) == {"甲": OUT, "乙": OPEN, "丙": OPEN}
    assert because(found)["甲"] == "最好也只排第2名，前1名已满，与第1名至少相差0.5"
    assert because(found)["丙"].startswith("还不能确定符合条件（没有评出来的数）")


def test_the_lower_score_may_be_the_better_one(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit("名额: {前: 1名, 按: 考核名次, 次序: 低到高}"))
    columns = Columns({"xx-2023/a": "名次"})
    assert outcomes(allot(library, {"甲": "{名次: 1}", "乙": "{名次: 2}"}, columns=columns)) == {
        "甲": IN,
        "乙": OUT,
    }


@reference("L10.13")
def test_every_cell_has_places_of_its_own_and_the_unknown_may_be_in_any(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit("名额: {每: 企业规模, 最多: 1个, 按式: 投资额}"))
    found = allot(
        library,
        {
            "甲": "{企业规模: 大型, 投资额: 9万元}",
            "乙": "{企业规模: 大型, 投资额: 8万元}",
            "丙": "{企业规模: 小型, 投资额: 1万元}",
            "丁": "{企业规模: 微型, 投资额: 7万元}",
            "戊": "{投资额: 5万元}",
        },
    )
    assert outcomes(found) == {"甲": IN, "丁": IN, "乙": OUT, "丙": OPEN, "戊": OPEN}
    assert because(found)["丙"] == "在小型有1家数据不全，名次在1到2之间，前1名定不了"
    assert because(found)["戊"] == "不知道分在哪一格（缺企业规模），定不了"
    assert {one.enterprise: (one.standing.best, one.standing.worst) for one in found}["戊"] == (1, 3)


@pytest.mark.parametrize(("cell", "known"), [("高新企业", "高新企业: 是"), ("企业名称", "企业名称: 某厂")])
def test_cells_of_yes_and_no_and_of_texts(cell: str, known: str, tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit(f"名额: {{每: {cell}, 前: 1个, 按式: 投资额}}"))
    found = allot(
        library,
        {
            "甲": f"{{{known}, 投资额: 9万元}}",
            "乙": f"{{{known}, 投资额: 8万元}}",
            "丙": "{投资额: 8.5万元}",
        },
    )
    assert outcomes(found) == {"甲": IN, "乙": OUT, "丙": OPEN}


def pair(more: str) -> str:
    return document(
        benefit("名: 占比榜\n名额: {前: 1名, 按式: 研发占比}", id="b"),
        benefit(f"名: 规模榜\n名额: {{前: 1名, 按式: 投资额, 不重复: xx-2023/b{more}}}", id="a"),
    )


BOTH = {
    "甲": "{研发占比: 9%, 投资额: 9万元}",
    "乙": "{研发占比: 5%, 投资额: 5万元}",
    "丙": "{研发占比: 1%, 投资额: 1万元}",
}


@reference("L10.14")
@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (", 先: xx-2023/b, 递补: 是", {"甲": OUT, "乙": IN, "丙": OUT}),
        (", 先: xx-2023/b, 递补: 否", {"甲": OUT, "乙": OUT, "丙": OUT}),
        (", 先: xx-2023/b", {"甲": OUT, "乙": OPEN, "丙": OUT}),
        (", 先: xx-2023/a", {"甲": IN, "乙": OUT, "丙": OUT}),
        (", 先: 由企业选, 递补: 否", {"甲": OPEN, "乙": OUT, "丙": OUT}),
        ("", {"甲": OPEN, "乙": OPEN, "丙": OUT}),
    ],
)
def test_nobody_is_on_two_lists_that_exclude_each_other(
    more: str, expected: dict[str, Outcome], tmp_path: Path
) -> None:
    library = Library.of(tmp_path, text=pair(more))
    found = allot(library, BOTH)
    assert outcomes(found) == expected
    assert {one.benefit for one in found} == {"xx-2023/a"}  # the other is filled, but was not asked for
    both = allot(library, BOTH, "b", "a")
    assert [one.benefit for one in both] == ["xx-2023/b"] * 3 + ["xx-2023/a"] * 3
    assert both[3:] == found


def test_who_chooses_is_told_so(tmp_path: Path) -> None:
    found = allot(Library.of(tmp_path, text=pair(", 先: 由企业选, 递补: 否")), BOTH)
    assert because(found)["甲"] == (
        "排第1名，在前1名之内；也可能在“占比榜”入选，两个名单不重复，进哪一个由自己选"
    )


@reference("L10.15")
@pytest.mark.parametrize(
    ("shortfall", "expected"),
    [
        ("按比例", dict.fromkeys("甲乙丙丁", (IN, 750, 750))),
        ("先到先得", dict.fromkeys("甲丙", (IN, 1000, 1000)) | dict.fromkeys("乙丁", (OPEN, 0, 1000))),
        ("未载明", dict.fromkeys("甲乙丙丁", (OPEN, 0, 1000))),
    ],
)
def test_a_budget_that_does_not_suffice(
    shortfall: str, expected: dict[str, tuple[Outcome, int, int]], tmp_path: Path
) -> None:
    text = f"金额: {{定额: 10元}}\n名额: {{预算总额: 30元, 不足时: {shortfall}}}"
    enterprises = {
        "甲": "{收到日期: 2024-01-01}",
        "乙": "{收到日期: 2024-01-03}",
        "丙": "{收到日期: 2024-01-02}",
        "丁": "{收到日期: 2024-01-03}",
    }
    found = allot(Library.of(tmp_path, benefit(text)), enterprises, columns=Columns({}, "收到日期"))
    assert {
        one.enterprise: (one.standing.outcome, one.standing.paid.low, one.standing.paid.high) for one in found
    } == expected
    assert {(one.worth, one.standing.best) for one in found} == {("", None)}


@reference("L10.15")
def test_a_budget_by_rank_pays_the_first_in_full(tmp_path: Path) -> None:
    text = "金额: {定额: 10元}\n名额: {前: 9名, 按式: 投资额, 预算总额: 25元, 不足时: 按名次}"
    money = {"甲": 4, "乙": 3, "丙": 2, "丁": 1}
    found = allot(
        Library.of(tmp_path, benefit(text)), {name: f"{{投资额: {n}元}}" for name, n in money.items()}
    )
    assert outcomes(found) == {"甲": IN, "乙": IN, "丙": OPEN, "丁": OUT}
    assert found[2].standing.paid.high == 500


def test_what_is_not_money_is_never_covered_by_a_budget_for_certain(tmp_path: Path) -> None:
    text = "形式: 券\n不可计算: {因: 另行规定, 说明: 看细则}\n名额: {预算总额: 30元}"
    (one,) = allot(Library.of(tmp_path, benefit(text)), {"甲": "{}"})
    assert (one.standing.outcome, one.has_amount) == (OPEN, False)
    assert one.standing.because == "预算30元，全部名额合计0元以上，不够时怎么给条文没有载明"


def test_items_of_a_collection_stand_for_themselves(tmp_path: Path) -> None:
    text = "对象: 项目\n名额: {前: 2项, 按式: 设备额}"
    library = Library.of(tmp_path, benefit(text))
    found = allot(
        library,
        {
            "甲": "项目: [{名称: 一线, 设备额: 9万元}, {设备额: 1万元}]",
            "乙": "项目: [{名称: 一线, 设备额: 5万元}]",
            "丙": "项目: []",
        },
    )
    assert [(one.enterprise, one.item, one.standing.outcome) for one in found] == [
        ("甲", "一线", IN),
        ("乙", "一线", IN),
        ("甲", "第2项", OUT),
    ]
    found = allot(library, {"甲": "项目: [{名称: 一线, 设备额: 9万元}]", "乙": "{}"})
    assert outcomes(found) == {"甲一线": OPEN, "乙": OPEN}
    assert {one.enterprise: one.standing.worst for one in found} == {"甲": None, "乙": None}


def test_growth_from_nothing_has_no_value_and_is_not_called_missing(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit("名额: {前: 1名, 按: 倍数, 按式: 投资额 / 贷款额}"))
    found = allot(library, {"甲": "{投资额: 1万元, 贷款额: 0}", "乙": "{投资额: 8万元, 贷款额: 1万元}"})
    assert because(found)["甲"] == "没有“倍数”的数（算不出定数），名次在1到2之间，前1名定不了"
    assert [one.worth for one in found if one.enterprise == "乙"] == ["800%"]


def test_outside_its_dates_nobody_is_on_a_list(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit("名额: {前: 1名, 按式: 投资额}"))
    assert allot(library, {"甲": "{投资额: 1万元}"}, on=date(2027, 1, 1)) == []


def test_a_column_that_is_a_fact_is_that_fact(tmp_path: Path) -> None:
    vocabulary: Vocabulary = Library.of(tmp_path, benefit("名额: {前: 1名}")).load().vocabulary
    declared = Columns({"xx-2023/a": "投资额"}, "成立日期").declared(vocabulary)
    assert declared == vocabulary
    assert Columns({"xx-2023/a": "得分"}).declared(vocabulary).keys() - vocabulary.keys() == {"得分"}


def test_facts_that_no_list_leans_on_need_not_be_read(tmp_path: Path) -> None:
    text = """
        设: [{名: 一半, 式: 投资额 / 2}]
        全部满足: [{名: 规模, 式: 企业规模 = 小型}, {名: 有示范, 式: "任一(项目, 示范)"}]
        金额: {式: 贷款额 * 1%, 性质: 按比例}
        名额: {前: 1名, 每: 主体类型, 按式: 一半, 不重复: xx-2023/b}
        """
    rules = "规则: {企业规模: {依据: 一, 情形: [{当: 从业人数 < 9人, 得: 小型}, {否则: 大型}]}}"
    other = benefit("名额: {前: 1名, 按: 考核, 次序: 低到高}", id="b")
    library = Library.of(tmp_path, text=document(benefit(text), other), rules=rules)
    columns = Columns({"xx-2023/b": "得分"}, "收到日期")
    gathering = Gathering(library.load().book, TODAY, ["xx-2023/a"], columns)
    read = gathering.vocabulary.keys() - set(gathering.idle())
    used = ["投资额", "企业规模", "从业人数", "项目", "贷款额", "主体类型"]
    assert read == {*used, "得分", "收到日期"}


def test_wrong_questions_are_turned_down(tmp_path: Path) -> None:
    library = Library.of(tmp_path, text=document(benefit("名额: {前: 1名}"), benefit(id="b")))
    book = library.load().book
    with pytest.raises(ValueError, match="没有写名额"):
        Gathering(book, TODAY, ["xx-2023/b"], Columns({}))
    with pytest.raises(KeyError):
        Gathering(book, TODAY, ["xx-2023/c"], Columns({}))
    gathering = Gathering(book, TODAY, ["xx-2023/a"], Columns({}))
    gathering.add("甲", {}, ())
    with pytest.raises(ValueError, match="出现了两次"):
        gathering.add("甲", {}, ())
