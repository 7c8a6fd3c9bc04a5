"""Lists of bodies: short names, shared beginnings and ends, and names that nobody told of."""

import pytest

from huiqi.library.ledger.names import Names
from huiqi.library.model import Level
from tests.library.ledger.trees import BODIES

NAMES = Names(BODIES, Level.PROVINCE)


def names(listed: str, of: Names = NAMES) -> list[str]:
    return [named.name for named in of.split(listed)]


def test_a_short_name_stands_for_the_full_one() -> None:
    assert names("省商务厅") == ["云岭省商务厅"]


def test_the_level_of_the_first_name_carries_on_to_those_that_leave_it_out() -> None:
    assert names("省商务厅、财政厅、市场监管局") == ["云岭省商务厅", "云岭省财政厅", "云岭省市场监督管理局"]


def test_a_name_that_begins_with_the_word_for_city_is_not_of_a_city() -> None:
    assert names("省商务厅、市场监管局、财政厅") == ["云岭省商务厅", "云岭省市场监督管理局", "云岭省财政厅"]


def test_a_body_that_is_not_of_the_province_takes_no_level() -> None:
    assert names("省商务厅、青禾海关、人行云岭省分行、税务局") == [
        "云岭省商务厅",
        "中华人民共和国青禾海关",
        "中国人民银行云岭省分行",
        "国家税务总局云岭省税务局",
    ]


def test_the_level_carried_on_goes_before_a_national_name_of_the_same_words() -> None:
    assert names("省商务厅、发展改革委") == ["云岭省商务厅", "云岭省发展和改革委员会"]
    assert names("发展改革委", Names(BODIES, Level.NATION)) == ["国家发展和改革委员会"]


def test_offices_of_the_party_carry_on_too() -> None:
    assert names("省委组织部、金融办、省商务厅") == [
        "中共云岭省委组织部",
        "中共云岭省委金融委员会办公室",
        "云岭省商务厅",
    ]


def test_a_name_that_holds_the_word_and_is_not_split_at_it() -> None:
    assert names("省商务厅、文化和旅游厅和财政厅") == ["云岭省商务厅", "云岭省文化和旅游厅", "云岭省财政厅"]


def test_places_share_the_kind_of_their_government() -> None:
    assert names("省商务厅，青禾、白石市政府，东湖示范区、临港新区管委会") == [
        "云岭省商务厅",
        "青禾市人民政府",
        "白石市人民政府",
        "东湖示范区管理委员会",
        "临港新区管理委员会",
    ]


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("财政、公安和商务部门", ["财政部门", "公安部门", "商务部门"]),
        ("同级教育、民政部门", ["同级教育部门", "同级民政部门"]),
        ("财政、公安等部门", ["财政部门", "公安部门"]),
        ("文化和旅游部门", ["文化和旅游部门"]),
        ("县级以上人民政府及其有关部门", ["县级以上人民政府", "有关部门"]),
        ("设区的市、县（市、区）人民政府", ["设区的市人民政府", "县（市、区）人民政府"]),
        ("各级税务机关以及有关主管部门", ["各级税务机关", "有关主管部门"]),
        ("各县（区）人民政府、省直各有关部门", ["各县（区）人民政府", "省直各有关部门"]),
        ("各级、各有关部门", ["各级、各有关部门"]),
        ("各地、各部门", ["各地", "各部门"]),
        ("上级党委、政府", ["上级党委", "上级政府"]),
        ("甲市、乙区信用牵头部门", ["甲市、乙区信用牵头部门"]),
        ("市人民政府工业和信息化部门", ["市人民政府工业和信息化部门"]),
        ("工业部等17部门", ["工业部"]),
    ],
)
def test_bodies_named_by_kind_stay_generic_and_are_made_whole(listed: str, expected: list[str]) -> None:
    assert names(listed) == expected


def test_what_the_catalogue_does_not_know_is_kept_as_printed_and_said_to_be_unknown() -> None:
    known, unknown = NAMES.split("省商务厅、盐务局")
    assert known.known
    assert (unknown.name, unknown.as_printed, unknown.known) == ("盐务局", "盐务局", False)


def test_a_body_named_twice_is_one() -> None:
    assert names("省商务厅、财政厅、省商务厅") == ["云岭省商务厅", "云岭省财政厅"]


def test_in_a_national_document_a_provincial_short_name_is_any_province() -> None:
    assert names("省商务厅", Names(BODIES, Level.NATION)) == ["省商务厅"]


def test_in_a_provincial_document_a_municipal_short_name_is_any_city() -> None:
    assert names("市商务局") == ["市商务局"]
    assert names("市商务局", Names(BODIES, Level.CITY)) == ["青禾市商务局"]


def test_nothing_is_made_of_nothing() -> None:
    assert names("") == []
    assert names("、，") == []
