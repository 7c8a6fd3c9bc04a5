"""Where documents begin and end: titles, notices, instruments, attachments, parts of a compendium."""

import pytest

from huiqi.library.model import ClauseKind, LossKind
from tests.library.texts import MEASURES, NOTICE, cites, only, pages, printed, reading, statute, texts, titles

WELLS = (
    "青禾市水井管理办法",
    "为了管好水井，让大家喝上干净的水，定下这个办法，由水务部门会同各县区一起照办。",
    "一、定期检查。水务部门每季检查一次，把结果贴在井边，三年内的结果都要能查到，查不到的要说明缘由。",
    "二、坏了就修。接到报修的，两日内派人；修好之前送水上门，送水的钱由市里和县区各出一半，不向住户收。",
)


def divisions(text: str) -> list[str]:
    return [each.cite for each in only(text).clauses]


# documents


def test_a_page_that_begins_with_a_title_begins_a_document() -> None:
    found = reading(pages(printed(*WELLS), printed(*statute())))
    assert titles(found) == ["青禾市水井管理办法", "云岭省集市管理条例"]


def test_a_page_that_begins_within_a_sentence_begins_none() -> None:
    lines = printed(*WELLS).split("\n")
    found = reading(pages("\n".join(lines[:5]), "\n".join(lines[5:])))
    assert titles(found) == ["青禾市水井管理办法"]
    assert cites(found.documents[0]) == ["一、", "二、"]


def test_a_signature_at_the_top_of_a_page_is_no_title() -> None:
    head = (
        "青禾市人民政府关于开展大扫除的通知\n青政〔2031〕9号\n各县区人民政府："
        "\n本周六全市大扫除，请把人手和工具都安排好，打扫完\n的地方拍照留存。"
    )
    found = reading(pages(head, "青禾市人民政府\n2031年 4月 2日", printed(*WELLS)))
    assert titles(found) == ["青禾市人民政府关于开展大扫除的通知", "青禾市水井管理办法"]
    assert found.documents[0].issuers == ("青禾市人民政府",)


def test_a_document_may_begin_in_the_middle_of_a_page_after_another_was_signed() -> None:
    one = (
        "青禾市人民政府关于开展大扫除的通知\n青政〔2031〕9号\n各县区人民政府："
        "\n本周六全市大扫除。\n青禾市人民政府\n2031年4月2日"
    )
    other = (
        "青禾市人民政府关于开展植树的通知\n青政〔2031〕10号\n"
        "各县区人民政府：\n下周六全市植树。\n青禾市人民政府\n2031年4月9日"
    )
    found = reading(f"{one}\n{other}")
    assert [each.number for each in found.documents] == ["青政〔2031〕9号", "青政〔2031〕10号"]


def test_words_before_the_first_document_belong_to_none() -> None:
    text = "您所在的位置：首页 > 政策 > 正文\n字号：大 中 小\n" + "\n".join(statute())
    found = reading(text, paragraphs=True)
    assert titles(found) == ["云岭省集市管理条例"]
    assert [each.text for each in found.between] == ["您所在的位置：首页 > 政策 > 正文字号：大 中 小"]


def test_the_heading_of_a_web_page_that_repeats_the_title_begins_no_document() -> None:
    notice = NOTICE.replace("青禾市人民政府办公室\n关于", "青禾市人民政府办公室关于")
    text = f"关于印发青禾市小店扶持若干措施的通知\n来源：市政府\n{notice}\n" + "\n".join(MEASURES)
    found = reading(text, paragraphs=True)
    assert [each.number for each in found.documents] == ["青政办〔2031〕7号"]
    assert len(found.between) == 1


def test_a_text_without_title_and_with_numbers_is_one_document() -> None:
    document = only("一、早开门。天亮就开门。\n二、晚收摊。太阳落山再收。")
    assert document.title == "一、早开门。天亮就开门。"
    assert cites(document) == ["一、", "二、"]


def test_the_headings_of_parts_of_a_compendium_name_the_section_of_each_document() -> None:
    text = pages("一、省里的政策", printed(*statute()), "二、市里的政策", printed(*WELLS))
    found = reading(text)
    assert [each.section for each in found.documents] == ["一、省里的政策", "二、市里的政策"]
    assert [each.text for each in found.between] == ["一、省里的政策", "二、市里的政策"]


def test_a_title_may_wrap_and_may_be_cut_in_odd_places() -> None:
    text = (
        "关于印发《青禾市深化小店“一件\n事”办理升级版\n"
        "实施方案》的通知\n各县区人民政府：\n请照此办理。\n2031年1月2日"
    )
    assert only(text).title.startswith("关于印发《青禾市深化小店“一件事”办理升级版实施方案》")


