"""Choose with a constraint solver (OR-Tools CP-SAT), exactly: for what is too much to list."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from huiqi.allocate.payment import paying_order, totals_of
from huiqi.allocate.problem import Choice, Optima, Problem

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

_BLOCK = 30  # items whose order of preference is settled by one objective: a bit each, well within 64
_EFFORT = 10.0  # for one objective, in the solver's own seconds, which do not depend on the machine


class TooHardError(Exception):
    """The solver could not prove in reasonable time which set is best."""


def choose_by_solver(problem: Problem) -> Optima:
    """The optima of a problem of any kind. Raises `TooHardError` when no proof is found."""
    best = best_by_solver(problem)
    having = (best if item in best.taken else _choose(problem, (item,)) for item in range(problem.size))
    return Optima(best, tuple(having))


def best_by_solver(problem: Problem) -> Choice:
    """The best choice alone, without what others would cost. Raises `TooHardError` when no proof is found."""
    return _choose(problem, ())


def _choose(problem: Problem, required: Collection[int]) -> Choice:
    """The best choice that has the required items: one objective after the other, each kept at its best."""
    model = _Model(problem)
    for item in required:
        model.require(item)
    low = model.maximise(sum(model.low))
    high = model.maximise(sum(model.high))
    for weights in _preferences(problem):
        model.maximise(model.weighted(weights))
    return Choice(model.taken, low, high)


def _preferences(problem: Problem) -> Iterator[Sequence[int]]:
    """Weights of the items for what decides between sets that pay the same, the most important first."""
    for start in range(0, problem.size, _BLOCK):
        weights = [0] * problem.size
        for position, item in enumerate(range(start, min(start + _BLOCK, problem.size))):
            weights[item] = 1 << (_BLOCK - 1 - position)
        if start == 0:
            for item, amount in enumerate(problem.high):
                # One item more that brings no money outweighs all that do.
                weights[item] += (-1 if amount > 0 else problem.size + 1) << _BLOCK
        yield weights


class _Model:
    """The problem in the solver's terms: a truth value for each item, and amounts for those under a total."""

    def __init__(self, problem: Problem) -> None:
        # Imported here because it takes longer to load than a plan to make, and most plans do not need it.
        from ortools.sat.python import cp_model

        self._cp = cp_model
        self._model = cp_model.CpModel()
        self._take = [self._model.new_bool_var("") for _ in range(problem.size)]
        self.taken: frozenset[int] = frozenset()
        for cap in problem.slots:
            self._model.add(sum(self._any_of(group) for group in cap.groups) <= cap.room)
        self.low = [low * take for low, take in zip(problem.low, self._take, strict=True)]
        self.high = [high * take for high, take in zip(problem.high, self._take, strict=True)]
        self._pay_in_turn(problem)

    def _any_of(self, items: Sequence[int]) -> cp_model.IntVar:
        """Whether any of these items is taken."""
        if len(items) == 1:
            return self._take[items[0]]
        together = self._model.new_bool_var("")
        self._model.add_max_equality(together, [self._take[item] for item in items])
        return together

    def require(self, item: int) -> None:
        """Demand an item."""
        self._model.add(self._take[item] == 1)

    def weighted(self, weights: Sequence[int]) -> cp_model.LinearExprT:
        """The sum of the weights of the items that are taken."""
        return self._cp.LinearExpr.weighted_sum(self._take, weights)

    def maximise(self, objective: cp_model.LinearExprT) -> int:
        """The most that the objective can be, which is demanded from now on."""
        solver = self._cp.CpSolver()
        solver.parameters.num_workers = 1  # so that the same problem always gets the same answer
        solver.parameters.random_seed = 0
        solver.parameters.max_deterministic_time = _EFFORT
        # With large amounts, presolving can take all the memory there is (docs/decisions/0003).
        solver.parameters.cp_model_presolve = False
        self._model.maximize(objective)
        status = solver.solve(self._model)
        if status != self._cp.OPTIMAL:
            raise TooHardError(f"组合太复杂，没有算出最优的一组（{solver.status_name(status)}）")
        best = solver.value(objective)
        self._model.add(objective >= best)
        self.taken = frozenset(item for item, take in enumerate(self._take) if solver.boolean_value(take))
        return best

    def _pay_in_turn(self, problem: Problem) -> None:
        """State `payment.paying_in_turn`: what is taken decides every amount, so only that is searched."""
        order = [(item, totals) for item in paying_order(problem) if (totals := totals_of(problem, item))]
        room: list[cp_model.LinearExpr] = [self._model.new_constant(cap.room) for cap in problem.totals]
        for item, totals in order:
            self.low[item] = self._smallest(problem.low[item], self.low[item], room, totals)
        if problem.low == problem.high:
            self.high = self.low
            return
        for item, totals in order:
            left = problem.high[item] * self._take[item] - self.low[item]
            more = self._smallest(problem.high[item], left, room, totals)
            self.high[item] = self.low[item] + more

    def _smallest(
        self, most: int, wanted: cp_model.LinearExprT, room: list[cp_model.LinearExpr], totals: Sequence[int]
    ) -> cp_model.IntVar:
        """What of the wanted amount the totals allow, taken from their room."""
        paid = self._model.new_int_var(0, most, "")
        self._model.add_min_equality(paid, [wanted, *(room[total] for total in totals)])
        for total in totals:
            room[total] -= paid
        return paid
