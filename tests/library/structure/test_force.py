"""When a document holds and what it ends, as it says itself."""

from datetime import date

import pytest

from huiqi.library.model import Document
from tests.library.texts import only

ISSUED = date(2031, 5, 6)


def ending(closing: str, signature: str = "2031年5月6日") -> Document:
    """A document of two items with closing words of its own."""
    return only(
        "\n".join(
            ["青禾市集市办法", "一、早开门。天亮就开门。", "二、晚收摊。太阳落山再收。", closing, signature]
        ),
        paragraphs=True,
    )


@pytest.mark.parametrize(
    ("closing", "day"),
    [
        ("本办法自2031年6月1日起施行。", date(2031, 6, 1)),
        ("本办法自 2031 年 6月 1 日起正式执行。", date(2031, 6, 1)),
        ("本办法自印发之日起施行。", ISSUED),
        ("本办法从公布之日起实施。", ISSUED),
        ("本办法于2031年6月1日施行。", date(2031, 6, 1)),
        ("本办法自2030年1月1日起执行。", date(2030, 1, 1)),
        ("以上措施自2031年6月1日起施行。", date(2031, 6, 1)),
        ("本实施办法自2031年6月1日起施行。", date(2031, 6, 1)),
        ("本办法实施期限为2030年至2032年。", date(2030, 1, 1)),
    ],
)
def test_the_first_day(closing: str, day: date) -> None:
    found = ending(closing).effective
    assert found is not None
    assert found.day == day
    assert found.words in closing.replace(" ", "")


def test_the_first_day_is_not_known_when_the_text_has_no_date_of_issue() -> None:
    found = ending("本办法自印发之日起施行。", signature="")
    assert found.effective is not None
    assert found.effective.day is None


@pytest.mark.parametrize(
    "words",
    [
        "新的摊位费标准自2031年6月1日起执行。",
        "本办法规定的摊位费自2031年6月1日起执行，其他的另行通知。",
        "市民反映的基本办法自2031年6月1日起施行一事已经查清。",
        "各县区自2031年6月1日起每月上报。",
    ],
)
def test_days_that_hold_for_a_part_only(words: str) -> None:
    document = only(
        f"青禾市集市办法\n一、收费。{words}\n二、晚收摊。太阳落山再收。\n2031年5月6日", paragraphs=True
    )
    assert document.effective is None


@pytest.mark.parametrize(
    ("closing", "day"),
    [
        ("本办法自2031年6月1日起施行，有效期两年。", date(2033, 5, 31)),
        ("本办法自印发之日起施行，有效期5年。", date(2036, 5, 5)),
        ("本办法有效期为三年。", date(2034, 5, 5)),
        ("本办法自2032年2月29日起施行，有效期一年。", date(2033, 2, 28)),
        ("本办法自印发之日起施行，有效期至2032年12月31日。", date(2032, 12, 31)),
        ("本办法实施期限为2030年至2032年。", date(2032, 12, 31)),
        ("本办法执行期限为2031年1月1日至2032年6月30日。", date(2032, 6, 30)),
        ("本办法自2031年6月1日起施行，至2032年6月30日止。", date(2032, 6, 30)),
    ],
)
def test_the_last_day(closing: str, day: date) -> None:
    found = ending(closing).expires
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize(
    "closing",
    [
        "本办法自2031年6月1日起施行。",
        "本办法自2031年6月1日起施行，摊位证有效期两年。",
        "本办法有效期为九十九年。",
        "本办法有效期至0000年。",
    ],
)
def test_no_last_day(closing: str) -> None:
    document = ending(closing.replace("，摊位证", "。摊位证"))
    assert document.expires is None


def repealed(closing: str) -> list[tuple[str, str, str]]:
    return [(each.title, each.number, each.extent) for each in ending(closing).repeals]


def test_repeals() -> None:
    closing = (
        "本办法自2031年6月1日起施行。"
        "《青禾市集市办法》（青政[2020]3号）、《关于转发〈集市条例〉的通知》同时废止。"
    )
    assert repealed(closing) == [
        ("青禾市集市办法", "青政〔2020〕3号", ""),
        ("关于转发〈集市条例〉的通知", "", ""),
    ]


@pytest.mark.parametrize(
    ("words", "extent"),
    [
        ("《青禾市集市办法》第三条同时废止。", "第三条"),
        ("《青禾市集市办法》附件1同时废止。", "附件1"),
        ("《青禾市集市办法》（青政〔2020〕3号）中摊位费的规定停止执行。", "中摊位费的规定"),
    ],
)
def test_repeals_of_a_part(words: str, extent: str) -> None:
    ((title, _, found),) = repealed(words)
    assert (title, found) == ("青禾市集市办法", extent)


@pytest.mark.parametrize(
    "words",
    [
        "依照《青禾市集市办法》办理。",
        "《青禾市集市办法》继续有效。",
        "旧办法同时废止。《青禾市集市办法》另行印发。",
    ],
)
def test_documents_that_are_only_mentioned_are_not_repealed(words: str) -> None:
    assert repealed(words) == []
