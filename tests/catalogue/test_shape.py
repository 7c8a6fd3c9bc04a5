"""The shapes against the language reference, and what they keep: every text with its place."""

import re
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from pydantic import ValidationError

from huiqi.catalogue import shape as shapes
from huiqi.catalogue.shape import (
    AMOUNT_FORMS,
    Benefit,
    BenefitsFile,
    CasesFile,
    Condition,
    ConditionGroup,
    FactsFile,
    FixedAmount,
    FormulaAmount,
    GroupKind,
    ItemisedAmount,
    ParametersFile,
    RulesFile,
    Shape,
    TableAmount,
    Text,
    TieredAmount,
    as_shape,
)
from huiqi.catalogue.source import MapNode, ScalarNode, read_source
from huiqi.language.syntax import Span

REFERENCE = (Path(__file__).parents[2] / "docs" / "language.md").read_text(encoding="utf-8")
BLOCKS: list[str] = re.findall(r"```yaml\n(.*?)```", REFERENCE, re.DOTALL)

HEAD = """\
文件: {标识: a, 标题: 甲, 文号: null, 机关: [乙, 丙], 级别: 市, 地区: "410200", 印发: 2023-06-30}
适用期: {自: 2023-01-01, 至: null}
"""
BENEFIT = """\
事项:
  - 标识: a/b
    名: 丁
    摘要: 丁给钱
    依据: 一
    责任单位: 戊
    形式: 奖补
"""


S = TypeVar("S", bound=Shape)


def read(text: str, shape: type[S]) -> S:
    result = as_shape(read_source(text, "f.yaml"), shape)
    assert [str(one) for one in result.diagnostics] == []
    assert result.shape is not None
    return result.shape


def benefit(more: str = "    金额: {定额: 1万元}\n") -> Benefit:
    return read(HEAD + BENEFIT + more, BenefitsFile).benefits[0]


def block(start: str) -> str:
    return next(text for text in BLOCKS if text.startswith(start))


def words_after(sentence: str) -> list[str]:
    """The words in the first backquotes behind a sentence of the reference."""
    found = re.search(re.escape(sentence) + r"[^`]*`([^`]+)`", REFERENCE)
    assert found, sentence
    return found.group(1).split()


class TestAgainstTheReference:
    """docs/language.md is the contract: its examples are read, its lists of keys and words are ours."""

    def test_example_of_a_document(self) -> None:
        file = read(block("文件:"), BenefitsFile)
        assert file.document.level is shapes.Level.CITY
        assert file.document.issued == date(2023, 6, 30)
        assert file.document.number is None
        assert (file.period.start, file.period.end) == (date(2023, 1, 1), date(2025, 12, 31))
        assert [one.text for one in file.benefits[0].departments] == ["市工业和信息化局"]

    def test_example_of_facts(self) -> None:
        facts = {name.text: fact for name, fact in read(block("事实:"), FactsFile).facts.items()}
        assert list(facts) == ["年主营业务收入", "主体类型", "认定"]
        assert facts["年主营业务收入"].effort == 2
        assert [name.text for name in facts["认定"].fields] == ["名称", "认定日期"]

    def test_example_of_conditions(self) -> None:
        found = benefit(
            block("全部满足:").replace("\n", "\n    ").strip().join(["    ", "\n    金额: {定额: 1元}\n"])
        )
        assert [type(one) for one in found.all_of] == [Condition, ConditionGroup]

    def test_examples_of_amounts(self) -> None:
        bodies = re.split(r"^金额:", block("金额:"), flags=re.MULTILINE)[1:]
        read_as = [
            benefit("    金额:" + body.rstrip().replace("\n", "\n    ") + "\n").amount for body in bodies
        ]
        assert [type(one) for one in read_as] == [
            FixedAmount, FormulaAmount, TieredAmount, TableAmount, ItemisedAmount,
        ]  # fmt: skip

    def test_example_of_limits(self) -> None:
        limits = read(HEAD + block("同享限制:"), BenefitsFile).limits
        assert [bool(one.at_most) for one in limits] == [True, True, False, False, True]
        assert limits[1].highest
        assert limits[3].unless is shapes.Exemption.MATCHING
        assert [one.text for one in limits[4].benefits] == ["a/x", "a/y"]

    def test_examples_of_quota_and_uncoded(self) -> None:
        quotas = block("名额:").strip().splitlines()
        uncoded = "    " + block("未编码:").strip().replace("\n", "\n    ")
        found = [benefit(f"    金额: {{定额: 1万元}}\n    {quota}\n{uncoded}\n") for quota in quotas]
        ranked, per_cell, budget, apart = (one.quotas[0] for one in found)
        assert ranked.order is shapes.Order.DESCENDING
        assert (per_cell.ties, per_cell.then_order) == (shapes.Ties.FORMULA, shapes.Order.ASCENDING)
        assert budget.shortfall is shapes.Shortfall.FIRST_COME
        assert ([one.text for one in apart.before], apart.refill) == (["xx-2023/share"], True)
        assert found[0].uncoded[0].reason is shapes.Reason.EXPERTS

    def test_examples_of_rules_and_parameters(self) -> None:
        rules, parameters = re.split(r"^(?=参数:)", block("规则:"), flags=re.MULTILINE)
        [rule] = read(rules, RulesFile).rules.values()
        assert [bool(case.otherwise) for case in rule.cases] == [False, True]
        [parameter] = read(parameters, ParametersFile).parameters.values()
        assert not parameter.values[0].confirmed
        assert parameter.values[0].high == Text("24000元/年", Span("", 0, 0))

    def test_example_of_cases(self) -> None:
        [example] = read(block("例:"), CasesFile).examples
        assert example.on == date(2024, 6, 1)
        assert [trial.verdict for trial in example.trials][-1] is shapes.Verdict.OUT_OF_PERIOD
        assert [one.text for one in example.trials[3].amount or ()] == ["90万元", "200万元"]

    def test_keys_of_a_document(self) -> None:
        assert sorted(BenefitsFile.key_names()) == sorted(words_after("文件一级可用的键："))

    def test_keys_of_a_benefit(self) -> None:
        assert sorted(Benefit.key_names()) == sorted(words_after("事项可用的键："))

    @pytest.mark.parametrize(
        ("sentence", "kind"),
        [
            ("| `形式` |", shapes.Form),
            ("类型有：", shapes.FactType),
            ("`每` 里可以用：", shapes.Per),
            ("因有：", shapes.Reason),
            ("六种：", shapes.Verdict),
        ],
    )
    def test_words(self, sentence: str, kind: type[shapes.Form]) -> None:
        assert [one.value for one in kind] == words_after(sentence)


