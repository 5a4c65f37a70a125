"""What is thrown away when it was kept long enough. Who may and how long is decided above (`privacy`); each act takes the moment
before which a row is old, and at most so many rows.
"""

from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet

from motcua.accounts.models import Invitation, User
from motcua.accounts.queries.retention import old_attempts, old_invitations, old_sessions


def _delete(rows: QuerySet[Any], most: int) -> int:
    """Delete at most so many rows; how many."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:most])
    rows.model._default_manager.filter(pk__in=keys).delete()
    return len(keys)


@transaction.atomic
def forget_sessions(*, before: datetime, most: int, actor: User | None) -> int:
    """Delete sessions that ended before a moment, with what was noted of their devices. How many."""
    keys = list(old_sessions(before).values_list("session_key", flat=True)[:most])
    UserSession.objects.filter(session_key__in=keys).delete()
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)


@transaction.atomic
def forget_attempts(*, before: datetime, most: int, actor: User | None) -> int:
    """Delete what was noted of sign-ins of staff and their failures: names, network addresses, browsers. How many."""
    return sum(
        _delete(old_attempts(model, before), most) for model in (AccessAttempt, AccessLog, AccessFailureLog)
    )


@transaction.atomic
def blank_invitations(*, before: datetime, most: int, actor: User | None) -> int:
    """Blank the addresses of invitations that ended or ran out before a moment. How many."""
    keys = list(old_invitations(before).order_by("pk").values_list("pk", flat=True)[:most])
    return (
        Invitation.objects.filter(pk__in=keys).exclude(Q(phone="") & Q(email="")).update(phone="", email="")
    )
