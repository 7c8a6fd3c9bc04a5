"""The questionnaire: asks only what still matters, keeps what was said, and can always go back."""

import re

from huiqi.portal.screening.models import Screening
from tests.portal.visitor import IN_FORCE, Visitor, heading


def stated() -> dict[str, object]:
    return dict(Screening.objects.get().facts)


def test_the_first_questions_sort_visitors(visitor: Visitor) -> None:
    first = visitor.get("/questions/")
    assert heading(first) == "您是哪一类主体？"
    assert "开头三问 · 第 1 问" in first
    assert heading(visitor.answer("主体类型", answer="企业")) == "现在在严重失信主体名单上吗？"


def test_looking_at_a_question_keeps_nothing(visitor: Visitor) -> None:
    visitor.get("/questions/")
    assert not Screening.objects.exists()
    assert "huiqi_session" not in visitor.client.cookies


def test_what_is_settled_is_not_asked_any_more(visitor: Visitor) -> None:
    visitor.answer("主体类型", answer="个人")
    done = visitor.answer("列入失信名单", answer="是")
    assert heading(done) == "您能拿到什么"
    assert "要问的都问过了" in done


def test_a_choice_outside_the_list_is_asked_again(visitor: Visitor) -> None:
    page = visitor.answer("主体类型", answer="外星人")
    assert "请从列出的选项里选一个" in page
    assert "有一处要改" in page
    assert not Screening.objects.exists()


def test_nothing_chosen_is_not_an_answer(visitor: Visitor) -> None:
    assert "请回答，或者选“不知道，先跳过”" in visitor.answer("主体类型")


def test_what_was_typed_wrong_is_still_there(visitor: Visitor) -> None:
    page = visitor.answer("营业收入", answer="三个亿")
    assert 'value="三个亿"' in page
    assert 'aria-invalid="true"' in page


def test_a_number_is_kept_with_its_unit_and_shown_again(visitor: Visitor) -> None:
    visitor.answer("营业收入", **{"answer": "1.2", "answer-unit": "亿元"})
    assert stated() == {"营业收入": "1.2亿元"}
    assert 'value="1.2"' in visitor.get("/questions/", ask="营业收入")


def test_a_range_is_an_answer_too(visitor: Visitor) -> None:
    visitor.answer("营业收入", **{"answer-low": "8000", "answer-high": "9000"})
    assert stated() == {"营业收入": {"自": "8000万元", "至": "9000万元"}}
    assert "8000万元 至 9000万元" in visitor.get("/answers/")


def test_not_knowing_leaves_the_fact_open_and_does_not_ask_again(visitor: Visitor) -> None:
    visitor.answer("主体类型", **{"pass": "未问"})
    assert stated() == {}
    assert heading(visitor.get("/questions/")) != "您是哪一类主体？"
    assert "主体类型" in visitor.get("/results/")


def test_a_kind_of_unknown_is_kept_and_not_asked_again(visitor: Visitor) -> None:
    visitor.answer("营业收入", **{"pass": "来源没有"})
    assert stated() == {"营业收入": {"未知": "来源没有"}}
    assert "来源没有" in visitor.get("/answers/")


def test_a_kind_of_unknown_that_does_not_exist_is_no_answer(visitor: Visitor) -> None:
    assert "请回答" in visitor.answer("营业收入", **{"pass": "懒得答"})


def test_going_back_shows_the_answer_and_changes_it(visitor: Visitor) -> None:
    visitor.answer_all(主体类型="企业", 列入失信名单="否")
    page = visitor.get("/questions/")
    assert re.search(r'ask=[^"]*">上一问', page) or "上一问" in page
    before = visitor.get("/questions/", ask="主体类型")
    assert re.search(r'value="企业" checked', before)
    visitor.answer("主体类型", answer="个体工商户")
    assert stated()["主体类型"] == "个体工商户"
    assert Screening.objects.get().asked == ["主体类型", "列入失信名单"]


def test_says_why_it_asks_and_what_is_at_stake(visitor: Visitor) -> None:
    page = visitor.get("/questions/", ask="出口占比")
    assert "这一问关系到 1 项，最多涉及 30万元" in page
    assert "出口企业贷款贴息" in page


