"""Documents made by hand, of an invented province (云岭省) and city (青禾市), for the tests of the ledger."""

from collections.abc import Sequence
from datetime import date

from huiqi.library.knowledge import Body
from huiqi.library.ledger import Ledger, ledger_of
from huiqi.library.model import Clause, ClauseKind, Document, Level, Span

BODIES = (
    Body("云岭省商务厅", ("省商务厅",)),
    Body("云岭省财政厅", ("省财政厅",)),
    Body("云岭省市场监督管理局", ("省市场监管局", "省市场监督管理局")),
    Body("云岭省文化和旅游厅", ("省文化和旅游厅",)),
    Body("云岭省发展和改革委员会", ("省发展改革委",)),
    Body("中共云岭省委组织部", ("省委组织部",)),
    Body("中共云岭省委金融委员会办公室", ("省委金融办",)),
    Body("国家税务总局云岭省税务局", ("省税务局",)),
    Body("中华人民共和国青禾海关", ("青禾海关",)),
    Body("中国人民银行云岭省分行", ("人行云岭省分行",)),
    Body("青禾市人民政府", ("青禾市政府",)),
    Body("白石市人民政府", ("白石市政府",)),
    Body("东湖示范区管理委员会", ("东湖示范区管委会",)),
    Body("临港新区管理委员会", ("临港新区管委会",)),
    Body("青禾市商务局", ("市商务局",)),
    Body("青禾市财政局", ("市财政局",)),
    Body("国家税务总局青禾市税务局", ("市税务局",)),
    Body("国家发展和改革委员会", ("国家发展改革委", "发展改革委")),
    Body("商务部"),
    Body("财政部"),
)

ISSUED = date(2024, 6, 20)


def paragraph(text: str, cite: str = "款") -> Clause:
    return Clause(f"p-{text[:12]}", ClauseKind.PARAGRAPH, cite, text, (Span(0, len(text)),))


def item(
    number: str,
    text: str,
    *children: Clause,
    heading: str = "",
    kind: ClauseKind = ClauseKind.ITEM,
    above: str = "",
) -> Clause:
    """A numbered clause; ``heading`` is the part of its text that is one."""
    whole = number + heading + text
    cite = above + number
    return Clause(
        f"c-{cite}",
        kind,
        cite,
        whole,
        (Span(0, len(whole)),),
        len(number),
        len(heading),
        None,
        tuple(children),
    )


def document(*clauses: Clause, level: Level = Level.PROVINCE, issued: date | None = ISSUED) -> Document:
    main = Clause("main", ClauseKind.MAIN, "正文", "", (), children=tuple(clauses))
    return Document(
        "云政-2024-5",
        "云岭省促进商贸若干措施",
        "云政〔2024〕5号",
        ("云岭省人民政府",),
        issued,
        level,
        "",
        (main,),
        Span(0, 0),
    )


def ledger(*clauses: Clause, level: Level = Level.PROVINCE, bodies: Sequence[Body] = BODIES) -> Ledger:
    return ledger_of(document(*clauses, level=level), bodies)


def one(
    text: str, *, heading: str = "", level: Level = Level.PROVINCE, bodies: Sequence[Body] = BODIES
) -> Ledger:
    """The ledger of a document with one item."""
    return ledger(item("一、", text, heading=heading), level=level, bodies=bodies)


def charges(found: Ledger, at: int = 0) -> list[tuple[str, str]]:
    """The bodies of an item with their roles, as words."""
    return [(body.name, body.role.value) for body in found.duties[at].bodies]
