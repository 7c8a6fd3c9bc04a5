"""The search: from a question in everyday words to the clauses nearest to it."""

from huiqi.library.search.question import Wanted
from huiqi.library.search.result import Found, Hit
from huiqi.library.search.searching import search

__all__ = ["Found", "Hit", "Wanted", "search"]
