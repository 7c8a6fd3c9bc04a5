"""Addresses of the staff's pages, below /staff/."""

from __future__ import annotations

from django.urls import path, re_path

from huiqi.portal.pages.staff.views import acting, case, documents, entrance, errors, impact, opening, queue

app_name = "staff"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("login/", entrance.login, name="login"),
    path("logout/", entrance.logout, name="logout"),
    path("cases/new/", opening.new_case, name="new-case"),
    path("cases/<str:number>/", case.case, name="case"),
    path("cases/<str:number>/act/", acting.act, name="act"),
    path("cases/<str:number>/notices/<int:notice>/", acting.served, name="served"),
    path("cases/<str:number>/papers/", acting.paper, name="paper"),
    path("cases/<str:number>/identity/", acting.identity, name="identity"),
    path("impact/", impact.impacts, name="impacts"),
    path("impact/<slug:name>/", impact.impact, name="impact"),
    path("documents/<str:number>/<str:format>/", documents.document, name="document"),
    re_path(".*", errors.nowhere),
]
