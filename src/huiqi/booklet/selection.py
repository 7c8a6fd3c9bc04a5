"""What goes into an edition."""

from __future__ import annotations

from dataclasses import dataclass

from huiqi.booklet import telling
from huiqi.evaluate.result import Result
from huiqi.library.model import Level


@dataclass(frozen=True, slots=True)
class Selection:
    """What goes into an edition; empty, everything does.

    ``levels`` are 级别 (国家, 省, 市, 县区), ``documents`` ids of documents of the rules or of the library,
    ``departments`` and ``who`` choose benefits by 责任单位 and 主体, ``in_force`` keeps only what holds on
    the day. A document of which no benefit is left is left out when benefits were chosen.
    """

    levels: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    who: frozenset[str] = frozenset()
    in_force: bool = False

    @property
    def by_benefit(self) -> bool:
        """Whether benefits are chosen, and not only documents."""
        return bool(self.departments or self.who)

    def words(self) -> str:
        """What was chosen, for people; empty for everything."""
        levels = [level.value for level in Level if level.value in self.levels]
        chosen = [
            f"级别是{'、'.join(levels)}" if levels else "",
            f"选出的{len(self.documents)}份文件" if self.documents else "",
            f"责任单位是{'、'.join(sorted(self.departments))}" if self.departments else "",
            f"给{'、'.join(sorted(self.who))}的" if self.who else "",
            "当天在期内的" if self.in_force else "",
        ]
        return "，".join(filter(None, chosen))

    def takes(self, result: Result) -> bool:
        """Whether a benefit goes in; one that is for anybody is for each kind of applicant."""
        benefit = result.benefit
        return (
            (not self.departments or bool(self.departments & set(benefit.departments)))
            and (not self.who or not benefit.who or bool(self.who & set(benefit.who)))
            and (not self.in_force or not telling.ended(benefit, result.on))
        )
