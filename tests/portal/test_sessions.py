"""Answers live on the server, for a while, and nobody else sees them."""

from datetime import timedelta
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from huiqi.portal.screening import services
from huiqi.portal.screening.models import Screening
from tests.portal.visitor import IN_FORCE, Visitor


def test_two_visitors_do_not_see_each_other(visitor: Visitor) -> None:
    visitor.answer("主体类型", answer="个体工商户")
    other = Visitor(Client())
    other.answer("主体类型", answer="个人")
    assert "个体工商户" in visitor.get("/answers/")
    assert "个体工商户" not in other.get("/answers/")
    assert Screening.objects.count() == 2


def test_answers_expire_and_are_deleted(visitor: Visitor) -> None:
    visitor.answer("主体类型", answer="企业")
    Screening.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert "还没有答案" in visitor.get("/answers/")
    Visitor(Client()).answer("主体类型", answer="个人")
    assert [dict(one.facts) for one in Screening.objects.all()] == [{"主体类型": "个人"}]


def test_every_answer_prolongs_the_session(visitor: Visitor) -> None:
    visitor.answer("主体类型", answer="企业")
    soon = timezone.now() + timedelta(minutes=1)
    Screening.objects.update(expires=soon)
    visitor.answer("列入失信名单", answer="否")
    assert Screening.objects.get().expires > soon + timedelta(hours=11)


def test_the_cookie_holds_a_name_only_and_is_out_of_reach_of_scripts(visitor: Visitor) -> None:
    visitor.answer("营业收入", answer="98765")
    cookie = visitor.client.cookies["huiqi_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "98765" not in cookie.value


def test_pages_with_answers_are_kept_by_no_cache(visitor: Visitor) -> None:
    visitor.answer("主体类型", answer="企业")
    for path in ("/questions/", "/results/", "/answers/", "/answers/file/", "/why/growth-2023/special/"):
        response = visitor.client.get(path)
        assert "no-store" in response.headers["Cache-Control"], path


def test_answers_are_written_to_no_log(visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    for logger in ("django", "django.request", "django.server"):
        caplog.set_level("DEBUG", logger=logger)
    visitor.answer("营业收入", answer="98765")
    visitor.get("/answers/")
    visitor.get("/nope/", 404)
    kept = [record for record in caplog.records if record.name != "django.db.backends"]
    assert not [record for record in kept if "98765" in record.getMessage()]
    assert str(Screening.objects.get()) == f"测算 {Screening.objects.get().pk}"


def test_a_fact_that_the_catalogue_no_longer_knows_is_dropped(visitor: Visitor) -> None:
    visitor.answer("主体类型", answer="企业")
    screening = Screening.objects.get()
    Screening.objects.update(
        facts={**screening.facts, "废止的事实": "是", "从业人数": "12万元"},
        passed=["废止的事实", "项目.没了"],
    )
    page = visitor.get("/answers/")
    assert "主体类型" in page
    assert "废止的事实" not in page
    assert "从业人数" not in page
    visitor.get("/results/")
    visitor.get("/questions/")


def test_answers_given_at_the_same_time_are_all_kept(transactional_db: None) -> None:
    assert "memory" not in str(connection.settings_dict["NAME"]), "threads would share one connection"
    pk = Screening.objects.create(expires=timezone.now() + timedelta(hours=1)).pk
    failures: list[BaseException] = []

    def give(pk: UUID, name: str, value: Any) -> None:
        try:
            services.answer(pk, name, {name: value})
        except BaseException as problem:
            failures.append(problem)
        finally:
            connection.close()

    threads = [Thread(target=give, args=(pk, f"事实{n}", n)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Screening.objects.get(pk=pk).facts == {f"事实{n}": n for n in range(12)}
    assert len(Screening.objects.get(pk=pk).asked) == 12


def test_answers_hold_on_every_day(visitor: Visitor) -> None:
    visitor.answer("主体类型", answer="个人", on=IN_FORCE)
    assert "个人" in visitor.get("/answers/", on="2026-11-23")
