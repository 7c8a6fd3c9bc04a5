"""What must be true of the database after any kill, whatever was going on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from harness.worker import Journal
from huiqi.casework import book
from huiqi.casework.models import Case, Command, Entry, Notice
from huiqi.casework.records import as_line
from huiqi.procedures import Definition, Event, Log, Refused, apply, expire, fold


def broken_promises(journals: Iterable[Journal]) -> Iterator[str]:
    """Requests that were answered as done and are not there, or are there twice."""
    commands = list(Command.objects.select_related("case"))
    kept = {each.key.split("#")[0]: each for each in commands}
    for journal in journals:
        for kind, key, more in journal.lines():
            if kind != "A":
                continue
            found = kept.get(key)
            if found is None:
                yield f"{key} 答复已办，库里没有"
            elif [found.case.number, found.seq] != more:
                yield f"{key} 答复是 {more}，库里是 {found.case.number} {found.seq}"
    doubled = Counter(each.key.split("#")[0] for each in commands)
    yield from (f"{key} 办了 {count} 次" for key, count in doubled.items() if count > 1)


def broken_cases(pks: Iterable[int]) -> Iterator[str]:
    """Cases whose log has a gap, does not follow from the rules, or is not what the lists say."""
    for case in Case.objects.filter(pk__in=list(pks)).prefetch_related("entries__notices"):
        entries = list(case.entries.all())
        definition = book.definition_of(case)
        if [each.seq for each in entries] != list(range(1, len(entries) + 1)):
            yield f"{case.number} 的记录有缺或有重"
            continue
        commands = Counter(Command.objects.filter(case=case).values_list("seq", flat=True))
        by_people = Counter(each.seq for each in entries if not each.clock)
        if commands != by_people:
            yield f"{case.number} 的请求和记录对不上"
        for each in entries:
            wanted = len(definition.events[each.event].notices) if each.event else 0
            if len(each.notices.all()) != wanted:
                yield f"{case.number} 第 {each.seq} 条的通知不齐"
        log = tuple(as_line(each, definition) for each in entries)
        if not _follows(definition, log):
            yield f"{case.number} 的记录不是照规则来的"
        if fold(definition, log).state != case.state:
            yield f"{case.number} 列表里的状态不是记录得出的"


def _follows(definition: Definition, log: Log) -> bool:
    """Tell whether a log comes out again when everything that people did in it is done again."""
    so_far: Log = ()
    for line in log:
        if line.clock:
            continue
        event = Event(line.event, line.when, line.actor, line.facts, line.materials)
        found = apply(definition, so_far, event, book.calendar())
        if isinstance(found, Refused):
            return False
        so_far = found.log
    if log:
        so_far = expire(definition, so_far, log[-1].when, book.calendar())
    return so_far[: len(log)] == log


def gaps_in_numbers() -> Iterator[str]:
    """Numbers of cases that were left out; the constraint sees to it that none is there twice."""
    series: dict[str, list[int]] = {}
    for number in Case.objects.values_list("number", flat=True):
        name, _, last = number.rpartition("-")
        series.setdefault(name, []).append(int(last))
    for name, numbers in series.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield f"{name} 的编号有缺"


def counted() -> tuple[int, int, int]:
    """How many cases, lines and notices there are."""
    return Case.objects.count(), Entry.objects.count(), Notice.objects.count()
