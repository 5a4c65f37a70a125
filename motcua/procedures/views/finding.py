"""Everyday words of a procedure, and the events of life."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.agencies.rules.permissions import Permission
from motcua.core.moments import now
from motcua.procedures import actions
from motcua.procedures.forms.finding import LifeEventForm, NewLifeEventForm, WordsForm
from motcua.procedures.queries import access_procedure, finding
from motcua.procedures.views.common import (
    StaffRequest,
    button,
    done,
    form_page,
    form_view,
    page,
    ready,
    sent,
    went,
)

EDIT = Permission.CATALOGUE_EDIT


@form_view(EDIT, top=True)
def words(request: StaffRequest, code: str) -> HttpResponse:
    """What a procedure is for, what people call it, and the same in English."""
    procedure = access_procedure(code)
    row = finding.words_for(procedure)
    form = WordsForm(sent(request), initial=vars(row) if row else {})
    if ready(request, form) and done(request, form, actions.write_words, code, **form.cleaned_data):
        return went(request, "Đã lưu lời thường của thủ tục.", "procedures:procedure", code)
    back = reverse("procedures:procedure", args=[code])
    note = "Hiện đầu trang thủ tục và dùng để tìm kiếm. Nội dung pháp lý vẫn ở phiên bản đã công bố."
    return form_page(request, form, f"Lời thường: {code}", back=back, note=note)


@page
def events(request: StaffRequest) -> HttpResponse:
    """The events of life with how many procedures each has."""
    rows = finding.life_events(shown_only=False)
    may = request.authority.has(EDIT)
    return render(request, "procedures/life_events.html", {"events": rows, "may_edit": may})


@form_view(EDIT, top=True)
def new_event(request: StaffRequest) -> HttpResponse:
    """A new event of life."""
    return _event_page(request, NewLifeEventForm(sent(request)), "Thêm sự kiện trong đời")


@form_view(EDIT, top=True)
def event(request: StaffRequest, slug: str) -> HttpResponse:
    """Change an event of life."""
    row = finding.access_life_event(slug)
    codes = "\n".join(one.code for one in row.procedures.all())
    form = LifeEventForm(sent(request), initial=vars(row) | {"codes": codes})
    return _event_page(request, form, row.name, slug)


def _event_page(request: StaffRequest, form: LifeEventForm, title: str, slug: str = "") -> HttpResponse:
    if ready(request, form):
        values: dict[str, Any] = dict(form.cleaned_data)
        named = values.pop("slug", slug)
        if done(request, form, actions.save_life_event, named, **values):
            return went(request, "Đã lưu sự kiện.", "procedures:events")
    return form_page(request, form, title, back=reverse("procedures:events"))


@button
def remove_event(request: StaffRequest, slug: str) -> HttpResponse:
    """Take an event of life away."""
    actions.remove_life_event(slug, actor=request.user, at=now())
    return went(request, "Đã bỏ sự kiện.", "procedures:events")
