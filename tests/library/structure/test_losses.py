"""What is visibly lost, and pages, page numbers and junk."""

import pytest

from huiqi.library.model import ClauseKind, LineKind, LossKind, Pages, Reading
from tests.library.texts import NOTICE, cites, pages, printed, reading, texts

WORDS = (
    "市场里的摊位由管理员每天早上安排，先到的先挑，挑好的当天不换；"
    "有事来不了的要在前一天晚上说一声，说晚了就让给别人用。"
)
RULES = (
    "青禾市集市管理办法",
    "为了管好集市，方便大家买卖，定下这个办法。",
    *(f"{each}、守时。{WORDS}" for each in "一二三四五六"),
)


def kinds(found: Reading) -> list[LossKind]:
    return [each.kind for each in found.losses]


def numbered_pages(*numbers: int, text: tuple[str, ...] = RULES, lines: int = 8) -> str:
    """A text on pages of some lines, each closed by its number; pages that are left over have no number."""
    rest = printed(*text).split("\n")
    printed_pages = []
    for number in numbers:
        page, rest = rest[:lines], rest[lines:]
        printed_pages.append("\n".join([*page, str(number)]))
    return "\n".join([*printed_pages, *rest])


# pages


def test_page_numbers_cut_words_and_are_taken_out() -> None:
    found = reading(numbered_pages(40, 41))
    assert [kind for kind, _ in found.left_out] == [LineKind.PAGE_MARK] * 2
    assert cites(found.documents[0]) == ["一、", "二、", "三、", "四、", "五、", "六、"]
    assert found.documents[0].whole_text() == "".join(RULES)


def test_every_clause_knows_its_printed_page() -> None:
    found = reading(numbered_pages(40, 41))
    at = {each.cite: each.pages for each in found.documents[0].walk() if each.kind.is_numbered}
    assert at["一、"] == Pages(40, 40)
    assert at["六、"] == Pages(42, 42)
    assert str(at["六、"]) == "第42页"


def test_missing_pages_are_counted_and_pages_between_are_bounded() -> None:
    text = pages(*printed(*RULES).split("\n\n"))
    lines = printed(*RULES).split("\n")
    text = (
        pages("\n".join([*lines[:8], "40"]), "\n".join(lines[8:16]), "\n".join([*lines[16:], "45"]))
        + " 完了。\n"
    )
    found = reading(text)
    (lost,) = [each for each in found.losses if each.kind is LossKind.PAGES]
    assert "少3页" in lost.what
    assert lost.pages == Pages(41, 45)
    assert lost.document == found.documents[0].id


def test_pages_of_which_only_the_number_is_left() -> None:
    lines = printed(*RULES).split("\n")
    text = pages("\n".join([*lines[:10], "324", "325", "326", "327"]), "\n".join([*lines[10:], "328"]))
    (lost,) = [each for each in reading(text).losses if each.kind is LossKind.PAGES]
    assert lost.what == "印刷第325～327页只剩页码"


@pytest.mark.parametrize("form", ["- {} -", "—{}—", "第{}页", "第 {} 页 共 9 页", "{}/9"])
def test_forms_of_a_page_number(form: str) -> None:
    lines = printed(*RULES).split("\n")
    text = "\n".join([*lines[:10], form.format(3), *lines[10:]])
    found = reading(text)
    assert [kind for kind, _ in found.left_out] == [LineKind.PAGE_MARK]
    assert found.documents[0].whole_text() == "".join(RULES)


def test_a_bare_number_that_is_the_only_one_is_no_page_number() -> None:
    lines = printed(*RULES).split("\n")
    found = reading("\n".join([*lines[:10], "500", *lines[10:]]))
    assert found.left_out == ()


def test_cells_of_a_table_are_no_page_numbers() -> None:
    table = "序号\n名称\n1\n白菜\n2\n萝卜\n3\n豆角"
    found = reading("\n".join([printed(*RULES), "七、价目表", table]))
    assert found.left_out == ()
    assert LossKind.SCATTERED in kinds(found)


def test_pages_are_as_the_medium_says_in_a_word_or_web_source() -> None:
    found = reading("青禾市集市管理办法\n一、守时。\n12\n二、守约。\n13\n三、守信。", paragraphs=True)
    assert found.left_out == ()


# junk


