"""Who gets in, for how long, and what is shown to whom."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from huiqi.casework.models import Case, Post
from tests.portal.staff.conftest import PASSWORD, Clock, Desk

Desks = Callable[..., Desk]
PAGES = ("/staff/", "/staff/cases/new/", "/staff/login/", "/staff/nowhere/", "/staff/cases/none/")


@pytest.fixture
def somebody(settings: Any, db: None) -> User:
    """An account with a password that is quick to check."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return User.objects.create_user("甲", password=PASSWORD)


def log_in(client: Client, name: str, password: str, **more: str) -> Any:
    return client.post("/staff/login/", {"username": name, "password": password, **more})


@pytest.mark.parametrize("path", ["/staff/", "/staff/cases/new/", "/staff/cases/x/", "/staff/any/"])
def test_everything_asks_for_a_login_and_comes_back(client: Client, db: None, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 302
    assert response.headers["Location"] == f"/staff/login/?next={path}"


@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_the_staff_is_kept_anywhere(desk: Desks, path: str) -> None:
    for client in (desk("甲", "受理机构").client, Client()):
        response = client.get(path)
        assert "no-store" in response.headers["Cache-Control"]
        assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_one_logs_in_and_out(client: Client, somebody: User) -> None:
    assert "账号和密码都要填" in log_in(client, "甲", "").content.decode()
    wrong = log_in(client, "甲", "不是这个")
    assert wrong.status_code == 422
    assert "账号或者密码不对" in wrong.content.decode()
    assert 'value="甲"' in wrong.content.decode()
    assert log_in(client, "甲", PASSWORD, next="/staff/cases/new/").headers["Location"] == "/staff/cases/new/"
    assert client.get("/staff/login/").headers["Location"] == "/staff/"
    assert client.get("/staff/logout/").status_code == 405
    assert "已经退出" in client.post("/staff/logout/", follow=True).content.decode()
    assert client.get("/staff/").status_code == 302


def test_a_login_leads_to_no_other_site(client: Client, somebody: User) -> None:
    assert log_in(client, "甲", PASSWORD, next="https://example.com/").headers["Location"] == "/staff/"


def test_after_five_failures_one_has_to_wait(client: Client, somebody: User) -> None:
    for _ in range(5):
        assert log_in(client, "甲", "不是这个").status_code == 422
    for name in ("甲", " 甲 "):
        waits = log_in(client, name, PASSWORD)
        assert waits.status_code == 429
        assert "最多等 15 分钟" in waits.content.decode()
    assert log_in(client, "乙", "不是这个").status_code == 422
    assert client.get("/staff/").status_code == 302


def test_a_login_forgets_the_failures_before_it(client: Client, somebody: User) -> None:
    for _ in range(3):
        for _ in range(4):
            log_in(client, "甲", "不是这个")
        assert log_in(client, "甲", PASSWORD).status_code == 302
        client.logout()


def test_a_session_ends_after_eight_idle_hours_but_not_before(desk: Desks, clock: Clock) -> None:
    one = desk("甲", "受理机构")
    for time in ("10:00", "17:59", "23:00"):
        clock.set("2025-03-03", time)
        one.get("/staff/")
        assert one.status == 200
    clock.set("2025-03-04", "07:01")
    one.get("/staff/")
    assert one.status == 302


def test_a_closed_account_is_out_at_once(desk: Desks) -> None:
    one = desk("甲", "受理机构")
    User.objects.filter(username="甲").update(is_active=False)
    one.get("/staff/")
    assert one.status == 302


def test_without_a_post_one_is_told_who_gives_it(desk: Desks) -> None:
    one = desk("外人")
    assert "您还没有岗位" in one.get("/staff/")
    assert "huiqi staff add" in one.page
    one.get("/staff/cases/new/")
    assert one.status == 403
    assert "不能收新的案件" in one.page


def test_a_case_of_others_is_no_case(desk: Desks) -> None:
    case = desk("甲", "受理机构").receive()
    stranger = desk("外人")
    Post.objects.create(user=stranger.user, procedure="food-areas", actor="申请单位")
    for path in ("", "act/", "identity/", "notices/1/"):
        stranger.get(f"/staff/cases/{case.number}/{path}")
        there = (stranger.status, stranger.words.replace(case.number, ""))
        stranger.get(f"/staff/cases/henan-complaints-2025-99999/{path}")
        assert there == (404, stranger.words)
        stranger.post(f"/staff/cases/{case.number}/{path}", {})
        assert stranger.status in (404, 405)
    assert "不兑现承诺" not in stranger.get("/staff/")


def test_a_version_that_is_gone_is_said(desk: Desks) -> None:
    one = desk("甲", "受理机构")
    case = one.receive()
    Case.objects.update(version="2001-01-01")
    one.get(f"/staff/cases/{case.number}/")
    assert one.status == 410
    assert "规则库里没有这一版了" in one.page


def test_a_form_without_its_token_is_answered_in_the_words_of_the_staff(somebody: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(somebody)
    response = client.post("/staff/cases/x/act/", {})
    assert response.status_code == 403
    assert "回到在办案件" in response.content.decode()
    assert "回到问题" in client.post("/questions/", {}).content.decode()


def test_the_footer_of_the_public_pages_leads_here(client: Client, db: None) -> None:
    assert '<a href="/staff/" rel="nofollow">办案入口</a>' in client.get("/about/").content.decode()
