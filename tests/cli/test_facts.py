"""``huiqi facts``: the vocabulary, or one fact of it."""

from tests.cli.command import run
from tests.support import Library


def test_lists_every_fact_with_its_type_and_question(library: Library) -> None:
    ran = run("facts")
    assert (ran.code, ran.err) == (0, "")
    rows = [line.split("\t") for line in ran.out.splitlines()]
    assert [row[0] for row in rows] == list(library.load().vocabulary)
    assert ["投资额", "金额", "投了多少？"] in rows


def test_gives_machines_what_each_declaration_says(library: Library) -> None:
    listed = {one["name"]: one for one in run("facts", "--json").json}
    assert list(listed) == list(library.load().vocabulary)
    assert listed["投资额"] | {"type": "金额", "unit": "万元", "source": "发票"} == listed["投资额"]
    assert listed["企业规模"]["options"] == ["大型", "中型", "小型", "微型"]
    assert [field["name"] for field in listed["项目"]["fields"]] == ["名称", "设备额"]
    assert listed["号码"]["sensitive"] is True


def test_shows_one_fact_and_the_benefits_that_use_it(library: Library) -> None:
    ran = run("facts", "投资额")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "投资额（金额，万元）",
        "  问：投了多少？",
        "  口径：设备和软件",
        "  来源：发票",
        "  用到它的事项（1）：",
        "    xx-2023/equipment  设备补助",
    ]
    assert run("facts", "高新企业", "--json").json["benefits"] == ["xx-2023/title", "xx-2023/over"]


def test_shows_the_fields_of_a_collection_and_who_goes_through_it(library: Library) -> None:
    ran = run("facts", "项目")
    assert "  · 设备额（金额，万元）设备多少钱？\n" in ran.out
    assert "xx-2023/projects  项目补助" in ran.out


def test_shows_a_field_under_the_name_that_answers_give_it(library: Library) -> None:
    ran = run("facts", "项目.设备额")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "设备额（金额，万元）",
        "  问：设备多少钱？",
        "  用到它的事项（1）：",
        "    xx-2023/projects  项目补助",
    ]
    assert run("facts", "项目.名称", "--json").json["benefits"] == []
    assert run("facts", "设备额").err == "词表里没有“设备额”（是不是“项目.设备额”？）\n"
    assert run("facts", "项目.设备款").err == "词表里没有“项目.设备款”（是不是“项目.设备额”？）\n"
    assert run("facts", "投资额.设备额").code == 1


def test_a_fact_that_there_is_not_is_a_negative_answer_with_the_nearest_one(library: Library) -> None:
    for more in ((), ("--json",)):
        ran = run("facts", "投资", *more)
        assert (ran.code, ran.out, ran.err) == (1, "", "词表里没有“投资”（是不是“投资额”？）\n")
    assert run("facts", "zzz").err == "词表里没有“zzz”\n"
