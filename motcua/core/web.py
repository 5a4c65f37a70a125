"""Small helpers for views: error pages, counts that stop at 500, keyset pages, answers for htmx."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

Row = TypeVar("Row", bound=Model)
COUNT_LIMIT = 500
PAGE_SIZE = 25


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
    """The page the person came from, when it is one of ours."""
    referer = request.headers.get("referer", "")
    base = f"{request.scheme}://{request.META.get('HTTP_HOST', '')}/"
    here = request.build_absolute_uri() if request.META.get("HTTP_HOST") else ""
    return referer if referer.startswith(base) and referer != here else ""


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

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page(request: HttpRequest, queryset: QuerySet[Row], size: int = PAGE_SIZE) -> Page[Row]:
    """One page by keyset: as quick on page 10,000 as on page 1.

    The queryset must be ordered by plain non-null columns, e.g. order_by("due_at", "id"); `pk` is added when
    it is missing. A mark that does not fit (edited, or of another order) means the first page.
    """
    order = _order(queryset)
    back = "before" in request.GET
    mark = _read(request.GET.get("before") or request.GET.get("after") or "", order)
    rows = _window(queryset, order, mark, back=back and mark is not None, size=size + 1)
    return _page(rows, order, size, back=back and mark is not None, marked=mark is not None)


def _order(queryset: QuerySet[Any]) -> tuple[str, ...]:
    names = tuple(queryset.query.order_by or queryset.model._meta.ordering or ())
    bare = {name.lstrip("-") for name in names}
    return names if bare & {"pk", "id"} else (*names, "pk")


def _window(
    queryset: QuerySet[Row], order: tuple[str, ...], mark: list[Any] | None, *, back: bool, size: int
) -> list[Row]:
    directions = tuple(_flip(name) for name in order) if back else order
    if mark is not None:
        queryset = queryset.filter(_beyond(directions, mark))
    return list(queryset.order_by(*directions)[:size])


def _flip(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(order: tuple[str, ...], mark: list[Any]) -> Q:
    """Rows that come after the mark in this order: (a > x) or (a = x and b > y) or ..."""
    result, equal = Q(), Q()
    for name, value in zip(order, mark, strict=True):
        column, operator = (name[1:], "lt") if name.startswith("-") else (name, "gt")
        result |= equal & Q(**{f"{column}__{operator}": value})
        equal &= Q(**{column: value})
    return result


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
