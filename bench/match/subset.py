"""Twenty benefits of the catalogue as somebody would write them down who has the documents and a table.

The day is 2025-02-01, when enough benefits of every shape that ask for no collection are in force together
(on 2024-06-01 there are sixteen, five of them without an amount). None of this is read from the rules: it is
what the rules are compared with. 符合 and 可能符合 are one answer here: what tells them apart is known of a
document, not of an enterprise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import reduce

from bench.match.terms import (
    Term,
    among,
    choose,
    fact,
    larger,
    month,
    on_or_before,
    share,
    smaller,
    term,
    year,
)

DAY = date(2025, 2, 1)
YUAN = 100
WAN = 10_000 * YUAN
YI = 10_000 * WAN


@dataclass(frozen=True, slots=True)
class Column:
    """A fact as the bench makes it: whether it is 是否, 选项, 数 or 日期, and what values it takes.

    For 选项 ``options`` are the names in the order of their codes and ``weights`` how often each comes; for
    numbers the value is spread evenly over the sizes between ``least`` and ``most``, and is one of ``often``
    a third of the time (thresholds and what stands beside them).
    """

    name: str
    kind: str
    options: tuple[str, ...] = ()
    weights: tuple[float, ...] = ()
    least: int = 0
    most: int = 1
    often: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A benefit: who is due it, and the least and most it comes to (分; unknown where nothing bounds it)."""

    benefit: str
    condition: Term
    low: Term
    high: Term


WHO = (
    "企业 个体工商户 农民专业合作社 个人 事业单位 社会组织 高等院校 金融机构 中介机构 园区运营单位 县区政府"
    " 省辖市政府 政府部门"
)
WHERE = (
    "禹王台区 龙亭区 鼓楼区 顺河回族区 祥符区 城乡一体化示范区 兰考县 杞县 通许县 尉氏县"
    " 河南省其他地方 河南省外"
)
TRADE = (
    "农林牧渔业 采矿业 制造业 电力热力燃气及水生产和供应业 建筑业 批发和零售业"
    " 交通运输仓储和邮政业 住宿和餐饮业 信息传输软件和信息技术服务业 金融业 房地产业"
    " 租赁和商务服务业 科学研究和技术服务业 水利环境和公共设施管理业 居民服务修理和其他服务业"
    " 教育 卫生和社会工作 文化体育和娱乐业 公共管理社会保障和社会组织 国际组织"
)
FLAGS = (
    "正常经营 依法纳税 列入严重失信主体名单 完成规上限上净增目标 电子商务经营 获得省科技贷"
    " 科技企业 旅行社 规模以上工业企业 一季度满负荷生产 收购存量房做保租房 从事服务业"
    " 已登记一般纳税人 地方法人金融机构 符合创业担保贷款条件 检验机构为国有或公益类"
    " 经营者脱贫人口 经营者有失业登记证明 经营者零就业家庭 经营者城市低保家庭 经营者劳动年龄内"
    " 经营者登记失业 经营者高校毕业生 经营者自主就业退役士兵 经营者已选另一户享受 另一户已退出"
)
HALVED = "资源税 城建税 房产税 土地使用税 印花税 耕地占用税 教育费附加 地方教育附加"


def _choice(name: str, options: str, *weights: float) -> Column:
    names = tuple(options.split())
    return Column(name, "选项", names, weights or (1.0,) * len(names))


def _number(name: str, most: int, *often: int) -> Column:
    return Column(name, "数", least=0, most=most, often=(0, *often))


