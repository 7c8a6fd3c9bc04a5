"""Word (.docx) to text: paragraph by paragraph, with the numbers that Word makes by itself."""

from huiqi.library.sources.word.reading import read_word

__all__ = ["read_word"]
