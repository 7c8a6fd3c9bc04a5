"""The index holds exactly the words of the passages, and the counts kept beside it are true."""

from collections import Counter

from hypothesis import given, settings

from huiqi.library.model import Document
from huiqi.library.store import Library
from huiqi.library.store.index import document_name
from huiqi.library.store.passages import passages_of
from huiqi.library.store.tokens import is_pair, words
from tests.library.export.trees import documents
from tests.library.store.making import LOANS, SHOPS, put, reading


def expected(*those: Document) -> Counter[str]:
    """In how many passages each word is: in the text, in the path, or in the name of the document."""
    return Counter(
        word
        for each in those
        for passage in passages_of(each)
        for word in {
            *words(document_name(each.title, each.number)),
            *words(passage.path),
            *words(passage.text),
        }
    )


@given(documents())
@settings(max_examples=30, deadline=None)
def test_the_index_has_the_words_of_any_document(of: Document) -> None:
    with Library.open(":memory:") as library:
        library.put(reading("来源.txt", of))
        counts = expected(of)
        assert dict(library.select("SELECT term, doc FROM word_count")) == counts
        characters = {word: times for word, times in counts.items() if not is_pair(word)}
        assert dict(library.select("SELECT word, passages FROM character")) == characters
        sizes = [len(words(passage.text)) for passage in passages_of(of)]
        assert library.select("SELECT passages, size FROM total") == [(len(sizes), sum(sizes))]


def test_nothing_is_left_of_a_source_that_was_removed() -> None:
    with Library.open(":memory:") as library:
        put(library, SHOPS, LOANS)
        library.remove("来源.txt")
        for table in ("word_count", "character", "passage", "part", "document_body", "source_body"):
            assert library.select(f"SELECT * FROM {table}") == [], table
        assert library.select("SELECT * FROM total") == [(0, 0)]
