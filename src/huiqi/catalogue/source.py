"""YAML text into a tree whose every key and value knows its place; nothing is guessed, nothing runs.

Only the events of the YAML parser are used. Everything above them is decided here, because YAML 1.1
would turn `no`, `12:30`, `010` and leading-zero codes into something else, lets a later key silently
replace an earlier one, and lets a small file unfold into a huge one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from huiqi.catalogue.yaml_words import explain_syntax
from huiqi.language.diagnostics import Diagnostic, Severity
from huiqi.language.syntax import Span

MAX_BYTES = 5_000_000
"""Largest file that is read. The longest real policy file is under 100 kB."""
MAX_DEPTH = 40
"""Deepest nesting of lists and mappings; conditions in conditions rarely pass ten."""
MAX_NODES = 200_000
"""Most keys and values in one file: an enterprise with ten thousand employees fits."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_CONTROL = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")

_INT = re.compile(r"-?(?:0|[1-9][0-9]{0,39})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,39})\.[0-9]{1,20}")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NARROW_DIGITS = str.maketrans("０１２３４５６７８９．－", "0123456789.-")
_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "是": True, "true": True, "True": True, "TRUE": True,
    "否": False, "false": False, "False": False, "FALSE": False,
}  # fmt: skip

Value: TypeAlias = bool | int | Decimal | date | str | None


def error_at(at: Span, message: str, hint: str = "") -> Diagnostic:
    """An error at a place."""
    return Diagnostic(Severity.ERROR, at.file, at.line, at.column, message, hint)


def warning_at(at: Span, message: str, hint: str = "") -> Diagnostic:
    """A warning at a place."""
    return Diagnostic(Severity.WARNING, at.file, at.line, at.column, message, hint)


class Key(str):
    """A key of a mapping: equal to its text, and knows its place."""

    __slots__ = ("at",)
    at: Span

    def __new__(cls, text: str, at: Span) -> Key:
        """A key with this text, standing at this place."""
        key = super().__new__(cls, text)
        key.at = at
        return key


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A single value as written.

    `raw` is the text (NFC, without quotes); `value` what it means: null, 是/否/true/false, a whole number,
    an exact decimal, a date, and otherwise the text itself. Quoted and block text is always text.
    `span` is the stretch of the file when it differs from `raw` (quotes, several lines), else empty.
    """

    raw: str
    value: Value
    at: Span
    quoted: bool = False
    span: str = ""


class ListNode(list["Node"]):
    """A list, with the place where it starts."""

    __slots__ = ("at",)

    def __init__(self, at: Span) -> None:
        super().__init__()
        self.at = at


class MapNode(dict[str, "Node"]):
    """A mapping, with the place where it starts; its keys are `Key` and know their places."""

    __slots__ = ("at",)

    def __init__(self, at: Span) -> None:
        super().__init__()
        self.at = at

    def key_at(self, name: str) -> Span:
        """Where a key stands; the start of the mapping when it has no such key."""
        return next((key.at for key in self if isinstance(key, Key) and key == name), self.at)


Node: TypeAlias = ScalarNode | ListNode | MapNode


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its tree (None when there is none) and what was wrong with it."""

    file: str
    root: Node | None
    diagnostics: tuple[Diagnostic, ...] = ()


