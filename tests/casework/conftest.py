"""Cases of the complaint rules, in the database of the installation, and people with posts."""

from tests.installation import CATALOGUE  # noqa: F401  # first: it starts Django

# isort: split
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from huiqi.casework import book
from huiqi.casework.append_only import lift, protect
from huiqi.casework.models import Post

SHIPPED = Path(__file__).parents[2] / "catalogue"
COMPLAINTS = "henan-complaints"


@pytest.fixture(autouse=True)
def shipped_procedures(settings: Any) -> Iterator[None]:
    """The procedures that are shipped, not those of the small catalogue of the portal's tests."""
    settings.CATALOGUE_ROOT = SHIPPED
    book.forget()
    yield
    book.forget()


@pytest.fixture
def clerk(db: None) -> Callable[..., User]:
    """Makes somebody with posts in the complaint procedure."""

    def make(name: str, *actors: str) -> User:
        user = User.objects.create_user(name)
        Post.objects.bulk_create(Post(user=user, procedure=COMPLAINTS, actor=actor) for actor in actors)
        return user

    return make


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """Real commits, seen by other threads; the guards are down only while the tables are emptied."""
    protect(connection)
    yield
    lift(connection)


def at(day: str, time: str = "10:00") -> datetime:
    """A moment in Beijing."""
    return datetime.fromisoformat(f"{day}T{time}+08:00").astimezone(UTC)
