"""``huiqi serve``: prints the address once the portal answers there, or in one line why it cannot."""

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

from tests.cli.command import MAIN, run, spawn
from tests.support import Library, benefit, document

CHINESE = {"LC_ALL": "zh_CN.UTF-8"}


def test_prints_an_address_at_which_the_portal_answers_until_it_is_interrupted(library: Library) -> None:
    serving = subprocess.Popen(
        [sys.executable, "-c", MAIN, "serve", "--port", "0", "--data", "data"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert serving.stdout is not None
    try:
        said = serving.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert address, (said, serving.communicate()[1])
        with urlopen(address.group()) as answer:
            assert answer.status == 200
            assert "<html" in answer.read().decode("utf-8")
        serving.send_signal(signal.SIGINT)
        _, complaints = serving.communicate(timeout=60)
    finally:
        serving.kill()
    assert complaints == ""
    assert serving.returncode == 0
    assert sorted(path.name for path in Path("data").glob("*.sqlite3"))


def test_a_port_that_is_taken_is_bad_input(library: Library) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = spawn("serve", "--port", port, "--data", "data", settings=CHINESE)
    (line,) = ran.complaints
    assert line.startswith("启动不了：")


def test_an_address_that_there_is_not_is_bad_input(library: Library) -> None:
    (line,) = run("serve", "--host", "no..where", "--port", "0", "--data", "data").complaints
    assert line == "没有 no..where 这个地址"
    assert not Path("data").exists()


def test_a_folder_that_cannot_be_made_is_bad_input(library: Library) -> None:
    Path("file").touch()
    ran = spawn("serve", "--port", "0", "--data", "file/data", settings=CHINESE)
    (line,) = ran.complaints
    assert line.startswith("启动不了：")


def test_a_broken_catalogue_is_not_served(library: Library) -> None:
    library.put("xx/benefits.yaml", document(benefit("全部满足: [{名: 够, 式: 投资款 >= 3万元}]")))
    ran = spawn("serve", "--port", "0", "--data", "data", settings=CHINESE)
    (line,) = ran.complaints
    assert "投资额" in line
