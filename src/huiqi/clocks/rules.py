"""How a period is counted where texts differ. Each choice is data and says what it rests on.

Civil Code art. 204: its way of counting holds unless a law or the parties say otherwise. So a procedure picks
a rule, changes what its own text changes, and gives the clause as the basis.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType

_BASES: Mapping[str, str] = MappingProxyType(
    {
        "rolls": "民法典第二百零三条第一款",
        "ends_at_close": "民法典第二百零三条第二款；全天都能提交的，取二十四时",
        "late_counts_next": "没有规定，按实际发生的当日",
        "day_left_after_pause": "没有规定；不留一日，最后一日发出的通知会使期限在中止期间届满",
        "office_time": "没有规定，按办公时间",
    }
)


@dataclass(frozen=True, slots=True)
class CountingRule:
    """One way of counting. What never differs is not here: the start day is not counted (art. 201 para. 1).

    - ``rolls``: a last day on which offices rest moves to the next working day (art. 203 para. 1);
    - ``ends_at_close``: the last day ends when business stops, not at 24:00 (art. 203 para. 2);
    - ``late_counts_next``: what happens after hours or on a day of rest counts as of the next working day;
    - ``day_left_after_pause``: a pause that begins on the last day leaves one day for when it has ended;
    - ``office_time``: hours and minutes run in office hours only, else round the clock (art. 201 para. 2).

    ``basis`` gives, by field name, the clause for each choice; what it leaves out rests on the defaults.
    """

    name: str
    rolls: bool = True
    ends_at_close: bool = False
    late_counts_next: bool = False
    day_left_after_pause: bool = True
    office_time: bool = True
    basis: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        choices = {each.name for each in fields(self)} - {"name", "basis"}
        unknown = sorted(set(self.basis) - choices)
        if unknown:
            raise ValueError(f"计算规则“{self.name}”没有这一项：{'、'.join(unknown)}")
        object.__setattr__(self, "basis", {**_BASES, **self.basis})

    def described(self) -> tuple[tuple[str, str], ...]:
        """Return what was chosen, in words, each with its basis."""
        return (
            ("开始的当日不计入", "民法典第二百零一条第一款"),
            ("按月、年计算的，到期月的对应日为最后一日，没有对应日的取月末", "民法典第二百零二条"),
            (
                "最后一日休息的，顺延到下一个工作日" if self.rolls else "最后一日休息的，不顺延",
                self.basis["rolls"],
            ),
            (
                "最后一日到停止办公时截止" if self.ends_at_close else "最后一日到二十四时截止",
                self.basis["ends_at_close"],
            ),
            (
                "下班后或休息日发生的，算下一个工作日" if self.late_counts_next else "什么时候发生就算哪一日",
                self.basis["late_counts_next"],
            ),
            (
                "最后一日中止的，恢复后还有一日"
                if self.day_left_after_pause
                else "最后一日中止的，不另留时间",
                self.basis["day_left_after_pause"],
            ),
            (
                "小时、分钟只计办公时间" if self.office_time else "小时、分钟连续计算",
                self.basis["office_time"],
            ),
        )


GENERAL = CountingRule("一般规则")
"""The Civil Code, with the readings chosen for this system where it is silent."""

NO_ROLL = CountingRule("不顺延", rolls=False, basis={"rolls": "民法典第二百零四条：另有规定的，依照其规定"})
"""As GENERAL, but the last day stays where it falls."""