def test_says_when_a_question_decides_nothing_any_more(visitor: Visitor) -> None:
    visitor.answer_all(主体类型="个人", 列入失信名单="是")
    assert "已经不影响结论" in visitor.get("/questions/", ask="出口占比")


def test_the_running_count_follows_the_answers(visitor: Visitor) -> None:
    def tally(page: str) -> list[int]:
        return [int(number) for number in re.findall(r'tally__count">(\d+)<', page)]

    assert tally(visitor.get("/questions/")) == [0, 7, 0]
    visitor.answer_all(主体类型="企业", 列入失信名单="否")
    visitor.answer("营业收入", **{"answer": "3", "answer-unit": "亿元"})
    certain, possible, ruled_out = tally(visitor.get("/questions/"))
    assert certain == 1
    assert ruled_out == 1
    assert certain + possible + ruled_out == 7
    assert '合起来 <span class="number">50万元 至 70万元' in visitor.get("/questions/")


def test_a_collection_of_named_things_is_a_checklist(visitor: Visitor) -> None:
    page = visitor.get("/questions/", ask="认定")
    useful, rest = page.split("还有别的")
    assert 'value="高新技术企业"' in useful
    assert 'value="老字号"' in rest
    page = visitor.answer("认定", answer=["高新技术企业", "绿色工厂"], do="list")
    assert stated() == {"认定": [{"名称": "高新技术企业"}, {"名称": "绿色工厂"}]}
    page = visitor.get("/questions/", ask="认定.认定日期")
    assert page.count('type="date" name="r') == 1, "a green factory decides nothing, so its date is not asked"
    visitor.answer("认定.认定日期", **{"r0-1": "2025-09-10", "do": "save"})
    assert stated() == {"认定": [{"名称": "高新技术企业", "认定日期": "2025-09-10"}, {"名称": "绿色工厂"}]}


def test_no_items_at_all_is_an_answer(visitor: Visitor) -> None:
    visitor.answer("认定", do="none")
    assert stated() == {"认定": []}
    assert "认定" in visitor.get("/answers/").split("说了没有的")[1]


def test_an_empty_checklist_is_not_an_answer(visitor: Visitor) -> None:
    assert "一项也没有的" in visitor.answer("认定", do="list")


def test_unticking_an_item_forgets_it_and_keeps_the_others(visitor: Visitor) -> None:
    visitor.answer("认定", answer=["高新技术企业", "绿色工厂"], do="list")
    visitor.answer("认定.认定日期", **{"r0-1": "2025-09-10", "do": "save"})
    page = visitor.client.post(
        f"/questions/?on={IN_FORCE}&ask=认定&part=list", {"answer": ["高新技术企业"], "do": "list"}
    )
    assert page.status_code == 302
    assert stated() == {"认定": [{"名称": "高新技术企业", "认定日期": "2025-09-10"}]}


def test_a_collection_of_own_names_is_a_list_of_lines(visitor: Visitor) -> None:
    visitor.answer("项目", answer="甲线\n\n 乙线 \n甲线\n", do="list")
    assert stated() == {"项目": [{"名称": "甲线"}, {"名称": "乙线"}]}
    page = visitor.get("/questions/", ask="项目")
    assert page.count("删去") == 2
    visitor.answer("项目", **{"r0-1": "1000", "r0-2": "是", "r1-1": "200", "r1-2": "", "do": "save"})
    assert stated() == {
        "项目": [
            {"名称": "甲线", "设备投资额": "1000万元", "列为示范": True},
            {"名称": "乙线", "设备投资额": "200万元"},
        ]
    }


def test_too_many_lines_are_refused_and_kept_on_the_page(visitor: Visitor) -> None:
    page = visitor.answer("项目", answer="\n".join(f"第{n}条线" for n in range(31)), do="list")
    assert "一次最多写 30 个" in page
    assert "第30条线" in page


