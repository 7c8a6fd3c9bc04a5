"""The second writing of the complaint rules goes on: handling, time, suspending, closing and afterwards."""

from __future__ import annotations

from harness.reference import (
    AGENCY,
    CITIZEN,
    INTAKE,
    PROVINCE,
    SAME,
    UPPER,
    Complaint,
    Said,
    event,
)

UNFINISHED = (
    "调查处理中",
    "中止待批",
    "已中止",
    "待恢复",
    "终止待批",
    "中止后终止待批",
    "已决定",
    "决定结案待批",
    "其他结案待批",
)
"""Handed over and not closed."""

# Investigating (arts. 20, 22, 23, 30, 33, 34)


def _two_with_papers(said: Said) -> bool:
    return said.one_of("调查人员两名以上", True) and said.one_of("出示证件并记录", True)


@event("调查", AGENCY)
def investigate(case: Complaint, said: Said) -> bool:
    """Articles 20 and 22: in one of the ways, by two or more, with papers and recorder."""
    return _two_with_papers(said) and said.one_of("调查方式") and case.state == "调查处理中"


@event("听取陈述申辩", AGENCY)
def hear(case: Complaint, said: Said) -> bool:
    """Article 22: a record, signed or with a note that signing was refused."""
    recorded = said.one_of("笔录签注") and "陈述申辩笔录" in said.papers
    return _two_with_papers(said) and recorded and case.state == "调查处理中"


@event("委托检验鉴定", AGENCY)
def entrust(case: Complaint, said: Said) -> bool:
    """Articles 20 (4) and 23: the time it takes does not count."""
    if not said.one_of("委托事项") or case.state not in ("调查处理中", "中止待批"):
        return False
    case.hold("鉴定", said.day)
    return True


@event("检验鉴定有结果", AGENCY)
def result(case: Complaint, said: Said) -> bool:
    """Article 23: counting goes on."""
    states = ("调查处理中", "中止待批", "已中止", "待恢复", "终止待批", "中止后终止待批", "其他结案待批")
    if case.state not in states:
        return False
    case.release("鉴定", said.day)
    return True


@event("专家意见", AGENCY)
def expert(case: Complaint, said: Said) -> bool:
    """Article 30."""
    return case.state in ("调查处理中", "已决定")


@event("联合办案", AGENCY)
def jointly(case: Complaint, said: Said) -> bool:
    """Article 30."""
    return case.state == "调查处理中"


@event("移交线索", AGENCY)
def hand_over_lead(case: Complaint, said: Said) -> bool:
    """Articles 33 and 34: offences found on the way."""
    states = ("调查处理中", "已中止", "待恢复", "已决定", "已终止", "已结案")
    return said.one_of("移交原因") and case.state in states


# Time (art. 21)


def _longer(case: Complaint, timer: str, by: int) -> None:
    """Add to the length; what ran out is noted and stays so until the new day."""
    case.timers[timer].length += by


@event("延长", SAME)
def extend(case: Complaint, said: Said) -> bool:
    """Article 21: special circumstances, thirty days, once."""
    if not said.one_of("延长情形", "情况特殊") or case.state != "调查处理中" or "延长" in case.extended:
        return False
    case.extended.add("延长")
    _longer(case, "调查处理", 30)
    case.owe("告知节点", said.day)
    return True


@event("再延长", UPPER)
def extend_again(case: Complaint, said: Said) -> bool:
    """Article 21: a grave case, another thirty days, after the first."""
    if not said.one_of("延长情形", "案情重大") or case.state != "调查处理中":
        return False
    if "延长" not in case.extended or "再延长" in case.extended:
        return False
    case.extended.add("再延长")
    _longer(case, "调查处理", 30)
    case.owe("告知节点", said.day)
    return True


@event("申请省里延期", AGENCY)
def ask_province(case: Complaint, said: Said) -> bool:
    """Article 21: an exceptionally grave case goes up level by level; asking again starts again."""
    if not said.one_of("延长情形", "案情特别重大") or case.state != "调查处理中":
        return False
    case.agreed["省里延期"] = []
    return True


@event("逐级同意延期", SAME, UPPER)
def agree_extension(case: Complaint, said: Said) -> bool:
    """Article 21: level by level."""
    return case.state == "调查处理中" and case.agrees("省里延期", said.actor)


@event("不批准省里延期", PROVINCE, SAME, UPPER)
def refuse_extension(case: Complaint, said: Said) -> bool:
    """Article 21: by whoever's turn it is."""
    return case.state == "调查处理中" and case.settled("省里延期", said.actor)


@event("省里延期", PROVINCE)
def extend_by_province(case: Complaint, said: Said) -> bool:
    """Article 21: as many days as the province writes (answer taken), after the two shorter ones."""
    if not said.one_of("延长日数") or case.state != "调查处理中" or "再延长" not in case.extended:
        return False
    if not case.settled("省里延期", said.actor):
        return False
    case.extended.add("省里延期")
    _longer(case, "调查处理", int(str(said.facts["延长日数"])))
    case.owe("告知节点", said.day)
    return True


