"""A definition is whole or refused, with the line and the mend."""

from pathlib import Path

import pytest

from huiqi.procedures import ProcedureError, check, list_procedures, load_procedure, version_on
from tests.procedures.examples import COMPLAINTS, ROOT, SMALL, STREET, days, street, written

SLIPS = {
    "number without citation": (
        "    届满: {方式: 标记, 记: 一个月了, 依据: 第六条}\n    依据: 第六条\n",
        "    届满: {方式: 标记, 记: 一个月了, 依据: 第六条}\n",
        "提醒:",
        "缺少键「依据」",
    ),
    "expiry without citation": (
        "记: 一个月了, 依据: 第六条}",
        "记: 一个月了}",
        "记: 一个月了",
        "缺少键「依据」",
    ),
    "material without citation": (
        "{名: 申请书, 依据: 第二条}",
        "{名: 申请书}",
        "名: 申请书",
        "缺少键「依据」",
    ),
    "guard without citation": ("本次写明: 是, 依据: 第四条}", "本次写明: 是}", "本次写明", "缺少键「依据」"),
    "actor without citation": (
        "街道办: {是: 街道办事处, 依据: 第三条}",
        "街道办: {是: 街道办事处}",
        "街道办事处",
        "缺少键「依据」",
    ),
    "actor of an event without citation": (
        "主体: {摊主: 第二条}",
        "主体: {摊主: }",
        "主体: {摊主: }",
        "后面没有内容",
    ),
    "transition without citation": (
        "到: 审查中, 依据: 第五条}",
        "到: 审查中}",
        "到: 审查中}",
        "缺少键「依据」",
    ),
    "pause without citation": ("至: 答复, 依据: 第五条}", "至: 答复}", "至: 答复", "缺少键「依据」"),
    "extension without citation": (
        "按事实: 加几日, 依据: 第四条}",
        "按事实: 加几日}",
        "加几日}",
        "缺少键「依据」",
    ),
    "duty without citation": ("完成: 回访, 依据: 第六条}", "完成: 回访}", "完成: 回访", "缺少键「依据」"),
    "notice without citation": ("书面: 是, 依据: 第四条}", "书面: 是}", "书面: 是", "缺少键「依据」"),
    "row without citation": ("得: 东街所, 依据: 第三条}", "得: 东街所}", "得: 东街所", "缺少键「依据」"),
    "silence without reason": (
        "静默: {因: 还没有申请, 依据: 第二条}",
        "静默: {依据: 第二条}",
        "静默:",
        "缺少键「因」",
    ),
    "open question without reason": ("    因: 写明了\n", "", "按什么计", "缺少键「因」"),
    "state that waits for nothing": (
        "静默: {因: 还没有申请, 依据: 第二条}, ",
        "",
        "待申请: {",
        "也没有声明静默",
    ),
    "clock that nothing starts": (
        "    单位: 月\n    自: 申请\n",
        "    单位: 月\n",
        "提醒:",
        "没有事件使期限「提醒」起算",
    ),
    "unreachable state": (
        "  已许可: {终点: 是",
        "  已撤销: {终点: 是, 依据: 第七条}\n  已许可: {终点: 是",
        "已撤销",
        "到不了",
    ),
    "dead end": (
        "已退回: {终点: 是, ",
        "已退回: {静默: {因: 等着, 依据: 第五条}, ",
        "已退回: {静默",
        "出不去",
    ),
    "event out of an end": (
        "延期: {主体: {街道办: 第四条}, 从: 审查中",
        "延期: {主体: {街道办: 第四条}, 从: 已许可",
        "延期: {主体",
        "是终点",
    ),
    "misspelt state": ("到: 已退回", "到: 已退", "到: 已退,", "是不是「已退回」"),
    "misspelt event": ("止: [答复, 退回]", "止: [答覆, 退回]", "答覆", "是不是「答复」"),
    "misspelt actor": ("谁: 街道办", "谁: 街道", "谁: 街道,", "是不是「街道办」"),
    "misspelt fact": ("事实: 位置合适, 是", "事实: 位置合式, 是", "位置合式", "是不是「位置合适」"),
    "misspelt clock": ("期限: 审查, 单位: 日", "期限: 审察, 单位: 日", "审察", "是不是「审查」"),
    "misspelt key": ("    单位: 月\n", "    单为: 月\n", "单为", "是不是「单位」"),
    "unit that is none": ("    单位: 月\n", "    单位: 星期\n", "单位: 星期", "工作日"),
    "number that is none": ("    长: 5\n", "    长: 五\n", "长: 五", "整数"),
    "number below one": ("    长: 5\n", "    长: 0\n", "长: 0", "不能小于 1"),
    "length and date both": (
        "    按事实: 答复期至\n",
        "    按事实: 答复期至\n    长: 3\n    单位: 日\n",
        "  答复:\n",
        "或者只写「按事实」",
    ),
    "date fact of another kind": ("按事实: 答复期至", "按事实: 加几日", "按事实: 加几日\n", "这里要日期"),
    "expiry that does not stop its clock": (
        "    止: [许可, 视为许可, 退回]\n    不计入",
        "    止: [许可, 退回]\n    不计入",
        "方式: 自动",
        "还在走",
    ),
    "expiry that finds no way on": (
        "    不计入:\n      - {自: 询问, 至: 答复, 依据: 第五条}\n",
        "",
        "审查:\n",
        "不能「视为许可」",
    ),
    "automatic expiry without event": (
        "方式: 自动, 事件: 视为许可, ",
        "方式: 自动, ",
        "方式: 自动",
        "自动、提请的要写",
    ),
    "mark with an event": (
        "方式: 标记, 记: 一个月了",
        "方式: 标记, 事件: 退回, 记: 一个月了",
        "方式: 标记",
        "标记的不写「事件」",
    ),
    "cell without answer": (
        "      - {当: {街区: 西街}, 得: 西街所, 依据: 第三条}\n",
        "",
        "归谁:",
        "没有归处",
    ),
    "row that never counts": (
        "      - {当: {街区: 东街}, 得: 东街所",
        "      - {当: {}, 得: 总所, 依据: 第三条}\n      - {当: {街区: 东街}, 得: 东街所",
        "得: 东街所",
        "永远轮不到",
    ),
    "value that is no option": ("{当: {街区: 东街}", "{当: {街区: 南街}", "南街", "没有「南街」"),
    "two starts": ("  审查中: {依据", "  审查中: {起点: 是, 依据", "审查中: {起点", "正好一个"),
    "option fact without options": (
        "类型: 选项, 问: 哪个街区, 取值: {东街: 第二条, 西街: 第二条}",
        "类型: 选项, 问: 哪个街区",
        "哪个街区",
        "要写「取值」",
    ),
    "version that ends before it begins": (
        "  自: 2025-01-01\n",
        "  自: 2025-01-01\n  至: 2024-01-01\n",
        "办事:|2",
        "早于",
    ),
}
"""What is wrong: what is written, what instead, a piece of the line to be named, words of the message."""

