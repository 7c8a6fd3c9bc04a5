"""Each kind of fault, planted in a catalogue that says what its text says, is told at its line."""

from pathlib import Path

import pytest

from huiqi.grounding import Checked, Grounding, ground, read_explained
from huiqi.language.diagnostics import Severity
from tests.grounding.texts import BENEFITS, BODIES, EXPLAINED, MEASURES, catalogue, grounded, measures


def told(result: Grounding) -> list[str]:
    """What was found: the line, and everything after the place."""
    return [
        f"{one.line} {one.message}" + (f"（{one.hint}）" if one.hint else "") for one in result.diagnostics
    ]


def line_of(text: str, words: str) -> int:
    """The line on which a few words stand."""
    return text[: text.index(words)].count("\n") + 1


def test_a_catalogue_that_says_what_its_text_says_is_grounded(tmp_path: Path) -> None:
    result = grounded(tmp_path)
    assert told(result) == []
    assert result.counts[Checked.CITATION] == 21
    assert result.counts[Checked.FIGURE] == 21
    assert result.counts[Checked.DAY] == 7
    assert result.counts[Checked.BODY] == 5
    assert result.counts[Checked.BOUNDARY] == 10
    assert result.counts[Checked.WORDS] == 6
    assert result.counts[Checked.EXPLAINED] == 2
    assert result.outside == {}


FAULTS = {
    "a clause that is not there": (
        "依据: 三、（五）2., 字样",
        "依据: 三、（五）3., 字样",
        "“经营不满半年”的依据“三、（五）3.”不对：“三、（五）”下面没有“3.”（最近的是“三、（五）2.”“三、（五）1.”）",
    ),
    "a clause under the wrong parent": (
        "- {名: 失信, 式: 失信, 依据: 三、（五）1.}",
        "- {名: 失信, 式: 失信, 依据: 二、（五）1.}",
        "“失信”的依据“二、（五）1.”不对：“二、”下面没有“（五）”（最近的是“三、（五）”“二、（三）”）",
    ),
    "a clause that says something else": (
        "合计不超过: 250万元, 依据: 三、（四）",
        "合计不超过: 250万元, 依据: 一、（一）",
        "“同享限制”的 250万元 在“一、（一）”里没有（条款里有 300万元、200万元）",
    ),
    "a citation that nobody can read": (
        "最多: 1项, 依据: 三、（四）",
        "最多: 1项, 依据: 附则四",
        "“同享限制”的依据“附则四”不对：看不懂依据“附则四”",
    ),
    "a figure": (
        "式: 设备额 * 30%",
        "式: 设备额 * 35%",
        "“金额”的 35% 在“一、（一）”里没有（条款里有 30%）",
    ),
    "a digit": (
        "给: 300000元",
        "给: 30000元",
        "“金额”的 30000元 在“一、（二）”里没有（条款里有 50万元、300000元）",
    ),
    "a unit": (
        "封顶: 200万元",
        "封顶: 200元",
        "“金额”的 200元 在“一、（一）”里没有（条款里有 300万元、200万元）",
    ),
    "a unit of time": (
        "式: 非 经营时长 > 3年",
        "式: 非 经营时长 > 3月",
        "“三年以内”的 3月 在“二、（三）”里没有（条款里有 一年、三年）",
    ),
    "a count": (
        "名额: {前: 50名",
        "名额: {前: 60名",
        "“名额”的 60名 在“一、（二）”里没有（条款里有 50名）",
    ),
    "a day": (
        "评价日 <= 2025-06-30",
        "评价日 <= 2025-07-30",
        "“金额”的 2025-07-30 在“二、（三）”里没有（条款里有 2025年6月30日）",
    ),
    "the end of the period": (
        "至: 2026-12-31, 依据: 结尾",
        "至: 2027-12-31, 依据: 结尾",
        "“适用期”的 2027-12-31 在“结尾”里没有（条款里有 2024年4月1日、2026年12月31日）",
        "“期内完工”的 2026-12-31 在“一、（一）”里没有",  # it was the end of the period before
    ),
    "the day of issue": (
        "印发: 2024-03-01",
        "印发: 2024-03-02",
        "“印发”的 2024-03-02 在“标题、文号、落款”里没有（条款里有 2024年3月1日、2024—2026年）",
    ),
    "a year": (
        "年度(完工日期) = 2025年度",
        "年度(完工日期) = 2027年度",
        "“措施年份内”的 2027年度 在“标题”里没有",
    ),
    "a day of handling": (
        "时限: 2025年6月30日前",
        "时限: 2025年9月30日前",
        "“办理”的 2025-09-30 在“二、（三）”里没有（条款里有 2025年6月30日）",
    ),
    "a department": (
        "责任单位: [市商务局]",
        "责任单位: [市财政局]",
        "责任单位“市财政局”在“一、（二）”里没有（条款写的是 青禾市商务局）",
    ),
    "an issuer": (
        "机关: [青禾市人民政府]",
        "机关: [云岭省人民政府]",
        "机关“云岭省人民政府”在“标题、文号、落款”里没有",
    ),
    "a level": ("级别: 市", "级别: 省", "原文是市的文件，规则里写的是省（照原文改）"),
    "a bound that excludes the number": (
        "式: 设备额 >= 300万元",
        "式: 设备额 > 300万元",
        "“投资达标”写的是“> 300万元”，与“一、（一）”的界限词不合{}".format(
            "（条款写的是 …投入。对设备投资300万元以上的项…）"
        ),
    ),
    "a bound on the other side": (
        "式: 从业人数 >= 10人",
        "式: 从业人数 <= 10人",
        "“人数够”写的是“<= 10人”，与“二、（三）”的界限词不合（条款写的是 …对从业人员不少于10人、开业满…）",
    ),
    "a band": (
        "{超过: 5%, 给",
        "{以上: 5%, 给",
        "“金额”写的是“>= 5%”，与“一、（二）”的界限词不合（条款写的是 …占比超过10%、5%的企业，…）",
    ),
    "a bound that is excluded": (
        "式: 经营时长 < 6月",
        "式: 经营时长 <= 6月",
        "“经营不满半年”写的是“<= 或 > 6月”，与“三、（五）2.”的界限词不合{}".format(
            "（条款写的是 …在本市经营不满半年的。…）"
        ),
    ),
    "字样": (
        "字样: 300万元以上",
        "字样: 300万元及以上",
        "“投资达标”的字样“300万元及以上”在“一、（一）”里没有（最像的是“资300万元以上”）",
    ),
    "字样 with something left out": (
        "字样: 不超过…30％",
        "字样: 最高…30％",
        "“金额”的字样“最高…30％”在“一、（一）”里没有（最像的是“投资的30％”）",
    ),
    "a summary": (
        "摘要: 从业人员10人以上、开业满一年的，补2万元",
        "摘要: 从业人员10人以上、开业满一年的，补3万元",
        "“摘要”的 3万元 在“条款和规则”里没有（条款里有 2万元、1000元、250万元）",
    ),
}


