"""From a file to a source: plain text, PDF, Word and web pages, each into lines of text.

Lines are parted by newlines and by nothing else. Nothing is corrected here; what a medium holds and its text
cannot is reported as a loss, with the offset at which it stood.
"""

from huiqi.library.sources.errors import SourceError
from huiqi.library.sources.files import read_bytes, read_source

__all__ = ["SourceError", "read_bytes", "read_source"]
