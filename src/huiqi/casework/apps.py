"""The app of cases."""

from __future__ import annotations

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Cases and who works on them."""

    name = "huiqi.casework"
    label = "casework"
    verbose_name = "办案"

    def ready(self) -> None:
        """Keep SQLite's write-ahead log short after requests."""
        from django.core.signals import request_finished

        from huiqi.casework.storage import keep_log_short

        request_finished.connect(lambda **_: keep_log_short(), weak=False, dispatch_uid="huiqi-wal")
