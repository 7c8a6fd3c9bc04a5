"""What the catalogue tells the library, read once as the catalogue is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.conf import settings

from huiqi.catalogue.knowledge import load_knowledge
from huiqi.library.knowledge import Knowledge
from huiqi.library.roles import Role


@cache
def knowledge() -> Knowledge:
    """Bodies, everyday words, remarks and reviews of this installation."""
    return load_knowledge(settings.CATALOGUE_ROOT)


def said_role(role: str) -> str:
    """What a clause is for, for a page; nothing where that could not be told."""
    return "" if role == Role.NOT_YET else role


def synonyms() -> Mapping[str, tuple[str, ...]]:
    """Everyday words in terms of official text."""
    return knowledge().synonyms
