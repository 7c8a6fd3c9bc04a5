"""Where the library is, for every command that reads or writes it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any as Anything

import click

from huiqi.cli.inputs import catalogue_root, fail
from huiqi.cli.speech import option, say
from huiqi.library.knowledge import Knowledge
from huiqi.library.model import Document
from huiqi.library.store import DEFAULT_PATH, DocumentInfo, Library, LibraryError


def library_option(function: Callable[..., Anything]) -> Callable[..., Anything]:
    """``--library DIR``: the folder of the library."""
    decorated: Callable[..., Anything] = option(
        "--library",
        "folder",
        type=click.Path(path_type=Path),
        metavar=say("文件夹", "FOLDER"),
        zh=f"政策库的文件夹（缺省 {DEFAULT_PATH.parent}，或环境变量 HUIQI_LIBRARY）",
        en=f"folder of the library (default {DEFAULT_PATH.parent}, or HUIQI_LIBRARY)",
    )(function)
    return decorated


def library_file(folder: Path | None) -> Path:
    """The file of the library: in the folder given, in that of HUIQI_LIBRARY, or in the default one."""
    if folder is None:
        folder = Path(os.environ.get("HUIQI_LIBRARY") or DEFAULT_PATH.parent)
    return folder / DEFAULT_PATH.name


@contextmanager
def open_library(folder: Path | None) -> Iterator[Library]:
    """The library that is there; exit code 2 with how to make one, or with what is wrong with it."""
    path = library_file(folder)
    if not path.exists():
        fail(
            say(
                f"{path.parent}：这里还没有政策库；先用 huiqi ingest 文件… 把原文读进来",
                f"{path.parent}: no library here yet; read official text in with: huiqi ingest FILE...",
            )
        )
    try:
        with Library.open(path, create=False) as library:
            yield library
    except LibraryError as error:
        fail(error)


def document_called(library: Library, name: str) -> DocumentInfo:
    """The one document with an id, number or title, or exit code 2 with those that fit."""
    found = library.find(name)
    if not found:
        fail(say(f"政策库里没有“{name}”", f"no document called {name} in the library"))
    if len(found) > 1:
        names = "；".join(each.title for each in found[:5])
        fail(say(f"“{name}”有 {len(found)} 件：{names}", f"{len(found)} documents fit {name}: {names}"))
    return found[0]


def documents_of(library: Library, name: str | None = None) -> list[Document]:
    """All documents with their clauses, or the one with a name."""
    infos = library.documents() if name is None else (document_called(library, name),)
    return [document for info in infos if (document := library.document(info.id))]


def knowledge_of(root: Path | None) -> Knowledge:
    """What the catalogue tells the library."""
    from huiqi.catalogue.knowledge import load_knowledge  # where no catalogue is needed, none is read

    return load_knowledge(catalogue_root(root))
