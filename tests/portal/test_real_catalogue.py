"""Every page of the catalogue that this repository ships: none fails, none grows out of hand."""

import pytest

from huiqi.portal.policies import demonstration, selectors
from tests.portal.visitor import Visitor

DAYS = ("", "2025-02-01")
MOST_BYTES = 1_000_000


def test_every_benefit_and_document_has_its_page(real: Visitor) -> None:
    known = selectors.catalogue()
    assert len(known.benefits) > 200
    for identifier, benefit in known.benefits.items():
        assert benefit.name in real.get(f"/benefits/{identifier}/", on="")
    for document in known.documents:
        assert document.title in real.get(f"/documents/{document.id}/", on="")


@pytest.mark.parametrize("day", DAYS)
def test_home_is_not_empty(real: Visitor, day: str) -> None:
    page = real.get("/", on=day)
    assert page.count('class="row__name"') >= 8
    assert page.count('class="card"') == 3


@pytest.mark.parametrize("day", DAYS)
def test_every_enterprise_can_be_looked_at(real: Visitor, day: str) -> None:
    assert len(demonstration.enterprises()) >= 10
    for one in demonstration.enterprises():
        assert len(real.get(f"/enterprises/{one.slug}/", on=day).encode()) < MOST_BYTES, one.slug


def test_every_reason_of_an_enterprise_can_be_looked_at(real: Visitor) -> None:
    for one in demonstration.enterprises()[::4]:
        for identifier in selectors.catalogue().benefits:
            page = real.get(f"/enterprises/{one.slug}/why/{identifier}/", on="2025-02-01")
            assert len(page.encode()) < MOST_BYTES, (one.slug, identifier)


def test_the_questionnaire_comes_to_an_end(real: Visitor) -> None:
    """Somebody who knows nothing is let go, and is asked nothing twice."""
    import re
    from html import unescape
    from urllib.parse import parse_qs, urlsplit

    page, seen = real.get("/questions/", on="2025-02-01"), []
    while "要问的都问过了" not in page:
        action = unescape(re.findall(r'<form class="stack" method="post" action="([^"]*)"', page)[0])
        key = parse_qs(urlsplit(action).query)["ask"][0]
        assert key not in seen
        seen.append(key)
        answer = {} if key.startswith("@") else {"pass": "未问"}
        response = real.client.post(action, answer, follow=True)
        page = response.content.decode()
    assert 20 < len(seen) < 150
