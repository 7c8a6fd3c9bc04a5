"""The shipped catalogue on the real official texts, where these are at hand: every citation, every page."""

import re
from html import unescape
from urllib.parse import unquote, urlsplit

from huiqi.library.citing import parse
from huiqi.portal.library.citations import cited, resting_on, text_of
from huiqi.portal.library.shelf import Shelf, shelf
from huiqi.portal.policies import selectors
from huiqi.portal.procedures import selectors as procedures
from tests.portal.printed import printed_words
from tests.portal.visitor import Visitor

ON = "2025-02-01"
MOST_BYTES = 400_000


def library() -> Shelf:
    found = shelf()
    assert found is not None
    return found


def test_every_policy_has_its_text(real_library: Visitor) -> None:
    assert [one.title for one in selectors.catalogue().documents if text_of(one) is None] == []


def test_every_citation_on_the_page_of_a_benefit_leads_to_a_clause(real_library: Visitor) -> None:
    """Or is plain words, because it names a document that the library does not have."""
    now, opened = library(), set[str]()
    for identifier, benefit in selectors.catalogue().benefits.items():
        page = real_library.get(f"/benefits/{identifier}/", on=ON)
        places = set(re.findall(r'href="(/library/[^"]+)"', page))
        assert places, identifier
        for place in places:
            _, document, *clause = unquote(urlsplit(unescape(place)).path).strip("/").split("/")
            found = now.document(document)
            assert found is not None, place
            assert not clause or found.clause(clause[0]), place
        opened |= places
        (own, *_) = cited(benefit.document, benefit.cite)
        assert own.clause, (identifier, benefit.cite)
    for place in sorted(opened)[::8]:
        assert real_library.client.get(unescape(place)).status_code == 200


def test_the_clauses_of_every_procedure_are_there(real_library: Visitor) -> None:
    for one in procedures.procedures():
        page = real_library.get(f"/procedures/{one.id}/", on=max(one.since.isoformat(), "2000-01-01"))
        shown = re.findall(r'<span class="cite">（(.*?)）</span>', page)
        plain = [unescape(each) for each in shown if "<a " not in each]
        assert all(each.document for words in plain for each in parse(words)), (one.id, plain)
        assert len(shown) > len(plain), one.id


def test_what_is_not_linked_names_another_document(real_library: Visitor) -> None:
    linked = 0
    for benefit in selectors.catalogue().benefits.values():
        page = real_library.get(f"/benefits/{benefit.id}/", on=ON)
        shown = re.findall(r'<span class="cite">（(.*?)）</span>', page)
        linked += sum("<a " in one for one in shown)
        for plain in (unescape(one) for one in shown if "<a " not in one):
            assert all(one.document for one in parse(plain)), (benefit.id, plain)
    assert linked > 500


def test_every_text_is_shown_word_for_word(real_library: Visitor) -> None:
    now = library()
    assert len(now.infos) > 40
    for identifier in now.infos:
        page = real_library.get(f"/library/{identifier}/", on=ON)
        document = now.document(identifier)
        assert document is not None
        assert printed_words(page) == document.whole_text(), identifier
        assert len(page.encode()) < MOST_BYTES, identifier


def test_every_benefit_stands_beside_its_clause(real_library: Visitor) -> None:
    beside = {one.id for info in library().infos for each in resting_on(info).values() for one in each.gives}
    assert beside == set(selectors.catalogue().benefits)


def test_every_loss_and_remark_is_shown_in_its_document(real_library: Visitor) -> None:
    now = library()
    for identifier in now.infos:
        page = real_library.get(f"/library/{identifier}/", on=ON)
        for remark in now.remarks:
            if remark.document == identifier:
                assert remark.note in unescape(page), remark
        for loss in now.losses:
            if loss.document == identifier:
                assert loss.what in unescape(page), loss
