"""The official texts: a document to read, one clause of it, and what the library is known to lack."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from huiqi.library.export import ExportError, as_akn, document_json
from huiqi.library.model import Document
from huiqi.library.store import LibraryError
from huiqi.portal.library.citations import policies_of
from huiqi.portal.library.knowledge import said_role
from huiqi.portal.library.ledgers import charged
from huiqi.portal.library.listing import listed
from huiqi.portal.library.shelf import Shelf, said, shelf, trouble
from huiqi.portal.pages.public.dates import as_of, link
from huiqi.portal.pages.public.presenting.documents import region_name
from huiqi.portal.pages.public.presenting.losses import lost
from huiqi.portal.pages.public.presenting.navigation import neighbours, path_to
from huiqi.portal.pages.public.presenting.originals import excerpt, original
from huiqi.portal.pages.public.rendering import page
from huiqi.portal.screening.selectors import current
from huiqi.portal.screening.standing import verdicts

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
ShelfView = Callable[Concatenate[HttpRequest, Shelf, P], HttpResponse]


def from_library(view: ShelfView[P]) -> View[P]:
    """Give a view the library; without one, or with one that cannot be used, say so instead."""

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        now = shelf()
        problem = trouble()
        if now is not None:
            try:
                return view(request, now, *args, **kwargs)
            except LibraryError as error:
                problem = said(error)
        return page(
            request,
            "no-library",
            {"section": "documents", "trouble": problem},
            status=503 if problem else 404,
        )

    return wrapped


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """What an address that was cut short comes to: the list of documents."""
    return HttpResponseRedirect(link(as_of(request), "documents"))


@require_safe
@from_library
def text(request: HttpRequest, now: Shelf, identifier: str) -> HttpResponse:
    """A whole document: contents, the original, and beside each clause what rests on it."""
    document = _found(now, identifier)
    return _private(request, page(request, "text", _about(request, now, document)))


@require_safe
@from_library
def clause(request: HttpRequest, now: Shelf, identifier: str, place: str) -> HttpResponse:
    """One clause with all below it, what stands above it, and how to cite it."""
    document = _found(now, identifier)
    path = path_to(document, place)
    about = _about(request, now, document)
    if not path:
        return page(request, "errors/404", {"instead": about["row"]}, status=404)
    before, after = neighbours(document, path)
    found = path[-1]
    duties, targets = charged(document, {each.id for each in found.walk()})
    here = request.build_absolute_uri(link(as_of(request), "clause", identifier, place))
    context = {
        **about,
        "clause": found,
        "above": path[:-1],
        "blocks": excerpt(about["original"], found),
        "before": before,
        "after": after,
        "duties": duties,
        "targets": targets,
        "role": said_role(now.roles(identifier).get(place, "")),
        "citation": _citation(document, found.cite),
        "address": here,
    }
    return _private(request, page(request, "clause", context))


def _citation(document: Document, cite: str) -> str:
    number = f"（{document.number}）" if document.number else ""
    return f"《{document.title}》{number}{cite}"


def _about(request: HttpRequest, now: Shelf, document: Document) -> dict[str, Any]:
    """What both pages of a document say of it."""
    day = as_of(request).day
    info = now.infos[document.id]
    row = listed(info, day)
    said = dict.fromkeys(each.clause for each in (document.effective, document.expires) if each)
    return {
        "section": "documents",
        "document": document,
        "row": row,
        "region": region_name(info.region, day) if info.region else "",
        "said_by": [found for each in said if (found := document.clause(each))],
        "outer": now.infos.get(info.within),
        "inner": [each for each in now.infos.values() if each.within == document.id],
        "policies": policies_of(document.id),
        "original": original(now, document, day, verdicts(current(request.session), day)),
    }


def _private(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A page with the visitor's own verdicts is kept by no cache."""
    if current(request.session) is not None:
        add_never_cache_headers(response)
    return response


@require_safe
@from_library
def losses(request: HttpRequest, now: Shelf) -> HttpResponse:
    """What is visibly missing from the texts, document by document."""
    return page(request, "losses", {"section": "documents", **lost(now)})


@require_safe
@from_library
def as_xml(request: HttpRequest, now: Shelf, identifier: str) -> HttpResponse:
    """A document as Akoma Ntoso."""
    document = _found(now, identifier)
    try:
        data = as_akn(document, losses=_of(now.losses, document), remarks=_of(now.remarks, document))
    except ExportError as error:
        raise Http404 from error
    return _download(HttpResponse(data, content_type="application/akn+xml; charset=utf-8"), document, "xml")


@require_safe
@from_library
def as_json(request: HttpRequest, now: Shelf, identifier: str) -> HttpResponse:
    """A document as JSON, as ``huiqi documents --json`` gives it."""
    document = _found(now, identifier)
    data = document_json(document, losses=_of(now.losses, document), remarks=_of(now.remarks, document))
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    return _download(response, document, "json")


def _of(notes: tuple[Any, ...], document: Document) -> list[Any]:
    return [each for each in notes if each.document == document.id]


def _download(response: HttpResponse, document: Document, kind: str) -> HttpResponse:
    """Names the file after the document; a reader that knows only ASCII gets a plain name (RFC 6266)."""
    name = quote(f"{document.id}.{kind}", safe="")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"document.{kind}\"; filename*=UTF-8''{name}"
    )
    return response


def _found(now: Shelf, identifier: str) -> Document:
    document = now.document(identifier) if identifier in now.infos else None
    if document is None:
        raise Http404
    return document
