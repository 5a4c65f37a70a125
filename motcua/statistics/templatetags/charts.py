"""Charts as SVG drawn on the server, each with its table. Attributes and classes only: nothing inline, no script.

`figures`: the keys of the registry that are drawn. What a colour says is also said by a pattern, a shape or a figure beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from zlib import crc32

from django import template

from motcua.statistics.rules import charts
from motcua.statistics.rules.charts import WEEKDAYS, hour_words
from motcua.statistics.rules.shares import decimal_text

register = template.Library()


def _frame(title: str, unit: str, label: str, **more: Any) -> dict[str, Any]:
    return {"title": title, "unit": unit, "label": label, "key": f"bieu-do-{crc32(title.encode()):x}", "width": charts.WIDTH, **more}  # fmt: skip


@register.filter
def figure_text(value: int | Decimal | None) -> str:
    """ "1.234", "98,35"; a dash for nothing."""
    return decimal_text(value)


@register.filter
def at(value: float, more: float = 0) -> str:
    """A coordinate with a point, moved by so much: SVG knows no decimal comma."""
    return f"{float(value) + float(more):g}"


@register.inclusion_tag("statistics/charts/bars.html")
def chart_bars(
    rows: Iterable[Sequence[Any]],
    title: str,
    unit: str = "hồ sơ",
    label: str = "Mục",
    target: Any = None,
    most: Any = None,
    figures: str = "",
) -> dict[str, Any]:
    """Bars for rows of (label, value[, address]); a target line if given."""
    data = [(row[0], (row[1],), (row[2],) if len(row) > 2 else ()) for row in rows]
    drawn = charts.bars(data, most=most, target=target)
    return _frame(
        title, unit, label, chart=drawn, names=[unit], target=target, start=charts.LABELS, figures=figures
    )


@register.inclusion_tag("statistics/charts/bars.html")
def chart_stacked(
    rows: Iterable[Sequence[Any]],
    names: Sequence[str],
    title: str,
    unit: str = "hồ sơ",
    label: str = "Mục",
    figures: str = "",
) -> dict[str, Any]:
    """Stacked bars for rows of (label, values[, addresses]); `names` are those of the series."""
    data = [(row[0], tuple(row[1]), tuple(row[2]) if len(row) > 2 else ()) for row in rows]
    drawn = charts.bars(data)
    return _frame(
        title, unit, label, chart=drawn, names=list(names), stacked=True, start=charts.LABELS, figures=figures
    )


@register.inclusion_tag("statistics/charts/lines.html")
def chart_lines(
    labels: Sequence[str],
    series: Sequence[Sequence[Any]],
    title: str,
    unit: str = "hồ sơ",
    label: str = "Kỳ",
    target: Any = None,
    top: Any = None,
    figures: str = "",
) -> dict[str, Any]:
    """Lines for series of (name, values[, addresses]); a value may be None; a target line if given."""
    drawn = charts.lines(labels, [(row[0], row[1]) for row in series], top=top, target=target)
    table = [(text, [_cell(row, index) for row in series]) for index, text in enumerate(labels)]
    edges = {"left": charts.LEFT, "right": charts.WIDTH - charts.RIGHT, "height": charts.HEIGHT}
    names = [row[0] for row in series]
    return _frame(
        title, unit, label, chart=drawn, names=names, table=table, target=target, figures=figures, **edges
    )


def _cell(row: Sequence[Any], index: int) -> tuple[Any, str]:
    return row[1][index], (row[2][index] if len(row) > 2 else "")


@register.inclusion_tag("statistics/charts/heat.html")
def chart_heat(
    counts: Mapping[tuple[int, int], int],
    title: str,
    unit: str = "hồ sơ",
    hrefs: Mapping[tuple[int, int], str] = MappingProxyType({}),
    figures: str = "",
) -> dict[str, Any]:
    """A heat map for counts by (ISO weekday, hour of the day, local); `hrefs` lead from a square to what it counts. A picture
    without them, a group of links with them.
    """
    days = [day for day in WEEKDAYS if day < 6 or any(d == day and n for (d, _), n in counts.items())]
    hours = charts.hours_of(counts)
    squares = [
        (square, hrefs.get((square.row, square.column), "") if square.value else "", hour_words(square.row, square.column))
        for square in charts.heat(counts, days, hours)
    ]  # fmt: skip
    found = {(square.row, square.column): (square.value, href) for square, href, _ in squares}
    table = [(WEEKDAYS[day], [found[day, hour] for hour in hours]) for day in days]
    return _frame(
        title, unit, "Thứ", figures=figures, squares=squares, table=table, hours=hours, opens=any(href for _, href, _ in squares),
        width=charts.HEAT_LEFT + len(hours) * charts.HEAT_SIDE, height=charts.HEAT_TOP + len(days) * charts.HEAT_ROW,
        days=[(WEEKDAYS[day], charts.HEAT_TOP + i * charts.HEAT_ROW + 17) for i, day in enumerate(days)],
        heads=[(hour, charts.HEAT_LEFT + j * charts.HEAT_SIDE + 19) for j, hour in enumerate(hours)],
        side=charts.HEAT_SIDE - 2, tall=charts.HEAT_ROW - 2,
    )  # fmt: skip
