"""From results to claims, and from stacking rules to limits: what ``allocate`` needs to choose a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any as Anything

from huiqi.allocate import Claim, Limit, Received, TooHardError, UpperFunds
from huiqi.allocate.problem import Slots
from huiqi.allocate.sets import worthwhile_sets
from huiqi.catalogue.consistency import RECEIVED
from huiqi.evaluate.result import Result, Verdict, key_of
from huiqi.language.benefit import ONCE, AmountKind, Benefit, RuleBook, StackingRule
from huiqi.language.units import money_words

THIS_ENTERPRISE = "本企业"
_WAYS = 100_000  # to have reliefs of different taxes, as many as a second is enough for
_SAID = {
    "企业": "同一企业",
    "责任单位": "向{责任单位}",
    "年度": "同一年度",
    "项目": "同一项目",
    "人员": "同一人员",
    "事由": "同一事由“{事由}”",
    "类别": "同类项目“{类别}”",
    "事项": "同一事项",
}


def claims(results: Iterable[Result]) -> list[Claim]:
    """What may be taken: every benefit that is 符合 or 可能符合.

    Only money counts, and only what is 符合 is certain of any. Reliefs of one tax cannot all be relied on,
    since none may exceed the tax: of benefits that share a tax, those count as certain that come to most
    without sharing one. `many_plans` says the same of a table.
    """
    taken = [result for result in results if result.claimable]
    sure: dict[str, int] = {}
    for result in taken:
        sure[result.benefit.id] = sure.get(result.benefit.id, 0) + _certain(result)
    counted = _most_without_sharing([result.benefit for result in taken if sure[result.benefit.id]], sure)
    return [_claim(one, _certain(one) if one.benefit.id in counted else 0) for one in taken]


def _most_without_sharing(benefits: Iterable[Benefit], sure: Mapping[str, int]) -> frozenset[str]:
    """The ids of the benefits that come to most while no two of them reduce the same tax."""
    distinct = {benefit.id: benefit for benefit in benefits}.values()
    taxed = [benefit for benefit in distinct if benefit.taxes]
    ways = ways_without_sharing([benefit.taxes for benefit in taxed])
    # Of equals, max takes the first.
    best = max(ways, key=lambda way: sum(sure[taxed[place].id] for place in way))
    return frozenset({one.id for one in distinct if not one.taxes} | {taxed[place].id for place in best})


def ways_without_sharing(taxes: Sequence[tuple[str, ...]]) -> list[tuple[int, ...]]:
    """Of reliefs of these taxes, by place, every set to which no other can be added without sharing a tax.

    Those with earlier ones come first. Raises `TooHardError` when there are more than can be compared.
    """
    slots = [
        Slots(tuple((place,) for place, some in enumerate(taxes) if tax in some), 1)
        for tax in sorted({tax for some in taxes for tax in some})
    ]
    ways = worthwhile_sets(len(taxes), slots, (), _WAYS)
    if ways is None:
        raise TooHardError("减同一种税的事项太多，没有算出哪些合起来最多")
    return ways


def tax_groups(results: Sequence[Result]) -> list[tuple[list[Benefit], list[str]]]:
    """Benefits with money that reduce the same taxes, two or more together, and the taxes that they share."""
    benefits = {one.benefit.id: one.benefit for one in results if one.claimable and _is_money(one)}
    sharing: dict[tuple[str, ...], list[str]] = {}
    for tax in sorted({tax for benefit in benefits.values() for tax in benefit.taxes}):
        having = tuple(sorted(one.id for one in benefits.values() if tax in one.taxes))
        if len(having) > 1:
            sharing.setdefault(having, []).append(tax)
    return [([benefits[one] for one in having], taxes) for having, taxes in sharing.items()]


def _certain(result: Result) -> int:
    if result.verdict is not Verdict.ELIGIBLE or not _is_money(result) or result.amount is None:
        return 0
    return int(result.amount.low)


def _is_money(result: Result) -> bool:
    return result.amount is not None and counts_as_money(result.benefit)


def counts_as_money(benefit: Benefit) -> bool:
    """Whether what a benefit gives is money that adds up to what an enterprise is due."""
    rule = benefit.amount
    return rule is not None and rule.is_money and benefit.form.is_money


def notes(results: Sequence[Result]) -> list[str]:
    """What must be said beside the total of a plan."""
    found = []
    for benefits, taxes in tax_groups(results):
        names = "、".join(f"“{benefit.name}”" for benefit in benefits)
        found.append(
            f"{names}都减{'、'.join(taxes)}，合起来不会超过应缴的税；能同时减多少以税务机关核定为准，不重复算在确定的部分里。"
        )
    counted = [result for result in results if result.claimable and _is_money(result)]
    if any(
        r.verdict is Verdict.ELIGIBLE and r.amount and r.amount.kind is AmountKind.AT_MOST for r in counted
    ):
        found.append("写着“最高”的金额按最高算，实际给多少由责任单位核定。")
    if any(result.verdict is Verdict.LIKELY for result in counted):
        found.append("可能符合的不算在确定的部分里。")
    return found


def _claim(result: Result, low: int) -> Claim:
    amount, high = result.amount, low
    if amount is not None and _is_money(result):
        high = max(low, int(amount.high if amount.high is not None else amount.low))
    return claim_on(result.benefit, result.on, result.item_index, result.subject, low, high)


def claim_on(
    benefit: Benefit, on: date, item: int | None, subject: str | None, low: int = 0, high: int = 0
) -> Claim:
    """A claim to a benefit on a day, for the item in this place of its collection, if it is about items."""
    keys = {
        "企业": (THIS_ENTERPRISE,),
        "责任单位": benefit.departments,
        "年度": (str(on.year),),
        "事项": (benefit.id,),
    }
    if benefit.subject is not None and item is not None:
        name = (f"{benefit.subject}·{item + 1}·{subject}",)
        keys |= {"项目": name, "人员": name}
    if benefit.matter:
        keys["事由"] = (benefit.matter,)
    if benefit.category:
        keys["类别"] = (benefit.category,)
    return Claim(
        key=key_of(benefit, item),
        benefit=benefit.id,
        name=benefit.name if subject is None else f"{benefit.name}（{subject}）",
        document=benefit.document.id,
        level=benefit.document.level,
        low=low,
        high=high,
        keys={name: values for name, values in keys.items() if values},
        matching=benefit.matching,
    )


def limits(rules: Sequence[StackingRule]) -> list[Limit]:
    """The rules that bound how many or how much."""
    return [
        Limit(
            id=rule.id,
            cite=rule.cite,
            words=rule_words(rule),
            benefits=rule.benefits,
            per=rule.per,
            at_most=rule.at_most,
            total=rule.total,
            highest_only=rule.highest_only,
            by_benefit=not {"项目", "人员", "事项"} & set(rule.per),
        )
        for rule in rules
        if not rule.upper_funds
    ]


def upper_funds(book: RuleBook) -> list[UpperFunds]:
    """The rules by which money of a higher level excludes that of a lower one (except 配套)."""
    return [
        UpperFunds(rule.id, rule.cite, rule_words(rule), rule.benefits, rule.per)
        for rule in book.stacking
        if rule.upper_funds
    ]


def rule_words(rule: StackingRule) -> str:
    """A stacking rule as a sentence."""
    named = [per for per in rule.per if per != "企业" or len(rule.per) == 1]
    cell = "、".join(_SAID[per] for per in named)
    if rule.upper_funds:
        return f"{cell}已得上级资金的，不再享受（配套的除外）"
    if rule.id.endswith(ONCE):
        return "一次性的，领过的不再领"
    if rule.total is not None:
        return f"{cell}合计不超过{money_words(rule.total)}"
    return f"{cell}最多{rule.at_most}项" + ("，按最高的一项执行" if rule.highest_only else "")


def received(facts: Mapping[str, Anything], on: date) -> list[Received]:
    """What the enterprise says that it was granted already (已获奖补), as far as each entry is complete."""
    found = []
    for item in facts.get(RECEIVED) or ():
        year = item.get("年度")
        keys = {"企业": (THIS_ENTERPRISE,), "年度": (str(year if year is not None else on.year),)}
        for field, key in (("责任单位", "责任单位"), ("事由", "事由"), ("项目", "项目"), ("事项", "事项")):
            if isinstance(item.get(field), str):
                keys[key] = (item[field],)
        amount = item.get("金额")
        found.append(
            Received(
                benefit=item.get("事项") if isinstance(item.get("事项"), str) else None,
                level=item["级别"] if isinstance(item.get("级别"), str) else "市",
                amount=int(amount) if isinstance(amount, int) else 0,
                keys=keys,
                name=item["名称"] if isinstance(item.get("名称"), str) else "",
            )
        )
    return found
