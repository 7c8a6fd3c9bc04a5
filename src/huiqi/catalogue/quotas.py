"""名额 from its shape to rankings, budgets and lists that exclude each other (docs/language.md, 十)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from huiqi.catalogue import shape as y
from huiqi.catalogue.formulas import Workshop
from huiqi.catalogue.shape.limits import BY_ENTERPRISE
from huiqi.language import benefit as b
from huiqi.language import types as t
from huiqi.language.syntax import Node
from huiqi.language.types import Kind, Type
from huiqi.language.units import parse_quantity

_RANKABLE = (Kind.NUMBER, Kind.DATE, Kind.UNKNOWN)
_CELLS = (Kind.CHOICE, Kind.TEXT, Kind.BOOL, Kind.UNKNOWN)
_TIES = {y.Ties.ALL: b.Ties.ALL, y.Ties.NONE: b.Ties.NONE}


def lower_quota(one: y.Benefit, shop: Workshop, names: Mapping[str, str]) -> b.Quota | None:
    """The population rules of a benefit, computed where the text allows and said in one sentence.

    ``names`` are what benefits of the same document are called. Mistakes go to the workshop.
    """
    if not one.quotas:
        return None
    first = one.quotas[0]
    excludes = tuple(dict.fromkeys(other.text for shape in one.quotas for other in shape.excludes))
    order, chosen = _order(one, shop, excludes)
    budgets = [shape for shape in one.quotas if shape.budget]
    for more in budgets[1:]:
        shop.report(more.at, "「预算总额」只能写一个", "分开管的钱写成几个事项")
    refills = [shape.refill for shape in one.quotas if shape.refill is not None]
    return b.Quota(
        words="；".join(_words(shape, names) for shape in one.quotas),
        cite=first.cite.text if first.cite else one.cite.text,
        among=first.among.text if first.among else "",
        places=tuple(place for shape in one.quotas for place in _places(shape, shop)),
        budget=_fen(budgets[0].budget, shop) if budgets and budgets[0].budget else None,
        shortfall=b.Shortfall(budgets[0].shortfall.value)
        if budgets and budgets[0].shortfall
        else b.Shortfall.UNSTATED,
        excludes=excludes,
        first=order,
        chosen=chosen,
        refill=refills[0] if refills else None,
    )


def _order(one: y.Benefit, shop: Workshop, excludes: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """Which lists are filled first, or that the enterprise chooses."""
    order: list[str] = []
    written = [text for shape in one.quotas for text in shape.before]
    for text in written:
        if text.text == BY_ENTERPRISE:
            if len(written) > 1:
                shop.report(text.at, f"“{BY_ENTERPRISE}”不能和先后一起写", "留一个")
        elif text.text not in (one.id.text, *excludes):
            shop.report(text.at, f"“{text}”不在“不重复”里", "先后只在这个事项和不重复的事项之间排")
        else:
            order.append(text.text)
    return tuple(dict.fromkeys(order)), any(text.text == BY_ENTERPRISE for text in written)


def _places(shape: y.Quota, shop: Workshop) -> Iterator[b.Places]:
    """The rankings that one 名额 asks for: within each cell first, then among all that are left."""
    by = tuple(_yardsticks(shape, shop))
    ties = _TIES.get(shape.ties, b.Ties.OPEN) if shape.ties else b.Ties.OPEN
    per = tuple(_typed(one, shop, _CELLS, "每", "选项、文本或是否") for one in shape.per)
    if shape.at_most and (number := _count(shape.at_most, shop)):
        yield b.Places(number, by, ties, per)
    if shape.first and (number := _count(shape.first, shop)):
        yield b.Places(number, by, ties, () if shape.at_most else per)


def _yardsticks(shape: y.Quota, shop: Workshop) -> Iterator[b.Yardstick]:
    body = _typed(shape.formula, shop, _RANKABLE, "按式", "数或日期") if shape.formula else None
    words = shape.by or shape.formula
    yield b.Yardstick(words.text if words else "名次", body, shape.order is not y.Order.ASCENDING)
    if shape.then:
        then = _typed(shape.then, shop, _RANKABLE, "次式", "数或日期")
        yield b.Yardstick(shape.then.text, then, shape.then_order is not y.Order.ASCENDING)


def _typed(text: y.Text, shop: Workshop, kinds: tuple[Kind, ...], key: str, wanted: str) -> Node:
    node = shop.formula(text)
    given: Type = node.type
    if given.kind not in kinds:
        shop.report(text.at, f"“{key}”要是{wanted}，“{text}”却是“{given.words()}”")
    return node


def _count(text: y.Text, shop: Workshop) -> int | None:
    try:
        quantity = parse_quantity(text.text)
    except ValueError:
        quantity = parse_quantity("0")
    number = quantity.number
    if isinstance(number, int) and number > 0 and quantity.dimension != t.MONEY.dimension:
        return number
    shop.report(text.at, f"“{text}”要是一个个数", "如 50名")
    return None


def _fen(text: y.Text, shop: Workshop) -> int | None:
    try:
        quantity = parse_quantity(text.text)
    except ValueError:
        quantity = parse_quantity("0")
    if quantity.dimension == t.MONEY.dimension and isinstance(quantity.number, int):
        return quantity.number
    shop.report(text.at, f"“{text}”要是一笔钱", "如 1000万元")
    return None


def _words(shape: y.Quota, names: Mapping[str, str]) -> str:
    parts = []
    if shape.among:
        parts.append(f"在{shape.among}中")
    by = shape.by or shape.formula
    if by:
        parts.append(f"按{by}{f'从{shape.order}' if shape.order else ''}排名")
    if shape.first and not (shape.per and not shape.at_most):
        parts.append(f"取前{shape.first}")
    elif shape.first:
        parts.append(f"每{'、'.join(per.text for per in shape.per)}取前{shape.first}")
    if shape.at_most:
        parts.append(f"每{'、'.join(per.text for per in shape.per) or '批'}最多{shape.at_most}")
    if shape.ties is y.Ties.FORMULA:
        parts.append(f"并列的再按{shape.then}{f'从{shape.then_order}' if shape.then_order else ''}排")
    elif shape.ties in _TIES:
        parts.append(f"末位并列的{shape.ties}")
    if shape.excludes:
        others = "、".join(f"“{names.get(other.text, other.text)}”" for other in shape.excludes)
        parts.append(f"与{others}不重复")
    if shape.budget and shape.shortfall not in (None, y.Shortfall.UNSTATED):
        parts.append(f"预算总额{shape.budget}，不够时{shape.shortfall}")
    elif shape.budget:
        parts.append(f"预算总额{shape.budget}，用完为止")
    sentence = "，".join(parts) + "；只看一家定不了"
    return f"{sentence}（{shape.note}）" if shape.note else sentence
