"""The return desk: find the result by scan, code, number or name; check fee, obligation, identity; hand it over."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.core.moments import legal_date, now
from motcua.core.money import dong
from motcua.core.web import page
from motcua.counter import actions, queries
from motcua.counter.desk import PARTY_FIELDS
from motcua.counter.forms import ReturnForm
from motcua.counter.views.base import here, personal, with_office
from motcua.counter.views.queue import strip
from motcua.dossiers.models import Dossier
from motcua.payments.queries import amount_due


@login_required
@require_safe
def return_desk(request: StaffRequest) -> HttpResponse:
    """Results not yet collected with their age; what is scanned or typed opens at once when it is one."""
    at = now()
    office = here(request, at, Permission.DOSSIER_RETURN_RESULT)
    text = request.GET.get("ma", "").strip()[:200]
    found = queries.to_collect(office, legal_date(at), text)
    rows = page(request, queries.mine(found, office, request.authority))
    if text and len(rows) == 1:
        return redirect("counter:return_one", rows.rows[0].pk)
    queries.with_age(rows, at)
    context = {"now": at, "text": text, "page": rows, "permission": Permission.DOSSIER_RETURN_RESULT}
    context["by_post"] = [] if text else queries.by_post(office, request.authority, legal_date(at))
    context["queue"] = strip(request, office, at)
    return render(request, "counter/return_desk.html", with_office(request, office, at, **context))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def return_one(request: StaffRequest, dossier_id: int) -> HttpResponse:
    """One result: everything to check on one screen (the look is logged), then the receiver signs."""
    at = now()
    dossier = personal(request, dossier_id, Permission.DOSSIER_RETURN_RESULT, PARTY_FIELDS, at=at)
    originals = list(dossier.papers.filter(originals__gt=0, original_returned_at=None))
    posted = request.method == "POST"
    start = {"receiver_name": (dossier.submitter or dossier.applicant).name, "method": dossier.delivery}
    form = ReturnForm(request.POST if posted else None, originals=originals, initial=start)
    if posted and form.is_valid():
        attempt(form, actions.give_back, dossier.pk, form.cleaned_data, actor=request.user, at=at)
        if not form.errors:
            messages.success(request, f"Đã trả kết quả hồ sơ {dossier}.")
            return redirect("counter:return_desk")
    return render(
        request,
        "counter/return_one.html",
        _context(dossier, form, originals, request.authority),
        status=422 if posted else 200,
    )


def _context(
    dossier: Dossier, form: ReturnForm, originals: list[Any], authority: Authority
) -> dict[str, Any]:
    due = amount_due(f"dossier/{dossier.pk}")
    obligations = list(dossier.obligations.all())
    return {
        "dossier": dossier,
        "form": form,
        "originals": originals,
        "results": dossier.results.select_related("signer"),
        "fee_due": due > 0,
        "fee_text": f"Còn phải thu {dong(due)}" if due else FEE_WORDS.get(dossier.payment, "Không thu"),
        "obligations": obligations,
        "obligation_due": any(item.met_at is None for item in obligations),
        "collectable": queries.is_collectable(dossier),
        "cash_url": queries.collect_url(dossier, authority),
    }


FEE_WORDS = {"paid": "Đã nộp đủ", "exempt": "Được miễn, giảm", "refunded": "Đã hoàn trả", "none": "Không thu"}
