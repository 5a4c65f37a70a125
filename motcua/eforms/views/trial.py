"""A version as the citizen will see it, filled in on trial: answers travel in the page, signed, and are kept nowhere."""

from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render

from motcua.core.answers import pdf_answer
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date, now
from motcua.eforms import queries
from motcua.eforms.models import FormVersion
from motcua.eforms.rules import answers as rules
from motcua.eforms.rules import posted
from motcua.eforms.rules.printed import application
from motcua.eforms.rules.schema import Schema, Section
from motcua.eforms.rules.types import FieldType
from motcua.eforms.views.common import StaffRequest, form_view
from motcua.printing.actions import render as print_form

SALT = "eforms.trial"
HOURS = 4
TRIAL = "THỬ"  # in the place of a dossier's code


@form_view
def trial(request: StaffRequest, code: str, number: int, key: str = "") -> HttpResponse:
    """One section of a trial filling; after the last one the summary."""
    version = queries.access_version(code, number)
    schema, faults = queries.draft_schema(version)
    given = carried(request)
    if faults or not schema.sections:
        return render(request, "eforms/trial_faults.html", {"version": version, "faults": faults})
    section = schema.section(key) if key else schema.sections[0]
    if section is None:
        raise NotFound()
    if request.method == "POST" and "_begin" not in request.POST:
        return _answered(request, version, schema, section, given)
    return _section_page(request, version, section, given, {})


def _answered(
    request: StaffRequest, version: FormVersion, schema: Schema, section: Section, given: dict[str, Any]
) -> HttpResponse:
    context = queries.context(now())
    raw = posted.read(section, request.POST) | _names_of_files(request, section)
    checked = rules.check_section(schema, section.key, raw, given, context)
    typed = {**given, section.key: raw}
    if posted.stays(request.POST):
        return _section_page(request, version, section, typed, {})
    if checked.errors:
        return _section_page(request, version, section, typed, checked.errors)
    kept = {**given, section.key: checked.values}
    following = _after(rules.visible_sections(schema, kept, context), section)
    if following is not None:
        return _section_page(request, version, following, kept, {})
    return _summary_page(request, version, schema, kept)


def _names_of_files(request: StaffRequest, section: Section) -> dict[str, list[str]]:
    """On trial only that files were chosen counts, not what is in them."""
    asked = [one for one in section.fields if one.type is FieldType.FILE and one.is_asked]
    numbers = {one.key: len(request.FILES.getlist(section.path(one.key))) for one in asked}
    return {key: [f"thu-{n}" for n in range(1, number + 1)] for key, number in numbers.items() if number}


def _after(sections: list[Section], section: Section) -> Section | None:
    keys = [one.key for one in sections]
    place = keys.index(section.key) + 1 if section.key in keys else 0
    return sections[place] if place < len(sections) else None


def _section_page(
    request: StaffRequest,
    version: FormVersion,
    section: Section,
    given: Mapping[str, Any],
    errors: dict[str, str],
) -> HttpResponse:
    schema = section.schema
    sections = rules.visible_sections(schema, given, queries.context(now())) if schema else []
    context = {
        "version": version,
        "section": section,
        "answers": given,
        "errors": errors,
        "carried": signed(given),
        "step": next((n for n, one in enumerate(sections, 1) if one.key == section.key), 1),
        "steps": len(sections),
    }
    return render(request, "eforms/trial.html", context, status=422 if errors else 200)


def _summary_page(
    request: StaffRequest, version: FormVersion, schema: Schema, given: dict[str, Any]
) -> HttpResponse:
    context = queries.context(now())
    errors = rules.check_all(schema, given, context)
    rows = [(schema.field_at(path), message) for path, message in errors.items()]
    page = {
        "version": version,
        "sections": rules.summary(schema, given, context),
        "faults": rows,
        "carried": signed(given),
    }
    return render(request, "eforms/trial_summary.html", page)


@form_view
def pdf(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """The printed form, filled in with the answers of the trial, or blank."""
    version = queries.access_version(code, number)
    schema, faults = queries.draft_schema(version)
    if faults:
        raise NotFound("Sửa hết lỗi của dự thảo rồi in thử.")
    at = now()
    given = carried(request)
    heading = {"template_version": f"In thử – phiên bản {version.number}", "date": legal_date(at)}
    heading |= {"code": TRIAL} if given else {}
    content = print_form(*application(schema, given, heading, queries.context(at)))
    return pdf_answer(content, version.form.code)


def signed(given: Mapping[str, Any]) -> str:
    """The answers as the page carries them."""
    return signing.dumps(given, salt=SALT, compress=True)


def carried(request: StaffRequest) -> dict[str, Any]:
    """The answers that the page before carried; none when they were tampered with or are too old."""
    try:
        found: dict[str, Any] = signing.loads(
            request.POST.get("_answers", ""), salt=SALT, max_age=HOURS * 3600
        )
    except signing.BadSignature:
        return {}
    return found
