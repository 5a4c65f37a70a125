"""Components of the index that count procedures at agencies: what each agency offered on a day,
whether online, whether with a fee that can be paid online, whether complete. A fixed number of statements for all agencies.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.core.validity import in_force
from motcua.payments.models import GatewayUse, PaymentAccount
from motcua.procedures.models import (
    ChannelRule,
    Fee,
    LegalBasis,
    Offering,
    Paper,
    Procedure,
    ProcedureVersion,
    ResultType,
)
from motcua.procedures.queries.facts import limits_of
from motcua.procedures.rules.completeness import LimitPart, VersionParts, check_version
from motcua.procedures.rules.online import takes_online
from motcua.statistics.queries.scopes import Scope

_PUBLIC = Q(procedure__kind=Procedure.Kind.PUBLIC)


@dataclass(frozen=True)
class Entry:
    """One procedure at one house on a day."""

    house: int
    procedure: int
    version: int
    online: bool
    fee: bool
    payable: bool
    faults: tuple[str, ...]


def entries(scope: Scope, day: date) -> list[Entry]:
    """Every procedure that an agency of the scope resolves on a day, once for each house. Five statements."""
    offered = _offerings(scope, day)
    rows = list(offered.values_list("agency_id", "procedure_id", "online_level"))
    versions = _versions(offered, day)
    areas, accounts = _fees(offered, day), _accounts(day)
    found: dict[tuple[int, int], Entry] = {}
    for agency_id, procedure, own_level in rows:
        version = versions.get(procedure)
        if version is None:
            continue
        chain = set(scope.agencies[agency_id].chain_ids)
        house = scope.houses[agency_id]
        fee = version.fee or bool(areas.get(procedure, set()) & (chain | {0}))
        entry = Entry(
            house, procedure, version.pk, takes_online(own_level or version.level), fee, fee and bool(accounts & chain),
            version.faults,
        )  # fmt: skip
        known = found.get((house, procedure))
        found[house, procedure] = entry if known is None or entry.online else known
    return list(found.values())


def _offerings(scope: Scope, day: date) -> QuerySet[Offering]:
    return Offering.objects.filter(
        Offering.in_force(day), _PUBLIC, agency__in=list(scope.agencies)
    ).order_by()


@dataclass(frozen=True)
class _Version:
    pk: int
    level: str
    fee: bool
    faults: tuple[str, ...]


def _versions(offered: QuerySet[Offering], day: date) -> dict[int, _Version]:
    """The version in force of each procedure offered, with what it lacks."""
    rows = ProcedureVersion.objects.filter(
        ProcedureVersion.in_force(day), procedure__in=offered.values("procedure_id")
    ).order_by("number")
    there = {
        name: Exists(model.objects.filter(version=OuterRef("pk")))
        for name, model in (("has_papers", Paper), ("has_results", ResultType), ("has_bases", LegalBasis))
    }
    limits: defaultdict[int, list[LimitPart]] = defaultdict(list)
    for rule in ChannelRule.objects.filter(version__in=rows.order_by().values("pk")).order_by("pk"):
        limits[rule.version_id] += [
            LimitPart(rule.channel, r.amount, r.unit, r.case) for r in limits_of(rule)
        ]
    return {v.procedure_id: _version(v, limits[v.pk], day) for v in rows.annotate(**there)}


def _version(v: ProcedureVersion, limits: list[LimitPart], day: date) -> _Version:
    known = vars(v)
    parts = VersionParts(
        name=v.name, steps_text=v.steps_text, agency_text=v.agency_text, audiences=v.audiences, limits=limits,
        paper_names=["x"] if known["has_papers"] else [], results=["x"] if known["has_results"] else [],
        legal_bases=["x"] if known["has_bases"] else [], online_level=v.online_level,
        partial_reason=v.partial_reason, copies_of_dossier=v.copies_of_dossier,
    )  # fmt: skip
    faults = tuple(finding.message for finding in check_version(parts, day))
    return _Version(v.pk, v.online_level, v.has_financial_obligation, faults)


def _fees(offered: QuerySet[Offering], day: date) -> dict[int, set[int]]:
    """The areas (0: everywhere) in which each procedure has a fee above nought."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    rows = Fee.objects.filter(Fee.in_force(day), procedure__in=offered.values("procedure_id"))
    for procedure, area in rows.filter(Q(amount_dong__gt=0) | ~Q(tiers=None)).values_list(
        "procedure_id", "area_id"
    ):
        found[procedure].add(area or 0)
    return found


def _accounts(day: date) -> set[int]:
    """Agencies with an account or a gateway that collects; it serves those below as well."""
    accounts = PaymentAccount.objects.filter(PaymentAccount.in_force(day)).order_by()
    uses = GatewayUse.objects.filter(GatewayUse.in_force(day), _alive(day)).order_by()
    both = accounts.values_list("agency_id", flat=True).union(uses.values_list("agency_id", flat=True))
    return set(both)


def _alive(day: date) -> Q:
    """Of a gateway that has not ended."""
    return in_force(day, "gateway")
