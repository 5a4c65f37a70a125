"""Messages that were kept long enough, and those of one person."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from motcua.notifications.models import Message

DONE = (Message.State.SENT, Message.State.DELIVERED, Message.State.FAILED, Message.State.SKIPPED)


def old_messages(before: datetime) -> QuerySet[Message]:
    """Messages made before a moment that wait for nothing and still say something or whom they went to."""
    return Message.objects.filter(state__in=DONE, created_at__lt=before).exclude(body="", to="")


def messages_to(addresses: Iterable[str]) -> QuerySet[Message]:
    """What was sent to addresses (phone, mailbox, inbox of an account), the newest first, as far as it still says something."""
    wanted = [one for one in addresses if one]
    return Message.objects.filter(to__in=wanted).exclude(body="").order_by("-pk")
