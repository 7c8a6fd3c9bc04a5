"""An impact report as one HTML file: no script, nothing fetched; for desks, phones and printers."""

from __future__ import annotations

from html import escape
from pathlib import Path

from huiqi.matching.impact.told import Section, Table, Telling

_STYLE = Path(__file__).with_name("page.css")


def as_html(telling: Telling) -> str:
    """The whole page."""
    parts = [
        "<!doctype html>",
        '<html lang="zh-CN"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(telling.title)}</title>",
        f"<style>{_STYLE.read_text(encoding='utf-8')}</style></head><body>",
        f'<header><div class="wrap"><h1>{escape(telling.title)}</h1></div></header>',
        '<main class="wrap">',
        _facts(telling.about, "facts"),
        "<section><h2>合起来</h2>",
        _facts(telling.figures, "facts figures"),
        "</section>",
        *map(_section, telling.sections),
        "<section><h2>怎么算的</h2><ul>",
        *(f"<li>{escape(note)}</li>" for note in telling.notes),
        "</ul></section></main></body></html>\n",
    ]
    return "\n".join(parts)


def _facts(pairs: tuple[tuple[str, str], ...], look: str) -> str:
    told = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(words)}</dd></div>" for name, words in pairs)
    return f'<dl class="{look}">{told}</dl>'


def _section(section: Section) -> str:
    lead = "".join(f"<p>{escape(one)}</p>" for one in section.lead)
    look = "beside beside--chart" if section.chart else "beside"
    chart = f'<div class="chart">{section.chart}</div>' if section.chart else ""
    return (
        f'<section id="{section.id}"><h2>{escape(section.title)}</h2>{lead}'
        f'<div class="{look}">{chart}{_table(section.table)}</div></section>'
    )


def _table(table: Table) -> str:
    def cells(row: tuple[str, ...], tag: str) -> str:
        found = []
        for place, (name, words) in enumerate(zip(table.head, row, strict=True)):
            number = ' class="number"' if place >= table.words else ""
            if tag == "th":
                found.append(f'<th scope="col"{number}>{escape(words)}</th>')
            elif place == 0:
                found.append(f'<th scope="row">{escape(words)}</th>')
            else:
                found.append(f'<td data-label="{escape(name)}"{number}>{escape(words)}</td>')
        return f"<tr>{''.join(found)}</tr>"

    rows = "".join(cells(row, "td") for row in table.rows)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(table.caption)}"><table>'
        f"<caption>{escape(table.caption)}</caption><thead>{cells(table.head, 'th')}</thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )
