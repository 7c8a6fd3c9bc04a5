"""Citations: how people name a clause (``四、（三）``, ``第七条第二款``), and which clause that is."""

from huiqi.library.citing.documents import document_of, documents_of
from huiqi.library.citing.grammar import Citation, Step, parse
from huiqi.library.citing.resolving import Addresses, Resolved, Unresolved, resolve

__all__ = [
    "Addresses",
    "Citation",
    "Resolved",
    "Step",
    "Unresolved",
    "document_of",
    "documents_of",
    "parse",
    "resolve",
]
