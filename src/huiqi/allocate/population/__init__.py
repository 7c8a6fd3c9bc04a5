"""名额: who of many gets one of few places, or a share of one budget, as far as the facts decide it.

Plain data in, plain result out, like the plan of one enterprise: this knows neither catalogue nor evaluation.
"""

from huiqi.allocate.population.lists import allot
from huiqi.allocate.population.problem import (
    Budget,
    Candidate,
    Contest,
    Entry,
    Exclusion,
    Measure,
    Range,
    Ranking,
)
from huiqi.allocate.population.result import Outcome, Standing
from huiqi.language.benefit import Shortfall, Ties

__all__ = [
    "Budget",
    "Candidate",
    "Contest",
    "Entry",
    "Exclusion",
    "Measure",
    "Outcome",
    "Range",
    "Ranking",
    "Shortfall",
    "Standing",
    "Ties",
    "allot",
]
