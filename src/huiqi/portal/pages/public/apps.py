"""The app of the public pages."""

from __future__ import annotations

from django.apps import AppConfig


class PublicPagesConfig(AppConfig):
    """Pages for anybody."""

    name = "huiqi.portal.pages.public"
    label = "public_pages"
    verbose_name = "公众页面"
