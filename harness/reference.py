"""The complaint rules written a second time, by hand and from the text, to be compared with the kernel.

One method for each thing that can happen, days walked one by one: nothing here is shared with the
procedures' own code but the events and the question whether a day is worked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from harness.counting import FIXED, FOREVER, MONTHS, NATURAL, WORKING, Days, Task, Timer
from harness.facts import may_say, sensible
from huiqi.procedures import Event
from huiqi.procedures.log import Value

INTAKE, WINDOW, CITIZEN, PROVINCE = "受理机构", "窗口", "投诉举报人", "省主管部门"
SAME, UPPER, AGENCY = "本级主管部门", "上一级主管部门", "调查处理机构"

GUIDED = frozenset(("对象不在范围", "经营主体民事纠纷", "治安刑事或军警", "应由其他部门先行处理"))
"""Grounds of article 12 under which somebody else has the power to act: article 33 then binds."""
IN_FORCE = date(2024, 11, 11).toordinal()
"""From when the rules apply (art. 38)."""
OVER = ("已放弃", "不予受理终结")
"""Where a case ends for good; an ended or a closed one may be ordered again (art. 29)."""

Handler = Callable[["Complaint", "Said"], bool]
HANDLERS: dict[str, tuple[frozenset[str], Handler]] = {}


def event(name: str, *actors: str) -> Callable[[Handler], Handler]:
    """Note which method answers to an event and who may do it."""

    def noted(handler: Handler) -> Handler:
        HANDLERS[name] = (frozenset(actors), handler)
        return handler

    return noted


@dataclass(slots=True)
class Said:
    """An event as the methods want it."""

    day: int
    actor: str
    facts: dict[str, Value]
    papers: frozenset[str]

    def one_of(self, name: str, *values: Value) -> bool:
        """Tell whether a fact is stated with the event, as one of the values when any is given."""
        return name in self.facts and (not values or self.facts[name] in values)


@dataclass(slots=True)
class Complaint:
    """One case, from the lead to its end; the functions below say what happens, article by article."""

    days: Days
    state: str = "线索"
    today: int = 0
    facts: dict[str, Value] = field(default_factory=dict)
    timers: dict[str, Timer] = field(default_factory=dict)
    duties: list[Task] = field(default_factory=list)
    agreed: dict[str, list[str]] = field(default_factory=dict)
    """For each approval that is asked for, who has agreed."""
    extended: set[str] = field(default_factory=set)
    holds: dict[str, int] = field(default_factory=dict)
    """Why time does not count now, and since when."""
    happened: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)
    fired: list[tuple[str, str, int]] = field(default_factory=list)
    """What ran out: period, what followed by itself, the day from which."""

    def attempt(self, event: Event) -> bool:
        """Let something happen; tell whether the rules allow it."""
        day = event.when.toordinal()
        if day < max(self.today, IN_FORCE) or event.name not in HANDLERS:
            return False
        self.advance(day)
        actors, handler = HANDLERS[event.name]
        if event.actor not in actors or not all(sensible(*fact) for fact in event.facts.items()):
            return False
        if not event.facts.keys() <= may_say(event.name):
            return False
        if self.state in OVER:
            return self._catches_up(event.name, day)
        facts = dict(event.facts)
        if not handler(self, Said(day, event.actor, facts, frozenset(event.materials))):
            return False
        self.facts.update(facts)
        self.happened.add(event.name)
        self.today = day
        return True

    def _catches_up(self, name: str, day: int) -> bool:
        """In a case that is over only what is still owed can be done."""
        duty = {"告知办理节点": "告知节点"}.get(name, name)
        if all(task.name != duty or task.done is not None for task in self.duties):
            return False
        self.fulfil(duty, day)
        self.happened.add(name)
        self.today = day
        return True

    def copy(self) -> Complaint:
        """The same case, to try something on."""
        return replace(
            self,
            facts=dict(self.facts),
            timers={name: replace(timer) for name, timer in self.timers.items()},
            duties=[replace(task) for task in self.duties],
            agreed={name: list(levels) for name, levels in self.agreed.items()},
            extended=set(self.extended),
            holds=dict(self.holds),
            happened=set(self.happened),
            fired=list(self.fired),
        )

    def advance(self, day: int) -> None:
        """Let everything run out whose last day is over; what may still move waits for the notice."""
        while True:
            over = [
                (last, place, name)
                for place, (name, timer) in enumerate(self.timers.items())
                if not timer.stopped and (last := timer.last(self.days)) is not None
                if timer.expired <= last < min(day, self._bound(timer))
            ]
            if not over:
                return
            last, _, name = min(over)
            self.timers[name].expired = self.today = max(last + 1, self.today)
            self._run_out(name)

    def _run_out(self, name: str) -> None:
        follows = ""
        if name == "受理":  # art. 7: not decided in time is accepted, also when a refusal awaits approval
            follows = "视为受理"
            self.accept(self.today - 1)  # at the end of the last day
        if name == "确认接收":  # art. 13: neither confirmed nor objected to is received
            follows = "视为接收"
            self.timers[name].stopped = True
            self.state = "调查处理中"
        self.fired.append((name, follows, self.today))

    def dues(self, now: int) -> dict[str, tuple[str, int | None]]:
        """Give each period its status and last day."""
        self.advance(now)
        return {name: (self._status(timer), timer.last(self.days)) for name, timer in self.timers.items()}

    def _status(self, timer: Timer) -> str:
        last = timer.last(self.days)
        if timer.stopped:
            return "已停"
        if last is None:
            return "暂停"
        return "已届满" if timer.expired > last and last < self._bound(timer) else "在走"

    def _bound(self, timer: Timer) -> int:
        """Before which day a last day is certain; one written in a notice always is."""
        return FOREVER if timer.unit == FIXED else self.days.unsettled

    def owed(self, now: int) -> list[tuple[str, int, int | None, str]]:
        """Give each duty its start, its day and how it stands."""
        self.advance(now)
        return [
            (task.name, task.start, task.due, task.status(now, self.days.unsettled)) for task in self.duties
        ]

    def begin(self, name: str, unit: str, start: int, length: int) -> None:
        """Start a period, anew when it ran before."""
        self.timers.pop(name, None)
        self.timers[name] = Timer(unit, start, length)

    def stop(self, *names: str) -> None:
        """End periods that are no longer needed."""
        for name in names:
            if name in self.timers:
                self.timers[name].stopped = True

    def owe(self, name: str, start: int, within: int = 0) -> None:
        """Give somebody a duty, within working days when any are said."""
        due = self.days.last(WORKING, start, within, ()) if within else None
        self.duties.append(Task(name, start, due))

    def fulfil(self, name: str, day: int) -> None:
        """Do what is owed."""
        for task in self.duties:
            if task.name == name and task.done is None:
                task.done = day

    def goes(self, state: str, *sources: str) -> bool:
        """Move on when the case is in one of the states."""
        if self.state not in sources:
            return False
        self.state = state
        return True

    def accept(self, day: int) -> None:
        """Article 7: accepted, whoever decided; article 31: the citizen is told."""
        self.state = "已受理"
        self.timers["受理"].stopped = True
        self.owe("告知节点", day)

    def known(self, said: Said, name: str) -> Value | None:
        """Give what is stated with the event or was stated before."""
        return said.facts.get(name, self.facts.get(name))

    def hold(self, why: str, day: int) -> None:
        """Let the handling time stand still, for one reason more."""
        self.holds.setdefault(why, day)
        self.timers["调查处理"].pause(day)

    def release(self, why: str, day: int) -> None:
        """End a reason; time counts again when it was the last one."""
        if self.holds.pop(why, None) is not None and not self.holds:
            self.timers["调查处理"].resume(day)

    def again(self, day: int) -> None:
        """Begin handling anew: new time, nothing extended, nothing asked for."""
        self.begin("调查处理", NATURAL, day, 30)
        self.begin("六个月", MONTHS, day, 6)
        self.extended.clear()
        self.holds.clear()

    def turn(self, matter: str) -> str:
        """Tell whose turn it is to agree: from the body's own level up to the province (art. 27)."""
        levels = {"县级": [SAME, UPPER], "市级": [SAME], "省级": []}[str(self.facts["承办层级"])]
        return [*levels, PROVINCE][len(self.agreed[matter])]

    def agrees(self, matter: str, actor: str) -> bool:
        """Let a level below the province agree when it is its turn."""
        if matter not in self.agreed or self.turn(matter) != actor:
            return False
        self.agreed[matter].append(actor)
        return True

    def settled(self, matter: str, actor: str) -> bool:
        """Let whoever's turn it is end the matter: the province approves, anybody in turn refuses."""
        if matter not in self.agreed or self.turn(matter) != actor:
            return False
        del self.agreed[matter]
        return True


