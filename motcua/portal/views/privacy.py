"""My data: see all of it, take a copy, have it corrected or deleted, see and end what one agreed to."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.accounts.queries import consents_of
from motcua.core.attempts import attempt
from motcua.core.moments import now, today
from motcua.portal.forms.privacy import CorrectionForm, DeletionForm
from motcua.portal.web import CitizenRequest, citizen_required
from motcua.privacy import actions, queries
from motcua.privacy.archive import zipped


@never_cache
@require_safe
@citizen_required
def my_data(request: CitizenRequest) -> HttpResponse:
    """Everything that is held about one, class by class, and one's requests."""
    context = {
        "sections": queries.sections_of(queries.subject_of(request.user, now())),
        "requests": queries.own_requests(request.user)[:20],
    }
    return render(request, "portal/privacy/mine.html", context)


@never_cache
@require_POST
@citizen_required
def download(request: CitizenRequest) -> HttpResponse:
    """All of it as one ZIP."""
    at = now()
    sections = queries.sections_of(queries.subject_of(request.user, at))
    actions.note_download(actor=request.user, at=at)
    return zipped(sections, "du-lieu-cua-toi", at)


@never_cache
@require_http_methods(["GET", "POST"])
@citizen_required
def correct(request: CitizenRequest) -> HttpResponse:
    """Ask to have something corrected."""
    posted, day = request.method == "POST", today()
    form = CorrectionForm(
        request.POST if posted else None, request.FILES if posted else None,
        agencies=queries.agencies_to_choose(day), first=queries.agency_for(request.user, day),
    )  # fmt: skip
    if posted and form.is_valid():
        got = dict(form.cleaned_data)
        proof, agency = got.pop("proof"), got.pop("agency")
        asked = actions.Asked("correct", agency.pk, **got)
        made = attempt(form, actions.ask, asked, proof=proof, actor=request.user, at=now())
        if made:
            return _sent(request, made.pk)
    status = 422 if form.errors else 200
    return render(request, "portal/privacy/correct.html", {"form": form}, status=status)


def _sent(request: CitizenRequest, pk: int) -> HttpResponse:
    messages.success(request, _("Đã gửi yêu cầu. Hạn trả lời ở ngay dưới đây."))
    return redirect("portal:my_request", pk)


@never_cache
@require_http_methods(["GET", "POST"])
@citizen_required
def delete(request: CitizenRequest) -> HttpResponse:
    """Ask to have data deleted, after reading what goes and what the law keeps."""
    posted, day, user = request.method == "POST", today(), request.user
    agencies, first = queries.agencies_to_choose(day), queries.agency_for(user, day)
    form = DeletionForm(request.POST if posted else None, agencies=agencies, first=first)
    if posted and form.is_valid():
        got = form.cleaned_data
        asked = actions.Asked("delete", got["agency"].pk, got["words"])
        made = attempt(form, actions.ask, asked, actor=user, at=now())
        if made:
            return _sent(request, made.pk)
    plan = queries.plan_of(user, queries.subject_of(user, now()))
    status = 422 if form.errors else 200
    return render(request, "portal/privacy/delete.html", {"form": form, "plan": plan}, status=status)


@never_cache
@require_safe
@citizen_required
def my_request(request: CitizenRequest, pk: int) -> HttpResponse:
    """One of one's own requests: its due date, what became of it."""
    found = queries.access_own(request.user, pk)
    context = {"item": found, "lines": queries.derivation_of(found).lines}
    return render(request, "portal/privacy/request.html", context)


@require_POST
@citizen_required
def take_back(request: CitizenRequest, pk: int) -> HttpResponse:
    """Take an own request back."""
    actions.take_back(pk, actor=request.user, at=now())
    messages.success(request, _("Đã rút yêu cầu."))
    return redirect("portal:my_request", pk)


@never_cache
@require_safe
@citizen_required
def consents(request: CitizenRequest) -> HttpResponse:
    """What one agreed to, the newest first, and how each ends."""
    lines = consents_of(request.user)
    standing = {line.purpose: line for line in reversed(lines) if line.stands}
    return render(request, "portal/privacy/consents.html", {"lines": lines, "standing": standing.values()})


@require_POST
@citizen_required
def end_consent(request: CitizenRequest, purpose: str) -> HttpResponse:
    """Withdraw one; it holds at once."""
    actions.withdraw_consent(purpose, actor=request.user, at=now())
    messages.success(request, _("Đã rút đồng ý. Tin đang chờ gửi cho mục đích này cũng không gửi nữa."))
    return redirect("portal:my_consents")
