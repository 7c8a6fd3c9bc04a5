"""Whatever is in a file, reading it ends in diagnostics that point into it, and never in an exception."""

from hypothesis import given
from hypothesis import strategies as st

from huiqi.catalogue.shape import BenefitsFile, as_shape
from huiqi.catalogue.source import Source, read_source

GOOD = """\
文件:
  标识: a-2023
  标题: "甲, 乙"
  文号: null
  机关: [丙, 丁]
  级别: 市
  地区: '410200'
  印发: 2023-06-30
适用期: {自: 2023-01-01, 至: null}
同享限制:
  - {每: [企业, 年度], 最多: 1项, 依据: 五}
事项:
  - 标识: a-2023/b
    名: 丁
    摘要: >-
      丁给
      钱
    依据: 一、（一）
    责任单位: 戊
    形式: 奖补
    全部满足:
      - {名: 己, 式: "规模 属于 [小型, 微型]", 字样: 小型}
      - 任一满足: {名: 庚, 条件: [{名: 辛, 式: 辛 >= 300万元}]}
    金额: {式: 投资额 * 30%, 封顶: 200万元, 性质: 不超过}
"""
SIGNS = st.sampled_from(
    [
        *" \n\t:：,，{}[]｛｝［］()\"'-#&*!|>%@?~\\",
        "是",
        "null",
        ": ",
        "- ",
        "---\n",
        "\u3000",
        "\u200b",
        "\0",
    ]
)


def points_into_the_text(source: Source, text: str) -> bool:
    lines = text.split("\n")
    return all(
        1 <= one.line <= len(lines) + 1
        and 1 <= one.column <= max((len(line) for line in lines), default=0) + 2
        and one.message
        for one in source.diagnostics
    )


def test_the_good_text_is_good() -> None:
    read = as_shape(read_source(GOOD, "f"), BenefitsFile)
    assert read.diagnostics == ()
    assert read.shape is not None


@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    source = read_source(content, "f")
    assert source.root is not None or source.diagnostics


@given(st.text(max_size=200).map(lambda text: text.replace("\r", "")))
def test_any_text(text: str) -> None:
    source = read_source(text, "f")
    assert source.root is not None or source.diagnostics
    assert points_into_the_text(source, text)


@given(st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 8), SIGNS | st.just("")), max_size=4))
def test_a_good_text_with_slips(slips: list[tuple[int, int, str]]) -> None:
    text = GOOD
    for start, length, sign in slips:
        text = text[:start] + sign + text[start + length :]
    source = read_source(text, "f")
    assert points_into_the_text(source, text)
    read = as_shape(source, BenefitsFile)
    assert read.shape is not None or read.diagnostics
    assert set(source.diagnostics) <= set(read.diagnostics)
