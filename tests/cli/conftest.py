"""A small catalogue around the current folder, and messages in Chinese whatever the machine speaks."""

from pathlib import Path

import pytest

from tests.cli.command import small_library
from tests.support import Library


@pytest.fixture(autouse=True)
def speaks_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HUIQI_CATALOGUE", raising=False)
    monkeypatch.delenv("HUIQI_LIBRARY", raising=False)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """The small catalogue, in the folder ``catalogue`` of the current folder."""
    monkeypatch.chdir(tmp_path)
    return small_library(tmp_path / "catalogue")
