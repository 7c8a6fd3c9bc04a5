"""Figures of rules: from conditions and amounts, numbers and days, facts and fields."""

from datetime import date
from pathlib import Path

from huiqi.population.thresholds import thresholds
from huiqi.population.values import day_number
from tests.support import Library, benefit


def test_figures_that_rules_compare_a_fact_with_are_found(tmp_path: Path) -> None:
    fits = """
        全部满足:
          - {名: 投资, 式: 投资额 >= 300万元, 字样: 300万元}
          - {名: 人, 式: 50人 > 从业人数}
          - {名: 早, 式: 成立日期 < 2020-01-01}
          - {名: 大, 式: 企业规模 = 大型}
          - {名: 项目, 式: "任一(项目, 设备额 > 80万元)"}
        金额: {式: 如果 投资额 > 1000万元 则 20万元 否则 10万元}
        """
    found = thresholds(Library.of(tmp_path, benefit(fits)).load().book)
    assert found == {
        "投资额": (3e8, 1e9),
        "从业人数": (50.0,),
        "成立日期": (day_number(date(2020, 1, 1)),),
        "项目.设备额": (8e7,),
    }
