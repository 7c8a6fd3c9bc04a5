"""Invented official texts, printed as the real ones are: in a column that cuts sentences, on numbered pages.

The places, offices and rules do not exist.
"""

from collections.abc import Iterable, Sequence

from huiqi.library.ingest import read
from huiqi.library.knowledge import Knowledge
from huiqi.library.model import Clause, ClauseKind, Document, Reading, Source
from huiqi.library.structure.lines import width

COLUMN = 28
"""Chinese characters in a printed line."""

HANGING = "，。；：、）》”"
"""Marks that stand in the margin rather than begin a line."""


def printed(*paragraphs: str, column: int = COLUMN) -> str:
    """Paragraphs in a column: the first line of each is two characters narrower, as its indent is lost."""
    return "\n".join(line for paragraph in paragraphs for line in _lines(paragraph, column))


def _lines(paragraph: str, column: int) -> Iterable[str]:
    rest, room = paragraph.strip(), column - 2
    while rest:
        end, used = 0, 0.0
        while end < len(rest) and (used + width(rest[end]) <= room or rest[end] in HANGING):
            used += width(rest[end])
            end += 1
        end = max(end, 1)
        yield rest[:end].strip()
        rest, room = rest[end:].strip(), column


def pages(*texts: str, first: int | None = None) -> str:
    """Texts as pages: a blank before the first line of each, a page number after the last if asked for."""
    printed_pages = []
    for at, text in enumerate(texts):
        number = "" if first is None else f"\n{first + at}"
        printed_pages.append(f" {text}{number}")
    return "\n".join(printed_pages) + "\n"


NOTICE = (
    "青禾市人民政府办公室\n关于印发青禾市小店扶持若干措施的通知\n青政办〔2031〕7号\n"
    "各县区人民政府，市政府各部门：\n"
    "《青禾市小店扶持若干措施》已经市政府研究同意，现印\n发给你们，请照此办理。\n"
    "2031年 3月 5日\n（此件公开发布）"
)
"""A covering notice, printed."""

MEASURES = (
    "青禾市小店扶持若干措施",
    "为了让街边的小店开得下去、开得长久，市里拿出一笔钱，并定下这些办法，由各部门分头去办。",
    "一、减轻房租",
    "（一）减免国有房屋租金。小店租用国有房屋的，头三个月不收租金，之后三个月减半；转租的须把减下来的钱让给实际开店的人。",
    "（二）补贴租用民房。小店租用民房开业满一年的，补给一个月的租金，最多五千元，每店只补一次。",
    "二、方便开店",
    "（三）一张表办完。开店要办的手续合成一张表，三个工作日内办好；少了材料的，当场一次讲清要补什么。",
    "（四）上门教。市里请人到店里教记账、教网上卖货，不收钱；一年不少于六次，教完由店主打分。",
    "三、附则",
    "本措施自印发之日起施行，有效期两年。",
)
"""An instrument in paragraphs, with numbers in brackets that run on."""


def statute(title: str = "云岭省集市管理条例") -> tuple[str, ...]:
    """A statute in paragraphs: chapters, articles, paragraphs, items, points, an article that was put in."""
    return (
        title,
        "（2030年5月6日云岭省第九届人民代表大会常务委员会第三次会议通过）",
        "第一章 总则",
        "第一条 为了把集市管好，方便买卖双方，制定本条例。",
        "第二条 本条例说的集市，是指在固定地方定期开市的场所。",
        "流动摊点另有规定的，从其规定。",
        "第二章 开市",
        "第一节 报备",
        "第三条 举办集市的，应当在开市十日前报备，并写明下列内容：",
        "（一）地点和时间；",
        "（二）摊位数，其中：",
        "1.卖菜的摊位；",
        "2.卖熟食的摊位；",
        "（三）保洁的安排。",
        "报备后有变化的，应当在三日内另报。",
        "第三条之一 网上举办集市的，参照前条报备。",
        "第二节 收费",
        "第四条 收取摊位费的，应当标明价格。",
        "有下列情形之一的，不收摊位费：",
        "（一）自产自销的农户；",
        "（二）残疾人摊主。",
        "第三章 附则",
        "第五条 本条例自2030年7月1日起施行。《云岭省集市管理办法》同时废止。",
    )


def source(text: str, *, paragraphs: bool = False, name: str = "某市文件.txt") -> Source:
    """A text as it comes from a file; ``paragraphs`` as from Word or a web page."""
    medium = "Word" if paragraphs else "文本"
    return Source(name, text, medium, "UTF-8", "0" * 64, paragraphs=paragraphs)


def reading(text: str, knowledge: Knowledge | None = None, *, paragraphs: bool = False) -> Reading:
    """What a text is read into."""
    return read(source(text, paragraphs=paragraphs), knowledge)


def only(text: str, *, paragraphs: bool = False) -> Document:
    """The one document of a text."""
    (document,) = reading(text, paragraphs=paragraphs).documents
    return document


def cites(clause: Clause | Document) -> list[str]:
    """The addresses of everything numbered, in the order of the text."""
    return [each.cite for each in clause.walk() if each.kind.is_numbered]


def texts(clause: Clause | Document, kind: ClauseKind) -> list[str]:
    """The own words of all clauses of a kind."""
    return [each.text for each in clause.walk() if each.kind is kind]


def titles(found: Reading) -> list[str]:
    """The titles of all documents."""
    return [each.title for each in found.documents]


def body(items: Sequence[str], column: int = COLUMN) -> str:
    """Items under a title and a first sentence, printed: the least that is read as a document."""
    return printed(
        "青禾市集市管理办法",
        "为了管好集市，方便大家买卖，把有关的事情说明白，定下这个办法。",
        *items,
        column=column,
    )
