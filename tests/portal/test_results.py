"""Results: grouped by verdict, with reasons, clauses, what is missing, and what would have to change."""

import re

from tests.portal.visitor import IN_FORCE, Visitor, heading


def small_exporter(visitor: Visitor) -> None:
    """A firm that misses the export share, with a demonstration project and one that is none."""
    visitor.answer_all(主体类型="企业", 列入失信名单="否", 在本市注册="是")
    visitor.answer("营业收入", **{"answer": "3", "answer-unit": "亿元"})
    visitor.answer("从业人数", answer="120")
    visitor.answer("出口占比", answer="10")
    visitor.answer("项目", answer="甲线\n乙线", do="list")
    visitor.answer("项目", **{"r0-1": "1000", "r0-2": "是", "r1-1": "200", "r1-2": "否", "do": "save"})


def section(page: str, name: str) -> str:
    """The part of a results page with one verdict."""
    return page.split(f'<section id="{name}"')[1].split("</section>")[0]


def test_groups_by_verdict_with_amount_clause_and_department(visitor: Visitor) -> None:
    small_exporter(visitor)
    page = visitor.get("/results/")
    eligible = section(page, "eligible")
    assert "示范改造项目设备补助（甲线）" in eligible
    assert "最高200万元" in eligible
    assert "《示例市支持企业成长若干措施》一、（一）" in eligible
    assert "市工信局" in eligible
    likely = section(page, "likely")
    assert "研发投入排名奖励" in likely
    assert "名额" in likely
    assert "认定" in section(page, "incomplete")
    failed = section(page, "ineligible")
    assert "示范改造项目设备补助（乙线）" in failed
    assert "差100万元" in failed
    assert "特别重大项目支持" in section(page, "uncomputable")


def test_the_plan_takes_one_item_per_department_and_prices_the_other(visitor: Visitor) -> None:
    small_exporter(visitor)
    plan = visitor.get("/results/").split('id="plan-title"')[1].split("</section>")[0]
    chosen, left_out = plan.split("<details")
    assert "示范改造项目设备补助（甲线）" in chosen
    assert "研发投入排名奖励" in chosen
    assert "200万元 至 220万元" in chosen
    assert "做大做强奖励" in left_out
    assert "少 150万元" in left_out
    assert "九、（二）" in left_out


def test_reasons_are_a_tree_that_opens_without_javascript(visitor: Visitor) -> None:
    small_exporter(visitor)
    eligible = section(visitor.get("/results/"), "eligible")
    assert "<summary>理由</summary>" in eligible
    assert "投资达标" in eligible
    assert "现在：1000万元" in eligible
    assert "失信限制" in eligible
    assert "九、（三）" in eligible


def test_without_answers_says_so(visitor: Visitor) -> None:
    page = visitor.get("/results/")
    assert "还没有回答任何问题" in page
    assert "同样的情况，换一天算" not in page


def test_the_same_facts_on_another_day(visitor: Visitor) -> None:
    small_exporter(visitor)
    page = visitor.get("/results/", on="2026-06-01")
    assert "2025年12月31日：3 项，200万元 至 220万元" in page
    past = section(page, "out_of_period")
    assert "已于2025-12-31到期" in past
    assert "要是在期内" in past


def test_an_unconfirmed_parameter_is_said(visitor: Visitor) -> None:
    visitor.answer_all(主体类型="个体工商户", 经营者失业月数="8", 成立日期="2025-03-15", 应缴税额="50000")
    page = section(visitor.get("/results/"), "eligible")
    assert "重点群体创业税费扣减" in page
    assert "“年限额”还没有见到官方原文" in page
    assert "2万元 至 2.4万元" in page


def test_a_personal_fact_is_used_but_not_shown(visitor: Visitor) -> None:
    visitor.answer_all(主体类型="个体工商户", 经营者失业月数="5", 成立日期="2025-03-15")
    for path in ("/results/", "/why/relief-2024/self-employed/", "/answers/"):
        page = visitor.get(path)
        assert "个人信息，已遮住" in page, path
        assert "5个月" not in page, path
        assert "差1个月" not in page, path
    assert 'value="5"' not in visitor.get("/questions/", ask="经营者失业月数")


def test_why_not_names_the_clause_the_gap_and_the_way(visitor: Visitor) -> None:
    small_exporter(visitor)
    page = visitor.get("/why/relief-2024/export/")
    assert heading(page) == "出口企业贷款贴息：我能不能拿，为什么"
    assert "出口较多" in page
    assert "差20%" in page
    assert "要怎样才行" in page
    assert "出口占比：从“10%”变为“不少于30%”" in page


def test_why_says_when_nothing_can_be_changed(visitor: Visitor) -> None:
    visitor.answer("主体类型", answer="个人")
    assert "改不了的事实" in visitor.get("/why/relief-2024/export/")


def test_why_for_each_item_apart(visitor: Visitor) -> None:
    small_exporter(visitor)
    page = visitor.get("/why/growth-2023/upgrade/")
    assert len(re.findall("<article", page)) == 2


def test_why_before_any_answer_offers_to_ask_for_this_alone(visitor: Visitor) -> None:
    page = visitor.get("/why/growth-2023/upgrade/")
    assert "您还没有回答问题" in page
    assert "about=growth-2023%2Fupgrade" in page
    assert "先要知道有哪些项目" in page


def test_why_of_a_benefit_that_does_not_exist(visitor: Visitor) -> None:
    visitor.get("/why/no/such/", 404)


def test_answers_can_be_taken_back_one_by_one(visitor: Visitor) -> None:
    visitor.answer_all(主体类型="企业", 列入失信名单="否")
    visitor.client.post(f"/answers/?on={IN_FORCE}", {"withdraw": "主体类型"})
    page = visitor.get("/answers/")
    assert "列入失信名单" in page
    assert "主体类型" not in page


def test_answers_can_be_cleared_at_once(visitor: Visitor) -> None:
    from huiqi.portal.screening.models import Screening

    visitor.answer("主体类型", answer="企业")
    response = visitor.client.post("/answers/clear/", follow=True)
    assert "已经全部清除" in response.content.decode()
    assert not Screening.objects.exists()
    assert "还没有答案" in visitor.get("/answers/")


def test_clearing_is_never_a_link(visitor: Visitor) -> None:
    visitor.get("/answers/clear/", 405)


def test_the_file_of_answers_says_what_the_page_says(visitor: Visitor) -> None:
    """One engine, one reader: what a visitor takes along gives the same answer on the command line."""
    from huiqi.catalogue.fact_values import read_facts
    from huiqi.catalogue.source import read_source
    from huiqi.portal.pages.public.dates import read_day
    from huiqi.portal.policies.selectors import advisor, catalogue

    small_exporter(visitor)
    visitor.answer("认定", answer=["高新技术企业"], do="list")
    visitor.answer("认定.认定日期", **{"r0-1": "2025-09-10", "do": "save"})
    response = visitor.client.get("/answers/file/")
    assert "attachment" in response.headers["Content-Disposition"]
    source = read_source(response.content, "facts.yaml")
    assert source.root is not None
    facts, problems = read_facts(source.root, catalogue().vocabulary)
    assert problems == ()
    answer = advisor().answer(facts, read_day(IN_FORCE))
    page = visitor.get("/results/")
    for result in answer.results:
        assert result.benefit.name in section(page, result.verdict.name.lower())


def test_the_file_of_nothing_is_still_a_file(visitor: Visitor) -> None:
    assert visitor.client.get("/answers/file/").content.decode() == "# 还没有答案\n"
