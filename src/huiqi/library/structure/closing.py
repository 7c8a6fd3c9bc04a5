"""Text that is in no numbered clause: the preamble before the first, the closing after the last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from huiqi.library.model import ClauseKind
from huiqi.library.structure.nodes import Node

_SPEAKS_OF_THE_WHOLE = re.compile(
    r"\s*(?:本(?:通知|公告|办法|措施|意见|方案|规定|细则|政策|计划|条例|指引|制度|决定|通告)|以上|上述|特此|"
    r"各(?:省|地|级|部门|单位|有关|市|县|区)|请各|此前)"
)


def name_loose_text(roots: list[Node]) -> list[Node]:
    """Call what stands before the first number preamble, and detach what closes the whole from the last."""
    first = next((at for at, root in enumerate(roots) if root.kind.is_numbered), None)
    if first is None:
        return roots
    for root in roots[:first]:
        if root.kind is ClauseKind.PARAGRAPH:
            root.kind = ClauseKind.PREAMBLE
    return [*roots, *_detached(roots)] if roots[-1].kind.is_numbered else roots


def _detached(roots: Sequence[Node]) -> list[Node]:
    """Take the closing paragraphs out of the last clause, which they were put in for want of a number.

    They are the closing from the one on that speaks of the whole. All of them are, when no other item has
    a second paragraph and there are several items: then the last will not have one either.
    """
    branch = [roots[-1]]
    while branch[-1].children and branch[-1].children[-1].kind.is_numbered:
        branch.append(branch[-1].children[-1])
    last = branch[-1]
    holder = next((node for node in reversed(branch) if node.children), None)
    if holder is None or any(node.kind is ClauseKind.ARTICLE for node in branch):
        return []
    start = len(holder.children)
    while start and holder.children[start - 1].kind is ClauseKind.PARAGRAPH:
        start -= 1
    alike = [node for root in roots for node in root.walk() if node.kind is last.kind and node is not last]
    usual = any(child.kind is ClauseKind.PARAGRAPH for node in alike for child in node.children)
    if usual or len(alike) < 2 or holder is not last:
        while start < len(holder.children) and not _SPEAKS_OF_THE_WHOLE.match(holder.children[start].text):
            start += 1
    detached = holder.children[start:]
    del holder.children[start:]
    for each in detached:
        each.kind = ClauseKind.CLOSING
    return detached
