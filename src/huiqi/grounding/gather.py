"""Every claim of a catalogue's files, in the order in which they are written.

They are read from the files and not from the lowered rules, so that each knows its line, and so that what a
document says for all its benefits (通用条件, 设) is claimed once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from huiqi.catalogue import shape as y
from huiqi.grounding.claims import Claim, SaidDay, SaidFigure, SaidWords
from huiqi.grounding.days import blanked, days_in
from huiqi.grounding.figures import figures_in
from huiqi.grounding.formulas import Said, said
from huiqi.language.syntax import Span
from huiqi.language.types import MONEY
from huiqi.language.units import PURE, parse_quantity
from huiqi.library.blanks import squeeze
from huiqi.library.citing import parse

HEAD = ("印发", "机关")
"""The claims about a document as a whole: they rest on its head and its signature."""

SUMMARY = "摘要"
"""The claim of a benefit's name and summary: they rest on everything that the benefit rests on."""

_NOTHING: frozenset[str] = frozenset()
_AT_MOST, _AT_LEAST = frozenset({"<="}), frozenset({">="})
_NATURES = {y.Nature.UP_TO: _AT_MOST, y.Nature.FIXED: frozenset({"="}), y.Nature.RATE: _NOTHING}


def claims_of(root: Path) -> tuple[Claim, ...]:
    """The claims of the catalogue in a folder; files that cannot be read claim nothing."""
    found: list[Claim] = []
    documents: dict[Path, str] = {}
    for path in sorted(root.rglob("benefits.yaml")):
        benefits = y.read_shape(path, y.BenefitsFile).shape
        if benefits:
            documents[path.parent] = benefits.document.id.text
            found += _document(benefits)
    for path in sorted(root.rglob("rules.yaml")):
        rules = y.read_shape(path, y.RulesFile).shape
        found += _rules(rules, documents.get(path.parent, "")) if rules else ()
    for path in sorted(root.rglob("parameters.yaml")):
        parameters = y.read_shape(path, y.ParametersFile).shape
        found += _parameters(parameters, documents.get(path.parent, "")) if parameters else ()
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Owner:
    """Who makes claims: a benefit, a document, a rule; ``cite`` is what its parts inherit."""

    name: str
    document: str
    cite: str = ""

    def claim(
        self,
        part: str,
        at: Span,
        cite: y.Text | None,
        parts: Iterable[Said] = (),
        wording: Sequence[y.Text] = (),
        bodies: Sequence[y.Text] = (),
    ) -> Claim:
        parts = tuple(parts)
        return Claim(
            self.name,
            part,
            self.document,
            at,
            cite.text if cite else self.cite,
            tuple(figure for each in parts for figure in each.figures),
            tuple(day for each in parts for day in each.days),
            _words(bodies),
            _words(wording),
        )


def _document(file: y.BenefitsFile) -> Iterator[Claim]:
    """What a document says of itself and of all its benefits, then each benefit."""
    about = file.document
    owner = _Owner(about.id.text, about.id.text)
    yield owner.claim("机关", about.id.at, None, bodies=about.issuers)
    if about.issued:
        day = Said(days=[SaidDay(about.id.at, about.issued)])
        yield owner.claim("印发", about.id.at, None, [day])
    yield _period(owner, file.period)
    yield from _lets(owner, file.lets)
    yield from _conditions(owner, file.common)
    yield from _conditions(owner, file.none_of, none=True)
    for limit in file.limits:
        parts = _written(limit.at_most), _written(limit.total, _AT_MOST)
        yield owner.claim("同享限制", limit.at, limit.cite, parts, limit.wording)
    yield from _uncoded(owner, file.uncoded)
    for benefit in file.benefits:
        yield from _benefit(benefit, about.id.text, about.issued.year if about.issued else None)


def _benefit(one: y.Benefit, document: str, year: int | None) -> Iterator[Claim]:
    owner = _Owner(one.id.text, document, one.cite.text)
    yield owner.claim(SUMMARY, one.summary.at, None, [_told(one.name, year), _told(one.summary, year)])
    yield owner.claim("责任单位", one.cite.at, one.cite, bodies=one.departments)
    if one.period:
        yield _period(owner, one.period)
    yield from _lets(owner, one.lets)
    yield from _conditions(owner, one.all_of)
    yield from _conditions(owner, one.any_of)
    yield from _conditions(owner, one.none_of, none=True)
    if one.amount:
        yield from _amount(owner, one.amount)
    for quota in one.quotas:
        parts = _written(quota.first), _written(quota.at_most, _AT_MOST), _written(quota.budget)
        yield owner.claim("名额", quota.at, quota.cite, parts, quota.wording)
    yield from _uncoded(owner, one.uncoded)
    if one.not_computable:
        yield from _uncoded(owner, [one.not_computable])
    if one.handling:
        yield owner.claim("办理", one.handling.at, one.handling.cite, [_prose(one.handling.time, year)])


def _period(owner: _Owner, shape: y.Period) -> Claim:
    days = [
        SaidDay(shape.at, day, ops) for day, ops in ((shape.start, _AT_LEAST), (shape.end, _AT_MOST)) if day
    ]
    return owner.claim("适用期", shape.at, shape.cite, [Said(days=days)])


def _lets(owner: _Owner, lets: Sequence[y.Let]) -> Iterator[Claim]:
    for let in lets:
        yield owner.claim(let.name.text, let.name.at, let.cite, [said(let.formula)])


