"""Addresses of the public pages."""

from __future__ import annotations

from django.urls import path

from huiqi.portal.pages.public.views import (
    about,
    answers,
    benefits,
    documents,
    enterprises,
    home,
    preferences,
    procedures,
    questions,
    results,
    search,
    texts,
)

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("benefits/", benefits.benefits, name="benefits"),
    path("benefits/<path:identifier>/", benefits.benefit, name="benefit"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<path:identifier>/", documents.document, name="document"),
    path("search/", search.search_page, name="search"),
    path("library/", texts.library, name="library"),
    path("library/losses/", texts.losses, name="losses"),
    path("library/<str:identifier>.xml", texts.as_xml, name="text-xml"),
    path("library/<str:identifier>.json", texts.as_json, name="text-json"),
    path("library/<str:identifier>/", texts.text, name="text"),
    path("library/<str:identifier>/<str:place>/", texts.clause, name="clause"),
    path("procedures/", procedures.procedures, name="procedures"),
    path("procedures/<slug:identifier>/", procedures.procedure, name="procedure"),
    path("procedures/<slug:identifier>/picture.svg", procedures.picture, name="procedure-picture"),
    path("procedures/<slug:identifier>/due.ics", procedures.due_date, name="procedure-due"),
    path("questions/", questions.questions, name="questions"),
    path("results/", results.results, name="results"),
    path("why/<path:identifier>/", results.why, name="why"),
    path("answers/", answers.answers, name="answers"),
    path("answers/file/", answers.facts_file, name="facts-file"),
    path("answers/clear/", answers.clear, name="clear"),
    path("enterprises/", enterprises.enterprises, name="enterprises"),
    path("enterprises/<slug:slug>/", enterprises.enterprise, name="enterprise"),
    path("enterprises/<slug:slug>/why/<path:identifier>/", enterprises.why, name="enterprise-why"),
    path("facts/", about.facts, name="facts"),
    path("about/", about.about, name="about"),
    path("preferences/large-print/", preferences.large_print, name="large-print"),
]
