"""The plan on cases as they stand in policies, with the sentences that people read."""

from dataclasses import replace

import pytest

from huiqi.allocate import Claim, Limit, Plan, Received, UpperFunds, plan

WAN = 1_000_000  # 一万元, in 分

ONE_A_DEPARTMENT = "同一年度{责任单位}只能给一项"
HIGHEST_OF_A_PROJECT = "同一项目按最高的一项执行"
NOT_AGAIN = "同一事由已获上级资金的，市级不再奖励"


def claim(
    name: str,
    low: int,
    high: int | None = None,
    *,
    level: str = "市",
    matching: bool = False,
    benefit: str = "",
    **keys: str,
) -> Claim:
    """A claim named as its benefit, amounts in 万元, several values of a dimension joined by 、."""
    return Claim(
        key=name,
        benefit=benefit or name,
        name=name,
        document="政策",
        level=level,
        low=low * WAN,
        high=(low if high is None else high) * WAN,
        keys={"企业": ("本企业",), "年度": ("2024",)}
        | {key: tuple(text.split("、")) for key, text in keys.items()},
        matching=matching,
    )


def one_a_department(*claims: Claim) -> Limit:
    return Limit(
        "部门", "五、（二）", ONE_A_DEPARTMENT, names(claims), ("企业", "责任单位", "年度"), at_most=1
    )


def highest_of_a_project(*claims: Claim) -> Limit:
    benefits = names(claims)
    return Limit(
        "项目", "五、（二）", HIGHEST_OF_A_PROJECT, benefits, ("项目",), at_most=1, highest_only=True
    )


def not_again(*claims: Claim) -> UpperFunds:
    return UpperFunds("上级", "五、（二）", NOT_AGAIN, names(claims), ("企业", "事由"))


def at_most_together(amount: int, *claims: Claim, per: tuple[str, ...] = ("企业",)) -> Limit:
    words = f"每个{per[-1]}合计不超过{amount}万元"
    return Limit(f"合计{per[-1]}", "四、（三）", words, names(claims), per, total=amount * WAN)


def names(claims: tuple[Claim, ...]) -> frozenset[str]:
    return frozenset(claim.benefit for claim in claims)


