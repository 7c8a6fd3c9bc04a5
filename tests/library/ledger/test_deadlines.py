"""By when something has to be done, and what is no such time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.library.ledger import Deadline, DeadlineKind, Precision
from huiqi.library.ledger.deadlines import deadlines_in

ISSUED = date(2024, 6, 20)


def read(text: str, issued: date | None = ISSUED) -> list[Deadline]:
    return [found.deadline for found in deadlines_in(text, issued)]


@pytest.mark.parametrize(
    ("text", "day", "precision", "words"),
    [
        ("到2027年，建成十个园区。", date(2027, 12, 31), "年", "到2027年"),
        ("到2025年年底，全部更新。", date(2025, 12, 31), "年", "到2025年年底"),
        ("于2024年底前办结。", date(2024, 12, 31), "年", "2024年底前"),
        ("2024年，办好三件事。", date(2024, 12, 31), "年", "2024年"),
        ("2024年9月底前办结。", date(2024, 9, 30), "月", "2024年9月底前"),
        ("2024年2月底前办结。", date(2024, 2, 29), "月", "2024年2月底前"),
        ("2025年3月末贷款增加。", date(2025, 3, 31), "月", "2025年3月末"),
        ("2025年第一季度开工。", date(2025, 3, 31), "季", "2025年第一季度"),
        ("2024年三季度末前开工。", date(2024, 9, 30), "季", "2024年三季度末前"),
        ("2025年上半年前完成。", date(2025, 6, 30), "月", "2025年上半年前"),
        ("2024年11月22日前报送。", date(2024, 11, 22), "日", "2024年11月22日前"),
        ("报送截止日期为2024年11月22日。", date(2024, 11, 22), "日", "截止日期为2024年11月22日"),
        ("2024年4月1日，由各市启动。", date(2024, 4, 1), "日", "2024年4月1日"),
    ],
)
def test_a_date_is_the_last_day_of_the_period_it_names(
    text: str, day: date, precision: str, words: str
) -> None:
    assert read(text) == [Deadline(words, DeadlineKind.DATED, day, Precision(precision))]


@pytest.mark.parametrize(
    ("text", "day", "year_from"),
    [
        ("3月底前全部纳入。", date(2025, 3, 31), "印发日期"),
        ("9月底前全部纳入。", date(2024, 9, 30), "印发日期"),
        ("建立2026年项目库，3月底前全部纳入。", date(2026, 3, 31), "上文"),
        ("年底前办结。", date(2024, 12, 31), "印发日期"),
    ],
)
def test_a_year_that_is_left_out_comes_from_the_text_before_or_the_day_of_issue(
    text: str, day: date, year_from: str
) -> None:
    (found,) = read(text)
    assert (found.day, found.year_from) == (day, year_from)


def test_without_a_year_and_a_day_of_issue_nothing_is_made_up() -> None:
    assert read("3月底前全部纳入。", None) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("应当自收到材料之日起3个工作日内答复。", "自收到材料之日起3个工作日内"),
        ("资金最晚于本通知印发之日起三个月内拨付。", "于本通知印发之日起三个月内"),
        ("收到报告后30日内反馈。", "30日内"),
        ("应在10天以内办理。", "10天以内"),
    ],
)
def test_a_time_counted_from_an_event_stays_words(text: str, words: str) -> None:
    assert read(text) == [Deadline(words, DeadlineKind.RELATIVE)]


@pytest.mark.parametrize(
    "text",
    [
        "本办法自2024年5月1日起施行。",
        "实施期限为2023年至2025年。",
        "执行期限至2025年12月31日。",
        "2027年12月31日前，对个体户减半征收房产税。",
        "对2025年第一季度满产的企业给予奖励。",
        "《到2027年发展规划》印发后执行。",
        "2024年9月底前到期的贷款可以续期。",
        "近3个月内没有处罚。",
        "全流程时间控制在20个工作日以内。",
        "承诺在6个月内开工的，可以先行交地。",
        "每季度召开一次会议。",
    ],
)
def test_the_time_of_a_rule_a_benefit_or_a_condition_is_no_deadline(text: str) -> None:
    assert read(text) == []


def test_lines_of_their_own_are_read_whatever_they_say() -> None:
    kinds = [
        read(f"办好展会。\n完成时限：{words}。")[0].kind
        for words in ("2024年9月底", "持续推进", "视情况而定")
    ]
    assert kinds == [DeadlineKind.DATED, DeadlineKind.ONGOING, DeadlineKind.OTHER]


@given(st.dates(date(2015, 1, 1), date(2040, 12, 31)), st.sampled_from(Precision))
def test_a_date_that_is_written_is_read_back(day: date, precision: Precision) -> None:
    quarter = (day.month - 1) // 3
    written = {
        Precision.DAY: f"{day.year}年{day.month}月{day.day}日前",
        Precision.MONTH: f"{day.year}年{day.month}月底前",
        Precision.QUARTER: f"{day.year}年第{'一二三四'[quarter]}季度",
        Precision.YEAR: f"到{day.year}年",
    }[precision]
    (found,) = read(f"力争{written}，办好展会。")
    assert found.precision is precision
    assert found.day is not None
    assert found.day >= day
    assert (found.day.year, found.words) == (day.year, written)
