"""Open data for everybody: pages and files of closed months. Nothing here knows who asks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from motcua.core.errors import NotFound
from motcua.core.moments import legal_date, now
from motcua.statistics.output import opendata as files
from motcua.statistics.queries import opendata as queries
from motcua.statistics.queries.opendata import PublicTable
from motcua.statistics.rules.shares import decimal_text

HOUR = 3600


@require_safe
def months(request: HttpRequest, month: str = "") -> HttpResponse:
    """The agencies in a month, by default the newest."""
    at = now()
    day = legal_date(at)
    period = queries.month_of(month, day) if month else queries.published_months(day)[0]
    return _page(request, queries.agencies_table(period, at=at), months=queries.published_months(day))


@require_safe
def agency(request: HttpRequest, month: str, agency_id: int) -> HttpResponse:
    """The procedures of one agency in a month."""
    at = now()
    period = queries.month_of(month, legal_date(at))
    return _page(request, queries.procedures_table(period, agency_id, at=at), agency_id=agency_id)


@require_safe
@cache_control(public=True, max_age=HOUR)
def download(request: HttpRequest, month: str, kind: str, agency_id: int = 0) -> HttpResponse:
    """A month as a file; of one agency by procedure if given."""
    at = now()
    if kind not in files.WRITERS:
        raise NotFound("Không có dạng tệp này.")
    period = queries.month_of(month, legal_date(at))
    table = (
        queries.procedures_table(period, agency_id, at=at)
        if agency_id
        else queries.agencies_table(period, at=at)
    )
    write, content_type = files.WRITERS[kind]
    name = f"ho-so-{period.code}{f'-co-quan-{agency_id}' if agency_id else ''}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Access-Control-Allow-Origin": "*"}
    return HttpResponse(write(table), content_type=content_type, headers=headers)


def _page(request: HttpRequest, table: PublicTable, **more: Any) -> HttpResponse:
    heads = files.definitions()
    lines = [(row, _cells(row, heads)) for row in table.rows]
    context = {
        "table": table,
        "lines": lines,
        "below": _cells(table.below, heads),
        "definitions": heads,
        "marks": files.marks(table),
        "licence": files.LICENCE,
    }
    return render(request, "statistics/opendata.html", context | more)


def _cells(row: Any, heads: list[dict[str, str]]) -> list[tuple[str, str]]:
    shown, few = zip(files.values(row), heads, strict=True), set(files.little(row))
    return [
        (head["label"], _text(value, head["unit"]) + (files.FEW if head["column"] in few else ""))
        for value, head in shown
    ]


def _text(value: Any, unit: str) -> str:
    if isinstance(value, str):
        return value
    return decimal_text(value) + ("%" if unit == "%" and value is not None else "")
