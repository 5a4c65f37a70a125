"""The rows of the lake, read from the database in batches: memory does not grow with the number of dossiers.

What a dossier's row says of itself for ever (how it ended, whether it was received away from home) is asked of the same expressions
that count figures; what held only for a time becomes spells (`rules.spells`).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from django.db.models import Case, Min, Q, QuerySet, When

from motcua.agencies.models import Agency
from motcua.audit.models import Event
from motcua.core.moments import legal_date
from motcua.dossiers.models import (
    ClockEntry,
    Dossier,
    DossierTask,
    ErrorCorrection,
    FormerResolver,
    Notice,
    PostalItem,
    SupplementRequest,
)
from motcua.dossiers.queries.papers import is_digitised
from motcua.payments.models import Receipt, ReceiptLine
from motcua.statistics.queries.facets import facets
from motcua.statistics.queries.lake_places import BEGINNING, Root, in_year
from motcua.statistics.queries.pseudonyms import officer
from motcua.statistics.queries.standing import Bounds, standing
from motcua.statistics.rules import spells as rules
from motcua.statistics.rules.lake import DOSSIERS, PARTIES
from motcua.statistics.rules.meaning import Facet
from motcua.statistics.rules.spells import Asking, Entry, Spell

BATCH = 5_000
Row = tuple[Any, ...]
Batch = dict[str, list[Row]]  # the rows of each table
# Columns that are read as they are, and from where.
_SOURCES = {
    "dossier_id": "pk", "procedure_code": "procedure__code", "online_level": "version__online_level", "field_name": "field__name",
    "office_name": "office__name", "stage": "current_stage",
}  # fmt: skip
# Columns worked out from the others and from what stands beside the dossier.
_MADE = frozenset({
    "agency_id", "agency_code", "agency_name", "agency_path", "away", "received_on", "original_due_on", "due_on", "ended_on",
    "apologised_at",
})  # fmt: skip
_READ = {name: _SOURCES.get(name, name) for name, _, _ in DOSSIERS if name not in _MADE}
_PEOPLE = {name: f"applicant__{name}" for name, _, _ in PARTIES} | {
    "dossier_id": "pk", "code": "code", "content": "content",
}  # fmt: skip
_TASK = (
    "dossier_id", "pk", "stage", "stage_name", "stage_kind", "round", "name", "agency_id", "role_code", "at_office", "officer_id",
    "hours", "state", "given_at", "taken_at", "due_at", "done_at", "outcome", "late_cause",
)  # fmt: skip
_OFFICER = _TASK.index("officer_id")


@dataclass
class Beside:
    """What stands beside the dossiers of a batch, by dossier."""

    entries: dict[int, list[Entry]] = field(default_factory=dict)
    former: dict[int, list[tuple[datetime, int]]] = field(default_factory=dict)
    askings: dict[int, list[Asking]] = field(default_factory=dict)
    lasting: dict[int, list[Spell]] = field(default_factory=dict)
    apologies: dict[int, datetime] = field(default_factory=dict)


def batches(root: Root, year: int, *, as_of: datetime, personal: bool) -> Iterator[Batch]:
    """The dossiers of a province received (or, not received, filed) in a year, by number, with all that belongs to them."""
    rows = _dossiers(root, year, as_of).iterator(BATCH)
    while found := list(islice(rows, BATCH)):
        ids = [row["pk"] for row in found]
        beside = _beside(ids)
        made: Batch = {"dossiers": [_dossier(row, beside, root.agencies) for row in found]}
        made["spells"] = [spell for row in found for spell in _spells(row, beside)]
        made["tasks"] = [
            _task(row) for row in _of(DossierTask, ids).order_by("dossier_id", "pk").values_list(*_TASK)
        ]
        made["events"] = list(_events(ids))
        if personal:
            people = Dossier.objects.filter(pk__in=ids).order_by("pk")
            made["parties"] = list(people.values_list(*_PEOPLE.values()))
        yield made


def _dossiers(root: Root, year: int, as_of: datetime) -> QuerySet[Any, Any]:
    """All that was ever received or filed: drafts are nobody's business yet."""
    always = Bounds(BEGINNING, as_of, live=True)
    rows = standing(always).filter(in_year(year), resolving_agency__path__startswith=root.path)
    digitised = Case(When(is_digitised(as_of), then=True), default=False)
    facts = {**facets([Facet.FATE, Facet.AWAY], always), "is_digitised": digitised}
    columns = {name for name in _READ.values() if name not in facts}
    found: QuerySet[Any, Any] = rows.annotate(**facts).order_by("pk")
    return found.values(*columns, *facts, "resolving_agency_id")


def _of(model: Any, ids: list[int]) -> QuerySet[Any]:
    found: QuerySet[Any] = model.objects.filter(dossier__in=ids)
    return found


