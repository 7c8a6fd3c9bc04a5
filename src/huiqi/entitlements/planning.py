"""From results to claims, and from stacking rules to limits: what ``allocate`` needs to choose the best lawful set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any as Anything

from huiqi.allocate import Claim, Limit, Received, UpperFunds
from huiqi.catalogue.consistency import RECEIVED
from huiqi.evaluate.result import Result
from huiqi.language.benefit import Benefit, RuleBook, StackingRule
from huiqi.language.units import money_words

THIS_ENTERPRISE = "本企业"
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
    """What may be taken: every benefit that is 符合 or 可能符合; only money counts towards the total."""
    return [_claim(result) for result in results if result.claimable]


def _claim(result: Result) -> Claim:
    benefit, amount = result.benefit, result.amount
    low = high = 0
    if amount is not None and amount.is_money and benefit.form.is_money:
        low = int(amount.low)
        high = int(amount.high) if amount.high is not None else low
    return Claim(
        key=result.key,
        benefit=benefit.id,
        name=benefit.name if result.subject is None else f"{benefit.name}（{result.subject}）",
        document=benefit.document.id,
        level=benefit.document.level,
        low=low,
        high=high,
        keys=_keys(benefit, result),
        matching=benefit.matching,
    )


def _keys(benefit: Benefit, result: Result) -> dict[str, tuple[str, ...]]:
    keys = {
        "企业": (THIS_ENTERPRISE,),
        "责任单位": benefit.departments,
        "年度": (str(result.on.year),),
        "事项": (benefit.id,),
    }
    if benefit.subject is not None and result.item_index is not None:
        item = (f"{benefit.subject}·{result.item_index + 1}·{result.subject}",)
        keys |= {"项目": item, "人员": item}
    if benefit.matter:
        keys["事由"] = (benefit.matter,)
    if benefit.category:
        keys["类别"] = (benefit.category,)
    return {name: values for name, values in keys.items() if values}


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
