"""The files of the calendar, and what is said to whoever wrote one wrongly."""

from datetime import date, time
from pathlib import Path
from textwrap import dedent

import pytest

from huiqi.clocks import load_calendar
from tests.clocks.examples import FOLDER, OFFICIAL

GOOD = """\
年份: 2031
通知:
  - 标题: 关于2031年放假的通知
    文号: 青办〔2030〕1号
    日期: 2030-11-01
    核实: 否
    放假:
      - {名称: 元旦, 自: 2031-01-01, 至: 2031-01-03, 共: 3}
    上班:
      - 2031-01-05
"""


def folder(tmp_path: Path, text: str, name: str = "2031.yaml") -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def refusal(tmp_path: Path) -> str:
    with pytest.raises(ValueError, match="yaml") as caught:
        load_calendar(tmp_path)
    message = str(caught.value)
    assert "\n" not in message
    return message.removeprefix(f"{tmp_path}/")


def test_a_good_file_is_read(tmp_path: Path) -> None:
    calendar = load_calendar(folder(tmp_path, GOOD))
    assert calendar.covers == (2031,)
    assert not calendar.is_working(date(2031, 1, 3))
    assert calendar.is_working(date(2031, 1, 5))
    (notice,) = calendar.notices()
    assert (notice.number, notice.issued, notice.confirmed) == ("青办〔2030〕1号", date(2030, 11, 1), False)


def test_the_files_of_the_catalogue_have_nine_years_and_office_hours() -> None:
    assert set(range(2018, 2027)) <= set(OFFICIAL.covers)
    assert OFFICIAL.hours.spans == ((time(9), time(12)), (time(14), time(17)))
    assert sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".yaml") == []
    assert all(notice.source for notice in OFFICIAL.notices())


SLIPS = [
    ("年份: 2031", "年份: 2013", "2031.yaml:1: 年份写的是 2013，文件名却是 2031.yaml"),
    ("文号:", "文件号:", "2031.yaml:4: 不认识的键“文件号”，可用：标题、文号、日期、"),
    ("    文号: 青办〔2030〕1号\n", "", "2031.yaml:3: 缺少“文号”"),
    ("    核实: 否\n", "    核实: 否\n    核实: 是\n", "2031.yaml:7: 键“核实”写了两次"),
    ("核实: 否", "核实: 不知道", "2031.yaml:6: “核实”应是 是 或 否，现为 不知道"),
    ("日期: 2030-11-01", "日期: 2030-11-31", "2031.yaml:5: 应是存在的日期，如 2026-05-01，现为 2030-11-31"),
    ("日期: 2030-11-01", "日期: 2030年11月1日", "2031.yaml:5: 应是存在的日期"),
    ("日期: 2030-11-01", "日期: 20301101", "2031.yaml:5: 应是存在的日期"),
    ("- 2031-01-05", "- 2032-01-03", "2031.yaml:10: 2032-01-03 不是 2031 年的日子，应写在 2032.yaml"),
    ("- 2031-01-05", "- 2031-01-06", "2031.yaml:10: 2031-01-06 是周一，本来就上班；"),
    (
        "- 2031-01-05",
        "- 2031-01-05\n      - 2031-01-05",
        "2031.yaml:11: 2031-01-05 写了两次，前一次在第 10 行",
    ),
    ("至: 2031-01-03, 共: 3", "至: 2031-01-05", "2031.yaml:10: 2031-01-05 写了两次，前一次在第 8 行"),
    (
        "自: 2031-01-01",
        "自: 2030-12-31",
        "2031.yaml:8: 元旦写的是共 3 天，从 2030-12-31 到 2031-01-03 却是 4 天",
    ),
    (
        "自: 2031-01-01, 至: 2031-01-03, 共: 3",
        "自: 2030-12-31, 至: 2031-01-03",
        "2031.yaml:8: 2030-12-31 不是 2031 年",
    ),
    ("名称: 元旦, ", "", "2031.yaml:8: 缺少“名称”"),
    ("名称: 元旦", "名称: ''", "2031.yaml:8: 这里应写一个值，不能空着"),
    ("自: 2031-01-01", "自: 2031-01-04", "2031.yaml:8: 元旦的“自”2031-01-04 晚于“至”2031-01-03"),
    ("至: 2031-01-03, 共: 3", "至: 2031-10-03", "2031.yaml:8: 元旦从 2031-01-01 到 2031-10-03 有 276 天"),
    ("共: 3", "共: 4", "2031.yaml:8: 元旦写的是共 4 天，从 2031-01-01 到 2031-01-03 却是 3 天"),
    ("    上班:\n      - 2031-01-05", "    上班: 2031-01-05", "2031.yaml:9: “上班”应是列表，每项前面有“- ”"),
    ("- {名称", "- 元旦 # {", "2031.yaml:8: 应是“键: 值”的形式"),
    ("年份: 2031", "年份: [", "2031.yaml:"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), SLIPS)
