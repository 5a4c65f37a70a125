"""The hand-over desk: dossiers to agencies, one numbered list for each."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.core.moments import now
from motcua.counter import queries
from motcua.counter.forms import HandOverForm
from motcua.counter.views.base import here, with_office
from motcua.counter.views.files import pdf
from motcua.dossiers import actions, slips
from motcua.printing.actions import render as print_form

RULE = (
    "Chuyển ngay trong ngày; hồ sơ nhận sau 15 giờ chuyển vào đầu giờ ngày làm việc tiếp theo "
    "(Nghị định 61/2018/NĐ-CP, Điều 18)."
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: StaffRequest) -> HttpResponse:
    """Dossiers still at the counter by agency; POST hands those ticked over and opens the list for printing."""
    at = now()
    office = here(request, at, Permission.DOSSIER_HAND_OVER)
    form = HandOverForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = attempt(form, actions.hand_over, form.cleaned_data["dossier"], actor=request.user, at=at)
        if made:
            return redirect("counter:handed_over", made[0].pk)
    groups = queries.to_hand_over(office, request.user, at)
    context = {
        "now": at,
        "form": form,
        "groups": groups,
        "rule_text": RULE,
        "recent": queries.recent_handovers(office, request.authority),
    }
    shown = with_office(request, office, at, permission=Permission.DOSSIER_HAND_OVER, **context)
    return render(request, "counter/hand_over.html", shown, status=422 if form.is_bound else 200)


@login_required
@require_safe
def handed_over(request: StaffRequest, handover_id: int) -> HttpResponse:
    """One list: who gave, who took, which dossiers."""
    handover = queries.access_handover(request.authority, handover_id)
    context = {"handover": handover, "dossiers": queries.dossiers_of(handover)}
    return render(request, "counter/handed_over.html", context)


@login_required
@require_safe
def handover_list(request: StaffRequest, handover_id: int) -> HttpResponse:
    """The list on paper, to be signed on both sides."""
    handover = queries.access_handover(request.authority, handover_id)
    return pdf(
        print_form("handover_list", slips.handover_data(handover, queries.tasks_of(handover))),
        f"ban-giao-{handover.pk}",
    )
