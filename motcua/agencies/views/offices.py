"""One-stop offices and seats."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from motcua.agencies import actions
from motcua.agencies.forms.agencies import CloseForm, LastDayForm, OfficeDetailsForm, OfficeForm, SeatForm
from motcua.agencies.queries import access_agency, access_office, access_seat, agencies_at
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.views.agencies import FORM, address
from motcua.agencies.views.common import data, done, form_page, went
from motcua.core.moments import now, today


@login_required
@FORM
def open_office(request: HttpRequest, pk: int) -> HttpResponse:
    """A new one-stop office of an agency."""
    agency = access_agency(pk)
    request.authority.require(Permission.AGENCY_EDIT, agency)
    form = OfficeForm(data(request), initial={"address": agency.address, "phone": agency.phone})
    if done(request, form, actions.open_office, agency=agency, at=now()):
        return went(request, "Đã mở bộ phận một cửa.", address(agency))
    return form_page(request, form, f"Mở bộ phận một cửa tại {agency}", back=address(agency))


@login_required
@FORM
def edit_office(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the details of an office."""
    office = access_office(pk)
    request.authority.require(Permission.AGENCY_EDIT, office.agency)
    form = OfficeDetailsForm(data(request), initial=vars(office))
    if done(request, form, actions.update_office, office, at=now()):
        return went(request, "Đã lưu.", address(office.agency))
    return form_page(request, form, f"Sửa {office}", back=address(office.agency))


@login_required
@FORM
def close_office(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an office."""
    office = access_office(pk)
    request.authority.require(Permission.AGENCY_EDIT, office.agency)
    form = CloseForm(data(request))
    if done(request, form, actions.close_office, office, at=now()):
        return went(request, "Đã đóng bộ phận một cửa.", address(office.agency))
    return form_page(request, form, f"Đóng {office}", back=address(office.agency), submit="Đóng")


@login_required
@FORM
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Seat an agency at an office."""
    office = access_office(pk)
    request.authority.require(Permission.AGENCY_EDIT, office.agency)
    form = SeatForm(data(request), agencies=agencies_at(today()).exclude(pk=office.agency_id))
    if done(request, form, actions.seat_agency, office, at=now()):
        return went(request, "Đã bố trí quầy.", address(office.agency))
    return form_page(request, form, f"Bố trí quầy tại {office}", back=address(office.agency))


@login_required
@FORM
def end_seat(request: HttpRequest, pk: int) -> HttpResponse:
    """An agency leaves an office."""
    found = access_seat(pk)
    request.authority.require(Permission.AGENCY_EDIT, found.office.agency)
    form = LastDayForm(data(request))
    back = address(found.office.agency)
    if done(request, form, actions.end_seat, found, at=now()):
        return went(request, "Đã kết thúc quầy.", back)
    return form_page(request, form, f"Kết thúc quầy: {found}", back=back, submit="Kết thúc")
