"""Numbering: what is a number of a clause and what only looks like one, and where the words go."""

import pytest

from huiqi.library.model import Clause, ClauseKind
from tests.library.texts import body, cites, only, printed, statute, texts

FILLER = (
    "市场里的摊位由管理员每天早上安排，先到的先挑，挑好的当天不换；"
    "有事来不了的要在前一天晚上说一声，说晚了就让给别人用。"
)


def labels(*items: str) -> list[str]:
    return cites(only(body(items)))


def clause(cite: str, *items: str) -> Clause:
    return next(each for each in only(body(items)).walk() if each.cite == cite)


# lists


def test_a_list_begins_anew_under_each_item_above_it() -> None:
    found = labels(
        "一、开市",
        f"（一）排位。{FILLER}",
        f"（二）登记。{FILLER}",
        "二、收市",
        f"（一）打扫。{FILLER}",
        f"（二）关门。{FILLER}",
    )
    assert found == ["一、", "一、（一）", "一、（二）", "二、", "二、（一）", "二、（二）"]


def test_numbers_run_on_through_the_items_above_them_and_may_begin_anew_later() -> None:
    found = labels(
        "一、开市",
        f"（一）排位。{FILLER}",
        "二、收市",
        f"（二）打扫。{FILLER}",
        f"（三）关门。{FILLER}",
        "三、附则",
        f"（一）解释。{FILLER}",
        f"（二）施行。{FILLER}",
    )
    assert found == [
        "一、",
        "一、（一）",
        "二、",
        "二、（二）",
        "二、（三）",
        "三、",
        "三、（一）",
        "三、（二）",
    ]


def test_points_run_on_below_brackets() -> None:
    found = labels(
        "一、开市",
        "（一）早市",
        f"1.排位。{FILLER}",
        f"2.登记。{FILLER}",
        "（二）夜市",
        f"3.灯光。{FILLER}",
        f"4.声音。{FILLER}",
    )
    assert found == [
        "一、",
        "一、（一）",
        "一、（一）1.",
        "一、（一）2.",
        "一、（二）",
        "一、（二）3.",
        "一、（二）4.",
    ]


def test_an_item_may_have_no_list_where_its_neighbours_have_one() -> None:
    found = labels(
        "一、开市", f"（一）排位。{FILLER}", f"二、打扫。{FILLER}", "三、收市", f"（一）关门。{FILLER}"
    )
    assert found == ["一、", "一、（一）", "二、", "三、", "三、（一）"]


def test_all_six_levels_of_a_list() -> None:
    found = labels(
        "一、甲", "（一）乙", "1.丙", "（1）丁", f"①{FILLER}", f"②{FILLER}", f"（2）{FILLER}", f"2.{FILLER}"
    )
    assert found == [
        "一、",
        "一、（一）",
        "一、（一）1.",
        "一、（一）1.（1）",
        "一、（一）1.（1）①",
        "一、（一）1.（1）②",
        "一、（一）1.（2）",
        "一、（一）2.",
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("一 、", "二 、"),
        ("( 一 )", "(二)"),
        ("（一）", "( 二)"),
        ("1、", "2、"),
        ("1. ", "2．"),
        ("１.", "２．"),
        ("第一步", "第二步"),
    ],
)
def test_forms_of_a_number(first: str, second: str) -> None:
    found = only(body([f"{first}排位。{FILLER}", f"{second}登记。{FILLER}"]))
    assert [each.number for each in found.walk() if each.kind.is_numbered] == [first.strip(), second]
    assert cites(found) in (["一、", "二、"], ["（一）", "（二）"], ["1.", "2."], ["第一步", "第二步"])


def test_an_item_number_may_stand_right_before_a_year() -> None:
    assert labels(f"1.排位。{FILLER}", "2.2031年1月起登记的，当年不收费，第二年减半，第三年起照常收。") == [
        "1.",
        "2.",
    ]


# numbers inside lines


def test_numbers_that_follow_sentences_within_a_paragraph() -> None:
    found = only(
        body(
            [
                "一、开市手续。要做三件事。（一）排位。先到先挑。（二）登记。写下姓名。（三）缴费。当天结清。",
                f"二、收市。{FILLER}",
            ]
        )
    )
    assert cites(found) == ["一、", "一、（一）", "一、（二）", "一、（三）", "二、"]


def test_a_first_item_may_end_the_line_of_the_preamble() -> None:
    text = printed(
        "青禾市集市便民四条",
        "为了方便赶集的人，市里定下四条，大家互相转告。一、早开门。天亮就开门。",
        "二、晚收摊。太阳落山再收。",
    )
    document = only(text)
    assert cites(document) == ["一、", "二、"]
    assert texts(document, ClauseKind.PREAMBLE) == ["为了方便赶集的人，市里定下四条，大家互相转告。"]


