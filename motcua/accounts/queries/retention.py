"""What was kept long enough."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from motcua.accounts.models import Invitation, OneTimeCode
from motcua.accounts.rules.codes import DAY


def old_codes(before: datetime) -> QuerySet[OneTimeCode]:
    """One-time codes made before a moment; never younger than the limits look back."""
    return OneTimeCode.objects.filter(created_at__lt=before - DAY)


def old_sessions(before: datetime) -> QuerySet[Session]:
    """Sessions that ended before a moment."""
    return Session.objects.filter(expire_date__lt=before)


def old_attempts(model: Any, before: datetime) -> QuerySet[Any]:
    """Notes of sign-ins from before a moment, of one of the tables of axes."""
    rows: QuerySet[Any] = model.objects.filter(attempt_time__lt=before)
    return rows


def old_invitations(before: datetime) -> QuerySet[Invitation]:
    """Invitations that were answered, called off or ran out before a moment and still hold an address."""
    done = Q(ended_at__lt=before) | Q(ended_at=None, expires_at__lt=before)
    return Invitation.objects.filter(done).exclude(phone="", email="")
