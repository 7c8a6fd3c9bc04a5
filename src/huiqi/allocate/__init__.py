"""组合: from what an enterprise is due to the best lawful set of it (docs/decisions/0003).

Plain data in, plan out: `plan` knows neither the catalogue nor evaluation.
"""

from huiqi.allocate.plan import plan
from huiqi.allocate.result import Chosen, Exclusion, LeftOut, Plan, Price, Rule
from huiqi.allocate.rules import LEVELS, Claim, Limit, Received, UpperFunds
from huiqi.allocate.solver import TooHardError

__all__ = [
    "LEVELS",
    "Chosen",
    "Claim",
    "Exclusion",
    "LeftOut",
    "Limit",
    "Plan",
    "Price",
    "Received",
    "Rule",
    "TooHardError",
    "UpperFunds",
    "plan",
]