class TestTexts:
    def test_formulas_and_quantities_stay_as_written_with_their_place(self) -> None:
        amount = benefit("    金额: {式: 投资额 * 30%, 封顶: 200万元}\n").amount
        assert isinstance(amount, FormulaAmount)
        assert str(amount.formula) == "投资额 * 30%"
        assert amount.formula.at == Span("f.yaml", 10, 13)
        assert amount.cap is not None
        assert (amount.cap.text, amount.cap.at.column) == ("200万元", 28)
        assert amount.at == Span("f.yaml", 10, 9)

    def test_words_that_yaml_would_change_stay_as_written(self) -> None:
        found = benefit("    金额: {式: 是}\n    类别: 007\n    事由: 2024-01-01\n")
        assert isinstance(found.amount, FormulaAmount)
        assert found.amount.formula.text == "是"
        assert found.category is not None
        assert found.category.text == "007"
        assert found.matter is not None
        assert found.matter.text == "2024-01-01"

    def test_equal_by_its_characters_wherever_it_stands(self) -> None:
        one, other = Text("甲", Span("f", 1, 1)), Text("甲", Span("g", 2, 2), "'甲'")
        assert one == other
        assert hash(one) == hash(other)
        assert one != Text("乙", Span("f", 1, 1))

    @pytest.mark.parametrize(
        ("written", "character", "place"),
        [
            ("甲 >= 1", "1", (1, 9)),
            ("'甲 >= 1'", "1", (1, 10)),
            ('"甲 = \\"乙\\" 或 丙"', "丙", (1, 17)),
            ("'甲 = ''乙'' 或 丙'", "丙", (1, 17)),
            ("甲\n    且 乙", "乙", (2, 7)),
            ("|\n    甲\n    且 乙\n", "乙", (3, 7)),
            (">-\n    甲\n\n    且 乙\n", "且", (4, 5)),
            ("'甲\n    且 乙'", "乙", (2, 7)),
        ],
    )
    def test_a_character_in_it_has_a_place(
        self, written: str, character: str, place: tuple[int, int]
    ) -> None:
        tree = read_source(f"键: {written}", "f").root
        assert isinstance(tree, MapNode)
        text = Text.read(tree["键"])
        span = text.place(text.text.index(character))
        assert (span.line, span.column) == place

    def test_the_place_behind_its_end(self) -> None:
        assert Text("甲乙", Span("f", 3, 5)).place(2) == Span("f", 3, 7)
        assert Text("甲乙", Span("f", 3, 5), "'甲乙'").place(2) == Span("f", 3, 8)


