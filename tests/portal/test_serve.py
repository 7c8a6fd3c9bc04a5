"""Starting on a machine that has nothing: what is needed is made, and mistakes are said first."""

import shutil
import socket
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from huiqi.portal.config.secret import kept_secret_key

CATALOGUE = Path(__file__).parent / "catalogue"
RUN = (
    "import sys; from pathlib import Path; from huiqi.portal import serve; "
    "serve.{call}(Path(sys.argv[1]), {more}data_dir=Path(sys.argv[2]))"
)


def start(
    call: str, data: Path, catalogue: Path = CATALOGUE, more: str = ""
) -> subprocess.CompletedProcess[str]:
    """Call something of `huiqi.portal.serve` in a process of its own: Django is set up once in a process."""
    script = RUN.format(call=call, more=more)
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script, str(catalogue), str(data)],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_prepares_an_empty_folder_and_may_do_so_again(tmp_path: Path) -> None:
    data = tmp_path / "not" / "there" / "yet"
    for _ in range(2):
        done = start("prepare", data)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    with sqlite3.connect(data / "portal.sqlite3") as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert database.execute("SELECT count(*) FROM screening_screening").fetchone() == (0,)
    database.close()
    assert (data / "static" / "staticfiles.json").is_file()
    styles = list((data / "static/portal/css").glob("base.*.css"))
    assert styles, "styles are named by their content, so that no browser shows old ones"


def test_a_port_that_is_taken_is_said_before_anything_is_served(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = start("run", tmp_path, more=f"host='127.0.0.1', port={port}, ")
    assert done.returncode == 1
    assert "OSError" in done.stderr
    assert "惠企已启动" not in done.stdout


def test_a_catalogue_with_mistakes_is_not_served(tmp_path: Path) -> None:
    wrong = tmp_path / "catalogue"
    wrong.mkdir()
    (wrong / "catalogue.yaml").write_text('规则库: {名称: 甲, 地区: "410205", 颜色: 红}\n', encoding="utf-8")
    done = start("run", tmp_path / "data", wrong, more="host='127.0.0.1', port=0, ")
    assert done.returncode == 1
    assert "CatalogueError" in done.stderr
    assert "颜色" in done.stderr
    assert "惠企已启动" not in done.stdout


def test_a_procedure_with_mistakes_is_not_served(tmp_path: Path) -> None:
    wrong = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE, wrong)
    path = wrong / "sample" / "shop-aid-2024" / "procedure.yaml"
    path.write_text(path.read_text("utf-8").replace("从: 待申请", "从: 待申报"), encoding="utf-8")
    done = start("run", tmp_path / "data", wrong, more="host='127.0.0.1', port=0, ")
    assert done.returncode == 1
    assert "ProcedureError" in done.stderr
    assert "没有「待申报」这个状态" in done.stderr
    assert "惠企已启动" not in done.stdout


def test_the_key_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    key = kept_secret_key(tmp_path / "data")
    assert len(key) >= 50
    assert kept_secret_key(tmp_path / "data") == key
    assert kept_secret_key(tmp_path / "other") != key
    assert stat.S_IMODE((tmp_path / "data" / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret-key"]


@pytest.mark.parametrize(
    ("host", "allowed"),
    [("", "localhost"), ("192.0.2.7", "192.0.2.7"), ("0.0.0.0", "*")],
)
def test_answers_to_the_names_it_listens_on(tmp_path: Path, host: str, allowed: str) -> None:
    script = (
        "import sys; from pathlib import Path; from huiqi.portal.serve import prepare; "
        "prepare(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]); "
        "from django.conf import settings; print(settings.ALLOWED_HOSTS)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(CATALOGUE), str(tmp_path), host],
        capture_output=True,
        encoding="utf-8",
        env={"PATH": "/usr/bin:/bin"},
        timeout=120,
        check=True,
    )
    assert repr(allowed) in done.stdout
