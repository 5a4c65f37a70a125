"""Texts that an agency keeps for its officers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.queries import agencies_at
from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.core.moments import now, today
from motcua.dossiers import actions
from motcua.dossiers.forms import ReplyForm
from motcua.dossiers.queries.replies import KEEPER, access_reply, kept_replies


@login_required
@require_safe
def replies(request: StaffRequest) -> HttpResponse:
    """The texts that I may change, by agency."""
    request.authority.require_any(KEEPER)
    return render(request, "dossiers/replies.html", {"replies": kept_replies(request.authority)[:500]})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reply_new(request: StaffRequest) -> HttpResponse:
    """Keep a new text."""
    request.authority.require_any(KEEPER)
    agencies = agencies_at(today()).filter(request.authority.where(KEEPER))
    form = ReplyForm(_data(request), agencies=agencies, initial={"agency": request.authority.main_agency_id})
    if form.is_bound and form.is_valid():
        attempt(form, actions.write_reply, **form.cleaned_data, actor=request.user, at=now())
    return _page(request, form, "Thêm mẫu trả lời")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: StaffRequest, reply_id: int) -> HttpResponse:
    """Change a text."""
    found = access_reply(request.authority, reply_id)
    form = ReplyForm(_data(request), initial={"kind": found.kind, "title": found.title, "body": found.body})
    if form.is_bound and form.is_valid():
        attempt(form, actions.change_reply, found.pk, **form.cleaned_data, actor=request.user, at=now())
    return _page(request, form, f"Sửa mẫu: {found.title}", reply=found)


def _data(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _page(request: StaffRequest, form: ReplyForm, title: str, **more: Any) -> HttpResponse:
    """Back to the list when the form went through; else the form, 422 when it was refused."""
    if form.is_bound and not form.errors:
        messages.success(request, f"Đã lưu mẫu “{form.cleaned_data['title']}”.")
        return redirect("dossiers:replies")
    context = {"form": form, "title": title, **more}
    return render(request, "dossiers/reply.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reply_drop(request: StaffRequest, reply_id: int) -> HttpResponse:
    """Drop a text after asking."""
    found = access_reply(request.authority, reply_id)
    if request.method == "POST":
        actions.drop_reply(found.pk, actor=request.user, at=now())
        messages.success(request, f"Đã xóa mẫu “{found.title}”.")
        return redirect("dossiers:replies")
    context = {
        "title": f"Xóa mẫu: {found.title}",
        "question": "Phiếu và tin đã gửi theo mẫu này vẫn giữ nguyên.",
        "action": "Xóa mẫu",
        "danger": True,
        "back_url": reverse("dossiers:replies"),
    }
    return render(request, "core/confirm.html", context)
