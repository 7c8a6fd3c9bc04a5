"""What changed between two editions, told from their manifests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from huiqi.booklet.manifest import BenefitRecord, DocumentRecord, Manifest
from huiqi.booklet.model import Change, Changes

_MOST_CLAUSES = 12  # changed clauses that are named one by one; more are counted


def changes(before: Manifest, now: Manifest, anchors: Mapping[str, str]) -> Changes:
    """What is new, gone, changed or newly expired.

    ``anchors`` give the place in the new booklet of a document (by key) and of a benefit (by id).
    """
    groups = (
        ("新收录的文件", tuple(_new_documents(before, now, anchors))),
        ("不再收录的文件", tuple(_gone_documents(before, now))),
        ("状态变了的文件", tuple(_other_state(before, now, anchors))),
        ("原文有变动的文件", tuple(_changed_documents(before, now, anchors))),
        ("新增的事项", tuple(_new_benefits(before, now, anchors))),
        ("不再有的事项", tuple(_gone_benefits(before, now))),
        ("内容有变动的事项", tuple(_changed_benefits(before, now, anchors))),
        ("上一期以后到期、停止的事项", tuple(_other_period(before, now, anchors, ended=True))),
        ("上一期以后开始的事项", tuple(_other_period(before, now, anchors, ended=False))),
    )
    warning = ""
    if before.selection != now.selection:
        was, is_now = before.selection or "全部", now.selection or "全部"
        warning = f"两期收录的范围不同：上一期是{was}，这一期是{is_now}。下面有的增减只是范围不同。"
    return Changes(before.on, before.title, tuple(group for group in groups if group[1]), warning)


def _documents(manifest: Manifest) -> dict[str, DocumentRecord]:
    return {one.key: one for one in manifest.documents}


def _benefits(manifest: Manifest) -> dict[str, BenefitRecord]:
    return {one.id: one for one in manifest.benefits}


def _new_documents(before: Manifest, now: Manifest, anchors: Mapping[str, str]) -> Iterator[Change]:
    known = _documents(before)
    for one in now.documents:
        if one.key not in known:
            yield Change(f"《{one.title}》", anchors.get(one.key, ""))


def _gone_documents(before: Manifest, now: Manifest) -> Iterator[Change]:
    known = _documents(now)
    for one in before.documents:
        if one.key not in known:
            yield Change(f"《{one.title}》")


def _other_state(before: Manifest, now: Manifest, anchors: Mapping[str, str]) -> Iterator[Change]:
    known = _documents(before)
    for one in now.documents:
        if one.key in known and known[one.key].state != one.state:
            yield Change(f"《{one.title}》：{known[one.key].state} → {one.state}", anchors.get(one.key, ""))


def _changed_documents(before: Manifest, now: Manifest, anchors: Mapping[str, str]) -> Iterator[Change]:
    known = _documents(before)
    for one in now.documents:
        if one.key in known and known[one.key].digest != one.digest:
            yield Change(f"《{one.title}》", anchors.get(one.key, ""), tuple(_clauses(known[one.key], one)))


def _clauses(before: DocumentRecord, now: DocumentRecord) -> Iterator[str]:
    if not before.clauses:
        yield "上一期没有原文"
        return
    if not now.clauses:
        yield "这一期没有原文"
        return
    old = {clause.id: clause for clause in before.clauses}
    new = {clause.id: clause for clause in now.clauses}
    for words, found in (
        ("新增", [one for one in now.clauses if one.id not in old]),
        ("没有了", [one for one in before.clauses if one.id not in new]),
        ("改了", [one for one in now.clauses if one.id in old and old[one.id].digest != one.digest]),
    ):
        if found:
            named = "；".join(one.cite or "未编号的文字" for one in found[:_MOST_CLAUSES])
            more = f"等{len(found)}处" if len(found) > _MOST_CLAUSES else ""
            yield f"{words}：{named}{more}"


def _new_benefits(before: Manifest, now: Manifest, anchors: Mapping[str, str]) -> Iterator[Change]:
    known = _benefits(before)
    for one in now.benefits:
        if one.id not in known:
            yield Change(one.name, anchors.get(one.id, ""))


def _gone_benefits(before: Manifest, now: Manifest) -> Iterator[Change]:
    known = _benefits(now)
    for one in before.benefits:
        if one.id not in known:
            yield Change(one.name)


def _changed_benefits(before: Manifest, now: Manifest, anchors: Mapping[str, str]) -> Iterator[Change]:
    known = _benefits(before)
    for one in now.benefits:
        if one.id in known and known[one.id].parts != one.parts:
            old = known[one.id].parts
            parts = [name for name in {**one.parts, **old} if old.get(name) != one.parts.get(name)]
            yield Change(one.name, anchors.get(one.id, ""), (f"变动：{'、'.join(parts)}",))


def _other_period(
    before: Manifest, now: Manifest, anchors: Mapping[str, str], *, ended: bool
) -> Iterator[Change]:
    known = _benefits(before)
    for one in now.benefits:
        if one.id in known and known[one.id].in_force is ended and one.in_force is not ended:
            yield Change(one.name, anchors.get(one.id, ""))
