"""What a closed survey says, with the anonymous answers behind every figure, and as files."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.web import StaffRequest
from motcua.core.answers import file_answer
from motcua.core.errors import NotFound
from motcua.surveys.output.files import KINDS, results_file
from motcua.surveys.queries import surveys as queries
from motcua.surveys.rules.questionnaire import Kind

MOST = 1000


@login_required
@require_safe
def outcome(request: StaffRequest, pk: int) -> HttpResponse:
    """The whole, factors, questions, groups, points."""
    found = queries.access_survey(request.authority, pk)
    return render(
        request, "surveys/outcome.html", {"survey": found, "outcome": queries.outcome(found), "kinds": KINDS}
    )


@login_required
@require_safe
def rows(request: StaffRequest, pk: int) -> HttpResponse:
    """The answers, of everybody or of a group, of one question when one is named."""
    found = queries.access_survey(request.authority, pk)
    key, code = request.GET.get("group", ""), request.GET.get("question", "")
    questions = [q for q in found.version.form.questions if q.kind is not Kind.TEXT and code in ("", q.code)]
    if not questions:
        raise NotFound()
    answers = queries.rows_of(found, key)
    words = [dict(q.choices) for q in questions]
    shown = [
        [labels.get(one.get(q.code, ""), "–") for q, labels in zip(questions, words, strict=True)]
        for one in answers[:MOST]
    ]
    context = {"survey": found, "questions": questions, "rows": shown, "count": len(answers), "most": MOST}
    return render(request, "surveys/rows.html", context)


@login_required
@require_safe
def file(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """The results as CSV or XLSX."""
    found = queries.access_survey(request.authority, pk)
    if kind not in dict(KINDS):
        raise NotFound()
    content, content_type = results_file(queries.outcome(found), kind)
    return file_answer(content, f"khao-sat-{found.pk}.{kind}", content_type)
