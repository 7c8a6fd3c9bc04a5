"""A facts file that is wrong: a clear line for each mistake on stderr, nothing else, never a traceback."""

import errno
import os
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from tests.cli.command import KNOWN, run, spawn, with_facts
from tests.support import Library

LINE = re.compile(r"facts\.yaml:(\d+):(\d+): 错误: (.+)")

BOMB = "a: &a [x, x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}, *{old}, *{old}]\n" for old, new in pairwise("abcdefgh")
)

# What is wrong, the file, and for each complaint its place and how it begins.
MISTAKES = {
    "an unknown fact, with the nearest one": (
        "投资額: 500万元",
        ["1:1 词表里没有“投资額”这个事实（是不是“投资额”？）"],
    ),
    "an unknown fact like no other": ("zzz: 1", ["1:1 词表里没有“zzz”这个事实（运行 huiqi facts 看有哪些）"]),
    "an unknown field": ("项目:\n  - {名字: 甲线}", ["2:6 项目没有“名字”这个字段（是不是“名称”？）"]),
    "a unit of something else": (
        "投资额: 500吨",
        ["1:6 “投资额”的单位不对，写的是“500吨”（单位用 万元）"],
    ),
    "a unit that there is not": ("投资额: 500两", ["1:6 “投资额”要数："]),
    "words for a number": ("从业人数: 很多", ["1:7 “从业人数”要数："]),
    "a number below zero": ("投资额: -1元", ["1:6 “投资额”写的是“-1元”，超出了可能的范围"]),
    "a day that there is not": ("成立日期: 2023-02-29", ["1:7 没有 2023-02-29 这一天"]),
    "a month that there is not": ("成立日期: 2023-13-01", ["1:7 没有 2023-13-01 这一天"]),
    "a day in words": (
        "成立日期: 去年春天",
        ["1:7 “成立日期”要日期，写的是“去年春天”（写成 2024-05-01）"],
    ),
    "a credit code that is too short": (
        "信用代码: 91410205",
        ["1:7 “信用代码”不对：统一社会信用代码应为18位，现有8位"],
    ),
    "a credit code with a letter that is not used": (
        "信用代码: 91410205MAIK3F2X7H",
        ["1:7 “信用代码”不对：第11位“I”"],
    ),
    "a region that is not in the list": ('所在地: "990000"', ["1:6 “所在地”不是已知的行政区划代码"]),
    "a truth value that is neither": ("高新企业: 也许", ["1:7 “高新企业”要写是或否，写的是“也许”"]),
    "an option that there is not": (
        "企业规模: 小形",
        ["1:7 “企业规模”没有“小形”这个选项（是不是“小型”？）"],
    ),
    "a list for one value": ("投资额: [1, 2]", ["1:6 “投资额”只能有一个值，不能是列表"]),
    "one value for a list": ("项目: 甲线", ["1:5 “项目”要列表，一项一个“-”（一项也没有就写 []）"]),
    "an item that is no mapping": ("项目: [甲线]", ["1:6 “项目”的每一项要写成“字段: 值”"]),
    "a range that is upside down": (
        "投资额: {自: 2万元, 至: 1万元}",
        ["1:6 “投资额”的范围下界大于上界（自在前，至在后）"],
    ),
    "a reason for not knowing that there is not": ("投资额: {未知: 忘了}", ["1:7 未知的种类写错了"]),
    "the same key twice": (
        "投资额: 1万元\n高新企业: 是\n投资额: 2万元",
        ["3:1 键「投资额」写了两次（第一次在第 1 行）"],
    ),
    "a tab in the indentation": ("项目:\n\t- {名称: 甲线}", ["2:1 缩进里有制表符（Tab）"]),
    "a wide colon": ("投资额：500万元\n高新企业: 是", ["1:4 键后面用了全角冒号"]),
    "a bracket that is not closed": ("项目: [{名称: 甲线}\n", ["1:5 括号没有合上"]),
    "a list for the whole": ("- 投资额: 1万元", ["1:1 这里要“事实: 值”一行一个"]),
    "a word for the whole": ("你好", ["1:1 这里要“事实: 值”一行一个"]),
    "nothing": ("", ["1:1 文件是空的"]),
    "only a remark": ("# 还没有填", ["1:1 文件是空的"]),
    "two documents": ("投资额: 1万元\n---\n投资额: 2万元", ["2:1 一个文件里只能有一份内容"]),
    "an object of the program behind": (
        "投资额: !!python/object/apply:os.getcwd []",
        ["1:6 不能用 YAML 的标签（!）"],
    ),
    "an alias bomb": (BOMB, ["1:4 不能用 YAML 的锚点（&）"]),
    "nesting of lists without end": ("项目: " + "[" * 100_000, ["1:44 嵌套超过 40 层，不读"]),
    "nesting of mappings": (
        "".join(f"{' ' * depth}a:\n" for depth in range(60)),
        ["41:41 嵌套超过 40 层，不读"],
    ),
    "an invisible character": ("投资\u200b额: 1万元", ["1:3 这里有看不见的字符 U+200B"]),
    "several mistakes": (
        "投资额: 500吨\n高新企业: 也许\n企业名称: 某某公司\n成立日期: 2023-02-29\nzzz: 1",
        [
            "1:6 “投资额”的单位不对",
            "2:7 “高新企业”要写是或否",
            "4:7 没有 2023-02-29 这一天",
            "5:1 词表里没有“zzz”这个事实",
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), MISTAKES.values(), ids=list(MISTAKES))
def test_each_mistake_gets_one_line_with_its_place_and_the_right_word(
    library: Library, text: str, expected: list[str]
) -> None:
    with_facts(Path(), text)
    for language in ((), ("--json",)):
        found = [LINE.fullmatch(line) for line in run("explain", "facts.yaml", *language).complaints]
        said = ["{}:{} {}".format(*one.groups()) if one else "no diagnostic" for one in found]
        assert [line[: len(want)] for line, want in zip(said, expected, strict=True)] == expected


ENCODINGS = {
    "GB18030": (KNOWN.encode("gb18030"), "文件不是 UTF-8 编码，像是 GB18030"),
    "Big5": ("名稱: 這是繁體中文的資料檔案\n".encode("big5"), "文件不是 UTF-8 编码，像是 Big5"),
    "UTF-16": (KNOWN.encode("utf-16"), "文件是 UTF-16 编码，要用 UTF-8"),
    "UTF-16 without a mark": (KNOWN.encode("utf-16-le"), "这是二进制文件，不是文字"),
    "a program": (b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)), "这是二进制文件，不是文字"),
    "noise": (bytes(range(128, 256)) * 40, "这里不是 UTF-8 编码的文字"),
    "a terminal's commands": (b"\x1b[2J\x1b]0;x\x07: 1\n", "这里有不该有的控制字符 U+001B"),
}


