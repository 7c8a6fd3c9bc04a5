from datetime import date
from pathlib import Path

from huiqi.booklet import Booklet, Selection
from huiqi.booklet.arrange import arrange
from huiqi.booklet.blocks import Heading, Paragraph
from tests.booklet.papers import booklet, grants, paper
from tests.support import benefit

OTHER = ("other", "青禾市另一办法", "青政〔2024〕3号")


def groups(found: Booklet) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    assert found.changes is not None
    return {name: [(one.words, one.details) for one in changed] for name, changed in found.changes.groups}


def test_the_first_edition_says_nothing_of_changes(tmp_path: Path) -> None:
    first = booklet(tmp_path)
    assert first.changes is None
    assert not any(isinstance(one, Heading) and one.anchor == "changes" for one in arrange(first))


def test_the_same_edition_again_shows_no_change(tmp_path: Path) -> None:
    first = booklet(tmp_path / "a", documents=[paper()])
    again = booklet(tmp_path / "b", documents=[paper()], previous=first.manifest)
    assert again.changes is not None
    assert again.changes.is_empty
    said = [one.line[0].text for one in arrange(again) if isinstance(one, Paragraph)]
    assert "上一期是《惠企政策汇编》2024年6月1日版。收录的文件、条款和事项都没有变动。" in said


def test_a_day_alone_changes_only_what_began_or_ended(tmp_path: Path) -> None:
    first = booklet(tmp_path / "a", on=date(2025, 12, 31))
    later = booklet(tmp_path / "b", on=date(2026, 1, 1), previous=first.manifest)
    assert groups(later) == {
        "状态变了的文件": [("《某文件》：有效 → 已失效", ())],
        "上一期以后到期、停止的事项": [("a补助", ())],
    }
    back = booklet(tmp_path / "c", on=date(2025, 12, 31), previous=later.manifest)
    assert groups(back) == {
        "状态变了的文件": [("《某文件》：已失效 → 有效", ())],
        "上一期以后开始的事项": [("a补助", ())],
    }


def test_what_is_new_in_one_direction_is_gone_in_the_other(tmp_path: Path) -> None:
    less = booklet(tmp_path / "a", benefit(id="a"))
    more = booklet(
        tmp_path / "b", benefit(id="a"), benefit(id="b"), documents=[paper(*OTHER)], previous=less.manifest
    )
    assert groups(more) == {
        "新收录的文件": [("《青禾市另一办法》", ())],
        "新增的事项": [("b补助", ())],
    }
    assert groups(booklet(tmp_path / "c", benefit(id="a"), previous=more.manifest)) == {
        "不再收录的文件": [("《青禾市另一办法》", ())],
        "不再有的事项": [("b补助", ())],
    }


def test_a_changed_clause_is_named(tmp_path: Path) -> None:
    first = booklet(tmp_path / "a", documents=[paper(*OTHER)])
    now = booklet(
        tmp_path / "b", documents=[paper(*OTHER, parts=grants("补助20万元。")[:3])], previous=first.manifest
    )
    assert groups(now) == {"原文有变动的文件": [("《青禾市另一办法》", ("没有了：落款", "改了：一、（一）"))]}


def test_a_text_that_came_in_is_not_told_clause_by_clause(tmp_path: Path) -> None:
    first = booklet(tmp_path / "a")
    now = booklet(tmp_path / "b", documents=[paper()], previous=first.manifest)
    assert groups(now) == {"原文有变动的文件": [("《某文件》", ("上一期没有原文",))]}


def test_a_changed_benefit_says_which_part_changed(tmp_path: Path) -> None:
    first = booklet(tmp_path / "a", benefit("全部满足: [{名: 达标, 式: 投资额 >= 300万元}]"))
    now = booklet(
        tmp_path / "b",
        benefit("责任单位: [乙局]\n全部满足: [{名: 达标, 式: 投资额 >= 200万元}]\n金额: {定额: 20万元}"),
        previous=first.manifest,
    )
    assert groups(now) == {"内容有变动的事项": [("a补助", ("变动：条件、金额、责任单位",))]}


def test_what_is_there_is_linked(tmp_path: Path) -> None:
    first = booklet(tmp_path / "a", on=date(2025, 12, 31))
    now = booklet(tmp_path / "b", on=date(2026, 1, 1), previous=first.manifest)
    assert now.changes is not None
    anchors = {one.anchor for one in arrange(now) if isinstance(one, Heading)}
    assert all(one.anchor in anchors for _, group in now.changes.groups for one in group)


def test_two_editions_that_choose_otherwise_say_so(tmp_path: Path) -> None:
    first = booklet(tmp_path / "a")
    chosen = Selection(who=frozenset({"企业"}))
    now = booklet(tmp_path / "b", selection=chosen, previous=first.manifest)
    assert now.changes is not None
    assert now.changes.warning.startswith("两期收录的范围不同：上一期是全部，这一期是给企业的。")
