"""A count in a Chinese sentence that an officer can put into a notice."""

from collections.abc import Sequence

from huiqi.clocks.explain import Outcome
from huiqi.clocks.period import Pause, Period, day_of, said


def words_of(period: Period, outcome: Outcome, guessed: Sequence[int], ending: Sequence[int]) -> str:
    """Say how the period was counted, when it ends, and how sure that is.

    ``guessed`` are years without a notice, ``ending`` years whose last days the next notice may change.
    """
    sentences = [_count(period, outcome)]
    if guessed:
        years = "、".join(str(year) for year in guessed)
        sentences.append(
            f"{years} 年的放假安排还没有录入，只按周末推定；录入通知后要重算，在此之前到期不自动生效"
        )
    for year in ending:
        if year + 1 in guessed:
            continue
        sentences.append(
            f"{year + 1} 年的放假安排可能调整 {year} 年的最后几日，录入后要重算，在此之前到期不自动生效"
        )
    return "。".join(sentences) + "。"


def moved_words(before: str, after: str, sure_before: bool, sure_after: bool) -> str:
    """Say what a changed calendar did to a due date."""
    if before != after:
        return f"到期由 {before} 改为 {after}。"
    if sure_after and not sure_before:
        return f"到期仍是 {after}，不再是推定。"
    return f"到期仍是 {after}。"


def _count(period: Period, outcome: Outcome) -> str:
    parts = [_start(period, outcome), _length(period)]
    parts += [_pause(pause) for pause in period.pauses]
    if outcome.day is None:
        assert outcome.left is not None
        assert outcome.left_unit is not None
        parts.append(f"中止还没有结束，恢复后还有 {outcome.left_unit.amount(outcome.left)}，届时才有到期日")
        return "；".join(parts)
    if outcome.unrolled is not None and outcome.unrolled != outcome.day:
        parts.append(f"按日数到 {outcome.unrolled}，当日休息，顺延")
    parts.append(f"至 {_end(period, outcome)}")
    return "；".join(parts)


def _start(period: Period, outcome: Outcome) -> str:
    if period.unit.of_time:
        return f"自 {said(period.start)} 起算"
    happened = day_of(period.start)
    if outcome.effective != happened:
        return f"{said(period.start)} 不在办公时间，算 {outcome.effective} 发生，自次日起算"
    if not any(number for number, _ in period.parts):
        return f"自 {happened} 当日"
    return f"自 {happened} 次日起算"


def _length(period: Period) -> str:
    parts = [f"共 {period.unit.amount(period.length)}"]
    for each in period.extensions:
        cause = f"（{each.cause}）" if each.cause else ""
        parts.append(f"延长 {each.unit.amount(each.length)}{cause}")
    return "，".join(parts)


def _pause(pause: Pause) -> str:
    cause = f"（{pause.cause}）" if pause.cause else ""
    until = "尚未恢复" if pause.end is None else f"{said(pause.end)} 恢复"
    return f"{said(pause.start)} 中止{cause}，{until}"


def _end(period: Period, outcome: Outcome) -> str:
    assert outcome.day is not None
    assert outcome.ends is not None
    if period.unit.of_time:
        return f"{outcome.ends:%Y-%m-%d %H:%M}"
    if outcome.ends.date() == outcome.day:
        return f"{outcome.day} {outcome.ends:%H:%M}（停止办公）"
    return outcome.day.isoformat()
