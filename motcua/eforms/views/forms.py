"""The list of forms; one form with its versions; drafting, publishing, binding, files."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.core import web
from motcua.core.errors import NotFound
from motcua.core.moments import now, today
from motcua.eforms import actions, queries
from motcua.eforms.forms import BindForm, FileForm, NameForm
from motcua.eforms.models import FormVersion
from motcua.eforms.rules.expressions import HELP
from motcua.eforms.rules.files import FILE_BYTES
from motcua.eforms.rules.types import LABELS, FieldType
from motcua.eforms.views.common import (
    StaffRequest,
    button,
    data,
    done,
    draft_of,
    form_page,
    form_view,
    may_publish,
    page,
    went,
)


@page
def listing(request: StaffRequest) -> HttpResponse:
    """All forms."""
    return render(request, "eforms/list.html", {"page": web.page(request, queries.forms_list())})


@form_view
def new(request: StaffRequest) -> HttpResponse:
    """A new form."""
    form = NameForm(data(request))
    if made := done(request, form, actions.create_form, form.data.get("name", "")):
        return went(
            request, "Đã lập tờ khai. Thêm các mục và câu hỏi.", "version", made.form.code, made.number
        )
    return form_page(request, form, "Lập tờ khai điện tử", back=reverse("eforms:list"), submit="Lập tờ khai")


@form_view
def take(request: StaffRequest) -> HttpResponse:
    """A form from a file."""
    form = FileForm(data(request), request.FILES if request.method == "POST" else None)
    code = request.GET.get("to-khai", "")
    if form.is_bound and form.is_valid():
        content = form.cleaned_data["file"].read(FILE_BYTES + 1)
        if made := done(request, form, actions.import_form, content, code=code):
            return went(request, "Đã nhập tệp thành dự thảo.", "version", made.form.code, made.number)
    note = "Tệp được kiểm tra toàn bộ trước; có lỗi thì không ghi gì."
    return form_page(
        request, form, "Nhập tờ khai từ tệp", back=reverse("eforms:list"), submit="Nhập", note=note
    )


@page
def one(request: StaffRequest, code: str) -> HttpResponse:
    """One form: its versions and the procedures filed with it."""
    form = queries.access_form(code)
    versions = queries.versions_of(form)
    context = {
        "form_": form,
        "versions": versions,
        "draft": next((one for one in versions if one.status == FormVersion.Status.DRAFT), None),
        "bindings": queries.bindings_of(form),
        "may_publish": may_publish(request),
    }
    return render(request, "eforms/form.html", context)


@page
def version(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """One version: every question in order; of a draft with what is wrong and with its tools."""
    found = queries.access_version(code, number)
    schema, faults = queries.draft_schema(found)
    is_draft = found.status == FormVersion.Status.DRAFT
    context: dict[str, Any] = {
        "version": found,
        "schema": schema,
        "faults": faults if is_draft else [],
        "is_draft": is_draft,
        "types": [(type_.value, LABELS[type_]) for type_ in FieldType],
        "may_publish": may_publish(request),
        "help_lines": HELP,
    }
    return render(request, "eforms/version.html", context)


@page
def give(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """Download a version as a file."""
    found = queries.access_version(code, number)
    headers = {"Content-Disposition": f'attachment; filename="{found.form.code}-{found.number}.json"'}
    return HttpResponse(queries.file_of(found), content_type="application/json", headers=headers)


@button
def draft(request: StaffRequest, code: str) -> HttpResponse:
    """Begin a draft of the next version."""
    made = actions.start_draft(code, actor=request.user, at=now())
    return went(request, "Đã lập dự thảo từ phiên bản trước.", "version", code, made.number)


@button
def discard(request: StaffRequest, code: str) -> HttpResponse:
    """Throw the draft away."""
    if actions.discard_draft(code, actor=request.user, at=now()):
        return went(request, "Đã hủy dự thảo.", "form", code)
    return went(request, "Đã hủy tờ khai chưa ban hành.", "list")


@button
def publish(request: StaffRequest, code: str) -> HttpResponse:
    """Freeze the draft; its faults are on its page."""
    draft_of(code)
    made = actions.publish(code, actor=request.user, at=now())
    return went(request, "Đã ban hành. Phiên bản này không sửa được nữa.", "version", code, made.number)


@form_view
def bind(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """File a procedure with this version from now on."""
    found = queries.access_version(code, number)
    if not may_publish(request):
        raise NotFound()
    form = BindForm(data(request), version_of=lambda text: queries.procedure_version_to_bind(text, today()))
    if form.is_bound and form.is_valid() and form.version:
        values = {"paper_id": form.cleaned_data["paper_id"]}
        if done(request, form, actions.bind, form.version.pk, found.pk, **values):
            return went(request, f"Đã gắn với thủ tục {form.cleaned_data['procedure']}.", "form", code)
    back = reverse("eforms:version", args=[code, number])
    note = "Gắn từ phiên bản thủ tục đang hiệu lực trở đi, cho đến khi gắn tờ khai khác."
    return form_page(request, form, f"Gắn với thủ tục: {found}", back=back, submit="Gắn", note=note)


@button
def unbind(request: StaffRequest, code: str, binding: int) -> HttpResponse:
    """File a procedure with no form from now on."""
    found = queries.access_binding(code, binding)
    actions.bind(found.version_id, None, actor=request.user, at=now())
    return went(request, "Đã thôi dùng tờ khai cho thủ tục này.", "form", code)
