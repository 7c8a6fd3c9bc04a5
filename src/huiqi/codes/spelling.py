"""From what a person typed to what the standard writes."""

import re
import unicodedata

_SEPARATORS = re.compile(r"[\s\-‐-―−]+")


def tidy(text: str) -> str:
    """Return ``text`` in ordinary characters, without blanks and dashes, with letters in capitals.

    The parsers of this package are strict, because a stored code has one spelling; call this first on what a
    form or a spreadsheet delivers (``９１４１０２０５ ma…``). It repairs spelling only, never a wrong
    character.
    """
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
