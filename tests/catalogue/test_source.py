"""The YAML reader: what stands where, what a scalar means, and what is refused."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from huiqi.catalogue.source import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_NODES,
    Key,
    ListNode,
    MapNode,
    Node,
    ScalarNode,
    read_file,
    read_source,
)
from huiqi.language.syntax import Span


def root_of(text: str | bytes) -> Node:
    source = read_source(text, "f.yaml")
    assert source.diagnostics == ()
    assert source.root is not None
    return source.root


def scalar(text: str) -> ScalarNode:
    tree = root_of(f"键: {text}")
    assert isinstance(tree, MapNode)
    node = tree["键"]
    assert isinstance(node, ScalarNode)
    return node


def findings(content: str | bytes) -> list[str]:
    return [str(diagnostic) for diagnostic in read_source(content, "f.yaml").diagnostics]


class TestPlaces:
    TEXT = "文件:\n  标题: 甲\n  机关: [乙, 丙]\n事项:\n  - 名: 丁\n"

    def test_every_key_and_value_knows_line_and_column(self) -> None:
        tree = root_of(self.TEXT)
        assert isinstance(tree, MapNode)
        document = tree["文件"]
        assert isinstance(document, MapNode)
        assert document.key_at("标题") == Span("f.yaml", 2, 3)
        assert document["标题"].at == Span("f.yaml", 2, 7)
        issuers = document["机关"]
        assert isinstance(issuers, ListNode)
        assert [issuers.at, *(one.at for one in issuers)] == [
            Span("f.yaml", 3, 7), Span("f.yaml", 3, 8), Span("f.yaml", 3, 11),
        ]  # fmt: skip
        benefits = tree["事项"]
        assert isinstance(benefits, ListNode)
        assert benefits[0].at == Span("f.yaml", 5, 5)

    def test_keys_are_found_by_plain_text_and_keep_their_place(self) -> None:
        tree = root_of(self.TEXT)
        assert isinstance(tree, MapNode)
        key = next(iter(tree))
        assert isinstance(key, Key)
        assert (key, key.at) == ("文件", Span("f.yaml", 1, 1))
        assert tree.key_at("没有") == tree.at

    def test_windows_line_ends_and_a_byte_order_mark_do_not_shift_places(self) -> None:
        tree = root_of("\ufeff甲: 1\r\n乙: 2\r\n".encode())
        assert isinstance(tree, MapNode)
        assert (tree.key_at("甲"), tree["乙"].at) == (Span("f.yaml", 1, 1), Span("f.yaml", 2, 4))

    def test_columns_count_characters_of_the_file_not_of_the_normal_form(self) -> None:
        tree = root_of("{e\u0301: 1, 乙: 2}")
        assert isinstance(tree, MapNode)
        assert list(tree) == ["\u00e9", "乙"]
        assert tree.key_at("乙") == Span("f.yaml", 1, 9)


class TestScalars:
    @pytest.mark.parametrize(
        ("written", "value"),
        [
            ("是", True), ("否", False), ("true", True), ("False", False),
            ("null", None), ("~", None), ("", None),
            ("0", 0), ("12", 12), ("-3", -3), ("１２", 12), ("91410200123456789", 91410200123456789),
            ("0.1", Decimal("0.1")), ("-2.50", Decimal("-2.50")), ("１．５", Decimal("1.5")),
            ("2024-02-29", date(2024, 2, 29)), ("２０２４-０１-３１", date(2024, 1, 31)),
        ],
    )  # fmt: skip
    def test_plain_values_mean_what_they_look_like(self, written: str, value: object) -> None:
        node = scalar(written)
        assert node.value == value
        assert type(node.value) is type(value)
        assert node.raw == written

    @pytest.mark.parametrize(
        "written",
        [
            "on", "off", "yes", "no", "y", "n", "Yes", "NO",  # booleans of YAML 1.1
            "12:30", "1:20:30",  # base sixty
            "010", "0o17", "0x1F", "0b101", "0410205", "00",  # octal and codes with a leading zero
            "1_000", "1,000", "1e3", "1.", ".5", ".inf", ".nan", "+5",
            "2024-5-1", "2024/05/01", "2024-05-01T10:00:00", "2024年5月1日",
            "300万元", "30%", "５０％", "<<", "=", "是的", "None", "无", "9" * 41,
        ],
    )  # fmt: skip
    def test_everything_else_stays_the_text_it_is(self, written: str) -> None:
        node = scalar(written)
        assert node.value == node.raw == written

    @pytest.mark.parametrize("written", ["是", "null", "12", "0.1", "2024-02-30", ""])
    def test_quoted_is_always_text(self, written: str) -> None:
        for quote in "'\"":
            node = scalar(f"{quote}{written}{quote}")
            assert (node.raw, node.value, node.quoted) == (written, written, True)

    def test_block_text_is_always_text(self) -> None:
        assert scalar("|\n  12\n").value == "12\n"

    def test_decimals_are_exact(self) -> None:
        value = scalar("0.30000000000000004").value
        assert value == Decimal("0.30000000000000004")
        assert not isinstance(value, float)

    def test_text_is_brought_to_normal_form_c(self) -> None:
        assert scalar("Cafe\u0301").raw == "Caf\u00e9"

    def test_keys_are_never_resolved(self) -> None:
        tree = root_of("是: 1\n012: 2\n2024-02-30: 3\nnull: 4\n")
        assert isinstance(tree, MapNode)
        assert list(tree) == ["是", "012", "2024-02-30", "null"]

    def test_a_merge_key_is_a_key_like_any_other(self) -> None:
        tree = root_of("<<: {甲: 1}")
        assert isinstance(tree, MapNode)
        assert list(tree) == ["<<"]


class TestRefused:
    """What must not be read at all; each is one finding, and no tree."""

    @pytest.mark.parametrize(
        ("content", "finding"),
        [
            ("", "f.yaml:1:1: 错误: 文件是空的"),
            ("# 只有注释\n", "f.yaml:1:1: 错误: 文件是空的"),
            ("---\n...\n", "f.yaml:1:1: 错误: 文件是空的"),
            ("null\n", "f.yaml:1:1: 错误: 文件是空的"),
            (
                "甲: 1\n---\n乙: 2\n",
                "f.yaml:2:1: 错误: 一个文件里只能有一份内容（删掉 --- 或者拆成两个文件）",
            ),
            ("甲: &a [1]\n乙: *a\n", "f.yaml:1:4: 错误: 不能用 YAML 的锚点（&）（值以 & 开头时加引号）"),
            ("甲: *a\n", "f.yaml:1:4: 错误: 不能用 YAML 的引用（*）（值以 * 开头时加引号）"),
            ("甲: &a x", "f.yaml:1:4: 错误: 不能用 YAML 的锚点（&）（值以 & 开头时加引号）"),
            (
                "甲: !!python/object/apply:os.system [ls]\n",
                "f.yaml:1:4: 错误: 不能用 YAML 的标签（!）（值以 ! 开头时加引号）",
            ),
            ("甲: !!int '1'\n", "f.yaml:1:4: 错误: 不能用 YAML 的标签（!）（值以 ! 开头时加引号）"),
            (
                "? [甲]\n: 乙\n",
                "f.yaml:1:3: 错误: 键要是一个词，不能是列表或另一组键（式以 [ 或 { 开头时加引号）",
            ),
            (
                "甲: x\u200by\n",
                "f.yaml:1:5: 错误: 这里有看不见的字符 U+200B（多半是从网页粘贴带来的，删掉它）",
            ),
            (
                "甲: 1 # \u202e\n",
                "f.yaml:1:8: 错误: 这里有看不见的字符 U+202E（多半是从网页粘贴带来的，删掉它）",
            ),
            ("甲: 1\r\n乙: \x07\n", "f.yaml:2:4: 错误: 这里有不该有的控制字符 U+0007（删掉它）"),
            ("甲: 1\u2028乙: 2\n", "f.yaml:1:5: 错误: 这里有不该有的控制字符 U+2028（删掉它）"),
            ('甲: "\\0"\n', "f.yaml:1:4: 错误: 转义写出了控制字符或看不见的字符（直接写字）"),
            ('"\\0at": 1\n', "f.yaml:1:1: 错误: 转义写出了控制字符或看不见的字符（直接写字）"),
            ("[" * 100_000, f"f.yaml:1:{MAX_DEPTH + 1}: 错误: 嵌套超过 {MAX_DEPTH} 层，不读"),
            ("{甲: " * 100, f"f.yaml:1:{4 * MAX_DEPTH + 1}: 错误: 嵌套超过 {MAX_DEPTH} 层，不读"),
        ],
    )
    def test_one_clear_line(self, content: str, finding: str) -> None:
        source = read_source(content, "f.yaml")
        assert [str(diagnostic) for diagnostic in source.diagnostics] == [finding]
        assert source.root is None

    def test_a_huge_file(self) -> None:
        assert findings("甲" * (MAX_BYTES + 1)) == ["f.yaml:1:1: 错误: 文件超过 5 MB，不读（拆成几个文件）"]

    def test_a_huge_file_is_not_even_read_to_its_end(self, tmp_path: Path) -> None:
        path = tmp_path / "big.yaml"
        with path.open("wb") as stream:
            stream.truncate(100_000_000_000)
        assert [str(one) for one in read_file(path, "big.yaml").diagnostics] == [
            "big.yaml:1:1: 错误: 文件超过 5 MB，不读（拆成几个文件）"
        ]

    def test_very_many_values(self) -> None:
        assert findings("- 1\n" * (MAX_NODES + 1)) == [
            f"f.yaml:{MAX_NODES}:3: 错误: 内容超过 20 万项，不读（拆成几个文件）"
        ]

    def test_a_bomb_of_references_is_refused_at_the_first(self) -> None:
        bomb = "a: &a [1, 1]\n" + "".join(
            f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abc", "bcd", strict=True)
        )
        assert findings(bomb) == ["f.yaml:1:4: 错误: 不能用 YAML 的锚点（&）（值以 & 开头时加引号）"]


class TestEncodings:
    def test_gb18030_is_named_with_the_way_out(self) -> None:
        assert findings("标题: 开封市若干政策，二〇二三年\n".encode("gb18030")) == [
            (
                "f.yaml:1:1: 错误: 文件不是 UTF-8 编码，像是 GB18030"
                "（在编辑器里另存为 UTF-8，或运行 iconv -f GB18030 -t UTF-8 旧文件 > 新文件）"
            )
        ]

    def test_the_place_is_that_of_the_first_wrong_byte(self) -> None:
        [problem] = read_source(b"a: 1\nbc: " + "政策".encode("gb18030"), "f.yaml").diagnostics
        assert (problem.line, problem.column) == (2, 5)

    def test_big5_is_told_from_gb18030(self) -> None:
        assert "像是 Big5（" in findings("標題: 開封市促進市場主體高質量發展若干政策\n".encode("big5"))[0]

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
    def test_utf_16(self, encoding: str) -> None:
        mark = b"" if encoding == "utf-16" else {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[encoding]
        assert findings(mark + "标题: 甲".encode(encoding)) == [
            "f.yaml:1:1: 错误: 文件是 UTF-16 编码，要用 UTF-8（在编辑器里另存为 UTF-8）"
        ]

    def test_binary(self) -> None:
        assert findings(b"PK\x03\x04\x14\x00\x06\x00") == [
            "f.yaml:1:1: 错误: 这是二进制文件，不是文字（这里要 UTF-8 编码的 YAML 文字）"
        ]

    def test_noise(self) -> None:
        assert findings(b"ab: \xff\xfe\xf0\x81") == [
            "f.yaml:1:5: 错误: 这里不是 UTF-8 编码的文字（文件可能已损坏，或者不是文字）"
        ]


class TestFiles:
    def test_reads_a_file_and_calls_it_as_told(self, tmp_path: Path) -> None:
        path = tmp_path / "benefits.yaml"
        path.write_text("甲: 1\n", encoding="utf-8")
        source = read_file(path, "henan/benefits.yaml")
        assert source.file == "henan/benefits.yaml"
        assert source.root is not None
        assert source.root.at.file == "henan/benefits.yaml"
        assert read_file(path).file == str(path)

    def test_no_such_file(self, tmp_path: Path) -> None:
        assert str(read_file(tmp_path / "没有.yaml", "没有.yaml").diagnostics[0]) == (
            "没有.yaml:1:1: 错误: 没有这个文件"
        )

    def test_a_folder(self, tmp_path: Path) -> None:
        assert str(read_file(tmp_path, "夹").diagnostics[0]) == "夹:1:1: 错误: 这不是普通文件"

    def test_a_name_that_no_system_takes(self) -> None:
        [problem] = read_file(Path("长" * 5000), "长").diagnostics
        assert str(problem).startswith("长:1:1: 错误: 文件读不了")


class TestFindingsThatLetReadingGoOn:
    """These come together with the rest of the file, so that all is said at once."""

    def test_a_key_twice_keeps_the_first_and_reports_the_second(self) -> None:
        source = read_source("甲: 1\n乙:\n  丙: 2\n  丙: {丁: 3}\n甲: 4\n", "f.yaml")
        assert [str(one) for one in source.diagnostics] == [
            "f.yaml:4:3: 错误: 键「丙」写了两次（第一次在第 3 行）",
            "f.yaml:5:1: 错误: 键「甲」写了两次（第一次在第 1 行）",
        ]
        assert isinstance(source.root, MapNode)
        assert isinstance(source.root["甲"], ScalarNode)
        assert source.root["甲"].value == 1

    def test_keys_equal_after_normalisation_are_the_same_key(self) -> None:
        assert findings("Caf\u00e9: 1\nCafe\u0301: 2\n") == [
            "f.yaml:2:1: 错误: 键「Caf\u00e9」写了两次（第一次在第 1 行）"
        ]

    @pytest.mark.parametrize("day", ["2024-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "0000-01-01"])
    def test_a_day_that_does_not_exist(self, day: str) -> None:
        assert findings(f"印发: {day}\n甲: 1\n") == [
            f"f.yaml:1:5: 错误: 没有 {day} 这一天（不是日期的编号要加引号）"
        ]

    def test_a_key_with_wide_spaces(self) -> None:
        assert findings("\u3000甲: 1\n") == [
            "f.yaml:1:1: 错误: 键「甲」前后有全角或特殊的空格（只用半角空格）"
        ]

    def test_an_empty_key(self) -> None:
        assert findings("'': 1\n") == ["f.yaml:1:1: 错误: 这里的键是空的"]

    def test_a_comma_in_braces_takes_a_formula_apart(self) -> None:
        assert findings("{名: 增值税, 式: 取小(扣减限额, 应缴增值税)}") == [
            (
                "f.yaml:1:13: 错误: 「取小(扣减限额」的括号不成对"
                "（在 {…} 和 […] 里，含逗号或方括号的式要整个加引号）"
            )
        ]

    def test_a_word_alone_in_braces(self) -> None:
        assert findings("{名: 甲, 乙}") == [
            "f.yaml:1:8: 错误: 「乙」后面没有冒号和值（在 {…} 里，含逗号的式要整个加引号）"
        ]

    def test_a_wide_colon_in_braces(self) -> None:
        assert findings("{名：甲, 式: 乙}") == [
            "f.yaml:1:2: 错误: 「名：甲」后面没有冒号和值（冒号、逗号、括号用半角的，冒号后面空一格）"
        ]

    def test_a_key_with_a_colon_and_nothing_behind_it_is_null(self) -> None:
        tree = root_of("{甲: , 乙: 1}")
        assert isinstance(tree, MapNode)
        assert isinstance(tree["甲"], ScalarNode)
        assert tree["甲"].value is None
