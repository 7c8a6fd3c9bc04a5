"""Parts of a ledger: one body's, and what is due within certain days."""

from datetime import date

from huiqi.library.ledger import Charge, bodies_of, select
from tests.library.ledger.trees import item, ledger, paragraph

FULL = ledger(
    item("一、", "2024年9月底前举办3场展会。（省商务厅牵头，财政厅配合）"),
    item("二、", "到2027年，培育20家企业。（省财政厅负责）"),
    item("三、", "管好资金。", paragraph("责任单位：省财政厅。"), paragraph("完成时限：持续推进。")),
)


def cites(**asked: object) -> tuple[list[str], list[str]]:
    chosen = select([FULL], **asked)  # type: ignore[arg-type]
    return (
        [duty.cite for found in chosen for duty in found.duties],
        [target.cite for found in chosen for target in found.targets],
    )


def test_asking_nothing_leaves_everything() -> None:
    assert select([FULL]) == (FULL,)


def test_one_body_under_its_full_or_its_short_name() -> None:
    assert cites(body="云岭省商务厅") == (["一、"], ["一、"])
    assert cites(body="省财政厅") == (["一、", "二、", "三、"], ["一、", "二、"])


def test_a_body_in_one_role() -> None:
    assert cites(body="财政厅", role=Charge.RESPONSIBLE) == (["二、", "三、"], ["二、"])
    assert cites(role=Charge.LEADS) == (["一、"], ["一、"])


def test_both_ends_of_a_time_are_included_and_what_has_no_day_is_left_out() -> None:
    assert cites(until=date(2024, 9, 30)) == (["一、"], ["一、"])
    assert cites(until=date(2024, 9, 29)) == ([], [])
    assert cites(since=date(2024, 10, 1)) == (["二、"], ["二、"])
    assert cites(body="省商务厅", since=date(2024, 10, 1)) == ([], [])


def test_a_ledger_of_which_nothing_is_left_is_left_out() -> None:
    assert select([FULL], body="盐务局") == ()


def test_bodies_are_counted_by_items_those_with_most_first() -> None:
    assert bodies_of([FULL]) == (("云岭省财政厅", 3), ("云岭省商务厅", 1))
