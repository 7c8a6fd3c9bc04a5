"""Several matters as one case: one set of materials, one notice, a promise with a date, and what is saved."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.language.syntax import Span
from huiqi.procedures import (
    Definition,
    Event,
    ProcedureError,
    Refused,
    apply,
    check,
    list_procedures,
    load_procedure,
    show,
)
from huiqi.procedures.composite import (
    Child,
    Composite,
    Measure,
    Saving,
    merged_materials,
    one_notice,
    saving_words,
    savings,
)
from tests.procedures.examples import CALENDAR, ROOT, SMALL, applied, written

JOINT = """\
办事:
  标识: stall-joint
  名称: 摆摊一件事
  标题: 临江区摆摊一件事办法
  自: 2025-01-01
  依据: 第九条
主体:
  摊主: {是: 申请摆摊的人, 依据: 第二条}
  窗口: {是: 综合窗口, 依据: 第三条}
  街道办: {是: 街道办事处, 依据: 第三条}
  城管所: {是: 城市管理所, 依据: 第三条}
事实:
  同意复用: {类型: 是否, 问: 同意复用以前的材料吗, 依据: 第五条}
  补齐日: {类型: 日期, 问: 承诺哪天以前补齐, 依据: 第六条}
  卖熟食: {类型: 是否, 问: 卖不卖熟食, 依据: 第四条}
  摊位结果: {类型: 选项, 问: 给不给摊位, 取值: {给: 第七条, 不给: 第七条}, 依据: 第七条}
  招牌结果: {类型: 选项, 问: 招牌行不行, 取值: {行: 第七条, 不行: 第七条}, 依据: 第七条}
状态:
  未申请: {起点: 是, 静默: {因: 还没有申请, 依据: 第二条}, 依据: 第二条}
  待受理: {静默: {因: 没有写, 依据: 第四条}, 依据: 第四条}
  待补齐: {静默: {因: 没有写, 依据: 第四条}, 依据: 第四条}
  已补齐: {静默: {因: 没有写, 依据: 第四条}, 依据: 第四条}
  办理中: {静默: {因: 没有写, 依据: 第七条}, 依据: 第七条}
  已出件: {终点: 是, 依据: 第八条}
事件:
  申请:
    主体: {摊主: 第二条}
    从: 未申请
    到: 待受理
    材料:
      - {名: 身份证明, 可后补: 是, 依据: 第四条}
      - {名: 摊位照片, 可后补: 是, 依据: 第四条}
      - {名: 健康证明, 事实: 卖熟食, 是: 是, 可后补: 是, 依据: 第四条}
      - {名: 摆摊申请表, 可后补: 是, 依据: 第四条}
    依据: 第二条
  复用:
    主体: {窗口: 第五条}
    从: 待受理
    条件:
      - {事实: 同意复用, 是: 是, 本次写明: 是, 依据: 第五条}
    依据: 第五条
  告知缺什么: {主体: {窗口: 第四条}, 从: 待受理, 到: 待补齐, 依据: 第四条}
  补齐: {主体: {摊主: 第四条}, 从: 待补齐, 到: 已补齐, 依据: 第四条}
  受理: {主体: {窗口: 第四条}, 从: [待受理, 已补齐], 到: 办理中, 依据: 第四条}
  容缺受理:
    主体: {窗口: 第六条}
    从: [待受理, 待补齐, 已补齐]
    到: 办理中
    材料:
      - {名: 承诺书, 依据: 第六条}
    依据: 第六条
  交齐: {主体: {摊主: 第六条}, 从: 办理中, 依据: 第六条}
  摊位办结:
    主体: {街道办: 第七条}
    从: 办理中
    条件:
      - {事实: 摊位结果, 本次写明: 是, 依据: 第七条}
    依据: 第七条
  招牌办结:
    主体: {城管所: 第七条}
    从: 办理中
    条件:
      - {事实: 招牌结果, 本次写明: 是, 依据: 第七条}
    依据: 第七条
  出件:
    主体: {窗口: 第八条}
    从: 办理中
    到: 已出件
    条件:
      - {事实: 摊位结果, 依据: 第八条}
      - {事实: 招牌结果, 依据: 第八条}
    依据: 第八条
