"""The words of messages."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.acting import reaches_everywhere
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.core.moments import now, today
from motcua.core.pages import data, done, went
from motcua.notifications import actions, queries
from motcua.notifications.forms import TemplateForm
from motcua.notifications.models import Language, Template
from motcua.notifications.rules import sms, texts
from motcua.notifications.rules.events import EVENTS, MEANINGS, SAMPLE


@login_required
@require_safe
def templates(request: StaffRequest) -> HttpResponse:
    """The texts in force, by language."""
    request.authority.require_any(Permission.NOTIFICATION_MANAGE)
    wanted = request.GET.get("ngon-ngu", "")
    language = wanted if wanted in Language.values else Language.VI.value
    tabs = [
        {"label": name, "href": f"?ngon-ngu={code}", "active": code == language, "count": None}
        for code, name in Language.choices
    ]
    context = {"templates": queries.templates(today(), language), "tabs": tabs, "today": today()}
    return render(request, "notifications/templates.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def template(request: StaffRequest, template_id: int) -> HttpResponse:
    """Change one text, or look at it filled in before saving."""
    request.authority.require_any(Permission.NOTIFICATION_MANAGE)
    found = queries.access_template(template_id)
    initial = {"subject": found.subject, "body": found.body, "is_active": found.is_active}
    form = TemplateForm(data(request), template=found, initial={**initial, "valid_from": today()})
    looking = "preview" in request.POST
    if not looking and done(request, form, actions.change_template, found.pk, at=now()):
        return went(request, f"Đã lưu mẫu {found}.", reverse("notifications:templates"))
    may_change = reaches_everywhere(request.authority, Permission.NOTIFICATION_MANAGE)
    shown = _preview(request, form, found)
    context = {
        "form": form,
        "template": found,
        "may_change": may_change,
        "versions": queries.versions_of(found),
        **shown,
    }
    return render(request, "notifications/template.html", context, status=422 if form.errors else 200)


def _preview(request: StaffRequest, form: TemplateForm, found: Template) -> dict[str, Any]:
    """The text filled from a sample, or from the dossier whose code was typed."""
    values = form.cleaned_data if form.is_bound and form.is_valid() else {}
    subject, body = values.get("subject", found.subject), values.get("body", found.body)
    context = SAMPLE
    if code := request.POST.get("ma", "").strip()[:60]:
        context = attempt(form, _real, request, code) or SAMPLE
    for field, text in (("subject", subject), ("body", body)):
        if form.is_bound and (said := texts.problem(text, found.kind)) and field not in form.errors:
            form.add_error(field, said)
    filled = queries.preview(body, context)
    places = sorted(EVENTS[found.kind].places) if found.kind in EVENTS else []
    return {
        "subject": queries.preview(subject, context),
        "sample": filled,
        "code": code,
        "lengths": _lengths(filled) if found.channel == Template.Channel.SMS else [],
        "places": [(f"{{{place}}}", MEANINGS[place], SAMPLE[place]) for place in places],
    }


def _real(request: StaffRequest, code: str) -> Any:
    return queries.real_context(request.authority, code)


def _lengths(text: str) -> list[tuple[str, sms.Length]]:
    """How long an SMS is with and without marks."""
    return [("Không dấu", sms.length(sms.plain(text))), ("Có dấu", sms.length(text))]
