"""Small helpers for views: error pages, counts that stop at 500, keyset pages, answers for htmx."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import DisallowedHost
from django.db.models import F, Model, OrderBy, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

Row = TypeVar("Row", bound=Model)
COUNT_LIMIT = 500
PAGE_SIZE = 25


class PoweredRequest(HttpRequest):
    """With what the middleware of `agencies` adds, for views of apps below it. Only a type: never made by hand."""

    user: Any
    authority: Any


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asks for a fragment (not for a whole boosted page)."""
    details = getattr(request, "htmx", None)
    return bool(details and not details.boosted)


def error_page(request: HttpRequest, message: str, status: int) -> HttpResponse:
    """An error as a page, or for htmx as a notice put into #messages."""
    if is_htmx(request):
        response = render(request, "core/_error.html", {"message": message, "status": status}, status=status)
        response["HX-Retarget"] = "#messages"
        response["HX-Reswap"] = "innerHTML"
        return response
    staff = getattr(getattr(request, "user", None), "is_staff_member", False)
    layout = "core/staff.html" if staff and status != 500 else "core/public.html"
    context = {"message": message, "status": status, "layout": layout, "back_url": _back(request)}
    return render(request, "core/error.html", context, status=status)


def _back(request: HttpRequest) -> str:
    """The page the person came from, when it is one of ours; never by a host name that we do not serve."""
    referer = request.headers.get("referer", "")
    try:
        base = f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""
    return referer if referer.startswith(f"{base}/") and referer != base + request.get_full_path() else ""


def hx_redirect(request: HttpRequest, to: str) -> HttpResponse:
    """Go to an address: HX-Redirect for htmx, 302 otherwise."""
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    return HttpResponseRedirect(to)


def count_up_to(queryset: QuerySet[Any], limit: int = COUNT_LIMIT) -> int:
    """The number of rows, or limit + 1 when there are more; never counts further."""
    return queryset.order_by()[: limit + 1].count()


def count_text(number: int, limit: int = COUNT_LIMIT) -> str:
    """The number as a tab shows it: 37, or 500+."""
    return f"{limit}+" if number > limit else str(number)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of rows; `next`, `previous`: signed marks for ?after= and ?before=, empty at the ends."""

    rows: Sequence[Row]
    next: str = ""
    previous: str = ""

    def __iter__(self):  # type: ignore[no-untyped-def]  # of whatever rows it holds
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page(request: HttpRequest, queryset: QuerySet[Row], size: int = PAGE_SIZE) -> Page[Row]:
    """One page by keyset: as quick on page 10,000 as on page 1.

    The queryset must be ordered by plain columns, e.g. order_by("due_at", "id"); `pk` is added when it is missing. Rows
    that lack a value come last in an ascending column, as PostgreSQL's indexes have them. A mark that does not fit
    (edited, or of another order) means the first page.
    """
    order = _order(queryset)
    back = "before" in request.GET
    mark = _read(request.GET.get("before") or request.GET.get("after") or "", order)
    rows = _window(queryset, order, mark, back=back and mark is not None, size=size + 1)
    return _page(rows, order, size, back=back and mark is not None, marked=mark is not None)


def _order(queryset: QuerySet[Any]) -> tuple[str, ...]:
    wanted: Sequence[Any] = queryset.query.order_by or queryset.model._meta.ordering or ()
    names = tuple(_name(part) for part in wanted)
    bare = {name.lstrip("-") for name in names}
    return names if bare & {"pk", "id"} else (*names, "pk")


def _name(part: str | OrderBy) -> str:
    """A part of an order as text, "-" before what descends."""
    if isinstance(part, str):
        return part
    column: Any = part.expression  # plain columns only, as `page` asks
    return f"{'-' if part.descending else ''}{column.name}"


def _directed(model: type[Model], name: str) -> str | OrderBy:
    """A part of an order as a statement wants it: the place of empty values is said, or engines differ."""
    column = name.lstrip("-")
    if not _may_be_empty(model, column):
        return name
    return F(column).desc(nulls_first=True) if name.startswith("-") else F(column).asc(nulls_last=True)


def _may_be_empty(model: type[Model], column: str) -> bool:
    """Whether a column of the model itself may lack a value (not of what is joined or computed)."""
    return any(f.null for f in model._meta.concrete_fields if f.name == column)


def _window(
    queryset: QuerySet[Row], order: tuple[str, ...], mark: list[Any] | None, *, back: bool, size: int
) -> list[Row]:
    directions = tuple(_flip(name) for name in order) if back else order
    if mark is not None:
        queryset = queryset.filter(_beyond(queryset.model, directions, mark))
    return list(queryset.order_by(*(_directed(queryset.model, name) for name in directions))[:size])


def _flip(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(model: type[Model], order: tuple[str, ...], mark: list[Any]) -> Q:
    """Rows that come after the mark in this order: (a > x) or (a = x and b > y) or ..."""
    result, equal = Q(), Q()
    for name, value in zip(order, mark, strict=True):
        result |= equal & _after(name, value, empty=_may_be_empty(model, name.lstrip("-")))
        column = name.lstrip("-")
        equal &= Q(**({column: value} if value is not None else {f"{column}__isnull": True}))
    return result


def _after(name: str, value: Any, *, empty: bool) -> Q:
    """What comes after a value in one column; no value is more than any value."""
    column, descends = name.lstrip("-"), name.startswith("-")
    if value is None:
        return Q(**{f"{column}__isnull": False}) if descends else Q(pk__in=[])
    beyond = Q(**{f"{column}__{'lt' if descends else 'gt'}": value})
    return beyond | Q(**{f"{column}__isnull": True}) if empty and not descends else beyond


def _page(rows: list[Row], order: tuple[str, ...], size: int, *, back: bool, marked: bool) -> Page[Row]:
    more, rows = len(rows) > size, rows[:size]
    if back:
        rows.reverse()
    first = _mark(rows[0], order) if rows and (more if back else marked) else ""
    last = _mark(rows[-1], order) if rows and (True if back else more) else ""
    return Page(rows, next=last, previous=first)


def _mark(row: Model, order: tuple[str, ...]) -> str:
    values = [_value(row, name.lstrip("-")) for name in order]
    return signing.dumps([list(order), values], salt="core.page", serializer=_Serializer, compress=True)


def _value(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _read(text: str, order: tuple[str, ...]) -> list[Any] | None:
    try:
        names, values = signing.loads(text, salt="core.page", serializer=_Serializer) if text else ([], [])
    except (signing.BadSignature, ValueError):
        return None
    return values if tuple(names) == order else None


class _Serializer:
    """JSON that keeps dates and moments to the microsecond: as ISO text, which Django's filters read back."""

    def dumps(self, value: Any) -> bytes:
        return json.dumps(value, default=_plain, separators=(",", ":")).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