STREET_SLIPS = {
    "chain with an event that is none": (
        "同意: 同意处理",
        "同意: 同意办理",
        "同意办理",
        "是不是「同意处理」",
    ),
    "chain that gives back by an event that is none": (
        "退回: 退回处理",
        "退回: 退回办理",
        "退回办理",
        "是不是「退回处理」",
    ),
    "levels that leave an option out": (
        "各级: {小: [], ",
        "各级: {",
        "处理:\n    提请",
        "要正好写小、中、大",
    ),
    "levels of an option that is none": (
        "各级: {小: [], ",
        "各级: {小: [], 特大: 街道办, ",
        "处理:\n    提请",
        "要正好写小、中、大",
    ),
    "levels by a fact that is no option": ("看: 档次", "看: 有伤人", "看: 有伤人", "这里要选项"),
    "somebody agrees to what they asked for": (
        "大: [街道办, 区城管]",
        "大: [街道办, 巡查队]",
        "处理:\n    提请",
        "批准自己提请的事",
    ),
    "somebody grants what they asked for": (
        "批准处理: {主体: {市城管",
        "批准处理: {主体: {巡查队",
        "处理:\n    提请",
        "批准自己提请的事",
    ),
    "level that cannot agree": (
        "同意处理: {主体: {街道办: 第六条, 区城管: 第六条}",
        "同意处理: {主体: {街道办: 第六条}",
        "同意: 同意处理",
        "「区城管」是审批「处理」的一级",
    ),
    "level that is nobody": ("大: [街道办, 区城管]", "大: [街道办, 区城]", "区城]", "是不是「区城管」"),
    "chain without citation": (
        "    各级: {小: [], 中: 街道办, 大: [街道办, 区城管]}\n    依据: 第六条\n",
        "    各级: {小: [], 中: 街道办, 大: [街道办, 区城管]}\n",
        "处理:\n    提请",
        "缺少键「依据」",
    ),
    "clock by a parameter without value": (
        "长: 5, 单位: 工作日, 出处: 临江城管〔2025〕2号第一条, ",
        "单位: 工作日, ",
        "按参数: 平时几日",
        "还没有值，期限不能走",
    ),
    "number without source": ("出处: 临江城管〔2025〕2号第一条, ", "", "平时几日: {", "要一起写"),
    "source without number": ("长: 5, 单位: 工作日, 出处", "单位: 工作日, 出处", "平时几日: {", "要一起写"),
    "parameter without citation": (
        "单位: 日, 依据: 第七条}",
        "单位: 日}",
        "回访几日: {问",
        "缺少键「依据」",
    ),
    "parameter that is none": ("按参数: 平时几日", "按参数: 平时几天", "平时几天", "是不是「平时几日」"),
    "clock with length and parameter": (
        "    按参数: 平时几日\n",
        "    按参数: 平时几日\n    长: 5\n    单位: 日\n",
        "平时办理:",
        "或者只写「按参数」",
    ),
    "duty with length and parameter": (
        "按参数: 回访几日, ",
        "按参数: 回访几日, 长: 3, 单位: 日, ",
        "回访: {谁",
        "写了「按参数」的不写",
    ),
    "condition on a fact without options": (
        "当: {事实: 有伤人, 是: 否}",
        "当: {事实: 占道自, 是: 否}",
        "当: {事实: 占道自",
        "这里要选项、是否",
    ),
    "condition on a fact that is none": (
        "当: {事实: 有伤人, 是: 否}",
        "当: {事实: 有伤, 是: 否}",
        "当: {事实: 有伤,",
        "是不是「有伤人」",
    ),
    "condition with a value that is none": (
        "当: {事实: 档次, 是: 大}",
        "当: {事实: 档次, 是: 特大}",
        "是: 特大",
        "没有「特大」",
    ),
    "condition without value": (
        "当: {事实: 档次, 是: 大}",
        "当: {事实: 档次}",
        "事实: 档次}",
        "缺少键「是」",
    ),
    "case in which no clock starts": (
        "当: {事实: 有伤人, 是: 否}",
        "当: {事实: 有伤人, 是: 是}",
        "办理中: {",
        "也没有声明静默",
    ),
    "duty of nobody": ("谁: [巡查队, 街道办]", "谁: []", "谁: []", "谁"),
    "shield without citation": (
        "可以看: [巡查队, 街道办], 依据: 第二条}",
        "可以看: [巡查队, 街道办]}",
        "可以看",
        "缺少键「依据」",
    ),
    "shield for nobody": ("可以看: [巡查队, 街道办]", "可以看: [巡查, 街道办]", "可以看", "是不是「巡查队」"),
    "unit of time that is none": ("单位: 分钟", "单位: 刻", "单位: 刻", "分钟"),
    "report on an event that is none": (
        "办结: {事件: 批准处理",
        "办结: {事件: 批准办理",
        "批准办理",
        "是不是「批准处理」",
    ),
    "report without citation": (
        "受理: {事件: 到场, 依据: 第十条}",
        "受理: {事件: 到场}",
        "受理: {事件: 到场}",
        "缺少键「依据」",
    ),
    "report on an answer that may be missing": (
        "      - {事实: 满意, 本次写明: 是, 依据: 第七条}",
        "      - {事实: 满意, 依据: 第七条}",
        "满意: {事件: 回访",
        "不一定写明「满意」",
    ),
    "report on an answer that is none": (
        "事实: 满意, 是: 是, ",
        "事实: 满意, 是: 好, ",
        "是: 好",
        "没有「好」",
    ),
    "ledger by a duty that is none": ("职责: 列账, ", "职责: 列帐, ", "列帐", "是不是「列账」"),
    "share of more than all": ("百分之: 5", "百分之: 101", "百分之: 101", "超过全部"),
}
"""The same for the other invented procedure."""

