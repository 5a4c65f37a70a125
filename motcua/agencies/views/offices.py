"""One-stop offices and seats."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from motcua.agencies import actions
from motcua.agencies.forms.agencies import CloseForm, LastDayForm, OfficeDetailsForm, OfficeForm, SeatForm
from motcua.agencies.models import OneStopOffice
from motcua.agencies.queries import access_agency, access_office, access_seat, agencies_at
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.views.agencies import FORM, address
from motcua.agencies.web import StaffRequest
from motcua.core.moments import today
from motcua.core.pages import FormPage, act_page, data


@login_required
@FORM
def open_office(request: StaffRequest, pk: int) -> HttpResponse:
    """A new one-stop office of an agency."""
    agency = access_agency(pk)
    request.authority.require(Permission.AGENCY_EDIT, agency)
    form = OfficeForm(data(request), initial={"address": agency.address, "phone": agency.phone})
    page = FormPage(f"Mở bộ phận một cửa tại {agency}", "Đã mở bộ phận một cửa.", to=address(agency))
    return act_page(request, form, page, actions.open_office, agency=agency)


@login_required
@FORM
def edit_office(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct the details of an office."""
    office = _editable(request, pk)
    form = OfficeDetailsForm(data(request), initial=vars(office))
    page = FormPage(f"Sửa {office}", "Đã lưu.", to=address(office.agency))
    return act_page(request, form, page, actions.update_office, office)


@login_required
@FORM
def close_office(request: StaffRequest, pk: int) -> HttpResponse:
    """Close an office."""
    office = _editable(request, pk)
    said, to = "Đã đóng bộ phận một cửa.", address(office.agency)
    page = FormPage(f"Đóng {office}", said, to=to, submit="Đóng")
    return act_page(request, CloseForm(data(request)), page, actions.close_office, office)


@login_required
@FORM
def seat(request: StaffRequest, pk: int) -> HttpResponse:
    """Seat an agency at an office."""
    office = _editable(request, pk)
    form = SeatForm(data(request), agencies=agencies_at(today()).exclude(pk=office.agency_id))
    page = FormPage(f"Bố trí quầy tại {office}", "Đã bố trí quầy.", to=address(office.agency))
    return act_page(request, form, page, actions.seat_agency, office)


@login_required
@FORM
def end_seat(request: StaffRequest, pk: int) -> HttpResponse:
    """An agency leaves an office."""
    found = access_seat(pk)
    request.authority.require(Permission.AGENCY_EDIT, found.office.agency)
    to = address(found.office.agency)
    page = FormPage(f"Kết thúc quầy: {found}", "Đã kết thúc quầy.", to=to, submit="Kết thúc")
    return act_page(request, LastDayForm(data(request)), page, actions.end_seat, found)


def _editable(request: StaffRequest, pk: int) -> OneStopOffice:
    """An office of an agency that the person administers. Raises NotFound."""
    office = access_office(pk)
    request.authority.require(Permission.AGENCY_EDIT, office.agency)
    return office
