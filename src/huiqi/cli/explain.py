"""``huiqi explain``: what one enterprise is due, how much, why, what is missing, and the best lawful plan."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from huiqi.cli.inputs import day_option, fail_unknown_benefit, open_catalogue, open_facts, print_json
from huiqi.cli.speech import WordedCommand, option, say
from huiqi.entitlements.answer import Advisor, Answer
from huiqi.entitlements.as_json import answer_json
from huiqi.entitlements.as_text import answer_text
from huiqi.evaluate.result import OPEN


@click.command(
    cls=WordedCommand,
    help=say(
        "按一份事实文件，逐项说明这家企业能得什么、多少、为什么、还缺什么，和最好的合法组合。"
        "有符合、可能符合或待补充的，退出码 0；一项也没有，1；输入有错，2。",
        "Say, benefit by benefit, what the enterprise of a facts file is due, how much, why, and what is"
        " missing, with the best lawful combination. Exit code 0 when something is or may be due, 1 when"
        " nothing is, 2 on bad input.",
    ),
    short_help=say("一家企业能得什么、多少、为什么", "what one enterprise is due, how much, and why"),
)
@click.argument("facts", type=click.Path(path_type=Path), metavar=say("事实文件", "FACTS.yaml"))
@day_option
@option(
    "--benefit",
    metavar=say("标识", "ID"),
    zh="只问一个事项，并说明理由",
    en="only this benefit, with the reasons",
)
@option(
    "--all", "everything", is_flag=True, zh="连不符合、不在期内的也列出", en="list what is ruled out as well"
)
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
@click.pass_obj
def explain(
    root: Path | None, facts: Path, on: date | None, benefit: str | None, everything: bool, as_json: bool
) -> None:
    """Answer for one facts file."""
    catalogue = open_catalogue(root)
    known = open_facts(facts, catalogue)
    if benefit is not None and benefit not in catalogue.benefits:
        fail_unknown_benefit(benefit, catalogue.benefits)
    answer = Advisor(catalogue).answer(known, on, benefit)
    if as_json:
        print_json(answer_json(answer))
    else:
        click.echo(
            answer_text(answer, everything=everything or benefit is not None, tell=benefit is not None)
        )
    sys.exit(0 if _positive(answer) else 1)


def _positive(answer: Answer) -> bool:
    return any(result.verdict in OPEN for result in answer.results)
