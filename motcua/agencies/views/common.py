"""What the pages of this app share: a form page, and running an act from it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from motcua.core.attempts import attempt

Act = Callable[..., Any]


def done(request: HttpRequest, form: forms.Form, act: Act, *args: Any, at: datetime, **fixed: Any) -> bool:
    """Whether the form was sent, is well formed, and the act went through; else its errors are in the
    form.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    values = {**form.cleaned_data, **fixed, "actor": request.user, "at": at}
    attempt(form, act, *args, **values)
    return not form.errors


def form_page(
    request: HttpRequest, form: forms.Form, title: str, *, back: str, submit: str = "Lưu", note: str = ""
) -> HttpResponse:
    """One form on one page; 422 when it was sent and refused."""
    context = {"form": form, "title": title, "back": back, "submit": submit, "note": note}
    return render(request, "agencies/form.html", context, status=422 if form.errors else 200)


def went(request: HttpRequest, message: str, to: str) -> HttpResponse:
    """Say what was done, and go there."""
    messages.success(request, message)
    return HttpResponseRedirect(to)


def data(request: HttpRequest) -> Any:
    """What was sent, or None while a form is only opened."""
    return request.POST if request.method == "POST" else None
