"""Documents as Akoma Ntoso 1.0 (OASIS, 2018), the XML in which laws are exchanged: docs/akoma-ntoso.md."""

from huiqi.library.export.akn.characters import unwritable
from huiqi.library.export.akn.names import AKN, OWN, ExportError
from huiqi.library.export.akn.read import from_akn
from huiqi.library.export.akn.write import as_akn

__all__ = ["AKN", "OWN", "ExportError", "as_akn", "from_akn", "unwritable"]
