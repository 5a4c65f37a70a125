"""What the pages of this app share: running an act from a form, and a page with one form."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from motcua.agencies.models import Agency
from motcua.agencies.queries import agencies_at
from motcua.core.attempts import attempt
from motcua.core.moments import today


def done(
    request: HttpRequest, form: forms.Form, act: Callable[..., Any], *args: Any, at: datetime, **fixed: Any
) -> Any:
    """The act's result when the form was sent, is well formed and the act went through; else None."""
    if request.method != "POST" or not form.is_valid():
        return None
    values = {**form.cleaned_data, **fixed, "actor": request.user, "at": at}
    return attempt(form, act, *args, **values)


def form_page(request: HttpRequest, form: forms.Form, title: str, *, back: str, **more: Any) -> HttpResponse:
    """One form on one page; 422 when it was refused. `more`: submit, note, rows, danger."""
    context = {"form": form, "title": title, "back": back, "submit": "Lưu", **more}
    return render(request, "payments/form.html", context, status=422 if form.errors else 200)


def went(request: HttpRequest, message: str, to: str) -> HttpResponse:
    """Say what was done, and go there."""
    messages.success(request, message)
    return HttpResponseRedirect(to)


def data(request: HttpRequest) -> Any:
    """What was sent, or None while a form is only opened."""
    return request.POST if request.method == "POST" else None


def agencies_for(request: HttpRequest, permission: str) -> QuerySet[Agency]:
    """Agencies of today where the person holds the permission. Raises NotFound when there are none at all."""
    request.authority.require_any(permission)
    return agencies_at(today()).filter(request.authority.where(permission))