# Chapter 2: receiving (arts. 6, 7, 10-12)


def lacking(said: Said) -> set[str]:
    """Article 10: what should have come with the complaint and did not, or may have had to; it may follow."""
    wanted = {"证明资料"}
    if said.facts.get("口头陈述") is not False:
        wanted.add("签名或盖章的笔录")
    if said.facts.get("口头陈述") is not True:
        wanted.add("投诉举报书")
    if said.facts.get("名义") != "个人":
        wanted.add("营业执照")
    if said.facts.get("名义") != "单位":
        wanted.add("个人身份证明")
    if said.facts.get("委托代理") is not False:
        wanted |= {"授权委托书", "受托人身份证明"}
    return wanted - said.papers


@event("收到", INTAKE)
def receive(case: Complaint, said: Said) -> bool:
    """Article 7: three working days from the day of receipt; article 6: by one of seven ways."""
    if not said.one_of("线索来源") or not case.goes("审查中", "线索"):
        return False
    case.missing = lacking(said)
    case.begin("受理", WORKING, said.day, 3)
    return True


@event("窗口收到", WINDOW)
def receive_at_window(case: Complaint, said: Said) -> bool:
    """Article 7: what a window receives is put into the platform within one working day."""
    if not said.one_of("线索来源") or not case.goes("审查中", "线索"):
        return False
    case.missing = lacking(said)
    case.begin("受理", WORKING, said.day, 3)
    case.owe("录入平台", said.day, 1)
    return True


