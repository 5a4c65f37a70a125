"""Files of papers and of decisions: handed out by short-lived links, attached, taken away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.agencies.rules.permissions import Permission as P
from motcua.core.errors import NotFound
from motcua.core.moments import now, today
from motcua.files.queries import url_for
from motcua.procedures import actions
from motcua.procedures.forms.attachments import FileForm
from motcua.procedures.models import Paper, ProcedureVersion
from motcua.procedures.queries import attachments as queries
from motcua.procedures.queries.publication import access_decision
from motcua.procedures.rules.attachments import FileKind
from motcua.procedures.views.common import (
    StaffRequest,
    button,
    done,
    form_page,
    form_view,
    page,
    ready,
    sent,
    uploaded,
    went,
)

HINTS = {
    FileKind.FORM: "Tệp mẫu còn trống để người dân tải về và điền.",
    FileKind.SAMPLE: "Tệp mẫu đã điền để người dân làm theo. Chỉ ghi người và số liệu giả định.",
}
SHOWN = "Mọi người tải được sau khi tệp được quét hoặc được cho mở, và phiên bản có hiệu lực."


@require_safe
def public_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A form or sample of a published version, for everybody."""
    found = queries.access_public_file(pk, kind, today())
    return redirect(url_for(found.file, request.user))


@page
def paper_file(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """A form or sample, for officers."""
    return redirect(url_for(queries.access_paper_file(pk, kind).file, request.user))


@page
def decision_file(request: StaffRequest, pk: int) -> HttpResponse:
    """The scan of a decision."""
    found = queries.file_of(access_decision(pk))
    if found is None:
        raise NotFound("Quyết định này chưa có bản quét.")
    return redirect(url_for(found, request.user))


@form_view(P.CATALOGUE_EDIT, top=True)
def attach(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """Attach a form or a sample to a paper."""
    file_kind, paper = queries.kind_of(kind), queries.access_paper(pk)
    form = FileForm(sent(request), uploaded(request))
    if ready(request, form) and done(
        request, form, actions.attach_file, pk, file_kind, form.cleaned_data["file"]
    ):
        return went(request, "Đã lưu tệp.", *_sheet_of(paper))
    title = f"{file_kind.label}: {paper.form_name or paper.name}"
    name, *args = _sheet_of(paper)
    back = reverse(name, args=args)
    return form_page(request, form, title, back=back, note=f"{HINTS[file_kind]} {SHOWN}", submit="Tải lên")


@button
def remove(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """Take a form or a sample away from a paper of a draft."""
    paper = actions.remove_file(pk, queries.kind_of(kind), actor=request.user, at=now())
    return went(request, "Đã gỡ tệp.", *_sheet_of(paper))


def _sheet_of(paper: Paper) -> tuple[str, ...]:
    """Where a paper's version is looked at."""
    version = paper.version
    if version.status == ProcedureVersion.Status.DRAFT:
        return "procedures:draft", version.procedure.code
    return "procedures:version", version.procedure.code, str(version.number)


@form_view(P.CATALOGUE_PUBLISH, top=True)
def attach_decision(request: StaffRequest, pk: int) -> HttpResponse:
    """Put the scan of a decision beside it."""
    decision = access_decision(pk)
    form = FileForm(sent(request), uploaded(request))
    if ready(request, form) and done(request, form, actions.attach_decision, pk, form.cleaned_data["file"]):
        return went(request, "Đã lưu bản quét.", "procedures:decision", pk)
    back = reverse("procedures:decision", args=[pk])
    return form_page(request, form, f"Bản quét {decision.number}", back=back, submit="Tải lên")
