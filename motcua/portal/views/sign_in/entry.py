"""Signing in by a code to one's phone or mailbox, one thing a page; the same pages whether one has an account or not."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from motcua.accounts import actions, national
from motcua.accounts.models import OneTimeCode
from motcua.accounts.queries import citizen_at, providers_at
from motcua.accounts.rules.codes import Address
from motcua.core.attempts import attempt
from motcua.core.middleware import CSP
from motcua.core.moments import now, today
from motcua.core.pages import data
from motcua.portal import signing_in
from motcua.portal.actions.sign_in import send_code
from motcua.portal.forms.sign_in import AddressForm, CodeForm, NameForm, shown
from motcua.portal.views.sign_in.pages import form_page
from motcua.portal.web import safe_next

SIGN_IN = OneTimeCode.Purpose.SIGN_IN


@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Where to send the code, or a national sign-on."""
    form = AddressForm(data(request))
    if "next" in request.GET:
        request.session[signing_in.NEXT] = safe_next(request, request.GET["next"], "portal:account")
    if form.is_valid() and _send(request, form, form.cleaned_data["address"]):
        return redirect("portal:sign_in_code")
    context = {"form": form, "providers": providers_at(today()), "who": request.user}
    response = render(request, "portal/sign_in/start.html", context, status=422 if form.errors else 200)
    targets = " ".join(["form-action 'self'", *national.form_targets()])
    response["Content-Security-Policy"] = CSP.replace("form-action 'self'", targets)
    return response


def _send(request: HttpRequest, form: AddressForm | CodeForm, address: Address) -> bool:
    row = attempt(
        form,
        send_code,
        address,
        SIGN_IN,
        ip=signing_in.network_address(request),
        language=get_language() or "vi",
        actor=None,
        at=now(),
    )
    if row:
        signing_in.ask(request, row.pk, address)
    return row is not None


@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """The code, typed in."""
    asked = signing_in.asked(request)
    if asked is None:
        return redirect("portal:sign_in")
    form = CodeForm(data(request))
    if form.is_valid() and _right(request, form, *asked):
        return _enter(request, asked[1])
    context = {"form": form, "to": shown(asked[1]), "medium": asked[1].medium}
    return render(request, "portal/sign_in/code.html", context, status=422 if form.errors else 200)


def _right(request: HttpRequest, form: CodeForm, code_id: int, address: Address) -> bool:
    ip = signing_in.network_address(request)
    typed = form.cleaned_data["code"]
    return attempt(form, actions.use_code, code_id, address, typed, ip=ip, actor=None, at=now()) is not None


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Another code to the same address."""
    asked = signing_in.asked(request)
    if asked is None:
        return redirect("portal:sign_in")
    form = CodeForm({"code": "000000"})
    if form.is_valid() and _send(request, form, asked[1]):
        messages.success(request, _("Đã gửi mã mới. Mã cũ không dùng được nữa."))
        return redirect("portal:sign_in_code")
    context = {"form": form, "to": shown(asked[1]), "medium": asked[1].medium}
    return render(request, "portal/sign_in/code.html", context, status=422)


def _enter(request: HttpRequest, address: Address) -> HttpResponse:
    user = citizen_at(address)
    if user is None:
        signing_in.prove(request, address)
        return redirect("portal:sign_in_name")
    signing_in.settle(request)
    return welcome(request, user, address.medium)


def welcome(request: HttpRequest, user: object, method: str) -> HttpResponse:
    """Into the account, on to where the person wanted to go; an account that was closed stays closed."""
    if not user.is_active:  # type: ignore[attr-defined]
        messages.error(request, _("Tài khoản này đã đóng. Hỏi bộ phận một cửa."))
        return redirect("portal:sign_in")
    to = str(request.session.pop(signing_in.NEXT, "") or "")
    signing_in.begin(request, user, method)  # type: ignore[arg-type]
    return redirect(safe_next(request, to, "portal:account"))


@never_cache
def name(request: HttpRequest) -> HttpResponse:
    """Whose a new account is."""
    address = signing_in.proven(request)
    if address is None:
        return redirect("portal:sign_in")
    form = NameForm(data(request))
    if form.is_valid():
        user = attempt(
            form,
            actions.sign_up,
            form.cleaned_data["full_name"],
            address,
            language=get_language() or "vi",
            ip=signing_in.network_address(request),
            actor=None,
            at=now(),
        )
        if user:
            signing_in.settle(request)
            return welcome(request, user, address.medium)
    note = _("Chưa có tài khoản nào dùng địa chỉ này. Cho biết tên của bạn để lập tài khoản.")
    back, submit = reverse("portal:sign_in"), _("Lập tài khoản")
    return form_page(request, form, _("Tên của bạn"), back=back, submit=submit, note=note)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Out, back to the first page."""
    if getattr(request.user, "is_citizen", False):
        signing_in.end(request)
        messages.success(request, _("Bạn đã đăng xuất."))
    return redirect("portal:home")