AT_THE_HEAD = ("the day of issue", "a level")
"""Told at the 标识 of the document: days and words of a fixed list do not know their places."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_told_at_its_line(tmp_path: Path, fault: str) -> None:
    right, wrong, message, *more = FAULTS[fault]
    assert BENEFITS.count(right) == 1
    planted = BENEFITS.replace(right, wrong)
    found = told(grounded(tmp_path, planted))
    line = 1 if fault in AT_THE_HEAD else line_of(planted, wrong)
    assert found[0] == f"{line} {message}"
    assert [each.split(" ", 1)[1] for each in found[1:]] == more


# ---- the same fault on the side of the text ----

CHANGED = {
    "a figure": ("按照不超过投资的 30％", "按照不超过投资的 20％", "“金额”的 30%", "字样“不超过…30％”"),
    "a boundary word": ("300 万元以上的项目", "超过 300 万元的项目", "“投资达标”写的是“>= 300万元”", "字样"),
    "a cap that is none": ("单个项目最高 200 万元", "单个项目 200 万元", "“金额”写的是“<= 200万元”"),
    "an amount that may be less": (
        "一次性奖励 50万元",
        "一次性最高奖励 50万元",
        "“金额”写的是“定额 50万元”",
        "“定额 300000元”",
    ),
    "a department": ("（责任单位：市商务局）", "（责任单位：市统计局）", "责任单位“市商务局”"),
}


@pytest.mark.parametrize("change", CHANGED)
def test_a_text_that_changed_is_noticed(tmp_path: Path, change: str) -> None:
    before, after, *messages = CHANGED[change]
    assert MEASURES.count(before) == 1
    found = told(grounded(tmp_path, text=MEASURES.replace(before, after)))
    assert len(found) == len(messages), found
    for line, message in zip(found, messages, strict=True):
        assert message in line


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("300 万元以上", "３００万元（含）以上"),
        ("300 万元以上", "3 000 000 元及以上"),
        ("不超过投资的 30％", "不超过投资的百分之三十"),
        ("最高 200 万元", "最高不超过人民币 2,000,000 元"),
        ("最高 200 万元", "200 万元封顶"),
        ("最高 200 万元", "以 0.02 亿元为上限"),
        ("不超过三年", "不超过 36 个月"),
        ("各承担一半", "各承担 50%"),
        ("2025年 6月 30日前", "2025年上半年内"),
        ("前 50 名", "前五十名"),
        ("市商务局）", "市财政局、商务局）"),
    ],
)
def test_other_spellings_say_the_same(tmp_path: Path, before: str, after: str) -> None:
    assert MEASURES.count(before) == 1
    without_words = BENEFITS.replace(", 字样: 300万元以上", "").replace("      字样: 不超过…30％\n", "")
    plain = without_words.replace(", 字样: 前50名", "")
    assert told(grounded(tmp_path, plain, text=MEASURES.replace(before, after))) == []


# ---- where a claim rests ----


def test_an_item_rests_on_what_it_continues_but_not_on_its_neighbours(tmp_path: Path) -> None:
    on_the_lead_in = BENEFITS.replace("依据: 三、（五）1.}", "依据: 三、（五）1., 字样: 不予支持}")
    assert told(grounded(tmp_path, on_the_lead_in)) == []
    on_a_neighbour = BENEFITS.replace("依据: 三、（五）1.}", "依据: 三、（五）1., 字样: 不满半年}")
    assert len(told(grounded(tmp_path, on_a_neighbour))) == 1


def test_a_paragraph_does_not_rest_on_the_one_before_it(tmp_path: Path) -> None:
    later = MEASURES.replace("（责任单位：市商务局）\n", "（责任单位：市商务局）\n奖励分两年给。\n")
    second = BENEFITS.replace("    依据: 一、（二）\n", "    依据: 一、（二）第二款\n")
    found = told(grounded(tmp_path, second, text=later))
    assert "责任单位“市商务局”在“一、（二）第二款”里没有" in "".join(found)
    assert "“金额”的 50万元 在“一、（二）第二款”里没有" in "".join(found)


def test_bodies_that_are_charged_once_for_all_later_items_are_in_each_of_them(tmp_path: Path) -> None:
    later = MEASURES.replace("市商务局）", "市商务局；以下均需各县区人民政府落实，不再列出）")
    assert later != MEASURES
    more = BENEFITS.replace("责任单位: [市人社局]", "责任单位: [市人社局, 各县区人民政府]")
    assert told(grounded(tmp_path, more, text=later)) == []
    assert len(told(grounded(tmp_path, more))) == 1


def test_days_that_follow_from_what_the_text_says_stand_there_too(tmp_path: Path) -> None:
    counted = MEASURES.replace(
        "本措施自 2024年 4月 1日起施行，有效期至 2026年 12月 31日。", "本措施自印发之日起施行，有效期二年。"
    )
    period = BENEFITS.replace(
        "适用期: {自: 2024-04-01, 至: 2026-12-31", "适用期: {自: 2024-03-01, 至: 2026-02-28"
    )
    in_time = period.replace("完工日期 >= 2024-04-01 且 完工日期 <= 2026-12-31", "完工日期 >= 2024-03-01")
    assert told(grounded(tmp_path, in_time, text=counted)) == []
    wrong = in_time.replace("至: 2026-02-28", "至: 2027-02-28")
    assert "“适用期”的 2027-02-28 在“结尾”里没有" in told(grounded(tmp_path, wrong, text=counted))[0]


def test_a_group_hands_its_citation_down(tmp_path: Path) -> None:
    group = BENEFITS.replace(
        '      - {名: 满一年, 式: "年数(成立日期, 评价日) >= 1年"}\n',
        "      - 任一满足:\n"
        "          名: 满一年\n"
        "          依据: 三、（四）\n"
        "          条件:\n"
        '            - {名: 开业满一年, 式: "年数(成立日期, 评价日) >= 1年"}\n',
    )
    assert "“开业满一年”的 1年 在“三、（四）”里没有" in told(grounded(tmp_path, group))[0]


def test_boundary_words_that_the_document_defines_itself_are_not_compared(tmp_path: Path) -> None:
    own = BENEFITS.replace(
        "式: 设备额 >= 300万元, 字样: 300万元以上", "式: 设备额 > 300万元, 字样: 300万元以上, 另有规定: 二"
    )
    assert told(grounded(tmp_path, own)) == []


def test_rules_and_parameters_rest_on_the_document_beside_them(tmp_path: Path) -> None:
    rules = "规则:\n  高新企业:\n    依据: 一、（二）\n    情形:\n      - {当: 研发占比 > 9%, 得: 是}\n"
    value = "{自: 2024-04-01, 至: null, 值: 31%, 依据: 一、（一）}"
    parameters = f"参数:\n  补助比例:\n    单位: '%'\n    值:\n      - {value}\n"
    found = told(grounded(tmp_path, rules=rules, parameters=parameters))
    assert found == [
        "5 “值”的 31% 在“一、（一）”里没有（条款里有 30%）",
        "5 “情形”的 9% 在“一、（二）”里没有（条款里有 10%、5%）",
    ]


def test_a_rule_without_a_document_beside_it_must_name_one(tmp_path: Path) -> None:
    loaded = catalogue(tmp_path)
    rules = "规则:\n  高新企业:\n    依据: {0}\n    情形:\n      - {{当: 研发占比 > 9%, 得: 是, 依据: 四}}\n"
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "rules.yaml").write_text(rules.format("四"), encoding="utf-8")
    result = ground(loaded, [measures()], read_explained(tmp_path), BODIES)
    assert told(result) == ["5 “情形”的依据“四”不对：旁边没有 benefits.yaml，要写明是哪份文件的"]
    (tmp_path / "alone" / "rules.yaml").write_text(rules.format("企业划型规定 一"), encoding="utf-8")
    result = ground(loaded, [measures()], read_explained(tmp_path), BODIES)
    assert told(result) == []
    assert result.outside == {"企业划型规定": 1}
    assert result.counts[Checked.UNSEEN] == 1


def test_a_document_cited_by_name_is_looked_up_when_the_library_has_it(tmp_path: Path) -> None:
    (tmp_path / "alone").mkdir()
    rules = "规则:\n  高新企业:\n    依据: 青政〔2024〕5号 {0}\n    情形: [{{当: 研发占比 > 9%, 得: 是}}]\n"
    (tmp_path / "alone" / "rules.yaml").write_text(rules.format("一、（二）"), encoding="utf-8")
    assert "“情形”的 9% 在“青政〔2024〕5号 一、（二）”里没有" in told(grounded(tmp_path))[0]
    (tmp_path / "alone" / "rules.yaml").write_text(rules.format("九"), encoding="utf-8")
    assert "没有“九、”" in told(grounded(tmp_path))[0]


def test_without_the_text_nothing_is_held_against_it(tmp_path: Path) -> None:
    loaded = catalogue(tmp_path, BENEFITS.replace("30%", "35%"))
    result = ground(loaded, [], read_explained(tmp_path))
    (only,) = result.diagnostics
    assert only.severity is Severity.WARNING
    assert only.message == "政策库里没有“青禾市扶持企业若干措施”，它的依据没有核对"


def test_two_texts_that_fit_are_told_apart_by_nobody(tmp_path: Path) -> None:
    loaded = catalogue(tmp_path)
    result = ground(loaded, [measures(), measures()], read_explained(tmp_path))
    (only,) = result.diagnostics
    assert only.message == "政策库里不止一份“青禾市扶持企业若干措施”"


# ---- what is explained ----


def test_an_explanation_covers_one_deviation_and_no_other(tmp_path: Path) -> None:
    wrong = BENEFITS.replace("式: 设备额 * 30%", "式: 设备额 * 35%")
    reason = f"{EXPLAINED}  - {{处: xx-2024/equipment, 项: 金额, 什么: 35%, 因: 试一试}}\n"
    assert told(grounded(tmp_path, wrong, reason)) == []
    elsewhere = reason.replace("项: 金额", "项: 投资达标")
    assert [line.split(" ", 1)[1] for line in told(grounded(tmp_path, wrong, elsewhere))] == [
        "“xx-2024/equipment 投资达标”的“35%”不用再说明：条款里有，或者规则里已经没有（删掉这一条）",
        "“金额”的 35% 在“一、（一）”里没有（条款里有 30%）",
    ]


def test_a_boundary_is_explained_with_its_operator(tmp_path: Path) -> None:
    strict = BENEFITS.replace("式: 设备额 >= 300万元", "式: 设备额 > 300万元")
    reason = f"{EXPLAINED}  - {{处: xx-2024, 项: 投资达标, 什么: 300万元 >, 因: 试一试}}\n"
    assert told(grounded(tmp_path, strict, reason)) == []


def test_the_clause_that_an_explanation_names_is_looked_at(tmp_path: Path) -> None:
    elsewhere = EXPLAINED.replace("见: 三、（四）", "见: 二、（三）")
    for line in told(grounded(tmp_path, explained=elsewhere)):
        assert "“分担”的 50% 在“一、（一）”里没有，说明里写的“二、（三）”里也没有" in line


def test_an_explanation_that_nothing_needs_is_a_warning(tmp_path: Path) -> None:
    more = f"{EXPLAINED}  - {{处: xx-2024/staff, 什么: [2万元, 3万元], 因: 从前用过}}\n"
    found = grounded(tmp_path, explained=more).diagnostics
    assert [one.severity for one in found] == [Severity.WARNING, Severity.WARNING]
    assert [one.line for one in found] == [3, 3]


def test_a_file_of_explanations_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (line, *_) = told(grounded(tmp_path, explained="说明:\n  - {处: xx-2024, 什么: 3%}\n"))
    assert line == "2 说明缺少键「因」（为什么条款里没有也对）"