@event("录入平台", WINDOW)
def enter(case: Complaint, said: Said) -> bool:
    """Article 7: done whenever it is done."""
    if case.state == "线索":
        return False
    case.fulfil("录入平台", said.day)
    return True


@event("下达补正通知", INTAKE)
def ask_supplement(case: Complaint, said: Said) -> bool:
    """Article 10: what to mend and until when; the time of mending does not count."""
    papers = "补正通知书" in said.papers
    if not (papers and said.one_of("补正情形") and said.one_of("补正期至")):
        return False
    if not case.goes("补正中", "审查中"):
        return False
    case.timers["受理"].pause(said.day)
    until = said.facts["补正期至"]
    assert isinstance(until, date)
    case.begin("补正", FIXED, said.day, until.toordinal())
    return True


@event("补正", CITIZEN)
def supplement(case: Complaint, said: Said) -> bool:
    """Article 10: back to the examination; late is not given up before somebody finds so."""
    if not case.goes("审查中", "补正中"):
        return False
    case.stop("补正")
    case.timers["受理"].resume(said.day)
    return True


@event("视为放弃", INTAKE)
def give_up(case: Complaint, said: Said) -> bool:
    """Article 10: only when late, and only when a person finds that there was no good reason."""
    if not said.one_of("有正当理由", False) or case.state != "补正中" or not case.timers["补正"].expired:
        return False
    case.stop("受理", "补正")
    return case.goes("已放弃", "补正中")


@event("受理", INTAKE)
def accept(case: Complaint, said: Said) -> bool:
    """Articles 7 and 11: accepted for one of seven reasons."""
    if not said.one_of("受理情形") or case.state != "审查中":
        return False
    case.accept(said.day)
    return True


@event("提请不予受理", INTAKE)
def propose_refusal(case: Complaint, said: Said) -> bool:
    """Articles 7 and 12: refusing for one of eleven reasons needs the province."""
    return said.one_of("不予受理情形") and case.goes("不予受理待批", "审查中")


