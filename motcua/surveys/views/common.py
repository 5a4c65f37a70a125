"""What the views share."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.core.moments import now

FORM = require_http_methods(["GET", "HEAD", "POST"])


def done(request: StaffRequest, form: Form, act: Any, *args: Any, said: str = "Đã lưu.") -> Any:
    """What the act gave; None while the form has faults or was not sent."""
    if not form.is_valid():
        return None
    made = attempt(form, act, *args, actor=request.user, at=now())
    if made is not None:
        messages.success(request, said)
    return made


def form_page(
    request: StaffRequest, form: Form, title: str, submit: str, back: str, **more: Any
) -> HttpResponse:
    """One form on one page."""
    context = {"form": form, "title": title, "submit": submit, "back": back, **more}
    return render(request, "core/form_page.html", context, status=422 if form.errors else 200)
