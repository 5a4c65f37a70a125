"""What we know of a person: see, correct, where they are signed in, what happened to the account."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from motcua.accounts import actions
from motcua.accounts.models import OneTimeCode
from motcua.accounts.queries import (
    assistances_for,
    invitations_to,
    links_of,
    recent_history,
    sessions_of,
)
from motcua.core.attempts import attempt
from motcua.core.moments import now
from motcua.core.pages import data
from motcua.portal import signing_in
from motcua.portal.actions.sign_in import send_code
from motcua.portal.forms.documents import document_name
from motcua.portal.forms.sign_in import AddressForm, CodeForm, IdentityForm, ProfileForm, shown
from motcua.portal.views.sign_in.pages import form_page
from motcua.portal.web import CitizenRequest, acting_for, citizen_required

ADDRESS = OneTimeCode.Purpose.ADDRESS


@never_cache
@citizen_required
def account(request: CitizenRequest) -> HttpResponse:
    """All of it on one page, each line with the way to change it."""
    at, user = now(), request.user
    context = {
        "profile": user.profile,
        "document": document_name(user.profile.document_country),
        "acting": acting_for(request),
        "links": links_of(user),
        "sessions": sessions_of(user, request.session.session_key),
        "history": recent_history(user),
        "invitations": invitations_to(user, at),
        "assistances": assistances_for(user),
    }
    return render(request, "portal/sign_in/account.html", context)


@never_cache
@citizen_required
def edit(request: CitizenRequest) -> HttpResponse:
    """Correct one's own details."""
    profile = request.user.profile
    form = ProfileForm(data(request), profile=profile)
    if form.is_valid():
        details = actions.Details(**form.cleaned_data, address_unit_code=profile.address_unit_code)
        if attempt(form, actions.correct_profile, details, actor=request.user, at=now()):
            messages.success(request, _("Đã sửa thông tin của bạn."))
            return redirect("portal:account")
    back, submit = reverse("portal:account"), _("Lưu")
    return form_page(request, form, _("Sửa thông tin của tôi"), back=back, submit=submit)


@never_cache
@citizen_required
def address(request: CitizenRequest) -> HttpResponse:
    """A new phone number or mailbox: first the address."""
    form = AddressForm(data(request))
    if form.is_valid():
        to = form.cleaned_data["address"]
        ip, language = signing_in.network_address(request), get_language() or "vi"
        row = attempt(form, send_code, to, ADDRESS, ip=ip, language=language, actor=request.user, at=now())
        if row:
            signing_in.ask(request, row.pk, to)
            return redirect("portal:account_code")
    back, submit = reverse("portal:account"), _("Gửi mã")
    return form_page(request, form, _("Thêm hoặc đổi số điện thoại, thư điện tử"), back=back, submit=submit)


@never_cache
@citizen_required
def address_code(request: CitizenRequest) -> HttpResponse:
    """Then the code that went there."""
    asked = signing_in.asked(request)
    if asked is None:
        return redirect("portal:account_address")
    form = CodeForm(data(request))
    ip, at = signing_in.network_address(request), now()
    if form.is_valid():
        typed, who = form.cleaned_data["code"], request.user
        taken = attempt(form, actions.use_code, *asked, typed, ip=ip, actor=who, at=at)
        if taken and attempt(form, actions.set_address, asked[1], actor=who, at=at):
            signing_in.settle(request)
            messages.success(request, _("Đã lưu địa chỉ nhận tin mới."))
            return redirect("portal:account")
    note = _("Chúng tôi đã gửi mã tới %(to)s.") % {"to": shown(asked[1])}
    back, submit = reverse("portal:account_address"), _("Xác nhận")
    return form_page(request, form, _("Nhập mã"), back=back, submit=submit, note=note)


@require_POST
@citizen_required
def end_sessions(request: CitizenRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    user, ip = request.user, signing_in.network_address(request)
    actions.end_other_sessions(user, keep=request.session.session_key, address=ip, actor=user, at=now())
    messages.success(request, _("Đã đăng xuất ở các thiết bị khác."))
    return redirect("portal:account")


@require_POST
@citizen_required
def unlink(request: CitizenRequest, pk: int) -> HttpResponse:
    """Undo a link with a national account."""
    actions.unlink_identity(pk, actor=request.user, at=now())
    messages.success(request, _("Đã bỏ liên kết định danh điện tử."))
    return redirect("portal:account")


@never_cache
@citizen_required
def assisted(request: CitizenRequest) -> HttpResponse:
    """Take over what a clerk or helper filed for one."""
    form = IdentityForm(data(request))
    guesses = signing_in.claims(request)
    if words := guesses.barred():
        form = IdentityForm({"identity_number": ""})
        form.add_error(None, words)
    elif form.is_valid():
        number = form.cleaned_data["identity_number"]
        taken = attempt(form, actions.claim_assisted, identity_number=number, actor=request.user, at=now())
        if taken:
            messages.success(request, _("Đã nhận về hồ sơ lập hộ."))
            return redirect("portal:account")
        guesses.failed()
    back, submit = reverse("portal:account"), _("Nhận về")
    note = _(
        "Cán bộ hoặc người hỗ trợ đã lập hồ sơ hộ bạn? Nhập số giấy tờ đã đưa để nhận hồ sơ về tài khoản này."
    )
    return form_page(request, form, _("Nhận hồ sơ lập hộ"), back=back, submit=submit, note=note)
