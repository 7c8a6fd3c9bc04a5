"""Addresses: one audience, one include."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("staff/", include("huiqi.portal.pages.staff.urls")),
    path("", include("huiqi.portal.pages.public.urls")),
]

handler400 = "huiqi.portal.pages.public.views.errors.bad_request"
handler403 = "huiqi.portal.pages.public.views.errors.forbidden"
handler404 = "huiqi.portal.pages.public.views.errors.not_found"
handler500 = "huiqi.portal.pages.public.views.errors.server_error"