BROKEN = [(SMALL, *slip) for slip in SLIPS.values()] + [(STREET, *slip) for slip in STREET_SLIPS.values()]


@pytest.mark.parametrize("slip", BROKEN, ids=[*SLIPS, *STREET_SLIPS])
def test_a_broken_definition_is_refused_with_line_and_reason(
    slip: tuple[str, str, str, str, str], tmp_path: Path
) -> None:
    whole, right, wrong, line, words = slip
    assert whole.count(right) >= 1
    text = whole.replace(right, wrong, 1)
    checked = check(written(tmp_path, text))
    assert checked.definition is None
    piece, _, further = line.partition("|")
    at = text[: text.index(piece)].count("\n") + 1
    lines = {at} if not further else {at, int(further)}
    # what is missing from a mapping is said at the mapping, which a block opens on its next line
    lines |= {at + 1}
    assert any(one.line in lines and words in str(one) for one in checked.diagnostics), list(
        map(str, checked.diagnostics)
    )


def test_the_invented_definitions_are_whole(tmp_path: Path) -> None:
    assert check(written(tmp_path)).diagnostics == ()
    assert check(written(tmp_path, STREET)).diagnostics == ()
    assert len(BROKEN) >= 70


def test_a_duty_may_wait_for_a_number_and_a_clock_takes_the_number_of_its_parameter(tmp_path: Path) -> None:
    definition = street(tmp_path)
    assert definition.duties["回访"].allowed == "几日内回访由街道规定，还没有填"
    assert definition.duties["回访"].who == ("巡查队", "街道办")
    assert definition.clocks["平时办理"].allowed == "5 个工作日"
    assert definition.parameters["平时几日"].source == "临江城管〔2025〕2号第一条"
    assert definition.actors["举报人"].seen_by == ("巡查队", "街道办")
    assert definition.actors["街道办"].seen_by == ()
    assert definition.notes == ("试点到年底",)


