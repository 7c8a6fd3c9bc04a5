"""Bugs put in on purpose. A harness that does not find them proves nothing."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from harness.worker import Journal, answer
from huiqi.casework import services
from huiqi.casework.models import Command, Notice
from huiqi.casework.upkeep import keep_for_lists

Bug = Callable[[Journal], None]


class _NoTransaction:
    """Stands where ``django.db.transaction`` does, and begins none."""

    @staticmethod
    @contextmanager
    def atomic(**_: Any) -> Iterator[None]:
        yield


def put(where: object, name: str, what: object) -> None:
    """Put something else in the place of an attribute, unseen by the types."""
    setattr(where, name, what)


def no_transaction(_: Journal) -> None:
    """Every statement is committed by itself."""
    put(services, "transaction", _NoTransaction)
    put(QuerySet, "select_for_update", lambda self, **_: self)


def early_answer(journal: Journal) -> None:
    """The answer goes out before the commit."""
    finish = services._finish

    def told(*given: Any) -> services.Done:
        done = finish(*given)
        answer(journal, given[3].key, done)
        return done

    put(services, "_finish", told)


def forgets_requests(_: Journal) -> None:
    """The same request sent again is done again."""
    put(services, "_done_before", lambda act, about: None)
    create = Command.objects.create

    def under_another_key(**fields: Any) -> Command:
        return create(**{**fields, "key": f"{fields['key']}#{secrets.token_hex(4)}"[:64]})

    put(Command.objects, "create", under_another_key)


def remembers_afterwards(_: Journal) -> None:
    """That a request was carried out is written after the commit."""
    create = Command.objects.create
    put(Command.objects, "create", lambda **fields: transaction.on_commit(lambda: create(**fields)))


def notifies_afterwards(_: Journal) -> None:
    """Notices are written after the commit."""
    create = Notice.objects.bulk_create

    def later(notices: Any) -> None:
        kept = list(notices)
        transaction.on_commit(lambda: create(kept))

    put(Notice.objects, "bulk_create", later)


def lists_afterwards(_: Journal) -> None:
    """What lists show is written after the commit."""

    def later(case: Any, definition: Any, folded: Any) -> None:
        transaction.on_commit(lambda: keep_for_lists(case, definition, folded))

    put(services, "keep_for_lists", later)


def no_lock(_: Journal) -> None:
    """Neither lock nor constraint keeps two writers apart (PostgreSQL; SQLite has but one writer)."""
    put(QuerySet, "select_for_update", lambda self, **_: self)


def without_the_constraint() -> None:
    """Prepare the database for ``no_lock``."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE casework_entry DROP CONSTRAINT one_entry_a_place")


BUGS: dict[str, Bug] = {
    "no-transaction": no_transaction,
    "early-answer": early_answer,
    "forgets-requests": forgets_requests,
    "remembers-afterwards": remembers_afterwards,
    "notifies-afterwards": notifies_afterwards,
    "lists-afterwards": lists_afterwards,
    "no-lock": no_lock,
}
