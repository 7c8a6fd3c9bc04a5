"""The store: one file that keeps sources, documents, and the words under which passages are found."""

from huiqi.library.store.errors import LibraryError
from huiqi.library.store.library import DEFAULT_PATH, Library
from huiqi.library.store.listing import DocumentInfo, Kept, Put, SourceInfo
from huiqi.library.store.states import DocumentState, Ending, State, state_on

__all__ = [
    "DEFAULT_PATH",
    "DocumentInfo",
    "DocumentState",
    "Ending",
    "Kept",
    "Library",
    "LibraryError",
    "Put",
    "SourceInfo",
    "State",
    "state_on",
]
