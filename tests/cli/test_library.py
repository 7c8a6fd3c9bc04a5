"""The commands about official text: ingest, documents, search, coverage, ledger, booklet, check."""

import io
import json
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from huiqi.library.store import DEFAULT_PATH, Library
from tests.cli.command import Ran, run
from tests.library.texts import MEASURES, NOTICE, body, pages, printed, statute
from tests.support import Library as Catalogue

MEASURES_TITLE = "青禾市小店扶持若干措施"
STATUTE_TITLE = "云岭省集市管理条例"


@pytest.fixture
def texts(library: Catalogue, tmp_path: Path) -> Path:
    """Two official texts beside the small catalogue of the current folder."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "measures.txt").write_text(pages(NOTICE, printed(*MEASURES)), encoding="utf-8")
    (folder / "statute.txt").write_text(printed(*statute()), encoding="gb18030")
    return folder


@pytest.fixture
def filled(texts: Path) -> Path:
    """A library in its usual place, with both texts."""
    assert run("ingest", *sorted(texts.iterdir())).code == 0
    return DEFAULT_PATH


def refused(ran: Ran) -> str:
    """The one clear line of a command that was given bad input."""
    (line,) = ran.complaints
    assert "Traceback" not in line
    return line


# ---- ingest ----


def test_ingest_tells_documents_and_clauses_of_every_source(texts: Path) -> None:
    first, second = run("ingest", *sorted(texts.iterdir()), "--json").json
    (document,) = first["documents"]
    assert (document["title"], document["number"], document["issued"]) == (
        MEASURES_TITLE,
        "青政办〔2031〕7号",
        "2031-03-05",
    )
    assert document["clauses"] > 6
    assert (second["encoding"].upper(), second["documents"][0]["title"]) == ("GB18030", STATUTE_TITLE)
    assert first["library"]["added"] == [document["id"]]


def test_ingest_says_what_is_lost_and_where(texts: Path) -> None:
    text = (texts / "measures.txt").read_text(encoding="utf-8")
    lost = texts / "lost.txt"
    lost.write_text(text.replace("2031年 3月 5日", "附件：1.小店名录\n2031年 3月 5日"), encoding="utf-8")
    (loss,) = [one for one in run("ingest", lost, "--json").json[0]["lost"] if one["kind"] == "附件缺失"]
    assert "小店名录" in loss["what"]
    lines = lost.read_text(encoding="utf-8").splitlines()
    assert "小店名录" in lines[loss["line"] - 1]
    shown = run("ingest", lost)
    assert f"【附件缺失】{loss['what']}（第 {loss['line']} 行" in shown.out


def test_ingesting_again_changes_no_address(texts: Path, filled: Path) -> None:
    def addresses() -> list[tuple[str, str, str]]:
        with Library.open(filled, create=False) as library:
            documents = [library.document(info.id) for info in library.documents()]
        return [(each.id, clause.id, clause.cite) for each in documents if each for clause in each.walk()]

    before = addresses()
    again = run("ingest", texts / "measures.txt", "--json").json[0]
    assert (again["library"]["added"], len(again["library"]["replaced"])) == ([], 1)
    assert addresses() == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空"),
        (b" \n\n ", "空"),
        (b"\x00\x01\x02\x03" * 500, ""),
        (b"%PDF-1.7 broken", "PDF"),
        ("今天天气很好，我们去公园走走，买些菜回来。".encode(), "不像公文"),
    ],
    ids=["empty", "blank", "binary", "broken PDF", "no official text"],
)
def test_a_file_that_cannot_be_read_is_named_and_nothing_is_written(
    texts: Path, content: bytes, words: str
) -> None:
    wrong = texts / "wrong.txt"
    wrong.write_bytes(content)
    line = refused(run("ingest", texts / "measures.txt", wrong))
    assert "wrong.txt" in line
    assert words in line
    assert not DEFAULT_PATH.exists()


def test_a_broken_file_leaves_the_library_as_it_was(texts: Path, filled: Path) -> None:
    before = filled.read_bytes()
    (texts / "wrong.txt").write_bytes(b"")
    refused(run("ingest", texts / "measures.txt", texts / "wrong.txt"))
    assert filled.read_bytes() == before


def test_a_file_that_is_not_there(library: Catalogue) -> None:
    assert "nowhere.txt" in refused(run("ingest", "nowhere.txt"))


# ---- documents ----


def test_documents_lists_what_the_contract_names(filled: Path) -> None:
    listed = run("documents", "--on", "2032-01-01", "--json").json
    assert {one["title"] for one in listed} == {MEASURES_TITLE, STATUTE_TITLE}
    (measures,) = [one for one in listed if one["title"] == MEASURES_TITLE]
    assert {"id", "number", "issuers", "issued", "effective", "expires", "level", "clauses"} <= set(measures)
    assert (measures["effective"], measures["expires"]) == ("2031-03-05", "2033-03-04")
    assert measures["state"]["state"] == "有效"
    later = run("documents", "--on", "2034-01-01", "--json").json
    assert {one["state"]["state"] for one in later if one["title"] == MEASURES_TITLE} == {"已失效"}


def test_one_document_as_text_json_and_akoma_ntoso(filled: Path) -> None:
    shown = run("documents", MEASURES_TITLE)
    assert "［一、（一）］" in shown.out
    data = run("documents", "青政办〔2031〕7号", "--json").json
    assert data["title"] == MEASURES_TITLE
    root = etree.fromstring(run("documents", STATUTE_TITLE, "--akn").out.encode())
    assert etree.QName(root).localname == "akomaNtoso"


def test_a_document_that_is_not_there(filled: Path) -> None:
    assert "没有这个" in refused(run("documents", "没有这个"))


# ---- search ----


def test_search_gives_document_address_and_passage(filled: Path) -> None:
    answer = run("search", "租房子开店有补贴吗", "--on", "2031-06-01", "--json").json
    first = answer["results"][0]
    assert (first["title"], first["cite"], first["state"]) == (MEASURES_TITLE, "一、（二）", "有效")
    assert "五千元" in first["text"]


def test_search_answers_a_file_of_questions_line_by_line(filled: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    lines = ["租金补贴", json.dumps({"id": "Q2", "query": "报备要写什么"}), json.dumps({"q": "网上集市"})]
    questions.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    answers = [json.loads(line) for line in run("search", "--queries", questions).out.splitlines()]
    assert [answer["query"] for answer in answers] == ["租金补贴", "报备要写什么", "网上集市"]
    assert answers[1]["id"] == "Q2"
    assert answers[2]["results"][0]["title"] == STATUTE_TITLE


def test_search_filters(filled: Path) -> None:
    def found(*filters: str) -> set[str]:
        return {one["title"] for one in run("search", "开店 集市", "--json", *filters).json["results"]}

    assert found() == {MEASURES_TITLE, STATUTE_TITLE}
    assert found("--document", STATUTE_TITLE) == {STATUTE_TITLE}
    assert found("--level", "市") == {MEASURES_TITLE}
    assert run("search", "开店", "--state", "未生效", "--on", "2030-01-01", "--json").json["results"]


def test_a_word_that_a_filter_does_not_know_is_told_with_those_it_does(filled: Path) -> None:
    assert refused(run("search", "租金", "--level", "宇宙")) == (
        "--level 的值不对，可以是：国家、省、市、县区；看 huiqi search --help"
    )
    assert refused(run("search", "租金", "--limit", "0")).startswith("--limit 是 1 到 100 的整数")


def test_search_without_a_question_or_with_two(filled: Path, tmp_path: Path) -> None:
    assert "写一个问题" in refused(run("search"))
    assert "写一个问题" in refused(run("search", "租金", "--queries", tmp_path / "x"))
    broken = tmp_path / "broken.jsonl"
    broken.write_text('租金\n{"query": \n', encoding="utf-8")
    assert refused(run("search", "--queries", broken)).startswith(f"{broken}:2")


def test_nothing_found_is_a_negative_answer(filled: Path) -> None:
    assert run("search", "ＱＷＥＲＴＹ").code == 1


# ---- without a library ----


@pytest.mark.parametrize(
    "command", [["documents"], ["search", "租金"], ["coverage"], ["ledger"]], ids=" ".join
)
def test_without_a_library_commands_say_how_to_make_one(library: Catalogue, command: list[str]) -> None:
    assert "huiqi ingest" in refused(run(*command))


def test_a_file_that_is_no_library_is_told_as_such(library: Catalogue) -> None:
    DEFAULT_PATH.parent.mkdir(parents=True)
    DEFAULT_PATH.write_bytes(b"no library at all, but long enough to look at" * 40)
    assert str(DEFAULT_PATH) in refused(run("documents"))


def test_another_folder_is_named_by_option_or_setting(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    assert run("ingest", texts / "measures.txt", "--library", elsewhere).code == 0
    assert len(run("documents", "--library", elsewhere, "--json").json) == 1
    monkeypatch.setenv("HUIQI_LIBRARY", str(elsewhere))
    assert len(run("documents", "--json").json) == 1


# ---- coverage, ledger, check, booklet ----


def test_coverage_accounts_for_every_clause(filled: Path) -> None:
    ran = run("coverage", "--json")
    assert ran.code == 1
    data = json.loads(ran.out)
    for document in data:
        assert sum(document["counts"].values()) == document["clauses"] == len(document["classes"])
        assert document["counts"]["未编码"] == len(document["not_yet"])
        assert {one["by"] for one in document["classes"]} <= {"规则文件", "程序", "复核"}
    assert "合计 2 件" in run("coverage").out


def test_the_ledger_by_body_and_as_a_workbook(filled: Path, tmp_path: Path) -> None:
    duties = tmp_path / "duties.txt"
    text = (
        "青禾市集市管理办法\n为了管好集市，定下这个办法。\n"
        "一、打扫。天天打扫。（责任单位：市城管局、市商务局）\n"
        "二、巡查。2031年9月底前查一遍。（责任单位：市公安局）\n"
    )
    duties.write_text(text, encoding="utf-8")
    assert run("ingest", duties).code == 0
    out = tmp_path / "ledger.xlsx"
    data = run("ledger", "--body", "城管", "--excel", out, "--json").json
    (duty,) = data[0]["duties"]
    assert {each["name"] for each in duty["bodies"]} == {"市城管局", "市商务局"}
    assert "责任" in load_workbook(io.BytesIO(out.read_bytes())).sheetnames
    due = run("ledger", "--until", "2031-09-30", "--json").json
    assert [one["cite"] for document in due for one in document["duties"]] == ["二、"]
    assert run("ledger", "--body", "没有这个局").code == 1
    assert "晚于" in refused(run("ledger", "--since", "2032-01-01", "--until", "2031-01-01"))


def test_check_holds_the_rules_against_the_text_once_there_is_a_library(
    library: Catalogue, tmp_path: Path
) -> None:
    def complaints(least: str) -> list[str]:
        text = tmp_path / "rules.txt"
        first = f"一、设备补助。投资{least}以上的，按投资的30%给予补助，最高200万元。（责任单位：某局）"
        others = [f"{number}、别的。另外再说。" for number in "二三四五六七八九"]
        text.write_text(body([first, *others]).replace("青禾市集市管理办法", "某文件"), encoding="utf-8")
        assert run("ingest", text).code == 0
        return [line for line in run("check").out.splitlines() if "设备补助" in line or "投资达标" in line]

    assert run("check").out == ""
    assert complaints("300万元") == []
    assert any("300万元" in line and "benefits.yaml:" in line for line in complaints("500万元"))


def test_a_booklet_of_what_there_is(filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "book"
    done = run("booklet", "--out", out, "--on", "2031-06-01", "--format", "html", "--json").json
    page, manifest = (Path(name) for name in done["files"])
    assert STATUTE_TITLE in page.read_text(encoding="utf-8")
    again = run("booklet", "--out", out / "2", "--on", "2031-07-01", "--format", "html", "--since", manifest)
    assert again.code == 0
    assert "不是上一版的清单" in refused(run("booklet", "--out", out, "--since", page))
    assert "没有叫" in refused(run("booklet", "--out", out, "--document", "没有这个"))


def test_a_booklet_without_a_library_has_the_benefits(library: Catalogue, tmp_path: Path) -> None:
    ran = run("booklet", "--out", tmp_path / "book", "--on", "2024-06-01", "--format", "html")
    assert ran.code == 0
    assert "没有政策库" in ran.err