@pytest.mark.parametrize(
    "junk",
    ["javascript:void(0)", "files/2031/申请表.docx", "file:///C:/a/b.xls", "https://www.example.cn/s?wd=abc"],
)
def test_what_a_screen_left_behind_is_taken_out(junk: str) -> None:
    lines = printed(*RULES).split("\n")
    found = reading("\n".join([*lines, junk]))
    assert [kind for kind, _ in found.left_out] == [LineKind.JUNK]


@pytest.mark.parametrize("before", ["七、办理网址：", "七、请登录"])
def test_an_address_that_was_announced_is_no_junk(before: str) -> None:
    found = reading("\n".join([printed(*RULES), before, "https://www.example.cn/jishi"]))
    assert found.left_out == ()


def test_a_mail_address_within_a_sentence_is_no_junk() -> None:
    found = reading(printed(*RULES, "七、材料发到 jishi@example.cn，三日内回信。"))
    assert found.left_out == ()


# tables, forms, attachments

SIGNED = (
    "青禾市商务局关于评选好店的通知\n青商〔2031〕4号\n各县区商务局："
    "\n请把好店报上来。\n{}\n青禾市商务局\n2031年7月8日"
)


def test_an_attachment_of_which_only_the_name_is_left() -> None:
    found = reading(SIGNED.format("附件：好店名单"))
    assert [(each.kind, each.what) for each in found.losses] == [
        (LossKind.ATTACHMENT, "附件：好店名单，只有名称")
    ]


def test_an_attachment_that_is_only_mentioned() -> None:
    found = reading(SIGNED.format("名单见附件2。"))
    assert [each.what for each in found.losses] == ["文中说见附件2，没有附件"]


def test_a_table_of_which_only_the_title_is_left() -> None:
    found = reading(pages(SIGNED.format("附件：1.好店名单"), "附件1\n好店名单"))
    assert [(each.kind, each.what) for each in found.losses] == [(LossKind.TABLE, "附件1 好店名单：只剩标题")]


def test_a_form_of_which_only_cover_and_instructions_are_left() -> None:
    form = "附件1\n好店申请书\n填报说明\n1.店名照招牌写，招牌上有两个名字的都写。\n2.开店的年头照执照写。"
    found = reading(pages(SIGNED.format("附件：1.好店申请书"), form))
    assert [each.what for each in found.losses] == ["附件1 好店申请书：只有封面和填写说明，没有表格"]


def test_cells_of_a_table_one_below_the_other() -> None:
    form = "附件1\n好店申请表\n店名\n地址\n店主姓名\n电话\n开业年份"
    found = reading(pages(SIGNED.format("附件：1.好店申请表"), form))
    assert kinds(found) == [LossKind.SCATTERED]
    assert texts(found.documents[0], ClauseKind.FRAGMENT) == ["店名地址店主姓名电话开业年份"]


def test_a_list_goes_on_after_a_table_that_interrupts_it() -> None:
    table = "品名\n白菜\n萝卜\n豆角\n价钱"
    found = reading("\n".join([*RULES[:4], table, *RULES[4:]]), paragraphs=True)
    assert cites(found.documents[0]) == ["一、", "二、", "三、", "四、", "五、", "六、"]
    assert kinds(found) == [LossKind.SCATTERED]


def test_an_instrument_that_is_not_there() -> None:
    found = reading(NOTICE)
    assert [(each.kind, each.what) for each in found.losses] == [
        (LossKind.BODY, "所印发的《青禾市小店扶持若干措施》不在文中")
    ]
    assert found.documents[0].title == "青禾市人民政府办公室关于印发青禾市小店扶持若干措施的通知"


# words


def test_a_text_that_breaks_off() -> None:
    found = reading(printed(*RULES, "七、收市的时候要把摊位打扫干净，垃圾放到指"))
    assert [(each.kind, each.what) for each in found.losses] == [(LossKind.CUT, "到“干净，垃圾放到指”就断了")]


def test_a_text_that_says_it_is_abridged() -> None:
    found = reading(SIGNED.format("请照办。") + "\n（本文有删减）")
    assert [(each.kind, each.what) for each in found.losses] == [(LossKind.ABRIDGED, "本文有删减")]


def test_numbers_that_are_missing_from_a_list() -> None:
    found = reading(printed(*RULES[:4], *RULES[5:]))
    assert [(each.kind, each.what) for each in found.losses] == [(LossKind.NUMBER, "四、前面少1个编号")]


def test_a_whole_text_has_lost_nothing() -> None:
    assert reading(printed(*RULES)).losses == ()
