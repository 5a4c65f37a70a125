"""Import and export by files."""

from django.http import HttpResponse
from django.shortcuts import render

from motcua.agencies.rules.permissions import Permission
from motcua.core.attempts import attempt
from motcua.core.errors import NotFound
from motcua.core.moments import now, today
from motcua.procedures import actions
from motcua.procedures.actions._report import report_rows
from motcua.procedures.forms.catalogue import UploadForm
from motcua.procedures.queries.export import catalogue_text, processes_text
from motcua.procedures.rules import portal_files
from motcua.procedures.rules.portal import UnreadableFile
from motcua.procedures.views.common import StaffRequest, form_view, page, ready, sent, uploaded

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "quy-trinh": "application/json"}


@form_view(Permission.CATALOGUE_IMPORT, top=True)
def take(request: StaffRequest) -> HttpResponse:
    """Import a file: the report of every row that has something to say, and the sums."""
    form = UploadForm(sent(request), uploaded(request))
    report = _take(request, form) if ready(request, form) else None
    rows, more = report_rows(report) if report else ((), 0)
    context = {"form": form, "report": report, "rows": rows, "more": more}
    wrong = bool(form.errors) or bool(report and report.refused and not report.applied)
    return render(request, "procedures/import.html", context, status=422 if wrong else 200)


def _take(request: StaffRequest, form: UploadForm) -> actions.ImportReport | None:
    data = form.cleaned_data
    try:
        parsed = portal_files.read(data["file"].read())
    except UnreadableFile as error:
        form.add_error("file", str(error))
        return None
    options = {name: data[name] for name in ("dry_run", "skip_bad", "effective_on")}
    source = f"Tệp {data['file'].name}"
    return attempt(form, actions.import_file, parsed, actor=request.user, at=now(), source=source, **options)


@page
def give(request: StaffRequest, form: str) -> HttpResponse:
    """Download the catalogue in force today ("csv", "json") or the processes ("quy-trinh")."""
    if form not in TYPES:
        raise NotFound()
    text = processes_text(today()) if form == "quy-trinh" else catalogue_text(form, today())
    name = "quy-trinh.json" if form == "quy-trinh" else f"danh-muc.{form}"
    # Excel takes a CSV file for UTF-8 only with the mark.
    content = ("\ufeff" if form == "csv" else "") + text
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=TYPES[form], headers=headers)
