"""``huiqi calendar enter``: a notice is checked and taken in, what it moves is listed; or nothing changes."""

import shutil
from pathlib import Path

import pytest

from tests.cli.command import Ran, spawn

SHIPPED = Path(__file__).parents[2] / "catalogue"
OPENING = """
import sys
from datetime import date
from pathlib import Path
from huiqi.portal.serve import open_store
open_store(Path(sys.argv[1]), Path(sys.argv[2]))
from huiqi.casework.services import Act, Opening, open_case
from huiqi.casework.staff import appoint
user = appoint("甲", "yingshang-huanjing-66", [("henan-complaints", "受理机构")])
act = Act("收到", date(2025, 12, 29), "受理机构", "k", {"线索来源": "其他渠道"})
print(open_case(user, Opening("henan-complaints", "收费"), act).case.number)
"""
MOVES = "henan-complaints-2025-00001\t受理\t2026-01-01 → 2026-01-04\n变了的日子 1 个\n"


class Installation:
    """A catalogue as it was before the notice of 2026, with a case that the notice moves."""

    def __init__(self, folder: Path) -> None:
        self.root, self.data = folder / "catalogue", folder / "data"
        shutil.copytree(SHIPPED / "henan" / "complaints-2024", self.root / "henan" / "complaints-2024")
        shutil.copytree(SHIPPED / "calendars", self.root / "calendars")
        shutil.copy(SHIPPED / "catalogue.yaml", self.root)
        self.taken = self.root / "calendars" / "2026.yaml"
        self.taken.unlink()
        self.settings = {"LC_ALL": "zh_CN.UTF-8", "HUIQI_CATALOGUE": str(self.root)}
        opened = spawn(self.root, self.data, program=OPENING, settings=self.settings)
        assert opened.out == "henan-complaints-2025-00001\n", opened.err

    def enter(self, file: Path, *more: str) -> Ran:
        return spawn("calendar", "enter", file, *more, "--data", self.data, settings=self.settings)


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation(tmp_path)


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    """The notice under another name: the year stands in it."""
    return Path(shutil.copy(SHIPPED / "calendars" / "2026.yaml", tmp_path / "notice.yaml"))


def test_a_notice_is_tried_then_taken_in(installation: Installation, notice: Path) -> None:
    tried = installation.enter(notice, "--dry-run")
    assert tried.out == MOVES + "这是试算，什么也没有改\n"
    assert not installation.taken.exists()
    taken = installation.enter(notice)
    assert taken.out.startswith(MOVES)
    assert "国办发明电〔2025〕7号" in taken.out
    assert "重新启动" in taken.out
    assert installation.taken.read_bytes() == notice.read_bytes()
    assert sorted(installation.taken.parent.glob(".*")) == []
    assert installation.enter(notice).out.startswith("变了的日子 0 个\n")


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("2026-01-04", "2026-01-05", 17, "本来就上班"),
        ("共: 9", "共: 8", 10, "共 8 天"),
        ("年份: 2026", "年代: 2026", 1, "没有写“年份”"),
        ("核实: 否", "核实: 不知道", 6, "应是 是 或 否"),
        ("年份: 2026", "年份: 2027", 9, "不是 2027 年的日子"),
    ],
)
def test_a_notice_that_is_wrong_changes_nothing(
    installation: Installation, notice: Path, old: str, new: str, line: int, said: str
) -> None:
    notice.write_text(notice.read_text("utf-8").replace(old, new), "utf-8")
    (complaint,) = installation.enter(notice).complaints
    assert complaint.startswith(f"{notice}:{line}: 错误: ")
    assert said in complaint
    assert not installation.taken.exists()


def test_a_file_that_is_not_there_is_bad_input(installation: Installation) -> None:
    (complaint,) = installation.enter(Path("none.yaml")).complaints
    assert complaint.startswith("none.yaml: 读不了")
