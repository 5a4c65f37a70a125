"""The redaction screen: what looks like personal data is marked and struck out before anything is published."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from motcua.agencies.rules.permissions import Permission as P
from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.core.errors import RuleViolation
from motcua.core.moments import now
from motcua.core.pages import went
from motcua.feedback import actions, queries
from motcua.feedback.forms import PublishForm
from motcua.feedback.queries.access import names_to_hide
from motcua.feedback.rules.redaction import find, strike
from motcua.feedback.rules.states import Act


@login_required
@require_http_methods(["GET", "POST"])
def publish(request: StaffRequest, feedback_id: int) -> HttpResponse:
    """Texts with personal data struck out by machine; a person reads, corrects and publishes."""
    at = now()
    found = queries.access_feedback(request.user, feedback_id, P.FEEDBACK_MANAGE, at=at)
    if Act.PUBLISH not in queries.acts_for(request.user, request.authority, found, at):
        raise RuleViolation("Chỉ công khai phản ánh đã trả lời, chưa công khai.")
    names = names_to_hide(found)
    content, answer = find(found.content, names), find(found.answer, names)
    start = {
        "title": found.topic.name,
        "content": strike(found.content, content),
        "answer": strike(found.answer, answer),
    }
    form = PublishForm(request.POST or None, initial=start)
    back = reverse("feedback:item", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        attempt(form, actions.publish, found.pk, **form.cleaned_data, actor=request.user, at=at)
        if not form.errors:
            return went(request, f"Đã công khai kết quả {found.code}.", back)
    context = {"form": form, "item": found, "pieces": [*content, *answer], "back": back}
    return render(request, "feedback/publish.html", context, status=422 if form.errors else 200)
