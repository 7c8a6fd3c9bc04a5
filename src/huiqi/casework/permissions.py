"""Who may do what with a case, answered here and nowhere else, and always with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from huiqi.casework.models import Case, Entry, Post
from huiqi.procedures import Definition

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether somebody may, and why or why not, for them to read."""

    allowed: bool
    reason: str

    def __bool__(self) -> bool:
        return self.allowed


def posts_of(user: User, procedure: str) -> tuple[str, ...]:
    """The actors as which somebody works on a procedure; none for an account that is closed."""
    if not user.is_active:
        return ()
    return tuple(Post.objects.filter(user=user, procedure=procedure).values_list("actor", flat=True))


def may_look(user: User, procedure: str) -> Answer:
    """Cases are shown to those who work on the procedure and to nobody else: they are confidential."""
    if posts_of(user, procedure):
        return Answer(True, "在这个程序里有岗位")
    return Answer(False, "在这个程序里没有岗位，看不到它的案件；要看的，请管理员安排岗位")


def may_report(user: User, procedure: str) -> Answer:
    """Reports name every case: they are made and shown where the cases are."""
    if posts_of(user, procedure):
        return Answer(True, "在这个程序里有岗位")
    return Answer(False, "在这个程序里没有岗位，不能做、也看不到它的月报、年报")


def may_sample(user: User, procedure: str) -> Answer:
    """No definition says who draws, so everybody who works on the procedure may: nobody can choose anyway."""
    if posts_of(user, procedure):
        return Answer(True, "在这个程序里有岗位")
    return Answer(False, "在这个程序里没有岗位，不能抽查它的案件")


def may_act(user: User, definition: Definition, event: str, actor: str, log: Iterable[Entry]) -> Answer:
    """One acts as an actor one has a post as, and nobody approves what they asked for themselves."""
    posts = posts_of(user, definition.id)
    if actor not in posts:
        have = f"，有的岗位是{'、'.join(posts)}" if posts else ""
        return Answer(False, f"没有「{actor}」的岗位{have}")
    for chain in definition.chains.values():
        if event not in (chain.agrees, chain.grants, *chain.returns):
            continue
        asked = [entry for entry in log if entry.event in chain.asks]
        if asked and asked[-1].by_id == user.pk:
            return Answer(False, f"「{asked[-1].event}」是本人提请的，要由别人审批（{chain.cite}）")
        since = asked[-1].seq if asked else 0
        if any(each.seq > since and each.event == chain.agrees and each.by_id == user.pk for each in log):
            return Answer(False, f"本人已经作过一级审批，下一级要由别人（{chain.cite}）")
    return Answer(True, f"有「{actor}」的岗位")


def may_see_identity(user: User, case: Case, definition: Definition, actor: str) -> Answer:
    """Who somebody is, those may see whom the rules name; without a rule, everybody who works on the case."""
    posts = posts_of(user, case.procedure)
    found = definition.actors.get(actor)
    if found is None or not posts:
        return Answer(False, "在这个程序里没有岗位")
    if not found.seen_by or set(found.seen_by) & set(posts):
        return Answer(True, f"有{'、'.join(set(found.seen_by) & set(posts)) or '这个程序'}的岗位")
    return Answer(False, f"「{actor}」的身份只给{'、'.join(found.seen_by)}看（{found.shield_cite}）")
