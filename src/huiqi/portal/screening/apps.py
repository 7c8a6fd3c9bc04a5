"""The app of screenings."""

from __future__ import annotations

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Screenings: one visitor's answers to the questionnaire."""

    name = "huiqi.portal.screening"
    verbose_name = "测算"
