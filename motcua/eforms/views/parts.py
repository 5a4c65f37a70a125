"""Sections and fields of a draft: added, changed, moved, removed; expressions checked while they are typed."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.core.errors import NotFound
from motcua.core.moments import now
from motcua.eforms import actions, queries
from motcua.eforms.forms import FieldForm, HeaderForm, SectionForm, checked_expression
from motcua.eforms.rules import editing
from motcua.eforms.rules.expressions import HELP
from motcua.eforms.rules.faults import IN_GROUP
from motcua.eforms.rules.schema import Field, Schema, Section
from motcua.eforms.rules.types import LABELS, FieldType
from motcua.eforms.views.common import (
    StaffRequest,
    button,
    data,
    done,
    draft_of,
    form_page,
    form_view,
    page,
    went,
)


def _back(code: str, number: int) -> str:
    return reverse("eforms:version", args=[code, number])


@form_view
def header(request: StaffRequest, code: str) -> HttpResponse:
    """The title, number and addressee of a draft."""
    version = draft_of(code)
    schema, _ = queries.draft_schema(version)
    initial = {"title": schema.title, "number": schema.number, "addressed": schema.addressed}
    form = HeaderForm(data(request), initial=initial)
    change = partial(editing.edit_header, **form.cleaned_data) if form.is_bound and form.is_valid() else None
    if change and done(request, form, actions.edit_draft, code, change, what="tiêu đề"):
        return went(request, "Đã lưu.", "version", code, version.number)
    return form_page(request, form, f"Thông tin chung: {version}", back=_back(code, version.number))


@form_view
def section(request: StaffRequest, code: str, key: str = "") -> HttpResponse:
    """A section of a draft, or a new one."""
    version = draft_of(code)
    schema, _ = queries.draft_schema(version)
    found = schema.section(key)
    if key and found is None:
        raise NotFound()
    form = SectionForm(data(request), schema=schema, section=found)
    if form.is_bound and form.is_valid():
        change = partial(editing.put_section, key=key, values=form.cleaned_data)
        if done(request, form, actions.edit_draft, code, change, what=key or "mục mới"):
            return went(request, "Đã lưu mục.", "version", code, version.number)
    context = {"form": form, "title": f"Sửa mục “{found.title}”" if found else "Thêm mục"}
    return _part_page(request, version, schema, context, place="", key=key, type_="")


@form_view
def field_new(request: StaffRequest, code: str, place: str, type_: str) -> HttpResponse:
    """A new field at the end of a section ("muc") or group ("muc.nhom")."""
    version = draft_of(code)
    schema, _ = queries.draft_schema(version)
    if type_ not in set(FieldType) or (_group_at(schema, place) and type_ not in IN_GROUP):
        raise NotFound()
    return _field_page(request, code, schema, place, None, FieldType(type_))


@form_view
def field(request: StaffRequest, code: str, path: str) -> HttpResponse:
    """A field of a draft: "muc.truong", "muc.nhom.truong"."""
    schema, _ = queries.draft_schema(draft_of(code))
    place, _, key = path.rpartition(".")
    found = next((one for one in _fields_at(schema, place) if one.key == key), None)
    if found is None:
        raise NotFound()
    return _field_page(request, code, schema, place, found, found.type)


def _field_page(
    request: StaffRequest, code: str, schema: Schema, place: str, found: Field | None, type_: FieldType
) -> HttpResponse:
    version = draft_of(code)
    form = FieldForm(data(request), schema=schema, place=place, type_=type_, field=found)
    key = found.key if found else ""
    if form.is_bound and form.is_valid():
        change = partial(editing.put_field, place=place, key=key, values=form.values())
        if done(request, form, actions.edit_draft, code, change, what=f"{place}.{key or 'trường mới'}"):
            return went(request, "Đã lưu trường.", "version", code, version.number)
    title = f"Sửa: {found.label[:80]}" if found else f"Thêm: {LABELS[type_]}"
    return _part_page(
        request, version, schema, {"form": form, "title": title}, place=place, key=key, type_=type_
    )


def _part_page(
    request: StaffRequest, version: object, schema: Schema, context: dict[str, object], **at: str
) -> HttpResponse:
    """A page with a form beside which stand the keys that expressions may use, and the functions."""
    form = context["form"]
    context |= {
        "version": version,
        "known": _known(schema, at["place"], at["key"]),
        "help_lines": HELP,
        "at": at,
    }
    return render(request, "eforms/part.html", context, status=422 if getattr(form, "errors", None) else 200)


def _known(schema: Schema, place: str, key: str) -> list[tuple[str, str, str]]:
    """(key, label, type) of the fields that stand before a place."""
    above, _, group = place.partition(".")
    found: list[tuple[str, str, str]] = []
    for section in schema.sections:
        if section.key == (above or key) and not above:
            return found
        for one in section.fields:
            if section.key == above and one.key == (group or key):
                inner = one.fields if group else ()
                return found + [_line(x) for x in inner if x.key != key]
            found.append(_line(one))
        if section.key == above:
            return found
    return found


def _line(one: Field) -> tuple[str, str, str]:
    return one.key, one.label[:80], LABELS[one.type]


def _section_at(schema: Schema, place: str) -> Section:
    found = schema.section(place.partition(".")[0])
    if found is None:
        raise NotFound()
    return found


def _group_at(schema: Schema, place: str) -> Field | None:
    section, (_, _, group) = _section_at(schema, place), place.partition(".")
    found = next((one for one in section.fields if one.key == group), None)
    if group and (found is None or found.type is not FieldType.GROUP):
        raise NotFound()
    return found


def _fields_at(schema: Schema, place: str) -> tuple[Field, ...]:
    group = _group_at(schema, place)
    return group.fields if group else _section_at(schema, place).fields


@button
def move(request: StaffRequest, code: str, path: str, step: str) -> HttpResponse:
    """One place up or down."""
    change = partial(editing.move, path=path, step=-1 if step == "len" else 1)
    version = actions.edit_draft(code, change, what=path, actor=request.user, at=now())
    return went(request, "Đã đổi chỗ.", "version", code, version.number)


@button
def remove(request: StaffRequest, code: str, path: str) -> HttpResponse:
    """Take a section or field out."""
    change = partial(editing.remove, path=path)
    version = actions.edit_draft(code, change, what=path, actor=request.user, at=now())
    return went(request, "Đã bỏ khỏi dự thảo.", "version", code, version.number)


@page
def check(request: StaffRequest, code: str) -> HttpResponse:
    """What is wrong with an expression being typed (a fragment)."""
    schema, _ = queries.draft_schema(draft_of(code))
    given = {name: request.GET.get(name, "")[:600] for name in ("place", "key", "part", "type", "text")}
    fault = checked_expression(
        schema, given["place"], given["key"], given["part"], given["text"], given["type"]
    )
    return render(request, "eforms/_check.html", {"fault": fault, "text": given["text"].strip()})