def test_a_slip_is_told_with_file_and_line(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    assert GOOD.count(right) >= 1
    folder(tmp_path, GOOD.replace(right, wrong, 1))
    assert refusal(tmp_path).startswith(said)


def test_a_year_without_any_notice_is_not_written(tmp_path: Path) -> None:
    folder(tmp_path, "年份: 2031\n通知: []\n")
    assert refusal(tmp_path) == "2031.yaml:2: “通知”一份也没有；还没有通知的年份不写文件"


def test_other_files_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"没有一年的放假安排（如 2026\.yaml）"):
        load_calendar(tmp_path)
    folder(tmp_path, GOOD, "2031年.yaml")
    assert refusal(tmp_path) == "2031年.yaml: 文件名应是四位年份加 .yaml，或 office-hours.yaml"


def test_a_file_that_is_no_text_or_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "2031.yaml").write_bytes("年份".encode("gb18030"))
    assert refusal(tmp_path) == "2031.yaml: 文件不是 UTF-8 编码"
    folder(tmp_path, "")
    assert refusal(tmp_path) == "2031.yaml: 应是“键: 值”的形式"


HOURS = """\
时段:
  - {自: "08:30", 至: "12:00"}
  - {自: "15:00", 至: "18:30"}
"""


def test_office_hours_are_read(tmp_path: Path) -> None:
    folder(tmp_path, GOOD)
    folder(tmp_path, HOURS.replace('"', ""), "office-hours.yaml")
    assert load_calendar(tmp_path).hours.closes == time(18, 30)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('"15:00"', '"25:00"', '3: 应是时刻，如 "09:00"，现为 25:00'),
        ('"15:00"', "下午三点", '3: 应是时刻，如 "09:00"，现为 下午三点'),
        ('"15:00"', '"11:00"', "2: 办公时间应由早到晚、互不重叠，12:00 之后却是 11:00"),
        ("自:", "从:", "2: 不认识的键“从”，可用：自、至"),
    ],
)
def test_wrong_office_hours_are_told(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    folder(tmp_path, GOOD)
    folder(tmp_path, HOURS.replace(right, wrong, 1), "office-hours.yaml")
    assert refusal(tmp_path) == f"office-hours.yaml:{said}"


def test_a_later_notice_may_stand_beside_an_earlier_one_but_not_repeat_its_days(tmp_path: Path) -> None:
    later = dedent(
        """\
          - 标题: 关于调整放假的通知
            文号: 青办〔2031〕2号
            日期: 2031-03-01
            核实: 否
            放假:
              - {名称: 劳动节, 自: 2031-05-01, 至: 2031-05-02}
        """
    )
    both = GOOD + "\n".join("  " + line for line in later.splitlines()) + "\n"
    assert len(list(load_calendar(folder(tmp_path, both)).notices())) == 2
    folder(tmp_path, both.replace("自: 2031-05-01, 至: 2031-05-02", "自: 2031-01-03, 至: 2031-01-04"))
    assert refusal(tmp_path) == "2031.yaml:16: 2031-01-03 写了两次，前一次在第 8 行"
