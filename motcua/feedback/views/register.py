"""The register, one feedback, taking one down."""

import csv
import uuid
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.rules.permissions import Permission as P
from motcua.agencies.web import StaffRequest
from motcua.core import web
from motcua.core.answers import CSV, file_answer
from motcua.core.attempts import attempt
from motcua.core.due import badge
from motcua.core.errors import NotFound
from motcua.core.moments import now, to_local, today
from motcua.core.pages import form_page
from motcua.core.text import harmless
from motcua.feedback import actions, queries
from motcua.feedback.forms import FilterForm, NewForm
from motcua.feedback.models import Feedback
from motcua.feedback.rules.sending import FeedbackData, SenderData
from motcua.feedback.rules.states import ACTS, TO_CLASSIFY, Act, State
from motcua.files.queries import url_for

RECEIPT = "feedback_receipt"
MOST = 5000


def _wanted(request: StaffRequest) -> tuple[FilterForm, queries.Filter]:
    if not (request.authority.has(P.FEEDBACK_VIEW) or request.authority.has(P.FEEDBACK_HANDLE)):
        raise NotFound()
    form = FilterForm(request.GET)
    clean = form.cleaned_data if form.is_valid() else {}
    tab = request.GET.get("xem", "open")
    return form, queries.Filter(tab, clean.get("q", ""), clean.get("loai", ""), clean.get("kenh", ""))


@login_required
@require_safe
def register(request: StaffRequest) -> HttpResponse:
    """The register of the agencies that one answers for, with the clock of each."""
    form, wanted = _wanted(request)
    at = now()
    page = web.page(request, queries.register(request.user, request.authority, wanted, at))
    context = {
        "form": form,
        "page": page,
        "rows": [(row, _due(row), _badge(row, at)) for row in page],
        "tabs": queries.tabs(request.user, request.authority, wanted, at),
        "tab": wanted.tab,
        "may_enter": request.authority.has(P.FEEDBACK_RECEIVE),
        "query": request.GET.urlencode(),
    }
    return render(request, "feedback/register.html", context)


def _due(row: Feedback) -> Any:
    """The date that counts now: for classifying while that is to be done, else for answering."""
    return row.classify_due_at if row.state in TO_CLASSIFY else row.due_at


def _badge(row: Feedback, at: Any) -> Any:
    return badge(_due(row), at, paused=row.state == State.UNCLEAR) if row.is_open else None


@login_required
@require_safe
def export(request: StaffRequest) -> HttpResponse:
    """The same rows as a CSV file, without senders and without who is complained of."""
    _, wanted = _wanted(request)
    rows = queries.register(request.user, request.authority, wanted, now())[:MOST]
    answer = file_answer("\ufeff", "phan-anh-kien-nghi.csv", CSV)
    csv.writer(answer).writerows([harmless(cell) for cell in line] for line in _lines(rows))
    return answer


def _lines(rows: Any) -> Iterator[tuple[str, ...]]:
    yield (
        "Mã",
        "Cách gửi",
        "Loại",
        "Nội dung",
        "Cơ quan",
        "Lúc nhận",
        "Hạn trả lời",
        "Trạng thái",
        "Kết quả xác minh",
        "Trả lời lúc",
        "Thủ tục",
        "Đề nghị rà soát quy định",
    )
    for row in rows:
        yield (
            row.code, row.get_channel_display(), row.get_kind_display(), row.topic.name, row.agency.name, _day(row.received_at),
            _day(row.due_at), row.get_state_display(), row.get_verdict_display(), _day(row.answered_at),
            row.procedure.code if row.procedure else "", row.review_note,
        )  # fmt: skip


def _day(moment: Any) -> str:
    return f"{to_local(moment):%d/%m/%Y %H:%M}" if moment else ""


@login_required
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Write down what came by telephone, letter, form or at the citizens' reception."""
    request.authority.require_any(P.FEEDBACK_RECEIVE)
    agencies = queries.agencies_to_choose(today()).filter(request.authority.where(P.FEEDBACK_RECEIVE))
    start = {"channel": "phone", "agency": agencies.first()}
    files = request.FILES if request.method == "POST" else None
    form = NewForm(
        request.POST or None, files, agencies=agencies, topics=queries.topics_on(today()), initial=start
    )
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        made = attempt(form, actions.send, _data(got), uploads=got["files"], actor=request.user, at=now())
        if made and not form.errors:
            request.session[RECEIPT] = [made.feedback.code, made.shown, made.feedback.agency.name]
            return redirect("feedback:receipt")
    return form_page(
        request, form, "Ghi nhận phản ánh, kiến nghị", back=reverse("core:start"), submit="Vào sổ"
    )


def _data(got: dict[str, Any]) -> FeedbackData:
    sender = SenderData(got["name"], got["phone"], got["email"], got["sender_address"], got["wants_messages"])
    return FeedbackData(
        uuid.uuid4(), got["channel"], got["topic"].pk, got["agency"].pk, got["content"], sender, got["address"],
        dossier_code=got["dossier_code"], officer_words=got["officer_words"],
    )  # fmt: skip


@login_required
@require_safe
def receipt(request: StaffRequest) -> HttpResponse:
    """What is read out or printed for the sender: the code and the secret, shown once."""
    request.authority.require_any(P.FEEDBACK_RECEIVE)
    kept = request.session.pop(RECEIPT, None)
    if not kept:
        return redirect("feedback:new")
    code, secret, office = kept
    return render(
        request, "feedback/receipt.html", {"code": code, "secret": secret, "office": office, "at": now()}
    )


def page_of(request: StaffRequest, feedback: Feedback, **more: Any) -> HttpResponse:
    """The page of one feedback."""
    at = now()
    acts = queries.acts_for(request.user, request.authority, feedback, at)
    files = feedback.attachments.select_related("file")
    context = {
        "item": feedback,
        "sheet": queries.sheet(feedback, at),
        "steps": feedback.steps.select_related("actor", "agency"),
        "verifications": feedback.verifications.select_related("by"),
        "files": [(one, url_for(one.file, request.user)) for one in files],
        "acts": [(one.value, ACTS[one], _href(feedback, one)) for one in acts],
        "may_see_sender": request.authority.can(P.FEEDBACK_VIEW_SENDER, feedback.agency),
        **more,
    }
    return render(request, "feedback/item.html", context)


def _href(feedback: Feedback, act: Act) -> str:
    if act == Act.PUBLISH:
        return reverse("feedback:publish", args=[feedback.pk])
    return reverse("feedback:act", args=[feedback.pk, act.value])


@login_required
@require_safe
def item(request: StaffRequest, feedback_id: int) -> HttpResponse:
    """One feedback with its history and what may be done."""
    return page_of(request, queries.access_feedback(request.user, feedback_id, at=now()))


@login_required
@require_POST
def sender(request: StaffRequest, feedback_id: int) -> HttpResponse:
    """Who sent it, for who may know; the look is logged."""
    at = now()
    found = queries.access_feedback(request.user, feedback_id, at=at)
    shown = queries.sender_of(found, user=request.user, at=at, ip=request.META.get("REMOTE_ADDR", ""))
    return page_of(request, found, sender=shown)
