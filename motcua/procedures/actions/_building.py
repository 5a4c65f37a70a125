"""Writing versions from facts in bulk: what a file does not speak of is carried over from the version before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from motcua.accounts.models import User
from motcua.agencies.models import Level
from motcua.audit.actions import append
from motcua.core.validity import end_before
from motcua.procedures.actions._guard import chain
from motcua.procedures.models import (
    ChannelRule,
    Field,
    LegalBasis,
    Paper,
    Procedure,
    ProcedureVersion,
    ResultType,
)
from motcua.procedures.queries.facts import NO_FIELD, Held, stored_variant
from motcua.procedures.queries.versions import search_text_of
from motcua.procedures.rules.facts import Facts, LimitRow, channel_rows, content_hash
from motcua.procedures.rules.levels import level_codes

BATCH = 500


@dataclass(frozen=True)
class Change:
    """One procedure to write. `marks` is what its forms of file have said so far; without `new_version` only they change."""

    code: str
    facts: Facts
    procedure_id: int | None
    held: Held | None
    marks: dict[str, dict[str, str]]
    new_version: bool


def write_changes(
    changes: list[Change], effective_on: date, source: str, *, actor: User, at: datetime
) -> None:
    """Write procedures, versions and their parts in a dozen statements, and one event for each procedure."""
    procedures = _procedures(changes)
    anew = [change for change in changes if change.new_version]
    versions = _versions(anew, procedures, effective_on, source)
    _levels(anew, versions)
    _parts(anew, versions)
    for change, version in zip(anew, versions, strict=True):
        data = {
            "version": version.number,
            "from": effective_on.isoformat(),
            "source": source,
            "hash": version.content_hash,
        }
        append(
            chain(version.procedure_id),
            "procedure.imported",
            actor=actor,
            at=at,
            data=data,
            first=change.procedure_id is None,
        )


def _procedures(changes: list[Change]) -> dict[str, int]:
    """Make the new procedures, note on the others what the file said; the ids by code."""
    new = [c for c in changes if c.procedure_id is None]
    made = Procedure.objects.bulk_create(
        (Procedure(code=c.code, portal_id=c.facts.portal_id or "", imported=c.marks) for c in new),
        batch_size=BATCH,
    )
    old = [
        Procedure(pk=c.procedure_id, code=c.code, portal_id=c.facts.portal_id or "", imported=c.marks)
        for c in changes
        if c.procedure_id is not None
    ]
    Procedure.objects.bulk_update(old, ["portal_id", "imported"], batch_size=BATCH)
    return {procedure.code: procedure.pk for procedure in (*made, *old)}


def _versions(
    changes: list[Change], procedures: dict[str, int], effective_on: date, source: str
) -> list[ProcedureVersion]:
    fields = _fields({c.facts.field or NO_FIELD for c in changes})
    numbers = _last_numbers(c.procedure_id for c in changes if c.procedure_id)
    close_before(effective_on, [c.held.version.pk for c in changes if c.held])
    versions = []
    for change in changes:
        pk = procedures[change.code]
        number = numbers.get(pk, 0) + 1
        versions.append(
            _version(change, pk, number, fields[change.facts.field or NO_FIELD], effective_on, source)
        )
    return ProcedureVersion.objects.bulk_create(versions, batch_size=BATCH)


def close_before(day: date, version_ids: list[int]) -> None:
    """End versions the day before, unless they ended earlier."""
    for start in range(0, len(version_ids), BATCH):
        rows = ProcedureVersion.objects.filter(pk__in=version_ids[start : start + BATCH])
        end_before(rows, day)


def _fields(names: set[str]) -> dict[str, Field]:
    """Fields of administration by name; unknown ones are made."""
    known = {field.name: field for field in Field.objects.filter(name__in=names)}
    made = Field.objects.bulk_create([Field(name=name) for name in sorted(names - known.keys())])
    return known | {field.name: field for field in made}


def _last_numbers(procedure_ids: Iterable[int]) -> dict[int, int]:
    rows = ProcedureVersion.objects.order_by().values_list("procedure_id").annotate(Max("number"))
    wanted = set(procedure_ids)
    return {pk: number for pk, number in rows if pk in wanted}


def _version(
    change: Change, procedure_id: int, number: int, field: Field, effective_on: date, source: str
) -> ProcedureVersion:
    facts = change.facts
    return ProcedureVersion(
        **carried_over(change.held.version if change.held else None, facts),
        procedure_id=procedure_id,
        number=number,
        status=ProcedureVersion.Status.PUBLISHED,
        valid_from=effective_on,
        name=facts.name or "",
        search_text=search_text_of(
            facts.code, facts.name or "", field.name, change.held.version.keywords if change.held else ""
        ),
        field=field,
        levels_text=facts.levels_text or "",
        category=facts.category or "",
        decision_number=facts.decision_number or "",
        issuer=facts.issuer or "",
        audiences=list(facts.audiences or ()),
        agency_text=facts.agency_text or "",
        source=source[:300],
        stated_counts=_stated(facts),
        content_hash=content_hash(facts),
    )


CARRIED = (
    "steps_text", "competent_authority", "delegated_authority", "coordinating_agencies", "reception_address", "conditions",
    "copies_of_dossier", "online_level", "partial_reason", "has_financial_obligation", "keywords", "supplement_grace_days",
)  # fmt: skip


def carried_over(before: ProcedureVersion | None, facts: Facts) -> dict[str, Any]:
    """What no file speaks of, from the version before. A first version that is filed online starts as một phần: the file
    does not tell it from toàn trình."""
    if before is not None:
        return {name: getattr(before, name) for name in CARRIED}
    return {"online_level": "partial"} if "online" in (facts.channels or {}) else {}


def _stated(facts: Facts) -> dict[str, int]:
    """Counts that the source gives and that differ from the rows known here."""
    pairs = {
        "channels": (facts.channel_count, channel_rows(facts.channels)),
        "papers": (facts.paper_count, len(facts.papers or ())),
        "legal_bases": (facts.basis_count, len(facts.bases or ())),
    }
    return {name: said for name, (said, held) in pairs.items() if said is not None and said != held}


def _levels(changes: list[Change], versions: list[ProcedureVersion]) -> None:
    ids = dict(Level.objects.values_list("code", "pk"))
    through = ProcedureVersion.levels.through
    rows = [
        through(procedureversion_id=version.pk, level_id=ids[code])
        for change, version in zip(changes, versions, strict=True)
        for code in dict.fromkeys(level_codes(change.facts.levels_text or ""))
        if code in ids
    ]
    through.objects.bulk_create(rows, batch_size=BATCH)
    _related(changes, versions)


def _related(changes: list[Change], versions: list[ProcedureVersion]) -> None:
    new_of = {c.held.version.pk: v.pk for c, v in zip(changes, versions, strict=True) if c.held}
    through = ProcedureVersion.related.through
    rows = (
        through.objects.filter(procedureversion_id__in=list(new_of))
        if len(new_of) < 1000
        else through.objects.all()
    )
    copies = [
        through(procedureversion_id=new_of[row.procedureversion_id], procedure_id=row.procedure_id)
        for row in rows
        if row.procedureversion_id in new_of
    ]
    through.objects.bulk_create(copies, batch_size=BATCH)


def _parts(changes: list[Change], versions: list[ProcedureVersion]) -> None:
    pairs = list(zip(changes, versions, strict=True))
    makers: tuple[tuple[Any, Any], ...] = (
        (ChannelRule, _channels),
        (Paper, _papers),
        (ResultType, _results),
        (LegalBasis, _bases),
    )
    for model, make in makers:
        rows = (row for change, version in pairs for row in make(change, version))
        model.objects.bulk_create(rows, batch_size=BATCH)


def _channels(change: Change, version: ProcedureVersion) -> Iterator[ChannelRule]:
    for channel, rows in (change.facts.channels or {}).items():
        yield channel_rule(version, channel, rows)


def channel_rule(version: ProcedureVersion, channel: str, rows: tuple[LimitRow, ...]) -> ChannelRule:
    """One channel of a version: the first limit, the others as variants."""
    first = rows[0]
    return ChannelRule(
        version=version,
        channel=channel,
        amount=first.amount,
        unit=first.unit,
        unit_text=first.unit_text,
        fee_dong=first.fee_dong,
        description=first.description,
        variants=[stored_variant(row) for row in rows[1:]],
    )


def _papers(change: Change, version: ProcedureVersion) -> Iterator[Paper]:
    before = {(p.case, p.name): p for p in (change.held.papers if change.held else ())}
    for position, fact in enumerate(change.facts.papers or (), 1):
        paper = copy_of(
            before.get((fact.case, fact.name)), Paper(note_only=not fact.originals and not fact.copies)
        )
        paper.required = paper.required and not paper.note_only
        paper.version, paper.position = version, position
        paper.case, paper.name, paper.originals, paper.copies = (
            fact.case,
            fact.name,
            fact.originals,
            fact.copies,
        )
        paper.note = paper.note if fact.note is None else fact.note
        yield paper


def _results(change: Change, version: ProcedureVersion) -> Iterator[ResultType]:
    for fact in change.facts.results or ():
        yield ResultType(version=version, code=fact.code, name=fact.name or "")


def _bases(change: Change, version: ProcedureVersion) -> Iterator[LegalBasis]:
    before = {basis.number: basis for basis in (change.held.bases if change.held else ())}
    for number in change.facts.bases or ():
        basis = copy_of(before.get(number), LegalBasis())
        basis.version, basis.number = version, number
        yield basis


def copy_of(row: Any, default: Any) -> Any:
    """A new unsaved row with the values of another, or the default without one."""
    if row is None:
        return default
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    return type(row)(**values)
