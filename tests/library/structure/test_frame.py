"""What frames a text: numbers, notes of promulgation, addressees, signatures, remarks."""

from datetime import date

import pytest

from huiqi.library.knowledge import Body, Knowledge
from huiqi.library.model import ClauseKind, Level
from tests.library.texts import only, reading, texts

ITEMS = "一、早开门。天亮就开门。\n二、晚收摊。太阳落山再收。"


def notice(
    title: str = "青禾市人民政府关于办好集市的通知",
    number: str = "青政〔2031〕5号",
    signature: str = "青禾市人民政府\n2031年5月6日",
    after: str = "",
    addressees: str = "各县区人民政府：",
) -> str:
    return "\n".join(part for part in (title, number, addressees, ITEMS, signature, after) if part)


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("青政〔2031〕5号", "青政〔2031〕5号"),
        ("青政[2031]5号", "青政〔2031〕5号"),
        ("青政(2031)5号", "青政〔2031〕5号"),
        ("青政（2031）5号", "青政〔2031〕5号"),
        ("青政【2031】5号", "青政〔2031〕5号"),
        ("青政〔2031〕 第 5 号", "青政〔2031〕5号"),
        ("青 政 办 〔 2031 〕 5 号", "青政办〔2031〕5号"),
        ("（青政规〔2031〕15号）", "青政规〔2031〕15号"),
        ("青禾市财政局公告2031年第5号", "青禾市财政局公告2031年第5号"),
        ("公告 2031年第 5号", "公告2031年第5号"),
    ],
)
def test_forms_of_a_number(printed: str, number: str) -> None:
    document = only(notice(number=printed))
    assert document.number == number
    assert texts(document, ClauseKind.NUMBER) == [printed]


def test_the_names_of_several_offices_are_no_part_of_the_number() -> None:
    document = only(
        notice(
            title="青禾市财政局青禾市税务局关于集市收费的公告",
            number="青禾市财政局青禾市税务局公告\n2031年第4号",
            signature="青禾市财政局 青禾市税务局\n2031年5月6日",
            addressees="",
        )
    )
    assert document.number == "公告2031年第4号"
    assert document.issuers == ("青禾市财政局", "青禾市税务局")
    assert document.id == "青禾市财政局公告2031-4"


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2031年5月6日", date(2031, 5, 6)),
        ("2031 年 5月 6 日", date(2031, 5, 6)),
        ("二〇三一年五月六日", date(2031, 5, 6)),
        ("二○三一年十二月三十一日", date(2031, 12, 31)),
    ],
)
def test_forms_of_the_day_of_issue(printed: str, day: date) -> None:
    document = only(notice(signature=f"青禾市人民政府\n{printed}"))
    assert document.issued == day
    assert document.issuers == ("青禾市人民政府",)


def test_a_signature_may_be_a_day_alone() -> None:
    document = only(notice(signature="2031年5月6日"))
    assert document.issued == date(2031, 5, 6)
    assert document.issuers == ("青禾市人民政府",)


def test_a_signature_may_have_letters_set_apart_and_several_offices_on_a_line() -> None:
    assert only(notice(signature="商 务 局\n2031年5月6日")).issuers == ("商务局",)
    several = only(notice(signature="青禾市商务局    青禾市财政局\n青禾市民政局\n2031年5月6日"))
    assert several.issuers == ("青禾市商务局", "青禾市财政局", "青禾市民政局")


def test_offices_glued_together_in_a_title_are_told_apart_by_the_catalogue() -> None:
    text = notice(title="青禾市商务局青禾市财政局关于办好集市的通知", signature="2031年5月6日")
    assert only(text).issuers == ("青禾市商务局青禾市财政局",)
    knowledge = Knowledge(bodies=(Body("青禾市商务局"), Body("青禾市财政局")))
    assert reading(text, knowledge).documents[0].issuers == ("青禾市商务局", "青禾市财政局")


