"""A small library of invented documents, written for these tests and put into a store as a source is.

One is the text of a policy of the small catalogue. The others are only there to be read: a provincial
regulation that repeals an older one and has another document printed in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from huiqi.library.model import (
    Clause,
    ClauseKind,
    Dated,
    Document,
    Level,
    Loss,
    LossKind,
    Pages,
    Reading,
    Remark,
    Repeal,
    Source,
    Span,
)
from huiqi.library.store import Library

GROWTH, SHOPS, OLD, LETTER, LOANS = (
    "示政-2023-1",
    "云政-2024-5",
    "云政-2019-2",
    "云市监函-2024-8",
    "新的贴息办法",
)
SLIP = "支特"

K = ClauseKind


@dataclass(frozen=True)
class Plan:
    """A clause to be written: number and heading are the first characters of its words."""

    kind: ClauseKind
    id: str
    cite: str
    text: str = ""
    children: tuple["Plan", ...] = ()
    number: str = ""
    heading: str = ""
    page: int = 1
    lines: int = 1


class Writer:
    """Writes the text of a source from one clause after another, and remembers where each stands."""

    def __init__(self) -> None:
        self.text = ""

    def clause(self, plan: Plan, above: str = "") -> Clause:
        own = f"{above}__{plan.id}" if above else plan.id
        spans = tuple(self._line(line) for line in plan.text.split("\n")) if plan.text else ()
        return Clause(
            id=own,
            kind=plan.kind,
            cite=plan.cite,
            text=plan.text.replace("\n", ""),
            spans=spans,
            number_length=len(plan.number),
            heading_length=len(plan.heading),
            pages=Pages(plan.page, plan.page),
            children=tuple(self.clause(child, own) for child in plan.children),
        )

    def _line(self, line: str) -> Span:
        start = len(self.text)
        self.text += line + "\n"
        return Span(start, start + len(line))

    def document(self, divisions: Sequence[Plan], **said: object) -> Document:
        start = len(self.text)
        clauses = tuple(self.clause(each) for each in divisions)
        given = {"number": None, "issuers": (), "issued": None, "level": Level.PROVINCE, "region": "", **said}
        return Document(clauses=clauses, span=Span(start, len(self.text)), source="小册子.txt", **given)  # type: ignore[arg-type]


def item(number: str, heading: str, *children: Plan, text: str = "", page: int = 1) -> Plan:
    """一、 with its heading."""
    place = "一二三四五六七八九".index(number) + 1
    words = f"{number}、{heading}{text}"
    return Plan(K.ITEM, f"para_{place}", f"{number}、", words, children, f"{number}、", heading, page)


def subitem(above: str, number: int, heading: str, text: str, page: int = 1) -> Plan:
    """（一） with a heading that runs on into its words, or none."""
    sign = f"（{'一二三四五六七八九'[number - 1]}）"
    return Plan(
        K.SUBITEM, f"subpara_{number}", f"{above}{sign}", sign + heading + text, (), sign, heading, page
    )


def growth(writer: Writer) -> Document:
    """The text of growth-2023 in the small catalogue."""
    cover = Plan(
        K.COVER,
        "cover",
        "印发通知",
        children=(
            Plan(K.TITLE, "title", "印发通知 标题", "示例市人民政府关于印发若干措施的通知"),
            Plan(K.NUMBER, "num", "印发通知 文号", "示政〔2023〕1号"),
            Plan(K.ADDRESSEE, "addressee", "印发通知 主送", "各县区人民政府："),
            Plan(K.PARAGRAPH, "p_1", "印发通知 第一段", "现将若干措施发给你们，请照此办理。"),
            Plan(K.SIGNATURE, "sig", "印发通知 落款", "示例市人民政府\n2023年6月30日"),
        ),
    )
    main = Plan(
        K.MAIN,
        "main",
        "正文",
        children=(
            Plan(K.TITLE, "title", "标题", "示例市支持企业成长若干措施", page=2),
            Plan(K.PREAMBLE, "preamble", "前言", "为帮助本市企业成长，定下这些措施。", page=2),
            item(
                "一",
                "帮助改造",
                subitem("一、", 1, "改造补助。", "列为示范的改造项目，设备投资300万元以上的给予补助。", 2),
                subitem("一、", 2, "做大奖励。", "年营业收入超过1亿元的，给予一次奖励。", 2),
                page=2,
            ),
            item(
                "二",
                "鼓励创新",
                subitem("二、", 1, "认定奖励。", f"{SLIP}新认定的高新技术企业，给予一次奖励。", 3),
                subitem("二、", 2, "排名奖励。", "按研发强度排名，前10名的中小企业给予奖励。", 3),
                page=3,
            ),
            item("三", "特别项目", text="。特别重大的项目一事一议。", page=3),
            item(
                "九",
                "附则",
                subitem("九、", 1, "", "本措施自2023年1月1日起执行，到2025年12月31日为止。", 4),
                subitem("九、", 2, "", "同一企业在一个年度里只向一个单位申请一项。", 4),
                subitem("九、", 3, "", "在失信名单上的企业不适用本措施。", 4),
                subitem("九、", 4, "", "各单位收到申报后二十个工作日内办结。", 4),
                page=4,
            ),
        ),
    )
    attachment = Plan(
        K.ATTACHMENT,
        "att_1",
        "附件1",
        children=(
            Plan(K.TITLE, "title", "附件1 标题", "申报表", page=5),
            Plan(K.FRAGMENT, "fragment_1", "附件1 散落文字", "企业名称项目名称投资额", page=5),
        ),
    )
    return writer.document(
        (cover, main, attachment),
        id=GROWTH,
        title="示例市支持企业成长若干措施",
        number="示政〔2023〕1号",
        issuers=("示例市人民政府",),
        issued=date(2023, 6, 30),
        level=Level.CITY,
        region="410200",
        effective=Dated(date(2023, 1, 1), "main__para_9__subpara_1", "自2023年1月1日起"),
        expires=Dated(date(2025, 12, 31), "main__para_9__subpara_1", "到2025年12月31日"),
        addressees="各县区人民政府：",
        cover_title="示例市人民政府关于印发若干措施的通知",
    )


def article(number: str, place: int, *paragraphs: str) -> Plan:
    """第一条, its first paragraph on the line of its number."""
    later = tuple(
        Plan(K.PARAGRAPH, f"p_{n}", f"第{number}条第{'一二三'[n - 1]}款", words)
        for n, words in enumerate(paragraphs[1:], 2)
    )
    words = f"第{number}条 {paragraphs[0]}"
    return Plan(K.ARTICLE, f"art_{place}", f"第{number}条", words, later, f"第{number}条 ")


def shops(writer: Writer) -> Document:
    """A regulation in chapters, which ends an older one."""
    chapter = Plan(
        K.CHAPTER,
        "chp_1",
        "第一章",
        "第一章 总则",
        (
            article("一", 1, "为方便小店经营，制定本规定。", "小店是有固定门面的个体工商户。"),
            article("二", 2, "小店招用失业人员的，可以向所在地的人社部门申请岗位补贴。"),
        ),
        "第一章 ",
        "总则",
    )
    last = Plan(
        K.CHAPTER,
        "chp_2",
        "第二章",
        "第二章 附则",
        (article("三", 3, "本规定自2024年5月1日起施行，旧的小店管理办法同时废止。"),),
        "第二章 ",
        "附则",
    )
    title = Plan(K.TITLE, "title", "标题", "云岭省小店经营若干规定")
    return writer.document(
        (Plan(K.MAIN, "main", "正文", children=(title, chapter, last)),),
        id=SHOPS,
        title="云岭省小店经营若干规定",
        number="云政〔2024〕5号",
        issuers=("云岭省人民政府", "云岭省商务厅", "云岭省财政厅", "云岭省税务局"),
        issued=date(2024, 4, 10),
        region="990000",
        effective=Dated(date(2024, 5, 1), "main__chp_2__art_3", "自2024年5月1日起施行"),
        repeals=(Repeal("云岭省小店管理办法", "云政〔2019〕2号", "main__chp_2__art_3"),),
    )


def short(writer: Writer, words: str, **said: object) -> Document:
    """A document of one sentence."""
    title = Plan(K.TITLE, "title", "标题", str(said["title"]))
    body = Plan(K.PARAGRAPH, "p_1", "第一段", words)
    return writer.document((Plan(K.MAIN, "main", "正文", children=(title, body)),), **said)


def reading() -> Reading:
    """The whole source with its losses and remarks."""
    writer = Writer()
    documents = (
        growth(writer),
        shops(writer),
        short(
            writer,
            "请各市按规定核对小店名单。",
            id=LETTER,
            title="关于核对小店名单的函",
            within=SHOPS,
        ),
        short(
            writer,
            "小店应当登记。",
            id=OLD,
            title="云岭省小店管理办法",
            number="云政〔2019〕2号",
            issued=date(2019, 3, 1),
        ),
        short(
            writer,
            "出口企业的贷款贴息改由省里统一办理。",
            id=LOANS,
            title="新的贴息办法",
            issued=date(2026, 1, 1),
        ),
    )
    text = writer.text
    return Reading(
        source=Source("小册子.txt", text, "文本", "utf-8", "0" * 64, paragraphs=True),
        documents=documents,
        losses=(
            Loss(
                LossKind.TABLE,
                "申报表只剩零散的字",
                text.index("企业名称项目"),
                GROWTH,
                "att_1__fragment_1",
                Pages(5, 5),
            ),
            Loss(LossKind.PAGES, "印刷页4与5之间少1页", text.index("各单位收到申报"), pages=Pages(4, 4)),
            Loss(LossKind.PAGES, "小册子没有封底", len(text) + 1),
        ),
        remarks=(
            Remark(GROWTH, "main__para_2__subpara_1", SLIP, "应为支持", "整理", text.index(SLIP)),
            Remark(GROWTH, "main__para_9__subpara_2", "没有这几个字", "与第一条不一致", "程序"),
        ),
    )


def put_library(path: Path) -> Path:
    """Write the library into a file and give its path."""
    with Library.open(path) as library:
        library.put(reading())
        library.set_roles(
            {
                (GROWTH, "main__para_1__subpara_1"): "事项",
                (GROWTH, "main__para_9__subpara_4"): "程序",
                (SHOPS, "main__chp_1__art_2"): "事项",
            }
        )
    return path
