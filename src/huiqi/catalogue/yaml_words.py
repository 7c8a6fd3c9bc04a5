"""The YAML parser's complaints in the words of a policy officer, with the usual cause as the hint."""

from __future__ import annotations

import re
from typing import Any

import yaml

_FLOW_HINT = "在 {…} 和 […] 里，含逗号或方括号的式要整个加引号；括号要成对"
_WIDE_COLON = re.compile(r"^[\s\-{\[]*[^\s:\"'#]+：")
_WIDE_COMMA = re.compile(r"，[^,{}\[\]，]*$")


def explain_syntax(problem: yaml.MarkedYAMLError, text: str) -> tuple[int, int, str, str]:
    """Line and column (from 1), message and hint for a syntax error of the YAML parser in `text`."""
    mark: Any = problem.problem_mark or problem.context_mark
    what = problem.problem or ""
    context = problem.context or ""
    start: Any = problem.context_mark or mark
    lines = re.split(r"\r\n|\r|\n", text)

    if mark is None:
        return 1, 1, "文件不合 YAML 的写法", ""
    line = lines[mark.line] if mark.line < len(lines) else ""
    here = (mark.line + 1, mark.column + 1)
    indentation = line[: len(line) - len(line.lstrip(" \t"))]
    if "\t" in indentation:
        return mark.line + 1, line.index("\t") + 1, "缩进里有制表符（Tab）", "缩进只用空格"
    if "quoted scalar" in context:
        if "escape" in what:
            return start.line + 1, start.column + 1, "双引号里的反斜杠写法不认识", "改用单引号"
        return start.line + 1, start.column + 1, "引号没有合上", "前后用同一种半角引号"
    if "block scalar" in context:
        return start.line + 1, start.column + 1, "值以 > 或 | 开头，会当成多行文字", "整个加引号"
    if "cannot start any token" in what or "directive" in context:
        sign = line[start.column : start.column + 1]
        return start.line + 1, start.column + 1, f"值不能以「{sign}」开头", "整个加引号"
    if "anchor" in context or "alias" in context or "tag" in context:
        return start.line + 1, start.column + 1, "值以 &、* 或 ! 开头，会当成 YAML 的记号", "整个加引号"

    suspect = next((at for at in (mark.line, mark.line - 1, start.line) if _wide_colon(lines, at)), None)
    if suspect is not None:
        column = lines[suspect].index("：") + 1
        return suspect + 1, column, "键后面用了全角冒号", "冒号用半角的，后面空一格"
    if "flow" in context:
        wide_comma = _WIDE_COMMA.search(line[: mark.column])
        if line[mark.column : mark.column + 1] == ":" and wide_comma:
            return mark.line + 1, wide_comma.start() + 1, "这里的逗号是全角的", "逗号用半角的，后面空一格"
        if mark.line >= len(lines) - 1 and not line.strip():
            return start.line + 1, start.column + 1, "括号没有合上", _FLOW_HINT
        return *here, "这里的写法断开了", _FLOW_HINT
    if "mapping values" in what:
        wide = re.search(r"[｛［]", line[: mark.column])
        if wide:
            return mark.line + 1, wide.start() + 1, "这里的括号是全角的", "括号用半角的"
        return *here, "这里不能再有冒号", "与上一行的缩进对齐；值里有半角冒号加空格时要加引号"
    if "could not find expected ':'" in what:
        return start.line + 1, start.column + 1, "这一行没有冒号", "写成「键: 值」，冒号用半角、后面空一格"
    if "block collection" in context:
        return *here, "列表里混进了不以 - 开头的行", "与上下各项的缩进对齐"
    return *here, "这一行与上下文对不齐", "检查缩进（同一层左边要对齐）和行末多余的字"


def _wide_colon(lines: list[str], number: int) -> bool:
    return 0 <= number < len(lines) and bool(_WIDE_COLON.match(lines[number])) and ": " not in lines[number]
