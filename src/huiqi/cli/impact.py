"""``huiqi impact``: two versions of a policy over a table; who gains, who loses, and what it costs."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any as Anything

import click

from huiqi.cli.inputs import Day, day_option, fail, fail_all, print_json
from huiqi.cli.installation import data_option
from huiqi.cli.speech import WordedCommand, option, say
from huiqi.cli.tables import table_options

if TYPE_CHECKING:
    from huiqi.matching.impact.report import ImpactReport
    from huiqi.matching.impact.versions import Pair, Versions


@click.command(
    name="impact",
    cls=WordedCommand,
    help=say(
        "签一条政策以前看它的影响：同一张表的企业按旧版和新版各算一遍，谁新得、多得、少得、失去，谁说不准，"
        "按地区、行业、规模分，预算从多少到多少，门槛卡住了谁。旧版是规则库文件夹；新版是另一个文件夹，"
        "或者一份改过的 benefits.yaml（按里面的文件标识代替旧版的那一份）。只算两版不一样的事项。"
        "退出码：有变化 0，没有一家看得出变化 1，输入有错 2。",
        "The impact of a policy before it is signed: the enterprises of a table under the old and the new"
        " version; who gains, who loses, who cannot be told, by region, industry and size, the budget with"
        " its range, and where thresholds bite. OLD is a catalogue folder; NEW another one, or one changed"
        " benefits.yaml that stands in for the file of the same document. Only benefits that differ are"
        " judged. Exit code 0 when something changes, 1 when nothing does for anybody, 2 on bad input.",
    ),
    short_help=say("政策一改，谁得谁失、要花多少", "who gains and loses by a change of policy, and the cost"),
)
@click.argument("old", metavar=say("旧版", "OLD"), type=click.Path(path_type=Path))
@click.argument("new", metavar=say("新版", "NEW"), type=click.Path(path_type=Path))
@click.argument("table", metavar=say("表", "TABLE"))
@option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar=say("文件夹", "FOLDER"),
    zh="结果放在哪个文件夹（没有就建）",
    en="folder of the results (made when it is not there)",
)
@day_option
@option(
    "--on-new",
    type=Day(),
    metavar=say("日期", "DATE"),
    zh="新版问哪一天（缺省与旧版同一天）",
    en="the day for the new version (default: the same)",
)
@option(
    "--benefit",
    "benefits",
    multiple=True,
    metavar=say("标识", "ID"),
    zh="只比这个事项（可写几次）",
    en="only this benefit (may be given several times)",
)
@option(
    "--all", "everything", is_flag=True, zh="名单连不变的也写", en="list those too for whom nothing changes"
)
@option("--csv", is_flag=True, zh="名单写成 who.csv（缺省 who.parquet）", en="write who.csv, not who.parquet")
@option("--title", metavar=say("标题", "TITLE"), zh="报告的标题", en="title of the report")
@option(
    "--publish",
    is_flag=True,
    zh="把报告（没有企业名单）放进门户的数据文件夹，办案页面能看",
    en="put the report, without names, into the portal's data folder, for the staff's pages",
)
@data_option
@table_options
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
def impact(
    old: Path,
    new: Path,
    table: str,
    out: Path,
    on: date | None,
    on_new: date | None,
    benefits: tuple[str, ...],
    everything: bool,
    csv: bool,
    title: str | None,
    publish: bool,
    data_dir: Path,
    as_json: bool,
    **how: Anything,
) -> None:
    """Compare two versions over a table."""
    from huiqi.cli.tables import open_enterprises, showing_progress
    from huiqi.entitlements.answer import today
    from huiqi.matching.impact import shelf
    from huiqi.matching.impact.page import as_html
    from huiqi.matching.impact.report import as_report
    from huiqi.matching.impact.run import Comparison
    from huiqi.matching.impact.tables import write_tables
    from huiqi.matching.impact.told import telling
    from huiqi.matching.impact.versions import VersionError
    from huiqi.matching.parts import write_whole
    from huiqi.tables import TableError

    day = on or today()
    versions = _versions(old, new, day, on_new or day)
    pairs = _asked(benefits, versions)
    source = open_enterprises(table, versions.reading, **how)
    try:
        out.mkdir(parents=True, exist_ok=True)
        comparison = Comparison(versions, pairs, source, out, everything=everything, csv=csv)
        with showing_progress(source.rows) as told:
            found = comparison.go(told)
        report = as_report(
            found, title=title or _title(pairs), old=str(old), new=str(new), table=_shown(table)
        )
        write_tables(found, report, out)
        write_whole(out / "report.html", as_html(telling(report)))
        write_whole(out / "report.json", report.model_dump_json(indent=1))
        placed = shelf.publish(report, data_dir) if publish else None
    except (TableError, VersionError) as problem:
        fail(problem)
    except OSError as problem:
        fail(f"{problem.filename or out}: {problem.strerror}")
    if as_json:
        print_json(report.model_dump(mode="json"))
    else:
        click.echo(_as_text(report, found.touched, out))
        if placed is not None:
            click.echo(say(f"已放进门户：{placed}", f"published: {placed}"))
    sys.exit(0 if report.changed else 1)


# ---- what is asked ----


def _versions(old: Path, new: Path, on: date, on_new: date) -> Versions:
    """The two versions, or exit code 2 with what is wrong with them."""
    from huiqi.catalogue.load import CatalogueError, load_catalogue
    from huiqi.matching.impact.versions import HEAD, VersionError, Versions, open_new

    if not (old / HEAD).is_file():
        fail(
            say(
                f"{old}: 这里没有规则库（缺 {HEAD}）；旧版要写规则库文件夹",
                f"{old}: no catalogue here ({HEAD} is missing); OLD is the folder of a catalogue",
            )
        )
    try:
        before = load_catalogue(old)
        return Versions(before, open_new(new, before), on, on_new)
    except CatalogueError as error:
        fail_all(error.diagnostics)
    except VersionError as problem:
        fail(problem)


def _asked(benefits: tuple[str, ...], versions: Versions) -> tuple[Pair, ...]:
    """The benefits to compare: all that differ, or those named, which must be in one of the versions."""
    from huiqi.language.diagnostics import nearest

    known = {*versions.old.benefits, *versions.new.benefits}
    for one in benefits:
        if one not in known:
            right = nearest(one, sorted(known))
            hint = say(f"（是不是“{right}”？）", f" (did you mean {right}?)") if right else ""
            fail(say(f"两版都没有标识为“{one}”的事项{hint}", f"neither version has a benefit {one}{hint}"))
    return tuple(pair for pair in versions.pairs if not benefits or pair.now.id in benefits)


def _title(pairs: tuple[Pair, ...]) -> str:
    documents = list(dict.fromkeys(one.now.document.title for one in pairs))
    if not documents:
        return "政策改动的影响"
    more = f"等 {len(documents)} 个文件" if len(documents) > 1 else ""
    return f"《{documents[0]}》{more}改动的影响"


def _shown(table: str) -> str:
    """The table as a report may name it: without its folder, its address or a password."""
    if "://" in table:
        return f"数据库的表 {table.partition('table=')[2].partition('&')[0]}"
    return "标准输入" if table == "-" else Path(table).name


# ---- what is told ----


def _as_text(report: ImpactReport, touched: int, out: Path) -> str:
    from huiqi.matching.impact.change import KINDS, SAME
    from huiqi.matching.impact.told import difference_words, telling

    told = telling(report)
    lines = [report.title]
    lines += [f"  {name}：{words}" for name, words in (*told.about, *told.figures)]
    some = [one for one in report.benefits if one.visible or one.status != "修改"]
    for one in some:
        lines += ["", f"{one.name}（{one.id}，{one.status}）"]
        for reading, counts in (("", one.kinds.certain), ("若获批：", one.kinds.granted)):
            if reading and counts == one.kinds.certain:
                continue
            parts = [f"{kind} {counts[kind]}" for kind in KINDS if kind != SAME and counts[kind]]
            lines.append(f"  {reading}{'、'.join(parts) or '没有得失'}")
        if one.same_wait:
            lines.append(f"  说不准的里面有 {one.same_wait} 家，两版等的是同样的事实")
        if one.money is not None:
            lines.append(f"  预算的差：{difference_words(one.money.difference)}")
    unseen = len(report.benefits) - len(some)
    if not report.benefits:
        lines += ["", "两版没有算法不同的事项"]
    elif unseen:
        lines += ["", f"{unseen} 个事项的规则改了，表里没有一家看得出变化"]
    lines += ["", f"名单 {touched} 行；报告、名单和合计都在 {out}"]
    return "\n".join(lines)
