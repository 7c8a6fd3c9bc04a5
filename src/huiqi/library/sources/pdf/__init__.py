"""PDF to text: page by page, printed line by printed line."""

from huiqi.library.sources.pdf.reading import read_pdf

__all__ = ["read_pdf"]
