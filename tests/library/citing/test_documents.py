"""Which document a number or a title names."""

from dataclasses import dataclass

import pytest

from huiqi.library.citing import document_of, documents_of


@dataclass(frozen=True)
class Entry:
    """A document as a list shows it."""

    title: str
    number: str | None = None
    issuers: tuple[str, ...] = ()
    cover_title: str = ""


MEASURES = Entry(
    "青禾市扶持企业若干措施",
    "青政〔2024〕5号",
    ("青禾市人民政府",),
    "青禾市人民政府关于印发青禾市扶持企业若干措施的通知",
)
STATUTE = Entry("云岭省企业服务办法（试行）", "云岭省人民政府令第12号", ("云岭省人民政府",))
NOTICE = Entry("国家某局关于核对名单有关问题的公告", "公告2024年第4号", ("国家某局", "国家另一局"))
PLAN = Entry("青禾市促进消费行动方案（2023—2025年）", None, ("青禾市人民政府办公室",))
ALL = (MEASURES, STATUTE, NOTICE, PLAN)


@pytest.mark.parametrize(
    ("title", "number", "document"),
    [
        ("", "青政〔2024〕5号", MEASURES),
        ("别的标题", "青政[2024]第5号", MEASURES),
        ("青政〔2024〕 5 号", None, MEASURES),
        ("", "公告2024年第4号", NOTICE),
        ("2024年第4号公告", None, NOTICE),
        ("国家某局公告2024年第4号", None, NOTICE),
        ("", "云岭省人民政府令第12号", STATUTE),
        ("青禾市扶持企业若干措施", None, MEASURES),
        ("《青禾市扶持企业若干措施》", None, MEASURES),
        ("关于印发《青禾市扶持企业若干措施》的通知", None, MEASURES),
        ("青禾市人民政府关于印发青禾市扶持企业若干措施的通知", None, MEASURES),
        ("关于核对名单有关问题的公告", None, NOTICE),
        ("云岭省企业服务办法", None, STATUTE),
        ("青禾市促进消费行动方案", None, PLAN),
        ("青禾市促进消费行动方案(2023-2025年)", None, PLAN),
    ],
)
def test_a_document_is_found_by_its_number_and_else_by_its_title(
    title: str, number: str | None, document: Entry
) -> None:
    assert document_of(title, number, ALL) is document


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("", None),
        ("青政〔2023〕5号", None),
        ("国家第三局公告2024年第4号", None),
        ("公告2023年第4号", None),
        ("云岭省消费办法", None),
        ("青禾市扶持企业若干措施", "青政〔2025〕1号"),  # the same title, but of another year
    ],
)
def test_what_names_another_document_finds_none(title: str, number: str | None) -> None:
    assert document_of(title, number, ALL) is None


def test_two_that_fit_equally_well_are_both_told() -> None:
    again = Entry("青禾市促进消费行动方案（2026—2028年）")
    assert document_of("青禾市促进消费行动方案", None, (*ALL, again)) is None
    assert documents_of("青禾市促进消费行动方案", None, (*ALL, again)) == (PLAN, again)
    assert document_of("青禾市促进消费行动方案（2026—2028年）", None, (*ALL, again)) is again


def test_a_document_without_a_title_of_its_notice_is_not_taken_for_another() -> None:
    untitled = Entry("", None, (), "")
    assert documents_of("云岭省企业服务办法", None, (untitled, STATUTE)) == (STATUTE,)
