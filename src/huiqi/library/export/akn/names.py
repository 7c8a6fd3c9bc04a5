"""What things are called in Akoma Ntoso: namespaces, identifiers of elements, addresses of documents.

Addresses follow the Akoma Ntoso Naming Convention 1.0 (OASIS, 2019), section 4; identifiers its section 5.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from huiqi.library.export.akn.characters import legal
from huiqi.library.model import Clause, Document

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:huiqi:library:1"
"""The namespace of what the model knows and Akoma Ntoso has no place for; prefix ``hq``."""

NO_DAY = date(1, 1, 1)
"""Stands where Akoma Ntoso demands a day and none is known; it is then named ``unknown``."""

_NCNAME = re.compile(r"[^\W\d][\w.\-·]*")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_BRACKETS_AT_END = re.compile(r"\s*[（(][^（()）]*[)）]\s*$|[》”\s]+$")
_GENRE = re.compile(
    # 公文种类, Regulation on the handling of official documents of 2012, article 8; then what they carry
    "(?:决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要"
    "|条例|规定|办法|细则|规则|规程|章程|标准|指南|目录|清单"
    "|方案|计划|规划|纲要|要点|措施|政策|令)$"
)

COLLECTION = "汇编"
"""文种 of a collection."""


class ExportError(ValueError):
    """A document that cannot be exported, with what would have to change."""


class Names:
    """The identifiers (eId) of one document within one file.

    The eId of a clause is its id, after a prefix where the file holds several documents. What is no clause
    gets a name that no clause has. Raises `ExportError` when ids are not unique or are no XML names.
    """

    def __init__(self, clauses: Iterable[Clause], prefix: str = "", of: str = "") -> None:
        ids = [clause.id for clause in clauses]
        where = f"文件“{of}”" if of else "文件之外的文字"
        for identifier, times in Counter(ids).items():
            if times > 1:
                raise ExportError(f"{where}有{times}个条款的标识都是“{identifier}”，标识应当各不相同")
            if not _NCNAME.fullmatch(identifier):
                raise ExportError(
                    f"{where}条款的标识“{identifier}”不能用：应当以字母开头，只含字母、数字、“_”“-”“.”"
                )
        self._prefix = prefix
        self._taken = {prefix + identifier for identifier in ids}

    def of(self, clause_id: str) -> str:
        """The eId of the clause with an id."""
        return self._prefix + clause_id

    def to(self, clause_id: str) -> str | None:
        """A reference to the clause with an id, ``None`` when there is no such clause."""
        return f"#{self._prefix}{clause_id}" if self._prefix + clause_id in self._taken else None

    def fresh(self, label: str) -> str:
        """An eId for something that is no clause, made from a label."""
        name = self._prefix + label
        while name in self._taken:
            name += "-"
        self._taken.add(name)
        return name


@dataclass(frozen=True, slots=True)
class Address:
    """Where a component of a document is found: its IRIs as Work, as Expression and as Manifestation.

    ``component`` is ``main`` for the document that the others belong to. The Expression is the first one in
    Chinese (``zho@``): the library keeps texts as issued.
    """

    work: str
    component: str = "main"

    @property
    def this_work(self) -> str:
        """The component as Work."""
        return f"{self.work}/!{self.component}"

    @property
    def expression(self) -> str:
        """The document in Chinese as issued."""
        return f"{self.work}/zho@"

    @property
    def this_expression(self) -> str:
        """The component in Chinese as issued."""
        return f"{self.expression}/!{self.component}"

    @property
    def manifestation(self) -> str:
        """The document in Chinese as issued, as XML."""
        return f"{self.expression}.xml"

    @property
    def this_manifestation(self) -> str:
        """The component in Chinese as issued, as XML."""
        return f"{self.this_expression}.xml"


def work_iri(element: str, document: Document) -> str:
    """The IRI of a document as Work: country, kind, genre, first issuer, day, number (or title, or id)."""
    genre = genre_of(document.cover_title or document.title)
    return _iri(
        "akn", "cn", element, genre, *document.issuers[:1], _day(document.issued), distinctive(document)
    )


def collection_iri(name: str) -> str:
    """The IRI of a collection as Work, out of the name of its source."""
    return _iri("akn", "cn", "documentCollection", COLLECTION, _day(None), name or "nn")


def cited_iri(number: str, title: str) -> str:
    """The IRI of a document that is only cited, in the form for which its number or title is enough."""
    return _iri("akn", "ontology", "work", f"cn.{number or title}")


def concept_iri(name: str) -> str:
    """The IRI of a concept of the model."""
    return _iri("akn", "ontology", "concept", f"huiqi.{name}")


def organisation_iri(name: str) -> str:
    """The IRI of an organisation of the country."""
    return _iri("akn", "ontology", "organization", f"cn.{name}")


def distinctive(document: Document) -> str:
    """What tells a document from others of its day: its number, or else its title, or else its id."""
    return document.number or document.title or document.id or "nn"


def genre_of(title: str) -> str:
    """文种: the word that a title ends with, 通知 or 办法; ``文件`` when it is none of the usual ones."""
    title = title.strip()
    while shorter := _BRACKETS_AT_END.sub("", title):
        if shorter == title:
            break
        title = shorter
    found = _GENRE.search(title)
    return found.group() if found else "文件"


def _day(day: date | None) -> str:
    return (day or NO_DAY).isoformat()


def _iri(*segments: str) -> str:
    """An IRI reference of these segments; Chinese stays readable, what an IRI may not hold is escaped."""
    return "/" + "/".join(_segment(segment) for segment in segments)


def _segment(text: str) -> str:
    return "".join(
        character
        if _UNRESERVED.fullmatch(character) or (not character.isascii() and character.isprintable())
        else quote(character, safe="")
        for character in legal(text)
    )
