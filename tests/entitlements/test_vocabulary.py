"""Facts of the vocabulary as machines and people are told of them."""

from pathlib import Path

from huiqi.entitlements.vocabulary import fact_json, fact_text, type_words, used_by
from tests.support import VOCABULARY, Library, benefit, reference


@reference("L2.1")
def test_a_type_is_called_what_the_vocabulary_calls_it() -> None:
    words = {
        "高新企业": "是否",
        "企业名称": "文本",
        "企业规模": "选项",
        "成立日期": "日期",
        "投资额": "金额",
        "从业人数": "数量",
        "外资": "数量",
        "研发占比": "比例",
        "经营时长": "时长",
        "工期": "时长",
        "项目": "集合",
    }
    assert {name: type_words(VOCABULARY[name]) for name in words} == words


def test_a_fact_is_told_with_everything_that_is_declared() -> None:
    found = fact_json(VOCABULARY["企业规模"])
    assert (found["name"], found["type"], found["options"]) == (
        "企业规模",
        "选项",
        ["大型", "中型", "小型", "微型"],
    )
    assert found["question"] == "多大规模？"
    fields = fact_json(VOCABULARY["项目"])["fields"]
    assert [field["name"] for field in fields] == ["名称", "设备额", "人数", "完工日期", "类别", "示范"]
    assert fact_json(VOCABULARY["投资额"])["unit"] == "万元"


def test_who_leans_on_a_fact_directly_or_through_rules(tmp_path: Path) -> None:
    catalogue = Library.of(
        tmp_path,
        benefit("全部满足: [{名: 小的, 式: 企业规模 = 小型}]", "a"),
        benefit("金额: {式: 投资额 * 3%}", "b"),
        benefit("对象: 项目\n全部满足: [{名: 示, 式: 示范}]", "c"),
        benefit('全部满足: [{名: 有, 式: "任一(项目, 设备额 > 1元)"}]', "d"),
        rules="""
        规则:
          贷款额: {依据: 一, 情形: [{否则: 投资额 * 2}]}
          企业规模: {依据: 一, 情形: [{当: 贷款额 > 3元, 得: 大型}, {否则: 小型}]}
        """,
    ).load()

    def users(name: str) -> list[str]:
        return [one.id.removeprefix("xx-2023/") for one in used_by(catalogue.book, name)]

    assert users("企业规模") == ["a"]
    assert users("投资额") == ["a", "b"]
    assert users("项目") == ["c", "d"]
    assert users("失信") == []


def test_a_fact_is_told_to_people_with_who_uses_it(tmp_path: Path) -> None:
    catalogue = Library.of(tmp_path, benefit("对象: 项目\n全部满足: [{名: 示, 式: 示范}]")).load()
    text = fact_text(VOCABULARY["项目"], used_by(catalogue.book, "项目"))
    assert text.splitlines()[0] == "项目（集合）"
    assert "  · 设备额（金额，万元）设备多少钱？" in text
    assert text.splitlines()[-2:] == ["  用到它的事项（1）：", "    xx-2023/a  a补助"]