def test_rows_can_be_added_and_taken_away_without_losing_what_was_typed(visitor: Visitor) -> None:
    visitor.answer("项目", answer="甲线", do="list")
    page = visitor.answer("项目", **{"r0-1": "500", "added": "乙线", "do": "add"})
    assert "乙线" in page
    assert stated() == {"项目": [{"名称": "甲线", "设备投资额": "500万元"}, {"名称": "乙线"}]}
    visitor.answer("项目", **{"r0-1": "500", "remove": "0"})
    assert stated() == {"项目": [{"名称": "乙线"}]}


def test_adding_a_row_without_a_name_says_so(visitor: Visitor) -> None:
    visitor.answer("项目", answer="甲线", do="list")
    assert "请先写上要加的是哪一项" in visitor.answer("项目", added="", do="add")


def test_a_wrong_field_in_a_row_is_said_beside_it(visitor: Visitor) -> None:
    visitor.answer("项目", answer="甲线", do="list")
    page = visitor.answer("项目", **{"r0-1": "许多", "do": "save"})
    assert "请填一个数" in page
    assert stated() == {"项目": [{"名称": "甲线"}]}


def test_fields_left_empty_are_not_asked_again_until_there_is_a_new_item(visitor: Visitor) -> None:
    visitor.answer("项目", answer="甲线", do="list")
    visitor.answer("项目.设备投资额", do="save")
    assert "项目.设备投资额" in Screening.objects.get().passed
    visitor.answer("项目", added="乙线", do="add")
    assert Screening.objects.get().passed == []


def test_one_benefit_can_be_asked_about_alone(visitor: Visitor) -> None:
    page = visitor.get("/questions/", about="relief-2024/export")
    for _ in range(8):
        if "能不能拿，为什么" in page:
            break
        assert "只问" in page
        key = re.findall(r'action="[^"]*ask=([^"&]+)', page)[0]
        from urllib.parse import unquote

        response = visitor.client.post(
            f"/questions/?on={IN_FORCE}&ask={key}&about=relief-2024/export",
            {"主体类型": {"answer": "企业"}, "出口占比": {"answer": "40"}}.get(
                unquote(key), {"answer": "是"}
            ),
            follow=True,
        )
        page = response.content.decode()
    assert heading(page).startswith("出口企业贷款贴息")
    assert "可能符合" in page
    assert set(stated()) == {"主体类型", "在本市注册", "出口占比"}


def test_answering_from_the_results_leads_back_to_them(visitor: Visitor) -> None:
    visitor.answer("主体类型", answer="企业")
    page = visitor.get("/results/")
    link = re.search(r'href="(/questions/\?[^"]*)"[^>]*>营业收入', page)
    assert link
    response = visitor.client.post(link[1].replace("&amp;", "&"), {"answer": "500"})
    assert response.status_code == 302
    assert response.headers["Location"] == f"/results/?on={IN_FORCE}"


def test_never_leads_to_another_site(visitor: Visitor) -> None:
    for elsewhere in ("https://example.com/", "//example.com/", "javascript:alert(1)", "/\\example.com"):
        response = visitor.client.post(
            "/questions/?" + f"on={IN_FORCE}&ask=主体类型&next={elsewhere}", {"answer": "企业"}
        )
        assert response.headers["Location"] == f"/questions/?on={IN_FORCE}", elsewhere


def test_a_question_that_does_not_exist_is_not_found(visitor: Visitor) -> None:
    for key in ("没有这个事实", "项目.没有这个字段", "@yes-no:没有", "@yes-no:营业收入"):
        visitor.get("/questions/", 404, ask=key)


def test_answers_never_stand_in_an_address(visitor: Visitor) -> None:
    response = visitor.client.post(
        f"/questions/?on={IN_FORCE}&ask=营业收入", {"answer": "98765"}, follow=True
    )
    assert all("98765" not in address for address, _ in response.redirect_chain)


def test_the_form_needs_its_token(visitor: Visitor) -> None:
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    response = strict.post(f"/questions/?on={IN_FORCE}&ask=主体类型", {"answer": "企业"})
    assert response.status_code == 403
    assert "页面放得太久了" in response.content.decode()
