"""Reading the outbox."""

from datetime import datetime

from django.db.models import QuerySet

from motcua.accounts.models import User
from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.notifications.models import Message, Template


def messages_of(reference: str) -> QuerySet[Message]:
    """Messages about one record, oldest first."""
    return Message.objects.filter(reference=reference).order_by("id")


def inbox_of(user: User) -> QuerySet[Message]:
    """Messages inside the software to one person, newest first."""
    return Message.objects.filter(channel=Template.Channel.APP, to=user.username).order_by("-id")


def due(at: datetime, channels: list[str]) -> QuerySet[Message]:
    """Messages that should go out now on these channels, longest waiting first."""
    queued = Message.objects.filter(state=Message.State.QUEUED, next_try_at__lte=at, channel__in=channels)
    return queued.order_by("next_try_at", "id")


def outbox(authority: Authority) -> QuerySet[Message]:
    """Messages of the agencies where this person manages them, newest first."""
    seen = Message.objects.filter(authority.where(Permission.NOTIFICATION_MANAGE, "agency"))
    return seen.select_related("agency").order_by("-id")


def access_message(authority: Authority, message_id: int) -> Message:
    """A message that this person manages. Raises NotFound."""
    if found := outbox(authority).filter(pk=message_id).first():
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