@event("批准不予受理", PROVINCE)
def approve_refusal(case: Complaint, said: Said) -> bool:
    """Article 7: decided; the citizen is told in writing, with the reason."""
    if not case.goes("不予受理待送达", "不予受理待批"):
        return False
    case.stop("受理")
    case.owe("书面告知不予受理", said.day)
    if case.known(said, "不予受理情形") in GUIDED:  # art. 33
        case.owe("引导或移交", said.day)
    return True


@event("不批准不予受理", PROVINCE)
def disapprove_refusal(case: Complaint, said: Said) -> bool:
    """Article 7: back to the examination, whose time went on."""
    return case.goes("审查中", "不予受理待批")


@event("送达不予受理", INTAKE)
def serve_refusal(case: Complaint, said: Said) -> bool:
    """Article 7: ten working days to ask for a review, from the day of service."""
    if "送达证明" not in said.papers or not case.goes("不予受理已送达", "不予受理待送达"):
        return False
    case.fulfil("书面告知不予受理", said.day)
    case.begin("申请复核", WORKING, said.day, 10)
    return True


@event("申请复核", CITIZEN)
def ask_review(case: Complaint, said: Said) -> bool:
    """Article 7: also late, until the case is closed (answer taken)."""
    if not case.goes("复核受理中", "不予受理已送达"):
        return False
    case.stop("申请复核")
    return True


@event("未申请复核办结", INTAKE)
def close_refusal(case: Complaint, said: Said) -> bool:
    """Article 7: after the ten working days."""
    if case.state != "不予受理已送达" or not case.timers["申请复核"].expired:
        return False
    case.stop("申请复核")
    return case.goes("不予受理终结", "不予受理已送达")


@event("复核维持", INTAKE)
def uphold(case: Complaint, said: Said) -> bool:
    """Article 7: refused again; article 31: the citizen is told of it."""
    if not case.goes("不予受理终结", "复核受理中"):
        return False
    case.owe("告知节点", said.day)
    return True


@event("复核改为受理", INTAKE)
def overturn(case: Complaint, said: Said) -> bool:
    """Articles 7 and 11: accepted after all."""
    if not said.one_of("受理情形") or case.state != "复核受理中":
        return False
    case.accept(said.day)
    return True


@event("引导或移交", INTAKE)
def guide(case: Complaint, said: Said) -> bool:
    """Article 33: somebody else has the power to act; after the refusal is approved (answer taken)."""
    if case.state not in ("不予受理待送达", "不予受理已送达", "复核受理中", "已终止"):
        return False
    case.fulfil("引导或移交", said.day)
    return True


# Chapter 3: who handles it (arts. 13-19)


@event("指定承办", PROVINCE)
def designate(case: Complaint, said: Said) -> bool:
    """Article 19: four situations."""
    named = said.one_of("特别情形", "跨部门跨区域", "不宜行使管辖权", "管辖有争议或不明", "其他应当指定")
    return named and case.state == "已受理"


@event("转办", INTAKE)
def dispatch(case: Complaint, said: Said) -> bool:
    """Articles 13 and 21: two working days to confirm; thirty days and six months to handle."""
    if not all(said.one_of(each) for each in ("投诉对象", "对象层级", "特别情形", "承办层级")):
        return False
    if not case.goes("待接收", "已受理"):
        return False
    case.begin("确认接收", WORKING, said.day, 2)
    case.begin("调查处理", NATURAL, said.day, 30)
    case.begin("六个月", MONTHS, said.day, 6)
    if said.facts["承办层级"] != "省级":  # art. 4: the levels below the province report upwards
        case.owe("报告上一级", said.day)
    return True


@event("确认接收", AGENCY)
def confirm(case: Complaint, said: Said) -> bool:
    """Article 13."""
    case.stop(*(["确认接收"] if case.state == "待接收" else []))
    return case.goes("调查处理中", "待接收")


@event("反馈意见", AGENCY)
def object_to(case: Complaint, said: Said) -> bool:
    """Article 13: back to be sent to another."""
    if not case.goes("已受理", "待接收"):
        return False
    case.stop("确认接收", "调查处理", "六个月")
    return True
