"""How the command line is asked: languages, wrong options, where the catalogue is, closed pipes, locales."""

import os
import re
from pathlib import Path

import pytest

from huiqi import __version__
from tests.cli.command import ENTERPRISE, KNOWN, run, spawn, with_facts
from tests.support import Library

COMMANDS = (
    "allot",
    "booklet",
    "calendar",
    "cases",
    "check",
    "clock",
    "coverage",
    "documents",
    "due",
    "explain",
    "facts",
    "impact",
    "ingest",
    "ledger",
    "match",
    "procedure",
    "report",
    "sample",
    "search",
    "serve",
    "staff",
    "test",
)
PROCEDURE = ("list", "show", "draw", "check", "simulate", "test")
HAN = re.compile("[\u4e00-\u9fff]")
ENGLISH = re.compile(r"\b(?:Usage|Options|Commands|OPTIONS|TEXT|PATH|DATE|INTEGER|the|default)\b")
EVERY_HELP = """\
import click
from huiqi.cli import main
from huiqi.cli.main import huiqi

def commands(group, path):
    yield path
    if isinstance(group, click.Group):
        for name in group.list_commands(None):
            yield from commands(group.get_command(None, name), [*path, name])

for path in commands(huiqi, []):
    try:
        main([*path, "--help"])
    except SystemExit as end:
        assert end.code == 0
    print("----")
"""
"""Prints the help of every command, of those below a group too, each with a line after it."""


@pytest.mark.parametrize(
    ("settings", "chinese"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_CN.GB18030"}, True),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, True),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, False),
        ({"LANG": "en_US.UTF-8"}, False),
        ({}, False),
    ],
    ids=str,
)
def test_help_is_in_the_language_of_the_reader(settings: dict[str, str], chinese: bool) -> None:
    ran = spawn(program=EVERY_HELP, settings=settings)
    assert (ran.code, ran.err) == (0, "")
    *pages, rest = ran.out.split("----\n")
    assert rest == ""
    shown = {match[1] for page in pages if (match := re.search(r"huiqi((?: [a-z-]+)*)", page))}
    assert {"", *(f" {name}" for name in COMMANDS), *(f" procedure {name}" for name in PROCEDURE)} <= shown
    assert len(shown) == len(pages)
    for page in pages:
        assert bool(HAN.search(page)) == chinese
        assert bool(ENGLISH.search(page)) != chinese


def test_help_names_every_command() -> None:
    listed = re.findall(r"^  ([a-z]+)  ", run("--help").out, re.MULTILINE)
    assert listed == list(COMMANDS)
    assert run().out == run("--help").out


def test_version() -> None:
    assert run("--version").out == f"huiqi {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("fact",), "没有 fact 这个命令；看 huiqi --help"),
        (("--verbose",), "没有 --verbose 这个选项；看 huiqi --help"),
        (("facts", "--verbose"), "没有 --verbose 这个选项；看 huiqi facts --help"),
        (("explain",), "缺少 "),
        (("explain", "a.yaml", "b.yaml"), "多余的参数：b.yaml；看 huiqi explain --help"),
        (("facts", "--json=yes"), "选项 --json 写得不对"),
        (("explain", "a.yaml", "--on"), "选项 --on 写得不对"),
        (("--catalogue",), "选项 --catalogue 写得不对"),
        (("serve", "--port", "http"), "“http”不是端口：端口是 0 到 65535 的整数"),
        (("serve", "--port", "65536"), "“65536”不是端口"),
        (("serve", "--port", "-1"), "“-1”不是端口"),
    ],
)
def test_wrong_usage_gets_one_clear_line(library: Library, arguments: tuple[str, ...], message: str) -> None:
    (line,) = run(*arguments).complaints
    assert line.startswith(message)


def test_wrong_usage_is_said_in_english_to_whoever_reads_english(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    for arguments, message in (
        (("fact",), "no such command fact; see huiqi --help"),
        (("facts", "--verbose"), "no such option --verbose; see huiqi facts --help"),
        (("explain", "a.yaml", "b.yaml"), "too much: b.yaml; see huiqi explain --help"),
        (("explain", "catalogue/" + ENTERPRISE, "--on", "x"), "'x' is not a date: write it as 2024-05-01"),
        (("serve", "--port", "x"), "'x' is not a port: a port is a whole number from 0 to 65535"),
    ):
        assert run(*arguments).complaints == [message]


def test_the_catalogue_is_found_from_a_folder_inside_or_beside_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = run("facts").out
    for folder in ("catalogue/xx", "somewhere/else"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        with monkeypatch.context() as inside:
            inside.chdir(folder)
            assert run("facts").out == everything


def test_the_catalogue_is_the_one_that_is_named(
    library: Library, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = run("facts").out
    other = Library.of(
        tmp_path_factory.mktemp("other"),
        vocabulary="事实:\n  别的: {类型: 文本, 问: 什么？}\n",
        text="",
        cases="",
    )
    (other.root / "xx" / "benefits.yaml").unlink()
    (other.root / "xx" / "cases.yaml").unlink()
    assert run("--catalogue", other.root, "facts").out == "别的\t文本\t什么？\n"
    monkeypatch.setenv("HUIQI_CATALOGUE", str(other.root))
    assert run("facts").out == "别的\t文本\t什么？\n"
    assert run("--catalogue", library.root, "facts").out == everything
    monkeypatch.setenv("HUIQI_CATALOGUE", "")
    assert run("facts").out == everything


@pytest.mark.parametrize("name", ["nowhere", "facts.yaml", "."])
def test_a_catalogue_that_is_not_there_gets_one_clear_line(
    library: Library, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_facts(Path(), KNOWN)
    (line,) = run("--catalogue", name, "facts").complaints
    assert line == f"{name}: 这里没有规则库（缺 catalogue.yaml）"
    monkeypatch.setenv("HUIQI_CATALOGUE", name)
    assert run("check").complaints == [line]


def test_a_reader_that_has_seen_enough_is_no_fault(library: Library) -> None:
    for arguments in ((), ("--help",), ("explain", "catalogue/" + ENTERPRISE, "--json")):
        read, write = os.pipe()
        os.close(read)
        try:
            ran = spawn(*arguments, stdout=write, settings={"LC_ALL": "C.UTF-8"})
        finally:
            os.close(write)
        assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize(
    "encoding", [{}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "gb18030"}], ids=str
)
def test_chinese_is_written_in_utf_8_where_the_locale_knows_none(
    library: Library, encoding: dict[str, str]
) -> None:
    ran = spawn("facts", "投资额", settings={"LC_ALL": "C", **encoding})
    assert ran.out.startswith("投资额（金额，万元）")
    ran = spawn("explain", "没有.yaml", settings={"LC_ALL": "C", **encoding})
    assert ran.complaints == ["没有.yaml:1:1: 错误: 没有这个文件"]


def test_a_file_name_that_is_no_utf_8_is_said_without_a_traceback(library: Library) -> None:
    ran = spawn("explain", os.fsdecode(b"\xff\xfe.yaml"), settings={"LC_ALL": "C.UTF-8"})
    assert ran.complaints == ["??.yaml:1:1: 错误: 没有这个文件"]
