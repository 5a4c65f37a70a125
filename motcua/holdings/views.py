"""Staff: results that were given, revoked, replaced; papers asked for although held."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.accounts.queries import visit_now
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.core.moments import now, today
from motcua.core.navigation import path_of
from motcua.core.pages import FormPage, act_page, data, form_page, went
from motcua.core.web import page
from motcua.holdings import actions, queries
from motcua.holdings.forms import CONSENT, AssistForm, FindForm, ReplaceForm, RevokeForm

YEAR = timedelta(days=365)
HELPING = "assisting:drafts"  # where the visit goes on, in an app above


@login_required
@require_safe
def results(request: StaffRequest) -> HttpResponse:
    """Results of one's agencies, by number or dossier; how often papers were asked for although held."""
    request.authority.require_any(Permission.DOSSIER_CORRECT)
    form, day = FindForm(request.GET), today()
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = page(request, queries.results_managed(request.authority, text))
    rows = [(one, queries.state_name(one, day)) for one in found.rows]
    context = {
        "filter": form,
        "page": found,
        "rows": rows,
        "asked": queries.asked_again(day - YEAR, day)[:20],
    }
    return render(request, "holdings/results.html", context)


@login_required
@require_safe
def result(request: StaffRequest, pk: int) -> HttpResponse:
    """One result: what it is worth today, and the acts."""
    paper = queries.access_result(request.authority, pk)
    state = paper.state_on(today())
    may_act = state.value in ("valid", "expired")
    context = {
        "paper": paper,
        "state": queries.state_name(paper, today()),
        "may_act": may_act,
        "can_replace": may_act and queries.successors_of(paper).exists(),
    }
    return render(request, "holdings/result.html", context)


@login_required
def revoke(request: StaffRequest, pk: int) -> HttpResponse:
    """It no longer holds."""
    paper = queries.access_result(request.authority, pk)
    told = FormPage(
        title=f"Thu hồi kết quả {paper.number}",
        said="Đã thu hồi. Ai quét mã QR của kết quả này đều thấy.",
        to=reverse("holdings:result", args=[pk]),
        submit="Thu hồi",
        note="Kết quả bị thu hồi không dùng lại được. Các đường dẫn chia sẻ của người giữ hết hiệu lực ngay.",
        danger=True,
    )
    return act_page(request, RevokeForm(data(request)), told, actions.revoke_result, pk)


@login_required
def replace(request: StaffRequest, pk: int) -> HttpResponse:
    """A later one holds in its place."""
    paper = queries.access_result(request.authority, pk)
    form = ReplaceForm(data(request), choices=queries.successors_of(paper))
    back = reverse("holdings:result", args=[pk])
    if form.is_valid():
        new, reason = form.cleaned_data["new"], form.cleaned_data["reason"]
        if attempt(form, actions.replace_result, pk, new.pk, reason, actor=request.user, at=now()):
            return went(request, f"Kết quả {paper.number} đã được thay bằng {new.number}.", back)
    return form_page(request, form, f"Thay thế kết quả {paper.number}", back=back, submit="Thay thế")


@login_required
def assist(request: StaffRequest) -> HttpResponse:
    """Begin to file for a citizen who is present; the visit that goes on, and those before."""
    request.authority.require_any(Permission.DOSSIER_ASSIST)
    form = AssistForm(data(request), official=request.authority.has(Permission.DOSSIER_RECEIVE))
    if form.is_valid():
        names = ("full_name", "identity_number", "document_country", "phone")
        fields = {name: form.cleaned_data[name] for name in names}
        fields["checked_card"] = form.cleaned_data.get("checked_card", False)
        office = str(next((post.agency_name for post in request.authority.posts), ""))
        extra = {"consent": CONSENT, "office": office, "actor": request.user, "at": now()}
        if attempt(form, actions.assist, **fields, **extra):
            said = "Đã ghi nhận lời đồng ý. Chọn thủ tục để khai cùng người dân."
            return went(request, said, path_of(HELPING) or reverse("holdings:assist"))
    found = page(request, queries.my_assistances(request.user))
    context = {"form": form, "page": found, "visit": visit_now(request.user, now())}
    return render(request, "holdings/assist.html", context, status=422 if form.errors else 200)