def test_levels_that_never_differ_need_no_fact(tmp_path: Path) -> None:
    text = STREET.replace("    看: 档次\n", "").replace(
        "{小: [], 中: 街道办, 大: [街道办, 区城管]}", "{各级: [街道办, 区城管]}"
    )
    assert load_procedure(written(tmp_path, text)).chains["处理"].levels == {"": ("街道办", "区城管")}
    wrong = check(written(tmp_path, text.replace("{各级: [街道办, 区城管]}", "{层层: [街道办, 区城管]}")))
    assert "要正好写各级" in str(wrong.diagnostics[0])


def test_a_missing_file_is_said_and_not_raised_as_something_else(tmp_path: Path) -> None:
    with pytest.raises(ProcedureError, match="没有这个文件"):
        load_procedure(tmp_path)


def test_the_version_of_the_day_is_found_and_two_for_one_day_are_refused(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    old = SMALL.replace("  自: 2025-01-01\n", "  自: 2023-01-01\n  至: 2024-12-31\n")
    written(tmp_path / "old", old)
    written(tmp_path / "new")
    found = list_procedures(tmp_path)
    assert [each.since.year for each in found] == [2023, 2025]
    chosen = [
        version_on(found, "stall-permit", day) for day in days("2022-12-31", "2024-12-31", "2025-01-01")
    ]
    assert [each.since.year if each else None for each in chosen] == [None, 2023, 2025]
    written(tmp_path / "old", old.replace("  至: 2024-12-31\n", ""))
    with pytest.raises(ProcedureError, match="两版"):
        list_procedures(tmp_path)


def test_the_catalogue_holds_the_complaints() -> None:
    assert "henan-complaints" in {each.id for each in list_procedures(ROOT / "catalogue")}
    assert load_procedure(COMPLAINTS).in_force(days("2025-01-01")[0])


def test_an_open_question_changes_what_it_says_and_unknown_answers_are_refused(tmp_path: Path) -> None:
    definition = load_procedure(written(tmp_path))
    assert definition.choose("按什么计", "自然日").clocks["审查"].unit.value == "日"
    assert definition.choose("按什么计", "工作日") is definition
    with pytest.raises(ValueError, match="有：工作日、自然日"):
        definition.choose("按什么计", "星期")
    with pytest.raises(ValueError, match="按什么计"):
        definition.choose("什么", "自然日")
