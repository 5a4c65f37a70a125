"""Posts and the roles on them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from motcua.agencies import actions
from motcua.agencies.forms.agencies import LastDayForm
from motcua.agencies.forms.people import PostForm, PostRoleForm
from motcua.agencies.models import Post
from motcua.agencies.queries import access_agency, access_post, access_post_role, agencies_at, post_sheet
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.views.agencies import FORM, address
from motcua.agencies.web import StaffRequest
from motcua.core.moments import now, today
from motcua.core.pages import FormPage, act_page, data, done, went


def post_address(post: Post) -> str:
    """The page of a post."""
    return reverse("agencies:post", args=[post.pk])


@login_required
@FORM
def create(request: StaffRequest, pk: int) -> HttpResponse:
    """A new post in an agency."""
    agency = access_agency(pk)
    request.authority.require(Permission.AGENCY_EDIT, agency)
    form = PostForm(data(request), initial={"valid_from": today()})
    said = "Đã thêm vị trí. Chọn vị trí để gắn vai trò."
    page = FormPage(f"Thêm vị trí tại {agency}", said, to=address(agency))
    return act_page(request, form, page, actions.create_post, agency=agency)


@login_required
@FORM
def post(request: StaffRequest, pk: int) -> HttpResponse:
    """One post: its roles, who holds it, and a form for one more role."""
    found = access_post(pk)
    request.authority.require(Permission.PEOPLE_VIEW, found.agency)
    scopes = agencies_at(today()).filter(request.authority.where(Permission.ROLE_GRANT))
    form = PostRoleForm(data(request), scopes=scopes, initial={"scope": found.agency_id})
    if done(request, form, _grant, found, at=now()):
        return went(request, "Đã gắn vai trò.", post_address(found))
    may = {
        "grant": request.authority.can(Permission.ROLE_GRANT, found.agency),
        "edit": request.authority.can(Permission.AGENCY_EDIT, found.agency),
    }
    context = {"sheet": post_sheet(found, today()), "form": form, "may": may}
    return render(request, "agencies/post.html", context, status=422 if form.errors else 200)


def _grant(found: Post, **values: Any) -> None:
    actions.grant_role(found, values.pop("role"), **values)


@login_required
@require_POST
def revoke(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a role off a post."""
    row = access_post_role(pk)
    actions.revoke_role(row, actor=request.user, at=now())
    return went(request, "Đã gỡ vai trò.", post_address(row.post))


@login_required
@FORM
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """End a post."""
    found = access_post(pk)
    request.authority.require(Permission.AGENCY_EDIT, found.agency)
    page = FormPage(
        f"Kết thúc vị trí {found}",
        "Đã kết thúc vị trí.",
        to=address(found.agency),
        back=post_address(found),
        submit="Kết thúc",
        note="Người đang giữ vị trí thôi giữ cùng ngày.",
    )
    return act_page(request, LastDayForm(data(request)), page, actions.end_post, found)
