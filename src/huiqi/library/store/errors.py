"""What is wrong with a library, said to whoever can mend it."""

from __future__ import annotations


class LibraryError(Exception):
    """A library that cannot be opened, read or written; the message is Chinese and says what to do."""
