from datetime import date
from pathlib import Path

from huiqi.booklet.model import BenefitEntry
from tests.booklet.papers import DAY, booklet, paper
from tests.support import benefit


def told(root: Path, text: str, *others: str, on: date = DAY) -> BenefitEntry:
    found = booklet(root, benefit(text), *others, documents=[paper()], on=on)
    return next(found.benefits())


def test_conditions_are_told_one_by_one_with_their_clause(tmp_path: Path) -> None:
    one = told(
        tmp_path,
        """\
        依据: 一、（一）
        主体: [企业]
        全部满足:
          - {名: 投资达标, 式: 投资额 >= 300万元}
          - {名: 高新企业, 式: 高新企业}
          - {名: 有老项目, 式: "任一(项目, 完工日期 < 2024-01-01)", 依据: 二}
          - {名: 是示范, 式: "全部(项目, 示范)"}
        都不满足: [{名: 失信限制, 式: 失信, 依据: 一、（二）}]
        """,
    )
    assert [(c.name, c.words, [r.words for r in c.references]) for c in one.conditions] == [
        ("投资达标", "投资额不少于300万元", ["一、（一）"]),
        ("高新企业", "", ["一、（一）"]),
        ("有老项目", "项目中有一项：完工日期早于2024年1月1日", ["二"]),
        ("是示范", "项目每一项都要：“示范”为是", ["一、（一）"]),
        ("失信限制", "不得有“失信”的情形", ["一、（二）"]),
    ]
    assert one.applicants == "企业"  # which is not said again among the conditions


def test_a_group_of_which_one_is_enough_keeps_its_parts(tmp_path: Path) -> None:
    one = told(
        tmp_path,
        """\
        全部满足:
          - 任一满足:
              名: 规模或面积
              条件:
                - {名: 人多, 式: 从业人数 >= 100人}
                - {名: 有称号, 式: 高新企业}
        """,
    )
    (group,) = one.conditions
    assert (group.name, group.words) == ("规模或面积", "满足下面任何一条")
    assert [part.words for part in group.parts] == ["从业人数不少于100人", "须符合“高新企业”"]


def test_an_amount_is_told_with_its_cap_kind_and_shares(tmp_path: Path) -> None:
    one = told(
        tmp_path,
        """\
        金额:
          式: 投资额 * 30%
          封顶: 200万元
          性质: 不超过
          累计封顶: [{每: [企业, 年度], 限: 500万元, 依据: 二}]
          分担: {市: 60%, 县区: 40%}
        """,
    )
    assert one.amount is not None
    assert (one.worth, one.amount.kind, one.amount.how) == (
        "最高200万元",
        "不超过",
        "投资额的30%，最高200万元",
    )
    assert [(words, [r.words for r in refs]) for words, refs in one.amount.limits] == [
        ("同一企业、同一年度合计最多500万元", ["二"])
    ]
    assert one.amount.shares == "市承担60%，县区承担40%"


def test_an_amount_without_a_ceiling_has_to_be_reckoned(tmp_path: Path) -> None:
    assert told(tmp_path, "金额: {式: 投资额 * 5%, 性质: 按比例}").worth == "按实际情况算"


def test_a_promise_without_a_rule_says_so(tmp_path: Path) -> None:
    one = told(tmp_path, "不可计算: {因: 未给标准, 说明: 补多少没有写}")
    assert (one.amount, one.worth, one.uncomputable) == (None, "", "补多少没有写（未给标准）")


def test_what_no_program_judges_is_told_with_its_reason(tmp_path: Path) -> None:
    one = told(tmp_path, "未编码: [{字样: 前景好, 因: 专家评审, 说明: 由专家打分}]")
    assert one.unjudged == ("前景好：由专家打分（专家评审）",)


def test_a_benefit_past_its_period_is_marked(tmp_path: Path) -> None:
    text = "适用期: {自: 2023-01-01, 至: 2024-03-31, 依据: 二}"
    assert told(tmp_path / "during", text, on=date(2024, 3, 31)).ended == ""
    assert told(tmp_path / "after", text, on=date(2024, 4, 1)).ended == "2024年3月31日已到期"
    assert told(tmp_path / "before", text, on=date(2022, 12, 31)).ended == "2023年1月1日才开始"
    assert told(tmp_path / "words", text).period.words == "2023年1月1日起，2024年3月31日止"


def test_a_later_law_is_told_with_whether_it_was_seen(tmp_path: Path) -> None:
    text = "后法: [{自: 2024-05-01, 文件: 某新法, 影响: %s, 核实: %s}]"
    unseen = told(tmp_path / "unseen", text % ("待核", "否"))
    assert unseen.later == ("某新法自2024年5月1日起是否影响这一条，还没有核实（未见官方原文）",)
    assert (unseen.unconfirmed, unseen.ended) == (("某新法",), "")
    stopped = told(tmp_path / "stopped", text % ("停止", "是"))
    assert (stopped.unconfirmed, stopped.ended) == ((), "某新法自2024年5月1日起停止执行这一条")


def test_benefits_that_use_a_figure_nobody_confirmed_are_listed_at_the_end(tmp_path: Path) -> None:
    text = "后法: [{自: 2024-05-01, 文件: 某新法, 影响: 待核, 核实: 否}]"
    found = booklet(tmp_path, benefit(text, id="a"), benefit(id="b"))
    assert [name for _, name in found.unconfirmed] == ["a补助"]


def test_what_cannot_be_had_together_is_told(tmp_path: Path) -> None:
    other = benefit(id="b")
    one = told(tmp_path, "二选一: [xx-2023/b]", other)
    assert [note.words for note in one.together] == ["与“b补助”只能选一个"]


def test_handling_is_told_with_its_clause(tmp_path: Path) -> None:
    one = told(tmp_path, "办理: {方式: 向某局申请, 时限: 20个工作日内, 依据: 二}")
    assert one.handling is not None
    assert one.handling.words == "向某局申请；20个工作日内"
    assert one.handling.references[0].anchor.endswith("main__para_2")