期限:
  补交:
    按事实: 补齐日
    自: 容缺受理
    止: 交齐
    届满: {方式: 标记, 记: 没有按承诺补交, 依据: 第六条}
    依据: 第六条
联办:
  申请: 申请
  告知: 告知缺什么
  容缺: 容缺受理
  复用: {事件: 复用, 同意: 同意复用, 依据: 第五条}
  出件: 出件
  表单: {摆摊申请表: 第四条}
  预填: {项: 7, 自动: 4, 依据: 第四条}
  免提交: {户口证明: 第五条}
  长: 3
  单位: 工作日
  环节: 2
  目标:
    自动生成: {百分: 50, 依据: 第九条}
    材料: {百分: 60, 依据: 第九条}
    时限: {百分: 70, 依据: 第九条}
    环节: {百分: 80, 依据: 第九条}
  事项:
    摊位:
      部门: 街道办
      办事: stall-permit
      办结: 摊位结果
      表单: {摊位申请表: 第十条}
      材料: {身份证明: 第十条, 摊位照片: 第十条, 健康证明: 第十条, 户口证明: 第十条}
      长: 5
      单位: 工作日
      环节: 4
      依据: 第十条
    招牌:
      部门: 城管所
      办结: 招牌结果
      表单: {招牌申请表: 第十一条}
      材料: {身份证明: 第十一条, 摊位照片: 第十一条}
      长: 5
      单位: 工作日
      环节: 6
      依据: 第十一条
  依据: 第四条
