"""A table that cannot be read at all."""


class TableError(ValueError):
    """The table as a whole cannot be read; ``str()`` is one clear line, in Chinese, with what would be right.

    A single row that cannot be used is no error of the table: it is a ``Reject``.
    """
