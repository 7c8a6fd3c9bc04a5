"""Words and links of the public pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from huiqi.evaluate.result import Verdict
from huiqi.language.syntax import Node
from huiqi.language.units import money_words
from huiqi.language.words import to_words
from huiqi.portal.pages.public.dates import link

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
    return f"{value.year}年{value.month}月{value.day}日" if value else "未载明"


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