@pytest.mark.parametrize(("content", "message"), ENCODINGS.values(), ids=list(ENCODINGS))
def test_what_is_not_text_in_utf_8_gets_one_clear_line(
    library: Library, content: bytes, message: str
) -> None:
    with_facts(Path(), content)
    (line,) = run("explain", "facts.yaml").complaints
    assert message in line
    assert line.isprintable()


def test_a_byte_order_mark_is_no_mistake(library: Library) -> None:
    with_facts(Path(), KNOWN.encode("utf-8-sig"))
    assert run("explain", "facts.yaml", "--on", "2024-06-01").code == 0


def test_a_hundred_megabytes_are_not_read(library: Library) -> None:
    with Path("facts.yaml").open("wb") as file:
        file.truncate(100_000_000)
    (line,) = run("explain", "facts.yaml").complaints
    assert line == "facts.yaml:1:1: 错误: 文件超过 5 MB，不读（拆成几个文件）"


def test_a_file_just_small_enough_to_be_read_is_refused_for_its_nonsense(library: Library) -> None:
    with_facts(Path(), "[" * 4_999_000)
    (line,) = run("explain", "facts.yaml").complaints
    assert "嵌套超过 40 层" in line


@pytest.mark.parametrize(
    ("name", "message"),
    [("no-such-file.yaml", "没有这个文件"), (".", "这不是普通文件"), ("catalogue", "这不是普通文件")],
)
def test_what_is_no_file_gets_one_clear_line(library: Library, name: str, message: str) -> None:
    (line,) = run("explain", name).complaints
    assert line == f"{name}:1:1: 错误: {message}"


def test_a_device_is_not_read(library: Library) -> None:
    (line,) = run("explain", os.devnull).complaints
    assert "这不是普通文件" in line


def test_a_file_that_may_not_be_read_gets_one_clear_line(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_facts(Path(), KNOWN)
    opened: Callable[..., object] = Path.open

    def forbids(path: Path, *how: str, **more: str) -> object:
        """As the system does; it forbids nothing to root, which tests may run as."""
        if path.name == "facts.yaml":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return opened(path, *how, **more)

    monkeypatch.setattr(Path, "open", forbids)
    (line,) = run("explain", "facts.yaml").complaints
    assert line == f"facts.yaml:1:1: 错误: 文件读不了（{os.strerror(errno.EACCES)}）"


def test_a_personal_number_is_never_repeated(library: Library) -> None:
    number = "41020519900101123" + "45"
    with_facts(Path(), f"号码: {number}\n")
    ran = run("explain", "facts.yaml")
    assert len(ran.complaints) == 1
    assert number not in ran.err
    assert "公民身份号码应为18位，现有19位" in ran.err


@pytest.mark.parametrize(
    "content", [ENCODINGS["GB18030"][0], ENCODINGS["a program"][0], b"\xef\xbb\xbf", b"a: &a [*a]"]
)
def test_a_process_of_its_own_says_it_the_same_way(library: Library, content: bytes) -> None:
    with_facts(Path(), content)
    ran = spawn("explain", "facts.yaml", settings={"LC_ALL": "C"})
    assert len(ran.complaints) == 1
    assert LINE.fullmatch(ran.err.rstrip("\n"))
