"""The outbox, one message's history, and one's own messages."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core import web
from motcua.core.moments import now, today
from motcua.notifications import actions, queries
from motcua.notifications.forms import FilterForm


@login_required
@require_safe
def outbox(request: StaffRequest) -> HttpResponse:
    """Messages of the agencies that I manage; those that failed first when asked for."""
    request.authority.require_any(Permission.NOTIFICATION_MANAGE)
    wanted = queries.filters_of(request.GET)
    found = queries.outbox(request.authority, wanted)
    context = {
        "page": web.page(request, found),
        "tabs": queries.outbox_tabs(request.authority, wanted),
        "wanted": wanted,
        "form": FilterForm(request.GET),
        "open_channels": {provider.channel for provider in queries.providers_at(today())},
    }
    return render(request, "notifications/outbox.html", context)


@login_required
@require_safe
def message(request: StaffRequest, message_id: int) -> HttpResponse:
    """What became of one message: every try, every report of the partner."""
    request.authority.require_any(Permission.NOTIFICATION_MANAGE)
    found = queries.access_message(request.authority, message_id)
    context = {"message": found, "steps": queries.history_of(found)}
    return render(request, "notifications/message.html", context)


@login_required
@require_POST
def send_again(request: StaffRequest, message_id: int) -> HttpResponse:
    """Put a failed message back into the queue."""
    actions.send_again(message_id, actor=request.user, at=now())
    messages.success(request, "Đã đưa tin nhắn trở lại hàng chờ gửi.")
    return redirect("notifications:outbox")


@login_required
@require_POST
def send_all_again(request: StaffRequest) -> HttpResponse:
    """Put everything that failed back into the queue."""
    request.authority.require_any(Permission.NOTIFICATION_MANAGE)
    number = actions.send_all_again(actor=request.user, at=now())
    messages.success(request, f"Đã đưa {number} tin nhắn trở lại hàng chờ gửi.")
    return redirect("notifications:outbox")


@login_required
@require_safe
def mine(request: StaffRequest) -> HttpResponse:
    """Messages to me inside the software; seen ones are marked as read."""
    page = web.page(request, queries.inbox_of(request.user))
    response = render(request, "notifications/mine.html", {"page": page})
    actions.mark_read(actor=request.user, at=now())
    return response
