"""Emptying messages: that one was sent, of which kind and when stays; its words and its address go."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.notifications.models import Attempt, Message
from motcua.notifications.queries.retention import DONE, messages_to, old_messages


@transaction.atomic
def blank_messages(*, before: datetime, most: int, actor: User | None) -> int:
    """Empty messages made before a moment, at most so many; none that still waits to be sent. How many."""
    return _blank(list(old_messages(before).order_by("pk").values_list("pk", flat=True)[:most]))


@transaction.atomic
def blank_messages_to(addresses: Iterable[str], *, actor: User, at: datetime) -> int:
    """Empty what was sent to addresses before a moment, on the person's request. How many."""
    rows = messages_to(addresses).filter(state__in=DONE, created_at__lt=at)
    return _blank(list(rows.values_list("pk", flat=True)))


def _blank(keys: list[int]) -> int:
    Attempt.objects.filter(message_id__in=keys).update(detail="")
    return Message.objects.filter(pk__in=keys).update(to="", subject="", body="", calendar=None)