def chosen(answer: Plan) -> dict[str, int]:
    """What is taken and what it pays at most, in 万元."""
    return {one.claim.name: one.high // WAN for one in answer.chosen}


def why_not(answer: Plan, name: str) -> str:
    return next(one.because for one in answer.left_out if one.claim.name == name)


def test_nothing_to_take_gives_an_empty_plan() -> None:
    assert plan([]) == Plan((), (), 0, 0)


def test_without_a_rule_against_it_everything_is_taken() -> None:
    answer = plan([claim("贴息", 20), claim("补助", 0, 30)])
    assert chosen(answer) == {"补助": 30, "贴息": 20}
    assert (answer.total_low, answer.total_high) == (20 * WAN, 50 * WAN)
    assert answer.left_out == ()


def test_two_claims_of_one_key_are_turned_down() -> None:
    with pytest.raises(ValueError, match="“贴息”出现了两次"):
        plan([claim("贴息", 1), claim("贴息", 2)])


class TestOneItemADepartmentAndYear:
    def test_the_department_gives_the_one_that_pays_most(self) -> None:
        base, firm = claim("示范基地", 50, 责任单位="市商务局"), claim("示范企业", 30, 责任单位="市商务局")
        answer = plan([base, firm], [one_a_department(base, firm)])
        assert chosen(answer) == {"示范基地": 50}
        assert why_not(answer, "示范企业") == (
            "同一年度市商务局只能给一项（五、（二）），已选“示范基地”（50万元）；"
            "若改选本项，要放弃“示范基地”，合计少得20万元。"
        )
        (left_out,) = answer.left_out
        assert left_out.exclusions[0].against == (base,)
        assert left_out.price is not None
        assert (left_out.price.low, left_out.price.high) == (20 * WAN, 20 * WAN)
        assert (left_out.price.drop, left_out.price.gain) == ((base,), ())

    def test_another_department_and_another_year_are_apart(self) -> None:
        claims = [
            claim("基地", 50, 责任单位="市商务局"),
            claim("研发", 30, 责任单位="市科技局"),
            claim("上年基地", 20, 责任单位="市商务局"),
        ]
        claims[2] = Claim(
            "上年基地",
            "上年基地",
            "上年基地",
            "政策",
            "市",
            20 * WAN,
            20 * WAN,
            {**claims[2].keys, "年度": ("2023",)},
        )
        assert len(plan(claims, [one_a_department(*claims)]).chosen) == 3

    def test_an_item_of_two_departments_uses_the_slot_of_both(self) -> None:
        both = claim("升规", 50, 责任单位="市商务局、市工信局")
        trade, industry = claim("展会", 30, 责任单位="市商务局"), claim("技改", 30, 责任单位="市工信局")
        answer = plan([both, trade, industry], [one_a_department(both, trade, industry)])
        assert chosen(answer) == {"展会": 30, "技改": 30}
        assert why_not(answer, "升规") == (
            "同一年度市商务局只能给一项（五、（二）），已选“展会”（30万元）；"
            "同一年度市工信局只能给一项（五、（二）），已选“技改”（30万元）；"
            "若改选本项，要放弃“展会”、“技改”，合计少得10万元。"
        )

    def test_taking_another_can_open_a_slot_elsewhere(self) -> None:
        both = claim("升规", 70, 责任单位="市商务局、市工信局")
        trade, industry = claim("展会", 30, 责任单位="市商务局"), claim("技改", 30, 责任单位="市工信局")
        answer = plan([both, trade, industry], [one_a_department(both, trade, industry)])
        assert chosen(answer) == {"升规": 70}
        assert why_not(answer, "展会").endswith(
            "若改选本项，要放弃“升规”，同时可增选“技改”，合计少得10万元。"
        )

    def test_what_the_department_gave_before_uses_the_slot(self) -> None:
        firm = claim("示范企业", 30, 责任单位="市商务局")
        before = Received("展会", "市", 5 * WAN, claim("展会", 5, 责任单位="市商务局").keys, name="展会补贴")
        limit = one_a_department(firm, claim("展会", 5))
        answer = plan([firm], [limit], received=[before])
        assert answer.left_out[0].price is None
        assert answer.left_out[0].exclusions[0].received == (before,)
        assert why_not(answer, "示范企业") == (
            "同一年度市商务局只能给一项（五、（二）），此前已享受“展会补贴”（5万元），不能再享受本项。"
        )

    def test_what_was_received_is_named_in_the_same_order_always(self) -> None:
        firm = claim("示范企业", 30, 责任单位="市商务局")
        before = [Received("示范企业", "市", amount * WAN, firm.keys) for amount in (5, 6)]
        limit = one_a_department(firm)
        assert plan([firm], [limit], received=before) == plan([firm], [limit], received=reversed(before))

    def test_where_two_are_allowed_one_from_before_leaves_one(self) -> None:
        claims = [claim("一", 30), claim("二", 20)]
        two = Limit("两项", "三", "同一企业最多给两项", frozenset({"一", "二", "三"}), ("企业",), at_most=2)
        before = Received("三", "市", 0, {"企业": ("本企业",)})
        answer = plan(claims, [two], received=[before])
        assert chosen(answer) == {"一": 30}
        assert why_not(answer, "二") == (
            "同一企业最多给两项（三），此前已享受市级资金，已选“一”（30万元）；若改选本项，要放弃“一”，合计少得10万元。"
        )

    def test_a_grant_that_nobody_can_place_uses_no_slot(self) -> None:
        firm = claim("示范企业", 30, 责任单位="市商务局")
        before = Received(None, "市", 5 * WAN, firm.keys)
        assert chosen(plan([firm], [one_a_department(firm)], received=[before])) == {"示范企业": 30}


class TestOneBenefitForSeveralProjects:
    """One item means one benefit, which an enterprise may have for each of its projects."""

    north = claim("补助（甲线）", 30, 责任单位="市工信局", 项目="甲线", benefit="补助")
    south = claim("补助（乙线）", 20, 责任单位="市工信局", 项目="乙线", benefit="补助")
    title = claim("单项冠军", 40, 责任单位="市工信局")
    limit = Limit(
        "部门",
        "五、（二）",
        ONE_A_DEPARTMENT,
        frozenset({"补助", "单项冠军"}),
        ("责任单位",),
        1,
        by_benefit=True,
    )

    def test_they_take_one_slot_together(self) -> None:
        answer = plan([self.north, self.south, self.title], [self.limit])
        assert chosen(answer) == {"补助（乙线）": 20, "补助（甲线）": 30}
        assert why_not(answer, "单项冠军") == (
            "同一年度市工信局只能给一项（五、（二）），已选“补助（乙线）”（20万元）、“补助（甲线）”（30万元）；"
            "若改选本项，要放弃“补助（乙线）”、“补助（甲线）”，合计少得10万元。"
        )

    def test_one_more_of_what_was_had_needs_no_other_slot(self) -> None:
        before = Received("补助", "市", 5 * WAN, self.north.keys, name="上次补助")
        answer = plan([self.south, self.title], [self.limit], received=[before])
        assert chosen(answer) == {"补助（乙线）": 20}
        assert "此前已享受“上次补助”（5万元）" in why_not(answer, "单项冠军")

    def test_the_highest_is_the_benefit_that_comes_to_most(self) -> None:
        highest = replace(self.limit, highest_only=True)
        answer = plan([self.north, self.south, self.title], [highest])
        assert chosen(answer) == {"补助（乙线）": 20, "补助（甲线）": 30}
        assert "“补助（乙线）”（20万元）、“补助（甲线）”（30万元）更高，不能改选本项" in why_not(
            answer, "单项冠军"
        )


class TestHighestOfAProject:
    grant = claim("技改补助", 100, 责任单位="市工信局", 项目="甲线")
    science = claim("科技专项", 60, 责任单位="市科技局", 项目="甲线")
    title = claim("单项冠军", 90, 责任单位="市工信局")

    def test_the_lower_one_cannot_be_taken_instead(self) -> None:
        answer = plan([self.grant, self.science], [highest_of_a_project(self.grant, self.science)])
        assert chosen(answer) == {"技改补助": 100}
        assert answer.left_out[0].price is None
        assert why_not(answer, "科技专项") == (
            "同一项目按最高的一项执行（五、（二）），“技改补助”（100万元）更高，不能改选本项。"
        )

    def test_a_lower_one_does_not_free_the_slot_of_the_department(self) -> None:
        everything = (self.grant, self.science, self.title)
        answer = plan(everything, [one_a_department(*everything), highest_of_a_project(*everything)])
        assert chosen(answer) == {"技改补助": 100}

    def test_where_the_applicant_chooses_it_would(self) -> None:
        everything = (self.grant, self.science, self.title)
        either = Limit("二选一", "一、（一）", "只能选一项", names(everything), ("项目",), at_most=1)
        answer = plan(everything, [one_a_department(*everything), either])
        assert chosen(answer) == {"单项冠军": 90, "科技专项": 60}

    def test_what_cannot_be_had_anyway_does_not_stand_in_the_way(self) -> None:
        keys = {**self.grant.keys, "事由": ("技改",)}
        grant = Claim("技改补助", "技改补助", "技改补助", "政策", "市", 100 * WAN, 100 * WAN, keys)
        before = Received(None, "省", 10 * WAN, {"企业": ("本企业",), "事由": ("技改",)})
        answer = plan(
            [grant, self.science], [highest_of_a_project(grant, self.science)], [not_again(grant)], [before]
        )
        assert chosen(answer) == {"科技专项": 60}

    def test_of_two_equal_ones_either_may_be_taken(self) -> None:
        other = claim("专项补助", 100, 项目="甲线")
        answer = plan([self.grant, other], [highest_of_a_project(self.grant, other)])
        assert chosen(answer) == {"专项补助": 100}
        assert why_not(answer, "技改补助") == (
            "同一项目按最高的一项执行（五、（二）），已选“专项补助”（100万元）；"
            "若改选本项，要放弃“专项补助”，合计不变。"
        )

    def test_which_is_higher_may_wait_for_the_final_amount(self) -> None:
        review = claim("评审项目", 0, 200, 项目="甲线")
        answer = plan([self.grant, review], [highest_of_a_project(self.grant, review)])
        assert chosen(answer) == {"技改补助": 100}
        assert why_not(answer, "评审项目") == (
            "同一项目按最高的一项执行（五、（二）），已选“技改补助”（100万元），"
            "哪项更高要等金额核定，以核定后高的为准；"
            "若改选本项，要放弃“技改补助”，合计能确定的部分少得100万元，但最多可多得100万元。"
        )


class TestFundsOfAHigherLevel:
    city = claim("市级奖励", 50, 事由="小巨人认定")
    province = claim("省级奖励", 80, level="省", 事由="小巨人认定")

    def test_the_same_occasion_pays_once(self) -> None:
        answer = plan([self.city, self.province], upper=[not_again(self.city)])
        assert chosen(answer) == {"省级奖励": 80}
        assert why_not(answer, "市级奖励") == (
            "同一事由已获上级资金的，市级不再奖励（五、（二）），已选“省级奖励”（80万元）；"
            "若改选本项，要放弃“省级奖励”，合计少得30万元。"
        )

    def test_it_excludes_in_both_directions(self) -> None:
        small = claim("省级奖励", 20, level="省", 事由="小巨人认定")
        answer = plan([self.city, small], upper=[not_again(self.city)])
        assert chosen(answer) == {"市级奖励": 50}
        assert "已选“市级奖励”（50万元）" in why_not(answer, "省级奖励")

    def test_matching_funds_come_on_top(self) -> None:
        top_up = claim("市级配套", 50, 事由="小巨人认定", matching=True)
        assert chosen(plan([top_up, self.province], upper=[not_again(top_up)])) == {
            "市级配套": 50,
            "省级奖励": 80,
        }

    def test_another_occasion_is_not_touched(self) -> None:
        listing = claim("上市奖励", 80, level="省", 事由="上市")
        assert len(plan([self.city, listing], upper=[not_again(self.city)]).chosen) == 2

    def test_two_of_the_same_level_are_not_touched(self) -> None:
        other = claim("另一市级奖励", 10, 事由="小巨人认定")
        assert len(plan([self.city, other], upper=[not_again(self.city, other)]).chosen) == 2

    def test_what_the_province_paid_before_bars_the_city(self) -> None:
        before = Received(None, "省", 30 * WAN, self.city.keys)
        answer = plan([self.city], upper=[not_again(self.city)], received=[before])
        assert answer.left_out[0].price is None
        assert why_not(answer, "市级奖励") == (
            "同一事由已获上级资金的，市级不再奖励（五、（二）），此前已获省级资金（30万元），不能再享受本项。"
        )

    def test_what_the_city_paid_before_does_not_bar_the_province(self) -> None:
        before = Received("市级奖励", "市", 50 * WAN, self.city.keys)
        answer = plan([self.province], upper=[not_again(self.city)], received=[before])
        assert chosen(answer) == {"省级奖励": 80}


class TestTotals:
    def test_what_does_not_fit_is_paid_the_rest(self) -> None:
        claims = [claim("一", 30), claim("二", 30)]
        answer = plan(claims, [at_most_together(50, *claims)])
        assert chosen(answer) == {"一": 30, "二": 20}
        assert answer.chosen[0].because == ""
        assert (
            answer.chosen[1].because == "本项为30万元，因每个企业合计不超过50万元（四、（三）），只计20万元。"
        )
        assert [rule.id for rule in answer.chosen[1].reduced_by] == ["合计企业"]

    def test_a_cap_on_the_item_and_one_on_the_enterprise(self) -> None:
        claims = [claim("一", 30, 项目="甲店"), claim("二", 15, 项目="乙店"), claim("三", 25, 项目="丙店")]
        limits = [at_most_together(20, *claims, per=("企业", "项目")), at_most_together(50, *claims)]
        answer = plan(claims, limits)
        assert (chosen(answer), answer.total_low) == ({"一": 20, "三": 20, "二": 10}, 50 * WAN)

    def test_what_a_total_has_no_room_for_is_left_out(self) -> None:
        claims = [claim("一", 50), claim("二", 30)]
        answer = plan(claims, [at_most_together(50, *claims)])
        assert chosen(answer) == {"一": 50}
        assert why_not(answer, "二") == (
            "每个企业合计不超过50万元（四、（三）），已由所选的“一”用满；若加上本项，合计不变。"
        )

    def test_the_same_money_is_taken_with_fewer_items(self) -> None:
        claims = [claim("一", 20), claim("二", 30), claim("三", 50)]
        answer = plan(claims, [at_most_together(50, *claims)])
        assert chosen(answer) == {"三": 50}

    def test_what_was_paid_before_counts_towards_the_total(self) -> None:
        shop = claim("新店", 30)
        before = Received("旧店", "市", 40 * WAN, {"企业": ("本企业",)})
        limit = at_most_together(50, shop, claim("旧店", 40))
        assert chosen(plan([shop], [limit], received=[before])) == {"新店": 10}

    def test_a_total_used_up_before_bars_what_brings_money_only(self) -> None:
        shop, easing = claim("新店", 30), claim("绿色通道", 0)
        before = Received("旧店", "市", 60 * WAN, {"企业": ("本企业",)}, name="旧店补贴")
        limit = at_most_together(50, shop, easing, claim("旧店", 60))
        answer = plan([shop, easing], [limit], received=[before])
        assert chosen(answer) == {"绿色通道": 0}
        assert answer.left_out[0].price is None
        assert why_not(answer, "新店") == (
            "每个企业合计不超过50万元（四、（三）），此前领取的“旧店补贴”（60万元）已经用满，本项不能再领。"
        )

    def test_an_uncertain_amount_is_cut_at_its_upper_end_only(self) -> None:
        claims = [claim("一", 40), claim("二", 5, 30)]
        answer = plan(claims, [at_most_together(50, *claims)])
        (_, second) = answer.chosen
        assert (second.low, second.high) == (5 * WAN, 10 * WAN)
        assert second.because.startswith("本项为5万元至30万元，因")
        assert second.because.endswith("，只计5万元至10万元。")


class TestPreferences:
    def test_certain_money_goes_before_possible_money(self) -> None:
        claims = [claim("确定", 10), claim("可能", 5, 100)]
        one = Limit("一项", "三", "只给一项", names(tuple(claims)), ("企业",), at_most=1)
        answer = plan(claims, [one])
        assert chosen(answer) == {"确定": 10}
        assert why_not(answer, "可能").endswith("合计能确定的部分少得5万元，但最多可多得90万元。")

    def test_of_equally_certain_ones_the_one_that_may_be_more(self) -> None:
        claims = [claim("一", 0, 20), claim("二", 0, 100)]
        one = Limit("一项", "三", "只给一项", names(tuple(claims)), ("企业",), at_most=1)
        answer = plan(claims, [one])
        assert chosen(answer) == {"二": 100}
        assert why_not(answer, "一").endswith("合计能确定的部分不变，最多时少得80万元。")

    def test_what_brings_no_money_is_taken_when_nothing_is_against_it(self) -> None:
        assert chosen(plan([claim("绿色通道", 0)])) == {"绿色通道": 0}

    def test_a_person_has_one_status(self) -> None:
        veteran = Claim("退役", "退役", "退役士兵减税", "公告", "国家", 9, 9, {"人员": ("第一人",)})
        jobless = Claim("失业", "失业", "重点群体减税", "公告", "国家", 6, 6, {"人员": ("第一人",)})
        another = Claim("失业2", "失业", "重点群体减税", "公告", "国家", 6, 6, {"人员": ("第二人",)})
        one = Limit(
            "身份", "一、（三）", "{人员}只能选一个身份", frozenset({"退役", "失业"}), ("人员",), at_most=1
        )
        answer = plan([veteran, jobless, another], [one])
        assert [found.claim.key for found in answer.chosen] == ["失业2", "退役"]
        assert answer.left_out[0].because == (
            "第一人只能选一个身份（一、（三）），已选“退役士兵减税”（0.09元）；"
            "若改选本项，要放弃“退役士兵减税”，合计少得0.03元。"
        )
