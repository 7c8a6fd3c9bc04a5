"""``huiqi allot``: who of a table gets one of few places or a part of a budget, and why the 51st does not."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any as Anything

import click
import polars as pl

from huiqi.catalogue.load import Catalogue
from huiqi.cli.inputs import day_option, fail, fail_unknown_benefit, open_catalogue, print_json
from huiqi.cli.output import write_whole
from huiqi.cli.speech import WordedCommand, option, say
from huiqi.cli.tables import id_option, ignore_option
from huiqi.columns.batch import Batch
from huiqi.columns.matcher import Matcher
from huiqi.entitlements.allotment import ListSummary, as_frame, summaries
from huiqi.entitlements.answer import today
from huiqi.entitlements.candidates import Columns, Gathering, Judged, judged
from huiqi.evaluate.judge import is_ended
from huiqi.language.diagnostics import nearest
from huiqi.language.types import Kind
from huiqi.language.units import money_words
from huiqi.tables.errors import TableError
from huiqi.tables.heading import spelt
from huiqi.tables.rejects import Reject, rejects_heading, rejects_text
from huiqi.tables.table import Table, open_table

_SUFFIXES = (".csv", ".parquet")


@click.command(
    cls=WordedCommand,
    help=say(
        "在一张表的企业里排名次、分名额、分预算：每家排第几、入选没有、给多少、为什么。数据不全的，"
        "名次是一个范围；怎么补都一样的才说入选或未入选，其余未定。名次只在这张表里排，表里要有范围内的全部企业。"
        "输入有错，退出码 2。",
        "Rank the enterprises of a table and hand out places and budgets: who stands where, gets a place or"
        " not, how much, and why. Where data are missing a position is a range; only what holds however they"
        " turn out is called certain. Nobody is ranked against somebody who is not in the table. Exit code 2"
        " on bad input.",
    ),
    short_help=say("排名次、分名额、分预算", "rank, hand out places and budgets"),
)
@click.argument("source", metavar=say("表", "TABLE"))
@option(
    "--benefit",
    "benefits",
    multiple=True,
    required=True,
    metavar=say("标识[,标识…]", "ID[,ID…]"),
    zh="分哪些事项的名额；与它们不重复的名单会一起排",
    en="the benefits whose places are handed out; lists that theirs exclude are filled along",
)
@option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar=say("文件", "FILE"),
    zh="结果存到哪里，.csv 或 .parquet",
    en="where the result goes, .csv or .parquet",
)
@day_option
@option(
    "--received",
    metavar=say("列", "COLUMN"),
    zh="哪一列是收到申请的日期，先到先得时用",
    en="the column with the day of the application, for first come, first served",
)
@option(
    "--score",
    "scores",
    multiple=True,
    metavar=say("标识=列", "ID=COLUMN"),
    zh="条文没有算法的排名，用哪一列评出来的数",
    en="for a ranking that the text gives no formula for, the column with the scores",
)
@id_option
@ignore_option
@option(
    "--drop-rejects",
    is_flag=True,
    zh="写错的行当作没有（缺省当作数据不全，照样可能占名次）",
    en="leave out rows that cannot be read (default: they take part, with nothing known of them)",
)
@option(
    "--known-only",
    is_flag=True,
    zh="数据不全的不参加，只在数据全的里面排（缺省都参加，名次是范围）",
    en="leave out those of whom facts are missing (default: all take part, and positions are ranges)",
)
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
@click.pass_obj
def allot(
    root: Path | None,
    source: str,
    benefits: Sequence[str],
    out: Path,
    on: date | None,
    received: str | None,
    scores: Sequence[str],
    id_column: str | None,
    ignore: Sequence[str],
    drop_rejects: bool,
    known_only: bool,
    as_json: bool,
) -> None:
    """Read the table, fill the lists, write who stands where."""
    if out.suffix.lower() not in _SUFFIXES:
        fail(say(f"{out}：--out 要是 .csv 或 .parquet 文件", f"{out}: --out takes a .csv or .parquet file"))
    catalogue, day = open_catalogue(root), on or today()
    asked = _asked(benefits, catalogue, day)
    columns = Columns(_scores(scores, asked, catalogue), received)
    _check_kinds(columns, catalogue)
    gathering = Gathering(catalogue.book, day, asked, columns, known_only=known_only)
    rejects: list[Reject] = []
    try:
        table = open_table(
            source,
            gathering.vocabulary,
            known_region=catalogue.known_region,
            id_column=id_column,
            ignore=(*ignore, *gathering.idle()),
        )
        _check_columns(columns, table)
        rows = _gather(table, gathering, day, drop_rejects, rejects)
    except TableError as problem:
        fail(problem)
    found = gathering.allot()
    write_whole(out, _as_file(as_frame(found), out.suffix.lower()))
    beside = out.with_name(f"{out.stem}.rejects.csv")
    if rejects:
        write_whole(beside, (rejects_heading() + rejects_text(rejects)).encode())
    apart = {one: gathering.set_aside[one] for one in gathering.asked}
    lists = list(summaries(catalogue.book, found, apart))
    bad = len({one.place for one in rejects})
    if as_json:
        told = {"on": day.isoformat(), "rows": rows, "rejected": bad, "lists": [asdict(one) for one in lists]}
        print_json(told | {"out": str(out), "rejects": str(beside) if bad else None})
        return
    click.echo(
        say(
            f"{day}，表里 {rows} 行；名次只在这张表里排",
            f"{day}, {rows} rows; nobody is ranked against anybody outside the table",
        )
    )
    if bad:
        click.echo(
            say(f"{bad} 行读不了，原因在 {beside}", f"{bad} rows cannot be read, for reasons in {beside}")
        )
    for one in lists:
        click.echo("\n".join(_told(one)))


# ---- what is asked ----


def _asked(written: Sequence[str], catalogue: Catalogue, day: date) -> list[str]:
    asked = [one.strip() for text in written for one in text.split(",") if one.strip()]
    for one in asked:
        benefit = catalogue.benefits.get(one)
        if benefit is None:
            fail_unknown_benefit(one, catalogue.benefits)
        if benefit.quota is None:
            ids = "、".join(id_ for id_, other in catalogue.benefits.items() if other.quota is not None)
            fail(say(f"“{one}”没有名额要分，有名额的：{ids}", f"{one} has no places; these have: {ids}"))
        if is_ended(benefit, day):
            period = benefit.period.words()
            fail(
                say(
                    f"“{one}”在 {day} 不在期内（适用期 {period}），用 --on 换一天",
                    f"{one} is not in force on {day} ({period}); choose a day with --on",
                )
            )
    if not asked:
        fail(say("--benefit 要写事项的标识", "--benefit takes the ids of benefits"))
    return asked


def _scores(written: Sequence[str], asked: Sequence[str], catalogue: Catalogue) -> dict[str, str]:
    scores = {}
    for text in written:
        benefit, found, column = (part.strip() for part in text.partition("="))
        if not (benefit and found and column):
            fail(say(f"--score 写成 标识=列，不是“{text}”", f"--score takes ID=COLUMN, not {text!r}"))
        one = catalogue.benefits.get(benefit)
        if one is None or one.quota is None or not one.quota.places:
            right = nearest(benefit, asked)
            hint = say(f"（是不是“{right}”？）", f" (did you mean {right}?)") if right else ""
            fail(say(f"--score 里的“{benefit}”没有排名{hint}", f"--score: {benefit} has no ranking{hint}"))
        scores[benefit] = spelt(column)
    return scores


def _check_kinds(columns: Columns, catalogue: Catalogue) -> None:
    """A column that is a fact too must be of a kind that can be ranked."""
    wanted = [(column, (Kind.NUMBER,), "数", "a number") for column in columns.scores.values()]
    if columns.arrived is not None:
        wanted.append((columns.arrived, (Kind.DATE,), "日期", "a date"))
    for column, kinds, zh, en in wanted:
        declared = catalogue.vocabulary.get(column)
        if declared is not None and declared.type.kind not in kinds:
            fail(say(f"“{column}”不是{zh}，不能这样用", f"{column} is not {en} and cannot be used so"))


def _check_columns(columns: Columns, table: Table) -> None:
    there = [spelt(one) for one in table.columns]
    for column in (*columns.scores.values(), *((columns.arrived,) if columns.arrived else ())):
        if column not in there:
            right = nearest(column, there)
            hint = say(f"，是不是“{right}”？", f"; did you mean {right}?") if right else ""
            fail(say(f"表里没有“{column}”这一列{hint}", f"the table has no column {column}{hint}"))


# ---- reading and judging ----


def _gather(table: Table, gathering: Gathering, day: date, drop_rejects: bool, rejects: list[Reject]) -> int:
    """Take in every row of the table, and say how many there were; ``rejects`` gets what was turned down."""
    judge, rows, turned_down = gathering.judge(), 0, {}
    matcher = Matcher(gathering.book, day, gathering.benefits)
    seen: set[str] = set()

    def found(facts: Mapping[str, Anything]) -> Iterator[Judged]:
        return judged(judge.judge(facts, day, gathering.benefits, trace=False))

    for chunk in table.chunks():
        rows += chunk.rows
        seen.update(chunk.batch.ids)
        for name, facts in _candidates(chunk.batch, gathering, matcher):
            gathering.add(name, facts, found(facts))
        rejects += chunk.rejects
        turned_down.update({one.place: one.id or f"第{one.place}行" for one in chunk.rejects if one.place})
    for name in sorted(set(turned_down.values()) - seen) if not drop_rejects else ():
        gathering.add(name, {}, found({}))
    return rows


def _candidates(
    batch: Batch, gathering: Gathering, matcher: Matcher
) -> Iterator[tuple[str, Mapping[str, Anything]]]:
    """The enterprises that meet the conditions of some list, as far as is known; the others are soon told."""
    for row in matcher.judge(batch).long()["row"].unique().sort():
        yield batch.ids[row], batch.values(row, gathering.vocabulary)


# ---- what is said ----


def _as_file(frame: pl.DataFrame, suffix: str) -> bytes:
    buffer = io.BytesIO()
    if suffix == ".csv":
        frame.write_csv(buffer, include_bom=True)
    else:
        frame.write_parquet(buffer)
    return buffer.getvalue()


def _told(one: ListSummary) -> Iterator[str]:
    yield f"{one.name}（{one.id}）"
    yield f"  {one.rule}"
    yield say(
        f"  候选 {one.candidates}：入选 {one.taken}，未入选 {one.left}，未定 {one.undecided}",
        f"  candidates {one.candidates}: in {one.taken}, out {one.left}, undecided {one.undecided}",
    )
    if one.set_aside:
        yield say(
            f"  另有 {one.set_aside} 家数据不全，没有参加",
            f"  {one.set_aside} of whom facts are missing left out",
        )
    if one.low or one.high:
        most = money_words(one.high) if one.high is not None else say("不限", "any amount")
        words = money_words(one.low) if one.low == one.high else f"{money_words(one.low)} 至 {most}"
        yield say(f"  入选的合计 {words}", f"  those in come to {words}")