COLUMNS: tuple[Column, ...] = (
    _choice("主体类型", WHO, 50, 25, 1, 3, 1, 1, 1, 8, 2, 2, 3, 2, 1),
    _choice("注册地", WHERE, *(8,) * 10, 15, 5),
    _choice("行业门类", TRADE, 6, 2, 15, 2, 8, *(4,) * 15),
    _choice("企业规模", "大型 中型 小型 微型", 1, 3, 10, 12),
    _choice("金融机构类别", "银行业 财险 寿险 证券业 其他"),
    _choice("增值税纳税期限", "按季 按月", 3, 1),
    _choice("城建税所在地", "市区 县城或镇 其他地区"),
    *(Column(name, "是否") for name in FLAGS.split()),
    _number("年主营业务收入", 200 * YI, *(n * YI + d for n in (10, 30, 50, 100) for d in (0, 1))),
    _number("前一年主营业务收入", 100 * YI, 10 * YI),
    _number("规上限上净增户数", 60),
    _number("名优特网络销售额", YI, 2000 * WAN - 1, 2000 * WAN),
    _number("科技贷应付利息", 1000 * WAN, 1, 5, 15, 166_666_667),
    _number("科技保险保费支出", 300 * WAN, 1, 5, 15, 66_666_667),
    _number("来豫旅游专列数", 40),
    _number("来豫旅游包机架次", 40),
    _number("一季度营业收入", 20 * YI, 11 * WAN, 11 * WAN - 1),
    Column("上年一季度营业收入", "数", least=1, most=20 * YI, often=(10 * WAN, 1)),
    _number("收购存量房贷款余额", 10 * YI, 24, 25, 26),
    _number("年应征增值税销售额", 2000 * WAN, 500 * WAN, 500 * WAN + 1),
    _number("本期应税销售额", 100 * WAN, 10 * WAN, 10 * WAN + 1, 30 * WAN, 30 * WAN + 1),
    _number("本期百分之三征收率销售额", 100 * WAN, 1, 16, 17, 25, 50),
    *(_number(f"减半前{name}", WAN, 1, 2, 3) for name in HALVED.split()),
    _number(
        "经营所得年应纳税所得额", 500 * WAN, 3 * WAN, 9 * WAN, 30 * WAN, 50 * WAN, 200 * WAN, 200 * WAN + 1
    ),
    _number("经营所得其他个税减免", 20 * WAN, 1, 333),
    _number("普惠小微贷款季末余额", 50 * YI, 5 * YI, 150),
    _number("普惠小微贷款上季末余额", 50 * YI, 5 * YI, 100),
    _number("电梯锅炉压力容器检验费", WAN, 1),
    _number("产品质量检验费", WAN, 1),
    _number("计量检测费", WAN, 1),
    _number("特种设备检验费", WAN, 1),
    *(_number(name, 20 * WAN, 1, 5) for name in ("境外专利申请费", "境外商标注册费")),
    *(_number(name, 20 * WAN, 1, 5) for name in ("管理体系认证费", "产品认证费")),
    _number("经营者登记失业月数", 36, 5, 6),
    Column("本年度已实际经营月数", "数", least=0, most=12, often=(0, 12)),
    _number("本年应缴增值税", 5 * WAN, 100, 333),
    _number("本年应缴经营所得个税", 5 * WAN, 1, 777),
    Column("成立日期", "日期", least=10_957, most=20_240),  # 2000-01-01 to 2025-06-01
    Column("经营者毕业日期", "日期", least=14_610, most=20_240),
)
PLACE = {column.name: column for column in COLUMNS}


def _is(name: str, options: str) -> Term:
    """Whether an option is one of those named."""
    known = PLACE[name].options
    return among(name, (known.index(option) for option in options.split()))


def _all(*parts: Term) -> Term:
    return reduce(Term.__and__, parts)


def _any(*parts: Term) -> Term:
    return reduce(Term.__or__, parts)


def _sum(names: str) -> tuple[Term, Term]:
    """Facts added up: those that are known, and all of them (unknown when one is)."""
    facts = [fact(name) for name in names.split()]
    return reduce(Term.__add__, (one.otherwise(0) for one in facts)), reduce(Term.__add__, facts)


