"""Places where the print looks wrong: shown, never corrected."""

import pytest

from tests.library.texts import body, reading

FILLER = "市场里的摊位由管理员每天早上安排，先到的先挑，挑好的当天不换。"


def slips(words: str) -> list[tuple[str, str]]:
    found = reading(body([f"一、排位。{words}{FILLER}", f"二、收市。{FILLER}"]))
    assert all(each.by == "程序" for each in found.remarks)
    assert all(each.words in found.documents[0].whole_text() for each in found.remarks)
    return [(each.words, each.note) for each in found.remarks]


@pytest.mark.parametrize(
    ("words", "shown", "note"),
    [
        ("先看天气,再看人手。", "先看天气,再看人", "中文里用了半角标点"),
        ("照《集市办法》;另有规定的除外。", "市办法》;另有规", "中文里用了半角标点"),
        ("按1：0．5的比例配车位。", "按1：0．5的比例", "小数点是全角的"),
        ("最多１０个摊位。", "。最多１０个摊位", "数字是全角的"),
        ('排好了“早市"的摊位。', '排好了“早市"的摊位', "引号前后不成对"),
        ("管理员要登 记姓名。", "理员要登 记姓名。", "字中间多了空格"),
        ("照集市办法》办理。", "排位。照集市办法》办理。市场里的摊", "书名号不成对：0个开、1个合"),
    ],
)
def test_slips(words: str, shown: str, note: str) -> None:
    found = slips(words)
    assert note in [said for _, said in found]
    assert shown in [seen for seen, said in found if said == note]


@pytest.mark.parametrize(
    "words",
    [
        "青禾市人民政府 青禾市商务局都要派人。",
        "第三条 第二款说的除外。",
        "最晚 2031 年 5 月 6 日办完。",
        "1)先排位；2)再登记。",
        "摊位宽0.6米，比例是1:2。",
    ],
)
def test_what_is_no_slip(words: str) -> None:
    assert slips(words) == []


def test_a_habit_is_said_once() -> None:
    words = FILLER.replace("，", ",")
    found = reading(body([f"{each}、排位。{words}" for each in "一二三四五六"]))
    assert [each.note for each in found.remarks] == ["全文多用半角标点，不再逐处列出"]


def test_a_remark_says_where_in_the_source_it_is() -> None:
    found = reading(body([f"一、排位。先看天气,再看人手。{FILLER}", f"二、收市。{FILLER}"]))
    (remark,) = found.remarks
    assert remark.at is not None
    assert found.source.text[remark.at : remark.at + 2] == "气,"
