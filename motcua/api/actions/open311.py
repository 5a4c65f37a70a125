"""A request that another programme sends in."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.api.models import ApiKey, SentRequest
from motcua.feedback.actions import Receipt, send
from motcua.feedback.rules.sending import FeedbackData


@transaction.atomic
def post_request(key: ApiKey, data: FeedbackData, *, actor: User | None, at: datetime) -> Receipt:
    """Enter a feedback that came by a partner's key, and note whose it is. `actor` is None: nobody of ours did it."""
    receipt = send(data, actor=actor, at=at)
    SentRequest.objects.get_or_create(feedback=receipt.feedback, defaults={"key": key, "at": at})
    return receipt
