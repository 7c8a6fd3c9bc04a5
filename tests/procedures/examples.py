"""What the tests of procedures share: a small invented procedure, the real calendar, and a way to act."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from huiqi.clocks import load_calendar
from huiqi.procedures import Applied, Definition, Event, Log, apply, load_procedure

ROOT = Path(__file__).parents[2]
CALENDAR = load_calendar(ROOT / "catalogue" / "calendars")
COMPLAINTS = ROOT / "catalogue" / "henan" / "complaints-2024"

SMALL = """\
办事:
  标识: stall-permit
  名称: 夜市摊位许可
  标题: 临江区夜市摊位管理办法
  自: 2025-01-01
  依据: 第九条
主体:
  摊主: {是: 申请摆摊的人, 依据: 第二条}
  街道办: {是: 街道办事处, 依据: 第三条}
  期限届满: {是: 自行发生, 依据: 第四条}
事实:
  位置合适: {类型: 是否, 问: 位置合适吗, 依据: 第四条}
  街区: {类型: 选项, 问: 哪个街区, 取值: {东街: 第二条, 西街: 第二条}, 依据: 第二条}
  答复期至: {类型: 日期, 问: 哪一天以前答复, 依据: 第五条}
  加几日: {类型: 数, 问: 加几日, 依据: 第四条}
状态:
  待申请: {起点: 是, 静默: {因: 还没有申请, 依据: 第二条}, 依据: 第二条}
  审查中: {依据: 第四条}
  待答复: {依据: 第五条}
  已许可: {终点: 是, 依据: 第四条}
  已退回: {终点: 是, 依据: 第五条}
事件:
  申请:
    主体: {摊主: 第二条}
    从: 待申请
    到: 审查中
    材料:
      - {名: 申请书, 依据: 第二条}
      - {名: 照片, 可后补: 是, 依据: 第二条}
    依据: 第二条
  许可:
    主体: {街道办: 第四条}
    从: 审查中
    到: 已许可
    条件:
      - {事实: 位置合适, 是: 是, 本次写明: 是, 依据: 第四条}
    通知:
      - {给: 摊主, 告知: 已许可, 书面: 是, 依据: 第四条}
    依据: 第四条
  视为许可: {主体: {期限届满: 第四条}, 从: 审查中, 到: 已许可, 依据: 第四条}
  询问: {主体: {街道办: 第五条}, 从: 审查中, 到: 待答复, 依据: 第五条}
  答复: {主体: {摊主: 第五条}, 从: 待答复, 到: 审查中, 依据: 第五条}
  退回: {主体: {街道办: 第五条}, 从: 待答复, 到: 已退回, 依据: 第五条}
  延期: {主体: {街道办: 第四条}, 从: 审查中, 依据: 第四条}
  回访: {主体: {街道办: 第六条}, 依据: 第六条}
期限:
  审查:
    长: 5
    单位: 工作日
    自: 申请
    止: [许可, 视为许可, 退回]
    不计入:
      - {自: 询问, 至: 答复, 依据: 第五条}
    延长:
      - {事件: 延期, 按事实: 加几日, 依据: 第四条}
    届满: {方式: 自动, 事件: 视为许可, 依据: 第四条}
    依据: 第四条
  答复:
    按事实: 答复期至
    自: 询问
    止: [答复, 退回]
    届满: {方式: 提请, 事件: 退回, 依据: 第五条}
    依据: 第五条
  提醒:
    长: 1
    单位: 月
    自: 申请
    止: [许可, 视为许可, 退回]
    届满: {方式: 标记, 记: 一个月了, 依据: 第六条}
    依据: 第六条
职责:
  回访: {谁: 街道办, 做: 回访摊主, 长: 2, 单位: 日, 自: 申请, 完成: 回访, 依据: 第六条}
分办:
  归谁:
    列: 街区
    行:
      - {当: {街区: 东街}, 得: 东街所, 依据: 第三条}
      - {当: {街区: 西街}, 得: 西街所, 依据: 第三条}
    依据: 第三条
存疑:
  按什么计:
    问: 五日按什么计
    默认: 工作日
    因: 写明了
    另解: {自然日: {期限: 审查, 单位: 日}}
    依据: 第四条
"""


def written(folder: Path, text: str = SMALL) -> Path:
    """A definition on disk."""
    path = folder / "procedure.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def small(folder: Path) -> Definition:
    """The invented procedure."""
    return load_procedure(written(folder))


def applied(definition: Definition, log: Log, *events: Event) -> Applied:
    """Apply events that must all be possible; the outcome of the last."""
    done: list[Applied] = []
    for event in events:
        outcome = apply(definition, log, event, CALENDAR)
        assert isinstance(outcome, Applied), outcome
        log = outcome.log
        done.append(outcome)
    return done[-1]


def days(*texts: str) -> Sequence[date]:
    return [date.fromisoformat(text) for text in texts]


APPLY = Event("申请", date(2025, 3, 3), "摊主", {}, ("申请书",))
