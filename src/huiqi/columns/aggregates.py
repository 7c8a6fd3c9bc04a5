"""合计, 计数, 任一, 全部, 最大 and 最小 over the items of a collection, in columns (``evaluate.combine``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from huiqi.columns.ends import LIMIT, End, NotColumnarError
from huiqi.columns.program import ENTERPRISE, INFINITE, Space
from huiqi.columns.scope import Scope, Supposed
from huiqi.columns.values import Missing, Range, Truth, Value
from huiqi.language import syntax as s
from huiqi.language.types import Kind

if TYPE_CHECKING:
    from huiqi.columns.lower import Lowering

MOST_ITEMS = 100_000
"""An enterprise with more items in one collection than this is answered one by one."""


class Aggregates:
    """Lowers aggregates with the help of the fold over all other nodes."""

    def __init__(self, lowering: Lowering) -> None:
        self.lowering, self.values = lowering, lowering.values
        self.program, self.ends = lowering.program, lowering.values.ends

    def lower(self, node: s.Aggregate, scope: Scope) -> Value:
        """The value over the items where the collection is given, and over any items where it is not."""
        if scope.space != ENTERPRISE and not self._leans_on_scope(node, scope):
            return self.values.spread(self.lowering.lower(node, self.lowering.enterprise), scope.space)
        unstated = self._unstated(node, scope)
        if node.collection not in self.lowering.given:
            return unstated
        given = self.program.spread(self.program.load("given", node.collection, ENTERPRISE), scope.space)
        return self.values.select(given, self._stated(node, scope), unstated)

    def _leans_on_scope(self, node: s.Node, scope: Scope) -> bool:
        """Whether an item that is looked at, or something supposed, has a say in the value."""

        def leans(node: s.Node, inside: frozenset[str], supposed: Supposed) -> bool:
            if isinstance(node, s.Definition):  # worked out outside all collections
                return leans(node.body, frozenset(), scope.home.supposed)
            if isinstance(node, s.Aggregate):
                if any(key.startswith(f"{node.collection}.") for key in supposed):
                    return True
                inside = inside | {node.collection}
            if isinstance(node, s.Fact):
                if node.collection:
                    return node.collection not in inside
                leaning = {node.name, *self.lowering.leans_on.get(node.name, ())}
                return any(key in leaning for key in supposed)
            return any(leans(child, inside, supposed) for child in node.children())

        return leans(node, frozenset(), scope.supposed)

    # ---- the collection is given ----

    def _stated(self, node: s.Aggregate, scope: Scope) -> Value:
        inner = scope.within(node.collection, self.values)
        counts = self.lowering.truth(node.where, inner) if node.where is not None else self.values.truth(True)
        worth = self.lowering.lower(node.body, inner) if node.body is not None else self.values.number(1)
        space = inner.space
        used = self.program.any_item(self.program.or_(counts.used, worth.used), space)
        if node.function in ("任一", "全部"):
            return self._truth(node.function, cast("Truth", worth), space, used)
        if node.function in ("合计", "计数"):
            return self._sum(cast("Range", worth), counts, space, used)
        return self._extreme(node, cast("Range", worth), counts, space, used)

    def _reduced(self, missing: Missing, space: Space) -> Missing:
        return {key: self.program.any_item(place, space) for key, place in missing.items()}

    def _truth(self, function: str, worth: Truth, space: Space, used: int) -> Truth:
        p = self.program
        if function == "全部":
            worth = self.values.not_(worth)
        true = p.any_item(worth.true, space)
        false = p.not_(p.any_item(p.not_(worth.false), space))
        found = Truth(true, false, self._reduced(self.values.waiting(worth), space), used)
        return self.values.not_(found) if function == "全部" else found

    def _sum(self, worth: Range, counts: Truth, space: Space, used: int) -> Range:
        """Each item that counts with its range, each that perhaps does with nothing or its range."""
        ends, zero = self.ends, self.ends.constant(0)
        open_ = self.values.unknown(counts)
        found = []
        for sign, end, pick in ((-1, worth.low, ends.smallest), (1, worth.high, ends.largest)):
            counted = ends.select(counts.false, zero, end)
            counted = ends.select(open_, pick([zero, end]), counted)
            found.append(self._total(counted, sign, space))
        low_item, high_item = (
            ends.select(counts.false, zero, ends.select(open_, pick([zero, end]), end))
            for end, pick in ((worth.low, ends.smallest), (worth.high, ends.largest))
        )
        waits = ends.less(low_item, high_item)
        missing = self.values.where(
            waits, self.values.joined(self.values.waiting(counts), self.values.waiting(worth))
        )
        return Range(found[0], found[1], self._reduced(missing, space), used)

    def _total(self, end: End, sign: int, space: Space) -> End:
        p = self.program
        if end.under is not None:
            raise NotColumnarError("商的合计")
        bound = p.whole(sign * INFINITE)
        boundless = p.equal(end.place, bound)
        number = p.select(boundless, p.whole(0), end.place, (-end.most, end.most))
        most = min(end.most * MOST_ITEMS, LIMIT)
        total = p.sum_items(number, space, most)
        if end.most * MOST_ITEMS >= LIMIT:
            room = LIMIT // MOST_ITEMS
            beyond = p.or_(p.less(p.whole(room), number), p.less(number, p.whole(-room)))
            self.ends.doubt(beyond, total)
        return End(p.select(p.any_item(boundless, space), bound, total), end.scale, most)

    def _extreme(self, node: s.Aggregate, worth: Range, counts: Truth, space: Space, used: int) -> Range:
        """The largest of those that count, or of those with some that perhaps do; without bounds for none."""
        p, values = self.program, self.values
        if worth.low.under is not None or worth.high.under is not None:
            raise NotColumnarError("商的最大最小")
        day = node.type.kind is Kind.DATE
        maybe = values.unknown(counts)
        sure = counts.true
        base = self._pick(node, worth, sure, space, day)
        whole = self._pick(node, worth, p.or_(sure, maybe), space, day)
        counting = self._reduced(values.where(maybe, counts.missing), space)
        some_maybe = p.any_item(maybe, space)
        both = cast("Range", values.hull(base, whole, counting))
        found = cast("Range", values.select(some_maybe, both, base))
        nothing_sure = p.not_(p.any_item(sure, space))
        waits = self._reduced(
            values.where(maybe, values.joined(counts.missing, values.waiting(worth))), space
        )
        found = cast("Range", values.select(nothing_sure, values.boundless(waits, used, day=day), found))
        return Range(found.low, found.high, found.missing, used, day)

    def _pick(self, node: s.Aggregate, worth: Range, among: int, space: Space, day: bool) -> Range:
        p, greatest = self.program, node.function == "最大"
        low, high = self.ends.aligned([worth.low, worth.high])
        worst = p.whole(-INFINITE if greatest else INFINITE)
        reduce = p.most_item if greatest else p.least_item
        best = [reduce(p.select(among, end.place, worst), space) for end in (low, high)]
        boundless = p.truth(False)
        if day:
            boundless = p.or_(self.ends.infinite(low), self.ends.infinite(high))
            boundless = p.any_item(p.and_(among, boundless), space)
        ends = [
            End(p.select(boundless, p.whole(sign * INFINITE), place), low.scale, max(low.most, high.most))
            for sign, place in zip((-1, 1), best, strict=True)
        ]
        if greatest:
            wins = p.less(p.spread(best[0], space), high.place)
        else:
            wins = p.less(low.place, p.spread(best[1], space))
        wins = p.and_(among, p.or_(wins, p.spread(boundless, space)))
        missing = self._reduced(self.values.where(wins, self.values.waiting(worth)), space)
        return Range(ends[0], ends[1], missing, p.truth(False), day)

    # ---- nobody has given the collection: any number of items, each wholly unknown ----

    def _unstated(self, node: s.Aggregate, scope: Scope) -> Value:
        p, ends = self.program, self.ends
        missing, never = {node.collection: p.truth(True)}, p.truth(False)
        if node.function in ("任一", "全部"):
            return self.values.open_truth(missing)
        if node.function == "计数" or node.body is None:
            return Range(ends.constant(0), ends.unbounded(1), missing, never)
        if node.function != "合计":
            return self.values.boundless(missing, never, day=node.type.kind is Kind.DATE)
        one = self.lowering.range(node.body, scope.within(node.collection, self.values, known=False))
        zero = ends.constant(0)
        low = ends.select(ends.less(one.low, zero), ends.unbounded(-1), zero)
        high = ends.select(ends.less(zero, one.high), ends.unbounded(1), zero)
        outside = {
            key: place
            for key, place in self.values.waiting(one).items()
            if not key.startswith(f"{node.collection}.")
        }
        return Range(low, high, self.values.joined(missing, outside), one.used)