@event("六个月报告", AGENCY)
def report_late(case: Complaint, said: Said) -> bool:
    """Article 21: when six months are over and the case is not closed."""
    return case.state in UNFINISHED and bool(case.timers["六个月"].expired)


@event("六个月延期", PROVINCE)
def extend_six_months(case: Complaint, said: Said) -> bool:
    """Article 21: the province decides; in months (answer taken)."""
    if not said.one_of("延期月数") or case.state not in UNFINISHED:
        return False
    _longer(case, "六个月", int(str(said.facts["延期月数"])))
    case.owe("告知节点", said.day)
    return True


@event("六个月不延期", PROVINCE)
def refuse_six_months(case: Complaint, said: Said) -> bool:
    """Article 21: the province decides whether; no is an answer too."""
    return case.state in UNFINISHED


# Suspending and ending (arts. 24, 25, 27)


@event("提请中止", AGENCY)
def propose_suspension(case: Complaint, said: Said) -> bool:
    """Articles 24 and 27."""
    return said.one_of("中止情形") and case.goes("中止待批", "调查处理中")


@event("批准中止", PROVINCE)
def suspend(case: Complaint, said: Said) -> bool:
    """Articles 24 and 27: from the approval on, time does not count (answer taken)."""
    if not case.goes("已中止", "中止待批"):
        return False
    case.hold("中止", said.day)
    case.owe("告知节点", said.day)
    return True


@event("不批准中止", PROVINCE)
def refuse_suspension(case: Complaint, said: Said) -> bool:
    """Article 27."""
    return case.goes("调查处理中", "中止待批")


@event("中止原因消除", AGENCY)
def cause_gone(case: Complaint, said: Said) -> bool:
    """Article 24: five working days to go on."""
    if not case.goes("待恢复", "已中止"):
        return False
    case.owe("恢复办理", said.day, 5)
    return True


@event("恢复办理", AGENCY)
def go_on(case: Complaint, said: Said) -> bool:
    """Article 24: time counts again from going on, also when late (answer taken)."""
    if not case.goes("调查处理中", "待恢复"):
        return False
    case.release("中止", said.day)
    case.fulfil("恢复办理", said.day)
    return True


def _ground_for_ending(said: Said) -> bool:
    """Article 25: withdrawal needs a paper, refusing to help needs the written notice before."""
    papers = {"自愿撤回": "书面撤回申请", "拒不配合": "配合调查的书面通知"}
    ground = said.facts.get("终止情形")
    return ground is not None and (ground not in papers or papers[str(ground)] in said.papers)


@event("提请终止", AGENCY)
def propose_end(case: Complaint, said: Said) -> bool:
    """Articles 25 and 27."""
    if not _ground_for_ending(said) or not case.goes("终止待批", "调查处理中"):
        return False
    case.agreed["终止"] = []
    return True


@event("中止后提请终止", AGENCY)
def propose_end_of_suspended(case: Complaint, said: Said) -> bool:
    """Articles 25 and 27, while suspended (answer taken)."""
    if not _ground_for_ending(said) or not case.goes("中止后终止待批", "已中止", "待恢复"):
        return False
    case.agreed["终止"] = []
    return True


@event("逐级同意终止", SAME, UPPER)
def agree_end(case: Complaint, said: Said) -> bool:
    """Article 27: level by level."""
    return case.state in ("终止待批", "中止后终止待批") and case.agrees("终止", said.actor)


@event("批准终止", PROVINCE)
def end(case: Complaint, said: Said) -> bool:
    """Article 27: ended; article 33: what others have the power for is passed on."""
    if case.state not in ("终止待批", "中止后终止待批") or not case.settled("终止", said.actor):
        return False
    case.state = "已终止"
    case.stop("调查处理", "六个月")
    case.owe("告知节点", said.day)
    return True


@event("不批准终止", PROVINCE, SAME, UPPER)
def refuse_end(case: Complaint, said: Said) -> bool:
    """Article 27: by whoever's turn it is."""
    if case.state != "终止待批" or not case.settled("终止", said.actor):
        return False
    return case.goes("调查处理中", "终止待批")


@event("不批准中止后终止", PROVINCE, SAME, UPPER)
def refuse_end_of_suspended(case: Complaint, said: Said) -> bool:
    """Article 27: still suspended (answer taken)."""
    if case.state != "中止后终止待批" or not case.settled("终止", said.actor):
        return False
    return case.goes("已中止", "中止后终止待批")


# Deciding and closing (arts. 21, 26, 27)


@event("作出处理决定", AGENCY)
def decide(case: Complaint, said: Said) -> bool:
    """Article 21: what the thirty days are for; another decision may follow (answer taken)."""
    if not case.goes("已决定", "调查处理中", "已决定"):
        return False
    case.stop("调查处理")
    return True


