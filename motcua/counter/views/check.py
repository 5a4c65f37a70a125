"""One submission before reception: what was filled in beside the papers, pointing at faults, one decision."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from motcua.agencies.queries import people_with
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.core.moments import now
from motcua.counter.desk import PARTY_FIELDS
from motcua.counter.forms import CheckForm
from motcua.counter.pointing import Pointing, paper_lines, sheets
from motcua.counter.queries.checking import absent_papers, all_papers, mark_of, pictures
from motcua.counter.views.base import personal, reference
from motcua.dossiers import actions
from motcua.dossiers.fee_fields import fees_typed
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.acceptance import derivation, left
from motcua.dossiers.queries.access import at_office
from motcua.dossiers.queries.fees import FeeView, fee_view
from motcua.dossiers.queries.forms import form_view
from motcua.dossiers.queries.reasons import usable_reasons
from motcua.dossiers.queries.talk import to_read
from motcua.dossiers.rules.correction import FEES
from motcua.dossiers.rules.states import Status
from motcua.filing.queries import helped_in
from motcua.payments.models import Charge
from motcua.payments.queries import charges_of, refunds_due_of
from motcua.procedures.rules.fees import Bill


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: StaffRequest, dossier_id: int) -> HttpResponse:
    """One filed dossier in full (the look is logged, the first one kept), and the decision on it."""
    at = now()
    dossier = personal(request, dossier_id, Permission.DOSSIER_RECEIVE, PARTY_FIELDS, at=at)
    posted = request.POST if request.method == "POST" else None
    context = _page(request, dossier, at)
    form = CheckForm(posted, fees=context["fees"])
    items = context["pointing"].items() if posted else []
    counts = form.is_bound and form.is_valid() and form.cleaned_data["decision"] == "count"
    if form.is_bound and form.is_valid() and not counts and _decide(request, dossier, form, items, at):
        return redirect("counter:received", dossier.pk)
    if context["is_open"] and not form.is_bound and context["may_decide"]:
        actions.note_seen(dossier.pk, actor=request.user, at=at)
    context |= {"form": form, "mark": mark_of(dossier), "bill": _bill(form, context["fees"])}
    return render(request, "counter/check.html", context, status=422 if form.is_bound and not counts else 200)


def _bill(form: CheckForm, fees: FeeView | None) -> Bill | None:
    """What the dossier would be charged, by what is typed where that is right."""
    if fees is None or not form.is_bound or not form.is_valid():
        return fees.bill() if fees else None
    typed = fees_typed(form)
    return fees.bill(typed["fee_quantities"], typed["exemption_reason"])


def _decide(
    request: StaffRequest, dossier: Dossier, form: CheckForm, pointed: list[dict[str, Any]], at: datetime
) -> bool:
    typed, by, pk = form.cleaned_data, request.user, dossier.pk
    reason, basis = typed["reason"], typed["legal_basis"]
    acts: dict[str, Callable[[], Any]] = {
        "accept": lambda: actions.accept(pk, **fees_typed(form), actor=by, at=at),
        "complete": lambda: actions.complete_presupplement(pk, actor=by, at=at),
        "supplement": lambda: actions.request_supplement_before(
            pk, reason=reason, items=[*pointed, *form.items_asked()], actor=by, at=at
        ),
        "decline": lambda: actions.decline(pk, reason=reason, legal_basis=basis, actor=by, at=at),
    }
    attempt(form, acts[typed["decision"]])
    return not form.errors


def _page(request: StaffRequest, dossier: Dossier, at: datetime) -> dict[str, Any]:
    """Everything on the page but the decision."""
    desk = reference(request, at)
    reasons = list(usable_reasons(dossier.office.agency, desk.day))
    pointing = Pointing(request.POST if request.method == "POST" else None, reasons)
    papers, form = all_papers(dossier), form_view(dossier, at)
    answers = sheets(form, pointing)
    lines = paper_lines(papers, pictures(papers, request.user), pointing)
    charges = list(charges_of(f"dossier/{dossier.pk}").exclude(state=Charge.State.CANCELLED))
    absent = [pointing.at(f"m-{r.id}", r.name) for r in absent_papers(dossier, papers, desk)]
    may_give = request.authority.can(Permission.DOSSIER_ASSIGN, dossier.office.agency)
    colleagues = people_with(Permission.DOSSIER_RECEIVE, dossier.office.agency, desk.day) if may_give else ()
    return {
        "now": at,
        "dossier": dossier,
        "reasons": reasons,
        "pointing": pointing,
        "fees": fee_view(desk, dossier) if dossier.status == Status.SUBMITTED else None,
        "charged": charges,
        "refunds_due": refunds_due_of(charges),
        "fee_point": pointing.at("fees", "Số bản, số trang, miễn, giảm phí", field=FEES),
        "online_form": form,
        "helped": helped_in(dossier),
        "sheets": answers,
        "papers": lines,
        "absent": absent,
        "left": left(desk, dossier) if dossier.status == Status.SUBMITTED else None,
        "derivation": derivation(desk, dossier) if dossier.status == Status.SUBMITTED else None,
        "is_waiting": dossier.status == Status.SUBMITTED,
        "is_open": dossier.status in (Status.SUBMITTED, Status.PRE_SUPPLEMENT),
        "requests": dossier.supplement_requests.select_related("requested_by").order_by("-id"),
        "colleagues": colleagues,
        "may_decide": at_office(desk, dossier, (Permission.DOSSIER_RECEIVE,)),
        "unread": to_read(dossier, citizen=False).count(),
    }
