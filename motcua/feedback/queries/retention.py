"""Senders whose names were kept long enough, and the feedback of one person."""

from datetime import datetime

from django.db.models import Q, QuerySet

from motcua.accounts.models import Profile
from motcua.feedback.models import Feedback, Sender
from motcua.feedback.rules.states import OPEN

BLANK = {"name": "", "phone": "", "email": "", "address": "", "confirm_hash": "", "wants_messages": False}


def old_senders(before: datetime) -> QuerySet[Sender]:
    """Senders of feedback that was answered or ended before a moment, as far as they are still named."""
    done = Q(feedback__answered_at__lt=before) | Q(feedback__answered_at=None, feedback__ended_at__lt=before)
    open_ = Q(feedback__state__in=[state.value for state in OPEN])
    named = ~Q(name="", phone="", email="", address="")
    return Sender.objects.filter(done, named).exclude(open_)


def feedback_of(profile: Profile) -> QuerySet[Feedback]:
    """What was sent with a phone number or mailbox that the sender has confirmed and that this person has proven."""
    mine = Q(pk=None)
    if profile.phone:
        mine |= Q(sender__phone=profile.phone)
    if profile.email:
        mine |= Q(sender__email=profile.email)
    rows = Feedback.objects.filter(mine, sender__confirmed_at__isnull=False)
    return rows.select_related("agency", "topic").order_by("-pk")
