"""The app of the staff's pages."""

from __future__ import annotations

from django.apps import AppConfig


class StaffPagesConfig(AppConfig):
    """Pages for those who work on cases."""

    name = "huiqi.portal.pages.staff"
    label = "staff_pages"
    verbose_name = "办案页面"
