"""The tree, and one agency."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies import actions
from motcua.agencies.forms.agencies import CreateForm, DetailsForm, EndForm, MoveForm, TreeFilter
from motcua.agencies.models import Agency
from motcua.agencies.queries import (
    Authority,
    access_agency,
    agencies_at,
    agency_sheet,
    ended_before,
    search_agencies,
    tree_at,
)
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.moments import today
from motcua.core.pages import FormPage, act_page, data

FORM = require_http_methods(["GET", "POST"])
RENAMING = "Đổi tên theo quyết định: kết thúc cơ quan cũ và lập cơ quan kế thừa, để giấy tờ cũ giữ tên cũ."
ENDING = "Bộ phận một cửa, quầy, vị trí của cơ quan kết thúc cùng ngày. Hồ sơ đang xử lý được bàn giao riêng."
STAFF_PAGES = (Permission.AGENCY_EDIT, Permission.PEOPLE_VIEW)


def require_staff_page(authority: Authority) -> None:
    """Pages of the organisation are for those who administer or manage people somewhere."""
    if not any(authority.has(code) for code in STAFF_PAGES):
        authority.require_any(Permission.AGENCY_EDIT)


def address(agency: Agency) -> str:
    """The page of an agency."""
    return reverse("agencies:agency", args=[agency.pk])


@login_required
@require_safe
def tree(request: StaffRequest) -> HttpResponse:
    """The tree today, on a date, or what a search finds."""
    require_staff_page(request.authority)
    form = TreeFilter(request.GET)
    day, text = form.day(today()), form.text()
    rows = tree_at(day) if not text else None
    found = search_agencies(text, day).select_related("level")[:100] if text else None
    context = {"filter": form, "rows": rows, "found": found, "day": day, "ended": False}
    return render(request, "agencies/tree.html", context)


@login_required
@require_safe
def ended(request: StaffRequest) -> HttpResponse:
    """Agencies that are no more, with what came after them."""
    require_staff_page(request.authority)
    context = {"found": ended_before(today())[:500], "day": today(), "ended": True, "filter": TreeFilter()}
    return render(request, "agencies/tree.html", context)


@login_required
@require_safe
def agency(request: StaffRequest, pk: int) -> HttpResponse:
    """One agency: details, divisions, offices, posts and people, settings."""
    require_staff_page(request.authority)
    found = access_agency(pk)
    may = {
        "edit": request.authority.can(Permission.AGENCY_EDIT, found),
        "people": request.authority.can(Permission.PEOPLE_EDIT, found),
        "see_people": request.authority.can(Permission.PEOPLE_VIEW, found),
        "settings": request.authority.can(Permission.SETTING_EDIT, found),
    }
    return render(request, "agencies/agency.html", {"sheet": agency_sheet(found, today()), "may": may})


@login_required
@FORM
def create(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """A new agency under another one."""
    parent = access_agency(pk) if pk else None
    request.authority.require_any(Permission.AGENCY_EDIT)
    if parent:
        request.authority.require(Permission.AGENCY_EDIT, parent)
    title = f"Thêm đơn vị thuộc {parent}" if parent else "Thêm cơ quan"
    to = address(parent) if parent else reverse("agencies:tree")
    page = FormPage(title, "Đã lập cơ quan.", to=to)
    return act_page(request, CreateForm(data(request)), page, actions.create_agency, parent=parent)


@login_required
@FORM
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct the details of an agency."""
    found = _editable(request, pk)
    form = DetailsForm(
        data(request), initial={name: getattr(found, name) for name in DetailsForm.base_fields}
    )
    page = FormPage(f"Sửa {found}", "Đã lưu.", to=address(found), note=RENAMING)
    return act_page(request, form, page, actions.update_agency, found)


@login_required
@FORM
def move(request: StaffRequest, pk: int) -> HttpResponse:
    """Put an agency under another one."""
    found = _editable(request, pk)
    form = MoveForm(data(request), parents=_others(request.authority, found))
    title = f"Chuyển {found} sang nơi khác"
    page = FormPage(title, "Đã chuyển.", to=address(found), submit="Chuyển")
    return act_page(request, form, page, actions.move_agency, found)


@login_required
@FORM
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """End an agency."""
    found = _editable(request, pk)
    form = EndForm(data(request), successors=_others(request.authority, found))
    title, said = f"Kết thúc hoạt động của {found}", "Đã ghi nhận kết thúc hoạt động."
    page = FormPage(title, said, to=address(found), submit="Kết thúc", note=ENDING)
    return act_page(request, form, page, actions.end_agency, found)


def _editable(request: StaffRequest, pk: int) -> Agency:
    """An agency that the person administers. Raises NotFound."""
    found = access_agency(pk)
    request.authority.require(Permission.AGENCY_EDIT, found)
    return found


def _others(authority: Authority, agency: Agency) -> QuerySet[Agency]:
    """Agencies in force that the person administers, outside this one's subtree."""
    reach = agencies_at(today()).filter(authority.where(Permission.AGENCY_EDIT))
    return reach.exclude(path__startswith=agency.path)
