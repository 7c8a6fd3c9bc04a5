"""The project says what the policies say in its own words; only facts and titles are the official ones."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

RUN = 26
"""Characters in a row, blanks aside, that can no longer be chance."""

COMPENDIUM = Path(__file__).parents[3] / "shared" / "compendium" / "compendium.txt"
TITLE = re.compile(r"关于.*(?:通知|公告|意见|办法|方案|措施|规定|条例)|实施方案$")
HAN = re.compile(r"[\u4e00-\u9fff]")


def squeeze(text: str) -> str:
    return "".join(text.split())


@cache
def windows(official: str) -> frozenset[str]:
    return frozenset(official[at : at + RUN] for at in range(len(official) - RUN + 1))


def common_runs(text: str, official: str) -> Iterator[str]:
    """Give each longest stretch of at least RUN characters of ``text`` that stands in ``official`` too."""
    starts = windows(official)
    at = 0
    while at + RUN <= len(text):
        if text[at : at + RUN] not in starts:
            at += 1
            continue
        end = at + RUN
        while end < len(text) and text[end - RUN + 1 : end + 1] in starts and text[at : end + 1] in official:
            end += 1
        yield text[at:end]
        at = end


def is_prose(run: str) -> bool:
    """Tell a sentence from a title, a table of figures or a list of numbers, which are facts."""
    return len(HAN.findall(run)) >= RUN - 4 and not TITLE.search(run)


def test_common_runs_finds_the_longest_stretch_and_nothing_shorter() -> None:
    official = "甲" * 5 + "".join(chr(0x4E00 + at) for at in range(60)) + "乙" * 5
    text = "前言" + official[10:50] + "后语" + official[20:45]
    assert list(common_runs(text, official)) == [official[10:50]]


def test_no_sentence_is_copied_from_the_compendium(texts: dict[Path, str]) -> None:
    if not COMPENDIUM.is_file():
        pytest.skip("The compendium is not beside this checkout, so copied sentences cannot be looked for.")
    official = squeeze(COMPENDIUM.read_text(encoding="utf-8"))
    copied = [
        f"{path}: {run}"
        for path, text in texts.items()
        for run in common_runs(squeeze(text), official)
        if is_prose(run)
    ]
    assert copied == []
