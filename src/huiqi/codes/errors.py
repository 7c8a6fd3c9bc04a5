"""What is wrong with a code, said so that the person who typed it can put it right."""


class CodeError(ValueError):
    """A code breaks its standard.

    The message is Chinese, for the person who typed the code. ``position`` is the place to look at first,
    counted from 1 as on paper, or ``None`` when the fault belongs to no single place (a wrong length).
    """

    def __init__(self, message: str, position: int | None = None) -> None:
        """Keep the message for the reader and the 1-based position for a form that marks the character."""
        super().__init__(message)
        self.position = position
