"""The command line, run as people run it, and a small catalogue to run it on."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huiqi.cli import main
from tests.support import Library, benefit, document

ENTERPRISE = "enterprises/one.yaml"
MAIN = "from huiqi.cli import main; main()"


@dataclass(frozen=True)
class Ran:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its answer for machines."""
        assert self.err == ""
        return json.loads(self.out)

    @property
    def complaints(self) -> list[str]:
        """The lines on stderr of a command that was given bad input, and said nothing else."""
        assert (self.code, self.out) == (2, "")
        return self.err.splitlines()


def run(*arguments: object) -> Ran:
    """Run a command in this process; anything but an exit on purpose is the test's failure."""
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main([str(one) for one in arguments])
        except SystemExit as end:
            code = end.code
    assert isinstance(code, int), code
    return Ran(code, out.getvalue(), err.getvalue())


def spawn(
    *arguments: object,
    settings: Mapping[str, str],
    stdout: int = subprocess.PIPE,
    program: str = MAIN,
) -> Ran:
    """Run a command in a process of its own, with ``settings`` for the caller's locale and settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "TMPDIR") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
        env={**kept, **settings},
    )
    return Ran(done.returncode, done.stdout or "", done.stderr)


VOCABULARY = """\
事实:
  企业名称: {类型: 文本, 问: 叫什么？}
  信用代码: {类型: 文本, 格式: 统一社会信用代码, 问: 信用代码是多少？}
  号码: {类型: 文本, 格式: 公民身份号码, 敏感: 是, 问: 经营者的号码是多少？}
  所在地: {类型: 文本, 格式: 行政区划代码, 问: 在哪里？}
  成立日期: {类型: 日期, 问: 哪天成立的？}
  投资额: {类型: 金额, 单位: 万元, 问: 投了多少？, 口径: 设备和软件, 来源: 发票}
  从业人数: {类型: 数量, 单位: 人, 问: 多少人？}
  企业规模: {类型: 选项, 选项: [大型, 中型, 小型, 微型], 问: 多大规模？}
  高新企业: {类型: 是否, 问: 是高新技术企业吗？}
  项目:
    类型: 集合
    称呼: 名称
    问: 有哪些项目？
    字段:
      名称: {类型: 文本, 问: 叫什么？}
      设备额: {类型: 金额, 单位: 万元, 问: 设备多少钱？}
"""

LIMITS = "同享限制:\n  - {每: [企业, 责任单位, 年度], 最多: 1项, 依据: 九}\n"

CASES = """\
例:
  - 事项: xx-2023/equipment
    日期: 2024-06-01
    基准: {投资额: 500万元}
    试:
      - {名: 够, 判定: 符合, 金额: 150万元}
      - {名: 正好, 变: {投资额: 300万元}, 判定: 符合, 金额: 90万元}
      - {名: 差一分, 变: {投资额: 2999999.99元}, 判定: 不符合, 未满足: [投资达标]}
      - {名: 不知道, 变: {投资额: 未知}, 判定: 待补充, 缺: [投资额]}
"""


def small_library(root: Path) -> Library:
    """A catalogue of one document: a benefit for each of the six verdicts, and a limit among them."""
    equipment = """
        名: 设备补助
        依据: 一
        全部满足: [{名: 投资达标, 式: 投资额 >= 300万元, 字样: 300万元以上}]
        金额: {式: 投资额 * 30%, 封顶: 200万元, 性质: 不超过}
        """
    title = """
        名: 称号奖励
        依据: 二
        全部满足:
          - {名: 高新, 式: 高新企业}
          - {名: 不是大企业, 式: 企业规模 != 大型}
          - {名: 满一年, 式: "年数(成立日期, 评价日) >= 1年"}
        """
    judged = """
        名: 评审奖励
        依据: 三
        责任单位: 别局
        全部满足: [{名: 够大, 式: 从业人数 >= 20人}]
        未编码: [{因: 专家评审, 说明: 由专家评审}]
        金额: {定额: 5万元}
        """
    promised = "名: 融资支持\n依据: 四\n不可计算: {因: 未给标准, 说明: 没有写标准}"
    over = """
        名: 早期奖励
        依据: 五
        适用期: {自: 2023-01-01, 至: 2023-12-31}
        全部满足: [{名: 高新, 式: 高新企业}]
        """
    projects = """
        名: 项目补助
        依据: 六
        责任单位: 第三局
        对象: 项目
        全部满足: [{名: 设备够, 式: 设备额 >= 100万元}]
        金额: {式: 设备额 * 10%, 性质: 按比例}
        """
    benefits = {
        "equipment": equipment,
        "title": title,
        "judged": judged,
        "promised": promised,
        "over": over,
        "projects": projects,
    }
    text = document(*(benefit(body, id=name) for name, body in benefits.items()), head=LIMITS)
    library = Library.of(root, vocabulary=VOCABULARY, text=text, cases=CASES)
    library.put(
        "codes/regions.yaml", '说明: 试\n核实: 否\n依据: 无\n地区:\n  - {代码: "410000", 名称: 某省}\n'
    )
    library.put(ENTERPRISE, KNOWN)
    return library


KNOWN = """\
企业名称: 某某机械有限公司
成立日期: 2020-05-01
企业规模: 小型
投资额: 500万元
高新企业: 是
从业人数: 20
项目:
  - {名称: 甲线, 设备额: 200万元}
  - {名称: 乙线, 设备额: 50万元}
  - {名称: 丙线}
"""
"""Under the small catalogue: on 2024-06-01 at least one benefit of each verdict."""


def with_facts(folder: Path, content: str | bytes, name: str = "facts.yaml") -> Path:
    """A facts file with this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
