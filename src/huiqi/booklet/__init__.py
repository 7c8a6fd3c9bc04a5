"""The booklet: the library and its benefits as a compendium to print, to hand out and to send.

``edition`` says what the booklet says; ``publish`` writes it as HTML, PDF and Word. A manifest is kept beside
the files, so that the next edition can tell what changed.
"""

from huiqi.booklet.edition import edition
from huiqi.booklet.manifest import Manifest, ManifestError
from huiqi.booklet.model import Booklet, Texts
from huiqi.booklet.publish import Medium, Published, publish
from huiqi.booklet.selection import Selection

__all__ = [
    "Booklet",
    "Manifest",
    "ManifestError",
    "Medium",
    "Published",
    "Selection",
    "Texts",
    "edition",
    "publish",
]
