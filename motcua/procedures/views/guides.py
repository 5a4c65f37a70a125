"""The editor of guides: questions, answers, what is still wrong, a trial as people meet it, putting into use."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from motcua.agencies.rules.permissions import Permission
from motcua.core.moments import now, today
from motcua.procedures import actions
from motcua.procedures.actions import AnswerData, QuestionData
from motcua.procedures.forms.finding import AnswerForm, QuestionForm
from motcua.procedures.models import Guide, GuideAnswer
from motcua.procedures.queries import access_procedure
from motcua.procedures.queries import guides as queries
from motcua.procedures.rules.guides import outcome, read_state, state, walk
from motcua.procedures.views.common import StaffRequest, button, done, form_page, form_view, ready, sent, went

EDIT = Permission.CATALOGUE_EDIT


def _page_of(guide: Guide) -> str:
    return reverse("procedures:guide", args=[guide.pk])


@form_view(EDIT, top=True)
def guides(request: StaffRequest, code: str) -> HttpResponse:
    """The guides of one procedure; the button begins a draft."""
    procedure = access_procedure(code)
    if request.method == "POST":
        made = actions.draft_guide(code, actor=request.user, at=now())
        return redirect(_page_of(made))
    context = {"procedure": procedure, "guides": queries.guides_of(procedure)}
    return render(request, "procedures/guides.html", context)


@form_view(EDIT, top=True)
def guide(request: StaffRequest, pk: int) -> HttpResponse:
    """One guide with everything in it; a draft with its editor."""
    found = queries.access_guide(pk)
    draft = found.status == Guide.Status.DRAFT
    faults = queries.faults_of(found, today()) if draft else []
    context = {"guide": found, "draft": draft, "faults": faults, "form": QuestionForm()}
    return render(request, "procedures/guide.html", context)


@form_view(EDIT, top=True)
def try_out(request: StaffRequest, pk: int) -> HttpResponse:
    """The guide as people meet it, draft or not."""
    found = queries.access_guide(pk)
    places = read_state(f"{found.number}-{request.GET.get('d', '')}")[1]
    way = walk(queries.tree_of(found), places)
    answers = way.asked.answers if way.asked else ()
    links = [(a, state(0, (*way.places, n))[2:]) for n, a in enumerate(answers, 1)]
    context = {"guide": found, "way": way, "links": links, "outcome": outcome(way)}
    return render(request, "procedures/guide_trial.html", context)


@form_view(EDIT, top=True)
def add_question(request: StaffRequest, pk: int) -> HttpResponse:
    """A question at the end."""
    found, form = queries.access_guide(pk), QuestionForm(sent(request))
    if ready(request, form):
        data = QuestionData(**form.cleaned_data)
        if done(request, form, actions.add_question, pk, data):
            return redirect(_page_of(found))
    return form_page(request, form, "Thêm câu hỏi", back=_page_of(found))


@form_view(EDIT, top=True)
def edit_question(request: StaffRequest, pk: int) -> HttpResponse:
    """The words of a question."""
    row = queries.access_question(pk)
    form = QuestionForm(sent(request), initial=vars(row))
    if ready(request, form) and done(
        request, form, actions.edit_question, pk, QuestionData(**form.cleaned_data)
    ):
        return redirect(_page_of(row.guide))
    return form_page(request, form, f"Sửa câu {row.position}", back=_page_of(row.guide))


@button
def remove_question(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a question away."""
    found = actions.remove_question(pk, actor=request.user, at=now())
    return went(request, "Đã xóa câu hỏi.", "procedures:guide", found.pk)


@button
def move_question(request: StaffRequest, pk: int) -> HttpResponse:
    """Move a question forward."""
    found = actions.move_question(pk, actor=request.user, at=now())
    return redirect(_page_of(found))


def _answer_form(
    request: StaffRequest, guide: Guide, asked: int, row: GuideAnswer | None = None
) -> AnswerForm:
    known = queries.known_of(guide.procedure, today())
    later = [one for one in guide.questions.all() if one.pk != asked]
    initial: dict[str, Any] = {}
    if row is not None:
        more = {"adds": "\n".join(row.adds), "instead": row.instead.code if row.instead else ""}
        initial = vars(row) | more
    return AnswerForm(
        sent(request), initial=initial, questions=later, cases=sorted(known.cases), papers=sorted(known.papers),
        exemptions=sorted(known.exemptions),
    )  # fmt: skip


@form_view(EDIT, top=True)
def add_answer(request: StaffRequest, pk: int) -> HttpResponse:
    """An answer at the end of a question."""
    question = queries.access_question(pk)
    found = queries.access_guide(question.guide_id)
    form = _answer_form(request, found, pk)
    if ready(request, form) and done(request, form, actions.add_answer, pk, AnswerData(**form.cleaned_data)):
        return redirect(_page_of(found))
    title = f"Thêm câu trả lời cho câu {question.position}"
    return form_page(request, form, title, back=_page_of(found), note=question.text)


@form_view(EDIT, top=True)
def edit_answer(request: StaffRequest, pk: int) -> HttpResponse:
    """An answer and what follows it."""
    row = queries.access_answer(pk)
    found = queries.access_guide(row.question.guide_id)
    form = _answer_form(request, found, row.question_id, row)
    if ready(request, form) and done(request, form, actions.edit_answer, pk, AnswerData(**form.cleaned_data)):
        return redirect(_page_of(found))
    return form_page(request, form, "Sửa câu trả lời", back=_page_of(found), note=row.question.text)


@button
def remove_answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Take an answer away."""
    found = actions.remove_answer(pk, actor=request.user, at=now())
    return went(request, "Đã xóa câu trả lời.", "procedures:guide", found.pk)


@button
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a draft into use."""
    found = actions.publish_guide(pk, actor=request.user, at=now())
    return went(request, "Hướng dẫn đã được đưa vào dùng.", "procedures:guide", found.pk)


@button
def discard(request: StaffRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    procedure = actions.discard_guide(pk, actor=request.user, at=now())
    return went(request, "Đã hủy dự thảo hướng dẫn.", "procedures:guides", procedure.code)


@button
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a guide away from people."""
    found = actions.end_guide(pk, actor=request.user, at=now())
    return went(request, "Đã ngừng dùng hướng dẫn.", "procedures:guides", found.procedure.code)
