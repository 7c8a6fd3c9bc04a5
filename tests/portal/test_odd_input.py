"""Whatever is sent, the answer is a page for people."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.portal.visitor import IN_FORCE, Visitor

ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
KEYS = st.sampled_from(
    ["主体类型", "营业收入", "成立日期", "列入失信名单", "认定", "项目", "出口占比", "@collections"]
)
FIELDS = st.sampled_from(
    [
        "answer",
        "answer-unit",
        "answer-low",
        "answer-high",
        "do",
        "pass",
        "remove",
        "added",
        "r0-1",
        "r0-2",
        "q0",
    ]
)
NARROWING = ("state", "region", "benefits", "order", "department", "document", "more")
quietly = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quietly
@given(key=KEYS, data=st.dictionaries(FIELDS, ANYTHING, max_size=4), again=ANYTHING)
def test_any_form(visitor: Visitor, key: str, data: dict[str, str], again: str) -> None:
    visitor.client.post(f"/questions/?on={IN_FORCE}&ask=项目", {"do": "list", "answer": again or "甲"})
    page = visitor.answer(key, **data)
    assert "<h1" in page
    for path in ("/answers/", "/results/", "/questions/"):
        assert visitor.client.get(path, {"on": IN_FORCE}, follow=True).status_code == 200
    assert visitor.client.get("/answers/file/").status_code == 200


@quietly
@given(
    path=st.sampled_from(["/", "/benefits/", "/questions/", "/results/", "/documents/", "/search/"]),
    name=st.sampled_from(["on", "q", "kind", "level", "year", "ask", "about", "next", "part", *NARROWING]),
    value=ANYTHING,
)
def test_any_query(visitor: Visitor, library: Path, path: str, name: str, value: str) -> None:
    response = visitor.client.get(path, {"q": "奖励", name: value}, follow=True)
    assert response.status_code in (200, 400, 404)
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/library/%00/",
        "/library/%2F/a/",
        "/library/a.xml",
        "/benefits/%00/",
        "/benefits/../../etc/",
        "/enterprises/%E4/",
        "/%FF",
    ],
)
def test_any_address(visitor: Visitor, library: Path, path: str) -> None:
    assert visitor.client.get(path).status_code in (301, 404)


def test_too_much_is_refused_in_words(visitor: Visitor) -> None:
    response = visitor.client.post(f"/questions/?on={IN_FORCE}&ask=主体类型", {"answer": "企" * 600_000})
    assert response.status_code == 400
    assert "看不懂这个请求" in response.content.decode()
