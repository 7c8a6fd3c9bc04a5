"""Changed definitions are noticed; what nobody notices is listed with a reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.changes import Mutant, mutants
from harness.mutants import (
    CASES,
    EQUIVALENTS,
    NOBODY,
    RANDOM,
    Listed,
    Verdict,
    by_cases,
    by_sequences,
    cases_beside,
    judged,
    listed,
    try_all,
)
from harness.sequences import CALENDARS, PROCEDURE, ROOT
from huiqi.clocks import load_calendar
from huiqi.procedures import Definition, list_procedures, load_procedure

FEW = 150
"""Sequences for each mutant; many more are run from the command line."""


@pytest.fixture(scope="module")
def complaints() -> Definition:
    return load_procedure(PROCEDURE)


@pytest.fixture(scope="module")
def calendar() -> Any:
    return load_calendar(CALENDARS)


def test_every_procedure_has_cases_and_can_be_changed() -> None:
    found = list_procedures(ROOT / "catalogue")
    assert found
    for definition in found:
        assert cases_beside(definition).is_file()
        assert any(True for _ in mutants(definition))


def test_each_mutant_is_another_definition_with_a_name_of_its_own(complaints: Definition) -> None:
    every = list(mutants(complaints))
    assert len({each.words for each in every}) == len(every) > 1_000
    assert all(each.definition != complaints for each in every)


@pytest.mark.parametrize("kind", ["event", "clock", "duty", "chain", "table", "state", "fact", "in force"])
def test_every_kind_of_part_is_changed(complaints: Definition, kind: str) -> None:
    assert any(each.words.startswith(kind) for each in mutants(complaints))


@pytest.mark.parametrize(
    "words",
    [
        "clock 受理: length 3 to 4",
        "clock 受理: length 3 to 2",
        "clock 确认接收: unit 日",
        "clock 调查处理: unit 工作日",
        "duty 回访: length 10 to 11",
        "chain 结案: levels 县级 without 上一级主管部门",
        "chain 终止: levels 县级 turned round",
        "event 受理: actor 受理机构 to 省主管部门",
    ],
)
def test_cases_or_sequences_notice(complaints: Definition, calendar: Any, words: str) -> None:
    mutant = next((each for each in mutants(complaints) if each.words == words), None)
    if mutant is None:
        kind = words.split(":")[0]
        pytest.fail(
            f"no such mutant; there are: {[e.words for e in mutants(complaints) if e.words.startswith(kind)]}"
        )
    assert by_sequences(mutant, calendar, FEW)


def test_the_unchanged_definition_is_not_noticed(complaints: Definition, calendar: Any) -> None:
    mutant = Mutant("nothing", complaints)
    assert not by_cases(mutant, calendar)
    assert not by_sequences(mutant, calendar, FEW)


def test_a_definition_that_breaks_the_kernel_is_noticed(complaints: Definition, calendar: Any) -> None:
    assert by_cases(Mutant("empty", replace(complaints, events={})), calendar)


def test_a_sample(complaints: Definition) -> None:
    every = max(1, sum(1 for _ in mutants(complaints)) // 12)
    verdicts = list(try_all(complaints.path, FEW, 1, every))
    noticed = [each for each in verdicts if each.by in (CASES, RANDOM)]
    assert len(noticed) >= len(verdicts) // 2


def verdict(words: str, by: str) -> Verdict:
    return Verdict("one", words, by)


def test_judgement() -> None:
    known = [Listed("one", "notice *", "told only"), Listed("other", "x", "not tried")]
    assert judged([verdict("notice a", NOBODY), verdict("length", CASES)], known) == []
    assert judged([verdict("notice a", NOBODY), verdict("length", NOBODY)], known) == [
        "survived: one: length"
    ]
    assert "noticed by cases" in judged([verdict("notice a", CASES)], known)[0]
    assert "no such mutant" in judged([verdict("length", RANDOM)], known)[0]


def test_what_is_listed_has_a_reason_and_exists() -> None:
    procedures = {each.id for each in list_procedures(ROOT / "catalogue")}
    for entry in listed():
        assert entry.procedure in procedures
        assert entry.reason.strip()


def test_a_list_is_read(tmp_path: Path) -> None:
    file = tmp_path / "some.yaml"
    file.write_text("one:\n  - {mutant: 'notice *', reason: told only}\n", "utf-8")
    assert listed(file) == [Listed("one", "notice *", "told only")]
    assert EQUIVALENTS.is_file()
