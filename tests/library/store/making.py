"""Invented documents for the tests of store and search: small, of the shapes that matter, of no place."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from huiqi.library.model import Clause, ClauseKind, Dated, Document, Level, Reading, Repeal, Source, Span
from huiqi.library.store import Library

_NUMERALS = "一二三四五六七八九十"


def clause(
    identifier: str, kind: ClauseKind, cite: str, number: str, heading: str, body: str, *children: Clause
) -> Clause:
    """A clause whose text is number, heading and body."""
    return Clause(
        identifier,
        kind,
        cite,
        f"{number}{heading}{body}",
        (),
        number_length=len(number),
        heading_length=len(heading),
        children=children,
    )


def item(number: int, heading: str, body: str = "", *children: Clause) -> Clause:
    """``一、``: its children are made by `subitem` with the same number."""
    numeral = f"{_NUMERALS[number - 1]}、"
    return clause(f"main__para_{number}", ClauseKind.ITEM, numeral, numeral, heading, body, *children)


def subitem(above: int, number: int, heading: str, body: str = "", *children: Clause) -> Clause:
    """``（一）`` of an item."""
    numeral = f"（{_NUMERALS[number - 1]}）"
    identifier = f"main__para_{above}__subpara_{number}"
    cite = f"{_NUMERALS[above - 1]}、{numeral}"
    return clause(identifier, ClauseKind.SUBITEM, cite, numeral, heading, body, *children)


def point(above: Clause, number: int, body: str) -> Clause:
    """``1.`` of a subitem or item, without a heading."""
    identifier = f"{above.id}__point_{number}"
    return clause(identifier, ClauseKind.POINT, f"{above.cite}{number}.", f"{number}.", "", body)


def paragraph(number: int, text: str) -> Clause:
    """A paragraph without a number."""
    return clause(f"main__p_{number}", ClauseKind.PARAGRAPH, f"第{_NUMERALS[number - 1]}段", "", "", text)


def document(identifier: str, title: str, *clauses: Clause, **facts: Any) -> Document:
    """A document with these clauses in its main text; what is not said of it is filled in."""
    said: dict[str, Any] = {
        "number": None,
        "issuers": ("青禾市人民政府",),
        "issued": date(2031, 3, 5),
        "level": Level.CITY,
        "region": "990100",
    } | facts
    heading = clause("main__title", ClauseKind.TITLE, "标题", "", "", title)
    main = Clause("main", ClauseKind.MAIN, "正文", "", (), children=(heading, *clauses))
    return Document(id=identifier, title=title, clauses=(main,), span=Span(0, 0), **said)


def reading(name: str, *documents: Document, text: str = "原文", **more: Any) -> Reading:
    """What a source of this name was read into."""
    placed = tuple(replace(each, source=name) for each in documents)
    return Reading(Source(name, text, "文本", "UTF-8", "0" * 64), placed, **more)


def put(library: Library, *documents: Document, source: str = "来源.txt") -> None:
    """Put documents as one source."""
    library.put(reading(source, *documents))


def titles(infos: Iterable[Any]) -> list[str]:
    """The titles of documents or listings."""
    return [info.title for info in infos]


SHOPS = document(
    "青政办-2031-7",
    "青禾市小店扶持若干措施",
    item(
        1,
        "减轻房租",
        "",
        subitem(
            1,
            1,
            "减免国有房屋租金。",
            "小店租用国有房屋的，头三个月不收租金，之后三个月减半。（责任单位：市国资委）",
        ),
        subitem(
            1,
            2,
            "补贴租用民房。",
            "租用民房开业满一年的，给予一次性补贴，最高5000元，每店只补一次。（责任单位：市商务局）",
        ),
    ),
    item(
        2,
        "方便开店",
        "",
        subitem(2, 1, "当天办完登记。", "设立登记自受理起1个工作日内办结，开店的人只跑一趟政务服务中心。"),
        subitem(2, 2, "缩短注销时间。", "简易注销公告期由20天减为10天，期满即可办理。"),
    ),
    number="青政办〔2031〕7号",
    expires=Dated(date(2033, 12, 31), "main__para_2", "有效期至2033年底"),
)
"""A city's measures for small shops: rent, money for it, registration, deregistration."""

LOANS = document(
    "云政-2030-12",
    "云岭省小微企业首次贷款贴息办法",
    item(1, "支持对象", "。本省登记、从未在银行办过贷款的小微企业和个体工商户，可以申请首次贷款贴息。"),
    item(2, "贴息标准", "。按照实际利率的一半给予贴息，单户贷款额不超过300万元，贴息期限不超过2年。"),
    item(
        3,
        "申请材料",
        "。申请人应当提供下列材料：",
        *(
            point(item(3, ""), at, text)
            for at, text in enumerate(("营业执照；", "借款合同；", "付息凭证；", "信用承诺书。"), 1)
        ),
    ),
    item(4, "办理单位", "。由县级财政部门受理，金融监管部门会同审核，审核不超过10个工作日。"),
    number="云政〔2030〕12号",
    issuers=("云岭省财政厅",),
    issued=date(2030, 6, 1),
    level=Level.PROVINCE,
    region="990000",
    effective=Dated(date(2030, 7, 1), "main__para_4", "自2030年7月1日起施行"),
)
"""A province's rules on interest subsidies for first loans, with a list of short points."""

OLD_SHOPS = document(
    "青政办-2026-3",
    "青禾市小店扶持办法",
    item(1, "补贴房租", "。小店租房开业的，给予租金补贴，最高2000元。"),
    number="青政办〔2026〕3号",
    issued=date(2026, 1, 10),
)
"""What `SHOPS` came in place of; `REPEALING` ends it."""

REPEALING = document(
    "青政-2031-1",
    "青禾市人民政府关于废止一批文件的决定",
    paragraph(1, "经清理，决定废止下列文件。"),
    number="青政〔2031〕1号",
    issued=date(2031, 4, 1),
    repeals=(Repeal("青禾市小店扶持办法", "青政办〔2026〕3号", "main__p_1"),),
)
"""Ends `OLD_SHOPS` from 1 April 2031."""
