"""Into which partitions the dossiers fall, which years changed, and the small lists that name things."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from django.db import connections, router, transaction
from django.db.models import Max, Min, Q

from motcua.agencies.models import Agency, DatedSetting
from motcua.agencies.rules.codes import is_valid_code, to_new
from motcua.audit.models import Event
from motcua.core.moments import legal_date
from motcua.dossiers.models import Dossier
from motcua.procedures.models import Field, ProcedureVersion
from motcua.statistics.queries.standing import midnight

BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)
SETTINGS = ("standing_granularity",)
# What changes the past of dossiers that it does not name: where agencies stand and are seated.
_EVERYWHERE = ("seat.", "office.", "agency.", "assignment.carried")


@dataclass(frozen=True)
class Root:
    """The top of a tree of agencies, as a rule a province."""

    pk: int
    path: str
    name: str  # as partitions call it: H40

    @cached_property
    def agencies(self) -> dict[int, Agency]:
        """Every agency, of other trees too: work may have been carried over from there."""
        return Agency.objects.in_bulk()


def root_agencies() -> list[Agency]:
    """The agencies at the top of each tree."""
    return list(Agency.objects.filter(parent=None).order_by("pk"))


def roots() -> list[Root]:
    """The trees of agencies, each with a name of its own."""
    found: dict[str, Root] = {}
    for agency in root_agencies():
        code = to_new(agency.code) if is_valid_code(agency.code) else f"don-vi-{agency.pk}"
        name = f"{code}-{agency.pk}" if code in found else code
        found[name] = Root(agency.pk, agency.path, name)
    return list(found.values())


def in_year(year: int) -> Q:
    """Received in a year, or not received and filed in it; by the legal date."""
    days = (midnight(date(year, 1, 1)), midnight(date(year + 1, 1, 1)))
    received = Q(received_at__gte=days[0], received_at__lt=days[1])
    return received | Q(received_at=None, submitted_at__gte=days[0], submitted_at__lt=days[1])


def all_years() -> list[int]:
    """From the first to the last year that has dossiers."""
    ends = Dossier.objects.aggregate(
        Min("received_at"), Max("received_at"), Min("submitted_at"), Max("submitted_at")
    )
    years = [legal_date(moment).year for moment in ends.values() if moment]
    return list(range(min(years), max(years) + 1)) if years else []


def years_of(ids: list[int]) -> set[int]:
    """The years of dossiers, and those in which they stood before they were received."""
    rows = Dossier.objects.filter(pk__in=ids).order_by().values_list("received_at", "submitted_at")
    return {legal_date(moment).year for row in rows for moment in row if moment}


def changed_everywhere(since: datetime) -> bool:
    """Whether agencies or seats changed: what was counted for any year may be counted otherwise."""
    kinds = Q(pk__in=[])
    for start in _EVERYWHERE:
        kinds |= Q(kind__startswith=start)
    return Event.objects.filter(kinds, at__gte=since).exists()


def lists() -> dict[str, list[tuple[Any, ...]]]:
    """The rows of the small tables."""
    agencies = Agency.objects.order_by("pk").values_list(
        "pk",
        "code",
        "name",
        "kind",
        "level__code",
        "level__rank",
        "parent_id",
        "path",
        "successor_id",
        "valid_from",
        "valid_to",
    )
    versions = ProcedureVersion.objects.exclude(status="draft").order_by("procedure_id", "number")
    settings = DatedSetting.objects.filter(key__in=SETTINGS).order_by("pk")
    rows = settings.values_list("pk", "key", "agency_id", "value", "valid_from", "valid_to")
    return {
        "agencies": list(agencies),
        "fields": list(Field.objects.order_by("pk").values_list("pk", "name")),
        "procedures": list(
            versions.values_list("procedure_id", "procedure__code", "number", "name", "valid_from")
        ),
        "settings": [(*row[:3], json.dumps(row[3]), *row[4:]) for row in rows],
    }


@contextmanager
def one_moment() -> Iterator[None]:
    """All reads inside see the database (or its replica) as it was when the first one was made; nobody who writes has to wait."""
    connection = connections[router.db_for_read(Dossier)]
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(using=connection.alias):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")
