"""Coverage: what of the library's text the catalogue has in it, clause by clause, and who says so."""

from huiqi.coverage.account import Account, Classed, Who, account, units

__all__ = ["Account", "Classed", "Who", "account", "units"]
