"""``huiqi staff`` and ``huiqi cases``: accounts, posts, and writing down what has run out."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import MAIN, Ran, run, spawn

SHIPPED = Path(__file__).parents[2] / "catalogue"
PASSWORD = "yingshang-huanjing-66"
POST = "henan-complaints:受理机构"
CHINESE = {"LC_ALL": "zh_CN.UTF-8", "HUIQI_CATALOGUE": str(SHIPPED)}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("installation") / "data"


def given(text: str, *arguments: object) -> Ran:
    """Run a command with something on standard input."""
    done = subprocess.run(
        [sys.executable, "-c", MAIN, *map(str, arguments)],
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={"PATH": os.environ["PATH"], **CHINESE},
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def test_accounts_are_made_listed_closed(data: Path) -> None:
    here = ("--data", data)
    made = given(f"{PASSWORD}\n", "staff", "add", "甲", "--post", POST, "--password-stdin", *here)
    assert (made.out, made.err) == (f"已有账号 甲：{POST}\n", "")
    other = given("", "staff", "add", "甲", "--post", "henan-complaints：窗口", *here)
    assert other.out == "已有账号 甲：henan-complaints:窗口\n"
    assert spawn("staff", "close", "甲", *here, settings=CHINESE).out == "已停用账号 甲\n"
    listed = spawn("staff", "list", *here, settings=CHINESE).out
    assert listed == "甲\t已停用\thenan-complaints:窗口\n"
    assert spawn("staff", "close", "乙", *here, settings=CHINESE).complaints == ["没有「乙」这个账号"]
    assert PASSWORD.encode() not in (data / "portal.sqlite3").read_bytes()


@pytest.mark.parametrize(
    ("text", "arguments", "said"),
    [
        (PASSWORD, ("--post", "henan-complaint:受理机构"), "是不是「henan-complaints」"),
        (PASSWORD, ("--post", "henan-complaints:受理机关"), "是不是「受理机构」"),
        (PASSWORD, ("--post", "受理机构"), "写成 程序:主体"),
        ("12345678901", ("--post", POST), "密码"),
        ("", ("--post", POST), "要有密码"),
    ],
)
def test_an_account_that_cannot_be_is_refused(
    data: Path, text: str, arguments: tuple[str, ...], said: str
) -> None:
    ran = given(text, "staff", "add", "丙", *arguments, "--password-stdin", "--data", data)
    assert said in ran.complaints[0]


def test_without_a_terminal_the_password_is_not_asked_for(data: Path) -> None:
    (line,) = given("", "staff", "add", "丙", "--post", POST, "--data", data).complaints
    assert "--password-stdin" in line


@pytest.mark.parametrize(("again", "code"), [(PASSWORD, 0), ("不一样的另一个", 2)])
def test_a_terminal_is_asked_twice_and_shows_nothing(data: Path, again: str, code: int) -> None:
    main, side = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, "staff", "add", "丁", "--post", POST, "--data", str(data)],
        stdin=side,
        stdout=side,
        stderr=side,
        start_new_session=True,
        env={"PATH": os.environ["PATH"], **CHINESE},
    )
    os.close(side)
    seen = b""
    for wanted, typed in (("密码", PASSWORD), ("再输一遍", again)):
        while wanted.encode() not in seen:
            seen += os.read(main, 1000)
        os.write(main, f"{typed}\n".encode())
    try:
        while more := os.read(main, 1000):
            seen += more
    except OSError:  # the other side is closed
        pass
    os.close(main)
    assert process.wait(timeout=60) == code
    assert PASSWORD.encode() not in seen


def test_a_folder_that_cannot_be_made_is_bad_input(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ran = spawn("staff", "list", "--data", tmp_path / "file" / "data", settings=CHINESE)
    assert len(ran.complaints) == 1


def test_an_address_of_a_database_that_is_none_is_bad_input(tmp_path: Path) -> None:
    settings = {**CHINESE, "HUIQI_DATABASE": "mysql://x@localhost/y"}
    (line,) = spawn("staff", "list", "--data", tmp_path, settings=settings).complaints
    assert line.startswith("HUIQI_DATABASE 只能是 PostgreSQL 的地址")


def test_what_has_run_out_is_written_down_once(tmp_path: Path) -> None:
    opening = (
        "from huiqi.portal.serve import open_store; from pathlib import Path; import sys;"
        "open_store(Path(sys.argv[1]), Path(sys.argv[2]));"
        "from datetime import date; from huiqi.casework.staff import appoint;"
        "from huiqi.casework.services import Act, Opening, open_case;"
        f"user = appoint('甲', '{PASSWORD}', [('henan-complaints', '受理机构')]);"
        "act = Act('收到', date(2025, 3, 3), '受理机构', 'k', {'线索来源': '其他渠道'});"
        "print(open_case(user, Opening('henan-complaints', '收费'), act).case.number)"
    )
    data = tmp_path / "data"
    opened = spawn(SHIPPED, data, program=opening, settings=CHINESE)
    assert opened.out == "henan-complaints-2025-00001\n", opened.err
    fired = spawn("cases", "fire", "--data", data, settings=CHINESE)
    assert fired.out == "henan-complaints-2025-00001\t已受理\t收费\n有到期的 1 件，已记下\n"
    again = spawn("cases", "fire", "--data", data, settings=CHINESE)
    assert again.out == "有到期的 0 件，已记下\n"


@pytest.mark.parametrize("group", ["staff", "cases", "calendar"])
def test_every_subcommand_has_its_help_in_both_languages(group: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIQI_CATALOGUE", str(SHIPPED))
    for name in {"staff": ("add", "list", "close"), "cases": ("fire",), "calendar": ("enter",)}[group]:
        english = spawn(group, name, "--help", settings={"LC_ALL": "C"}).out
        assert "Usage:" in english
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in english)
        assert "用法：" in run(group, name, "--help").out + spawn(group, name, "--help", settings=CHINESE).out
