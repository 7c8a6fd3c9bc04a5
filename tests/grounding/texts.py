"""An invented city (青禾市), its measures, and a catalogue that says what they say."""

from functools import cache
from pathlib import Path

from huiqi.catalogue.load import Catalogue, read_catalogue
from huiqi.grounding import Grounding, ground, read_explained
from huiqi.library.ingest import read
from huiqi.library.knowledge import Body
from huiqi.library.model import Document, Source
from tests.support import FACTS, Library

MEASURES = """\
青禾市人民政府关于印发青禾市扶持企业若干措施的通知
青政〔2024〕5号

各县、区人民政府，市人民政府各部门：
《青禾市扶持企业若干措施》已经市政府同意，现印发给你们，请照此办理。

青禾市人民政府
2024年3月1日

青禾市扶持企业若干措施（2024—2026年）

为扶持企业发展，制定以下措施。
一、支持技术改造
（一）补助设备投入。对设备投资 300 万元以上的项目，按照不超过投资的 30％给予补助，\
单个项目最高 200 万元。（责任单位：市工业和信息化局、财政局）
（二）奖励大企业。对年研发占比超过 10%、5% 的企业，分别一次性奖励 50万元、3 000 00元，\
每年选取前 50 名。（责任单位：市商务局）
二、支持用工
（三）补贴用工。对从业人员不少于 10人、开业满一年的企业，给予 2 万元补贴，\
期限不超过三年。2025年 6月 30日前申请的，再给 1000元。（责任单位：市人力资源社会保障局）
三、附则
（四）同一企业同一年度只能享受一项，合计不超过 250 万元。资金由市、县两级各承担一半。
（五）有下列情形之一的，不予支持：
1.被列为失信的；
2.在本市经营不满半年的。
本措施自 2024年 4月 1日起施行，有效期至 2026年 12月 31日。
"""

BODIES = (
    Body("青禾市工业和信息化局", ("市工业和信息化局", "市工信局")),
    Body("青禾市财政局", ("市财政局",)),
    Body("青禾市商务局", ("市商务局",)),
    Body("青禾市人力资源和社会保障局", ("市人力资源社会保障局", "市人社局")),
)

BENEFITS = """\
文件: {标识: xx-2024, 标题: 青禾市扶持企业若干措施, 文号: 青政〔2024〕5号,
  机关: [青禾市人民政府], 级别: 市, 地区: "410200", 印发: 2024-03-01}
适用期: {自: 2024-04-01, 至: 2026-12-31, 依据: 结尾}
都不满足:
  - {名: 失信, 式: 失信, 依据: 三、（五）1.}
  - {名: 经营不满半年, 式: 经营时长 < 6月, 依据: 三、（五）2., 字样: 不满半年}
同享限制:
  - {每: [企业, 年度], 最多: 1项, 依据: 三、（四）, 字样: 一项}
  - {每: [企业], 合计不超过: 250万元, 依据: 三、（四）}
事项:
  - 标识: xx-2024/equipment
    名: 设备投入补助
    摘要: 设备投资300万元以上的项目补三成以内，最多200万元
    依据: 一、（一）
    责任单位: [市工信局, 市财政局]
    对象: 项目
    主体: [企业]
    形式: 奖补
    全部满足:
      - {名: 投资达标, 式: 设备额 >= 300万元, 字样: 300万元以上}
      - {名: 期内完工, 式: 完工日期 >= 2024-04-01 且 完工日期 <= 2026-12-31}
      - {名: 措施年份内, 式: 年度(完工日期) = 2025年度, 依据: 标题}
    金额:
      式: 设备额 * 30%
      封顶: 200万元
      性质: 不超过
      字样: 不超过…30％
      分担: {市: 50%, 县区: 50%}
      累计封顶: [{每: [企业, 年度], 限: 250万元, 依据: 三、（四）}]
  - 标识: xx-2024/research
    名: 研发大企业奖励
    摘要: 研发占比超过5%、10%的，一次奖30万元、50万元
    依据: 一、（二）
    责任单位: [市商务局]
    主体: [企业]
    形式: 奖补
    金额:
      分档:
        按: 研发占比
        档:
          - {超过: 10%, 给: 50万元}
          - {超过: 5%, 给: 300000元}
      性质: 定额
    名额: {前: 50名, 按: 研发占比, 次序: 高到低, 字样: 前50名}
  - 标识: xx-2024/staff
    名: 用工补贴
    摘要: 从业人员10人以上、开业满一年的，补2万元
    依据: 二、（三）
    责任单位: [市人社局]
    主体: [企业]
    形式: 奖补
    全部满足:
      - {名: 人数够, 式: 从业人数 >= 10人, 字样: 不少于 10人}
      - {名: 满一年, 式: "年数(成立日期, 评价日) >= 1年"}
      - {名: 三年以内, 式: 非 经营时长 > 3年}
    金额: {式: 如果 评价日 <= 2025-06-30 则 2万元 + 1000元 否则 2万元, 性质: 定额}
    办理: {时限: 2025年6月30日前, 依据: 二、（三）}
"""

EXPLAINED = """\
说明:
  - {处: xx-2024/equipment, 项: 分担, 什么: 50%, 见: 三、（四）, 因: 统一写在附则里}
"""


@cache
def measures(text: str = MEASURES) -> Document:
    """The measures as the library reads them."""
    (only,) = read(Source("measures.txt", text, "网页", "utf-8", "-", paragraphs=True)).documents
    return only


def catalogue(root: Path, benefits: str = BENEFITS, explained: str = EXPLAINED, **files: str) -> Catalogue:
    """A catalogue in a folder of its own, with these files beside its one document.

    What `huiqi check` says of a planted fault is no matter here.
    """
    library = Library.of(root, text=benefits, vocabulary=FACTS, **files)
    library.put("library/grounding.yaml", explained)
    loaded, _ = read_catalogue(root)
    assert loaded is not None
    return loaded


def grounded(
    root: Path, benefits: str = BENEFITS, explained: str = EXPLAINED, text: str = MEASURES, **files: str
) -> Grounding:
    """The grounding of a catalogue on the measures."""
    loaded = catalogue(root, benefits, explained, **files)
    return ground(loaded, [measures(text)], read_explained(root), BODIES)
