"""A benefit of the catalogue as an entry of the booklet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from huiqi.booklet import telling
from huiqi.booklet.manifest import BenefitRecord, digest
from huiqi.booklet.model import BenefitEntry, Condition, Note
from huiqi.booklet.telling import Linker
from huiqi.booklet.texts import benefit_anchor
from huiqi.evaluate.result import Result
from huiqi.language.benefit import Benefit, StackingRule, Uncoded


def benefit_entry(
    result: Result, rules: Iterable[StackingRule], known: Mapping[str, Benefit], link: Linker
) -> BenefitEntry:
    """What the booklet says of a benefit; ``result`` judges it for somebody of whom nothing is known."""
    benefit = result.benefit
    handling = benefit.handling
    quota = benefit.quota
    told = [part for part in (handling.how, handling.within) if part] if handling is not None else []
    return BenefitEntry(
        id=benefit.id,
        anchor=benefit_anchor(benefit),
        name=benefit.name,
        summary=benefit.summary,
        form=benefit.form.value,
        matching=benefit.matching,
        who=benefit.who,
        subject=benefit.subject or "",
        conditions=telling.conditions(benefit.condition, link),
        quota=Note(quota.words, link(quota.cite or benefit.cite)) if quota is not None else None,
        amount=telling.amount(benefit.amount, result, link) if benefit.amount is not None else None,
        uncomputable=_uncoded_words(benefit.uncomputable) if benefit.uncomputable is not None else "",
        departments=benefit.departments,
        references=link(benefit.cite),
        period=telling.period_note(benefit, link),
        ended=telling.ended(benefit, result.on),
        unjudged=tuple(_uncoded_words(part) for part in benefit.uncoded),
        later=tuple(telling.later_words(law) for law in benefit.later_laws),
        unconfirmed=(
            *result.unconfirmed,
            *(law.document for law in benefit.later_laws if not law.confirmed),
        ),
        together=telling.together(benefit, rules, known, link),
        handling=Note("；".join(told), link(handling.cite)) if handling is not None and told else None,
        note=_one_line(benefit.note),
    )


def _uncoded_words(part: Uncoded) -> str:
    said = [part.wording, "" if part.note == part.wording else part.note]
    words = "：".join(filter(None, said))
    return f"{_one_line(words)}（{part.reason}）" if words else part.reason


def _one_line(text: str) -> str:
    """A note as one paragraph: YAML folds long ones with blanks that Chinese does not write."""
    return " ".join(text.split())


def benefit_record(entry: BenefitEntry, document: str) -> BenefitRecord:
    """What the manifest keeps of a benefit: a digest of each part that a reader would ask about.

    Nothing in it depends on the day, so that a new edition of the same rules shows no change.
    """
    amount = entry.amount
    parts = {
        "名称": [entry.name],
        "摘要": [entry.summary],
        "主体": [*entry.who, entry.subject],
        "条件": [*_flat(entry.conditions), entry.quota.words if entry.quota else ""],
        "金额": [amount.kind, amount.how, *(f"{a}{b}" for a, b in amount.parts), amount.shares]
        + [words for words, _ in amount.limits]
        if amount is not None
        else [entry.uncomputable],
        "责任单位": [*entry.departments],
        "依据": [reference.words for reference in entry.references],
        "适用期": [entry.period.words],
        "办理": [entry.handling.words if entry.handling else ""],
        "同享限制": [note.words for note in entry.together],
        "后法": [*entry.later],
        "未编码": [*entry.unjudged],
    }
    return BenefitRecord(
        entry.id,
        entry.name,
        document,
        not entry.ended,
        {name: digest(words) for name, words in parts.items()},
    )


def _flat(conditions: Iterable[Condition]) -> list[str]:
    found = []
    for condition in conditions:
        found += [f"{condition.name}：{condition.words}", *_flat(condition.parts)]
    return found
