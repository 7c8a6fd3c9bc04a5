"""What a question asks for: its words without those that only ask, and the kind of answer that it wants."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from huiqi.library.store.tokens import fold

LONGEST = 200
"""Characters of a question that are read; what is pasted beyond them is left out, and said to be."""

_ASKING = re.compile(
    "|".join(
        (
            "请问|您好|你好|咨询一下|想问一下|想问|问一下|想知道|想了解|我想|我要|我们|我",
            "能不能|可不可以|可否|能否|是否|是不是|会不会|要不要|需不需要|用不用|有没有|有无|行不行",
            "什么时候|什么时间|什么|何时|怎么办(?!理)|怎么样|怎么|怎样|如何|为什么|为啥|哪些|哪个|哪里|哪儿|哪家|哪",
            "多少钱|多少|多久|多长时间|多长|多大|几|啥|谁|吗|呢|(?:吧|啊|呀|么|嘛|了)$",
        )
    )
)
_COUNTED = "个|家|人|项|名|件|条|次|户|亩|吨|辆|台|平方米|公里|批|期|倍|处|所|座"
_NUMBER = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千]+)\s*(?:万|亿|余|多)*\s*"


class Wanted(StrEnum):
    """The kind of answer that a question wants."""

    AMOUNT = "金额或比例"
    PERIOD = "时长"
    DATE = "日期"
    MATERIALS = "材料"
    OFFICE = "办理单位"
    COUNT = "数量"


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was read.

    ``pieces`` are the stretches of it to search for; ``answers`` tells a passage with an answer of the kind
    that is wanted; ``cut`` says that the question was longer than ``LONGEST``.
    """

    text: str
    pieces: tuple[str, ...]
    wanted: Wanted | None
    answers: Callable[[str], bool]
    cut: bool


_KINDS: tuple[tuple[Wanted, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        Wanted.MATERIALS,
        re.compile(
            r"(?:什么|哪些|啥|提供|准备|提交|要交|需要|带)[^，。？]{0,4}(?:材料|资料|证件|证明|手续)|材料清单"
        ),
        re.compile(r"材料|资料|证件|证明|申请表|复印件|承诺书"),
    ),
    (
        Wanted.OFFICE,
        re.compile(
            r"哪个(?:部门|单位|局)|什么(?:部门|单位)|谁(?:来)?(?:负责|管|办|受理|牵头)|找谁|归谁|(?:去|到|在|向)哪"
        ),
        re.compile(r"责任单位|牵头|负责|主管部门|受理|向[^。；]{2,24}(?:申请|提出|申报|投诉|举报|报告)"),
    ),
    (
        Wanted.PERIOD,
        re.compile(r"多久|多长时间|(?:多少|几)个?(?:工作日|小时|分钟|天|日|年|月|周)(?!份)|[时期]限是?多"),
        re.compile(
            _NUMBER + r"个?(?:工作日|自然日|小时|分钟|天|(?<!月\d)(?<!月\d\d)日|(?<!\d{4})年|月(?!\d)|周)"
        ),
    ),
    (
        Wanted.DATE,
        re.compile(r"什么时[候间]|何时|几月|几号|哪(?:一?天|年|月)|截止"),
        re.compile(r"\d{4}\s*年|\d{1,2}\s*月|之日起|月底前|年底前"),
    ),
    (
        Wanted.COUNT,
        re.compile(rf"(?:多少|几)(?:{_COUNTED})"),
        re.compile(_NUMBER + rf"(?:{_COUNTED})"),
    ),
    (
        Wanted.AMOUNT,
        re.compile(r"多少|几(?:万|元|块|成|折)|额度|百分之几|比例是?多"),
        re.compile(r"\d\s*(?:百|千|万|亿)*元|\d\s*[%％‰]|百分之"),
    ),
)


def read_question(text: str) -> Question:
    """Read a question as people write it: a sentence, a few words, or anything else."""
    cut = len(text) > LONGEST
    asked = fold(text[:LONGEST]).strip()
    wanted, pattern = next(
        ((kind, answer) for kind, asks, answer in _KINDS if asks.search(asked)), (None, None)
    )
    pieces = tuple(piece for part in asked.split() for piece in _ASKING.split(part) if piece)

    def answers(passage: str) -> bool:
        return pattern is not None and pattern.search(passage) is not None

    return Question(asked, pieces, wanted, answers, cut)