"""


def joint(folder: Path, text: str = JOINT) -> Definition:
    return load_procedure(written(folder, text))


def composite(folder: Path, text: str = JOINT) -> Composite:
    found = joint(folder, text).composite
    assert found is not None
    return found


def saved(folder: Path, measure: Measure, text: str = JOINT) -> Saving:
    return next(one for one in savings(composite(folder, text)) if one.measure is measure)


def test_every_material_is_asked_for_once(tmp_path: Path) -> None:
    merged = merged_materials(composite(tmp_path))
    assert [one.name for one in merged] == ["身份证明", "摊位照片", "健康证明", "户口证明"]
    assert merged[0].wanted_by == {"摊位": "第十条", "招牌": "第十一条"}
    assert merged[3].exempt == "第五条"


def test_one_notice_lists_what_is_missing_over_all_matters(tmp_path: Path) -> None:
    definition = joint(tmp_path)
    cold = one_notice(definition, {"摊位照片"}, {"卖熟食": False})
    assert [(one.name, tuple(one.wanted_by)) for one in cold] == [("身份证明", ("摊位", "招牌"))]
    cooked = one_notice(definition, (), {"卖熟食": True})
    assert [one.name for one in cooked] == ["身份证明", "摊位照片", "健康证明"]


def test_a_procedure_that_joins_nothing_has_no_notice(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="没有联办"):
        one_notice(load_procedure(written(tmp_path, SMALL)), (), {})


@pytest.mark.parametrize(
    ("measure", "before", "after", "share", "met"),
    [
        (Measure.FILLED, 7, 3, Fraction(4, 7), True),
        (Measure.FORMS, 2, 1, Fraction(1, 2), None),
        (Measure.MATERIALS, 6, 3, Fraction(1, 2), False),
        (Measure.TIME, 10, 3, Fraction(7, 10), True),
        (Measure.STEPS, 10, 2, Fraction(4, 5), True),
    ],
)
def test_what_joining_saves_is_exact(
    tmp_path: Path, measure: Measure, before: int, after: int, share: Fraction, met: bool | None
) -> None:
    found = saved(tmp_path, measure)
    assert (found.before, found.after, found.share, found.met) == (before, after, share, met)


def test_just_below_a_target_is_not_enough(tmp_path: Path) -> None:
    found = saved(tmp_path, Measure.TIME, JOINT.replace("百分: 70", "百分: 71"))
    assert found.met is False
    assert saving_words(found) == "时限压减：10 → 3，70%；要求 71% 以上（第九条），没有做到"


@pytest.mark.parametrize(
    ("measure", "old", "new", "unknown"),
    [
        (Measure.FILLED, "  预填: {项: 7, 自动: 4, 依据: 第四条}\n", "", "没有写表里有几项、自动生成几项"),
        (Measure.FORMS, "      表单: {招牌申请表: 第十一条}\n", "", "没有写招牌的表单"),
        (Measure.MATERIALS, "      材料: {身份证明: 第十一条, 摊位照片: 第十一条}\n", "", "没有写招牌的材料"),
        (Measure.TIME, "  长: 3\n  单位: 工作日\n", "", "没有写联办以后的时限"),
        (Measure.TIME, "  长: 3\n  单位: 工作日\n", "  长: 3\n  单位: 日\n", "各项的单位不同"),
        (Measure.STEPS, "      环节: 4\n", "", "没有写摊位的环节"),
    ],
)
def test_what_no_text_says_is_not_made_up(
    tmp_path: Path, measure: Measure, old: str, new: str, unknown: str
) -> None:
    assert old in JOINT
    found = saved(tmp_path, measure, JOINT.replace(old, new, 1))
    assert (found.share, found.met, found.unknown) == (None, None, unknown)
    assert f"还不能算，{unknown}" in saving_words(found)


def test_nothing_to_save_where_nothing_was_asked(tmp_path: Path) -> None:
    text = JOINT.replace("      表单: {摊位申请表: 第十条}\n", "      表单: {}\n")
    text = text.replace("      表单: {招牌申请表: 第十一条}\n", "      表单: {}\n")
    assert saved(tmp_path, Measure.FORMS, text).unknown == "各项本来就没有"


def test_a_case_is_told_once_and_ends_as_one(tmp_path: Path) -> None:
    definition = joint(tmp_path)
    day = date(2025, 3, 3)
    told = applied(
        definition,
        (),
        Event("申请", day, "摊主", {"卖熟食": False}, ("身份证明",)),
        Event("告知缺什么", day, "窗口"),
        Event("补齐", day, "摊主", {}, ("摊位照片",)),
    )
    again = apply(definition, told.log, Event("告知缺什么", day, "窗口"), CALENDAR)
    assert isinstance(again, Refused)
    assert "要在待受理" in again.reason
    half = applied(
        definition,
        told.log,
        Event("受理", day, "窗口"),
        Event("招牌办结", day, "城管所", {"招牌结果": "不行"}),
    )
    early = apply(definition, half.log, Event("出件", day, "窗口"), CALENDAR)
    assert isinstance(early, Refused)
    assert "要写明「摊位结果」" in early.reason
    applied(
        definition,
        half.log,
        Event("摊位办结", day, "街道办", {"摊位结果": "给"}),
        Event("出件", day, "窗口"),
    )


def test_reuse_needs_consent_and_a_gap_needs_a_promise(tmp_path: Path) -> None:
    definition = joint(tmp_path)
    day = date(2025, 3, 3)
    log = applied(definition, (), Event("申请", day, "摊主", {"卖熟食": False})).log
    for event, reason in (
        (Event("复用", day, "窗口"), "要写明「同意复用」"),
        (Event("复用", day, "窗口", {"同意复用": False}), "要是是，现为否"),
        (Event("容缺受理", day, "窗口", {"补齐日": date(2025, 3, 10)}), "缺「承诺书」"),
        (Event("容缺受理", day, "窗口", {}, ("承诺书",)), "要写明「补齐日」"),
    ):
        outcome = apply(definition, log, event, CALENDAR)
        assert isinstance(outcome, Refused)
        assert reason in outcome.reason


SLIPS = {
    "child without clause": (
        "      环节: 6\n      依据: 第十一条\n",
        "      环节: 6\n",
        "招牌:",
        "缺少键「依据」",
    ),
    "number without unit": (
        "      单位: 工作日\n      环节: 4\n",
        "      环节: 4\n",
        "摊位:",
        "「长」和「单位」要一起写",
    ),
    "only one matter": ("    摊位:\n", "", "    招牌:", "至少要有两个事项"),
    "unknown event": ("  告知: 告知缺什么\n", "  告知: 告知缺啥\n", "告知: 告知缺啥", "是不是「告知缺什么」"),
    "unknown department": ("部门: 城管所", "部门: 城管局", "部门: 城管局", "没有「城管局」这个主体"),
    "unknown fact": ("办结: 招牌结果", "办结: 招牌的结果", "办结: 招牌的结果", "没有「招牌的结果」这个事实"),
    "unknown target": (
        "    时限: {百分: 70",
        "    时间: {百分: 70",
        "时间: {百分",
        "没有「时间」这个目标",
    ),
    "unknown material": (
        "材料: {身份证明: 第十一条, 摊位照片: 第十一条}",
        "材料: {身份证: 第十一条, 摊位照片: 第十一条}",
        "身份证: 第十一条",
        "那一套材料里没有「身份证」",
    ),
    "material that nobody needs": (
        "      - {名: 摆摊申请表,",
        "      - {名: 婚姻状况证明, 依据: 第四条}\n      - {名: 摆摊申请表,",
        "  申请: 申请\n",
        "没有一个事项要「婚姻状况证明」",
    ),
    "exempt and yet asked for": (
        "免提交: {户口证明: 第五条}",
        "免提交: {户口证明: 第五条, 身份证明: 第五条}",
        "免提交: {户口证明",
        "「身份证明」免提交，「申请」却要",
    ),
    "exempt and never needed": (
        "免提交: {户口证明: 第五条}",
        "免提交: {户口证明: 第五条, 学历证明: 第五条}",
        "免提交: {户口证明",
        "没有一个事项要「学历证明」",
    ),
    "result that does not wait": (
        "      - {事实: 招牌结果, 依据: 第八条}\n",
        "",
        "  出件: 出件",
        "没有等「招牌」办结",
    ),
    "child that cannot end": (
        "      - {事实: 招牌结果, 本次写明: 是, 依据: 第七条}\n",
        "      - {事实: 招牌结果, 依据: 第七条}\n",
        "办结: 招牌结果",
        "没有事件写明「招牌结果」",
    ),
    "notice that can come again": (
        "从: 待补齐, 到: 已补齐",
        "从: 待补齐, 到: 待受理",
        "  告知: 告知缺什么",
        "以后却还能回到「待受理」",
    ),
    "notice that moves nothing": (
        "从: 待受理, 到: 待补齐, 依据",
        "从: [待受理, 待补齐], 依据",
        "  告知: 告知缺什么",
        "可以发几次",
    ),
    "gap without a date": ("    自: 容缺受理\n", "    自: 受理\n", "  容缺: 容缺受理", "没有承诺的日子"),
    "gap without a promise": (
        "      - {名: 承诺书, 依据: 第六条}\n",
        "      - {名: 承诺书, 可后补: 是, 依据: 第六条}\n",
        "  容缺: 容缺受理",
        "没有承诺书",
    ),
    "reuse without consent": (
        "{事实: 同意复用, 是: 是, 本次写明: 是, 依据: 第五条}",
        "{事实: 同意复用, 是: 是, 依据: 第五条}",
        "复用: {事件: 复用",
        "「复用」不问「同意复用」",
    ),
    "consent that is not yes or no": (
        "同意: 同意复用",
        "同意: 补齐日",
        "同意: 补齐日",
        "「补齐日」的类型是日期",
    ),
    "more filled than there is": ("自动: 4", "自动: 8", "预填:", "不能自动生成 8 项"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_broken_composite_is_refused_with_its_line(tmp_path: Path, slip: str) -> None:
    old, new, at, message = SLIPS[slip]
    assert old in JOINT
    text = JOINT.replace(old, new, 1)
    if slip == "only one matter":
        head, _, tail = JOINT.partition("    摊位:\n")
        text = head + tail[tail.index("    招牌:\n") :]
    checked = check(written(tmp_path, text))
    assert checked.definition is None
    line = text[: text.index(at)].count("\n") + 1
    found = [(one.line, f"{one.message}{one.hint}") for one in checked.diagnostics]
    assert any(where in (line, line + 1) and message in words for where, words in found), found


def test_a_child_that_is_no_procedure_is_refused(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "joint").mkdir()
    at = written(tmp_path / "joint", JOINT)
    assert [one.id for one in list_procedures(tmp_path)] == ["stall-joint", "stall-permit"]
    for wrong, message in (("stall-permits", "是不是「stall-permit」"), ("stall-joint", "就是联办自己")):
        text = JOINT.replace("办事: stall-permit", f"办事: {wrong}")
        written(tmp_path / "joint", text)
        with pytest.raises(ProcedureError, match=message) as caught:
            list_procedures(tmp_path)
        diagnostic = caught.value.diagnostics[0]
        assert diagnostic.file == str(at)
        assert diagnostic.line == text[: text.index("办事: stall-")].count("\n") + 1


def test_a_composite_reads_as_words(tmp_path: Path) -> None:
    words = show(joint(tmp_path))
    assert "材料 户口证明：摊位（第十条），不用交（第五条）" in words
    assert "材料压减：6 → 3，50%；要求 60% 以上（第九条），没有做到" in words
    assert "自动生成：7 → 3，4/7，约 57.1%；要求 50% 以上（第九条），做到了" in words
    other = JOINT.replace("      依据: 第十条\n", "      文件: 临江区夜市办法\n      依据: 第十条\n")
    assert "事项 摊位：街道办，单独办5 个工作日，程序 stall-permit（《临江区夜市办法》第十条）" in show(
        joint(tmp_path, other)
    )


@given(
    st.lists(st.sets(st.sampled_from("甲乙丙丁戊")), min_size=2, max_size=5),
    st.sets(st.sampled_from("甲乙丙丁戊")),
)
def test_the_one_set_is_the_union_without_what_the_offices_have(
    wanted: list[set[str]], held: set[str]
) -> None:
    """Whatever the children ask for: nothing twice, nothing lost, and never more than one by one."""
    children = tuple(
        Child(str(at), "", "", "", None, dict.fromkeys(sorted(names), ""), 0, None, 0, "", "", Span("", 1, 1))
        for at, names in enumerate(wanted)
    )
    exempt = dict.fromkeys(sorted(held), "第五条")
    joined = Composite("", "", "", None, (), {"表": ""}, 0, 0, exempt, 0, None, 0, {}, children, "")
    merged = merged_materials(joined)
    every = set[str]().union(*wanted)
    assert sorted(one.name for one in merged) == sorted(every)
    assert all(
        {str(at) for at, names in enumerate(wanted) if one.name in names} == set(one.wanted_by)
        for one in merged
    )
    found = next(one for one in savings(joined) if one.measure is Measure.MATERIALS)
    assert (found.before, found.after) == (sum(map(len, wanted)), len(every - held))
    assert (found.share is None) == (not every)
    assert found.share is None or 0 <= found.share <= 1


ONE_THING = (ROOT / "catalogue" / "henan" / "one-thing-2024" / "procedure.yaml").read_text(encoding="utf-8")


def test_the_provincial_targets_wait_for_local_figures(tmp_path: Path) -> None:
    found = composite(tmp_path, ONE_THING)
    assert {measure: (target.percent, target.cite) for measure, target in found.targets.items()} == {
        Measure.FILLED: (50, "一、第二款"),
        Measure.MATERIALS: (60, "一、第二款"),
        Measure.TIME: (70, "一、第二款"),
        Measure.STEPS: (80, "一、第二款"),
    }
    assert {one.share for one in savings(found)} == {None}


def test_local_figures_are_held_against_the_provincial_targets(tmp_path: Path) -> None:
    """As a local guide would fill the blanks: five matters of a form, three papers, five days, five steps."""
    text = ONE_THING
    papers = "身份证明: 指南, 房屋合同: 指南, 各事项的材料: 指南"
    own = f"表单: {{自己的表: 指南}}, 材料: {{{papers}}}, 长: 5, 单位: 工作日, 环节: 5"
    for child in ("不动产登记", "水过户", "电过户", "气过户", "热过户"):
        text = text.replace(f"办结: {child}已办结, 依据", f"办结: {child}已办结, {own}, 依据")
    text = text.replace(
        "  表单: {联办申请表: 一、第二款}\n",
        "  表单: {联办申请表: 一、第二款}\n  预填: {项: 20, 自动: 10, 依据: 指南}\n"
        "  免提交: {身份证明: 指南, 房屋合同: 指南}\n  长: 8\n  单位: 工作日\n  环节: 5\n",
    )
    assert [(one.measure, one.share, one.met) for one in savings(composite(tmp_path, text))] == [
        (Measure.FILLED, Fraction(1, 2), True),
        (Measure.FORMS, Fraction(4, 5), None),
        (Measure.MATERIALS, Fraction(14, 15), True),
        (Measure.TIME, Fraction(17, 25), False),
        (Measure.STEPS, Fraction(4, 5), True),
    ]