class _RefusedError(Exception):
    """Reading cannot go on; carries the one diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


def read_file(path: Path, name: str | None = None) -> Source:
    """Read a YAML file; `name` is how diagnostics call it, default the path. Never raises for its content."""
    shown = name if name is not None else str(path)
    start = Span(shown, 1, 1)
    try:
        if not path.exists():
            return Source(shown, None, (error_at(start, "没有这个文件"),))
        if not path.is_file():
            return Source(shown, None, (error_at(start, "这不是普通文件"),))
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as problem:
        return Source(shown, None, (error_at(start, "文件读不了", problem.strerror or ""),))
    return read_source(data, shown)


def read_source(content: bytes | str, name: str) -> Source:
    """Read YAML from memory; `name` is how diagnostics call it. Never raises for its content."""
    try:
        if len(content) > MAX_BYTES:
            raise _RefusedError(
                error_at(Span(name, 1, 1), f"文件超过 {MAX_BYTES // 1_000_000} MB，不读", "拆成几个文件")
            )
        text = _decode(content, name) if isinstance(content, bytes) else content
        text = text.removeprefix("\ufeff")
        _refuse_odd_characters(text, name)
        builder = _Builder(text, name)
        root = builder.build()
        return Source(name, root, tuple(builder.problems))
    except _RefusedError as refused:
        return Source(name, None, (refused.diagnostic,))


def _decode(data: bytes, name: str) -> str:
    start = Span(name, 1, 1)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _RefusedError(error_at(start, "文件是 UTF-16 编码，要用 UTF-8", "在编辑器里另存为 UTF-8"))
    if b"\0" in data:
        raise _RefusedError(error_at(start, "这是二进制文件，不是文字", "这里要 UTF-8 编码的 YAML 文字"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        line_start = data.rfind(b"\n", 0, problem.start) + 1
        at = Span(
            name,
            data.count(b"\n", 0, problem.start) + 1,
            len(data[line_start : problem.start].decode("utf-8")) + 1,
        )
    likely = _likely_encoding(data)
    if likely is None:
        raise _RefusedError(error_at(at, "这里不是 UTF-8 编码的文字", "文件可能已损坏，或者不是文字"))
    raise _RefusedError(
        error_at(
            at,
            f"文件不是 UTF-8 编码，像是 {likely}",
            f"在编辑器里另存为 UTF-8，或运行 iconv -f {likely} -t UTF-8 旧文件 > 新文件",
        )
    )


def _likely_encoding(data: bytes) -> str | None:
    """GB18030 or Big5 when the bytes decode to mostly Chinese characters and ASCII in it, else None."""
    best: tuple[int, str] | None = None
    for encoding in ("GB18030", "Big5"):
        try:
            wide = [c for c in data.decode(encoding) if c > "\x7f"]
        except UnicodeDecodeError:
            continue
        # Characters of level one of GB 2312 and of Big5 are the common ones; a wrong guess yields rare ones.
        common = sum(1 for c in wide if _is_common(c))
        if wide and common * 2 >= len(wide) and (best is None or common > best[0]):
            best = (common, encoding)
    return best[1] if best else None


def _is_common(character: str) -> bool:
    if character in "，。：；、（）“”《》％　！？":
        return True
    try:
        lead = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return "\u4e00" <= character <= "\u9fff" and character.encode("big5", "ignore")[:1] < b"\xc9"
    return 0xB0 <= lead <= 0xD7


def _refuse_odd_characters(text: str, name: str) -> None:
    for pattern, words, hint in (
        (_CONTROL, "不该有的控制字符", "删掉它"),
        (_INVISIBLE, "看不见的字符", "多半是从网页粘贴带来的，删掉它"),
    ):
        found = pattern.search(text)
        if found:
            before = text[: found.start()]
            at = Span(
                name, len(re.findall(r"\r\n|\r|\n", before)) + 1, found.start() - _line_start(before) + 1
            )
            raise _RefusedError(error_at(at, f"这里有{words} U+{ord(found.group()):04X}", hint))


def _line_start(before: str) -> int:
    return max(before.rfind("\n"), before.rfind("\r")) + 1


def _refuse_magic(event: yaml.NodeEvent, at: Span) -> None:
    if isinstance(event, yaml.AliasEvent):
        raise _RefusedError(error_at(at, "不能用 YAML 的引用（*）", "值以 * 开头时加引号"))
    if event.anchor is not None:
        raise _RefusedError(error_at(at, "不能用 YAML 的锚点（&）", "值以 & 开头时加引号"))
    if getattr(event, "tag", None) is not None:
        raise _RefusedError(error_at(at, "不能用 YAML 的标签（!）", "值以 ! 开头时加引号"))


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being filled."""

    node: ListNode | MapNode
    flow: bool
    key: Key | None = None
    key_end: int = 0
    dropped: bool = False
    broken: bool = False


