"""Loading the starting catalogue that comes with the software."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.models import Level
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.procedures.actions._building import channel_rule
from motcua.procedures.actions._guard import chain, require_catalogue
from motcua.procedures.actions._writing import write_processes
from motcua.procedures.models import (
    ChannelRule,
    Fee,
    FeeExemption,
    Field,
    LegalBasis,
    Paper,
    Procedure,
    ProcedureVersion,
    ResultType,
)
from motcua.procedures.queries.facts import Held, facts_of
from motcua.procedures.queries.versions import search_text_of
from motcua.procedures.rules.facts import LimitRow, content_hash
from motcua.procedures.rules.levels import LEVEL_NAMES
from motcua.procedures.rules.starting import LimitData, ProcedureData, VersionData, read_all


@transaction.atomic
def load_starting_catalogue(
    *, actor: User, at: datetime, more: tuple[ProcedureData, ...] | None = None
) -> int:
    """Add the procedures of the starting catalogue that are not there yet, with versions, fees and model processes.

    `more`: these instead of the shipped ones. Returns how many were added; a procedure that exists is left as it is.
    """
    require_catalogue(actor, Permission.CATALOGUE_IMPORT, at)
    known = set(Procedure.objects.values_list("code", flat=True))
    new = [one for one in (read_all() if more is None else more) if one.code not in known]
    fields = {
        name: Field.objects.get_or_create(name=name)[0]
        for name in sorted({v.field for one in new for v in one.versions})
    }
    procedures = {p.code: p for p in Procedure.objects.bulk_create(Procedure(code=one.code) for one in new)}
    _versions(new, procedures, fields)
    _fees(new, procedures)
    write_processes([(procedures[one.code], one.process, one.versions[0].valid_from) for one in new])
    for one in new:
        data = {"versions": len(one.versions), "source": "danh mục khởi đầu"}
        append(chain(procedures[one.code].pk), "procedure.loaded", actor=actor, at=at, data=data, first=True)
    _relate(new)
    return len(new)


def _versions(new: list[ProcedureData], procedures: dict[str, Procedure], fields: dict[str, Field]) -> None:
    """Every version with its parts, in a handful of statements."""
    datas = [(one, number, data) for one in new for number, data in enumerate(one.versions, 1)]
    whole = [_held(data, procedures[one.code], number, fields[data.field]) for one, number, data in datas]
    for held in whole:
        held.version.content_hash = content_hash(facts_of(held))
    ProcedureVersion.objects.bulk_create([held.version for held in whole], batch_size=500)
    for model, name in (
        (ChannelRule, "channels"),
        (Paper, "papers"),
        (ResultType, "results"),
        (LegalBasis, "bases"),
    ):
        rows = [row for held in whole for row in getattr(held, name)]
        for row in rows:
            row.version_id = row.version.pk
        model.objects.bulk_create(rows, batch_size=500)
    levels = dict(Level.objects.values_list("code", "pk"))
    through = ProcedureVersion.levels.through
    through.objects.bulk_create(
        through(procedureversion_id=held.version.pk, level_id=levels[code])
        for held, (_, _, data) in zip(whole, datas, strict=True)
        for code in data.levels
        if code in levels
    )


def _fees(new: list[ProcedureData], procedures: dict[str, Procedure]) -> None:
    datas = [(procedures[one.code], fee) for one in new for fee in one.fees]
    made = Fee.objects.bulk_create(
        Fee(procedure=procedure, **{k: v for k, v in fee.items() if k != "exemptions"})
        for procedure, fee in datas
    )
    FeeExemption.objects.bulk_create(
        FeeExemption(fee=row, reason=reason, percent_off=percent, legal_basis=basis)
        for row, (_, fee) in zip(made, datas, strict=True)
        for reason, percent, basis in fee["exemptions"]
    )


def _held(data: VersionData, procedure: Procedure, number: int, field: Field) -> Held:
    version = ProcedureVersion(
        procedure=procedure,
        number=number,
        status=ProcedureVersion.Status.PUBLISHED,
        valid_from=data.valid_from,
        valid_to=data.valid_to,
        name=data.name,
        search_text=search_text_of(procedure.code, data.name, field.name, data.keywords),
        field=field,
        levels_text=", ".join(LEVEL_NAMES[code] for code in data.levels),
        decision_number=data.decision,
        issuer=data.issuer,
        audiences=list(data.audiences),
        steps_text=data.steps,
        agency_text=data.agency,
        competent_authority=data.authority,
        coordinating_agencies=data.coordination,
        conditions=data.conditions,
        online_level=data.online,
        partial_reason=data.partial_reason,
        has_financial_obligation=data.obligation,
        keywords=data.keywords,
        source=data.source[:300],
    )
    return Held(
        version,
        channels=[channel_rule(version, channel, _rows(rows)) for channel, rows in data.limits.items()],
        papers=[
            Paper(version=version, position=position, **paper)
            for position, paper in enumerate(data.papers, 1)
        ],
        results=[ResultType(version=version, name=name, code=code) for name, code in data.results],
        bases=[LegalBasis(version=version, number=number, title=title) for number, title in data.bases],
    )


def _rows(limits: tuple[LimitData, ...]) -> tuple[LimitRow, ...]:
    return tuple(LimitRow(limit.amount, limit.unit, case=limit.case) for limit in limits)


def _relate(new: list[ProcedureData]) -> None:
    """Point the last version at the procedures that it joins."""
    for one in new:
        if one.related:
            version = ProcedureVersion.objects.filter(procedure__code=one.code).order_by("-number").first()
            assert version is not None
            version.related.set(Procedure.objects.filter(code__in=one.related))
