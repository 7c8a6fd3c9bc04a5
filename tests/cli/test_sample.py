"""``huiqi sample --n``: a made-up population on stdout and in files, and what cannot be asked."""

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from tests.cli.command import MAIN, run, small_library, spawn
from tests.support import Library

CHINESE = {"LANG": "zh_CN.UTF-8"}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return small_library(tmp_path / "catalogue")


def test_a_table_on_stdout_and_in_files_says_the_same(library: Library, tmp_path: Path) -> None:
    said = spawn("--catalogue", library.root, "sample", "--n", "50", settings=CHINESE)
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0].startswith("编号,企业名称,成立日期,")
    assert "信用代码" not in lines[0]
    assert len(lines) == 51
    for name in ("p.csv", "p.parquet"):
        done = run("--catalogue", library.root, "sample", "--n", "50", "--out", tmp_path / name)
        assert (done.code, done.out, done.err) == (0, "", "")
    assert (tmp_path / "p.csv").read_text("utf-8") == said.out
    table = pl.read_parquet(tmp_path / "p.parquet")
    assert table["编号"].to_list() == [line.partition(",")[0] for line in lines[1:]]


def test_the_seed_is_1_unless_said(library: Library, tmp_path: Path) -> None:
    files = {}
    for seed in ((), ("--seed", "1"), ("--seed", "2")):
        file = tmp_path / f"p{'-'.join(seed)}.csv"
        assert run("--catalogue", library.root, "sample", "--n", "20", *seed, "--out", file).code == 0
        files[seed] = file.read_bytes()
    assert files[()] == files["--seed", "1"] != files["--seed", "2"]


def test_a_reader_that_has_seen_enough_is_no_fault(library: Library) -> None:
    command = [sys.executable, "-c", MAIN, "--catalogue", str(library.root), "sample", "--n", "200000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith("编号,".encode())
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "程序和 --n 写一个，也只写一个"),
        (("some-procedure", "--n", "5"), "程序和 --n 写一个，也只写一个"),
        (("--n", "0"), "“0”不是户数：写 1 到 1000000000 的整数"),
        (("--n", "-3"), "“-3”不是户数"),
        (("--n", "many"), "“many”不是户数"),
        (("--n", "9" * 5000), "不是户数"),
        (("--n", "5", "--seed", "x"), "“x”不是种子"),
        (("--n", "5", "--json"), "--n 只能同 --seed、--out 一起写"),
        (("--n", "5", "--month", "2025-03"), "--n 只能同 --seed、--out 一起写"),
        (("some-procedure", "--month", "2025-03", "--seed", "3"), "--seed、--out 要同 --n 一起写"),
        (("--n", "5", "--out", "p.xlsx"), "p.xlsx：只会写 .parquet、.csv 文件"),
        (("--n", "5", "--out", "p"), "p：只会写 .parquet、.csv 文件"),
    ],
)
def test_what_cannot_be_asked_is_explained_in_a_line(
    library: Library, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    (line,) = run("--catalogue", library.root, "sample", *arguments).complaints
    assert words in line


def test_where_nothing_can_be_written_is_said(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    (tmp_path / "file").write_text("")
    (tmp_path / "folder.csv").mkdir()
    for out, words in ((tmp_path / "file" / "p.csv", "写不了"), (tmp_path / "folder.csv", "是文件夹")):
        (line,) = run("--catalogue", library.root, "sample", "--n", "5", "--out", out).complaints
        assert line.startswith(f"{out}：")
        assert words in line


def test_mistakes_in_the_population_of_a_catalogue_are_said(library: Library) -> None:
    library.put("population.yaml", "时点: 2024-06-01\n段:\n  - {名: 一, 事实: {投资恶: 3%}}\n")
    (line,) = run("--catalogue", library.root, "sample", "--n", "5").complaints
    assert "population.yaml:3:" in line
    assert "投资额" in line