def test_a_heading_may_be_parted_from_the_first_number_below_it_by_a_blank_only() -> None:
    found = only(
        body(
            [
                f"一、摊位安排 1.排位。{FILLER}",
                f"2.登记。{FILLER}",
                f"二、收市 3.打扫。{FILLER}",
                f"4.关门。{FILLER}",
            ]
        )
    )
    assert cites(found) == ["一、", "一、1.", "一、2.", "二、", "二、3.", "二、4."]
    assert [each.heading for each in found.walk() if each.kind is ClauseKind.ITEM] == ["摊位安排", "收市"]


# what only looks like a number


@pytest.mark.parametrize(
    "words",
    [
        "评出一、二、三等奖各若干名，当场发给奖金，并把名单贴在集市门口，一直贴到下一次评选为止。",
        "按照1：0．5的比例配给车位，不够的可以借用隔壁学校的操场，借用的费用由集市出。",
        "符合本办法第三条和第五条规定的，可以一并办理；只符合其中一条的，分两次办。",
        "摊位宽0.6米、长1.2米，过道不窄于3.6米，消防车要能开得进来，也要能掉得了头。",
        "要写明材料一、材料二两份清单，写错的可以改，改的地方要按手印，不按的退回重写。",
        "标准统一、价格统一的商品可以合并摆放，不统一的要分开，分开的要各自标明价格和产地。",
    ],
)
def test_what_only_looks_like_a_number(words: str) -> None:
    assert labels(f"一、评比。{words}", f"二、收市。{FILLER}") == ["一、", "二、"]


def test_an_article_that_is_cited_at_the_start_of_a_line_is_none() -> None:
    text = (
        "云岭省集市管理条例\n第一条 集市里的事，照本条例办；本条例没有说\n到的，"
        "照《云岭省市场条例》\n第八条、第九条和\n第十条办。\n第二条 本条例从明年起用。"
    )
    assert cites(only(text)) == ["第一条", "第二条"]


def test_a_number_far_from_the_one_expected_is_none() -> None:
    assert labels(f"一、开市。{FILLER}", f"九、十月间另有安排。{FILLER}", f"二、收市。{FILLER}") == [
        "一、",
        "二、",
    ]


# headings


def test_a_heading_before_its_text_ends_with_a_full_stop() -> None:
    found = clause("（一）", f"（一）排好摊位。{FILLER}", f"（二）登记。{FILLER}")
    assert (found.number, found.heading) == ("（一）", "排好摊位")
    assert found.body == FILLER


def test_a_heading_on_a_line_of_its_own() -> None:
    found = clause("一、", "一、摊位安排", FILLER, "二、收市", FILLER)
    assert found.heading == "摊位安排"
    assert found.body == FILLER


def test_a_heading_may_wrap() -> None:
    heading = "把早市、夜市和周末大集的摊位安排得清清楚楚让来的人都找得到"
    found = clause("一、", f"一、{heading}", f"（一）早市。{FILLER}", f"（二）夜市。{FILLER}")
    assert found.heading == heading


def test_a_sentence_alone_is_a_heading_where_its_neighbours_have_one_too() -> None:
    found = clause("（二）", "（一）排好摊位。", FILLER, "（二）登记姓名。", FILLER)
    assert found.heading == "登记姓名"
    assert found.body == FILLER


def test_items_of_a_list_have_no_heading() -> None:
    found = only(
        body(
            [
                "一、有下列情形的，不收摊位费：",
                "（一）自产自销的；",
                "（二）身有残疾的。",
                f"二、收市。{FILLER}",
            ]
        )
    )
    assert [each.heading for each in found.walk() if each.kind is ClauseKind.SUBITEM] == ["", ""]


def test_a_heading_that_nothing_ends_is_left_in_the_text() -> None:
    found = clause(
        "一、",
        "一、加强摊位管理对占道经营的摊主先劝后罚，劝了不听的每次罚五十元，罚来的钱用来修路。",
        f"二、收市。{FILLER}",
    )
    assert found.heading == ""
    assert found.body.startswith("加强摊位管理对占道经营")


def test_a_heading_without_a_number_stands_above_the_list_that_it_heads() -> None:
    found = labels(
        "办早市的",
        f"一、排位。{FILLER}",
        f"二、登记。{FILLER}",
        "办夜市的",
        f"一、灯光。{FILLER}",
        f"二、声音。{FILLER}",
    )
    assert found == ["办早市的一、", "办早市的二、", "办夜市的一、", "办夜市的二、"]


# words after a list


def test_words_after_a_list_belong_to_the_article() -> None:
    document = only(printed(*statute()))
    after = next(each for each in document.walk() if each.text == "报备后有变化的，应当在三日内另报。")
    assert after.cite == "第三条第二款"


def test_words_after_a_list_within_a_sentence_belong_to_the_item_above() -> None:
    after = "两项都符合的，只按其中一项办。"
    found = only(
        body(
            [
                "一、有下列情形的，可以免费：",
                "（一）自产自销的；",
                "（二）身有残疾的。",
                after,
                f"二、收市。{FILLER}",
            ]
        )
    )
    holder = next(each for each in found.walk() if any(child.text == after for child in each.children))
    assert holder.cite == "一、"


