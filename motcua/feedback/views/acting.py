"""The form of each act on a feedback."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import now, today
from motcua.core.pages import form_page, went
from motcua.feedback import actions, queries
from motcua.feedback import forms as shapes
from motcua.feedback.models import Feedback
from motcua.feedback.queries.access import handlers_for, staff_of
from motcua.feedback.queries.topics import procedures_to_choose
from motcua.feedback.rules.paths import PATHS
from motcua.feedback.rules.states import ACTS, Act

Maker = Callable[[Feedback, datetime, Any, Any], forms.Form]


def _plain(shape: type[forms.Form]) -> Maker:
    return lambda feedback, at, data, files: shape(data, files)


def _accept(feedback: Feedback, at: datetime, data: Any, files: Any) -> forms.Form:
    known = feedback.dossier.code if feedback.dossier else ""
    procedure = feedback.procedure or (feedback.dossier.procedure if feedback.dossier else None)
    start = {
        "kind": feedback.kind,
        "dossier_code": known,
        "procedure": procedure,
        "officer": feedback.officer,
    }
    procedures = procedures_to_choose(feedback.agency)
    return shapes.AcceptForm(data, people=staff_of(feedback.agency, at), procedures=procedures, initial=start)


def _transfer(feedback: Feedback, at: datetime, data: Any, files: Any) -> forms.Form:
    return shapes.TransferForm(
        data, agencies=queries.agencies_to_choose(today()).exclude(pk=feedback.agency_id)
    )


def _assign(feedback: Feedback, at: datetime, data: Any, files: Any) -> forms.Form:
    people = handlers_for(feedback, at)
    return shapes.AssignForm(data, people=people, initial={"handler": feedback.handler_id})


def _verify(feedback: Feedback, at: datetime, data: Any, files: Any) -> forms.Form:
    return shapes.VerifyForm(data, files, initial={"made_on": today()})


def _propose(feedback: Feedback, at: datetime, data: Any, files: Any) -> forms.Form:
    return shapes.ProposeForm(data, initial={"answer": feedback.answer})


DESK: dict[str, tuple[Maker, Callable[..., Any]]] = {
    Act.ACCEPT: (_accept, actions.accept),
    Act.DECLINE: (_plain(shapes.DeclineForm), actions.decline),
    Act.ASK: (_plain(shapes.AskForm), actions.ask),
    Act.CLARIFY: (_plain(shapes.ClarifyForm), actions.clarify),
    Act.TRANSFER: (_transfer, actions.transfer),
    Act.PASS_ON: (_plain(shapes.PassOnForm), actions.pass_on),
    Act.ASSIGN: (_assign, actions.assign),
    Act.EXTEND: (_plain(shapes.ExtendForm), actions.extend),
    Act.VERIFY: (_verify, actions.verify),
    Act.PROPOSE: (_propose, actions.propose),
    Act.SEND_BACK: (_plain(shapes.ReasonForm), actions.send_back),
    Act.APPROVE: (_plain(shapes.ApproveForm), actions.approve),
    Act.FLAG: (_plain(shapes.FlagForm), actions.flag),
    Act.CLOSE: (_plain(shapes.EmptyForm), actions.close),
}


@login_required
@require_http_methods(["GET", "POST"])
def act(request: StaffRequest, feedback_id: int, act: str) -> HttpResponse:
    """The form of one act; who may see the feedback but not do this now is told so."""
    at = now()
    found = queries.access_feedback(request.user, feedback_id, at=at)
    if act not in DESK:
        raise NotFound()
    if Act(act) not in queries.acts_for(request.user, request.authority, found, at):
        raise RuleViolation(f"Bạn không làm được việc “{ACTS[Act(act)]}” với phản ánh này lúc này.")
    maker, do = DESK[act]
    posted = request.method == "POST"
    form = maker(found, at, request.POST if posted else None, request.FILES if posted else None)
    back = reverse("feedback:item", args=[found.pk])
    if posted and form.is_valid():
        values = dict(form.cleaned_data)
        if "files" in values:
            values["uploads"] = values.pop("files")
        attempt(form, do, found.pk, **values, actor=request.user, at=at)
        if not form.errors:
            seen = queries.visible_to(request.user, request.authority).filter(pk=found.pk).exists()
            return went(
                request,
                f"{ACTS[Act(act)]}: đã ghi cho {found.code}.",
                back if seen else reverse("feedback:register"),
            )
    return form_page(
        request,
        form,
        f"{ACTS[Act(act)]}: {found.code}",
        back=back,
        submit=ACTS[Act(act)],
        rows=_rows(found, act),
    )


def _rows(found: Feedback, act: str) -> list[dict[str, str]]:
    """What must be before one's eyes while deciding."""
    rows = [{"label": "Nội dung", "value": found.content}]
    if path := PATHS.get(found.hint):
        rows.append(
            {
                "label": "Lưu ý",
                "value": f"Lời văn giống {path.name.lower()} ({path.law}): xem kỹ trước khi phân loại.",
            }
        )
    if act in (Act.APPROVE, Act.SEND_BACK):
        rows.append({"label": "Dự thảo trả lời", "value": found.answer})
        rows.append({"label": "Kết quả xác minh", "value": found.get_verdict_display()})
    if found.officer_words and act == Act.ACCEPT:
        rows.append({"label": "Người bị phản ánh, theo lời người gửi", "value": found.officer_words})
    return rows
