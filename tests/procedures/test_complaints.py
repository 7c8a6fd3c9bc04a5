"""The complaint rules: the stories worked out by hand, and citations and numbers against the real text."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from huiqi.catalogue.knowledge import load_knowledge
from huiqi.catalogue.shape import read_shape
from huiqi.catalogue.source import ListNode, MapNode, Node, ScalarNode, read_file
from huiqi.library.citing import Addresses, document_of
from huiqi.library.ingest import read
from huiqi.procedures import load_procedure, run_cases
from huiqi.procedures.cases import CasesFile
from huiqi.procedures.shape import Expiry
from tests.procedures.examples import CALENDAR, COMPLAINTS, ROOT

COMPENDIUM = ROOT.parent / "shared" / "compendium" / "compendium.txt"
RULES = load_procedure(COMPLAINTS)
STORIES = COMPLAINTS / "procedure-cases.yaml"


def test_every_story_and_every_cell_comes_out_as_worked_out_by_hand() -> None:
    run = run_cases(RULES, STORIES, CALENDAR)
    assert list(map(str, run.failures)) == []
    assert run.stories >= 140
    assert run.cells == 9 * 4 * 7


@pytest.mark.parametrize(
    "change",
    [
        ("    长: 3\n", "    长: 4\n"),
        ("    长: 30\n", "    长: 31\n"),
        ("    长: 2\n", "    长: 3\n"),
        ("长: 1, ", "长: 2, "),
        ("    长: 10\n", "    长: 9\n"),
        ("    长: 6\n", "    长: 5\n"),
        ("    长: 5\n", "    长: 6\n"),
        ("事件: 再延长, 长: 30", "事件: 再延长, 长: 29"),
        ("事件: 延长, 长: 30", "事件: 延长, 长: 29"),
        ("做: 回访, 长: 10", "做: 回访, 长: 11"),
        ("单位: 月", "单位: 日"),
        ("方式: 自动, 事件: 视为接收", "方式: 提请, 事件: 视为接收"),
        ("市级: [本级主管部门]", "市级: []"),
        ("县级: [本级主管部门, 上一级主管部门]", "县级: [本级主管部门]"),
        ("省级: []", "省级: [上一级主管部门]"),
        ("当: {事实: 附条件或附期限, 是: 是}", "当: {事实: 附条件或附期限, 是: 否}"),
        ("    当: {事实: 附条件或附期限, 是: 是}\n", ""),
        ("    当: {事实: 承办层级, 是: [市级, 县级]}\n", ""),
        ("当: {事实: 承办层级, 是: [市级, 县级]}", "当: {事实: 承办层级, 是: 省级}"),
        ("方式: 提请, 事件: 六个月报告", "方式: 标记, 记: 超过六个月"),
        ("{事实: 跟踪事项办理完毕, 是: 是, 本次写明", "{事实: 跟踪事项办理完毕, 本次写明"),
        ("对象层级: 市级}, 得: 省主管部门会同有关部门", "对象层级: 市级}, 得: 上级党委政府"),
    ],
)
def test_a_planted_slip_is_found_by_the_stories(change: tuple[str, str], tmp_path: Path) -> None:
    text = (COMPLAINTS / "procedure.yaml").read_text(encoding="utf-8")
    assert change[0] in text
    folder = shutil.copytree(COMPLAINTS, tmp_path / "complaints")
    path = folder / "procedure.yaml"
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    assert run_cases(load_procedure(path), STORIES, CALENDAR).failures


def test_who_the_table_names_is_cited_by_an_article_of_jurisdiction() -> None:
    for row in RULES.tables["承办机构"].rows:
        assert re.match("第十[三四五六七八九]条", row.cite), row.cite


def test_every_event_happens_in_some_story() -> None:
    """Refused attempts do not count; what happens by itself is seen in the state that it leads to."""
    stories = read_shape(STORIES, CasesFile).shape
    assert stories is not None
    tried = {
        happening.event.text
        for story in stories.stories
        for happening in (story.events[:-1] if story.refused else story.events)
    }
    automatic = {clock.fires for clock in RULES.clocks.values() if clock.expiry is Expiry.AUTOMATIC}
    assert set(RULES.events) - tried == automatic


def test_every_guard_and_every_level_is_refused_in_some_story() -> None:
    stories = read_shape(STORIES, CasesFile).shape
    assert stories is not None
    refused = {
        (story.events[-1].event.text, story.refused.text) for story in stories.stories if story.refused
    }
    for chain in RULES.chains.values():
        assert any(event == chain.grants and "先要" in words for event, words in refused), chain.name
    for name in ("收到", "受理", "转办", "指定承办", "调查", "提请中止", "批准结案", "责令调查处理", "销账"):
        facts = {guard.fact for guard in RULES.events[name].guards}
        assert any(event == name and words in facts for event, words in refused), name


@pytest.fixture(scope="module")
def addresses() -> Addresses:
    if not COMPENDIUM.is_file():
        pytest.skip("The compendium is not beside this checkout, so the citations cannot be resolved.")
    documents = read(COMPENDIUM, load_knowledge(ROOT / "catalogue")).documents
    document = document_of(RULES.title, RULES.number, documents)
    assert document is not None
    return Addresses(document)


def cited(node: Node) -> Iterator[tuple[str, str]]:
    """Every clause of a file: behind 依据, and behind a name (主体 of an event, 取值); with its key."""
    if isinstance(node, MapNode):
        for key, value in node.items():
            if isinstance(value, ScalarNode) and re.match(r"第.+条", value.raw):
                yield value.raw, key
            yield from cited(value)
    elif isinstance(node, ListNode):
        for item in node:
            yield from cited(item)


def test_every_citation_leads_to_a_clause(addresses: Addresses) -> None:
    count = 0
    for path in (COMPLAINTS / "procedure.yaml", STORIES):
        root = read_file(path).root
        assert root is not None
        for text, key in cited(root):
            resolved = addresses.resolve(text)
            assert resolved.clauses, (path.name, key, text, resolved.problems)
            assert not resolved.problems, (path.name, key, text)
            count += 1
    assert count > 400


def test_every_number_stands_in_its_clause(addresses: Addresses) -> None:
    claims = [(c.length, c.unit.value, c.cite) for c in RULES.clocks.values() if c.length]
    claims += [(d.length, d.unit.value, d.cite) for d in RULES.duties.values() if d.unit]
    for clock in RULES.clocks.values():
        claims += [(e.length, clock.unit.value, e.cite) for e in clock.extensions if e.length]
    assert len(claims) == 12
    for length, unit, cite in claims:
        words = "".join(c.whole_text() for c in addresses.resolve(cite).clauses)
        plain = re.sub(r"\s", "", words)
        assert re.search(rf"(?<!\d){length}个?{unit}", plain), (length, unit, cite)


def test_every_ground_of_the_text_is_an_option_and_no_other(addresses: Addresses) -> None:
    lists = {
        "线索来源": "第六条",
        "受理情形": "第十一条",
        "不予受理情形": "第十二条",
        "中止情形": "第二十四条",
        "终止情形": "第二十五条",
        "结案情形": "第二十六条",
    }
    for fact, article in lists.items():
        items = [
            clause.cite
            for found in addresses.resolve(article).clauses
            for clause in found.walk()
            if clause.number.startswith("（")
        ]
        assert list(RULES.facts[fact].options.values()) == items, fact
