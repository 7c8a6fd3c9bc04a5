"""Kinds of help, as a business owner sorts them: the ten forms of support in four groups."""

from __future__ import annotations

from enum import Enum

from huiqi.language.benefit import Form


class Kind(Enum):
    """What a benefit gives; the slug stands in addresses."""

    MONEY = ("money", "直接给钱", (Form.GRANT, Form.INTEREST, Form.COMPENSATION))
    RELIEF = ("relief", "少交税费", (Form.TAX, Form.FEE))
    FINANCE = ("finance", "贷款、基金和券", (Form.LOAN, Form.FUND, Form.VOUCHER))
    EASING = ("easing", "便利和指标", (Form.EASING, Form.QUOTA))

    def __init__(self, slug: str, words: str, forms: tuple[Form, ...]) -> None:
        self.slug, self.words, self.forms = slug, words, forms


def kind_of(form: Form) -> Kind:
    """The group of a form."""
    return next(kind for kind in Kind if form in kind.forms)


def kind_with_slug(slug: str) -> Kind | None:
    """The group that an address names."""
    return next((kind for kind in Kind if kind.slug == slug), None)
