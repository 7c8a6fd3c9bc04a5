"""What can never be, by the text: checked on what the kernel says of a case, without the reference model.

A reference shares its author's misreadings; each line here comes from an article alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from huiqi.clocks import WorkCalendar
from huiqi.procedures import Entry, Standing

ACCEPTING = ("受理", "视为受理", "复核改为受理")
HANDLED = (
    "待接收",
    "调查处理中",
    "中止待批",
    "已中止",
    "待恢复",
    "终止待批",
    "中止后终止待批",
    "已终止",
    "已决定",
    "决定结案待批",
    "其他结案待批",
    "已结案",
    "复核结果中",
)
LEVELS = {"县级": ["本级主管部门", "上一级主管部门"], "市级": ["本级主管部门"], "省级": []}
ASKING = {
    "批准终止": (("提请终止", "中止后提请终止"), "逐级同意终止"),
    "批准结案": (("决定后提请结案", "其他提请结案"), "逐级同意结案"),
    "省里延期": (("申请省里延期",), "逐级同意延期"),
}


@dataclass(frozen=True)
class Seen:
    """A case on a day, as the kernel tells it."""

    stands: Standing
    today: date
    calendar: WorkCalendar

    @property
    def log(self) -> tuple[Entry, ...]:
        """What happened."""
        return self.stands.log

    def working_days(self, start: date, end: date) -> int:
        """Count the working days after one day up to another."""
        days = (date.fromordinal(each) for each in range(start.toordinal() + 1, end.toordinal() + 1))
        return sum(map(self.calendar.is_working, days))

    def when(self, *events: str) -> date | None:
        """The day of the last of some events."""
        found = [each for each in self.log if each.event in events]
        return _day(found[-1]) if found else None

    def happened(self, *events: str) -> bool:
        """Tell whether one of some events happened."""
        return self.when(*events) is not None

    def since(self, *events: str) -> list[Entry]:
        """What happened after the last of some events."""
        for place in range(len(self.log) - 1, -1, -1):
            if self.log[place].event in events:
                return list(self.log[place + 1 :])
        return []


def _day(entry: Entry) -> date:
    return date.fromordinal(entry.when.toordinal())


Rule = Callable[[Seen], bool]
RULES: list[tuple[str, str, Rule]] = []


def never(article: str, words: str) -> Callable[[Rule], Rule]:
    """Note a rule that tells whether something happened that never may."""

    def noted(rule: Rule) -> Rule:
        RULES.append((article, words, rule))
        return rule

    return noted


@never("art. 7", "undecided after three working days that all counted")
def _undecided(seen: Seen) -> bool:
    received = seen.when("收到", "窗口收到")
    if (
        received is None
        or seen.stands.state not in ("审查中", "不予受理待批")
        or seen.happened("下达补正通知")
    ):
        return False
    days = [date.fromordinal(each) for each in range(received.toordinal() + 1, seen.today.toordinal())]
    counted = [each for each in days if seen.calendar.is_working(each)]
    return len(counted) >= 3 and not seen.calendar.unsettled(counted[2])


@never("art. 7", "deemed accepted within the first three working days")
def _too_early(seen: Seen) -> bool:
    received, deemed = seen.when("收到", "窗口收到"), seen.when("视为受理")
    if received is None or deemed is None:
        return False
    return seen.working_days(received, date.fromordinal(deemed.toordinal() - 1)) < 3


@never("arts. 7, 13", "handled without having been accepted")
def _unaccepted(seen: Seen) -> bool:
    return seen.stands.state in ("已受理", *HANDLED) and not seen.happened(*ACCEPTING)


@never("art. 7", "refused for good without the province's approval")
def _refused_alone(seen: Seen) -> bool:
    refused = ("不予受理待送达", "不予受理已送达", "复核受理中", "不予受理终结")
    return seen.stands.state in refused and not seen.happened("批准不予受理")


@never("art. 7", "refused for good before the ten working days, without a review")
def _cut_short(seen: Seen) -> bool:
    served, closed = seen.when("送达不予受理"), seen.when("未申请复核办结")
    if served is None or closed is None:
        return False
    return seen.working_days(served, date.fromordinal(closed.toordinal() - 1)) < 10


@never("art. 10", "given up without notice, before its day, or by itself")
def _given_up(seen: Seen) -> bool:
    if seen.stands.state != "已放弃":
        return False
    notices = [each for each in seen.log if each.event == "下达补正通知"]
    given_up = [each for each in seen.log if each.event == "视为放弃" and not each.clock]
    until = notices[-1].facts["补正期至"] if notices else None
    return not isinstance(until, date) or not given_up or _day(given_up[-1]) <= until


@never("art. 10", "accepted by itself while the citizen still mends")
def _mending(seen: Seen) -> bool:
    before = ""
    for entry in seen.log:
        if entry.event == "视为受理" and before == "下达补正通知":
            return True
        if entry.event in ("下达补正通知", "补正"):
            before = entry.event
    return False


@never("art. 10", "back from mending without time to decide")
def _no_time_left(seen: Seen) -> bool:
    mended, deemed = seen.when("补正"), seen.when("视为受理")
    if mended is None or deemed is None or deemed <= mended or not seen.happened("下达补正通知"):
        return False
    back = [each for each in seen.log if each.event in ("下达补正通知", "补正")]
    same_day = _day(back[-2]) == mended
    last = date.fromordinal(deemed.toordinal() - 1)
    return not same_day and seen.working_days(mended, last) < 1


@never("art. 13", "waiting to be received for more than two working days")
def _not_received(seen: Seen) -> bool:
    sent = seen.when("转办")
    if sent is None or seen.stands.state != "待接收":
        return False
    days = [date.fromordinal(each) for each in range(sent.toordinal() + 1, seen.today.toordinal())]
    counted = [each for each in days if seen.calendar.is_working(each)]
    return len(counted) >= 2 and not seen.calendar.unsettled(counted[1])


@never("art. 13", "taken as received although it was objected to")
def _objected(seen: Seen) -> bool:
    before = ""
    for entry in seen.log:
        if entry.event == "视为接收" and before != "转办":
            return True
        if entry.event in ("转办", "反馈意见", "确认接收"):
            before = entry.event
    return False


@never("art. 27", "approved by the province without every level below it, in order")
def _level_skipped(seen: Seen) -> bool:
    level, asked = "", {name: [""] for name in ASKING}
    for entry in seen.log:
        level = str(entry.facts["承办层级"]) if entry.event == "转办" else level
        for approval, (proposals, agreeing) in ASKING.items():
            if entry.event in proposals:
                asked[approval] = []
            elif entry.event == agreeing:
                asked[approval].append(entry.actor)
            elif entry.event == approval and asked[approval] != LEVELS[level]:
                return True
    return False


@never("art. 27", "suspended, ended or closed by anybody but the province")
def _not_the_province(seen: Seen) -> bool:
    final = ("批准中止", "批准终止", "批准结案", "批准不予受理", "省里延期", "六个月延期")
    return any(each.event in final and each.actor != "省主管部门" for each in seen.log)


@never("art. 21", "a second extension without the first, or twice in one handling")
def _extended_twice(seen: Seen) -> bool:
    given: list[str] = []
    for entry in seen.log:
        if entry.event in ("转办", "责令调查处理"):
            given = []
        if entry.event in ("延长", "再延长"):
            given.append(entry.event)
        if given not in ([], ["延长"], ["延长", "再延长"]):
            return True
    return False


@never("art. 21", "late before thirty days")
def _late_too_early(seen: Seen) -> bool:
    start: date | None = None
    for entry in seen.log:
        if entry.event in ("转办", "责令调查处理"):
            start = _day(entry)
        if entry.clock == "调查处理" and (start is None or (_day(entry) - start).days <= 30):
            return True
    return False


@never("art. 21", "not noted as late long after thirty days that all counted")
def _late_unnoted(seen: Seen) -> bool:
    started = seen.when("转办", "责令调查处理")
    touched = (
        "延长",
        "再延长",
        "省里延期",
        "委托检验鉴定",
        "批准中止",
        "作出处理决定",
        "批准终止",
        "批准结案",
    )
    if started is None or any(each.event in touched for each in seen.since("转办", "责令调查处理")):
        return False
    over = seen.stands.state in HANDLED and (seen.today - started).days > 45
    noted = any(each.clock == "调查处理" for each in seen.since("转办", "责令调查处理"))
    return over and not noted and not seen.calendar.unsettled(date.fromordinal(started.toordinal() + 45))


@never("arts. 23, 24", "late while suspended or with an expert")
def _late_while_paused(seen: Seen) -> bool:
    paused = False
    for entry in seen.log:
        if entry.event in ("转办", "责令调查处理", "恢复办理"):
            paused = False
        if entry.event == "批准中止":
            paused = True
        if entry.clock == "调查处理" and paused and not _late_again(seen, entry):
            return True
    return False


def _late_again(seen: Seen, entry: Entry) -> bool:
    """What was late before it was suspended, and extended since, may be late again on the old count."""
    earlier = seen.log[: seen.log.index(entry)]
    return any(each.clock == "调查处理" for each in earlier)


@never("art. 22", "investigated by one alone or without papers")
def _alone(seen: Seen) -> bool:
    acts = [each for each in seen.log if each.event in ("调查", "听取陈述申辩")]
    return any(each.facts.get("调查人员两名以上") is not True for each in acts)


@never("art. 26", "closed and nobody owes the result or the call")
def _untold(seen: Seen) -> bool:
    owed = {each.name for each in seen.stands.duties}
    return seen.happened("批准结案") and not {"书面告知结果", "回访"} <= owed


@never("art. 26", "five or ten working days counted otherwise")
def _counted_otherwise(seen: Seen) -> bool:
    within = {"书面告知结果": 5, "回访": 10, "反馈复核结果": 5, "恢复办理": 5, "录入平台": 1}
    for each in seen.stands.duties:
        length, due = within.get(each.name), each.due.day if each.due is not None else None
        if length is None:
            continue
        start = date.fromordinal(each.start.toordinal())
        if due is None or seen.working_days(start, due) != length or not seen.calendar.is_working(due):
            return True
    return False


@never("art. 31", "closed with a condition and nobody keeps a ledger")
def _untracked(seen: Seen) -> bool:
    closings = [each for each in seen.log if each.event == "批准结案"]
    tracked = {each.name for each in seen.stands.duties}
    return (
        any(each.facts.get("附条件或附期限") is True for each in closings) and "列入跟踪台账" not in tracked
    )


@never("art. 31", "accepted and no step is owed to the citizen")
def _no_step(seen: Seen) -> bool:
    return seen.happened(*ACCEPTING) and "告知节点" not in {each.name for each in seen.stands.duties}


@never("art. 38", "anything before the rules were in force")
def _before_force(seen: Seen) -> bool:
    return any(_day(each) < date(2024, 11, 11) for each in seen.log)


@never("Civil Code, art. 203", "a running period of days or months that ends on a day of rest")
def _ends_on_rest(seen: Seen) -> bool:
    ends = [each.due.day for each in seen.stands.clocks if each.name != "补正"]
    return any(day is not None and not seen.calendar.is_working(day) for day in ends)


@never("the log", "out of order")
def _out_of_order(seen: Seen) -> bool:
    days = [each.when.toordinal() for each in seen.log]
    return days != sorted(days)


@never("arts. 7, 13", "an outcome by time that a person entered, or at another moment than midnight")
def _by_hand(seen: Seen) -> bool:
    deemed = [each for each in seen.log if each.event in ("视为受理", "视为接收")]
    return any(not each.clock or not isinstance(each.when, datetime) for each in deemed)


def broken(stands: Standing, today: date, calendar: WorkCalendar) -> str:
    """Name what can never be and is; nothing when all is well."""
    seen = Seen(stands, today, calendar)
    return "; ".join(f"{article}: {words}" for article, words, rule in RULES if rule(seen))
