"""The best lawful sets of many enterprises at once: those of `huiqi.allocate.plan`, without prices."""

from huiqi.allocate.many.alone import best_of
from huiqi.allocate.many.choose import Effort
from huiqi.allocate.many.planner import Planner

__all__ = ["Effort", "Planner", "best_of"]