def _part(names: str, numerator: int, denominator: int) -> tuple[Term, Term]:
    """A share of facts added up: what it comes to at least, and at most if anything bounds it."""
    least, most = _sum(names)
    return share(least, numerator, denominator), share(most, numerator, denominator)


def _fixed(amount: int) -> tuple[Term, Term]:
    return term(amount), term(amount)


def _capped(name: str, cap: int) -> tuple[Term, Term]:
    """三成, up to a cap that an unknown sum may reach."""
    amount = smaller(share(fact(name), 3, 10), cap)
    return amount.otherwise(0), amount.otherwise(cap)


def _kaifeng(who: str, *own: Term) -> Term:
    """What 开封市促进市场主体高质量发展若干政策 asks of all, with what one benefit asks besides."""
    exempt = _is("主体类型", "县区政府 政府部门 个人")
    here = _is("注册地", " ".join(WHERE.split()[:10]))
    return _all(
        _is("主体类型", who),
        here | exempt,
        fact("正常经营") | exempt,
        fact("依法纳税") | exempt,
        *own,
        ~fact("列入严重失信主体名单"),
    )


def _step_up(revenue: Term) -> Term:
    """主营业务收入上台阶: 10, 30, 50 and 100 亿元."""
    steps = ((10, 10), (30, 30), (50, 50), (100, 100))
    given = term(0)
    for above, wan in steps:
        given = choose(revenue > above * YI, wan * WAN, given)
    return given


def _revenue_growth() -> Rule:
    revenue = fact("年主营业务收入")
    asked = _kaifeng("企业 金融机构", revenue > 10 * YI, revenue > fact("前一年主营业务收入"))
    ends = (_step_up(revenue.otherwise(unknown)) for unknown in (10 * YI + 1, 101 * YI))
    return Rule("kaifeng-2023/revenue-growth", asked, *ends)


def _full_load() -> Rule:
    now, before = fact("一季度营业收入"), fact("上年一季度营业收入")
    grown = (now - before) * 10 >= before  # 同比增长一成; never unknown before the ends are told apart
    asked = _all(_is("主体类型", "企业"), fact("规模以上工业企业"), fact("一季度满负荷生产"))
    ends = (
        choose(Term("sure" if low else "possible", (grown,)), 20 * WAN, 10 * WAN) for low in (True, False)
    )
    return Rule("henan-2025q1/full-load", asked, *ends)


def _small_scale(*own: Term) -> Term:
    """A small-scale taxpayer in services; who does not say so is told by trade and by sales."""
    trade = ~_is("行业门类", "电力热力燃气及水生产和供应业 建筑业") & Term(
        "true_or_unknown", (~_is("行业门类", "农林牧渔业 采矿业 制造业"),)
    )
    small = ~fact("已登记一般纳税人") & (fact("年应征增值税销售额") <= 500 * WAN)
    return _all(fact("从事服务业").otherwise(trade), small, *own)


def _vat_exempt() -> Rule:
    sales, quarterly = fact("本期应税销售额"), _is("增值税纳税期限", "按季")
    # at most 10万元 is within either limit, more than 30万元 within none
    within = (sales <= 10 * WAN) | ((sales <= 30 * WAN) & quarterly)
    return Rule(
        "henan-services-2024/small-scale-vat-exempt",
        _small_scale(within),
        *_part("本期百分之三征收率销售额", 3, 100),
    )


def _household_tax() -> Rule:
    """经营所得个税减半: the tax on the first 200万元 by its brackets, less the other relief's share of it."""
    income, relief = fact("经营所得年应纳税所得额"), fact("经营所得其他个税减免")
    taxed = smaller(income, 200 * WAN)
    tax = taxed  # in twentieths of a 分, as the rates are in twentieths
    for rate, less in ((2, 1_500), (4, 10_500), (6, 40_500), (7, 65_500)):
        tax = Term("larger", (tax, taxed * rate - less * 20 * YUAN))
    above = larger(tax * income - relief * 20 * (200 * WAN), 0)
    halved = choose(
        Term("sure", (income > 200 * WAN,)),
        share(above, 1, larger(income, 1) * 40),
        share(larger(tax - relief * 20, 0), 1, 40),
    )
    most = (7 * 200 * WAN - 65_500 * 20 * YUAN) // 40
    return Rule(
        "henan-services-2024/household-income-tax-half",
        _is("主体类型", "个体工商户"),
        halved.otherwise(0),
        halved.otherwise(share(tax, 1, 40)).otherwise(most),
    )


