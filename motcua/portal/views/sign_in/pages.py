"""One form on one page, the citizens' way."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_page(
    request: HttpRequest, form: forms.Form, title: Any, *, back: str, submit: Any, **more: Any
) -> HttpResponse:
    """Title, form, one button; 422 when it was refused. `more`: note, rows (a summary above it)."""
    context = {"form": form, "title": title, "back": back, "submit": submit, **more}
    return render(request, "portal/sign_in/form.html", context, status=422 if form.errors else 200)
