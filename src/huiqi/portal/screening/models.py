"""What is kept of a visitor's answers, and for how long."""

from __future__ import annotations

import uuid

from django.db import models


class Screening(models.Model):
    """The answers of one anonymous session.

    ``facts`` has the form of a facts file (docs/language.md, 二): names to values as they are written there.
    ``passed`` are the keys (``事实`` or ``集合.字段``) that the visitor let pass: they stay unknown and
    are not asked again. ``swept`` are the collections that were on a page of collections. ``asked`` is the
    order in which questions were answered, for going back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    facts = models.JSONField(default=dict)
    passed = models.JSONField(default=list)
    swept = models.JSONField(default=list)
    asked = models.JSONField(default=list)
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        """Never the answers: this may end up in a log."""
        return f"测算 {self.id}"
