"""Tables of enterprises, into batches: exactly, and every row accounted for."""

from huiqi.tables.errors import TableError
from huiqi.tables.reading import Chunk
from huiqi.tables.rejects import Reject, rejects_heading, rejects_text
from huiqi.tables.table import ROWS, Table, open_table

__all__ = ["ROWS", "Chunk", "Reject", "Table", "TableError", "open_table", "rejects_heading", "rejects_text"]
