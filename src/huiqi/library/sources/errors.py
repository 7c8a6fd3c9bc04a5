"""What is said of a file that cannot be read as a source."""

from __future__ import annotations


class SourceError(ValueError):
    """A file that is no readable source.

    ``problem`` says in Chinese what is wrong, where, and what would be right; ``file`` is the file as it was
    named, empty while only its content is known.
    """

    def __init__(self, problem: str, file: str = "") -> None:
        super().__init__(f"{file}: {problem}" if file else problem)
        self.problem = problem
        self.file = file
