"""Text without its blanks: printed lines break words, numbers and titles anywhere."""

from __future__ import annotations


def squeeze(text: str) -> str:
    """A text without blanks and line breaks."""
    return "".join(text.split())