@pytest.mark.parametrize(
    "after",
    [
        "（此件公开发布）",
        "（联系单位：集市管理科）",
        "公开方式：主动公开",
        "公开方式：主动公开\n青禾市人民政府办公室 2031年5月7日印发",
        "抄送：市委各部门，市人大常委会办公室。\n青禾市人民政府办公室\n2031年5月7日印发",
        "抄送：市委各部门，市人大常委会办公室，市政协办公\n室，市法院，市检察院。",
    ],
)
def test_remarks_after_a_signature(after: str) -> None:
    document = only(notice(after=after))
    assert "".join(texts(document, ClauseKind.REMARK)) == after.replace("\n", "")
    assert document.issued == date(2031, 5, 6)
    assert document.issuers == ("青禾市人民政府",)


def test_a_contact_is_a_remark_and_no_clause() -> None:
    document = only(notice(after="（联系人：集市科，电话：0000-1234）"))
    assert texts(document, ClauseKind.REMARK) == ["（联系人：集市科，电话：0000-1234）"]


@pytest.mark.parametrize(
    "addressees",
    [
        "各县区人民政府：",
        "各县区人民政府，市政府各部\n门、各直属机构：",
        "临江区商务局、河口县商务局:",
        "有关单位：",
    ],
)
def test_addressees(addressees: str) -> None:
    assert only(notice(addressees=addressees)).addressees == addressees.replace("\n", "")


def test_a_first_sentence_that_ends_with_a_colon_is_no_addressee() -> None:
    document = only(notice(addressees="为了方便全市的人赶集，现通知如下："))
    assert document.addressees == ""
    assert texts(document, ClauseKind.PREAMBLE) == ["为了方便全市的人赶集，现通知如下："]


# notes of promulgation


@pytest.mark.parametrize(
    ("note", "number", "issuer", "day"),
    [
        (
            "(2031年4月8日云岭省人民政府令第225号公布自2031年5月1日起施行)",
            "云岭省人民政府令第225号",
            "云岭省人民政府",
            date(2031, 4, 8),
        ),
        (
            "（2031年4月8日云岭省第九届人民代表大会常务委员会第三次会议通过）",
            None,
            "云岭省人民代表大会常务委员会",
            date(2031, 4, 8),
        ),
        (
            "2031年4月8日 云岭省第九届人民代表大会常务委员会第三次会议通过",
            None,
            "云岭省人民代表大会常务委员会",
            date(2031, 4, 8),
        ),
        (
            "（2020年7月5日国务院令第28号公布 2031年3月1日国务院令第82号修订）",
            "国务院令第82号",
            "国务院",
            date(2031, 3, 1),
        ),
        ("（2031年4月8日）", None, None, date(2031, 4, 8)),
    ],
)
def test_notes_of_promulgation(note: str, number: str | None, issuer: str | None, day: date) -> None:
    document = only(
        f"云岭省集市管理办法\n{note}\n第一条 为了把集市管好，制定本办法。\n第二条 集市由所在的县管。"
    )
    assert document.number == number
    assert document.issuers == ((issuer,) if issuer else ())
    assert document.issued == day


def test_a_note_of_promulgation_may_wrap_and_says_when_it_holds() -> None:
    note = "(2031年 4月 8日云岭省人民政府令第 225号公布自 2031年\n5月 1日起施行)"
    document = only(f"云岭省集市管理办法\n{note}\n第一条 为了把集市管好，制定本办法。\n第二条 集市由县管。")
    assert document.effective is not None
    assert document.effective.day == date(2031, 5, 1)


# level


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("国务院关于办好集市的通知", Level.NATION),
        ("商务部关于办好集市的通知", Level.NATION),
        ("云岭省人民政府关于办好集市的通知", Level.PROVINCE),
        ("云岭省商务厅关于办好集市的通知", Level.PROVINCE),
        ("青禾市人民政府关于办好集市的通知", Level.CITY),
        ("青禾市临江区人民政府关于办好集市的通知", Level.COUNTY),
        ("河口县人民政府关于办好集市的通知", Level.COUNTY),
        ("关于办好集市的通知", Level.UNKNOWN),
    ],
)
def test_levels(title: str, level: Level) -> None:
    assert (
        only(notice(title=title, signature="2031年5月6日", number="", addressees="有关单位：")).level is level
    )
