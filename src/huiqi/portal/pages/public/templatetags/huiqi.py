"""Words and links of the public pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import unquote

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from huiqi.evaluate.result import Verdict
from huiqi.language.benefit import Document as Policy
from huiqi.language.syntax import Node
from huiqi.language.units import money_words
from huiqi.language.words import day_words, to_words
from huiqi.library.store import State
from huiqi.portal.library.citations import Cited, cited, cited_in, cited_name, text_named
from huiqi.portal.pages.public.dates import link
from huiqi.procedures import Definition

register = template.Library()

# Verdict → the colour class of the page and the sign before the word.
VERDICT_LOOK = {
    Verdict.ELIGIBLE: ("yes", "✓"),
    Verdict.LIKELY: ("likely", "≈"),
    Verdict.INCOMPLETE: ("open", "?"),
    Verdict.INELIGIBLE: ("no", "✕"),
    Verdict.OUT_OF_PERIOD: ("past", "◷"),
    Verdict.UNCOMPUTABLE: ("void", "–"),
}


@register.simple_tag(takes_context=True)
def at(context: dict[str, Any], name: str, *args: object, **query: object) -> str:
    """The address of a page for the day that is asked about: ``{% at 'benefit' benefit.id %}``."""
    return link(context["as_of"], name, *args, **query)


@register.simple_tag(takes_context=True)
def menu(context: dict[str, Any], name: str, words: str) -> SafeString:
    """An entry of the main menu, marked when the visitor is there."""
    here = SafeString(' aria-current="page"') if context.get("section") == name else ""
    return format_html('<li><a href="{}"{}>{}</a></li>', link(context["as_of"], name), here, words)


@register.filter
def day(value: date | None) -> str:
    """2025年3月1日."""
    return day_words(value)


@register.filter
def readable(address: str) -> str:
    """An address with its Chinese characters as such; the link itself has them encoded."""
    return unquote(address)


_OFFICES = 3  # named before the rest is counted


@register.filter
def offices(names: Sequence[str]) -> str:
    """Who issued a document; of many, the first and how many there are."""
    if len(names) <= _OFFICES:
        return "、".join(names)
    return f"{'、'.join(names[:_OFFICES])}等 {len(names)} 个机关"


@register.filter
def money(fen: int) -> str:
    """An amount in 分 for people: 1200万元."""
    return money_words(fen)


@register.filter
def verdict(value: Verdict) -> SafeString:
    """The badge of a verdict."""
    colour, sign = VERDICT_LOOK[value]
    return format_html(
        '<span class="verdict verdict--{}" data-sign="{}">{}</span>', colour, sign, value.value
    )


# State of a document → its colour class and sign.
STATE_LOOK = {
    State.IN_FORCE: ("yes", "✓"),
    State.ENDED: ("past", "◷"),
    State.NOT_YET: ("open", "◷"),
    State.UNSTATED: ("void", "?"),
}


@register.filter
def state(value: State) -> SafeString:
    """The badge of the state that a document is in."""
    colour, sign = STATE_LOOK[value]
    return format_html(
        '<span class="verdict verdict--{}" data-sign="{}">{}</span>', colour, sign, value.value
    )


@register.simple_tag(takes_context=True)
def cite(context: dict[str, Any], policy: Policy, text: str) -> SafeString:
    """A citation of clauses of a policy, each of which is a link when the library has it."""
    return format_html_join("，", "{}", ((_linked(context, one),) for one in cited(policy, text)))


@register.simple_tag(takes_context=True)
def rests(context: dict[str, Any], procedure: Definition, text: str) -> SafeString:
    """A citation of clauses of the document of a procedure, linked as far as the library has them."""
    found = cited_in(procedure.title, procedure.number, text)
    return format_html_join("，", "{}", ((_linked(context, one),) for one in found))


@register.simple_tag(takes_context=True)
def source(context: dict[str, Any], procedure: Definition) -> SafeString:
    """The title of the document of a procedure, which is a link when the library has it."""
    info = text_named(procedure.title, procedure.number)
    return _linked(context, Cited(procedure.title, info.id if info else ""))


@register.simple_tag(takes_context=True)
def named(context: dict[str, Any], name: str) -> SafeString:
    """A document named by its title or number, which is a link when the library has it."""
    return _linked(context, cited_name(name))


_TITLE = re.compile(r"《([^《》]+)》")
_DAY = re.compile(r"(\d{4})-0?(\d{1,2})-0?(\d{1,2})")


@register.simple_tag(takes_context=True)
def told(context: dict[str, Any], text: str) -> SafeString:
    """A sentence with days as people write them; titles in 《》 that the library has are links."""
    parts = _TITLE.split(_DAY.sub(r"\1年\2月\3日", text))
    found = (
        format_html("《{}》", _linked(context, cited_name(part))) if place % 2 else conditional_escape(part)
        for place, part in enumerate(parts)
    )
    return format_html_join("", "{}", ((part,) for part in found))


def _linked(context: dict[str, Any], one: Cited) -> SafeString:
    if not one.document:
        return conditional_escape(one.text)
    if one.clause:
        address = link(context["as_of"], "clause", one.document, one.clause)
    else:
        address = link(context["as_of"], "text", one.document)
    return format_html('<a href="{}">{}</a>', address, one.text)


# State of a reason → the sign shown before it, and the word that a screen reader says for it.
_SIGNS = {"true": ("✓", "满足"), "false": ("✕", "不满足"), "unknown": ("?", "未知"), "value": ("=", "数值")}


@register.filter
def sign(state: str) -> SafeString:
    """The sign before a reason."""
    mark, said = _SIGNS[state]
    return format_html(
        '<span class="sign sign--{}" aria-hidden="true">{}</span><span class="visually-hidden">{}：</span>',
        state,
        mark,
        said,
    )


@register.filter
def words(node: Node) -> str:
    """What a formula says, in plain Chinese."""
    return to_words(node)


@register.filter
def fact_name(key: str) -> str:
    """A fact as people call it: the field of an item is 项目的投资额, not 项目.投资额."""
    return key.replace(".", "的")
