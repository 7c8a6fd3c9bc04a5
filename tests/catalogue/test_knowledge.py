"""What the catalogue tells the library, and what is said of slips in its files."""

from pathlib import Path

import pytest

from huiqi.catalogue.knowledge import load_knowledge, read_knowledge

ROOT = Path(__file__).parents[2]


def put(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def problems(root: Path) -> list[str]:
    return [str(one).replace(f"{root}/", "") for one in read_knowledge(root)[1]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    put(tmp_path, "catalogue.yaml", '规则库: {名称: 某库, 地区: "990100"}\n')
    return tmp_path


def test_without_any_file_it_knows_its_region_and_nothing_else(root: Path) -> None:
    knowledge = load_knowledge(root)
    assert knowledge.region == "990100"
    assert (knowledge.regions, knowledge.bodies, dict(knowledge.synonyms)) == (None, (), {})


def test_every_file_is_read(root: Path) -> None:
    put(root, "library/bodies.yaml", "核实: 否\n责任主体: [{全称: 青禾市商务局, 简称: 市商务局}]\n")
    put(root, "library/synonyms.yaml", "词条: [{说法: 关门, 即: [注销], 复核: 待复核, 因: 口语}]\n")
    put(root, "library/remarks.yaml", "注: [{文件: 青政〔2031〕1号, 原文: 会示, 注: 应为公示}]\n")
    put(root, "library/reviews.yaml", "复核: [{文件: 甲, 处: 一、, 类: 宣示, 复核: 2031-01-01}]\n")
    knowledge = load_knowledge(root)
    assert problems(root) == []
    assert (knowledge.bodies[0].name, knowledge.bodies[0].short) == ("青禾市商务局", ("市商务局",))
    assert knowledge.synonyms["关门"] == ("注销",)
    assert (knowledge.noted[0].words, knowledge.noted[0].note) == ("会示", "应为公示")
    assert (knowledge.reviewed[0].cite, knowledge.reviewed[0].role) == ("一、", "宣示")


TWICE = """\
词条:
  - {说法: 关门, 即: 注销, 复核: 无, 因: 无}
  - {说法: 关门, 即: 停业, 复核: 无, 因: 无}
"""


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("synonyms", TWICE, "写了两次"),
        ("synonyms", "词条: [{说法: 关门, 复核: 无, 因: 无}]\n", "即"),
        ("bodies", "责任主体: [{名称: 某局}]\n", "全称"),
        ("reviews", "复核: [{文件: 甲, 处: 一、, 类: 好事, 复核: 某日}]\n", "是不是「事项」"),
        ("remarks", "注: [{文件: 甲, 原文: 会示}]\n", "注"),
    ],
)
def test_a_slip_is_told_with_its_place(root: Path, name: str, text: str, words: str) -> None:
    put(root, f"library/{name}.yaml", text)
    (problem,) = problems(root)
    assert problem.startswith(f"library/{name}.yaml:")
    assert words in problem


def test_the_catalogue_of_this_checkout_tells_without_a_slip() -> None:
    knowledge, found = read_knowledge(ROOT / "catalogue")
    assert [str(one) for one in found] == []
    assert len(knowledge.bodies) > 100
    assert len(knowledge.synonyms) > 200
    assert len(knowledge.noted) > 30
