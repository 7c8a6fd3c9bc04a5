"""Drawing a page, whole or in part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """The page ``public/<template>.html``; htmx gets the part that changes, everybody else the whole."""
    response = render(request, f"public/{template}.html", dict(context or {}), status=status)
    patch_vary_headers(response, ["HX-Request", "Cookie"])
    return response


def safe_next(request: HttpRequest, address: str) -> str:
    """The address to go on to when it is one of this site's own paths, else nothing."""
    own = url_has_allowed_host_and_scheme(address, allowed_hosts=None, require_https=request.is_secure())
    return address if own and address.startswith("/") else ""
