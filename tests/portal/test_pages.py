"""Pages that are the same for everybody: home, benefits, documents, demonstration enterprises, about."""

import re

import pytest

from tests.portal.visitor import IN_FORCE, Visitor, heading


def names(page: str) -> list[str]:
    return re.findall(r'class="row__name"[^>]*>([^<]+)<', page)


def test_home_shows_what_is_in_force_today_first(visitor: Visitor) -> None:
    page = visitor.get("/", on="")
    assert heading(page) == "看看您能拿到什么"
    assert "2026年11月23日</strong>（今天）" in page
    assert names(page) == ["小微企业稳岗补贴", "出口企业贷款贴息", "重点群体创业税费扣减"]
    assert "2025 年有效过的" in page
    assert "示范甲机械厂" in page


def test_home_on_another_day(visitor: Visitor) -> None:
    page = visitor.get("/")
    assert "示范改造项目设备补助" in page
    assert f'href="/benefits/growth-2023/upgrade/?on={IN_FORCE}"' in page


def test_home_on_a_day_without_any_policy(visitor: Visitor) -> None:
    assert "没有一项在这一天有效" in visitor.get("/", on="2005-01-01")


def test_home_offers_to_go_on(visitor: Visitor) -> None:
    visitor.answer("主体类型", answer="企业")
    assert "接着答（已答 1 问）" in visitor.get("/")


def test_the_day_goes_along_every_link(visitor: Visitor) -> None:
    for path in ("/", "/benefits/", "/documents/", "/enterprises/", "/about/", "/results/"):
        links = re.findall(r'href="(/[^"#]*)"', visitor.get(path))
        links = [link for link in links if not link.startswith(("/static/", "/staff/"))]
        without = [link for link in links if "on=" not in link]
        assert all(link == path for link in without), (path, without)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("2025-13-01", "不是一个日期"),
        ("今天", "不是一个日期"),
        ("1999-12-31", "只能查"),
        ("2100-01-01", "只能查"),
    ],
)
def test_a_date_that_is_none_is_answered_with_the_reason(visitor: Visitor, query: str, said: str) -> None:
    page = visitor.get("/benefits/", 400, on=query)
    assert said in page
    assert heading(page) == "看不懂这个请求"


def test_search_finds_by_name_department_and_document(visitor: Visitor) -> None:
    assert names(visitor.get("/benefits/", q="贴息")) == ["出口企业贷款贴息"]
    assert names(visitor.get("/benefits/", q="科技局 排名")) == ["研发投入排名奖励"]
    assert len(names(visitor.get("/benefits/", q="成长若干措施"))) == 5
    assert "没有找到" in visitor.get("/benefits/", q="月球")


def test_search_shows_what_has_ended_too(visitor: Visitor) -> None:
    page = visitor.get("/benefits/", q="改造", on="2026-11-23")
    assert names(page) == ["示范改造项目设备补助"]
    assert "2025年12月31日已到期" in page


def test_search_says_what_was_searched_and_never_as_markup(visitor: Visitor) -> None:
    page = visitor.get("/benefits/", q="<b>贴息")
    assert "&lt;b&gt;贴息" in page
    assert "<b>贴息" not in page


def test_the_list_can_be_narrowed(visitor: Visitor) -> None:
    assert names(visitor.get("/benefits/", kind="relief")) == ["重点群体创业税费扣减"]
    assert len(names(visitor.get("/benefits/", level="市"))) == 5
    assert len(names(visitor.get("/benefits/", kind="no-such", level="星球"))) == 8
    assert sorted(names(visitor.get("/benefits/", year="2026"))) == sorted(names(visitor.get("/", on="")))
    visitor.get("/benefits/", 400, year="去年")


