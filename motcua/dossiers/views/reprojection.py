"""After a calendar was announced or changed: the due dates of open dossiers anew, as an act of its own with its reason."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.core.moments import now
from motcua.dossiers import actions
from motcua.dossiers.forms.reprojection import ReprojectionForm

QUESTION = (
    "Hạn của hồ sơ đang giải quyết được tính lại theo lịch hiện nay. Ngày hẹn ban đầu giữ nguyên, mỗi hồ sơ thay đổi "
    "được ghi nhật ký kèm lý do. Hồ sơ đã có kết quả không thay đổi."
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reproject(request: StaffRequest) -> HttpResponse:
    """Ask for reason and document, then do it and say how many dossiers moved."""
    request.authority.require_any(Permission.CALENDAR_EDIT)
    form = ReprojectionForm(request.authority, request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        moved = attempt(
            form, actions.reproject, agency_id=typed["agency"] or None, reason=typed["reason"], document=typed["document"],
            actor=request.user, at=now(),
        )  # fmt: skip
        if moved is not None:
            messages.success(request, f"Đã tính lại hạn: {moved} hồ sơ thay đổi.")
            return redirect("dossiers:reproject")
    context = {
        "title": "Tính lại hạn theo lịch",
        "question": QUESTION,
        "form": form,
        "action": "Tính lại hạn",
    }
    return render(request, "core/confirm.html", context, status=422 if form.errors else 200)
