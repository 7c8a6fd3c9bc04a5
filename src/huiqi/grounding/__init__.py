"""Grounding (核对依据): does every citation, figure, day, department and word of a rule stand in the text?"""

from huiqi.grounding.explained import Explained, read_explained
from huiqi.grounding.ground import ground
from huiqi.grounding.links import Cited, cited, resting_on
from huiqi.grounding.procedures import ground_procedures, procedures_resting, run_by
from huiqi.grounding.result import Checked, Grounding

__all__ = [
    "Checked",
    "Cited",
    "Explained",
    "Grounding",
    "cited",
    "ground",
    "ground_procedures",
    "procedures_resting",
    "read_explained",
    "resting_on",
    "run_by",
]
