"""Reading the calendar from its folder: one file a year as its notice sets it, and the office hours.

Everything is read as written, so that an unquoted 14:00 is no number and a date is only what looks like one.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from pathlib import Path

import yaml

from huiqi.clocks.calendar import Notice, OfficeHours, WorkCalendar, Year, weekday

HOURS_FILE = "office-hours.yaml"
LONGEST_HOLIDAY = 15
"""Days in one block. The longest so far had ten (Spring Festival 2020); more is a slip in a month."""

_YEAR_FILE = re.compile(r"[0-9]{4}\.yaml")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}")
_YEAR_KEYS = ("年份", "通知")
_NOTICE_KEYS = ("标题", "文号", "日期", "核实", "依据", "注", "放假", "上班")
_BLOCK_KEYS = ("名称", "自", "至", "共")
_HOURS_KEYS = ("说明", "核实", "依据", "时段")
_YES_NO = {"是": True, "否": False}


class CalendarError(ValueError):
    """A mistake in a file of the calendar: where it is, and in Chinese what would be right.

    ``line`` counts from 1; a mistake of the whole file is on its first.
    """

    def __init__(self, path: Path, at: yaml.Node | yaml.Mark | None, message: str) -> None:
        mark = at.start_mark if isinstance(at, yaml.Node) else at
        super().__init__(f"{path}:{mark.line + 1}: {message}" if mark else f"{path}: {message}")
        self.path = path
        self.line = mark.line + 1 if mark else 1
        self.column = mark.column + 1 if mark else 1
        self.message = message


def load_calendar(folder: Path) -> WorkCalendar:
    """Read ``<year>.yaml`` for every year and ``office-hours.yaml`` from a folder.

    Raises CalendarError with one Chinese line that names file and line: unknown or missing key, date of
    another year, a date given twice, a make-up day that is no weekend day, a holiday block without a name, a
    length that does not agree with its dates, a file with another name. A folder without years is an error
    too.
    """
    years: list[Year] = []
    hours = OfficeHours()
    for path in sorted(folder.glob("*.yaml")):
        if path.name == HOURS_FILE:
            hours = _hours(path)
        elif _YEAR_FILE.fullmatch(path.name):
            years.append(_year(path))
        else:
            raise CalendarError(path, None, f"文件名应是四位年份加 .yaml，或 {HOURS_FILE}")
    if not years:
        raise CalendarError(folder, None, "没有一年的放假安排（如 2026.yaml）")
    return WorkCalendar.of(years, hours)


class _Seen:
    """The days of a year as they are read, each with the line it was first written on."""

    def __init__(self, path: Path, year: int) -> None:
        self.path = path
        self.year = year
        self.off: dict[date, str] = {}
        self.worked: set[date] = set()
        self._lines: dict[date, int] = {}

    def take(self, day: date, node: yaml.Node) -> None:
        """Note a day; raise CalendarError when it is of another year or written before."""
        if day.year != self.year:
            raise CalendarError(self.path, node, f"{day} 不是 {self.year} 年的日子，应写在 {day.year}.yaml")
        if day in self._lines:
            raise CalendarError(self.path, node, f"{day} 写了两次，前一次在第 {self._lines[day]} 行")
        self._lines[day] = node.start_mark.line + 1


def _year(path: Path) -> Year:
    nodes = _mapping(path, _root(path), _YEAR_KEYS, needed=_YEAR_KEYS)
    year = _text(path, nodes["年份"])
    if year != path.stem:
        raise CalendarError(path, nodes["年份"], f"年份写的是 {year}，文件名却是 {path.name}")
    seen = _Seen(path, int(year))
    notices = tuple(_notice(path, node, seen) for node in _sequence(path, nodes["通知"], "通知"))
    if not notices:
        raise CalendarError(path, nodes["通知"], "“通知”一份也没有；还没有通知的年份不写文件")
    return Year(seen.year, seen.off, frozenset(seen.worked), notices)


def _notice(path: Path, node: yaml.Node, seen: _Seen) -> Notice:
    nodes = _mapping(path, node, _NOTICE_KEYS, needed=("标题", "文号", "日期", "核实", "放假"))
    for block in _sequence(path, nodes["放假"], "放假"):
        _block(path, block, seen)
    for each in _sequence(path, nodes["上班"], "上班") if "上班" in nodes else ():
        day = _date(path, each)
        if weekday(day) not in ("周六", "周日"):
            raise CalendarError(path, each, f"{day} 是{weekday(day)}，本来就上班；“上班”只写调休上班的周末")
        seen.take(day, each)
        seen.worked.add(day)
    confirmed = _text(path, nodes["核实"])
    if confirmed not in _YES_NO:
        raise CalendarError(path, nodes["核实"], f"“核实”应是 是 或 否，现为 {confirmed}")
    return Notice(
        title=_text(path, nodes["标题"]),
        number=_text(path, nodes["文号"]),
        issued=_date(path, nodes["日期"]),
        confirmed=_YES_NO[confirmed],
        source=_text(path, nodes["依据"]) if "依据" in nodes else "",
        note=_text(path, nodes["注"]) if "注" in nodes else "",
    )


def _block(path: Path, node: yaml.Node, seen: _Seen) -> None:
    nodes = _mapping(path, node, _BLOCK_KEYS, needed=("名称", "自", "至"))
    name = _text(path, nodes["名称"])
    first, last = _date(path, nodes["自"]), _date(path, nodes["至"])
    count = (last - first).days + 1
    if count < 1:
        raise CalendarError(path, node, f"{name}的“自”{first} 晚于“至”{last}")
    if count > LONGEST_HOLIDAY:
        raise CalendarError(
            path, node, f"{name}从 {first} 到 {last} 有 {count} 天，超过 {LONGEST_HOLIDAY} 天，请核对"
        )
    if "共" in nodes and (said := _text(path, nodes["共"])) != str(count):
        raise CalendarError(path, node, f"{name}写的是共 {said} 天，从 {first} 到 {last} 却是 {count} 天")
    for ahead in range(count):
        day = first + timedelta(days=ahead)
        seen.take(day, nodes["自"] if day == first else nodes["至"])
        seen.off[day] = name


def _hours(path: Path) -> OfficeHours:
    nodes = _mapping(path, _root(path), _HOURS_KEYS, needed=("时段",))
    spans = []
    for node in _sequence(path, nodes["时段"], "时段"):
        ends = _mapping(path, node, ("自", "至"), needed=("自", "至"))
        spans.append((_time(path, ends["自"]), _time(path, ends["至"])))
    try:
        return OfficeHours(tuple(spans))
    except ValueError as error:
        raise CalendarError(path, nodes["时段"], str(error)) from error


def _root(path: Path) -> yaml.Node | None:
    try:
        return yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise CalendarError(path, None, "文件不是 UTF-8 编码") from error
    except OSError as error:
        raise CalendarError(path, None, f"文件读不了：{error.strerror}") from error
    except yaml.MarkedYAMLError as error:
        raise CalendarError(path, error.problem_mark, f"不是正确的 YAML：{error.problem}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise CalendarError(path, None, f"不是正确的 YAML：{' '.join(str(error).split())}") from error


def _mapping(
    path: Path, node: yaml.Node | None, known: Iterable[str], needed: Iterable[str]
) -> Mapping[str, yaml.Node]:
    """Return the values by key; PyYAML alone would silently keep the last of two equal keys."""
    if not isinstance(node, yaml.MappingNode):
        raise CalendarError(path, node, "应是“键: 值”的形式")
    found: dict[str, yaml.Node] = {}
    for key_node, value in node.value:
        key = str(key_node.value)
        if key not in known:
            raise CalendarError(path, key_node, f"不认识的键“{key}”，可用：{'、'.join(known)}")
        if key in found:
            raise CalendarError(path, key_node, f"键“{key}”写了两次")
        found[key] = value
    missing = [key for key in needed if key not in found]
    if missing:
        raise CalendarError(path, node, f"缺少“{'”“'.join(missing)}”")
    return found


def _sequence(path: Path, node: yaml.Node, name: str) -> list[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode):
        raise CalendarError(path, node, f"“{name}”应是列表，每项前面有“- ”")
    return list(node.value)


def _text(path: Path, node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode) or not str(node.value).strip():
        raise CalendarError(path, node, "这里应写一个值，不能空着")
    return " ".join(str(node.value).split())


def _date(path: Path, node: yaml.Node) -> date:
    text = _text(path, node)
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise CalendarError(path, node, f"应是存在的日期，如 2026-05-01，现为 {text}")


def _time(path: Path, node: yaml.Node) -> time:
    text = _text(path, node)
    try:
        if _TIME.fullmatch(text):
            return time.fromisoformat(text)
    except ValueError:
        pass
    raise CalendarError(path, node, f'应是时刻，如 "09:00"，现为 {text}')
