"""Accounts of the staff and the posts they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from huiqi.casework import book
from huiqi.casework.models import Post
from huiqi.language.diagnostics import nearest

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class StaffError(ValueError):
    """An account or a post that cannot be; the message is Chinese."""


@transaction.atomic
def appoint(name: str, password: str, posts: Iterable[tuple[str, str]]) -> User:
    """Make an account, or give an existing one its posts and, when one is given, its password.

    ``posts`` are pairs of procedure and actor and replace those held before; an account that was closed is
    open again. Raises StaffError.
    """
    wanted = [_known(procedure, actor) for procedure, actor in posts]
    users = get_user_model()
    user = users.objects.filter(username=name).first()
    if user is None and not password:
        raise StaffError(f"「{name}」是新账号，要有密码")
    user = user or users(username=name)
    user.is_active = True
    try:
        user.full_clean(exclude=["password"])
        if password:
            validate_password(password, user)
    except ValidationError as error:
        raise StaffError("；".join(_said(error))) from None
    if password:
        user.set_password(password)
    user.save()
    Post.objects.filter(user=user).delete()
    Post.objects.bulk_create(Post(user=user, procedure=p, actor=a) for p, a in dict.fromkeys(wanted))
    return user


def _said(error: ValidationError) -> Iterator[str]:
    """What is wrong; Django has no Chinese for a password that is too short."""
    if hasattr(error, "error_dict"):
        yield from error.messages
        return
    for each in error.error_list:
        if each.code == "password_too_short":
            yield f"密码至少要 {(each.params or {})['min_length']} 位"
        else:
            yield from each.messages


@dataclass(frozen=True, slots=True)
class Account:
    """An account as it is listed: ``posts`` are pairs of procedure and actor."""

    name: str
    active: bool
    posts: tuple[tuple[str, str], ...]
    last_login: datetime | None


def accounts() -> list[Account]:
    """Every account with its posts, by name."""
    held: dict[int, list[tuple[str, str]]] = {}
    for post in Post.objects.all():
        held.setdefault(post.user_id, []).append((post.procedure, post.actor))
    return [
        Account(user.username, user.is_active, tuple(held.get(user.pk, ())), user.last_login)
        for user in get_user_model().objects.order_by("username")
    ]


@transaction.atomic
def close(name: str) -> None:
    """Close an account: no login, no cases. What it did stays on record. Raises StaffError."""
    user = get_user_model().objects.filter(username=name).first()
    if user is None:
        names = [each.name for each in accounts()]
        right = nearest(name, names)
        raise StaffError(f"没有「{name}」这个账号" + (f"，是不是「{right}」" if right else ""))
    user.is_active = False
    user.save(update_fields=["is_active"])


def _known(procedure: str, actor: str) -> tuple[str, str]:
    versions = [one for one in book.procedures() if one.id == procedure]
    if not versions:
        ids = sorted({one.id for one in book.procedures()})
        right = nearest(procedure, ids)
        raise StaffError(
            f"没有「{procedure}」这个程序，" + (f"是不是「{right}」" if right else f"有：{'、'.join(ids)}")
        )
    actors = list(dict.fromkeys(name for one in versions for name in one.actors))
    if actor not in actors:
        right = nearest(actor, actors)
        raise StaffError(
            f"「{procedure}」没有「{actor}」，"
            + (f"是不是「{right}」" if right else f"有：{'、'.join(actors)}")
        )
    return procedure, actor