def _beside(ids: list[int]) -> Beside:
    found = Beside()
    ledger = (
        _of(ClockEntry, ids).order_by("dossier_id", "seq").values_list("dossier_id", "kind", "at", "due_at")
    )
    found.entries = _by_dossier(ledger, Entry)
    former = (
        _of(FormerResolver, ids)
        .order_by("dossier_id", "until", "pk")
        .values_list("dossier_id", "until", "agency_id")
    )
    found.former = _by_dossier(former, lambda until, agency: (until, agency))
    asked = (
        _of(SupplementRequest, ids)
        .filter(after_acceptance=False)
        .order_by("dossier_id", "requested_at", "pk")
    )
    found.askings = _by_dossier(
        asked.values_list("dossier_id", "requested_at", "completed_at", "acceptance_due_at"), Asking
    )
    sorry = _of(Notice, ids).filter(kind=Notice.Kind.APOLOGY).order_by().values("dossier_id")
    found.apologies = dict(sorry.annotate(first=Min("issued_at")).values_list("dossier_id", "first"))
    found.lasting = _lasting(ids)
    return found


def _by_dossier(rows: QuerySet[Any, Any], make: Any) -> dict[int, list[Any]]:
    return {
        pk: [make(*row[1:]) for row in group]
        for pk, group in groupby(rows.iterator(BATCH), key=itemgetter(0))
    }


def _lasting(ids: list[int]) -> dict[int, list[Spell]]:
    """Corrected results and those that the post brought back, while they waited; receipts that stood."""
    found: defaultdict[int, list[Spell]] = defaultdict(list)
    fixed = _of(ErrorCorrection, ids).filter(fixed_at__isnull=False).order_by("dossier_id", "pk")
    for pk, since, until in fixed.values_list("dossier_id", "fixed_at", "returned_at"):
        found[pk].append(rules.lasting("corrected", since, until))
    back = _of(PostalItem, ids).filter(came_back_at__isnull=False).order_by("dossier_id", "pk")
    for pk, since, until in back.values_list("dossier_id", "came_back_at", "again_at"):
        found[pk].append(rules.lasting("came_back", since, until))
    lines = ReceiptLine.objects.filter(charge__reference__in=[f"dossier/{pk}" for pk in ids]).order_by("pk")
    columns = (
        "charge__reference",
        "receipt__method",
        "receipt__issued_at",
        "receipt__cancelled_at",
        "charge__refunded_at",
    )
    for name, method, since, *ends in lines.values_list(*columns):
        kind = "paid_direct" if method == Receipt.Method.CASH else "paid_online"
        found[int(name.removeprefix("dossier/"))].append(rules.lasting(kind, since, *ends))
    return found


def _dossier(row: dict[str, Any], beside: Beside, agencies: dict[int, Agency]) -> Row:
    pk = row["pk"]
    agency = agencies[
        rules.resolver_at(beside.former.get(pk, ()), row["ended_at"], row["resolving_agency_id"])
    ]
    made = {
        "agency_id": agency.pk, "agency_code": agency.code, "agency_name": agency.name, "agency_path": agency.path,
        "away": row["away"] == "yes", "apologised_at": beside.apologies.get(pk),
        "received_on": _day(row["received_at"]), "original_due_on": _day(row["original_due_at"]),
        "due_on": _day(row["due_at"]), "ended_on": _day(row["ended_at"]),
    }  # fmt: skip
    return tuple(made[name] if name in made else row[_READ[name]] for name, _, _ in DOSSIERS)


def _spells(row: dict[str, Any], beside: Beside) -> Iterator[Row]:
    pk, entries = row["pk"], beside.entries.get(row["pk"], ())
    life = (row["received_at"], row["ended_at"])
    askings = beside.askings.get(pk, ())
    for spell in (
        *rules.due_spells(entries, *life, row["due_at"]),
        *rules.rest_spells(entries, *life),
        *rules.resolver_spells(beside.former.get(pk, ())),
        *rules.acceptance_spells(askings, row["acceptance_due_at"]),
        *rules.asked_spells(askings),
        *beside.lasting.get(pk, ()),
    ):
        yield pk, spell.kind, spell.since, spell.until, spell.moment, _day(spell.moment), spell.agency


def _day(moment: datetime | None) -> Any:
    return legal_date(moment) if moment else None


def _task(row: Row) -> Row:
    return (*row[:_OFFICER], officer(row[_OFFICER]), *row[_OFFICER + 1 :])


def _events(ids: list[int]) -> Iterator[Row]:
    """The acts that the log tells of, in the order of the dossiers."""
    chains = Event.objects.filter(chain__in=[f"dossier/{pk}" for pk in ids])
    rows = [
        (int(chain.removeprefix("dossier/")), seq, kind, at, officer(actor))
        for chain, seq, kind, at, actor in chains.values_list("chain", "seq", "kind", "at", "actor_id")
    ]
    yield from sorted(rows)


def touched_since(since: datetime) -> Iterator[list[int]]:
    """The dossiers of which the log tells something new, or whose receipts changed; in batches."""
    chains = Event.objects.filter(at__gte=since, chain__startswith="dossier/").order_by()
    yield from _ids(chains.values_list("chain", flat=True).distinct())
    new = (
        Q(receipt__issued_at__gte=since)
        | Q(receipt__cancelled_at__gte=since)
        | Q(charge__refunded_at__gte=since)
    )
    lines = ReceiptLine.objects.filter(new, charge__reference__startswith="dossier/").order_by()
    yield from _ids(lines.values_list("charge__reference", flat=True).distinct())


def _ids(names: Any) -> Iterator[list[int]]:
    rows = names.iterator(BATCH)
    while found := list(islice(rows, BATCH)):
        yield [int(name.removeprefix("dossier/")) for name in found]
