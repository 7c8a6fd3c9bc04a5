"""文书: the papers of a case, from Word templates that an office can edit; as Word, and the same as PDF.

Plain data in, files out: it knows neither cases nor the database.
"""

from huiqi.papers.pdf import as_pdf
from huiqi.papers.word import PaperError, fill, wanted_by

__all__ = ["PaperError", "as_pdf", "fill", "wanted_by"]
