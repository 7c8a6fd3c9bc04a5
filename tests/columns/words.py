"""What the rules that are made at random speak of: facts, parameters, numbers and days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from huiqi.language import syntax as s
from huiqi.language import types as t
from huiqi.language.types import Type
from huiqi.language.units import parse_quantity
from tests.support import read_vocabulary

ON = date(2024, 6, 1)

VOCABULARY = read_vocabulary("""\
事实:
  投资额: {类型: 金额, 单位: 万元, 问: 多少？}
  贷款额: {类型: 金额, 单位: 万元, 最小: 50万元, 最大: 100亿元, 问: 多少？}
  利润: {类型: 金额, 最小: -100亿元, 问: 多少？}
  外资: {类型: 金额, 单位: 万美元, 问: 多少？}
  从业人数: {类型: 数量, 单位: 人, 问: 多少？}
  面积: {类型: 数量, 单位: 平方米, 最大: 5000平方米, 问: 多大？}
  占比: {类型: 比例, 最大: 100%, 问: 多少？}
  增速: {类型: 比例, 最小: -100%, 问: 多少？}
  倍数: {类型: 比例, 最小: 50%, 最大: 300%, 问: 多少？}
  经营时长: {类型: 时长, 单位: 年, 问: 几年？}
  工期: {类型: 时长, 单位: 日, 最大: 3650日, 问: 几天？}
  成立日期: {类型: 日期, 问: 哪天？}
  开工日期: {类型: 日期, 问: 哪天？}
  企业规模: {类型: 选项, 选项: [大型, 中型, 小型, 微型], 问: 哪一个？}
  去年规模: {类型: 选项, 选项: [大型, 中型, 小型, 微型], 问: 哪一个？}
  高新企业: {类型: 是否, 问: 是吗？}
  失信: {类型: 是否, 问: 是吗？}
  测算额: {类型: 金额, 最小: -1000亿元, 问: 多少？}
  测算规模: {类型: 选项, 选项: [大型, 中型, 小型, 微型], 问: 哪一个？}
  测算日期: {类型: 日期, 问: 哪天？}
  达标: {类型: 是否, 问: 是吗？}
  项目:
    类型: 集合
    称呼: 项目名
    问: 哪些？
    字段:
      项目名: {类型: 文本, 问: 叫什么？}
      设备额: {类型: 金额, 单位: 万元, 问: 多少？}
      盈亏: {类型: 金额, 最小: -10亿元, 最大: 10亿元, 问: 多少？}
      人数: {类型: 数量, 单位: 人, 问: 多少？}
      完工日期: {类型: 日期, 问: 哪天？}
      类别: {类型: 选项, 选项: [新建, 改造, 扩建], 问: 哪一个？}
      示范: {类型: 是否, 问: 是吗？}
  门店:
    类型: 集合
    称呼: 店名
    问: 哪些？
    字段:
      店名: {类型: 文本, 问: 叫什么？}
      租金: {类型: 金额, 问: 多少？}
      店员: {类型: 数量, 单位: 人, 最小: 1人, 问: 多少？}
      开业日期: {类型: 日期, 问: 哪天？}
      自营: {类型: 是否, 问: 是吗？}
""")

SCALES = VOCABULARY["企业规模"].type
CATEGORIES = VOCABULARY["项目"].fields["类别"].type
PEOPLE, AREA, DOLLARS = (VOCABULARY[name].type for name in ("从业人数", "面积", "外资"))
COLLECTIONS = ("项目", "门店")
DERIVED = ("达标", "测算额", "测算规模", "测算日期")  # each may follow from those before it
NUMBERS = (t.MONEY, t.MONEY, t.PURE_NUMBER, PEOPLE, t.MONTHS, t.DAYS, AREA, DOLLARS, t.YEAR)
PARAMETERS: Mapping[str, Type] = {
    "限额": t.MONEY,
    "限额范围": t.MONEY,
    "未核限额": t.MONEY,
    "未核系数": t.PURE_NUMBER,
    "无值限额": t.MONEY,
}
LITERALS: Mapping[Type, Sequence[str]] = {
    t.MONEY: ("0元", "2.5元", "300元", "1万元", "300万元", "2亿元", "0.01元"),
    t.PURE_NUMBER: ("30%", "2.5%", "1", "2", "3", "100%", "0.01%"),
    PEOPLE: ("0人", "1人", "5人", "300人"),
    t.MONTHS: ("1年", "3年", "6月", "18月", "1月"),
    t.DAYS: ("1日", "30日", "365日"),
    AREA: ("100平方米", "2.5平方米", "1亩"),
    DOLLARS: ("1美元", "500万美元"),
    t.YEAR: ("2023年度", "2024年度"),
}
STEPS: Mapping[Type, Sequence[str]] = {
    t.MONEY: ("1元", "1万元", "100元", "0.03元"),
    t.PURE_NUMBER: ("1%", "0.5%", "1"),
    PEOPLE: ("10人", "2人"),
    t.MONTHS: ("1年", "1月"),
    t.DAYS: ("7日",),
    AREA: ("1平方米", "1亩"),
    DOLLARS: ("1万美元",),
    t.YEAR: ("10年度",),
}
DAYS = (
    ON,
    date(2020, 2, 29),
    date(2023, 12, 31),
    date(2024, 1, 31),
    date(2023, 3, 1),
    date(2100, 3, 1),
    date(1, 1, 1),
    date(9999, 12, 31),
)
OPERATORS = ("=", "!=", "<", "<=", ">", ">=")


def quantity(text: str) -> s.Literal:
    """The literal that a written quantity is."""
    read = parse_quantity(text)
    return s.Literal(value=read.number, text=text, type=t.number(read.dimension, read.unit))


def is_type(one: Type, other: Type) -> bool:
    """Whether a fact declared so is of the other type."""
    return one.kind is other.kind and one.agrees(other) and one.options == other.options
