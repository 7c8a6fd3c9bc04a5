"""What is left of a question, and what kind of answer it wants."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.library.search.question import LONGEST, Wanted, read_question


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("首次贷款贴息", ("首次贷款贴息",)),
        ("请问小店房租能补多少钱？", ("小店房租能补", "?")),
        ("开店要带什么材料", ("开店要带", "材料")),
        ("我想问一下注销怎么办理", ("注销", "办理")),
        ("有没有  首次贷款", ("首次贷款",)),
        ("首貸 白名單", ("首贷", "白名单")),
        ("有补贴吗", ("有补贴",)),
        ("退了吗了", ("退了",)),
        ("什么时候开始呢", ("开始",)),
        ("", ()),
        ("怎么", ()),
        ("多少钱吗", ()),
    ],
)
def test_words_that_only_ask_are_left_out(text: str, pieces: tuple[str, ...]) -> None:
    assert read_question(text).pieces == pieces


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("房租补多少", Wanted.AMOUNT),
        ("最高能拿几万", Wanted.AMOUNT),
        ("贷款额度", Wanted.AMOUNT),
        ("审核要多久", Wanted.PERIOD),
        ("几个工作日办完", Wanted.PERIOD),
        ("公告期多少天", Wanted.PERIOD),
        ("哪一天截止", Wanted.DATE),
        ("什么时候开始报名", Wanted.DATE),
        ("要交哪些材料", Wanted.MATERIALS),
        ("需要提供什么证明", Wanted.MATERIALS),
        ("找谁办", Wanted.OFFICE),
        ("哪个部门受理", Wanted.OFFICE),
        ("能领几次", Wanted.COUNT),
        ("要培育多少家企业", Wanted.COUNT),
        ("房租补贴", None),
        ("几乎没有", None),
    ],
)
def test_the_kind_of_answer_is_told_from_the_question(text: str, wanted: Wanted | None) -> None:
    assert read_question(text).wanted is wanted


@pytest.mark.parametrize(
    ("question", "answer", "no_answer"),
    [
        ("补多少", "最高5000元", "给予一次性补贴"),
        ("补多少", "按30%给予补助", "共3个月"),
        ("要多久", "10个工作日内办结", "2031年3月5日起施行"),
        ("要多久", "三个月内不收", "自2031年起"),
        ("要多久", "每2年一次", "于2031年3月5日"),
        ("什么时候", "2031年3月起", "3个工作日"),
        ("哪些材料", "提交营业执照复印件", "给予补贴"),
        ("找谁办", "向市商务局申请", "给予补贴"),
        ("找谁办", "（责任单位：市商务局）", "给予补贴"),
        ("能领几次", "每店只补一次", "最高5000元"),
    ],
)
def test_a_passage_has_the_kind_of_answer_or_not(question: str, answer: str, no_answer: str) -> None:
    read = read_question(question)
    assert read.answers(answer)
    assert not read.answers(no_answer)


def test_no_passage_answers_when_no_kind_is_wanted() -> None:
    assert not read_question("房租补贴").answers("最高5000元")


def test_a_long_question_is_cut_and_said_to_be() -> None:
    assert not read_question("问" * LONGEST).cut
    read = read_question("税" * (LONGEST + 1))
    assert read.cut
    assert read.pieces == ("税" * LONGEST,)


@given(st.text(max_size=300))
def test_any_question_is_read(text: str) -> None:
    read = read_question(text)
    assert all(piece.strip() == piece and piece for piece in read.pieces)
