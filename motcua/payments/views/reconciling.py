"""Reconciliation of a day or a month: what does not match, explained, closed, taken along."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.models import Agency
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.answers import CSV, XLSX, file_answer
from motcua.core.errors import NotFound
from motcua.core.moments import now, today
from motcua.core.pages import FormPage, act_page, data, went
from motcua.payments import actions, queries
from motcua.payments.forms.statements import ExplainForm, SpanForm
from motcua.payments.output import sheet_csv, sheet_xlsx
from motcua.payments.queries.reconciling import Span
from motcua.payments.rules.reconcile import Difference
from motcua.payments.views.common import agencies_for

PAGES = {
    "charge": "payments:charge",
    "order": "payments:order",
    "transfer": "payments:resolve_transfer",
    "receipt": "payments:receipt",
    "day": "payments:day",
}


@dataclass(frozen=True)
class Row:
    """A difference on the page: with the page where it comes from, and its explanation."""

    one: Difference
    href: str
    note: str


def _span(request: StaffRequest) -> tuple[SpanForm, Span]:
    """The span that the address names; yesterday at one's own agency else. Raises NotFound for no agency of mine."""
    agencies = agencies_for(request, Permission.FEE_VIEW)
    yesterday = today() - timedelta(days=1)
    first = agencies.filter(pk=request.authority.main_agency_id or 0).first() or agencies.first()
    if first is None:
        raise NotFound()
    given: Any = request.GET if "day" in request.GET else {"agency": first.pk, "day": f"{yesterday:%d/%m/%Y}"}
    form = SpanForm(given, agencies=agencies)
    if not form.is_valid():
        raise NotFound("Ngày hoặc cơ quan không đọc được. Mở lại trang Đối soát.")
    agency: Agency = form.cleaned_data["agency"]
    return form, Span(agency, *form.span())


def _rows(request: StaffRequest, span: Span) -> list[Row]:
    notes = queries.explanations(span)
    return [
        Row(one, _page_of(one), notes[one.subject].note if one.subject in notes else "")
        for one in queries.differences(span, today())
    ]


def _page_of(one: Difference) -> str:
    kind, _sep, number = one.about.partition("/")
    return reverse(PAGES[kind], args=[int(number)]) if kind in PAGES else ""


def _query(span: Span) -> str:
    whole = {"whole": "on"} if span.first != span.last else {}
    return urlencode({"agency": span.agency.pk, "day": f"{span.first:%d/%m/%Y}", **whole})


@login_required
@never_cache
@require_safe
def reconciliation(request: StaffRequest) -> HttpResponse:
    """A day or a month of an agency and of those under it."""
    request.authority.require_any(Permission.FEE_VIEW)
    form, span = _span(request)
    rows, closed = _rows(request, span), queries.closed(span)
    context = {
        "form": form,
        "span": span,
        "query": _query(span),
        "figures": queries.figures(span),
        "rows": rows,
        "left": sum(not row.note for row in rows),
        "closed": closed,
        "may_close": closed is None and request.authority.can(Permission.FEE_CLOSE, span.agency),
        "is_past": span.last < today(),
        "sheets": queries.sheets_visible(request.authority)[:12],
    }
    return render(request, "payments/reconciliation.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def explain(request: StaffRequest) -> HttpResponse:
    """Explain one difference of a span (?muc=its key)."""
    _form, span = _span(request)
    request.authority.require(Permission.FEE_CLOSE, span.agency)
    subject = request.GET.get("muc", "")
    one = next((row.one for row in _rows(request, span) if row.one.subject == subject), None)
    if one is None:
        raise NotFound("Chênh lệch này không còn.")
    to = f"{reverse('payments:reconciliation')}?{_query(span)}"
    rows = [{"label": "Chênh lệch", "value": f"{one.words}: {one.name}"}]
    page = FormPage("Giải trình chênh lệch", "Đã ghi giải trình.", to, rows=rows)
    fixed = {"first_day": span.first, "last_day": span.last, "subject": subject}
    return act_page(request, ExplainForm(data(request)), page, actions.explain, span.agency, **fixed)


@login_required
@require_POST
def close(request: StaffRequest) -> HttpResponse:
    """Close a span whose differences are all explained."""
    _form, span = _span(request)
    days = {"first_day": span.first, "last_day": span.last}
    made = actions.close_reconciliation(span.agency, **days, actor=request.user, at=now())
    return went(request, "Đã khóa bảng đối soát.", reverse("payments:sheet", args=[made.pk]))


@login_required
@require_POST
def fetch(request: StaffRequest) -> HttpResponse:
    """Fetch the gateways' files of a past day."""
    _form, span = _span(request)
    request.authority.require(Permission.FEE_CLOSE, span.agency)
    came = [actions.fetch_day_file(one, span.first, actor=request.user, at=now()) for one in span.gateways]
    said = f"Đã lấy {sum(came)} trong {len(came)} tệp đối soát."
    return went(request, said, f"{reverse('payments:reconciliation')}?{_query(span)}")


@login_required
@require_safe
def sheet(request: StaffRequest, sheet_id: int) -> HttpResponse:
    """A closed sheet, as it stood."""
    found = queries.access_sheet(request.authority, sheet_id)
    return render(request, "payments/sheet.html", {"sheet": found})


@login_required
@require_safe
def export(request: StaffRequest, kind: str) -> HttpResponse:
    """Figures and differences as CSV or XLSX."""
    _form, span = _span(request)
    if kind not in ("csv", "xlsx"):
        raise NotFound()
    rows = [(row.one, row.note) for row in _rows(request, span)]
    make = sheet_csv if kind == "csv" else sheet_xlsx
    content = make(span, queries.figures(span), rows)
    name = f"doi-soat-{span.first:%Y%m%d}-{span.last:%Y%m%d}.{kind}"
    return file_answer(content, name, CSV if kind == "csv" else XLSX)
