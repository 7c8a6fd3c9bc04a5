"""GB/T 2260: a code means something only on a day, and the list says where it was seen."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from huiqi.codes import regions
from huiqi.codes.regions import Region, Regions

CATALOGUE = Path(__file__).parents[2] / "catalogue" / "codes" / "regions.yaml"
TODAY = date(2026, 11, 23)

OLD = Region("990101", "旧河区", until=date(2005, 5, 29))
NEW = Region("990101", "新河区", since=date(2005, 5, 30))
LIST = Regions([NEW, OLD, Region("990000", "某省"), Region("990100", "某市"), Region("999001", "某县级市")])


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "regions.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def error(path: Path) -> str:
    with pytest.raises(ValueError, match="regions") as caught:
        regions.load(path)
    message = str(caught.value)
    assert "\n" not in message
    return message.removeprefix(str(path))


def test_a_code_changes_its_meaning_from_one_day_to_the_next() -> None:
    assert LIST.find("990101", date(2005, 5, 29)) == OLD
    assert LIST.find("990101", date(2005, 5, 30)) == NEW
    assert LIST.history("990101") == (OLD, NEW)


def test_a_code_the_list_does_not_have_means_nothing() -> None:
    assert LIST.find("990102", TODAY) is None
    assert LIST.history("990102") == ()


def test_path_is_widest_first_and_skips_what_the_list_lacks() -> None:
    assert [region.name for region in LIST.path("990101", TODAY)] == ["某省", "某市", "新河区"]
    assert [region.name for region in LIST.path("999001", TODAY)] == ["某省", "某县级市"]
    assert [region.name for region in LIST.path("990000", TODAY)] == ["某省"]


def test_within_gives_the_next_level_of_that_day_only() -> None:
    assert [region.name for region in LIST.within("990000", TODAY)] == ["某市", "某县级市"]
    assert LIST.within("990100", date(1990, 1, 1)) == (OLD,)
    assert LIST.within("990101", TODAY) == ()


def test_two_names_of_one_code_may_not_share_a_day() -> None:
    with pytest.raises(ValueError, match="990101 的旧河区与晚河区日期重叠"):
        Regions([OLD, Region("990101", "晚河区", since=date(2005, 5, 29))])
    with pytest.raises(ValueError, match="日期重叠"):
        Regions([Region("990101", "甲区"), Region("990101", "乙区")])


def test_a_region_may_not_end_before_it_began() -> None:
    with pytest.raises(ValueError, match="起日晚于止日"):
        Regions([Region("990101", "甲区", since=date(2005, 1, 2), until=date(2005, 1, 1))])


def test_an_entry_keeps_dates_mark_source_and_note(tmp_path: Path) -> None:
    text = """
核实: 否
依据: 清单
地区:
  - {代码: "990100", 名称: 某市, 自: null}
  - {代码: "990101", 名称: 甲区, 自: 2001-02-03, 至: 2004-05-06, 核实: 是, 依据: 公报, 注: 已撤}
"""
    city, district = regions.load(write(tmp_path, text))
    assert city == Region("990100", "某市", source="清单")
    assert district == Region("990101", "甲区", date(2001, 2, 3), date(2004, 5, 6), True, "公报", "已撤")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ": 应是“键: 值”的形式"),
        ("- 1", ":1: 应是“键: 值”的形式"),
        ("说明: 空", ": 缺少“地区”，或者它不是列表"),
        ("地区: 否", ": 缺少“地区”，或者它不是列表"),
        ("地区:\n  - 990100", ":2: 应是“键: 值”的形式"),
        ("城市: []", ":1: 不认识的键“城市”，可用：依据、地区、核实、说明"),
        ("地区: []\n地区: []", ":2: 键“地区”写了两次"),
        ('地区:\n  - {代码: "990100", 名: 某市}', ":2: 不认识的键“名”"),
        ('地区:\n  - {代码: "990100", 名称: 某市, 名称: 某市}', ":2: 键“名称”写了两次"),
        ("地区:\n  - {代码: 990100, 名称: 某市}", ":2: 代码应是加引号的六位数字，现为 990100"),
        ('地区:\n  - {代码: "99010", 名称: 某市}', ":2: 代码应是加引号的六位数字，现为 99010"),
        ('地区:\n  - {代码: "990100"}', ":2: 990100 缺少名称"),
        ('地区:\n  - {代码: "990100", 名称: 某市, 自: 2001}', ":2: 990100 的“自”应是日期"),
        ('地区:\n  - {代码: "990100", 名称: 某市, 自: 2001-02-03 04:05:06}', ":2: 990100 的“自”应是日期"),
        ('地区:\n  - {代码: "990100", 名称: 某市, 至: 2001-02-30}', ":2: “2001-02-30”不是正确的值"),
        ('地区:\n  - {代码: "990100", 名称: 某市, 注: !!python/name:os.system }', "不是正确的值"),
        (
            '地区:\n  - {代码: "990100", 名称: 某市, 核实: 大概}',
            ":2: 990100 的“核实”应是 是 或 否，现为 大概",
        ),
        ('地区:\n  - {代码: "990100", 名称: [某市]}', ":2: 这里应是一个值"),
        (
            '地区:\n  - {代码: "990100", 名称: 甲市}\n  - {代码: "990100", 名称: 乙市}',
            ": 行政区划 990100 的甲市与乙市日期重叠",
        ),
        ("地区: [", ": 不是正确的 YAML"),
    ],
)
def test_a_faulty_list_gets_one_line_with_file_and_line(tmp_path: Path, text: str, words: str) -> None:
    assert words in error(write(tmp_path, text))


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "regions.yaml"
    path.write_bytes("地区: []".encode("gb18030"))
    assert error(path) == ": 文件不是 UTF-8 编码"


def test_the_catalogue_knows_the_renamed_and_merged_districts() -> None:
    listed = regions.load(CATALOGUE)

    def name(code: str, on: date) -> str | None:
        region = listed.find(code, on)
        return region.name if region else None

    renamed = date(2005, 5, 30)
    assert name("410205", renamed - timedelta(days=1)) == "南关区"
    assert name("410205", renamed) == name("410205", TODAY) == "禹王台区"
    assert name("410211", date(2010, 1, 1)) == "金明区"
    assert name("410211", TODAY) is None
    assert name("410224", date(2010, 1, 1)) == "开封县"
    assert name("410224", TODAY) is None
    assert name("410212", TODAY) == "祥符区"
    assert name("410212", date(2010, 1, 1)) is None


def test_the_catalogue_has_the_province_with_its_eighteen_cities_and_the_city_with_its_nine_parts() -> None:
    listed = regions.load(CATALOGUE)
    assert len(listed.within("410000", TODAY)) == 18
    assert len(listed.within("410200", TODAY)) == 9
    assert [region.name for region in listed.path("410205", TODAY)] == ["河南省", "开封市", "禹王台区"]


def test_the_catalogue_says_of_every_region_what_was_seen() -> None:
    for region in regions.load(CATALOGUE):
        assert region.source
        assert region.code[:2] == "41"
