"""Counts kept ready: made from the dossiers some days after each half of a month, thrown away and made again at will.

Nothing that anybody answers for changes, so the log tells nothing of it.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Min

from motcua.accounts.models import User
from motcua.core.moments import legal_date
from motcua.dossiers.models import Dossier
from motcua.statistics import stale
from motcua.statistics.models import CountState, HalfCount
from motcua.statistics.queries.counts_check import counted
from motcua.statistics.queries.kept_counts import closing
from motcua.statistics.rules.halves import half_of
from motcua.statistics.rules.periods import Window

SETTLED = timedelta(days=3)  # what was entered late is in by then
MOST = 5000  # rows in one INSERT


def keep_counts(*, actor: User | None, at: datetime) -> int:
    """Keep the counts of every half that ended some days ago and is not kept yet, each in a transaction of its own. Returns
    how many were made.
    """
    made = 0
    while _keep_next(at):
        made += 1
    return made


@transaction.atomic
def rebuild_counts(*, actor: User | None, at: datetime) -> int:
    """Throw away what is kept and make it anew from the dossiers, all or nothing."""
    _alone()
    HalfCount.objects.all().delete()
    CountState.objects.update(since=None, until=None)
    return keep_counts(actor=actor, at=at)


@transaction.atomic
def _keep_next(at: datetime) -> bool:
    _alone()
    state = CountState.objects.get_or_create(pk=1)[0]
    day = _first_day() if state.until is None or state.since is None else legal_date(state.until)
    if day is None or (half := half_of(day)).end + SETTLED >= legal_date(at):
        return False
    HalfCount.objects.filter(start__gte=half.start).delete()
    HalfCount.objects.bulk_create(_rows(half, at), batch_size=MOST)
    since = half.start if state.until is None else min(state.since or half.start, half.start)
    CountState.objects.filter(pk=1).update(since=since, until=closing(half))
    return True


def _alone() -> None:
    """On PostgreSQL wait for late writers, and let none in until this transaction ends; SQLite has one writer at a time."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [stale.LOCK])


def _first_day() -> date | None:
    """The first day on which anything was filed or received."""
    found = Dossier.objects.aggregate(filed=Min("submitted_at"), received=Min("received_at"))
    moments = [moment for moment in found.values() if moment]
    return legal_date(min(moments)) if moments else None


def _rows(half: Window, at: datetime) -> Iterator[HalfCount]:
    for (agency, field, test), number in counted(half, at=at).items():
        yield HalfCount(agency_id=agency, field_id=field, test=test, start=half.start, count=number)
