"""The queue of requests, one request, taking one down, its acts."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.rules.permissions import Permission as P
from motcua.agencies.web import StaffRequest
from motcua.audit.queries import events_of
from motcua.core import web
from motcua.core.attempts import attempt
from motcua.core.due import badge
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import now, today
from motcua.core.pages import form_page, went
from motcua.files.queries import url_for
from motcua.privacy import actions, queries
from motcua.privacy import forms as shapes
from motcua.privacy.archive import zipped
from motcua.privacy.models import DataRequest
from motcua.privacy.rules.requests import ACTS


@login_required
@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    """The requests of the agencies that one answers for, by due date."""
    at = now()
    if not (request.authority.has(P.PRIVACY_HANDLE) or request.authority.has(P.PRIVACY_RECEIVE)):
        raise NotFound()
    tab, words = request.GET.get("xem", "open"), request.GET.get("q", "")
    page = web.page(request, queries.queue(request.authority, tab, words, at))
    rows = [(row, badge(row.now_due_at, at) if row.is_open else None) for row in page]
    context = {
        "page": page,
        "rows": rows,
        "tabs": queries.tabs(request.authority, tab, at),
        "words": words,
        "may_enter": request.authority.has(P.PRIVACY_RECEIVE),
    }
    return render(request, "privacy/queue.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Write down what somebody asks who has no account, or does not use it."""
    request.authority.require_any(P.PRIVACY_RECEIVE)
    agencies = queries.agencies_to_choose(today()).filter(request.authority.where(P.PRIVACY_RECEIVE))
    posted = request.method == "POST"
    form = shapes.NewForm(
        request.POST if posted else None, request.FILES if posted else None, agencies=agencies
    )
    if posted and form.is_valid():
        got = dict(form.cleaned_data)
        proof, agency = got.pop("proof"), got.pop("agency")
        asked = actions.Asked(**got, agency_id=agency.pk)
        made = attempt(form, actions.ask, asked, proof=proof, actor=request.user, at=now())
        if made:
            return went(request, f"Đã ghi yêu cầu {made.code}.", reverse("privacy:item", args=[made.pk]))
    return form_page(
        request, form, "Ghi yêu cầu về dữ liệu cá nhân", back=reverse("privacy:queue"), submit="Vào sổ"
    )


def _page(request: StaffRequest, found: DataRequest, *, shown: bool = False) -> HttpResponse:
    at = now()
    acts = queries.acts_of(request.authority, found)
    may_handle = request.authority.can(P.PRIVACY_HANDLE, found.agency)
    context = {
        "item": found,
        "shown": shown,
        "badge": badge(found.now_due_at, at) if found.is_open else None,
        "lines": queries.derivation_of(found).lines,
        "acts": [(code, ACTS[code], _href(found, code)) for code in acts],
        "may_handle": may_handle,
        "proof": url_for(found.proof, request.user) if found.proof and may_handle else "",
        "events": events_of(found.chain),
        "proven": queries.proven_profile(found),
    }
    return render(request, "privacy/item.html", context)


def _href(found: DataRequest, code: str) -> str:
    return reverse("privacy:act", args=[found.pk, code])


@login_required
@never_cache
@require_safe
def item(request: StaffRequest, request_id: int) -> HttpResponse:
    """One request: what is asked, its clock, what may be done; people masked."""
    return _page(request, queries.access_request(request.user, request_id, at=now()))


@login_required
@never_cache
@require_POST
def reveal(request: StaffRequest, request_id: int) -> HttpResponse:
    """The same with who asks and the values in full, for who decides; the look is logged."""
    found = actions.reveal(request_id, ip=_ip(request), actor=request.user, at=now())
    return _page(request, found, shown=True)


def _ip(request: StaffRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


Maker = Callable[[DataRequest, Any], forms.Form]
DESK: dict[str, tuple[Maker, Callable[..., Any]]] = {
    "accept": (
        lambda found, data: shapes.AcceptForm(data, has_account=found.user_id is not None),
        actions.accept,
    ),
    "correct": (
        lambda found, data: shapes.CorrectForm(data, initial={"value": found.right_value}),
        actions.correct,
    ),
    "erase": (lambda found, data: shapes.EraseForm(data), actions.erase),
    "answer": (lambda found, data: shapes.AnswerForm(data), actions.answer),
    "extend": (lambda found, data: shapes.ExtendForm(data), actions.extend),
    "refuse": (lambda found, data: shapes.RefuseForm(data), actions.refuse),
}


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def act(request: StaffRequest, request_id: int, act: str) -> HttpResponse:
    """The form of one act; who may see the request but not do this now is told so."""
    found = queries.access_request(request.user, request_id, at=now())
    if act not in ACTS:
        raise NotFound()
    if act not in queries.acts_of(request.authority, found):
        raise RuleViolation(f"Bạn không làm được việc “{ACTS[act]}” với yêu cầu này lúc này.")
    if act == "copy":
        return _copy(request, found)
    maker, do = DESK[act]
    form = maker(found, request.POST if request.method == "POST" else None)
    back = reverse("privacy:item", args=[found.pk])
    if form.is_bound and form.is_valid():
        attempt(form, do, found.pk, **form.cleaned_data, actor=request.user, at=now())
        if not form.errors:
            return went(request, f"{ACTS[act]}: đã ghi cho {found.code}.", back)
    title = f"{ACTS[act]}: {found.code}"
    rows, danger = _rows(found, act), act in ("erase", "refuse")
    return form_page(request, form, title, back=back, submit=ACTS[act], rows=rows, danger=danger)


def _rows(found: DataRequest, act: str) -> list[dict[str, Any]]:
    """What must be before one's eyes while deciding."""
    if act != "erase" or not found.user:
        return [{"label": "Yêu cầu", "value": found.words}] if found.words else []
    plan = queries.plan_of(found.user, queries.subject_of_request(found, now()))
    goes = [f"{line.label}: {line.why_not or line.count}" for line in plan.goes]
    stays = [f"{one.label}: {count} ({one.law})" for one, count in plan.stays if count]
    return [{"label": "Xóa được", "lines": goes}, {"label": "Phải giữ", "lines": stays}]


def _copy(request: StaffRequest, found: DataRequest) -> HttpResponse:
    """Asked by hand: a page that says what follows; sent: the copy itself, to be handed over."""
    at, back = now(), reverse("privacy:item", args=[found.pk])
    if request.method != "POST":
        note = "Bản sao gồm mọi dữ liệu của người yêu cầu. Chỉ giao cho chính người đã xác minh; lượt lấy được ghi nhật ký."
        return form_page(
            request, forms.Form(), f"{ACTS['copy']}: {found.code}", back=back, submit="Tải bản sao", note=note
        )
    sections = actions.take_copy(found.pk, ip=_ip(request), actor=request.user, at=at)
    return zipped(sections, f"du-lieu-{found.code}", at)
