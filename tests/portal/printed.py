"""What a page of a document prints, read back from its markup."""

import re
from html import unescape


def blocks(page: str) -> dict[str, str]:
    """The blocks of a document by clause id."""
    parts = re.split(r'<div class="clause clause--\w+" id="t-([^"]+)">', page)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def words(markup: str) -> str:
    """What is printed in a block, without what stands beside it."""
    printed = re.findall(r'class="clause__words">(.*?)</(?:p|h\d)>', markup, flags=re.S)
    plain = re.sub(r'<a class="clause__(?:note|link)[^>]*>.*?</a>', "", "".join(printed))
    return unescape(re.sub(r"<[^>]+>", "", plain)).replace("\u2060", "")


def printed_words(page: str) -> str:
    """All that a page prints of a document."""
    return "".join(map(words, blocks(page).values()))