def test_a_second_paragraph_of_an_item_is_its_own() -> None:
    second = "摊位不够的时候，由管理员当场抽签，抽中的当天用，没抽中的下次先挑，连着三次没抽中的送一个摊位。"
    found = clause("一、", f"一、排位。{FILLER}", second, f"二、收市。{FILLER}")
    assert [each.text for each in found.children] == [second]
    assert found.children[0].cite == "一、第二款"


def test_closing_words_belong_to_no_item() -> None:
    closing = "本办法自2031年1月1日起施行，有效期两年。"
    document = only(body([f"一、排位。{FILLER}", f"二、登记。{FILLER}", f"三、收市。{FILLER}", closing]))
    assert texts(document, ClauseKind.CLOSING) == [closing]


# statutes


def test_a_statute_has_parts_chapters_sections_articles_paragraphs_items_and_points() -> None:
    text = "\n".join(["云岭省集市法典", "第一编 总则", *statute()[2:]])
    document = only(text, paragraphs=True)
    kinds = {each.kind for each in document.walk()}
    assert kinds >= {
        ClauseKind.PART,
        ClauseKind.CHAPTER,
        ClauseKind.SECTION,
        ClauseKind.ARTICLE,
        ClauseKind.PARAGRAPH,
        ClauseKind.SUBITEM,
        ClauseKind.POINT,
    }
    assert cites(document)[0] == "第一编"


def test_articles_are_cited_without_their_chapter_and_sections_with_it() -> None:
    assert cites(only("\n".join(statute()), paragraphs=True)) == [
        "第一章",
        "第一条",
        "第二条",
        "第二章",
        "第二章第一节",
        "第三条",
        "第三条（一）",
        "第三条（二）",
        "第三条（二）1.",
        "第三条（二）2.",
        "第三条（三）",
        "第三条之一",
        "第二章第二节",
        "第四条",
        "第四条（一）",
        "第四条（二）",
        "第三章",
        "第五条",
    ]


def test_two_lists_in_one_article_are_cited_by_their_paragraphs() -> None:
    text = "\n".join(
        [
            "云岭省集市条例",
            "第一条 有下列情形的，可以免费：",
            "（一）自产自销的；",
            "（二）身有残疾的。",
            "有下列情形的，可以减半：",
            "（一）刚开摊的；",
            "（二）卖书的。",
            "第二条 本条例自2031年1月1日起施行。",
        ]
    )
    assert cites(only(text, paragraphs=True)) == [
        "第一条",
        "第一条第一款（一）",
        "第一条第一款（二）",
        "第一条第二款（一）",
        "第一条第二款（二）",
        "第二条",
    ]


def test_a_heading_within_an_article_waits_for_its_words() -> None:
    text = "\n".join(
        [
            "云岭省集市条例",
            "第一条 收费标准如下：",
            "（一）早市",
            "早市按天收，每天不超过十元：",
            "1.卖菜的五元；",
            "2.其他的十元。",
            "（二）夜市",
            "夜市按月收。",
            "第二条 本条例自2031年1月1日起施行。",
        ]
    )
    found = only(text, paragraphs=True)
    assert cites(found) == [
        "第一条",
        "第一条（一）",
        "第一条（一）1.",
        "第一条（一）2.",
        "第一条（二）",
        "第二条",
    ]


@pytest.mark.parametrize("chapter", ["第一章总则", "第一章 总则", "第一章  总 则", "第 一 章 总则"])
def test_forms_of_a_chapter(chapter: str) -> None:
    document = only(
        f"云岭省集市条例\n{chapter}\n第一条为了把集市管好，制定本条例。\n第二条 本条例从今年起用。"
    )
    assert cites(document) == ["第一章", "第一条", "第二条"]


def test_articles_may_be_glued_to_their_text() -> None:
    document = only("云岭省集市条例\n第一条为了把集市管好，制定本条例。\n第二条县级以上的集市照本条例办。")
    assert [each.body for each in document.walk() if each.kind is ClauseKind.ARTICLE] == [
        "为了把集市管好，制定本条例。",
        "县级以上的集市照本条例办。",
    ]


def test_an_article_that_was_put_in_has_an_id_of_its_own() -> None:
    document = only("\n".join(statute()), paragraphs=True)
    (found,) = [each for each in document.walk() if each.cite == "第三条之一"]
    assert found.id == "main__chp_2__sec_1__art_3.1"
    assert found.number == "第三条之一"


def test_steps_may_have_points() -> None:
    found = labels(
        f"第一步 排位 {FILLER}",
        f"1.先看。{FILLER}",
        f"2.再挑。{FILLER}",
        f"第二步 登记 {FILLER}",
        f"第三步 缴费 {FILLER}",
    )
    assert found == ["第一步", "第一步1.", "第一步2.", "第二步", "第三步"]
