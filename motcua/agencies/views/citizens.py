"""Pages for staff about citizens' accounts."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.accounts import actions as accounts
from motcua.accounts.queries import access_identity_provider, all_providers, organisations_with
from motcua.agencies import actions
from motcua.agencies.acting import reaches_everywhere
from motcua.agencies.forms.citizens import DocumentForm, IdentityProviderForm, TaxCodeForm, initial_of
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.errors import NotFound
from motcua.core.moments import now, today
from motcua.core.pages import FormPage, act_page, data, went


def _administrator(request: StaffRequest) -> None:
    """A way in for everybody. Raises NotFound."""
    if not reaches_everywhere(request.authority, Permission.SETTING_EDIT):
        raise NotFound()


@login_required
@require_safe
def identity_providers(request: StaffRequest) -> HttpResponse:
    """All sources of national sign-on."""
    _administrator(request)
    return render(request, "agencies/identity_providers.html", {"rows": all_providers(), "day": today()})


def _save(provider_id: int | None = None, *, actor: Any, at: Any, **values: Any) -> Any:
    source = accounts.Source(**values)
    return actions.save_identity_provider(source, provider_id=provider_id, actor=actor, at=at)


@login_required
@require_http_methods(["GET", "POST"])
def identity_provider(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """Add or change one."""
    _administrator(request)
    initial = {"valid_from": today()} if pk is None else initial_of(access_identity_provider(pk))
    form = IdentityProviderForm(data(request), initial=initial)
    callback = request.build_absolute_uri(
        reverse("openid_connect_callback", args=[initial.get("code", "ma")])
    )
    told = FormPage(
        "Nguồn đăng nhập một lần",
        "Đã lưu nguồn đăng nhập.",
        reverse("agencies:identity_providers"),
        rows=[{"label": "Địa chỉ quay về để khai với nguồn", "value": callback}],
    )
    return act_page(request, form, told, _save, pk)


@login_required
@require_safe
def organisations(request: StaffRequest) -> HttpResponse:
    """Organisations that declared a tax code, to be compared with their registration papers."""
    request.authority.require_any(Permission.DOSSIER_RECEIVE)
    form = TaxCodeForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    rows = organisations_with(text)
    return render(request, "agencies/organisations.html", {"filter": form, "rows": rows, "asked": text})


@login_required
@require_POST
def confirm_organisation(request: StaffRequest, pk: int) -> HttpResponse:
    """The paper was seen."""
    found = actions.confirm_organisation(pk, actor=request.user, at=now())
    to = f"{reverse('agencies:organisations')}?q={found.tax_code}"
    return went(request, f"Đã xác nhận {found.name}.", to)


def _prove(*, contact: str, seen: bool, actor: Any, at: Any, **values: Any) -> Any:
    return actions.prove_citizen(contact, accounts.Shown(**values), actor=actor, at=at)


@login_required
@require_http_methods(["GET", "POST"])
def prove_citizen(request: StaffRequest) -> HttpResponse:
    """A person is here with their card or passport: the account is theirs."""
    request.authority.require_any(Permission.DOSSIER_RECEIVE)
    told = FormPage(
        "Xác minh tài khoản người dân",
        "Đã xác minh: tài khoản này là của người mang giấy tờ.",
        reverse("agencies:prove_citizen"),
        submit="Xác minh",
        note="Người dân đã có tài khoản và đã khai số giấy tờ trong đó. Họ tên và ngày sinh của tài khoản được ghi lại theo giấy "
        "tờ; việc này vào nhật ký với tên bạn.",
    )
    return act_page(request, DocumentForm(data(request)), told, _prove)
