"""What the database holds of procedures, as the facts that files speak of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from motcua.procedures.models import ChannelRule, LegalBasis, Paper, ProcedureVersion, ResultType
from motcua.procedures.rules.facts import (
    CHANNELS,
    Channels,
    Facts,
    LimitRow,
    PaperFact,
    ResultFact,
    channel_rows,
)

NO_FIELD = "Chưa xếp lĩnh vực"
CHUNK = 1000


@dataclass(frozen=True)
class Held:
    """A version as it is held, with its parts."""

    version: ProcedureVersion
    channels: list[ChannelRule] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    results: list[ResultType] = field(default_factory=list)
    bases: list[LegalBasis] = field(default_factory=list)

    @property
    def facts(self) -> Facts:
        """The version as facts."""
        return facts_of(self)


def held_versions(procedure_ids: Iterable[int]) -> dict[int, Held]:
    """The last published version of each procedure with its parts, by the procedure's id; five statements a thousand."""
    found: dict[int, Held] = {}
    ids = iter(procedure_ids)
    while chunk := list(islice(ids, CHUNK)):
        rows = ProcedureVersion.objects.filter(procedure_id__in=chunk).exclude(status="draft")
        rows = rows.select_related("procedure", "field").order_by("procedure_id", "number")
        latest = {version.procedure_id: version for version in rows}
        found |= {held.version.procedure_id: held for held in with_parts(latest.values())}
    return found


def catalogue(day: date | None = None) -> Iterator[Held]:
    """Every procedure by code: its version in force on `day`, or without a day the last one that is not repealed."""
    rows = ProcedureVersion.objects.exclude(status="draft").select_related("procedure", "field")
    rows = rows.filter(ProcedureVersion.in_force(day)) if day else rows.exclude(status="repealed")
    latest = {version.procedure_id: version for version in rows.order_by("procedure__code", "number")}
    versions = iter(latest.values())
    while chunk := list(islice(versions, CHUNK)):
        yield from with_parts(chunk)


def with_parts(versions: Iterable[ProcedureVersion]) -> list[Held]:
    """Versions with their channels, papers, results and documents; four statements."""
    held = {version.pk: Held(version) for version in versions}
    for model, name in (
        (ChannelRule, "channels"),
        (Paper, "papers"),
        (ResultType, "results"),
        (LegalBasis, "bases"),
    ):
        for row in _of(model, held):
            getattr(held[row.version_id], name).append(row)
    return list(held.values())


def _of(model: Any, held: dict[int, Held]) -> Iterable[Any]:
    order = ("position", "id") if model is Paper else ("id",)
    rows: Iterable[Any] = model.objects.filter(version_id__in=held.keys()).order_by(*order)
    return rows


def facts_of(held: Held) -> Facts:
    """A version as facts."""
    version, stated = held.version, held.version.stated_counts
    channels = channels_of(held.channels)
    return Facts(
        code=version.procedure.code,
        name=version.name,
        field="" if version.field.name == NO_FIELD else version.field.name,
        levels_text=version.levels_text,
        category=version.category,
        decision_number=version.decision_number,
        issuer=version.issuer,
        audiences=tuple(version.audiences),
        agency_text=version.agency_text,
        portal_id=version.procedure.portal_id,
        channels=channels,
        channel_count=stated.get("channels", channel_rows(channels)),
        papers=tuple(PaperFact(p.case, p.name, p.originals, p.copies, p.note) for p in held.papers),
        paper_count=stated.get("papers", len(held.papers)),
        results=tuple(ResultFact(r.code, r.name) for r in held.results),
        bases=tuple(b.number for b in held.bases),
        basis_count=stated.get("legal_bases", len(held.bases)),
    )


def channels_of(rules: list[ChannelRule]) -> Channels:
    """Limits by channel, the main one first, then those for particular cases."""
    rows = {rule.channel: limits_of(rule) for rule in rules}
    return {channel: rows[channel] for channel in CHANNELS if channel in rows}


def limits_of(rule: ChannelRule) -> tuple[LimitRow, ...]:
    """The limits of one channel, the main one first."""
    main = LimitRow(rule.amount, rule.unit, rule.unit_text, rule.fee_dong, description=rule.description)
    return (main, *(limit_row(variant) for variant in rule.variants))


def limit_row(stored: Mapping[str, Any]) -> LimitRow:
    """A limit as a variant is stored on a channel, or as a row of a form gives it."""
    amount = stored.get("amount")
    return LimitRow(
        None if amount is None else Decimal(str(amount)),
        stored.get("unit", ""),
        stored.get("unit_text", ""),
        stored.get("fee_dong"),
        stored.get("case", ""),
        stored.get("description", ""),
    )


def stored_variant(row: LimitRow) -> dict[str, Any]:
    """A variant in the form in which it is stored; empty parts are left out."""
    amount = None if row.amount is None else f"{row.amount.normalize():f}"
    parts = {
        "amount": amount, "unit": row.unit, "unit_text": row.unit_text, "fee_dong": row.fee_dong,
        "case": row.case, "description": row.description,
    }  # fmt: skip
    return {key: value for key, value in parts.items() if value not in (None, "")}
