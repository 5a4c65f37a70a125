"""The tree, and one agency."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
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
from motcua.agencies.views.common import data, done, form_page, went
from motcua.core.moments import legal_date, now, today

FORM = require_http_methods(["GET", "POST"])
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
def tree(request: HttpRequest) -> HttpResponse:
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
def ended(request: HttpRequest) -> HttpResponse:
    """Agencies that are no more, with what came after them."""
    require_staff_page(request.authority)
    context = {"found": ended_before(today())[:500], "day": today(), "ended": True, "filter": TreeFilter()}
    return render(request, "agencies/tree.html", context)


@login_required
@require_safe
def agency(request: HttpRequest, pk: int) -> HttpResponse:
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
def create(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new agency under another one."""
    parent = access_agency(pk) if pk else None
    request.authority.require_any(Permission.AGENCY_EDIT)
    if parent:
        request.authority.require(Permission.AGENCY_EDIT, parent)
    form = CreateForm(data(request))
    if done(request, form, actions.create_agency, parent=parent, at=now()):
        return went(request, "Đã lập cơ quan.", address(parent) if parent else reverse("agencies:tree"))
    title = f"Thêm đơn vị thuộc {parent}" if parent else "Thêm cơ quan"
    return form_page(request, form, title, back=address(parent) if parent else reverse("agencies:tree"))


@login_required
@FORM
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the details of an agency."""
    found = access_agency(pk)
    request.authority.require(Permission.AGENCY_EDIT, found)
    initial = {name: getattr(found, name) for name in DetailsForm.base_fields}
    form = DetailsForm(data(request), initial=initial)
    if done(request, form, actions.update_agency, found, at=now()):
        return went(request, "Đã lưu.", address(found))
    note = "Đổi tên theo quyết định: kết thúc cơ quan cũ và lập cơ quan kế thừa, để giấy tờ cũ giữ tên cũ."
    return form_page(request, form, f"Sửa {found}", back=address(found), note=note)


@login_required
@FORM
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an agency under another one."""
    found = access_agency(pk)
    request.authority.require(Permission.AGENCY_EDIT, found)
    form = MoveForm(data(request), parents=_others(request.authority, found))
    if done(request, form, actions.move_agency, found, at=now()):
        return went(request, "Đã chuyển.", address(found))
    return form_page(request, form, f"Chuyển {found} sang nơi khác", back=address(found), submit="Chuyển")


@login_required
@FORM
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an agency."""
    found = access_agency(pk)
    request.authority.require(Permission.AGENCY_EDIT, found)
    form = EndForm(data(request), successors=_others(request.authority, found))
    if done(request, form, actions.end_agency, found, at=now()):
        return went(request, "Đã ghi nhận kết thúc hoạt động.", address(found))
    note = (
        "Bộ phận một cửa, quầy, vị trí của cơ quan kết thúc cùng ngày. Hồ sơ đang xử lý được bàn giao riêng."
    )
    return form_page(
        request, form, f"Kết thúc hoạt động của {found}", back=address(found), submit="Kết thúc", note=note
    )


def _others(authority: Authority, agency: Agency) -> QuerySet[Agency]:
    """Agencies in force that the person administers, outside this one's subtree."""
    reach = agencies_at(legal_date(now())).filter(authority.where(Permission.AGENCY_EDIT))
    return reach.exclude(path__startswith=agency.path)