def _conditions(owner: _Owner, shapes: Sequence[y.AnyCondition], *, none: bool = False) -> Iterator[Claim]:
    """Conditions, those in groups too; they inherit the citation of their group."""
    for shape in shapes:
        if isinstance(shape, y.ConditionGroup):
            inner = replace(owner, cite=shape.body.cite.text) if shape.body.cite else owner
            within = none or shape.kind is y.GroupKind.NONE
            yield from _conditions(inner, shape.body.conditions, none=within)
        else:
            parts = [said(shape.formula, either=none)]
            claim = owner.claim(shape.name.text, shape.name.at, shape.cite, parts, shape.wording)
            yield replace(claim, own_boundaries=shape.otherwise_defined is not None)


def _amount(owner: _Owner, shape: y.AmountBase) -> Iterator[Claim]:
    """金额 in its five ways, with caps, 累计封顶 and 分担."""
    nature = _NATURES[shape.nature] if shape.nature else _NOTHING
    firm = shape.nature is y.Nature.UP_TO
    parts: list[Said] = []
    wording = list(shape.wording)
    if isinstance(shape, y.FixedAmount):
        parts.append(said(shape.fixed, nature, firm=firm))
    elif isinstance(shape, y.FormulaAmount):
        parts.append(said(shape.formula))
    elif isinstance(shape, y.TableAmount):
        parts += [said(value, nature, firm=firm) for value in shape.lookup.table.values()]
    elif isinstance(shape, y.TieredAmount):
        for tier in shape.tiered.tiers:
            parts += [*_bounds(tier), said(tier.gives, nature, firm=firm)]
            wording += tier.wording
    elif isinstance(shape, y.ItemisedAmount):
        for part in shape.parts:
            cite = part.cite or shape.cite
            own = [said(part.formula), *_caps(part)]
            yield owner.claim(part.name.text, part.name.at, cite, own, part.wording)
    claim = owner.claim("金额", shape.at, shape.cite, [*parts, *_caps(shape)], wording)
    yield replace(claim, own_boundaries=shape.otherwise_defined is not None)
    for cap in shape.accumulated_caps:
        yield owner.claim("累计封顶", cap.at, cap.cite or shape.cite, [said(cap.limit, _AT_MOST, firm=True)])
    if shape.shares:
        yield owner.claim("分担", shape.at, shape.cite, map(said, shape.shares.values()))


def _bounds(tier: y.Tier) -> Iterator[Said]:
    """The ends of a band with what their keys say."""
    bounds = ((tier.above, ">"), (tier.at_least, ">="), (tier.below, "<"), (tier.at_most, "<="))
    yield from (said(text, frozenset({op})) for text, op in bounds if text)


def _caps(shape: y.AmountBase | y.Part) -> Iterator[Said]:
    caps = ((shape.cap, _AT_MOST), (shape.floor, _AT_LEAST))
    yield from (said(text, ops, firm=True) for text, ops in caps if text)
    if shape.rounding:
        yield said(shape.rounding.to)


def _uncoded(owner: _Owner, shapes: Sequence[y.Uncoded | y.NotComputable]) -> Iterator[Claim]:
    """未编码 and 不可计算: only their 字样 rest on text."""
    for shape in shapes:
        name = "不可计算" if isinstance(shape, y.NotComputable) else "未编码"
        yield owner.claim(name, shape.at, shape.cite, wording=shape.wording)


def _rules(file: y.RulesFile, document: str) -> Iterator[Claim]:
    for name, rule in file.rules.items():
        owner = _Owner(name.text, document, rule.cite.text)
        yield from _lets(owner, rule.lets)
        for case in rule.cases:
            parts = [said(text) for text in (case.when, case.gives, case.otherwise) if text]
            claim = owner.claim("情形", case.at, case.cite, parts, case.wording)
            yield replace(claim, cite=_of_document(claim.cite, rule.cite.text))


def _of_document(cite: str, whole: str) -> str:
    """A case's citation in the document that its rule names: 四、（一） of 工信部联企业〔2011〕300号 四."""
    named = next((one.document for one in parse(whole) if one.document), "")
    outside = any(one.document for one in parse(cite))
    return cite if outside or not named else f"{named} {cite}"


def _parameters(file: y.ParametersFile, document: str) -> Iterator[Claim]:
    for name, parameter in file.parameters.items():
        owner = _Owner(name.text, document)
        for value in parameter.values:
            days = [
                SaidDay(value.at, day, ops)
                for day, ops in ((value.start, _AT_LEAST), (value.end, _AT_MOST))
                if day
            ]
            parts = _written(value.value), _written(value.high), Said(days=days)
            yield owner.claim("值", value.at, value.cite, parts)


def _words(texts: Sequence[y.Text]) -> tuple[SaidWords, ...]:
    return tuple(SaidWords(text.at, text.text) for text in texts)


def _written(text: y.Text | None, ops: frozenset[str] = _NOTHING) -> Said:
    """A quantity that stands by itself: 50名, 2亿元."""
    if text is None:
        return Said()
    try:
        quantity = parse_quantity(text.text)
    except ValueError:
        return Said()
    return Said([SaidFigure(text.at, text.text, quantity.number, quantity.dimension, ops)])


def _prose(text: y.Text | None, year: int | None) -> Said:
    """The figures and days of a few words: 20个工作日以内, 3月底前. ``year`` is for days that name none."""
    if text is None:
        return Said()
    squeezed = squeeze(text.text)
    days = days_in(squeezed, year)
    figures = [
        SaidFigure(text.at, one.text, one.number, one.dimension)
        for one in figures_in(blanked(squeezed, days))
        if one.dimension is not None
    ]
    return Said(figures, [SaidDay(text.at, one.last) for one in days])


def _told(text: y.Text, year: int | None) -> Said:
    """What a summary tells: amounts, shares, days, Arabic numerals; 一家 and 两项 are words."""
    told = _prose(text, year)
    figures = [
        one for one in told.figures if one.text[0].isdecimal() or one.dimension in (PURE, MONEY.dimension)
    ]
    return Said(figures, told.days)