def test_a_title_that_is_only_an_office_and_what_it_is_about() -> None:
    document = only(
        "青禾市人民政府\n关于小店的通告\n一、小店都要登记。登记不收钱。\n二、登记满一年的可以申请补贴。"
    )
    assert document.title == "青禾市人民政府关于小店的通告"
    assert document.issuers == ("青禾市人民政府",)


# notices and instruments


@pytest.mark.parametrize("text", [pages(NOTICE, printed(*MEASURES)), f"{NOTICE}\n{printed(*MEASURES)}"])
def test_an_instrument_follows_its_notice_on_its_own_page_or_on_the_same(text: str) -> None:
    document = only(text)
    assert [each.kind for each in document.clauses] == [ClauseKind.COVER, ClauseKind.MAIN]
    assert document.title == "青禾市小店扶持若干措施"
    assert document.cover_title == "青禾市人民政府办公室关于印发青禾市小店扶持若干措施的通知"
    assert cites(document)[0] == "一、"


def test_an_instrument_may_have_lost_its_title() -> None:
    found = reading(pages(NOTICE, printed(*MEASURES[1:])))
    (document,) = found.documents
    assert document.title == "青禾市小店扶持若干措施"
    assert [each.kind for each in document.clauses] == [ClauseKind.COVER, ClauseKind.MAIN]
    assert [each.kind for each in found.losses] == [LossKind.TITLE]


def test_a_notice_of_which_only_the_title_is_left_stands_above_the_text_of_its_instrument() -> None:
    text = "关于印发《青禾市小店扶持若干措施》的通知\n" + printed(*MEASURES[1:])
    found = reading(text)
    assert found.documents[0].title == "青禾市小店扶持若干措施"
    assert found.documents[0].cover_title == "关于印发《青禾市小店扶持若干措施》的通知"
    assert [each.kind for each in found.losses] == [LossKind.TITLE]


def test_a_notice_may_itself_hold_the_standards_that_it_puts_out() -> None:
    text = (
        "青禾市民政局关于印发我市2031年低保标准的通知\n青民〔2031〕3号\n各县区民政局：\n"
        "一、城里每人每月八百元。\n二、乡下每人每月六百元。\n青禾市民政局\n2031年1月3日"
    )
    found = reading(text)
    assert found.documents[0].title == "青禾市民政局关于印发我市2031年低保标准的通知"
    assert found.losses == ()


def test_an_instrument_may_be_headed_as_an_attachment() -> None:
    notice = NOTICE.replace("2031年 3月 5日", "附件：青禾市小店扶持若干措施\n2031年 3月 5日")
    found = reading(pages(notice, "附件\n" + printed(*MEASURES)))
    assert [each.kind for each in found.documents[0].clauses] == [ClauseKind.COVER, ClauseKind.MAIN]
    assert found.losses == ()


def test_an_order_puts_in_force_what_its_first_words_name() -> None:
    order = (
        "云岭省人民政府令\n第31号\n《云岭省集市管理规定》已经省政府常务会议通过，"
        "现予公布，自2031年2月1日起施行。\n省 长 某 某\n2031年1月5日"
    )
    rules = "云岭省集市管理规定\n第一条 为了把集市管好，制定本规定。\n第二条 集市由所在的县管。"
    document = only(f"{order}\n{rules}")
    assert document.title == "云岭省集市管理规定"
    assert document.number == "云岭省人民政府令第31号"
    assert document.issuers == ("云岭省人民政府",)
    assert [each.cite for each in document.clauses] == ["印发通知", "正文"]


def test_the_red_head_and_the_number_may_stand_above_the_title() -> None:
    text = (
        "青禾市人民政府文件\n青政〔2031〕12号\n青禾市人民政府关于办好集市的意见\n各县区人民政府：\n"
        "一、早开门。天亮就开门。\n二、晚收摊。太阳落山再收。\n青禾市人民政府\n2031年5月6日"
    )
    document = only(text, paragraphs=True)
    assert document.title == "青禾市人民政府关于办好集市的意见"
    assert document.number == "青政〔2031〕12号"
    assert document.addressees == "各县区人民政府："


