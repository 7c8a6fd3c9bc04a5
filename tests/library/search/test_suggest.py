"""Other words for a question that found little."""

from huiqi.library.search.suggest import suggest

SYNONYMS = {"房租": ("租金", "租赁费用"), "关门": ("注销", "歇业")}


def test_a_misspelt_word_finds_the_heading_that_was_meant() -> None:
    assert suggest(["简意注销公告"], ["简易注销公告", "减轻房租"], {}) == ("简易注销公告",)


def test_terms_of_the_list_are_suggested_too() -> None:
    assert suggest(["租赁费"], [], SYNONYMS) == ("租赁费用",)


def test_what_is_said_already_is_not_suggested() -> None:
    assert suggest(["减轻房租"], ["减轻房租"], SYNONYMS) == ()


def test_the_nearest_come_first_and_few() -> None:
    headings = [
        f"设立登记{end}" for end in ("一二三四", "一", "一二", "一二三", "一二三四五六七八", "甲", "乙")
    ]
    found = suggest(["设立登计登记"], headings, {})
    assert found[:2] == ("设立登记一", "设立登记乙")
    assert len(found) == 5


def test_nothing_alike_is_no_suggestion() -> None:
    assert suggest(["天气"], ["减轻房租"], SYNONYMS) == ()
    assert suggest([], ["减轻房租"], SYNONYMS) == ()
