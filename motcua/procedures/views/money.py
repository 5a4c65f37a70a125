"""Fees and offerings of a procedure; the table of time cuts."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from motcua.agencies.models import Agency
from motcua.agencies.queries import access_agency
from motcua.agencies.rules.permissions import Permission
from motcua.core.moments import today
from motcua.files.queries import url_for
from motcua.procedures import actions, queries
from motcua.procedures.forms.money import EndForm, FeeForm, OfferingForm, TemplateForm
from motcua.procedures.queries.access import require_in
from motcua.procedures.queries.cuts import cut_table
from motcua.procedures.queries.fees import access_fee
from motcua.procedures.queries.templates import access_template
from motcua.procedures.queries.versions import access_offering, agencies_offering
from motcua.procedures.views.common import (
    StaffRequest,
    done,
    form_page,
    form_view,
    my_agencies,
    page,
    ready,
    sent,
    uploaded,
    went,
)

TEMPLATE_NOTE = (
    "Công chức tải mẫu này khi lập kết quả. Mẫu đang dùng kết thúc ngày trước ngày ghi ở đây; tệp được kiểm tra mã độc trước khi mở "
    "được."
)


@form_view(Permission.CATALOGUE_EDIT)
def add_fee(request: StaffRequest, code: str) -> HttpResponse:
    """Add a line to the fee schedule."""
    procedure = queries.access_procedure(code)
    form = FeeForm(sent(request), areas=my_agencies(request, Permission.CATALOGUE_EDIT))
    if ready(request, form) and done(request, form, actions.add_fee, code, form.data_of()):
        return went(request, "Đã thêm mức thu.", "procedures:procedure", code)
    return form_page(
        request, form, f"Thêm mức thu: {procedure.code}", back=reverse("procedures:procedure", args=[code])
    )


@form_view(Permission.CATALOGUE_EDIT)
def end_fee(request: StaffRequest, pk: int) -> HttpResponse:
    """End a line of the fee schedule."""
    fee = access_fee(pk)
    require_in(request.authority, Permission.CATALOGUE_EDIT, fee.area)
    form = EndForm(sent(request))
    if ready(request, form) and done(request, form, actions.end_fee, pk, form.cleaned_data["last_day"]):
        return went(request, "Đã ghi ngày hết áp dụng.", "procedures:procedure", fee.procedure.code)
    back = reverse("procedures:procedure", args=[fee.procedure.code])
    return form_page(request, form, f"Ngừng áp dụng: {fee.name}", back=back)


@form_view(Permission.CATALOGUE_EDIT)
def add_offering(request: StaffRequest, code: str) -> HttpResponse:
    """An agency begins to resolve the procedure, or changes its time."""
    procedure = queries.access_procedure(code)
    form = OfferingForm(sent(request), agencies=my_agencies(request, Permission.CATALOGUE_EDIT))
    if ready(request, form) and done(request, form, actions.offer, code, **form.values()):
        return went(request, "Đã ghi nơi thực hiện.", "procedures:procedure", code)
    note = "Khai báo mới thay khai báo đang có của cơ quan từ ngày ghi ở đây."
    back = reverse("procedures:procedure", args=[code])
    return form_page(request, form, f"Nơi thực hiện: {procedure.code}", back=back, note=note)


@form_view(Permission.CATALOGUE_EDIT)
def end_offering(request: StaffRequest, pk: int) -> HttpResponse:
    """An agency no longer resolves the procedure."""
    offering = access_offering(pk)
    require_in(request.authority, Permission.CATALOGUE_EDIT, offering.agency)
    form = EndForm(sent(request))
    if ready(request, form) and done(request, form, actions.end_offering, pk, form.cleaned_data["last_day"]):
        return went(request, "Đã ghi ngày kết thúc.", "procedures:procedure", offering.procedure.code)
    back = reverse("procedures:procedure", args=[offering.procedure.code])
    return form_page(request, form, f"Ngừng thực hiện tại {offering.agency}", back=back)


@form_view(Permission.CATALOGUE_EDIT)
def set_template(request: StaffRequest, pk: int) -> HttpResponse:
    """The document from which an agency makes the result of a procedure it offers."""
    offering = access_offering(pk)
    require_in(request.authority, Permission.CATALOGUE_EDIT, offering.agency)
    code = offering.procedure.code
    form = TemplateForm(sent(request), uploaded(request), initial={"valid_from": today()})
    if ready(request, form) and done(
        request, form, actions.set_template, code, offering.agency_id, form.cleaned_data["file"], form.cleaned_data["valid_from"]
    ):  # fmt: skip
        return went(request, "Đã lưu mẫu kết quả.", "procedures:procedure", code)
    back = reverse("procedures:procedure", args=[code])
    return form_page(
        request,
        form,
        f"Mẫu kết quả: {code}, {offering.agency}",
        back=back,
        note=TEMPLATE_NOTE,
        submit="Tải lên",
    )


@form_view(Permission.CATALOGUE_EDIT)
def end_template(request: StaffRequest, pk: int) -> HttpResponse:
    """The document is no longer used."""
    template = access_template(pk)
    require_in(request.authority, Permission.CATALOGUE_EDIT, template.agency)
    form = EndForm(sent(request))
    if ready(request, form) and done(request, form, actions.end_template, pk, form.cleaned_data["last_day"]):
        return went(request, "Đã ghi ngày kết thúc.", "procedures:procedure", template.procedure.code)
    back = reverse("procedures:procedure", args=[template.procedure.code])
    return form_page(request, form, f"Thôi dùng {template}", back=back)


@page
def template_file(request: StaffRequest, pk: int) -> HttpResponse:
    """The document itself, for officers."""
    return redirect(url_for(access_template(pk).file, request.user))


@page
def cuts(request: StaffRequest, agency_id: int | None = None) -> HttpResponse:
    """Statutory against reduced time, per procedure and over all, at one agency."""
    agencies = agencies_offering(today())
    agency = access_agency(agency_id) if agency_id else _mine(request, agencies)
    context = {
        "agencies": agencies,
        "agency": agency,
        "table": cut_table(agency, today()) if agency else None,
    }
    return render(request, "procedures/cuts.html", context)


def _mine(request: StaffRequest, agencies: list[Agency]) -> Agency | None:
    mine = request.authority.main_agency_id
    return next((agency for agency in agencies if agency.pk == mine), agencies[0] if agencies else None)
