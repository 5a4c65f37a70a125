"""The process editor: stages and tasks, live totals, holes, a drawing, publication."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from motcua.agencies.queries import agencies_at
from motcua.agencies.rules.permissions import Permission
from motcua.core.moments import now, today
from motcua.procedures import actions, queries
from motcua.procedures.forms.processes import PublishForm, StageForm, StartForm, TaskForm
from motcua.procedures.models import Process
from motcua.procedures.queries.access import may_in, require_in
from motcua.procedures.queries.process_checks import process_sheet
from motcua.procedures.views.common import (
    StaffRequest,
    button,
    done,
    form_page,
    form_view,
    my_agencies,
    page,
    ready,
    sent,
    went,
)


@page
def process(request: StaffRequest, pk: int) -> HttpResponse:
    """A process: drawn, summed up, checked; with its editor while it is a draft."""
    found = queries.access_process(pk)
    sheet = process_sheet(found, today())
    mine = may_in(request.authority, Permission.PROCESS_EDIT, found.agency)
    editable = mine and found.status == Process.Status.DRAFT
    context = {"sheet": sheet, "process": found, "editable": editable, "stage_form": StageForm()}
    return render(request, "procedures/process.html", context)


def _own(request: StaffRequest, pk: int) -> Process:
    """The process, for who may edit it. Raises NotFound."""
    found = queries.access_process(pk)
    require_in(request.authority, Permission.PROCESS_EDIT, found.agency)
    return found


def _page_of(pk: int) -> str:
    return reverse("procedures:process", args=[pk])


@form_view(Permission.PROCESS_EDIT)
def start(request: StaffRequest, code: str) -> HttpResponse:
    """Begin a draft for an agency, from the process in force there."""
    procedure = queries.access_procedure(code)
    model = may_in(request.authority, Permission.PROCESS_EDIT, None)
    form = StartForm(sent(request), agencies=my_agencies(request, Permission.PROCESS_EDIT), model=model)
    if ready(request, form):
        made = done(request, form, actions.draft_process, code, form.cleaned_data["agency"])
        if made:
            return went(request, "Đã lập dự thảo quy trình.", "procedures:process", made.pk)
    note = "Dự thảo chép từ quy trình đang áp dụng tại cơ quan; chưa có thì để trống."
    back = reverse("procedures:procedure", args=[procedure.code])
    return form_page(
        request, form, f"Quy trình nội bộ: {procedure.code}", back=back, submit="Lập dự thảo", note=note
    )


@form_view(Permission.PROCESS_EDIT)
def add_stage(request: StaffRequest, pk: int) -> HttpResponse:
    """Add a stage at the end."""
    _own(request, pk)
    form = StageForm(sent(request))
    if ready(request, form):
        data = form.cleaned_data
        if done(request, form, actions.add_stage, pk, data["name"], data["kind"]):
            return redirect(_page_of(pk))
    return form_page(request, form, "Thêm bước", back=_page_of(pk))


@form_view(Permission.PROCESS_EDIT)
def edit_stage(request: StaffRequest, pk: int, stage_pk: int) -> HttpResponse:
    """Change a stage's name and kind."""
    _own(request, pk)
    stage = queries.access_stage(pk, stage_pk)
    form = StageForm(sent(request), initial={"name": stage.name, "kind": stage.kind})
    if ready(request, form):
        data = form.cleaned_data
        if done(request, form, actions.edit_stage, pk, stage_pk, data["name"], data["kind"]):
            return redirect(_page_of(pk))
    return form_page(request, form, f"Sửa bước {stage.position}", back=_page_of(pk))


@button
def move_stage(request: StaffRequest, pk: int, stage_pk: int, position: int) -> HttpResponse:
    """Put a stage at another position."""
    actions.move_stage(pk, stage_pk, position, actor=request.user, at=now())
    return redirect(_page_of(pk))


@button
def remove_stage(request: StaffRequest, pk: int, stage_pk: int) -> HttpResponse:
    """Take a stage out."""
    actions.remove_stage(pk, stage_pk, actor=request.user, at=now())
    return redirect(_page_of(pk))


@form_view(Permission.PROCESS_EDIT)
def add_task(request: StaffRequest, pk: int, stage_pk: int) -> HttpResponse:
    """Add a task to a stage."""
    _own(request, pk)
    queries.access_stage(pk, stage_pk)
    form = TaskForm.of(None, sent(request), agencies_at(today()).order_by("path"))
    if ready(request, form) and done(request, form, actions.add_task, pk, stage_pk, form.task()):
        return redirect(_page_of(pk))
    return form_page(request, form, "Thêm công việc", back=_page_of(pk))


@form_view(Permission.PROCESS_EDIT)
def edit_task(request: StaffRequest, pk: int, task_pk: int) -> HttpResponse:
    """Change a task."""
    _own(request, pk)
    task = queries.access_task(pk, task_pk)
    form = TaskForm.of(task, sent(request), agencies_at(today()).order_by("path"))
    if ready(request, form) and done(request, form, actions.edit_task, pk, task_pk, form.task()):
        return redirect(_page_of(pk))
    return form_page(request, form, "Sửa công việc", back=_page_of(pk))


@button
def remove_task(request: StaffRequest, pk: int, task_pk: int) -> HttpResponse:
    """Take a task out."""
    actions.remove_task(pk, task_pk, actor=request.user, at=now())
    return redirect(_page_of(pk))


@button
def discard(request: StaffRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    code = queries.access_process(pk).procedure.code
    actions.discard_process(pk, actor=request.user, at=now())
    return went(request, "Đã hủy dự thảo quy trình.", "procedures:procedure", code)


@form_view(Permission.PROCESS_EDIT)
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a draft into force."""
    process = _own(request, pk)
    form = PublishForm(sent(request))
    if ready(request, form):
        data = form.cleaned_data
        if done(request, form, actions.publish_process, pk, data["document"], data["valid_from"]):
            return went(request, "Đã ban hành quy trình.", "procedures:process", pk)
    note = "Quy trình đang áp dụng kết thúc vào ngày trước đó. Hồ sơ đã tiếp nhận giữ quy trình cũ."
    return form_page(
        request, form, f"Ban hành quy trình {process.procedure.code}", back=_page_of(pk), note=note
    )
