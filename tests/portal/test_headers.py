"""What every response says to the browser about what it may do."""

import pytest

from tests.portal.visitor import Visitor

PAGES = ("/", "/questions/", "/results/", "/nope/", "/?on=never")


@pytest.mark.parametrize("path", PAGES)
def test_nothing_inline_and_nothing_from_elsewhere(visitor: Visitor, path: str) -> None:
    policy = visitor.client.get(path).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy


@pytest.mark.parametrize("path", PAGES)
def test_the_usual_protections(visitor: Visitor, path: str) -> None:
    headers = visitor.client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_a_host_that_is_not_ours_is_refused(visitor: Visitor) -> None:
    response = visitor.client.get("/", headers={"Host": "example.com"})
    assert response.status_code == 400


def test_nothing_changes_by_looking(visitor: Visitor) -> None:
    for path in ("/answers/clear/", "/preferences/large-print/"):
        assert visitor.client.get(path).status_code == 405
    for path in ("/", "/benefits/", "/results/", "/enterprises/", "/about/"):
        assert visitor.client.post(path).status_code == 405
