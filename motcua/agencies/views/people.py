"""People and their accounts."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.accounts.models import User
from motcua.agencies import actions
from motcua.agencies.forms.agencies import CloseForm
from motcua.agencies.forms.people import AssignForm, DeactivateForm, NewPersonForm, PeopleFilter, PersonForm
from motcua.agencies.queries import (
    access_assignment,
    access_person,
    people_visible,
    person_sheet,
    posts_within,
    with_posts,
)
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.views.agencies import FORM
from motcua.agencies.web import StaffRequest
from motcua.core.moments import now, today
from motcua.core.pages import FormPage, act_page, data, done, form_page, went
from motcua.core.web import page

LOCKING = (
    "Người này không đăng nhập được nữa và thôi giữ các vị trí từ hôm nay. Nhật ký, hồ sơ đã làm giữ nguyên."
)


def person_address(user: User) -> str:
    """The page of a person."""
    return reverse("agencies:person", args=[user.pk])


@login_required
@require_safe
def people(request: StaffRequest) -> HttpResponse:
    """The people one may see, found without accents."""
    request.authority.require_any(Permission.PEOPLE_VIEW)
    form = PeopleFilter(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = page(request, people_visible(request.authority, text))
    may_edit = request.authority.has(Permission.PEOPLE_EDIT)
    context = {"filter": form, "page": found, "rows": with_posts(found.rows, today()), "may_edit": may_edit}
    return render(request, "agencies/people.html", context)


@login_required
@require_safe
def person(request: StaffRequest, pk: int) -> HttpResponse:
    """One person: posts, delegations, account."""
    found = access_person(request.authority, pk)
    context = {
        "sheet": person_sheet(found, today()),
        "may_edit": request.authority.has(Permission.PEOPLE_EDIT),
    }
    return render(request, "agencies/person.html", context)


@login_required
@never_cache
@FORM
def create(request: StaffRequest) -> HttpResponse:
    """A new person in a post; the temporary password is shown once."""
    request.authority.require_any(Permission.PEOPLE_EDIT)
    form = NewPersonForm(
        data(request), posts=posts_within(request.authority, today()), initial={"valid_from": today()}
    )
    made: list[Any] = []
    if done(request, form, lambda **values: made.extend(actions.create_officer(**values)), at=now()):
        return _show_password(request, *made)
    return form_page(request, form, "Thêm cán bộ", back=reverse("agencies:people"))


@login_required
@FORM
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct name and contact details."""
    found = _editable(request, pk)
    form = PersonForm(data(request), initial=vars(found))
    page = FormPage(f"Sửa thông tin {found}", "Đã lưu.", to=person_address(found))
    return act_page(request, form, page, actions.update_officer, found)


@login_required
@FORM
def assign(request: StaffRequest, pk: int) -> HttpResponse:
    """One more post for a person."""
    found = _editable(request, pk)
    posts = posts_within(request.authority, today())
    form = AssignForm(data(request), posts=posts, initial={"valid_from": today()})
    page = FormPage(f"Phân công vị trí cho {found}", "Đã phân công vị trí.", to=person_address(found))
    return act_page(request, form, page, actions.assign, found)


@login_required
@FORM
def end_assignment(request: StaffRequest, pk: int) -> HttpResponse:
    """A person leaves a post."""
    row = access_assignment(pk)
    request.authority.require(Permission.PEOPLE_EDIT, row.post.agency)
    title = f"{row.user} thôi giữ vị trí {row.post}"
    page = FormPage(title, "Đã kết thúc phân công.", to=person_address(row.user), submit="Kết thúc")
    return act_page(request, CloseForm(data(request)), page, actions.end_assignment, row)


@login_required
@never_cache
@FORM
def reset_password(request: StaffRequest, pk: int) -> HttpResponse:
    """A temporary password, shown once."""
    found = _editable(request, pk)
    if request.method == "POST":
        return _show_password(request, found, actions.reset_password(found, actor=request.user, at=now()))
    return _confirm(
        request, found, "Cấp mật khẩu tạm", "Mật khẩu cũ và các phiên đăng nhập của người này mất hiệu lực."
    )


@login_required
@FORM
def reset_totp(request: StaffRequest, pk: int) -> HttpResponse:
    """Remove a lost second factor."""
    found = _editable(request, pk)
    note = "Chỉ làm khi người này mất điện thoại và bạn đã xác minh trực tiếp."
    return _acted(request, found, actions.reset_totp, "Gỡ xác thực hai lớp", note)


@login_required
@FORM
def deactivate(request: StaffRequest, pk: int) -> HttpResponse:
    """Close an account."""
    found = _editable(request, pk)
    page = FormPage(
        f"Khóa tài khoản {found}",
        "Đã khóa tài khoản và kết thúc các vị trí.",
        to=reverse("agencies:people"),
        back=person_address(found),
        submit="Khóa",
        note=LOCKING,
    )
    return act_page(request, DeactivateForm(data(request)), page, actions.deactivate, found)


@login_required
@FORM
def reactivate(request: StaffRequest, pk: int) -> HttpResponse:
    """Open a closed account."""
    found = _editable(request, pk)
    return _acted(
        request, found, actions.reactivate, "Mở lại tài khoản", "Các vị trí đã kết thúc không tự mở lại."
    )


def _editable(request: StaffRequest, pk: int) -> User:
    request.authority.require_any(Permission.PEOPLE_EDIT)
    return access_person(request.authority, pk)


def _acted(request: StaffRequest, user: User, act: Callable[..., Any], title: str, note: str) -> HttpResponse:
    if request.method == "POST":
        act(user, actor=request.user, at=now())
        return went(request, f"{title}: đã thực hiện.", person_address(user))
    return _confirm(request, user, title, note)


def _confirm(request: StaffRequest, user: User, title: str, note: str) -> HttpResponse:
    rows = [{"label": "Cán bộ", "value": user.full_name}, {"label": "Tên đăng nhập", "value": user.username}]
    context = {"title": title, "question": note, "rows": rows, "action": title, "danger": True}
    return render(request, "core/confirm.html", {**context, "back_url": person_address(user)})


def _show_password(request: StaffRequest, user: User, password: str) -> HttpResponse:
    return render(request, "agencies/password.html", {"person": user, "password": password})
