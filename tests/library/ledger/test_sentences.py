"""Duties that sentences say, and sentences that only mention a body."""

import pytest

from tests.library.ledger.trees import charges, item, ledger, one, paragraph


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各地要制定方案。", [("各地", "负责")]),
        ("各级财政部门应当做好经费保障。", [("各级财政部门", "负责")]),
        ("省财政厅会同有关部门开展评估。", [("云岭省财政厅", "牵头"), ("有关部门", "配合")]),
        ("省商务厅要牵头建立机制。", [("云岭省商务厅", "牵头")]),
        ("乡镇人民政府应当协助税务机关做好工作。", [("乡镇人民政府", "配合")]),
        ("各成员单位按照职责分工推进工作。", [("各成员单位", "分工")]),
        ("县级以上人民政府及其有关部门应当营造氛围。", [("县级以上人民政府", "负责"), ("有关部门", "负责")]),
        ("公安机关在健全机制方面，应当与税务机关加强协作。", [("公安机关", "负责")]),
        ("核实通过的，由省商务厅公告。", [("云岭省商务厅", "负责")]),
        ("商务部组织专家评审。", [("商务部", "负责")]),
        ("商务部门负责推进展会。", [("商务部门", "负责")]),
        ("市场监管部门和认证机构要加强宣传。", [("市场监管部门", "负责")]),
        ("试点期间，各省选择三个城市。", [("各省", "负责")]),
        ("调查案件由其上级党委、政府按照职责分工处理。", [("上级党委", "分工"), ("上级政府", "分工")]),
        ("省商务厅、省财政厅将通报情况。", [("云岭省商务厅", "负责"), ("云岭省财政厅", "负责")]),
    ],
)
def test_a_body_that_is_told_what_to_do_has_a_duty(text: str, expected: list[tuple[str, str]]) -> None:
    assert charges(one(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "企业应当向税务部门申报。",
        "银行业金融机构应当建立制度。",
        "鼓励各地出台补贴政策。",
        "支持各地探索新模式。",
        "各部门可以增加内容。",
        "省商务厅可根据情况调整。",
        "经省商务厅同意后可以延长。",
        "督促有关部门落实责任。",
        "加强部门协作。",
        "属于由省商务厅公告的企业。",
        "应当由公安机关处理的；",
        "税务机关查询账户时，银行应当协助。",
    ],
)
def test_permission_encouragement_and_mere_mention_are_no_duty(text: str) -> None:
    assert one(text).duties == ()


def test_a_line_for_each_body_after_a_colon() -> None:
    found = ledger(
        item(
            "一、",
            "",
            paragraph("省商务厅：负责办展会。"),
            paragraph("省税务局：查清欠税，办理注销。"),
            heading="任务分工",
        )
    )
    assert charges(found) == [("云岭省商务厅", "负责"), ("国家税务总局云岭省税务局", "负责")]


def test_the_strongest_charge_counts_once() -> None:
    found = one("省商务厅要做好宣传。（省商务厅牵头，财政厅负责）")
    assert charges(found) == [("云岭省商务厅", "牵头"), ("云岭省财政厅", "负责")]


def test_a_department_is_not_the_ministry_of_the_same_beginning() -> None:
    assert charges(one("省人民政府应当会同商务部门制定办法。")) == [
        ("省人民政府", "牵头"),
        ("商务部门", "配合"),
    ]
