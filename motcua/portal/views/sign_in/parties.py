"""For whom a person acts: organisations, people who authorised them, and the choice in this session."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from motcua.accounts import actions
from motcua.accounts.models import Representation
from motcua.accounts.queries import (
    access_organisation,
    authorisations_by,
    authorisations_to,
    invitations_to,
    open_invitations,
    parties_of,
    people_of,
    representations_of,
)
from motcua.core.attempts import attempt
from motcua.core.moments import now, today
from motcua.core.pages import data
from motcua.portal.actions.sign_in import invite
from motcua.portal.forms.sign_in import ActingForm, AuthoriseForm, InviteForm, OrganisationForm
from motcua.portal.views.sign_in.pages import form_page
from motcua.portal.web import ACTING_FOR, CitizenRequest, acting_for, citizen_required, safe_next


@never_cache
@citizen_required
def acting(request: CitizenRequest) -> HttpResponse:
    """Who am I acting for."""
    found = parties_of(request.user, today())
    choices = [
        (one.key, _("Chính tôi: %(name)s") % {"name": one.name} if one.is_self else one.name) for one in found
    ]
    form = ActingForm(data(request), parties=choices, initial={"party": acting_for(request).key})
    if form.is_valid():
        request.session[ACTING_FOR] = form.cleaned_data["party"]
        messages.success(request, _("Bạn đang làm cho: %(name)s") % {"name": acting_for(request).name})
        return redirect(safe_next(request, request.GET.get("next", ""), "portal:account"))
    back, submit = reverse("portal:account"), _("Chọn")
    return form_page(request, form, _("Làm thay ai?"), back=back, submit=submit)


@never_cache
@citizen_required
def organisations(request: CitizenRequest) -> HttpResponse:
    """Those one acts for, and invitations that wait for an answer."""
    context = {
        "mine": representations_of(request.user, today()),
        "invitations": invitations_to(request.user, now()),
        "is_proven": request.user.profile.is_proven,
    }
    return render(request, "portal/sign_in/organisations.html", context)


@never_cache
@citizen_required
def organisation_new(request: CitizenRequest) -> HttpResponse:
    """Declare one that one represents."""
    form = OrganisationForm(data(request))
    if form.is_valid():
        made = attempt(form, actions.declare_organisation, **form.cleaned_data, actor=request.user, at=now())
        if made:
            messages.success(request, _("Đã khai. Mang giấy đăng ký đến bộ phận một cửa để được xác nhận."))
            return redirect("portal:organisation", made.pk)
    back, submit = reverse("portal:organisations"), _("Khai")
    return form_page(request, form, _("Khai doanh nghiệp, tổ chức"), back=back, submit=submit)


@never_cache
@citizen_required
def organisation(request: CitizenRequest, pk: int) -> HttpResponse:
    """Its people, and inviting one more."""
    place = access_organisation(request.user, pk, today())
    leads = place.role == Representation.Role.REPRESENTATIVE
    form = InviteForm(data(request) if leads else None)
    if form.is_valid():
        fields = form.cleaned_data
        if attempt(form, invite, pk, fields["address"], fields["role"], actor=request.user, at=now()):
            messages.success(request, _("Đã gửi lời mời. Người được mời đăng nhập để trả lời."))
            return redirect("portal:organisation", pk)
    context = {
        "organisation": place.organisation,
        "leads": leads,
        "form": form,
        "people": people_of(place.organisation, today()),
        "invitations": open_invitations(place.organisation, now()) if leads else [],
    }
    return render(request, "portal/sign_in/organisation.html", context, status=422 if form.errors else 200)


@require_POST
@citizen_required
def invitation_answer(request: CitizenRequest, pk: int) -> HttpResponse:
    """Yes or no."""
    accept = request.POST.get("answer") == "yes"
    actions.answer_invitation(pk, accept=accept, actor=request.user, at=now())
    messages.success(request, _("Đã nhận lời mời.") if accept else _("Đã từ chối lời mời."))
    return redirect("portal:organisations")


@require_POST
@citizen_required
def invitation_cancel(request: CitizenRequest, pk: int, invitation: int) -> HttpResponse:
    """Take an invitation back."""
    actions.cancel_invitation(pk, invitation, actor=request.user, at=now())
    messages.success(request, _("Đã hủy lời mời."))
    return redirect("portal:organisation", pk)


@require_POST
@citizen_required
def representation_end(request: CitizenRequest, pk: int, user: int) -> HttpResponse:
    """Somebody no longer acts for it."""
    actions.end_representation(pk, user, actor=request.user, at=now())
    messages.success(request, _("Người này thôi làm thay từ bây giờ."))
    to = "portal:organisations" if user == request.user.pk else "portal:organisation"
    return redirect(to) if user == request.user.pk else redirect(to, pk)


@never_cache
@citizen_required
def authorisations(request: CitizenRequest) -> HttpResponse:
    """Given and received."""
    context = {
        "given": authorisations_by(request.user),
        "received": authorisations_to(request.user, today()),
        "day": today(),
    }
    return render(request, "portal/sign_in/authorisations.html", context)


@never_cache
@citizen_required
def authorise(request: CitizenRequest) -> HttpResponse:
    """Let somebody act for one."""
    form = AuthoriseForm(data(request), initial={"valid_from": today()})
    if form.is_valid():
        fields = form.cleaned_data
        names = ("valid_from", "valid_to", "scope", "document")
        terms = actions.Terms(**{name: fields[name] for name in names})
        agent, number = fields["address"], fields["identity_number"]
        if attempt(form, actions.authorise, agent, number, terms, actor=request.user, at=now()):
            messages.success(request, _("Đã ghi nhận ủy quyền."))
            return redirect("portal:authorisations")
    back, submit = reverse("portal:authorisations"), _("Ủy quyền")
    note = _("Người này sẽ nộp, theo dõi, nhận hồ sơ thay bạn cho tới ngày cuối hoặc khi bạn thu hồi.")
    return form_page(request, form, _("Ủy quyền cho người khác"), back=back, submit=submit, note=note)


@require_POST
@citizen_required
def revoke(request: CitizenRequest, pk: int) -> HttpResponse:
    """End it at once."""
    actions.revoke_authorisation(pk, actor=request.user, at=now())
    messages.success(request, _("Ủy quyền đã chấm dứt."))
    return redirect("portal:authorisations")
