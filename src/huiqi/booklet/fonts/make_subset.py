"""Makes the three fonts of the booklet from Debian's fonts-noto-cjk; README.md beside this file says when.

Usage: python make_subset.py FOLDER_WITH_THE_TTC_FILES. Needs fontTools, which the booklet itself does not.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset  # type: ignore[import-not-found]
from fontTools.ttLib import TTCollection, TTFont  # type: ignore[import-not-found]

HERE = Path(__file__).parent
VERSION = "1.000"
HANGUL = (range(0x1100, 0x1200), range(0x3130, 0x3190), range(0xA960, 0xA980), range(0xAC00, 0xD800))
# Latin with accents, punctuation, arrows, mathematics, circled numbers, boxes, kana, units, full width
SYMBOLS = (
    range(0x0020, 0x0180),
    range(0x2000, 0x2070),
    range(0x20A0, 0x2600),
    range(0x2600, 0x27C0),
    range(0x3000, 0x3100),
    range(0x3200, 0x3400),
    range(0xFE30, 0xFE50),
    range(0xFF00, 0xFFF0),
)


@dataclass(frozen=True)
class Face:
    """One font to make: its file, its family, which of the originals, and which characters."""

    file: str
    family: str
    collection: str
    original: str
    weight: str
    characters: frozenset[int]


def of_codec(name: str) -> frozenset[int]:
    """Every character that a double-byte Chinese encoding has."""
    found = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                text = bytes((lead, trail)).decode(name)
            except UnicodeDecodeError:
                continue
            found |= {ord(text)} if len(text) == 1 else set()
    return frozenset(found)


def face_of(folder: Path, collection: str, family: str) -> TTFont:
    """The face of a collection file that has a family name."""
    for font in TTCollection(folder / collection).fonts:
        if font["name"].getDebugName(1) == family:
            return font
    raise SystemExit(f"{collection} has no face called {family}")


def renamed(font: TTFont, face: Face) -> None:
    """Give the subset a name of its own, so that it is never taken for the whole font; keep the licence."""
    names = font["name"]
    kept = {number: names.getDebugName(number) for number in (0, 7, 8, 9, 11, 13, 14)}
    postscript = f"{face.family.replace(' ', '')}-{face.weight}"
    kept |= {
        1: face.family if face.weight == "Regular" else f"{face.family} {face.weight}",
        2: "Regular",
        3: f"{VERSION};{postscript}",
        4: f"{face.family} {face.weight}",
        5: f"Version {VERSION}; subset of {face.original} {names.getDebugName(5)}",
        6: postscript,
        16: face.family,
        17: face.weight,
    }
    names.names = []
    for number, text in kept.items():
        if text:
            names.setName(text, number, 3, 1, 0x409)
    outlines = font["CFF "].cff
    outlines.fontNames = [postscript]
    outlines.topDictIndex[0].FamilyName = face.family
    outlines.topDictIndex[0].FullName = kept[4]


def made(folder: Path, face: Face) -> Path:
    """Cut one font and write it beside this file."""
    font = face_of(folder, face.collection, face.original)
    options = subset.Options()
    options.hinting = False  # for screens of long ago; a printed page and a modern screen do without
    options.layout_features = ["kern"]
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]  # only vertical lines need them
    options.notdef_outline = True
    options.name_IDs = ["*"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=face.characters)
    cutter.subset(font)
    renamed(font, face)
    font.recalcTimestamp = False  # so that the same originals make the same file
    path = HERE / face.file
    font.save(path)
    return path


def flat(ranges: Iterable[range]) -> frozenset[int]:
    """The numbers of several ranges."""
    return frozenset(number for each in ranges for number in each)


def main(folder: Path) -> None:
    """Make the three fonts and say what they are, for README.md."""
    text = of_codec("gbk") | flat(SYMBOLS)
    headings = of_codec("gb2312") | flat(SYMBOLS)
    everything = frozenset(face_of(folder, "NotoSansCJK-Regular.ttc", "Noto Sans CJK SC").getBestCmap())
    serif = frozenset(face_of(folder, "NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC").getBestCmap())
    rest = everything - (text & serif) - flat(HANGUL)
    faces = (
        Face(
            "HuiqiSong-Regular.otf",
            "Huiqi Song",
            "NotoSerifCJK-Regular.ttc",
            "Noto Serif CJK SC",
            "Regular",
            text,
        ),
        Face("HuiqiHei-Bold.otf", "Huiqi Hei", "NotoSansCJK-Bold.ttc", "Noto Sans CJK SC", "Bold", headings),
        Face(
            "HuiqiRare-Regular.otf",
            "Huiqi Rare",
            "NotoSansCJK-Regular.ttc",
            "Noto Sans CJK SC",
            "Regular",
            rest,
        ),
    )
    for name in sorted({face.collection for face in faces}):
        print(f"from {name} sha256 {hashlib.sha256((folder / name).read_bytes()).hexdigest()}")
    for face in faces:
        path = made(folder, face)
        content = path.read_bytes()
        count = len(TTFont(path).getBestCmap())
        digest = hashlib.sha256(content).hexdigest()
        print(f"{path.name}: {count} characters, {len(content)} bytes, sha256 {digest}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
