"""The app of policies."""

from __future__ import annotations

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """Policies: the catalogue as the pages read it."""

    name = "huiqi.portal.policies"
    verbose_name = "政策"
