"""The outbox, the words of messages, and one's own messages."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.acting import reaches_everywhere
from motcua.agencies.rules.permissions import Permission
from motcua.core import web
from motcua.core.moments import now
from motcua.core.pages import data, done, went
from motcua.notifications import actions, channels, queries
from motcua.notifications.forms import TemplateForm


@login_required
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Messages of the agencies that I manage; those that failed first when asked for."""
    request.authority.require_any(Permission.NOTIFICATION_MANAGE)
    state = request.GET.get("xem", "")
    found = queries.outbox(request.authority, state)
    context = {
        "page": web.page(request, found),
        "tabs": queries.outbox_tabs(request.authority, state),
        "open_channels": list(channels.open_channels()),
    }
    return render(request, "notifications/outbox.html", context)


@login_required
@require_POST
def send_again(request: HttpRequest, message_id: int) -> HttpResponse:
    """Put a failed message back into the queue."""
    actions.send_again(message_id, actor=request.user, at=now())
    messages.success(request, "Đã đưa tin nhắn trở lại hàng chờ gửi.")
    return redirect("notifications:outbox")


@login_required
@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """All texts."""
    request.authority.require_any(Permission.NOTIFICATION_MANAGE)
    return render(request, "notifications/templates.html", {"templates": queries.templates()})


@login_required
@require_http_methods(["GET", "POST"])
def template(request: HttpRequest, template_id: int) -> HttpResponse:
    """Change one text."""
    request.authority.require_any(Permission.NOTIFICATION_MANAGE)
    found = queries.access_template(template_id)
    initial = {"subject": found.subject, "body": found.body, "is_active": found.is_active}
    form = TemplateForm(data(request), initial=initial)
    if done(request, form, actions.change_template, found.pk, at=now()):
        return went(request, f"Đã lưu mẫu {found}.", reverse("notifications:templates"))
    may_change = reaches_everywhere(request.authority, Permission.NOTIFICATION_MANAGE)
    context = {"form": form, "template": found, "sample": queries.sample(found), "may_change": may_change}
    return render(request, "notifications/template.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Messages to me inside the software; seen ones are marked as read."""
    page = web.page(request, queries.inbox_of(request.user))
    response = render(request, "notifications/mine.html", {"page": page})
    actions.mark_read(actor=request.user, at=now())
    return response