def test_a_whole_notice_may_be_printed_in_another_without_a_label() -> None:
    outer = (
        "青禾市人社局关于转办集市用工事项的通知\n各县区人社局：\n省里的通知转给你们，请照办。\n"
        "附件：关于做好集市用工事项的通知（云人社〔2031〕8号）\n2031年6月7日\n（此件公开）"
    )
    inner = (
        "云岭省人社厅关于做好集市用工事项的通知\n各市人社局：\n"
        "一、摊主雇人的，要写下工钱。\n二、雇人满一个月的，要按时给钱。"
    )
    found = reading(pages(outer, inner))
    assert [each.title for each in found.documents] == [
        "青禾市人社局关于转办集市用工事项的通知",
        "云岭省人社厅关于做好集市用工事项的通知",
    ]
    assert found.documents[1].within == found.documents[0].id
    assert found.documents[1].number == "云人社〔2031〕8号"
    assert found.losses == ()


# attachments

SIGNED = (
    "青禾市商务局关于评选好店的通知\n青商〔2031〕4号\n各县区商务局：\n一、评选由各县区先评，评出的再由市里评。\n"
    "二、评上的挂牌三年。\n附件：1.好店申请表\n2.好店评分办法\n青禾市商务局\n2031年7月8日"
)
FORM = "好店申请表\n店名\n地址\n店主\n电话"
SCORES = "好店评分办法\n一、看干净不干净。干净的记三十分。\n二、看价钱公道不公道。公道的记三十分。"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("附件1", "附件2"),
        ("附件 1", "附件 2"),
        ("附件一", "附件二"),
        ("附件1：", "附件2："),
        ("附 件 1", "附 件 2"),
    ],
)
def test_forms_of_a_label(first: str, second: str) -> None:
    assert divisions(pages(SIGNED, f"{first}\n{FORM}", f"{second}\n{SCORES}")) == ["正文", "附件1", "附件2"]


def test_a_label_may_be_glued_to_its_title() -> None:
    found = only(pages(SIGNED, f"附件 1{FORM}", f"附件 2{SCORES}"))
    assert [each.cite for each in found.clauses] == ["正文", "附件1", "附件2"]
    assert cites(found.clauses[2]) == ["附件2 一、", "附件2 二、"]


def test_attachments_may_follow_on_the_same_page_when_the_list_named_them() -> None:
    text = f"{SIGNED}\n附件1{FORM}\n附件2{SCORES}"
    assert [each.cite for each in only(text).clauses] == ["正文", "附件1", "附件2"]


def test_an_attachment_that_was_announced_may_have_lost_its_label() -> None:
    text = SIGNED.replace("好店评分办法", "青禾市好店评分办法")
    assert divisions(pages(text, f"附件1\n{FORM}", f"青禾市{SCORES}")) == ["正文", "附件1", "附件2"]


def test_numbers_of_an_attachment_are_not_those_of_the_notice() -> None:
    document = only(pages(SIGNED, f"附件1\n{FORM}", f"附件2\n{SCORES}"))
    assert cites(document) == ["一、", "二、", "附件2 一、", "附件2 二、"]


def test_the_only_attachment_has_no_number() -> None:
    text = SIGNED.replace("附件：1.好店申请表\n2.好店评分办法", "附件：好店评分办法")
    document = only(pages(text, f"附件\n{SCORES}"))
    assert cites(document)[2:] == ["附件 一、", "附件 二、"]


def test_a_label_repeated_by_mistake_gets_an_id_of_its_own() -> None:
    document = only(pages(SIGNED, f"附件1\n{FORM}", f"附件1\n{SCORES}"))
    assert [each.id for each in document.clauses] == ["main", "att_1", "att_1-2"]


def test_a_mention_of_an_attachment_begins_none() -> None:
    text = SIGNED.replace("评上的挂牌三年。", "评上的挂牌三年，办法见\n附件2。")
    assert divisions(pages(text, f"附件1\n{FORM}", f"附件2\n{SCORES}")) == ["正文", "附件1", "附件2"]


@pytest.mark.parametrize(
    "listed",
    [
        "附件：1.好店申请表\n2.好店评分办法",
        "附件：\n1.好店申请表\n2.好店评分办法",
        "附件：1.好店申请表 2.好店评分办法",
        "附件：1．好店申请表.docx\n2．好店评分办法.pdf",
        "附件1：好店申请表\n附件2：好店评分办法",
    ],
)
def test_forms_of_the_list(listed: str) -> None:
    text = SIGNED.replace("附件：1.好店申请表\n2.好店评分办法", listed)
    found = reading(text)
    lost = [each.what for each in found.losses if each.kind is LossKind.ATTACHMENT]
    assert [each.removesuffix("，只有名称") for each in lost] == [
        "附件1 好店申请表",
        "附件2 好店评分办法",
    ]
    assert texts(found.documents[0], ClauseKind.ATTACHMENT_LIST)