def _inclusive_loan() -> Rule:
    now, before = fact("普惠小微贷款季末余额"), fact("普惠小微贷款上季末余额")
    return Rule(
        "henan-services-2024/inclusive-loan-support",
        _all(_is("主体类型", "金融机构"), fact("地方法人金融机构"), now > before, now > 0),
        share(larger(now - before, 0), 1, 100).otherwise(0),
        share(larger(now - before.otherwise(0), 0), 1, 100),
    )


def _overseas_fees() -> Rule:
    names = "境外专利申请费 境外商标注册费 管理体系认证费 产品认证费"
    some, every = _sum(names)
    return Rule(
        "henan-2024-60/overseas-fees",
        _all(
            _is("主体类型", "企业 中介机构 园区运营单位"),
            _is("企业规模", "小型 微型"),
            (some > 0) | (every > 0),
        ),
        *_part(names, 7, 10),
    )


def _self_employed() -> Rule:
    """重点群体、退役士兵从事个体经营: a yearly limit by months, taken off five taxes one after the other.

    Amounts are in three-hundredths of a 分: the limit has thirds of a 分, the rates are in hundredths.
    """
    gone = larger(24 * 1000 + 301 - 1 - month("成立日期"), 0)  # full months to 2025-01-31
    someone = _any(
        fact("经营者脱贫人口"),
        (fact("经营者登记失业月数") >= 6) & fact("经营者有失业登记证明"),
        _all(
            fact("经营者零就业家庭") | fact("经营者城市低保家庭"),
            fact("经营者劳动年龄内"),
            fact("经营者登记失业"),
        ),
        fact("经营者高校毕业生") & year("经营者毕业日期").same(year("成立日期")),
        fact("经营者自主就业退役士兵"),
    )
    asked = _all(
        _is("主体类型", "个体工商户"),
        someone,
        gone < 36,
        on_or_before("成立日期", date(2027, 12, 31)),
        ~(fact("经营者已选另一户享受") & ~fact("另一户已退出")),
    )
    worked, vat, income = fact("本年度已实际经营月数"), fact("本年应缴增值税"), fact("本年应缴经营所得个税")
    least = larger(Term("smaller", (worked, 36 - gone)), 0).otherwise(0) * (20_000 * YUAN * 300 // 12)
    most = larger(Term("smaller", (worked.otherwise(12), 36 - gone.otherwise(0))), 0) * (
        24_000 * YUAN * 300 // 12
    )
    city = _is("城建税所在地", "市区")
    town = _is("城建税所在地", "县城或镇")
    rates = [
        choose(Term(read, (city,)), 7, choose(Term(read, (town,)), 5, 1)) for read in ("sure", "possible")
    ]

    def taken(limit: Term, own: int, last: Term) -> Term:
        """What the limit takes off; the end that is asked for takes its own rate and leaves the other's."""
        left, total = larger(limit - vat * 300, 0), Term("smaller", (vat * 300, limit))
        for here, there in ((rates[own], rates[1 - own]), (term(3), term(3)), (term(2), term(2))):
            total = total + Term("smaller", (left, vat * here * 3))
            left = larger(left - vat * there * 3, 0)
        return Term("smaller", (total + Term("smaller", (left, last)), limit))

    low = share(taken(least, 0, income.otherwise(0) * 300).otherwise(0), 1, 300)
    high = share(taken(most, 1, income.otherwise(YI) * 300).otherwise(most), 1, 300)
    return Rule("cn-2024-4/self-employed", asked, low, high)


def _of(benefit: str, condition: Term, ends: tuple[Term, Term]) -> Rule:
    return Rule(benefit, condition, *ends)


def _rules() -> tuple[Rule, ...]:
    loan, premium = fact("科技贷应付利息"), fact("科技保险保费支出")
    trains, flights = fact("来豫旅游专列数"), fact("来豫旅游包机架次")
    firms, micro = _is("主体类型", "企业 中介机构 园区运营单位"), _is("企业规模", "小型 微型")
    in_henan, inspected = ~_is("注册地", "河南省外"), fact("检验机构为国有或公益类")
    self_employed = _is("主体类型", "个体工商户")
    sale = "本期百分之三征收率销售额"
    kaifeng, services, sixty = "kaifeng-2023", "henan-services-2024", "henan-2024-60"
    taxes = " ".join(column.name for column in COLUMNS if column.name.startswith("减半前"))
    return (
        _self_employed(),
        Rule(
            "henan-2025q1/tourist-trains",
            fact("旅行社") & ((trains > 0) | (flights > 0)),
            trains.otherwise(0) * 3_500_000 + flights.otherwise(0) * 6_500_000,
            trains * 3_500_000 + flights * 6_500_000,
        ),
        _full_load(),
        _revenue_growth(),
        Rule(
            f"{kaifeng}/county-net-increase",
            _kaifeng("县区政府", fact("完成规上限上净增目标")),
            fact("规上限上净增户数").otherwise(0) * WAN,
            fact("规上限上净增户数") * WAN,
        ),
        _of(
            f"{kaifeng}/online-sales-top",
            _kaifeng("企业", fact("电子商务经营"), fact("名优特网络销售额") >= 2000 * WAN),
            _fixed(20 * WAN),
        ),
        _of(
            f"{kaifeng}/tech-loan-interest",
            _kaifeng("企业", fact("获得省科技贷"), loan > 0),
            _capped("科技贷应付利息", 50 * WAN),
        ),
        _of(
            f"{kaifeng}/tech-insurance",
            _kaifeng("企业", fact("科技企业"), premium > 0),
            _capped("科技保险保费支出", 20 * WAN),
        ),
        _of(
            f"{kaifeng}/bank-assessment",
            _kaifeng("金融机构", _is("金融机构类别", "银行业")),
            _fixed(20 * WAN),
        ),
        _of(
            f"{kaifeng}/insurer-assessment",
            _kaifeng("金融机构", _is("金融机构类别", "财险 寿险 证券业")),
            _fixed(20 * WAN),
        ),
        _of(
            f"{services}/stock-housing-interest",
            _is("主体类型", "省辖市政府 县区政府 企业") & fact("收购存量房做保租房"),
            _part("收购存量房贷款余额", 1, 50),
        ),
        _vat_exempt(),
        _of(f"{services}/small-scale-vat-one-percent", _small_scale(fact(sale) > 0), _part(sale, 2, 100)),
        _of(f"{services}/six-taxes-half", self_employed, _part(taxes, 1, 2)),
        _household_tax(),
        _inclusive_loan(),
        _of(
            f"{sixty}/guarantee-loan-micro",
            _all(firms, micro, fact("符合创业担保贷款条件")),
            _fixed(400 * WAN),
        ),
        _of(
            f"{sixty}/inspection-lodging",
            _all(_is("主体类型", "企业"), _is("行业门类", "住宿和餐饮业"), micro, in_henan, inspected),
            _part("电梯锅炉压力容器检验费", 1, 2),
        ),
        _of(
            f"{sixty}/inspection-household",
            _all(self_employed, in_henan, inspected),
            _part("产品质量检验费 计量检测费 特种设备检验费", 1, 2),
        ),
        _overseas_fees(),
    )


RULES = _rules()
BENEFITS = tuple(rule.benefit for rule in RULES)
