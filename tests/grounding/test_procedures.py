"""Procedures held against the text that they cite."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from huiqi.grounding import ground_procedures, procedures_resting, run_by
from huiqi.grounding.procedures import spellings
from huiqi.language.diagnostics import Severity
from huiqi.library.intake import read_all
from huiqi.library.knowledge import Knowledge
from huiqi.library.model import Document
from tests.procedures.examples import SMALL

TEXT = """\
临江区夜市摊位管理办法

第一条 为了夜市有序，制定本办法。
第二条 摊主可以向街道办申请，交申请书和照片。东街、西街的摊位都可以申请。
第三条 街道办负责许可，东街由东街所办，西街由西街所办。
第四条 街道办应当自收到申请之日起5个工作日内许可；逾期未许可的，视为许可。位置不合适的不予许可，可以延期。
第五条 街道办可以询问摊主，摊主不答复的退回申请，询问的时间不计入。
第六条 街道办应当在二日内回访，一个月提醒一次。
第七条 街道办应当公开名单。
第八条 摊主应当守法。
第九条 本办法自2025年1月1日起施行。
"""


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Document]:
    file = tmp_path_factory.mktemp("text") / "办法.txt"
    file.write_text(TEXT, encoding="utf-8")
    return [document for reading in read_all([file], Knowledge()) for document in reading.documents]


def written(folder: Path, text: str) -> Path:
    (folder / "procedure.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_procedure_that_says_what_the_text_says_is_silent(
    documents: Sequence[Document], tmp_path: Path
) -> None:
    assert [str(one) for one in ground_procedures(written(tmp_path, SMALL), documents)] == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("长: 5\n    单位: 工作日", "长: 6\n    单位: 工作日", "没有“6个工作日”"),
        ("长: 5\n    单位: 工作日", "长: 5\n    单位: 日", "没有“5日”"),
        ("长: 2, 单位: 日", "长: 3, 单位: 日", "没有“3日”"),
        ("依据: 第九条", "依据: 第十九条", "第十九条"),
        ("{摊主: 第二条}", "{摊主: 第二十条}", "第二十条"),
        ("东街: 第二条", "东街: 第二条（三）", "第二条（三）"),
    ],
)
def test_what_the_text_does_not_say_is_told_with_its_line(
    documents: Sequence[Document], tmp_path: Path, old: str, new: str, words: str
) -> None:
    assert old in SMALL
    found = ground_procedures(written(tmp_path, SMALL.replace(old, new, 1)), documents)
    assert found
    assert all(words in one.message for one in found), found
    lines = (tmp_path / "procedure.yaml").read_text("utf-8").splitlines()
    assert all(one.line <= len(lines) for one in found)


def test_a_text_that_the_library_has_not_is_a_warning(tmp_path: Path) -> None:
    (found,) = ground_procedures(written(tmp_path, SMALL), [])
    assert (found.severity, found.line) == (
        Severity.WARNING,
        SMALL.splitlines().index("  标题: 临江区夜市摊位管理办法") + 1,
    )


def test_the_clauses_that_a_procedure_rests_on_are_known(
    documents: Sequence[Document], tmp_path: Path
) -> None:
    (resting,) = procedures_resting(written(tmp_path, SMALL), documents)
    (document,) = documents
    cited = {clause.cite for clause in document.walk() if clause.id in run_by(document, [resting])}
    assert {"第四条", "第九条"} <= cited
    assert not {"第一条", "第七条", "第八条"} & cited


def test_lengths_are_known_in_every_way_of_writing() -> None:
    assert spellings(3, "工作日") == ("3个工作日", "三个工作日", "3工作日", "三工作日")
    assert "三十天" in spellings(30, "日")
    assert "半年" in spellings(6, "月")
    assert "十二个月" in spellings(12, "月")
    assert "20分钟" in spellings(20, "分钟")
