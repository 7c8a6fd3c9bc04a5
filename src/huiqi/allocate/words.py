"""The reasons of a plan in Chinese that a shop owner understands. Amounts come in 分, and are said in 元."""

from __future__ import annotations

from collections.abc import Sequence

from huiqi.allocate.result import Exclusion, Price, Rule
from huiqi.allocate.rules import Claim, Received

_YUAN = 100
_WAN = 10_000 * _YUAN


def money(fen: int) -> str:
    """An amount as people say it, never rounded: 50万元, 12.5万元, 8000元, 123456.78元."""
    if fen >= _WAN and fen % (_WAN // 100) == 0:
        return f"{_decimal(fen, _WAN)}万元"
    return f"{_decimal(fen, _YUAN)}元"


def span(low: int, high: int) -> str:
    """A range of amounts: 50万元, 最高50万元, 20万元至50万元."""
    if low == high:
        return money(high)
    if low == 0:
        return f"最高{money(high)}"
    return f"{money(low)}至{money(high)}"


def slots_received(rule: Rule, received: Sequence[Received]) -> str:
    """A limit on how many is used up by what was had before."""
    return f"{_said(rule)}，此前已享受{_grants(received)}，不能再享受本项"


def total_received(rule: Rule, received: Sequence[Received]) -> str:
    """A limit on how much is used up by what was had before."""
    return f"{_said(rule)}，此前领取的{_grants(received)}已经用满，本项不能再领"


def upper_funds_received(rule: Rule, received: Sequence[Received]) -> str:
    """Money of a higher level was had before for the same thing."""
    return f"{_said(rule)}，此前已获{_grants(received)}，不能再享受本项"


def outranked(rule: Rule, higher: Sequence[Claim], received: Sequence[Received]) -> str:
    """就高: higher ones go first, taken or not."""
    before = f"此前已享受{_grants(received)}，" if received else ""
    return f"{_said(rule)}，{before}{_claims(higher)}更高，不能改选本项"


def slot_taken(rule: Rule, chosen: Sequence[Claim], received: Sequence[Received], *, undecided: bool) -> str:
    """A limit on how many is used up by what is chosen; ``undecided``: 就高 waits for the final amounts."""
    before = f"此前已享受{_grants(received)}，" if received else ""
    after = "，哪项更高要等金额核定，以核定后高的为准" if undecided else ""
    return f"{_said(rule)}，{before}已选{_claims(chosen)}{after}"


def total_used_up(rule: Rule, chosen: Sequence[Claim], received: Sequence[Received]) -> str:
    """A limit on how much is used up by what is chosen."""
    before = f"此前领取的{_grants(received)}和" if received else ""
    return f"{_said(rule)}，已由{before}所选的{_names(chosen)}用满"


def reduced(claim: Claim, low: int, high: int, rules: Sequence[Rule]) -> str:
    """A claim is paid less than its own amount."""
    own, paid = span(claim.low, claim.high), span(low, high)
    return f"本项为{own}，因{'；'.join(_said(rule) for rule in rules)}，只计{paid}。"


def left_out(exclusions: Sequence[Exclusion], price: Price | None) -> str:
    """Everything that keeps a claim out, and what it would cost to take it."""
    reasons = list(dict.fromkeys(exclusion.because for exclusion in exclusions))
    return "；".join(reasons if price is None else [*reasons, _instead(price)]) + "。"


def _instead(price: Price) -> str:
    difference = _difference(price.low, price.high)
    gain = f"，同时可增选{_names(price.gain)}" if price.gain else ""
    if price.drop:
        return f"若改选本项，要放弃{_names(price.drop)}{gain}，合计{difference}"
    return f"若加上本项{gain}，合计{difference}"


def _difference(low: int, high: int) -> str:
    """How much less it comes to, where the certain part and the most may differ."""
    if low == high:
        return f"少得{money(low)}" if low else "不变"
    certain = f"能确定的部分少得{money(low)}" if low else "能确定的部分不变"
    if high < 0:
        return f"{certain}，但最多可多得{money(-high)}"
    return f"{certain}，最多时{f'少得{money(high)}' if high else '不变'}"


def _said(rule: Rule) -> str:
    return f"{rule.words}（{rule.cite}）" if rule.cite else rule.words


def _claims(claims: Sequence[Claim]) -> str:
    return "、".join(f"“{claim.name}”（{span(claim.low, claim.high)}）" for claim in claims)


def _names(claims: Sequence[Claim]) -> str:
    return "、".join(f"“{claim.name}”" for claim in claims)


def _grants(received: Sequence[Received]) -> str:
    return "、".join(map(_grant, received))


def _grant(grant: Received) -> str:
    name = f"“{grant.name}”" if grant.name else f"{grant.level}级资金"
    return f"{name}（{money(grant.amount)}）" if grant.amount else name


def _decimal(amount: int, unit: int) -> str:
    """An amount in a unit of which it has at most two decimals."""
    whole, rest = divmod(amount, unit)
    return f"{whole}.{rest * 100 // unit:02d}".rstrip("0").rstrip(".") if rest else str(whole)
