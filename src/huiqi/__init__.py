"""Huiqi (惠企): what an enterprise is due under official support policy, how much, and why."""

__version__ = "0.1.0"
