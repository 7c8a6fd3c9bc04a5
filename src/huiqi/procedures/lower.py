"""From the shape of a file to a definition: every name is looked up, a wrong one gets the nearest right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from huiqi.catalogue.shape import Text
from huiqi.catalogue.source import error_at
from huiqi.clocks import CountingRule, Unit
from huiqi.language.diagnostics import Diagnostic, nearest
from huiqi.procedures import definition as d
from huiqi.procedures import shape as y
from huiqi.procedures import statistics as s
from huiqi.procedures.composite_check import composite_problems, lowered
from huiqi.procedures.statistics_shape import AnswerShape, StatisticsShape

PAPERS = "papers"
"""The folder beside a definition that has the templates of its papers."""


@dataclass
class Lowering:
    """Turns one file into a definition and collects what is wrong with its names."""

    file: y.ProcedureFile
    path: Path
    problems: list[Diagnostic] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.facts = {str(name): one for name, one in self.file.facts.items()}
        self.actors = _names(self.file.actors)
        self.states = _names(self.file.states)
        self.events = _names(self.file.events)
        self.clocks = _names(self.file.clocks)
        self.parameters = {str(name): one for name, one in self.file.parameters.items()}

    def definition(self) -> d.Definition:
        """The definition; use it only when there are no problems."""
        head = self.file.head
        made = d.Definition(
            path=self.path,
            id=str(head.id),
            name=str(head.name),
            purpose=str(head.purpose or ""),
            title=str(head.title),
            number=str(head.number or ""),
            since=head.since,
            until=head.until,
            cite=str(head.cite),
            notes=tuple(map(str, head.notes)),
            actors={str(n): self._actor(n, one) for n, one in self.file.actors.items()},
            facts={name: self._fact(name, one) for name, one in self.facts.items()},
            states={str(n): self._state(n, one) for n, one in self.file.states.items()},
            first=self._first(),
            events={str(n): self._event(n, one) for n, one in self.file.events.items()},
            clocks={str(n): self._clock(n, one) for n, one in self.file.clocks.items()},
            duties={str(n): self._duty(n, one) for n, one in self.file.duties.items()},
            parameters={name: self._parameter(name, one) for name, one in self.parameters.items()},
            chains={str(n): self._chain(n, one) for n, one in self.file.chains.items()},
            papers={str(n): self._paper(n, one) for n, one in self.file.papers.items()},
            tables={str(n): self._table(n, one) for n, one in self.file.tables.items()},
            composite=lowered(self.file.composite),
            statistics=self._statistics(self.file.statistics) if self.file.statistics else None,
            questions={str(n): self._question(n, one) for n, one in self.file.questions.items()},
            choices={},
        )
        self.problems += composite_problems(made, self.file.composite)
        return made

    def _error(self, at: Text, message: str, hint: str = "") -> None:
        self.problems.append(error_at(at.at, message, hint))

    def _known(self, word: Text, names: Iterable[str], what: str) -> str:
        known = list(names)
        if word.text not in known:
            right = nearest(word.text, known)
            hint = f"是不是「{right}」" if right else f"有：{'、'.join(known)}"
            self._error(word, f"没有「{word}」这个{what}", hint)
        return word.text

    def _events(self, words: Iterable[Text]) -> tuple[str, ...]:
        return tuple(self._known(word, self.events, "事件") for word in words)

    def _fact_of(self, word: Text, *kinds: y.FactKind) -> str:
        name = self._known(word, self.facts, "事实")
        if kinds and name in self.facts and self.facts[name].kind not in kinds:
            self._error(word, f"「{word}」的类型是{self.facts[name].kind}，这里要{'、'.join(kinds)}")
        return name

    def _values(self, name: str, words: Iterable[Text]) -> tuple[str, ...]:
        fact = self.facts.get(name)
        allowed = tuple(map(str, fact.options or ())) if fact else ()
        if fact and fact.kind is y.FactKind.FLAG:
            allowed = ("是", "否")
        if fact:
            for word in words:
                self._known(word, allowed, f"「{name}」的值")
        return tuple(map(str, words))

    def _first(self) -> str:
        starts = [name for name, state in self.file.states.items() if state.first]
        if len(starts) != 1:
            at = starts[1] if starts else next(iter(self.file.states))
            self._error(at, f"写了「起点: 是」的状态要正好一个，现有 {len(starts)} 个")
        return str(starts[0]) if starts else ""

    def _actor(self, name: Text, one: y.Actor) -> d.Actor:
        seen_by = self._actors(one.shield.seen_by) if one.shield else ()
        shield_cite = str(one.shield.cite) if one.shield else ""
        return d.Actor(str(name), str(one.who), seen_by, shield_cite, str(one.cite))

    def _actors(self, words: Iterable[Text]) -> tuple[str, ...]:
        return tuple(self._known(word, self.actors, "主体") for word in words)

    @staticmethod
    def _parameter(name: str, one: y.Parameter) -> d.Parameter:
        source = str(one.source or "")
        return d.Parameter(name, str(one.asks), one.length or 0, Unit(one.unit), source, str(one.cite))

    @staticmethod
    def _fact(name: str, one: y.Fact) -> d.Fact:
        options = {str(value): str(cite) for value, cite in (one.options or {}).items()}
        return d.Fact(name, one.kind, str(one.asks), options, str(one.cite))

    @staticmethod
    def _state(name: Text, one: y.State) -> d.State:
        silent = f"{one.silent.why}（{one.silent.cite}）" if one.silent else ""
        return d.State(str(name), one.final, silent, str(one.cite))

    def _event(self, name: Text, one: y.Event) -> d.EventType:
        finals = {str(state) for state, shape in self.file.states.items() if shape.final}
        for word in one.sources:
            if self._known(word, self.states, "状态") in finals:
                self._error(word, f"「{word}」是终点，事件「{name}」不能从那里发生", "去掉，或者不让它做终点")
        sources = tuple(map(str, one.sources)) or tuple(
            s for s in self.states if s not in finals and s != self._first()
        )
        return d.EventType(
            name=str(name),
            actors={self._known(who, self.actors, "主体"): str(cite) for who, cite in one.actors.items()},
            sources=sources,
            target=self._known(one.target, self.states, "状态") if one.target else "",
            guards=tuple(self._guard(guard) for guard in one.guards),
            materials=tuple(self._material(material) for material in one.materials),
            notices=tuple(
                d.Notice(self._known(n.to, self.actors, "主体"), str(n.about), n.written, str(n.cite))
                for n in one.notices
            ),
            cite=str(one.cite),
        )

    def _guard(self, one: y.Guard) -> d.Guard:
        fact = self._fact_of(one.fact)
        return d.Guard(fact, self._values(fact, one.values), one.anew, str(one.cite))

    def _material(self, one: y.Material) -> d.Material:
        fact = self._fact_of(one.fact) if one.fact else ""
        by = self._known(one.by, self.actors, "主体") if one.by else ""
        return d.Material(str(one.name), fact, self._values(fact, one.values), one.later, by, str(one.cite))

    def _when(self, one: y.Condition | None) -> d.Condition | None:
        if one is None:
            return None
        fact = self._fact_of(one.fact, y.FactKind.OPTION, y.FactKind.FLAG)
        return d.Condition(fact, self._values(fact, one.values))

    def _length(self, one: y.Clock | y.Duty, *, needed: bool) -> tuple[int, Unit | None, str]:
        """Number, unit and who sets them; a clock (``needed``) cannot run on a number that nobody has set."""
        if one.parameter is None:
            return one.length or 0, Unit(one.unit) if one.unit else None, ""
        self._known(one.parameter, self.parameters, "参数")
        found = self.parameters.get(str(one.parameter))
        if found is None:
            return 0, None, ""
        if found.length:
            return found.length, Unit(found.unit), str(found.asks)
        if needed:
            self._error(one.parameter, f"参数「{one.parameter}」还没有值，期限不能走", "填「长」和「出处」")
        return 0, None, str(found.asks)

    def _pauses(self, pauses: Iterable[y.Pause]) -> tuple[d.PauseRule, ...]:
        found = []
        for one in pauses:
            since, until = self._events((one.since, one.until))
            found.append(d.PauseRule(since, until, str(one.cite)))
        return tuple(found)

    def _clock(self, name: Text, one: y.Clock) -> d.Clock:
        starts = self._events(one.starts)
        if not starts:
            self._error(name, f"没有事件使期限「{name}」起算", "写「自」")
        cite = str(one.cite)
        basis = {
            key: cite for key, on in (("rolls", one.rolls), ("day_left_after_pause", one.day_left)) if not on
        }
        rolls = one.rolls and not one.fact  # a date that a notice sets is that date
        length, unit, _ = self._length(one, needed=True)
        fires = self._known(one.expiry.event, self.events, "事件") if one.expiry.event else ""
        stops = self._events(one.stops)
        if one.expiry.how is y.Expiry.AUTOMATIC and fires not in (*stops, ""):
            assert one.expiry.event
            self._error(one.expiry.event, f"「{fires}」自动发生以后期限「{name}」还在走", "把它也写进「止」")
        return d.Clock(
            name=str(name),
            length=length,
            unit=unit or Unit.DAY,
            when=self._when(one.when),
            fact=self._fact_of(one.fact, y.FactKind.DATE) if one.fact else "",
            rule=CountingRule(str(name), rolls=rolls, day_left_after_pause=one.day_left, basis=basis),
            starts=starts,
            stops=stops,
            pauses=self._pauses(one.pauses),
            extensions=tuple(self._extension(each) for each in one.extensions),
            expiry=one.expiry.how,
            fires=fires,
            says=str(one.expiry.says or ""),
            expiry_cite=str(one.expiry.cite),
            cite=cite,
        )

    def _extension(self, one: y.Extension) -> d.ExtensionRule:
        event = self._known(one.event, self.events, "事件")
        fact = self._fact_of(one.fact, y.FactKind.NUMBER) if one.fact else ""
        after = self._known(one.after, self.events, "事件") if one.after else ""
        times = 0 if one.unlimited else one.times
        return d.ExtensionRule(event, one.length or 0, fact, times, after, str(one.cite))

    def _duty(self, name: Text, one: y.Duty) -> d.Duty:
        if not one.starts:
            self._error(name, f"没有事件使职责「{name}」起算", "写「自」")
        length, unit, set_by = self._length(one, needed=False)
        return d.Duty(
            name=str(name),
            who=self._actors(one.who),
            does=str(one.does),
            length=length,
            unit=unit,
            set_by=set_by,
            when=self._when(one.when),
            starts=self._events(one.starts),
            done=self._events(one.done),
            cite=str(one.cite),
        )

    def _chain(self, name: Text, one: y.Chain) -> d.Chain:
        by = self._fact_of(one.by, y.FactKind.OPTION) if one.by else ""
        levels = {str(value): self._actors(actors) for value, actors in one.levels.items()}
        options = list(map(str, self.facts[by].options or ())) if by in self.facts else ["各级"]
        if set(levels) != set(options):
            self._error(name, f"审批「{name}」的「各级」要正好写{'、'.join(options)}")
        chain = d.Chain(
            name=str(name),
            asks=self._events(one.asks),
            agrees=self._known(one.agrees, self.events, "事件"),
            grants=self._known(one.grants, self.events, "事件"),
            returns=self._events(one.returns),
            by=by,
            levels=levels if by else {"": next(iter(levels.values()), ())},
            cite=str(one.cite),
        )
        self._check_chain(name, one, chain)
        return chain

    def _check_chain(self, name: Text, one: y.Chain, chain: d.Chain) -> None:
        """Nobody agrees to what they asked for themselves, and every level may agree."""
        may = {str(event): set(map(str, shape.actors)) for event, shape in self.file.events.items()}
        asking = {actor for event in chain.asks for actor in may.get(event, ())}
        levels = {actor for actors in chain.levels.values() for actor in actors}
        for actor in sorted(asking & (levels | may.get(chain.grants, set()))):
            self._error(name, f"审批「{name}」里「{actor}」批准自己提请的事", "提请的和审批的要是不同的主体")
        for actor in sorted(levels - may.get(chain.agrees, set())):
            self._error(
                one.agrees, f"「{actor}」是审批「{name}」的一级，却不能「{one.agrees}」", "写进它的「主体」"
            )

    def _paper(self, name: Text, one: y.PaperKind) -> d.PaperKind:
        template = self.path.parent / PAPERS / f"{name}.docx"
        if not template.is_file():
            self._error(name, f"文书「{name}」没有模板", f"把 Word 模板放在 {PAPERS}/{name}.docx")
        return d.PaperKind(
            name=str(name),
            events=self._events(one.events),
            to=self._known(one.to, self.actors, "主体"),
            series=str(one.series),
            template=template,
            cite=str(one.cite),
        )

    def _table(self, name: Text, one: y.Table) -> d.Table:
        columns = tuple(self._fact_of(word, y.FactKind.OPTION) for word in one.columns)
        options = {c: tuple(map(str, self.facts[c].options or ())) for c in columns if c in self.facts}
        rows = []
        left = set(product(*options.values()))
        for row in one.rows:
            when: dict[str, tuple[str, ...]] = {}
            for column, words in row.when.items():
                key = self._known(column, columns, "列")
                when[key] = self._values(key, words)
            rows.append(d.Row(when, str(row.gives), str(row.cite)))
            hit = {
                cell
                for cell in left
                if all(value in when.get(c, (value,)) for c, value in zip(options, cell, strict=True))
            }
            if not hit:
                self._error(row.gives, f"「{row.gives}」这一行永远轮不到", "前面的行已经把这些情形都占了")
            left -= hit
        if left:
            self._error(
                name, f"分办「{name}」有 {len(left)} 种情形没有归处", f"例：{'、'.join(sorted(left)[0])}"
            )
        return d.Table(str(name), columns, tuple(rows), str(one.cite))

    def _question(self, name: Text, one: y.Question) -> d.Question:
        others = {}
        for answer, changes in one.others.items():
            others[str(answer)] = tuple(
                d.Change(
                    clock=self._known(each.clock, self.clocks, "期限"),
                    unit=Unit(each.unit) if each.unit else None,
                    rolls=each.rolls,
                    day_left=each.day_left,
                    also_stops=self._events(each.also_stops),
                    also_pauses=self._pauses(each.also_pauses),
                )
                for each in changes
            )
        return d.Question(str(name), str(one.asks), str(one.default), str(one.why), others, str(one.cite))

    def _statistics(self, one: StatisticsShape) -> s.Statistics:
        answer, tracked, sample = one.answer, one.tracked, one.sample
        if tracked and tracked.duty:
            self._known(tracked.duty, _names(self.file.duties), "职责")
        return s.Statistics(
            received=self._events(one.received.events),
            accepted=self._events(one.accepted.events),
            closed=self._events(one.closed.events),
            ended=self._events(one.ended.events) if one.ended else (),
            reopened=self._events(one.reopened.events) if one.reopened else (),
            answer=self._answer(answer) if answer else None,
            tracked=s.Tracked(
                self._events(tracked.listed),
                self._events(tracked.written_off),
                str(tracked.duty or ""),
                str(tracked.cite),
            )
            if tracked
            else None,
            sample=s.Sample(sample.percent, str(sample.cite)) if sample else None,
            notes=tuple(map(str, one.notes)),
            cite=str(one.cite),
        )

    def _answer(self, one: AnswerShape) -> s.Answer:
        fact = self._fact_of(one.fact, y.FactKind.OPTION, y.FactKind.FLAG)
        shapes = {str(name): shape for name, shape in self.file.events.items()}
        for word in one.events:
            event = shapes.get(self._known(word, self.events, "事件"))
            if event and not any(guard.anew and str(guard.fact) == fact for guard in event.guards):
                hint = "在它的「条件」里写这个事实和「本次写明: 是」"
                self._error(word, f"「{word}」不一定写明「{fact}」，没有答复也会算进去", hint)
        events = tuple(map(str, one.events))
        return s.Answer(events, fact, self._values(fact, one.values), str(one.cite))


def _names(mapping: Iterable[Text]) -> tuple[str, ...]:
    return tuple(map(str, mapping))
