"""Roles: the permission sets that all agencies share."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.agencies import actions
from motcua.agencies.forms.people import NewRoleForm, RoleForm
from motcua.agencies.queries import access_role, roles_with_labels
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.views.agencies import FORM
from motcua.agencies.web import StaffRequest
from motcua.core.pages import FormPage, act_page, data


@login_required
@require_safe
def roles(request: StaffRequest) -> HttpResponse:
    """All roles with what they allow."""
    if not request.authority.has(Permission.ROLE_EDIT):
        request.authority.require_any(Permission.ROLE_GRANT)
    may_edit = request.authority.has(Permission.ROLE_EDIT)
    return render(request, "agencies/roles.html", {"rows": roles_with_labels(), "may_edit": may_edit})


@login_required
@FORM
def role(request: StaffRequest, code: str) -> HttpResponse:
    """Change what a role allows."""
    request.authority.require_any(Permission.ROLE_EDIT)
    found = access_role(code)
    form = RoleForm(data(request), initial=vars(found))
    said = "Đã lưu vai trò. Thay đổi có hiệu lực ngay với mọi người giữ vai trò."
    page = FormPage(f"Vai trò: {found}", said, to=_list())
    return act_page(request, form, page, actions.update_role, found)


@login_required
@FORM
def create(request: StaffRequest) -> HttpResponse:
    """A new role."""
    request.authority.require_any(Permission.ROLE_EDIT)
    page = FormPage("Thêm vai trò", "Đã thêm vai trò.", to=_list())
    return act_page(request, NewRoleForm(data(request)), page, actions.create_role)


def _list() -> str:
    return reverse("agencies:roles")
