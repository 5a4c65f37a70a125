"""Reading the outbox."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from motcua.accounts.models import User
from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.core.web import count_text, count_up_to
from motcua.notifications.models import Message, Template
from motcua.notifications.rules import texts


def inbox_of(user: User) -> QuerySet[Message]:
    """Messages inside the software to one person, newest first."""
    return Message.objects.filter(channel=Template.Channel.APP, to=user.username).order_by("-id")


def due(at: datetime, channels: list[str]) -> QuerySet[Message]:
    """Messages that should go out now on these channels, longest waiting first."""
    queued = Message.objects.filter(state=Message.State.QUEUED, next_try_at__lte=at, channel__in=channels)
    return queued.order_by("next_try_at", "id")


def outbox(authority: Authority, state: str = "") -> QuerySet[Message]:
    """Messages of the agencies where this person manages them, newest first; of one state when it is given."""
    seen = Message.objects.filter(authority.where(Permission.NOTIFICATION_MANAGE, "agency"))
    if state in Message.State.values:
        seen = seen.filter(state=state)
    return seen.select_related("agency").order_by("-id")


def outbox_tabs(authority: Authority, state: str) -> list[dict[str, Any]]:
    """Tabs over the outbox; what waits and what failed are counted."""
    counted = (Message.State.QUEUED, Message.State.FAILED)
    tabs: list[dict[str, Any]] = [{"label": "Tất cả", "href": "?", "active": not state, "count": None}]
    for one in counted:
        number = count_text(count_up_to(outbox(authority, one)))
        tabs.append({"label": one.label, "href": f"?xem={one}", "active": state == one, "count": number})
    return tabs


def sample(template: Template) -> str:
    """What a template looks like when filled."""
    context = {
        "code": "H40.12-261123-0007",
        "link": "https://…",
        "due": "30/11/2026",
        "office": "Bộ phận Một cửa",
    }
    return texts.fill(template.body, context)


def lock_message(authority: Authority, message_id: int) -> Message:
    """A message that this person manages, locked. Raises NotFound. For actions."""
    rows = outbox(authority).select_for_update(of=("self",))
    if found := rows.filter(pk=message_id).first():
        return found
    raise NotFound()


def templates() -> QuerySet[Template]:
    """All templates by kind and channel."""
    return Template.objects.all()


def access_template(template_id: int) -> Template:
    """One template. Raises NotFound."""
    if found := Template.objects.filter(pk=template_id).first():
        return found
    raise NotFound()
