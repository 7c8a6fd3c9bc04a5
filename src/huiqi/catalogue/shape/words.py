"""The closed word lists of the catalogue: each class is one key's choice of values."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeAlias

from huiqi.catalogue.shape.base import Word


class Level(StrEnum):
    """级别: which government issued the document."""

    STATE = "国家"
    PROVINCE = "省"
    CITY = "市"
    COUNTY = "县区"


class Form(StrEnum):
    """形式: what kind of support it is; only the first five are money that adds up."""

    GRANT = "奖补"
    INTEREST = "贴息"
    TAX_CUT = "减税"
    FEE_CUT = "减费"
    COMPENSATION = "补偿"
    LOAN = "贷款"
    VOUCHER = "券"
    FUND = "基金"
    ALLOTMENT = "指标"
    CONVENIENCE = "便利"


MONEY_FORMS = frozenset({Form.GRANT, Form.INTEREST, Form.TAX_CUT, Form.FEE_CUT, Form.COMPENSATION})
"""The forms whose amounts count towards what an enterprise can get."""


class Nature(StrEnum):
    """性质: whether the amount is given as it stands, is an upper bound, or follows a rate."""

    FIXED = "定额"
    UP_TO = "不超过"
    RATE = "按比例"


class RoundingMode(StrEnum):
    """方式 of 取整."""

    HALF_UP = "四舍五入"
    DOWN = "舍去"
    UP = "进位"


class Per(StrEnum):
    """每: what a limit is counted by."""

    ENTERPRISE = "企业"
    DEPARTMENT = "责任单位"
    YEAR = "年度"
    PROJECT = "项目"
    PERSON = "人员"
    MATTER = "事由"
    CATEGORY = "类别"
    BENEFIT = "事项"


class UpperLevel(StrEnum):
    """已获上级资金: what follows when a higher level has paid for the same matter."""

    NOT_AGAIN = "不再享受"


class Exemption(StrEnum):
    """除非: what is exempt from the rule on upper-level money."""

    MATCHING = "配套"


class Reason(StrEnum):
    """因: why a part of a clause is not coded, or cannot be computed."""

    EXPERTS = "专家评审"
    DISCRETION = "裁量"
    ELSEWHERE = "另行规定"
    TABLE_MISSING = "表缺失"
    NO_STANDARD = "未给标准"
    DATE_MISSING = "日期缺失"
    TO_VERIFY = "待核"


class Effect(StrEnum):
    """影响: what a later law does to a clause."""

    STOPS = "停止"
    CHANGES = "修改"
    TO_VERIFY = "待核"


class Order(StrEnum):
    """次序 of a ranking."""

    DESCENDING = "高到低"
    ASCENDING = "低到高"


class Ties(StrEnum):
    """并列: what becomes of those who share the last place of a ranking."""

    ALL = "都取"
    NONE = "都不取"
    FORMULA = "次式"
    OPEN = "待定"


class Shortfall(StrEnum):
    """不足时: how a budget is handed out that does not cover everybody."""

    FIRST_COME = "先到先得"
    PRO_RATA = "按比例"
    BY_RANK = "按名次"
    UNSTATED = "未载明"


class FactType(StrEnum):
    """类型 of a fact."""

    FLAG = "是否"
    TEXT = "文本"
    OPTION = "选项"
    DATE = "日期"
    MONEY = "金额"
    COUNT = "数量"
    RATIO = "比例"
    DURATION = "时长"
    COLLECTION = "集合"


class Code(StrEnum):
    """格式 of a text fact: the standard whose check digits or table it must satisfy."""

    CREDIT_CODE = "统一社会信用代码"
    IDENTITY = "公民身份号码"
    REGION = "行政区划代码"


class Verdict(StrEnum):
    """判定: what an example expects."""

    MET = "符合"
    POSSIBLE = "可能符合"
    PENDING = "待补充"
    UNMET = "不符合"
    OUT_OF_PERIOD = "不在期内"
    NOT_COMPUTABLE = "不可计算"


LevelWord: TypeAlias = Annotated[Level, Word()]
FormWord: TypeAlias = Annotated[Form, Word()]
NatureWord: TypeAlias = Annotated[Nature, Word()]
RoundingWord: TypeAlias = Annotated[RoundingMode, Word()]
PerWord: TypeAlias = Annotated[Per, Word()]
UpperLevelWord: TypeAlias = Annotated[UpperLevel, Word()]
ExemptionWord: TypeAlias = Annotated[Exemption, Word()]
ReasonWord: TypeAlias = Annotated[Reason, Word()]
EffectWord: TypeAlias = Annotated[Effect, Word()]
OrderWord: TypeAlias = Annotated[Order, Word()]
TiesWord: TypeAlias = Annotated[Ties, Word()]
ShortfallWord: TypeAlias = Annotated[Shortfall, Word()]
FactTypeWord: TypeAlias = Annotated[FactType, Word()]
CodeWord: TypeAlias = Annotated[Code, Word()]
VerdictWord: TypeAlias = Annotated[Verdict, Word()]
