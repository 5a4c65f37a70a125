"""The register of the year: on screen, on paper, as a spreadsheet."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.models import OneStopOffice
from motcua.agencies.queries import offices_kept
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.audit.actions import record_view
from motcua.core.answers import XLSX, file_answer, pdf_answer
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date, now
from motcua.core.web import page
from motcua.counter import queries
from motcua.counter.spreadsheet import register_book
from motcua.counter.views.base import here, number, with_office
from motcua.dossiers import slips
from motcua.dossiers.models import Dossier
from motcua.printing.actions import render as print_form


def _rows(request: StaffRequest, office: OneStopOffice, year: int) -> QuerySet[Dossier]:
    if year > 9999:
        raise NotFound()
    return queries.mine(queries.register(office, year), office, request.authority)


def _chosen(request: StaffRequest, kept: list[OneStopOffice]) -> OneStopOffice:
    """The register asked for: of the desk's own office unless one that it stands in for is named."""
    asked = number(request.GET.get("quay"))
    return next((office for office in kept if office.pk == asked), kept[0])


@login_required
@require_safe
def register(request: StaffRequest) -> HttpResponse:
    """One year's register, paged; the last page carries the closing line."""
    at = now()
    desk = here(request, at)
    kept = offices_kept(desk, legal_date(at))
    office = _chosen(request, kept)
    years = queries.register_years(office, legal_date(at))
    asked = number(request.GET.get("nam"))
    year = asked if asked in years else years[0]
    rows = page(request, _rows(request, office, year), size=50)
    closing = "" if rows.next else queries.closing_line(office, year)
    context = {"year": year, "years": years, "page": rows, "closing": closing, "kept": kept, "shown": office}
    return render(request, "counter/register.html", with_office(request, desk, at, **context))


@login_required
@require_safe
def register_pdf(request: StaffRequest, year: int) -> HttpResponse:
    """The register on paper (Mẫu số 07). It holds names and addresses: printing is logged."""
    at = now()
    office = _chosen(
        request, offices_kept(here(request, at, Permission.DOSSIER_VIEW_PERSONAL), legal_date(at))
    )
    record_view(request.user, f"register/{office.pk}/{year}", ["name", "address", "phone"], at=at)
    rows = _rows(request, office, year).prefetch_related("tasks__taken_by")
    data = slips.register_data(office, year, rows, legal_date(at), closed=year < legal_date(at).year)
    return pdf_answer(print_form("register", data), f"so-theo-doi-{year}")


@login_required
@require_safe
def register_xlsx(request: StaffRequest, year: int) -> HttpResponse:
    """The register as a spreadsheet; keeping a copy of personal data is logged."""
    at = now()
    office = _chosen(
        request, offices_kept(here(request, at, Permission.DOSSIER_VIEW_PERSONAL), legal_date(at))
    )
    record_view(request.user, f"register/{office.pk}/{year}", ["name", "address", "phone"], at=at)
    book = register_book(office, year, _rows(request, office, year), queries.closing_line(office, year))
    return file_answer(book, f"so-theo-doi-{year}.xlsx", XLSX)
