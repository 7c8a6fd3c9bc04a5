"""Guessing passwords is slow: after five failures for one name, nobody logs in by it for a while.

Counted in Django's cache, in this process: the portal is one process; with several, each counts for itself.
"""

from __future__ import annotations

import hashlib
import unicodedata

from django.core.cache import cache

MOST = 5
WAIT = 15 * 60
"""Seconds in which the failures are counted, and after which they are forgotten."""


def may_try(name: str) -> bool:
    """Count a try for a name, before the password is looked at; tell whether it may be made."""
    key = _key(name)
    cache.add(key, 0, WAIT)
    try:
        return cache.incr(key) <= MOST
    except ValueError:  # forgotten between the two
        cache.set(key, 1, WAIT)
        return True


def forget(name: str) -> None:
    """Forget the failures of a name, after it logged in."""
    cache.delete_many([_key(name)])


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).strip().casefold()
    return "staff-login-" + hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
