"""Dated settings, of all agencies or of one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies import actions
from motcua.agencies.acting import reaches_everywhere
from motcua.agencies.forms.people import SettingForm
from motcua.agencies.models import Agency
from motcua.agencies.queries import access_agency, access_setting, setting_lines, setting_sheet
from motcua.agencies.queries import setting as value_of
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.rules.settings import BY_KEY
from motcua.agencies.views.agencies import FORM
from motcua.agencies.web import StaffRequest
from motcua.core.errors import NotFound
from motcua.core.moments import now, today
from motcua.core.pages import data, done, went


def _agency(request: StaffRequest, pk: int | None) -> Agency | None:
    agency = access_agency(pk) if pk else None
    if agency:
        request.authority.require(Permission.SETTING_EDIT, agency)
    request.authority.require_any(Permission.SETTING_EDIT)
    return agency


def _typed(value: object) -> object:
    """A value as the form offers it."""
    return int(value) if isinstance(value, bool) else value


def _address(key: str, pk: int | None) -> str:
    return reverse("agencies:setting_of", args=[pk, key]) if pk else reverse("agencies:setting", args=[key])


@login_required
@require_safe
def settings(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """Every known setting with the value in force today and where it comes from."""
    agency = _agency(request, pk)
    everywhere = agency is None and reaches_everywhere(request.authority, Permission.SETTING_EDIT)
    context = {"agency": agency, "lines": setting_lines(agency, today()), "everywhere": everywhere}
    return render(request, "agencies/settings.html", context)


@login_required
@FORM
def setting(request: StaffRequest, key: str, pk: int | None = None) -> HttpResponse:
    """One setting: its history, and a form for a new value from a date."""
    agency = _agency(request, pk)
    if key not in BY_KEY:
        raise NotFound("Không có tham số này.")
    initial = {"valid_from": today(), "value": _typed(value_of(key, agency, today()))}
    form = SettingForm(data(request), setting=BY_KEY[key], initial=initial)
    if done(request, form, actions.set_setting, key, agency=agency, at=now()):
        return went(request, "Đã đặt giá trị mới.", _address(key, pk))
    may_set = bool(agency) or reaches_everywhere(request.authority, Permission.SETTING_EDIT)
    context = {
        "agency": agency,
        "sheet": setting_sheet(key, agency, today()),
        "form": form,
        "may_set": may_set,
    }
    return render(request, "agencies/setting.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back a value that is not in force yet."""
    row = access_setting(pk)
    key, agency_id = row.key, row.agency_id
    actions.withdraw_setting(row, actor=request.user, at=now())
    return went(request, "Đã bỏ giá trị chưa có hiệu lực.", _address(key, agency_id))
