"""Pages with one form: opened, sent, refused by a rule, gone through. Views of every app say only what is their own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from motcua.core.attempts import attempt
from motcua.core.moments import now

Act = Callable[..., Any]


def data(request: HttpRequest) -> Any:
    """What was sent, or None while a form is only opened."""
    return request.POST if request.method == "POST" else None


def done(request: HttpRequest, form: forms.Form, act: Act, *args: Any, at: datetime, **fixed: Any) -> Any:
    """What the act gave (True for nothing) when the form was sent, is well formed and the act went through.

    Else None; what a rule forbids is then among the errors of the form. `fixed` goes to the act beside the fields.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    values = {**form.cleaned_data, **fixed, "actor": request.user, "at": at}
    result = attempt(form, act, *args, **values)
    return None if form.errors else result or True


def form_page(request: HttpRequest, form: forms.Form, title: str, *, back: str, **more: Any) -> HttpResponse:
    """One form on one page; 422 when it was refused. `more`: submit, note, rows (a summary above it), danger."""
    context = {"form": form, "title": title, "back": back, "submit": "Lưu", **more}
    return render(request, "core/form_page.html", context, status=422 if form.errors else 200)


def went(request: HttpRequest, message: str, to: str) -> HttpResponse:
    """Say what was done, and go there."""
    messages.success(request, message)
    return HttpResponseRedirect(to)


@dataclass(frozen=True)
class FormPage:
    """What a page with one form says, and where it leads: to `to` when done, to `back` (else `to`) by "Thôi"."""

    title: str
    said: str
    to: str
    back: str = ""
    submit: str = "Lưu"
    note: str = ""
    rows: Sequence[Mapping[str, str]] = ()
    danger: bool = False


def act_page(
    request: HttpRequest, form: forms.Form, page: FormPage, act: Act, *args: Any, **fixed: Any
) -> HttpResponse:
    """The whole of such a page: the form shown, or the act done, told, and its page left."""
    if done(request, form, act, *args, at=now(), **fixed):
        return went(request, page.said, page.to)
    more = {"submit": page.submit, "note": page.note, "rows": page.rows, "danger": page.danger}
    return form_page(request, form, page.title, back=page.back or page.to, **more)
