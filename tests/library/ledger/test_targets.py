"""Which figures are targets, and what is said of them."""

from datetime import date
from fractions import Fraction

import pytest

from huiqi.library.ledger import Comparator, Target
from huiqi.library.ledger.purposes import Purpose, judge
from tests.library.ledger.trees import item, ledger, one, paragraph


def targets(text: str) -> tuple[Target, ...]:
    return one(text).targets


@pytest.mark.parametrize(
    ("text", "comparator", "low", "high", "unit", "subject"),
    [
        ("到2027年，工序数控化率达到75%。", "达到", 75, 75, "%", "工序数控化率"),
        ("企业上云率超过40%。", "超过", 40, 40, "%", "企业上云率"),
        ("推动4万家以上小店开展改造。", "不低于", 40000, 40000, "家", "小店开展改造"),
        ("全省业务量年均增长15%。", "增长", 15, 15, "%", "全省业务量"),
        ("新创建10个左右国家级园区。", "左右", 10, 10, "个", "国家级园区"),
        ("每年培育3—5家龙头企业。", "达到", 3, 5, "家", "龙头企业"),
        ("开展促销活动500场以上。", "不低于", 500, 500, "场", "开展促销活动"),
        ("完成基础设施投资800亿元以上。", "不低于", 8 * 10**10, 8 * 10**10, "元", "基础设施投资"),
        ("发放2亿元消费券。", "达到", 2 * 10**8, 2 * 10**8, "元", "消费券"),
        ("办理时限压减60%以上。", "不低于", 60, 60, "%", "办理时限"),
        ("将申报全过程控制在20个工作日以内。", "以内", 20, 20, "工作日", "申报全过程"),
        ("综合窗口不得超过6个。", "以内", 6, 6, "个", "综合窗口"),
        ("引导平均担保费率降至1%以下。", "以内", 1, 1, "%", "引导平均担保费率"),
        ("规范性文件审查率、备案率100%。", "达到", 100, 100, "%", "规范性文件审查率、备案率"),
    ],
)
def test_a_number_that_offices_set_themselves_is_a_target(
    text: str, comparator: str, low: int, high: int, unit: str, subject: str
) -> None:
    (found,) = targets(text)
    assert (found.comparator, int(found.low), int(found.high), found.unit) == (
        Comparator(comparator),
        low,
        high,
        unit,
    )
    assert found.subject == subject


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("给予一次性50万元奖励。", Purpose.BENEFIT),
        ("按实际投资的30%给予补助。", Purpose.BENEFIT),
        ("单个企业每年最高200万元。", Purpose.BENEFIT),
        ("减按15%的税率征收。", Purpose.CONDITION),
        ("对投资300万元以上的技改项目给予支持。", Purpose.CONDITION),
        ("对年营业额超过10亿元、5亿元的企业分类指导。", Purpose.CONDITION),
        ("每年选取前50名。", Purpose.RANK),
        ("对营业收入前900家企业重点帮扶。", Purpose.RANK),
        ("自收到之日起30日内答复。", Purpose.TIME),
        ("首付比例不低于20%。", Purpose.RULE),
        ("贷款期限不超过3年。", Purpose.TIME),
        ("每省推荐不超过3个。", Purpose.RULE),
        ("围绕28个重点产业链加强工作。", Purpose.OTHER),
        ("在落实13个重点事项的基础上，继续推进。", Purpose.OTHER),
    ],
)
def test_what_is_paid_asked_ranked_timed_or_counted_is_none(text: str, purpose: Purpose) -> None:
    assert {each.purpose for each in judge(text)} == {purpose}
    assert targets(text) == ()


def test_every_judgement_names_the_words_it_rests_on() -> None:
    for judged in judge("给予50万元奖励。培育20家企业。每年选取前50名。围绕28个产业链加强工作。"):
        assert judged.because


def test_figures_under_a_heading_of_conditions_are_conditions() -> None:
    text = "主要产品营业收入原则上不低于2亿元，企业数量达到5家。"
    free = ledger(item("一、", "", item("（一）", text, above="一、"), heading="重点任务"))
    bound = ledger(item("一、", "", item("（一）", text, above="一、"), heading="推荐条件"))
    assert len(free.targets) == 1
    assert bound.targets == ()


def test_what_a_counted_thing_must_have_is_no_target_of_its_own() -> None:
    found = targets("培育3—5家年收入超过10亿元的龙头企业。规模超过千亿元的园区达到10个。")
    assert [(int(each.low), each.unit) for each in found] == [(3, "家"), (10, "个")]


def test_a_list_goes_on_with_the_verb_it_began_with() -> None:
    found = targets("2025年第一季度完成新增就业28万人、转移就业15万人，开拓岗位50万个。")
    assert [(int(each.low), each.unit) for each in found] == [(280000, "人"), (150000, "人"), (500000, "个")]
    assert {each.by.day for each in found if each.by} == {date(2025, 3, 31)}
    assert all(each.by for each in found)


def test_of_which_goes_on_with_the_target_before() -> None:
    first, second = targets("推动4万家以上小店改造，其中1万家老字号。")
    assert (int(second.low), second.comparator, second.subject) == (10000, Comparator.REACHES, "老字号")
    assert first.low == 40000


def test_figures_that_grow_respectively_share_their_subject_and_base() -> None:
    first, second = targets("力争到2027年，铁路、水路周转量较2024年分别增长5.7%、10%左右。")
    assert (first.low, first.comparator) == (Fraction(57, 10), Comparator.GROWS)
    assert (int(second.low), second.comparator) == (10, Comparator.ABOUT)
    assert first.subject == second.subject == "铁路、水路周转量"
    assert first.base == second.base == "2024年"


def test_the_time_is_that_of_the_sentence_then_a_year_said_before_then_the_line_below() -> None:
    found = targets("到2026年，培育20家企业。完善体系，打造30个园区。2025年底前，建成5个中心。")
    assert [each.by.day.year for each in found if each.by and each.by.day] == [2026, 2026, 2025]
    (own,) = ledger(item("一、", "新增贷款100亿元。", paragraph("完成时限：2024年9月底。"))).targets
    assert own.by is not None
    assert own.by.day == date(2024, 9, 30)


def test_base_period_and_condition_are_kept() -> None:
    (balance,) = targets("3月末贷款余额较年初增加1500亿元以上。")
    assert (balance.base, balance.subject, balance.comparator) == ("年初", "贷款余额", Comparator.AT_LEAST)
    (yearly,) = targets("年均打造品牌60个以上。")
    assert yearly.per == "年均"
    (but,) = targets("除应急车辆外，新能源公交车占比达到90%。")
    assert but.condition == "除应急车辆外"
