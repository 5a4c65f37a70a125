"""Forgetting who sent a feedback; what was said and answered stays."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.feedback.models import Sender
from motcua.feedback.queries.retention import BLANK, old_senders


@transaction.atomic
def forget_senders(*, before: datetime, most: int, actor: User | None) -> int:
    """Blank the senders of feedback that ended before a moment, at most so many. How many."""
    keys = list(old_senders(before).order_by("pk").values_list("pk", flat=True)[:most])
    return Sender.objects.filter(pk__in=keys).update(**BLANK)
