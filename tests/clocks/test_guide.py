"""What docs/guide/clocks.md tells the offices is what the program does."""

import re
from datetime import date
from pathlib import Path

from huiqi.clocks import Unit, due, load_calendar
from tests.clocks.examples import OFFICIAL

GUIDE = (Path(__file__).parents[2] / "docs" / "guide" / "clocks.md").read_text(encoding="utf-8")


def test_the_worked_example_is_the_answer_of_the_program() -> None:
    found = due(date(2025, 9, 29), 10, Unit.WORKING_DAY, calendar=OFFICIAL)
    assert found.words in GUIDE
    rows = re.findall(r"^\| (\d+) 月 (\d+) 日 \S+ \| ?(\d*) \| (.+) \|$", GUIDE, re.MULTILINE)
    told = {date(2025, int(month), int(day)): (number, why) for month, day, number, why in rows}
    assert len(told) == 7
    program = {each.day: (str(each.number or ""), each.why) for each in found.days}
    assert told == {day: program[day] for day in told}


def test_the_file_shown_can_be_read(tmp_path: Path) -> None:
    (shown,) = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    (tmp_path / "2026.yaml").write_text(shown, encoding="utf-8")
    calendar = load_calendar(tmp_path)
    for day in (date(2026, 1, 2), date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 23)):
        assert calendar.kind(day) == OFFICIAL.kind(day)
