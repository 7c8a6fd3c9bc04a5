"""``huiqi test``: run the worked examples, and mutate the rules that they prove."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import click

from huiqi.catalogue.cases import CaseReport, read_cases, run_cases
from huiqi.catalogue.mutate import mutate
from huiqi.cli.inputs import catalogue_with, fail_all, open_catalogue, open_procedures, print_json
from huiqi.cli.procedure import tell_stories, try_stories
from huiqi.cli.speech import WordedCommand, option, say
from huiqi.procedures.cases import FILE as STORIES

REQUIRED = Fraction(95, 100)
"""The share of mutants that cases must notice."""


@click.command(
    cls=WordedCommand,
    help=say(
        f"运行每个 cases.yaml 里的例，指出没有例的条件；办事程序的例在 {STORIES}。"
        "--mutate 把规则逐处改错，看有没有例能发现，要到 95%。全部通过，退出码 0；否则 1。",
        "Run the examples of every cases.yaml and name the conditions without one; those of procedures are in"
        f" {STORIES}. With --mutate, change the rules one place at a time and see whether an example notices:"
        " 95 % must be noticed. Exit code 0 when all is well, 1 otherwise.",
    ),
    short_help=say("运行例，检验规则", "run the worked examples"),
)
@click.argument("path", type=click.Path(path_type=Path), required=False, metavar=say("[路径]", "[PATH]"))
@option("--mutate", "with_mutants", is_flag=True, zh="逐处改错，看例能否发现", en="mutate the rules")
@option("--survivors", is_flag=True, zh="列出没被发现的改错", en="list the mutants that nothing noticed")
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
@click.pass_obj
def test(root: Path | None, path: Path | None, with_mutants: bool, survivors: bool, as_json: bool) -> None:
    """Run cases, and mutants if asked."""
    root = catalogue_with(root, path)
    catalogue = open_catalogue(root)
    cases, problems = read_cases(catalogue, path)
    if problems:
        fail_all(problems)
    procedures = [one for one in open_procedures(root) if path is None or _beside(one.path, path)]
    if not cases and (with_mutants or not procedures):
        click.echo(say("没有找到例", "no examples found"), err=True)
        sys.exit(1)
    report = run_cases(catalogue, cases)
    rows = [try_stories(one, root) for one in procedures]
    found = {
        "cases": report.ran,
        "failures": [str(one) for one in report.failures],
        "gaps": [str(one) for one in report.gaps],
        "procedures": rows,
    }
    good = report.good and not any(row["failures"] for row in rows)
    if not as_json:
        if cases:
            _tell(report)
        tell_stories(rows)
    if with_mutants:
        mutation = mutate(catalogue, cases)
        share = mutation.killed
        good = good and share >= REQUIRED
        found["mutants"] = mutation.tried
        found["killed"] = float(round(share, 4))
        found["survivors"] = [
            {"file": m.span.file, "line": m.span.line, "about": sorted(m.about), "change": m.change}
            for m in mutation.survivors
        ]
        if not as_json:
            if survivors or share < REQUIRED:
                for m in mutation.survivors:
                    about = "、".join(sorted(m.about))
                    click.echo(f"{m.span.file}:{m.span.line}:{m.span.column}: {about}：{m.change}")
            click.echo(
                say(
                    f"{mutation.tried} 处改错，发现 {float(share):.1%}（要 {float(REQUIRED):.0%}）",
                    f"{mutation.tried} mutants, {float(share):.1%} noticed ({float(REQUIRED):.0%} required)",
                )
            )
    if as_json:
        print_json(found)
    sys.exit(0 if good else 1)


def _tell(report: CaseReport) -> None:
    """What came of the examples of the rules, for people."""
    for one in (*report.failures, *report.gaps):
        click.echo(str(one))
    failed, lacking = len(report.failures), len(report.gaps)
    click.echo(
        say(
            f"{report.ran} 个例，{failed} 处不符，{lacking} 个条件缺例",
            f"{report.ran} examples, {failed} mismatches, {lacking} conditions without an example",
        )
    )


def _beside(file: Path, path: Path) -> bool:
    """Whether a procedure lies below a folder, or in the folder of a file, as it is with cases.yaml."""
    folder = path.resolve() if path.is_dir() else path.resolve().parent
    return file.resolve().is_relative_to(path.resolve()) or file.resolve().parent == folder