def test_htmx_gets_the_part_that_changes(visitor: Visitor) -> None:
    response = visitor.client.get("/benefits/", {"q": "贴息"}, headers={"HX-Request": "true"})
    page = response.content.decode()
    assert "<html" not in page
    assert 'id="found"' in page
    assert "HX-Request" in response.headers["Vary"]
    back = visitor.client.get(
        "/benefits/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    )
    assert "<html" in back.content.decode()


def test_a_benefit_says_who_how_much_by_which_clause_and_when(visitor: Visitor) -> None:
    page = visitor.get("/benefits/growth-2023/upgrade/")
    assert heading(page) == "示范改造项目设备补助"
    assert "设备投资额不少于300万元" in page
    assert "最高200万元" in page
    assert "设备投资额的30%，最高200万元" in page
    assert "失信限制" in page
    assert "市工信局" in page
    assert "2023-01-01 至 2025-12-31" in page
    assert "同一企业、同一责任单位、同一年度最多1项" in page
    assert "不在期内" not in page


def test_a_benefit_out_of_its_dates_says_so(visitor: Visitor) -> None:
    page = visitor.get("/benefits/growth-2023/upgrade/", on="2026-11-23")
    assert "不在期内：已于2025-12-31到期" in page


def test_a_benefit_says_what_is_not_certain(visitor: Visitor) -> None:
    page = visitor.get("/benefits/relief-2024/export/")
    assert "信用良好（裁量）" in page
    assert "新的贴息办法：待核（未见官方原文）" in page
    assert "取前10名" in visitor.get("/benefits/growth-2023/research-rank/")
    assert "一事一议，没有写标准" in visitor.get("/benefits/growth-2023/special/")
    assert "20个工作日" in visitor.get("/benefits/growth-2023/high-tech/")


def test_a_benefit_tells_the_visitor_where_they_stand(visitor: Visitor) -> None:
    assert "只问这一项要的" in visitor.get("/benefits/relief-2024/export/")
    visitor.answer("主体类型", answer="个人")
    page = visitor.get("/benefits/relief-2024/export/")
    assert "verdict--no" in page
    assert f'href="/why/relief-2024/export/?on={IN_FORCE}"' in page


def test_a_document_has_its_number_issuers_dates_and_benefits(visitor: Visitor) -> None:
    page = visitor.get("/documents/growth-2023/")
    for said in ("示政〔2023〕1号", "示例市人民政府", "2023年6月30日", "九、（一）"):
        assert said in page
    assert len(names(page)) == 5
    assert "5 项，有效 0 项" in visitor.get("/documents/", on="2026-11-23")


def test_a_demonstration_enterprise_has_its_facts_and_the_answer(visitor: Visitor) -> None:
    page = visitor.get("/enterprises/machine-maker/")
    assert heading(page) == "示范甲机械厂"
    for said in ("120人", "3亿元", "甲线改造", "合起来最多怎么拿", "最高200万元", "同样的情况，换一天算"):
        assert said in page
    assert "现在补" not in page
    why = visitor.get("/enterprises/machine-maker/why/relief-2024/export/")
    assert "差20%" in why


def test_the_sketch_of_an_enterprise(visitor: Visitor) -> None:
    page = visitor.get("/enterprises/")
    assert ">企业，高新技术企业<" in page
    assert ">个体工商户<" in page


def test_about_says_how_sure_each_verdict_is(visitor: Visitor) -> None:
    page = visitor.get("/about/")
    for verdict in ("符合", "可能符合", "待补充", "不符合", "不在期内", "不可计算"):
        assert f">{verdict}<" in page
    assert "8 项里，有 1 项" in page
    assert "年限额" in page


def test_the_glossary_has_every_fact(visitor: Visitor) -> None:
    page = visitor.get("/facts/")
    assert page.count("<h2>") == 13
    assert "利润表的营业收入" in page


def test_what_does_not_exist_is_not_found(visitor: Visitor) -> None:
    for path in (
        "/nope/",
        "/benefits/no/such/",
        "/documents/none/",
        "/enterprises/none/",
        "/enterprises/none/why/growth-2023/upgrade/",
        "/enterprises/machine-maker/why/no/such/",
    ):
        assert heading(visitor.get(path, 404)) == "没有这个页面"


def test_the_large_print_stays_on_until_it_is_switched_off(visitor: Visitor) -> None:
    assert 'class="large"' not in visitor.get("/")
    response = visitor.client.post("/preferences/large-print/", {"large": "1", "next": "/about/"})
    assert response.headers["Location"] == "/about/"
    assert 'class="large"' in visitor.get("/about/")
    response = visitor.client.post("/preferences/large-print/", {"large": "0", "next": "https://example.com"})
    assert response.headers["Location"] == "/"
    assert 'class="large"' not in visitor.get("/about/")


def test_a_broken_page_still_says_something(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    from huiqi.portal.policies import selectors

    def broken(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(selectors, "listed", broken)
    visitor.client.raise_request_exception = False
    page = visitor.get("/", 500)
    assert "系统出了差错" in page
    assert "broken on purpose" not in page