@dataclass(slots=True)
class _Builder:
    """Builds the tree from parser events, without recursion, and collects what is wrong."""

    text: str
    file: str
    problems: list[Diagnostic] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    root: Node | None = None
    nodes: int = 0

    def build(self) -> Node | None:
        loader = _Loader(self.text)
        documents = 0
        try:
            while loader.check_event():
                event = loader.get_event()
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        hint = "删掉 --- 或者拆成两个文件"
                        raise _RefusedError(
                            error_at(self._place(event.start_mark), "一个文件里只能有一份内容", hint)
                        )
                else:
                    self._take(event)
        except yaml.MarkedYAMLError as problem:
            line, column, message, hint = explain_syntax(problem, self.text)
            raise _RefusedError(error_at(Span(self.file, line, column), message, hint)) from None
        finally:
            loader.dispose()
        if self.root is None or (isinstance(self.root, ScalarNode) and self.root.value is None):
            raise _RefusedError(error_at(Span(self.file, 1, 1), "文件是空的"))
        return self.root

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.NodeEvent):
            at = self._place(event.start_mark)
            _refuse_magic(event, at)
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event, at)
            elif isinstance(event, yaml.CollectionStartEvent):
                if len(self.stack) >= MAX_DEPTH:
                    raise _RefusedError(error_at(at, f"嵌套超过 {MAX_DEPTH} 层，不读"))
                node = ListNode(at) if isinstance(event, yaml.SequenceStartEvent) else MapNode(at)
                self._attach(node)
                self.stack.append(_Open(node, bool(event.flow_style)))
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()

    def _scalar(self, event: yaml.ScalarEvent, at: Span) -> None:
        start, end = self._index(event.start_mark), self._index(event.end_mark)
        text = str(event.value)
        if event.style == '"' and (_CONTROL.search(text) or _INVISIBLE.search(text)):
            raise _RefusedError(error_at(at, "转义写出了控制字符或看不见的字符", "直接写字"))
        raw = text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.node, MapNode) and top.key is None and not top.dropped:
            self._key(top, raw, at, end)
            return
        quoted = bool(event.style)
        if raw[:1] in ("［", "｛") and not quoted:
            self.problems.append(error_at(at, "这里的括号是全角的", "列表用半角的 […]；就要这个字，加引号"))
            if top is not None:
                top.broken = True
        if top is not None and top.flow and not quoted:
            self._check_flow_text(top, raw, at, start)
        span = self.text[start:end]
        value: Value = raw if quoted else self._resolve(raw, at)
        self._attach(ScalarNode(raw, value, at, quoted, "" if span == text else span))

    def _key(self, top: _Open, raw: str, at: Span, end: int) -> None:
        key = Key(raw, at)
        if not raw.strip():
            self.problems.append(error_at(at, "这里的键是空的"))
            top.dropped = True
        elif raw != raw.strip():
            self.problems.append(error_at(at, f"键「{raw.strip()}」前后有全角或特殊的空格", "只用半角空格"))
            top.dropped = True
        elif isinstance(top.node, MapNode) and key in top.node:
            first = top.node.key_at(raw)
            self.problems.append(error_at(at, f"键「{raw}」写了两次", f"第一次在第 {first.line} 行"))
            top.dropped = True
        else:
            top.key, top.key_end = key, end
            return
        top.key_end = end

    def _check_flow_text(self, top: _Open, raw: str, at: Span, start: int) -> None:
        """Inside {…} and […] a comma ends a value: a formula with commas comes apart without a sound."""
        if not top.broken and raw.count("(") + raw.count("（") != raw.count(")") + raw.count("）"):
            top.broken = True
            hint = "在 {…} 和 […] 里，含逗号或方括号的式要整个加引号"
            self.problems.append(error_at(at, f"「{raw}」的括号不成对", hint))
        if raw or top.key is None or ":" in self.text[top.key_end : start + 1]:
            return
        top.dropped = True
        if top.broken:
            return
        hint = "在 {…} 里，含逗号的式要整个加引号"
        if re.search("[：，｛｝［］]", top.key):
            hint = "冒号、逗号、括号用半角的，冒号后面空一格"
        self.problems.append(error_at(top.key.at, f"「{top.key}」后面没有冒号和值", hint))

    def _attach(self, node: Node) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise _RefusedError(
                error_at(node.at, f"内容超过 {MAX_NODES // 10_000} 万项，不读", "拆成几个文件")
            )
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if isinstance(top.node, ListNode):
            top.node.append(node)
        elif top.dropped:
            top.key, top.dropped = None, False
        elif top.key is None:
            raise _RefusedError(
                error_at(node.at, "键要是一个词，不能是列表或另一组键", "式以 [ 或 { 开头时加引号")
            )
        else:
            top.node[top.key] = node
            top.key = None

    def _resolve(self, raw: str, at: Span) -> Value:
        if raw in _WORDS:
            return _WORDS[raw]
        narrow = raw.translate(_NARROW_DIGITS)
        if _INT.fullmatch(narrow):
            return int(narrow)
        if _DECIMAL.fullmatch(narrow):
            return Decimal(narrow)
        found = _DATE.fullmatch(narrow)
        if not found:
            return raw
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            self.problems.append(error_at(at, f"没有 {raw} 这一天", "不是日期的编号要加引号"))
            return raw

    def _place(self, mark: Any) -> Span:
        """The place of a mark; the parser gives one with every event of ours."""
        return Span(self.file, mark.line + 1, mark.column + 1)

    @staticmethod
    def _index(mark: Any) -> int:
        """The number of characters before a mark."""
        return int(mark.index)
