"""What can be stated in a complaint case: the lists of articles 6, 11, 12, 19 to 26 and so on, once more."""

from __future__ import annotations

from datetime import date

from huiqi.procedures.log import Value

OPTIONS: dict[str, frozenset[str]] = {
    "线索来源": frozenset(
        [
            "经营主体或群众",
            "平台窗口热线",
            "巡视审计评价",
            "交办或社会反映",
            "媒体报道",
            "帮扶中发现",
            "其他渠道",
        ]
    ),
    "名义": frozenset(("单位", "个人")),
    "补正情形": frozenset(["投诉对象错误", "材料不符合要求", "缺少重要内容"]),
    "受理情形": frozenset(
        [
            "决策部署不落实",
            "条例规定的情形",
            "纾困政策不落实",
            "吃拿卡要不作为乱作为",
            "不履约不兑现承诺",
            "加重企业负担",
            "其他损害行为",
        ]
    ),
    "不予受理情形": frozenset(
        [
            "对象不在范围",
            "经营主体民事纠纷",
            "治安刑事或军警",
            "已进入其他程序",
            "应由其他部门先行处理",
            "重复或已按要求办结",
            "没有明确对象",
            "没有事实或线索不清",
            "对象错误拒不更正",
            "不可抗力",
            "内容不合法律规定",
        ]
    ),
    "投诉对象": frozenset(
        [
            "党委政府",
            "党委政府部门",
            "纪检监察审判检察机关",
            "功能区",
            "公用企事业单位",
            "公用企事业单位条例情形",
            "行业协会商会",
            "政府投融资平台",
            "工作人员",
        ]
    ),
    "对象层级": frozenset(["省级", "市级", "县级", "乡级"]),
    "承办层级": frozenset(["省级", "市级", "县级"]),
    "特别情形": frozenset(
        [
            "没有",
            "全省重大影响",
            "其他由省直接调查",
            "跨部门跨区域",
            "不宜行使管辖权",
            "管辖有争议或不明",
            "其他应当指定",
        ]
    ),
    "笔录签注": frozenset(["当事人签名或盖章", "当事人拒绝由工作人员注明"]),
    "调查方式": frozenset(["了解情况做笔录", "实地调查", "调取资料", "其他方式"]),
    "委托事项": frozenset(["检验", "检疫", "检测", "鉴定", "评估", "评审", "勘验"]),
    "延长情形": frozenset(["情况特殊", "案情重大", "案情特别重大"]),
    "中止情形": frozenset(
        ["等未办结案件的结果", "等法律适用的解释", "一方无法配合", "承受人未定", "其他中止情形"]
    ),
    "终止情形": frozenset(["自愿撤回", "拒不配合", "另行申请或起诉", "不应受理", "其他终止情形"]),
    "结案情形": frozenset(["调解和解", "作出处理决定", "不存在违法行为", "其他结案情形"]),
    "责令情形": frozenset(["拒不调查处理", "违反程序", "显失公正"]),
    "打击报复移交给": frozenset(("纪检监察机关", "公安机关")),
    "移交原因": frozenset(["违法犯罪", "违犯党纪", "职务违法", "职务犯罪"]),
}
YES_NO = frozenset(
    [
        "口头陈述",
        "委托代理",
        "有正当理由",
        "调查人员两名以上",
        "出示证件并记录",
        "附条件或附期限",
        "复核已结束",
        "满意",
        "拒不改正",
        "不予处分",
        "拒绝处分",
        "跟踪事项办理完毕",
    ]
)
NUMBERS, DATES = frozenset(("延长日数", "延期月数")), frozenset(("补正期至",))


def sensible(name: str, value: Value) -> bool:
    """Tell whether a fact is of its kind and one of what article 6, 11, 12, 19-26 and so on list."""
    if name in OPTIONS:
        return value in OPTIONS[name]
    if name in YES_NO:
        return isinstance(value, bool)
    if name in NUMBERS:
        return isinstance(value, int) and not isinstance(value, bool) and value > 0
    return name in DATES and type(value) is date


STATED: dict[str, tuple[str, ...]] = {
    "收到": ("线索来源",),
    "窗口收到": ("线索来源",),
    "下达补正通知": ("补正情形", "补正期至"),
    "视为放弃": ("有正当理由=否",),
    "受理": ("受理情形",),
    "提请不予受理": ("不予受理情形",),
    "复核改为受理": ("受理情形",),
    "指定承办": ("特别情形=跨部门跨区域|不宜行使管辖权|管辖有争议或不明|其他应当指定",),
    "转办": ("投诉对象", "对象层级", "特别情形", "承办层级"),
    "调查": ("调查方式", "调查人员两名以上=是", "出示证件并记录=是"),
    "听取陈述申辩": ("调查人员两名以上=是", "出示证件并记录=是", "笔录签注"),
    "委托检验鉴定": ("委托事项",),
    "移交线索": ("移交原因",),
    "延长": ("延长情形=情况特殊",),
    "再延长": ("延长情形=案情重大",),
    "申请省里延期": ("延长情形=案情特别重大",),
    "省里延期": ("延长日数",),
    "六个月延期": ("延期月数",),
    "提请中止": ("中止情形",),
    "提请终止": ("终止情形",),
    "中止后提请终止": ("终止情形",),
    "决定后提请结案": ("结案情形=作出处理决定",),
    "其他提请结案": ("结案情形=调解和解|不存在违法行为|其他结案情形",),
    "批准结案": ("附条件或附期限",),
    "复核结束": ("复核已结束=是",),
    "反馈复核结果": ("复核已结束=是",),
    "回访": ("满意",),
    "列入跟踪台账": ("附条件或附期限=是",),
    "跟踪核查": ("附条件或附期限=是",),
    "销账": ("附条件或附期限=是", "跟踪事项办理完毕=是"),
    "责令调查处理": ("责令情形",),
    "建议处理责任人": ("责令情形", "拒不改正=是"),
    "出具处分建议书": ("不予处分=是",),
    "提请纪检监察机关": ("不予处分=是", "拒绝处分=是"),
    "移交打击报复": ("打击报复移交给",),
    "引导不满意的": ("满意=否",),
}
"""What each event says; with ``=`` only these values will do."""
BROUGHT_WITH = frozenset(("名义", "口头陈述", "委托代理"))
"""What may be said of how a complaint comes in, since papers depend on it (art. 10)."""


def may_say(event: str) -> frozenset[str]:
    """The facts that belong to an event; others are for other events to say."""
    own = frozenset(words.partition("=")[0] for words in STATED.get(event, ()))
    return own | BROUGHT_WITH if event in ("收到", "窗口收到") else own
