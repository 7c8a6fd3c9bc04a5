"""Web pages to text: the main text of a page, without what surrounds it on every page of the site."""

from huiqi.library.sources.web.reading import read_web_page

__all__ = ["read_web_page"]
