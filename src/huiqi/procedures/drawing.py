"""A picture of a procedure, drawn from its data: states as boxes from top to bottom, transitions as arrows.

What leaves a state is written in its box, a line an arrow, so that no label ever covers another. Arrows run
in lanes on the right; two share a lane only when they do not meet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from huiqi.procedures.definition import Definition
from huiqi.procedures.reach import going, reached
from huiqi.procedures.shape import Expiry

HEADING = 16
SIZE, LINE, PAD, GAP, LANE = 14, 22, 10, 26, 16
WIDTH = 560
LEFT = 20
HEAD = PAD + LINE - 4
NARROW = 0.6
"""Width of a Latin character, in widths of a Chinese one."""
_UNBROKEN = re.compile(r"[!-~]+|.")
"""What stays in one line: a number, a date, a Latin word."""

STYLE = """
text{font:14px 'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei',sans-serif;fill:#1a1a1a}
.name{font-weight:700;font-size:16px}.clock{fill:#7a3b00}.silent{fill:#555}.row{fill:#1a1a1a}
.box{fill:#fff;stroke:#1f4e79;stroke-width:1.5}.final{stroke-width:4}.head{fill:#e8f0f8}
.arrow{fill:none;stroke:#1f4e79;stroke-width:1.3}.auto{stroke:#a33b00;stroke-dasharray:5 3}
"""

TIP = (
    '<marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
    '<path d="M0 0 8 4 0 8z" fill="#1f4e79"/></marker>'
)
"""The point of an arrow."""


@dataclass
class _Box:
    name: str
    notes: list[tuple[str, str]]
    rows: list[tuple[str, str, bool]]
    final: bool
    y: int = 0

    @property
    def head(self) -> int:
        return PAD + LINE + LINE * len(self.notes) + PAD // 2

    @property
    def height(self) -> int:
        return self.head + LINE * len(self.rows) + PAD // 2


@dataclass
class _Arrow:
    start: int
    end: int
    automatic: bool
    lane: int = 0


def draw(definition: Definition) -> bytes:
    """The picture as SVG, in UTF-8. The same definition gives the same bytes."""
    boxes = _boxes(definition)
    number = f"{definition.number}，" if definition.number else ""
    until = f"至 {definition.until}" if definition.until else "起"
    title = f"{definition.name}（{number}{definition.since} {until}施行）"
    heading = _wrapped(title, WIDTH, HEADING)
    y = GAP + LINE * len(heading)
    for box in boxes.values():
        box.y = y
        y += box.height + GAP
    arrows = _arrows(boxes)
    lanes = max((arrow.lane for arrow in arrows), default=0) + 1
    width, height = LEFT + WIDTH + LANE * (lanes + 2), y
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label={quoteattr(title)}>',
        f"<title>{escape(title)}</title><style>{STYLE}</style>",
        f"<defs>{TIP}</defs>",
        f'<rect width="{width}" height="{height}" fill="#fafafa"/>',
        *(
            f'<text class="name" x="{LEFT}" y="{LINE * number + 4}">{escape(line)}</text>'
            for number, line in enumerate(heading, 1)
        ),
        *(_drawn(box) for box in boxes.values()),
        *(_line(arrow) for arrow in arrows),
        "</svg>\n",
    ]
    return "\n".join(parts).encode()


def _boxes(definition: Definition) -> dict[str, _Box]:
    found = reached(definition)
    boxes: dict[str, _Box] = {}
    for name, state in definition.states.items():
        running = {clock for place, runs in found.places if place == name for clock in going(runs)}
        notes = []
        for clock in definition.clocks.values():
            if clock.name in running and not state.final:
                after = clock.says if clock.expiry is Expiry.MARKED else clock.fires
                words = f"期限「{clock.name}」{clock.allowed}，届满{clock.expiry}：{after}"
                notes += [("clock", line) for line in _wrapped(words)]
        if state.silent and not state.final:
            notes += [("silent", line) for line in _wrapped(f"没有期限：{state.silent}")]
        boxes[name] = _Box(name, notes, _rows(definition, name), state.final)
    return boxes


def _rows(definition: Definition, state: str) -> list[tuple[str, str, bool]]:
    """What leaves a state: the words, the target, whether by itself. What only happens in it comes last."""
    automatic = {c.fires for c in definition.clocks.values() if c.expiry is Expiry.AUTOMATIC}
    rows, within = [], []
    for event in definition.events.values():
        if state not in event.sources:
            continue
        if not event.target or event.target == state:
            within.append(event.name)
            continue
        who = "、".join(event.actors)
        rows.append((f"{event.name}（{who}）→ {event.target}", event.target, event.name in automatic))
    if within:
        rows += [(line, "", False) for line in _wrapped("其间可以：" + "、".join(within))]
    return rows


def _wrapped(words: str, width: int = WIDTH - 2 * PAD, size: int = SIZE) -> list[str]:
    room = width / size
    lines, used = [""], 0.0
    for part in _UNBROKEN.findall(words):
        wide = sum(NARROW if character.isascii() else 1.0 for character in part)
        if used + wide > room and part not in "、，。）」":
            lines.append("")
            used = 0.0
        lines[-1] += part
        used += wide
    return lines


def _arrows(boxes: dict[str, _Box]) -> list[_Arrow]:
    """Every arrow with its lane: the short ones first and nearest, each in the first lane that is free."""
    arrows = []
    for box in boxes.values():
        for number, (_, target, automatic) in enumerate(box.rows):
            if target:
                start = box.y + box.head + LINE * number + LINE // 2
                arrows.append(_Arrow(start, boxes[target].y + PAD + LINE // 2, automatic))
    taken: list[list[tuple[int, int]]] = []
    for arrow in sorted(arrows, key=lambda each: (abs(each.end - each.start), each.start)):
        low, high = sorted((arrow.start, arrow.end))
        arrow.lane = next(
            (n for n, spans in enumerate(taken) if all(high < a or b < low for a, b in spans)), len(taken)
        )
        if arrow.lane == len(taken):
            taken.append([])
        taken[arrow.lane].append((low, high))
    return arrows


def _drawn(box: _Box) -> str:
    final = " final" if box.final else ""
    parts = [
        f'<rect class="box{final}" x="{LEFT}" y="{box.y}" width="{WIDTH}" height="{box.height}" rx="6"/>',
        f'<rect class="head" x="{LEFT + 2}" y="{box.y + 2}" width="{WIDTH - 4}" height="{HEAD}" rx="5"/>',
    ]
    y = box.y + PAD + SIZE
    name = f"{box.name}（终点）" if box.final else box.name
    parts.append(f'<text class="name" x="{LEFT + PAD}" y="{y}">{escape(name)}</text>')
    for kind, words in (*box.notes, *(("row", row[0]) for row in box.rows)):
        y += LINE
        shift = 0 if kind != "row" else PAD // 2
        parts.append(f'<text class="{kind}" x="{LEFT + PAD}" y="{y + shift}">{escape(words)}</text>')
    return "".join(parts)


def _line(arrow: _Arrow) -> str:
    right = LEFT + WIDTH
    lane = right + LANE * (arrow.lane + 2)
    path = f"M{right} {arrow.start}H{lane}V{arrow.end}H{right + 2}"
    kind = "arrow auto" if arrow.automatic else "arrow"
    return f'<path class="{kind}" d="{path}" marker-end="url(#tip)"/>'