@event("决定后提请结案", AGENCY)
def propose_closing(case: Complaint, said: Said) -> bool:
    """Articles 26 (2) and 27."""
    if not said.one_of("结案情形", "作出处理决定") or not case.goes("决定结案待批", "已决定"):
        return False
    case.agreed["结案"] = []
    return True


@event("其他提请结案", AGENCY)
def propose_other_closing(case: Complaint, said: Said) -> bool:
    """Articles 26 (1), (3), (4) and 27."""
    named = said.one_of("结案情形", "调解和解", "不存在违法行为", "其他结案情形")
    if not named or not case.goes("其他结案待批", "调查处理中"):
        return False
    case.agreed["结案"] = []
    return True


@event("逐级同意结案", SAME, UPPER)
def agree_closing(case: Complaint, said: Said) -> bool:
    """Article 27: level by level."""
    return case.state in ("决定结案待批", "其他结案待批") and case.agrees("结案", said.actor)


@event("批准结案", PROVINCE)
def close(case: Complaint, said: Said) -> bool:
    """Articles 26 and 27: five days to tell, ten to call back; article 31: tracked."""
    if not said.one_of("附条件或附期限") or case.state not in ("决定结案待批", "其他结案待批"):
        return False
    if not case.settled("结案", said.actor):
        return False
    case.state = "已结案"
    case.stop("调查处理", "六个月")
    case.owe("告知节点", said.day)
    case.owe("书面告知结果", said.day, 5)
    case.owe("回访", said.day, 10)
    if said.facts["附条件或附期限"]:
        case.owe("列入跟踪台账", said.day)
    return True


@event("不批准决定结案", PROVINCE, SAME, UPPER)
def refuse_closing(case: Complaint, said: Said) -> bool:
    """Article 27: the decision stands, the time stays stopped (answer taken)."""
    if case.state != "决定结案待批" or not case.settled("结案", said.actor):
        return False
    return case.goes("已决定", "决定结案待批")


@event("不批准其他结案", PROVINCE, SAME, UPPER)
def refuse_other_closing(case: Complaint, said: Said) -> bool:
    """Article 27: nothing was decided, handling goes on."""
    if case.state != "其他结案待批" or not case.settled("结案", said.actor):
        return False
    return case.goes("调查处理中", "其他结案待批")


# After closing (arts. 26, 31, 32)

CLOSED = ("已结案", "复核结果中")


@event("书面告知结果", AGENCY)
def tell_result(case: Complaint, said: Said) -> bool:
    """Article 26."""
    if case.state not in CLOSED:
        return False
    case.fulfil("书面告知结果", said.day)
    return True


@event("回访", INTAKE)
def call_back(case: Complaint, said: Said) -> bool:
    """Article 26."""
    if not said.one_of("满意") or case.state not in CLOSED:
        return False
    case.fulfil("回访", said.day)
    return True


@event("提出异议", CITIZEN)
def object_to_result(case: Complaint, said: Said) -> bool:
    """Article 26: at any time (answer taken)."""
    return case.goes("复核结果中", "已结案")


@event("复核结束", PROVINCE)
def recheck_ended(case: Complaint, said: Said) -> bool:
    """Article 26: five working days to answer."""
    if not said.one_of("复核已结束", True) or not case.goes("已结案", "复核结果中"):
        return False
    case.owe("反馈复核结果", said.day, 5)
    case.owe("告知节点", said.day)
    return True


@event("反馈复核结果", PROVINCE)
def answer_recheck(case: Complaint, said: Said) -> bool:
    """Article 26: after a recheck has ended."""
    if case.state != "已结案" or case.known(said, "复核已结束") is not True:
        return False
    case.fulfil("反馈复核结果", said.day)
    return True


@event("列入跟踪台账", SAME, PROVINCE)
def track(case: Complaint, said: Said) -> bool:
    """Article 31: closed with a condition or a term."""
    if case.state not in CLOSED or case.known(said, "附条件或附期限") is not True:
        return False
    case.fulfil("列入跟踪台账", said.day)
    case.owe("跟踪核查", said.day)
    return True


@event("跟踪核查", SAME, PROVINCE)
def follow_up(case: Complaint, said: Said) -> bool:
    """Article 31: look and ask how it goes on."""
    if case.state not in CLOSED or case.known(said, "附条件或附期限") is not True:
        return False
    case.fulfil("跟踪核查", said.day)
    return True


@event("销账", SAME, PROVINCE)
def write_off(case: Complaint, said: Said) -> bool:
    """Article 32: when all is done."""
    done = said.one_of("跟踪事项办理完毕", True)
    if not done or case.state not in CLOSED or case.known(said, "附条件或附期限") is not True:
        return False
    case.fulfil("跟踪核查", said.day)
    return True
