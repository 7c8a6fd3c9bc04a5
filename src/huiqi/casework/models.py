"""What is kept of a case. The log (``Entry``) is the truth; whatever follows from it is kept for speed only.

Tables that only grow (log, commands, identities seen, papers, moved dates, reports, samples) refuse changes
in the database itself.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

USER = settings.AUTH_USER_MODEL


class Post(models.Model):
    """A post: a member of staff acts as one actor of one procedure.

    A post as an actor outside the office (投诉举报人) means: may record what that person did.
    """

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="posts")
    procedure = models.CharField(max_length=80)
    actor = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "procedure", "actor"], name="one_post_once")]
        ordering = ["procedure", "actor"]

    def __str__(self) -> str:
        return f"{self.user}：{self.procedure}「{self.actor}」"


class Counter(models.Model):
    """The last number given out under a name, so that numbers have no gap and none is given twice."""

    name = models.CharField(max_length=120, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.last}"


class Case(models.Model):
    """A case: which procedure and version it runs by, what it is about, and where its log has got to.

    ``version`` is the day since which its version of the procedure is in force; it stays the same to the end.
    ``choices`` are the open questions that this installation answers otherwise than the definition.
    ``state``, ``over``, ``next_due`` and ``next_what`` follow from the log and are kept for lists only.
    """

    number = models.CharField(max_length=120, unique=True)
    procedure = models.CharField(max_length=80)
    version = models.DateField()
    choices = models.JSONField(default=dict)
    title = models.CharField(max_length=120)
    statement = models.TextField(blank=True)
    locality = models.CharField(max_length=60, blank=True)
    department = models.CharField(max_length=60, blank=True)
    opened = models.DateTimeField()
    state = models.CharField(max_length=40)
    over = models.BooleanField(default=False)
    next_due = models.DateField(null=True)
    next_what = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["procedure", "over", "next_due"], name="queue"),
            models.Index(fields=["over", "next_due"], name="due"),
        ]

    def __str__(self) -> str:
        return self.number


class Entry(models.Model):
    """One line of a case's log. ``UNIQUE(case, seq)`` is what makes one of two writers win.

    ``happened`` is a day or a moment in ISO 8601, ``recorded`` when it was written down, ``by`` whom. A line
    with a ``clock`` was written because that clock ran out.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="entries")
    seq = models.PositiveIntegerField()
    event = models.CharField(max_length=40, blank=True)
    happened = models.CharField(max_length=40)
    actor = models.CharField(max_length=40, blank=True)
    clock = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)
    materials = models.JSONField(default=list)
    recorded = models.DateTimeField()
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="one_entry_a_place")]
        ordering = ["case", "seq"]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.seq}"


class Identity(models.Model):
    """Who somebody in a case is, apart from the case: nothing of this stands in the log or in lists."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="identities")
    actor = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    contact = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "actor"], name="one_identity_an_actor")]

    def __str__(self) -> str:
        """Never the name: this may end up in a log."""
        return f"{self.case_id}「{self.actor}」"


class IdentitySeen(models.Model):
    """That somebody looked at an identity, when and what for."""

    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="seen")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=120)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.identity}：{self.user}"


class Command(models.Model):
    """A request that was carried out, by its key: sent again, it is answered, not done again."""

    key = models.CharField(max_length=64, primary_key=True)
    digest = models.CharField(max_length=64)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class Notice(models.Model):
    """Somebody is to be told something: written in the same transaction as what it follows from.

    ``served`` is the day it reached them, with ``proof`` of how; empty until somebody says so.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="notices")
    place = models.PositiveIntegerField()
    to = models.CharField(max_length=40)
    about = models.CharField(max_length=120)
    written = models.BooleanField()
    cite = models.CharField(max_length=80)
    served = models.DateField(null=True)
    proof = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "place"], name="one_notice_once")]
        ordering = ["entry", "place"]

    def __str__(self) -> str:
        return f"{self.entry}：{self.to}"


class Document(models.Model):
    """A paper made for a case: its number, the data it was made from, the files as they were given out."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=120, unique=True)
    data = models.JSONField()
    digest = models.CharField(max_length=64)
    word = models.BinaryField()
    pdf = models.BinaryField()
    made = models.DateTimeField()
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.number


class MovedDate(models.Model):
    """A due date that a holiday notice moved: what it was, what it is, by which notice."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="moved")
    clock = models.CharField(max_length=40)
    was = models.DateField(null=True)
    now = models.DateField(null=True)
    notice = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.case_id}「{self.clock}」{self.was} → {self.now}"


class Report(models.Model):
    """A report on a period as it was given out: what became known later shows in the next one, not here.

    ``period`` is a month (2026-03) or a year (2026). ``seen`` says how many lines each case had when it was
    made, ``entries`` how many all had together; ``digest`` is over every case's number, length and last line.
    """

    procedure = models.CharField(max_length=80)
    period = models.CharField(max_length=24)
    entries = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    seen = models.JSONField()
    data = models.JSONField()
    text = models.TextField()
    made = models.DateTimeField()
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["procedure", "period"], name="one_report_a_period")]
        ordering = ["procedure", "period"]

    def __str__(self) -> str:
        return f"{self.procedure} {self.period}"


class Sample(models.Model):
    """Cases drawn for a check among those closed in the period of a report; again is another ``number``.

    ``seed`` follows from the report's digest and the number, both fixed before the list (``digest``) is made;
    ``share`` is the least percent of every place and department; ``reason`` says why it was drawn again.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="samples")
    number = models.PositiveIntegerField()
    reason = models.TextField(blank=True)
    seed = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    share = models.PositiveSmallIntegerField()
    drawn = models.JSONField()
    data = models.JSONField()
    text = models.TextField()
    made = models.DateTimeField()
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="one_draw_a_number")]
        ordering = ["report", "number"]

    def __str__(self) -> str:
        return f"{self.report}（{self.number}）"
