"""The second writing of the complaint rules, at last: supervision and measures (arts. 4, 28, 29, 31, 35)."""

from __future__ import annotations

from harness.reference import AGENCY, INTAKE, PROVINCE, SAME, UPPER, Complaint, Said, event

AFTERWARDS = ("视为受理", "视为接收")
"""What nobody does: it follows when time runs out (arts. 7, 13)."""


@event("责令调查处理", PROVINCE)
def order(case: Complaint, said: Said) -> bool:
    """Article 29: handled, or handled again, with new time from the order on (answer taken)."""
    if not said.one_of("责令情形") or not case.goes("调查处理中", "调查处理中", "已决定", "已终止", "已结案"):
        return False
    case.again(said.day)
    return True


@event("建议处理责任人", PROVINCE)
def suggest_discipline(case: Complaint, said: Said) -> bool:
    """Article 29: ordered, and still not mended."""
    ordered = case.known(said, "责令情形") is not None
    return ordered and said.one_of("拒不改正", True) and case.state == "调查处理中"


@event("出具处分建议书", SAME, PROVINCE)
def advise_punishment(case: Complaint, said: Said) -> bool:
    """Article 28: the unit does not punish."""
    stated = said.one_of("不予处分", True) and "处分建议书" in said.papers
    return stated and case.state in ("已决定", "已结案")


@event("提请纪检监察机关", SAME, PROVINCE)
def ask_discipline(case: Complaint, said: Said) -> bool:
    """Article 28: the unit refuses after that."""
    refused = case.known(said, "不予处分") is True and said.one_of("拒绝处分", True)
    return refused and case.state in ("已决定", "已结案")


@event("移交打击报复", INTAKE, SAME, PROVINCE, AGENCY)
def retaliation(case: Complaint, said: Said) -> bool:
    """Article 28: at any time."""
    return said.one_of("打击报复移交给") and case.state != "线索"


@event("引导民事纠纷", SAME, PROVINCE)
def guide_civil(case: Complaint, said: Said) -> bool:
    """Article 35 (1): while somebody may still find it a matter between two businesses."""
    return case.state in ("审查中", "不予受理待送达", "不予受理已送达", "复核受理中", "调查处理中")


@event("引导另行查明", SAME, PROVINCE)
def guide_elsewhere(case: Complaint, said: Said) -> bool:
    """Article 35 (2): after investigating."""
    return case.state in ("调查处理中", "已决定")


@event("引导不满意的", SAME, PROVINCE)
def guide_unsatisfied(case: Complaint, said: Said) -> bool:
    """Article 35 (3): closed, and still not satisfied."""
    return case.state == "已结案" and case.known(said, "满意") is False


@event("督办", INTAKE, SAME, UPPER, PROVINCE)
def press(case: Complaint, said: Said) -> bool:
    """Articles 4 and 5."""
    return case.state != "线索"


@event("报告上一级", SAME)
def report_up(case: Complaint, said: Said) -> bool:
    """Article 4."""
    if case.state == "线索":
        return False
    case.fulfil("报告上一级", said.day)
    return True


@event("告知办理节点", INTAKE, AGENCY)
def tell_step(case: Complaint, said: Said) -> bool:
    """Article 31."""
    if case.state == "线索":
        return False
    case.fulfil("告知节点", said.day)
    return True
