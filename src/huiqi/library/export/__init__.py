"""The library for other programs: Akoma Ntoso XML, and JSON."""

from huiqi.library.export.akn import ExportError, as_akn, from_akn, unwritable
from huiqi.library.export.as_json import document_from_json, document_json, reading_json

__all__ = [
    "ExportError",
    "as_akn",
    "document_from_json",
    "document_json",
    "from_akn",
    "reading_json",
    "unwritable",
]
