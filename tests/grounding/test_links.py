"""From a benefit to its clauses and back."""

from pathlib import Path

from huiqi.grounding import cited, resting_on
from tests.grounding.texts import BENEFITS, catalogue, measures


def test_a_benefit_leads_to_every_clause_that_it_cites_its_own_first(tmp_path: Path) -> None:
    links = cited(catalogue(tmp_path), [measures()])
    assert list(links) == ["xx-2024/equipment", "xx-2024/research", "xx-2024/staff"]
    equipment = {link.cite: link.clauses for link in links["xx-2024/equipment"]}
    assert next(iter(equipment)) == "一、（一）"
    assert equipment["一、（一）"] == ("main__para_1__subpara_1",)
    assert set(equipment) == {"一、（一）", "结尾", "标题", "三、（五）1.", "三、（五）2.", "三、（四）"}
    assert {link.document for several in links.values() for link in several} == {"青政-2024-5"}


def test_a_clause_leads_back_to_the_benefits_that_rest_on_it(tmp_path: Path) -> None:
    links = cited(catalogue(tmp_path), [measures()])
    resting = resting_on(measures(), links)
    assert resting["main__para_2__subpara_3"] == ("xx-2024/staff",)
    assert resting["main__para_3__subpara_4"] == ("xx-2024/equipment", "xx-2024/research", "xx-2024/staff")
    assert "main__preamble" not in resting


def test_what_the_library_has_not_is_left_out(tmp_path: Path) -> None:
    broken = BENEFITS.replace("依据: 三、（五）2.", "依据: 三、（九）").replace(
        "依据: 一、（二）", "依据: 增值税法第九条"
    )
    links = cited(catalogue(tmp_path, broken), [measures()])
    assert "三、（九）" not in {link.cite for link in links["xx-2024/staff"]}
    assert "增值税法第九条" not in {link.cite for link in links["xx-2024/research"]}
    assert cited(catalogue(tmp_path), []) == dict.fromkeys(links, ())
