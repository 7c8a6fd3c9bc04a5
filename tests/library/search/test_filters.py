"""Searching only some documents or clauses."""

from collections.abc import Iterator
from datetime import date

import pytest

from huiqi.library.model import Level
from huiqi.library.search import search
from huiqi.library.store import Library, State
from tests.library.store.making import LOANS, OLD_SHOPS, REPEALING, SHOPS, document, paragraph, put

UNPLACED = document(
    "某通知", "关于小店补贴的通知", paragraph(1, "小店补贴照此办理。"), level=Level.UNKNOWN, region=""
)
NEIGHBOUR = document("邻市", "邻市小店补贴办法", paragraph(1, "小店补贴另行办理。"), region="990200")
NATION = document(
    "国发", "关于小店补贴的意见", paragraph(1, "小店补贴由各地定。"), level=Level.NATION, region="000000"
)


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    with Library.open(":memory:") as library:
        put(library, SHOPS, LOANS, OLD_SHOPS, REPEALING, UNPLACED, NEIGHBOUR, NATION)
        library.set_roles(
            {
                (SHOPS.id, "main__para_1__subpara_2"): "事项",
                (SHOPS.id, "main__para_2__subpara_1"): "程序",
                (LOANS.id, "main__para_3__point_2"): "程序",
            }
        )
        yield library


def documents(library: Library, question: str, **filters: object) -> set[str]:
    return {hit.document.id for hit in search(library, question, limit=50, **filters).hits}  # type: ignore[arg-type]


def test_without_filters_all_are_searched(library: Library) -> None:
    assert documents(library, "小店补贴贷款") == {
        each.id for each in (SHOPS, LOANS, OLD_SHOPS, UNPLACED, NEIGHBOUR, NATION)
    }


def test_only_one_level(library: Library) -> None:
    assert documents(library, "小店补贴贷款", level=Level.PROVINCE) == {LOANS.id}
    assert documents(library, "小店补贴贷款", level=Level.UNKNOWN) == {UNPLACED.id}


def test_only_what_applies_in_a_region_is_its_own_what_is_around_it_and_what_cannot_be_placed(
    library: Library,
) -> None:
    everywhere = {LOANS.id, UNPLACED.id, NATION.id}
    city = everywhere | {SHOPS.id, OLD_SHOPS.id}
    assert documents(library, "小店补贴贷款", region="990100") == city
    assert documents(library, "小店补贴贷款", region="990103") == city
    assert documents(library, "小店补贴贷款", region="990200") == everywhere | {NEIGHBOUR.id}
    assert documents(library, "小店补贴贷款", region="990000") == everywhere
    assert documents(library, "小店补贴贷款", region="000000") == {UNPLACED.id, NATION.id}


def test_only_in_some_states_on_a_day(library: Library) -> None:
    day = date(2031, 4, 1)
    assert documents(library, "小店补贴", on=day, states=[State.ENDED]) == {OLD_SHOPS.id}
    assert documents(library, "小店补贴", on=day, states=[State.IN_FORCE]) == {SHOPS.id}
    assert documents(library, "小店补贴", on=date(2029, 1, 1), states=[State.NOT_YET]) >= {
        SHOPS.id,
        NATION.id,
    }
    assert OLD_SHOPS.id not in documents(library, "小店补贴", on=day, states=[State.IN_FORCE, State.UNSTATED])


def test_states_without_a_day_are_refused(library: Library) -> None:
    with pytest.raises(ValueError, match="时效要有日期"):
        search(library, "小店", states=[State.IN_FORCE])


def test_only_one_document(library: Library) -> None:
    assert documents(library, "小店补贴", document=OLD_SHOPS.id) == {OLD_SHOPS.id}
    assert documents(library, "小店补贴", document="无") == set()


def test_only_what_a_department_issued_or_is_named_in(library: Library) -> None:
    assert documents(library, "贷款贴息补贴", department="云岭省财政厅") == {LOANS.id}
    hits = search(library, "小店", department="市商务局").hits
    assert [hit.cite for hit in hits] == ["一、（二）"]


def test_only_clauses_of_one_role_and_the_hit_is_that_clause(library: Library) -> None:
    assert [hit.cite for hit in search(library, "小店补贴登记材料", role="事项").hits] == ["一、（二）"]
    both = search(library, "开店登记，贴息的借款合同和材料", role="程序").hits
    assert {(hit.document.id, hit.cite, hit.role) for hit in both} == {
        (SHOPS.id, "二、（一）", "程序"),
        (LOANS.id, "三、2.", "程序"),
    }
    assert search(library, "小店", role="目标").hits == ()


def test_filters_hold_together(library: Library) -> None:
    assert documents(library, "小店补贴", level=Level.CITY, region="990100", document=SHOPS.id) == {SHOPS.id}
    assert documents(library, "小店补贴", level=Level.PROVINCE, document=SHOPS.id) == set()


def test_values_of_filters_are_values_and_no_sql(library: Library) -> None:
    for value in ("' OR 1=1 --", '"', "%", ""):
        assert documents(library, "小店补贴", document=value) == set()
        assert documents(library, "小店补贴", role=value) == set()


def test_a_limit_below_one_is_refused(library: Library) -> None:
    with pytest.raises(ValueError, match="至少为1"):
        search(library, "小店", limit=0)
