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
    questions,
    results,
)

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("benefits/", benefits.benefits, name="benefits"),
    path("benefits/<path:identifier>/", benefits.benefit, name="benefit"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<path:identifier>/", documents.document, name="document"),
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