class TestShapes:
    def test_one_item_may_stand_without_the_list(self) -> None:
        assert [one.text for one in benefit().departments] == ["戊"]
        alone = benefit("    金额: {定额: 1元, 字样: 1元, 累计封顶: {每: 企业, 限: 2元}}\n")
        listed = benefit("    金额: {定额: 1元, 字样: [1元], 累计封顶: [{每: [企业], 限: 2元}]}\n")
        assert alone.amount is not None
        assert listed.amount is not None
        assert alone.amount.wording == listed.amount.wording
        assert [cap.per for cap in alone.amount.accumulated_caps] == [
            cap.per for cap in listed.amount.accumulated_caps
        ]

    def test_what_a_clause_does_not_say_may_be_an_empty_list(self) -> None:
        text = HEAD + BENEFIT.replace("责任单位: 戊", "责任单位: []") + "    金额: {定额: 1元}\n"
        assert read(text, BenefitsFile).benefits[0].departments == ()

    def test_groups_nest(self) -> None:
        found = benefit(
            "    金额: {定额: 1元}\n"
            "    任一满足:\n"
            "      - 都不满足:\n"
            "          名: 己\n"
            "          条件:\n"
            "            - {名: 庚, 式: 庚}\n"
            "            - 全部满足: {名: 辛, 条件: [{名: 壬, 式: 壬}]}\n"
        )
        [group] = found.any_of
        assert isinstance(group, ConditionGroup)
        assert (group.kind, group.body.name.text, group.at.line) == (GroupKind.NONE, "己", 12)
        inner = group.body.conditions[1]
        assert isinstance(inner, ConditionGroup)
        assert inner.kind is GroupKind.ALL
        assert [type(one) for one in inner.body.conditions] == [Condition]

    def test_a_table_keeps_the_place_of_its_options(self) -> None:
        amount = benefit("    金额: {对照: {按: 奖项, 表: {一等奖: 2元, 二等奖: 1元}}}\n").amount
        assert isinstance(amount, TableAmount)
        assert [(name.text, name.at.column, given.text) for name, given in amount.lookup.table.items()] == [
            ("一等奖", 26, "2元"), ("二等奖", 35, "1元"),
        ]  # fmt: skip

    def test_facts_of_an_example_are_kept_as_the_tree(self) -> None:
        text = "例: [{事项: a/b, 日期: 2024-01-01, 基准: {}, 试: [{名: 子, 变: {甲.乙: 未知}, 判定: 符合}]}]"
        [example] = read(text, CasesFile).examples
        changes = example.trials[0].changes
        assert isinstance(changes, MapNode)
        assert isinstance(changes["甲.乙"], ScalarNode)
        assert changes.key_at("甲.乙").column == text.index("甲.乙") + 1

    def test_what_is_not_written_is_told_from_an_empty_list(self) -> None:
        text = "例: [{事项: a/b, 日期: 2024-01-01, 基准: {}, 试: [{名: 子, 未满足: []}]}]"
        [example] = read(text, CasesFile).examples
        assert example.trials[0].unmet == ()
        assert example.trials[0].missing is None

    def test_a_support_without_money_needs_no_amount(self) -> None:
        text = HEAD + BENEFIT.replace("奖补", "便利")
        assert read(text, BenefitsFile).benefits[0].amount is None

    def test_shapes_do_not_change(self) -> None:
        with pytest.raises(ValidationError):
            benefit().name = Text("子", Span("f", 1, 1))

    def test_every_key_says_what_it_means(self) -> None:
        """Editors show it, and so does the message about a missing key."""
        kinds = [one for one in vars(shapes).values() if isinstance(one, type) and issubclass(one, Shape)]
        assert len(kinds) > 30
        for kind in kinds:
            for key in kind.key_names():
                assert kind.field(key).description, (kind, key)
                assert re.fullmatch(r"[\u4e00-\u9fff]+", key)

    def test_the_forms_of_an_amount_are_required_keys(self) -> None:
        forms = (FixedAmount, FormulaAmount, TieredAmount, TableAmount, ItemisedAmount)
        assert tuple(form.required_keys() for form in forms) == tuple((form,) for form in AMOUNT_FORMS)
