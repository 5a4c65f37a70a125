"""The small transactions around one try: taking messages, noting the try before the partner is asked, noting what it said.

Whatever dies in between, the rows say enough to go on: a message taken comes back when its lease ends; a try begun and
never ended counts as unclear, and the same partner is asked again with the same key.
"""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from motcua.notifications import queries
from motcua.notifications.adapters import Reply
from motcua.notifications.models import Attempt, Message, Provider, ProviderDay
from motcua.notifications.rules import retries
from motcua.notifications.rules.delivery import Outcome
from motcua.notifications.rules.masking import hush
from motcua.notifications.rules.retries import Schedule


@transaction.atomic
def take(channels: list[str], at: datetime, lease: timedelta, limit: int) -> list[Message]:
    """Due messages that are now ours until the lease ends; never any that another process has.

    Rows that others hold are skipped on PostgreSQL; on SQLite writers come one after another. On both the change itself
    says whether a row was still free.
    """
    skip = connection.features.has_select_for_update_skip_locked
    rows = queries.due(at, channels).select_for_update(of=("self",), skip_locked=skip)
    keys = list(rows.values_list("pk", flat=True)[:limit])
    if not keys:
        return []
    ours = uuid.uuid4()
    free = Message.objects.filter(pk__in=keys, state=Message.State.QUEUED, next_try_at__lte=at)
    free.update(lease=ours, next_try_at=at + lease)
    return list(Message.objects.filter(pk__in=keys, lease=ours).select_related("agency").order_by("pk"))


def put_off(messages: Sequence[Message], until: datetime) -> None:
    """Let messages wait; no try is counted."""
    for message in messages:
        _ours(message).update(lease=None, next_try_at=until)


def _ours(message: Message) -> QuerySet[Message]:
    """The row while it is still ours: who comes late changes nothing."""
    return Message.objects.filter(pk=message.pk, lease=message.lease, state=Message.State.QUEUED)


@transaction.atomic
def begin(message: Message, provider: Provider, at: datetime, lease: timedelta, day: date) -> Attempt | None:
    """Note that a provider is about to be asked. None: the message is no longer ours, or the day's cap is reached
    (`message.lease` is then kept).
    """
    if not _reserve(provider, day):
        return None
    count = _ours(message).update(
        provider=provider,
        tries=F("tries") + 1,
        first_try_at=Coalesce(F("first_try_at"), at),
        next_try_at=at + lease,
    )
    if not count:
        transaction.set_rollback(True)
        return None
    message.tries += 1
    message.first_try_at = message.first_try_at or at
    message.provider = provider
    return Attempt.objects.create(
        message=message, provider=provider, number=message.tries, started_at=at, outcome=Outcome.RUNNING
    )


def _reserve(provider: Provider, day: date) -> bool:
    """Count one message of the day; False when the cap is reached."""
    room = ProviderDay.objects.filter(provider=provider, day=day)
    if provider.daily_cap is not None:
        room = room.filter(used__lt=provider.daily_cap)
    if room.update(used=F("used") + 1):
        return True
    ProviderDay.objects.bulk_create([ProviderDay(provider=provider, day=day)], ignore_conflicts=True)
    return bool(room.update(used=F("used") + 1))


def interrupted(message: Message, at: datetime) -> None:
    """Tries that were begun and never ended: their process died, and nobody knows whether the partner has the message."""
    if message.tries:
        lost = Attempt.objects.filter(message=message, outcome=Outcome.RUNNING)
        lost.update(outcome=Outcome.UNCLEAR, ended_at=at, detail="tiến trình gửi dừng giữa chừng")


@transaction.atomic
def finish(message: Message, attempt: Attempt, reply: Reply, at: datetime, *, parts: int, day: date) -> None:
    """Note what the provider said. A report that came before our note is not undone by it."""
    detail = hush(reply.detail, message.to)[:300]
    Attempt.objects.filter(pk=attempt.pk).update(
        outcome=reply.outcome,
        ended_at=at,
        detail=detail,
        partner_reference=reply.reference[:100],
        parts=parts,
    )
    if reply.outcome == Outcome.ACCEPTED:
        # The partner has it, even when our lease has run out meanwhile.
        queued = Message.objects.filter(pk=message.pk, state=Message.State.QUEUED)
        queued.update(state=Message.State.SENT, sent_at=at, last_error="", lease=None)
    elif reply.outcome == Outcome.REFUSED:
        ProviderDay.objects.filter(provider=attempt.provider, day=day, used__gt=0).update(used=F("used") - 1)
    if reply.outcome != Outcome.ACCEPTED:
        _ours(message).update(last_error=detail or str(reply.outcome))
    _health(attempt.provider, reply.outcome, at)


def _health(provider: Provider | None, outcome: Outcome, at: datetime) -> None:
    """Leave a partner that fails again and again alone for a while, so that others are not kept waiting by it."""
    if provider is None or outcome == Outcome.IMPOSSIBLE:
        return
    row = Provider.objects.filter(pk=provider.pk)
    if outcome == Outcome.ACCEPTED:
        if provider.failures or provider.rest_until:
            row.update(failures=0, rest_until=None)
            provider.failures, provider.rest_until = 0, None
        return
    provider.failures = min(provider.failures + 1, 1000)
    pause = retries.rest(provider.failures)
    provider.rest_until = at + pause if pause else None
    row.update(failures=provider.failures, rest_until=provider.rest_until)


def later(message: Message, schedule: Schedule, at: datetime) -> None:
    """Try again after a pause; when the whole time is used up, it is a dead letter for staff to look at."""
    if schedule.gives_up(message.first_try_at, at):
        _ours(message).update(state=Message.State.FAILED, lease=None)
    else:
        _ours(message).update(lease=None, next_try_at=at + schedule.pause(message.tries))


def dead(message: Message) -> None:
    """Nobody can reach this address: a dead letter at once."""
    _ours(message).update(state=Message.State.FAILED, lease=None)
