"""The hand-over desk: dossiers to agencies, one numbered list for each."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.audit.actions import record_view
from motcua.core.answers import pdf_answer
from motcua.core.attempts import attempt
from motcua.core.errors import NotFound
from motcua.core.moments import now
from motcua.counter import queries
from motcua.counter.forms import HandOverForm
from motcua.counter.views.base import here, with_office
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
    """One list: who gave, who took, which dossiers; the other lists of the same hand-over."""
    handover = queries.access_handover(request.authority, handover_id)
    context = {
        "handover": handover,
        "dossiers": queries.dossiers_of(handover),
        "together": queries.made_together(handover, request.authority),
        "may_sign": queries.may_sign(handover, request.authority),
        "may_process": queries.may_take(handover, request.authority, (Permission.DOSSIER_PROCESS,)),
        "may_give": request.authority.has(Permission.DOSSIER_HAND_OVER),
    }
    return render(request, "counter/handed_over.html", context)


@login_required
@require_POST
def sign_list(request: StaffRequest, handover_id: int) -> HttpResponse:
    """Sign for all dossiers of a list that nobody signed for yet; "claim" takes them in hand at once."""
    handover = queries.access_handover(request.authority, handover_id)
    claim = request.POST.get("claim") == "1"
    taken = actions.take_over(handover_id=handover.pk, claim=claim, actor=request.user, at=now())
    messages.success(request, f"Đã ký nhận {len(taken)} hồ sơ của danh sách số {handover.number}.")
    return redirect("counter:handed_over", handover.pk)


@login_required
@require_safe
def handover_list(request: StaffRequest, handover_id: int) -> HttpResponse:
    """The list on paper, to be signed on both sides. It names people: who may not read of them gets none; it is logged."""
    handover = queries.access_handover(request.authority, handover_id)
    sides = [handover.to_agency, *([handover.office.agency] if handover.office else [])]
    if not any(request.authority.can(Permission.DOSSIER_VIEW_PERSONAL, side) for side in sides):
        raise NotFound()
    record_view(request.user, f"handover/{handover.pk}", ["name"], at=now())
    return pdf_answer(
        print_form("handover_list", slips.handover_data(handover, queries.tasks_of(handover))),
        f"ban-giao-{handover.pk}",
    )
