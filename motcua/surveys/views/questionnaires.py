"""The builder: questionnaires, their versions, sections and questions."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies.web import StaffRequest
from motcua.core.errors import NotFound
from motcua.core.moments import now
from motcua.surveys import actions
from motcua.surveys.forms import QuestionForm, QuestionnaireForm, SectionForm
from motcua.surveys.models import QuestionnaireVersion
from motcua.surveys.queries.surveys import access_version, questionnaires_for
from motcua.surveys.rules import questionnaire as rules
from motcua.surveys.rules.sipas import content
from motcua.surveys.views.common import FORM, done, form_page


@login_required
@require_safe
def questionnaires(request: StaffRequest) -> HttpResponse:
    """All questionnaires with their versions."""
    return render(request, "surveys/questionnaires.html", {"rows": questionnaires_for(request.authority)})


@login_required
@FORM
def new(request: StaffRequest) -> HttpResponse:
    """A new questionnaire, empty or from the shipped one."""
    questionnaires_for(request.authority)
    form = QuestionnaireForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        start = content() if data["shipped"] else None
        if made := done(
            request,
            form,
            actions.create_questionnaire,
            data["name"],
            data["law"],
            start,
            said="Đã lập bộ câu hỏi.",
        ):
            return redirect("surveys:version", made.pk)
    return form_page(request, form, "Lập bộ câu hỏi", "Lập bộ câu hỏi", reverse("surveys:questionnaires"))


@login_required
@require_safe
def version(request: StaffRequest, pk: int) -> HttpResponse:
    """One version: sections and questions, as they are asked."""
    found = access_version(request.authority, pk)
    form = found.form
    questions = {q.code: q for q in form.questions}
    sections = [
        {"section": s, "factor": rules.FACTORS.get(s.factor, ""), "condition": _condition(s, questions)}
        for s in form.sections
    ]
    context = {
        "version": found,
        "sections": sections,
        "is_draft": found.status == "draft",
        "lacks": rules.publishable(form),
    }
    return render(request, "surveys/version.html", context)


def _condition(section: rules.Section, questions: dict[str, rules.Question]) -> str:
    if not section.on:
        return ""
    asked = questions[section.on]
    labels = [label for value, label in asked.choices if value in section.within]
    return f"chỉ hỏi khi “{asked.text}” được trả lời: {', '.join(labels)}"


@login_required
@FORM
def section(request: StaffRequest, pk: int, code: str = "") -> HttpResponse:
    """Add or change a section of a draft."""
    found = _draft(request, pk)
    there = next((s for s in found.form.sections if s.code == code), None)
    if code and there is None:
        raise NotFound()
    start = (
        {"title": there.title, "factor": there.factor, "on": there.on, "within": list(there.within)}
        if there
        else {}
    )
    form = SectionForm(request.POST or None, form=found.form, code=code, initial=start)
    if form.is_valid():
        key = code or rules.next_code(found.content, "s")
        data = rules.put_section(found.content, key, **form.cleaned_data)
        if done(request, form, actions.change_questionnaire, pk, data):
            return redirect("surveys:version", pk)
    return form_page(
        request, form, "Sửa phần" if there else "Thêm phần", "Lưu", reverse("surveys:version", args=[pk])
    )


@login_required
@FORM
def question(request: StaffRequest, pk: int, section: str, code: str = "") -> HttpResponse:
    """Add or change a question of a draft."""
    found = _draft(request, pk)
    parent = next((s for s in found.form.sections if s.code == section), None)
    there = next((q for q in parent.questions if q.code == code), None) if parent else None
    if parent is None or (code and there is None):
        raise NotFound()
    start: dict[str, Any] = {}
    if there:
        start = {
            "text": there.text,
            "kind": there.kind.value,
            "options": "\n".join(there.options),
            "required": there.required,
        }
    form = QuestionForm(request.POST or None, initial=start)
    if form.is_valid():
        key = code or rules.next_code(found.content, "q")
        data = rules.put_question(found.content, section, key, **form.cleaned_data)
        if done(request, form, actions.change_questionnaire, pk, data):
            return redirect("surveys:version", pk)
    title = "Sửa câu hỏi" if there else f"Thêm câu hỏi vào phần “{parent.title}”"
    return form_page(request, form, title, "Lưu", reverse("surveys:version", args=[pk]))


@login_required
@require_POST
def remove(request: StaffRequest, pk: int, code: str) -> HttpResponse:
    """Take a section or question out of a draft."""
    found = _draft(request, pk)
    actions.change_questionnaire(pk, rules.without(found.content, code), actor=request.user, at=now())
    return redirect("surveys:version", pk)


@login_required
@require_POST
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """Let it be asked with."""
    actions.publish_questionnaire(pk, actor=request.user, at=now())
    return redirect("surveys:version", pk)


@login_required
@require_POST
def draft(request: StaffRequest, pk: int) -> HttpResponse:
    """A new draft that begins like this version."""
    return redirect("surveys:version", actions.draft_questionnaire(pk, actor=request.user, at=now()).pk)


def _draft(request: StaffRequest, pk: int) -> QuestionnaireVersion:
    """A draft. Raises NotFound for a published version, which has no such pages."""
    found = access_version(request.authority, pk)
    if found.status != QuestionnaireVersion.Status.DRAFT:
        raise NotFound()
    return found
