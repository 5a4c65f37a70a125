"""Drafting versions. A published version never changes: an edit makes a draft of the next number."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import nfc
from motcua.procedures.actions._building import CARRIED, channel_rule
from motcua.procedures.actions._drafting import PARTS, next_version, save_version
from motcua.procedures.actions._guard import chain, lock_procedure, require_catalogue
from motcua.procedures.models import (
    Field,
    Paper,
    Procedure,
    ProcedureVersion,
)
from motcua.procedures.queries.facts import limit_row
from motcua.procedures.queries.versions import latest_version
from motcua.procedures.rules import cells
from motcua.procedures.rules.facts import by_channel
from motcua.procedures.rules.limits import as_limit
from motcua.procedures.rules.notes import Notes
from motcua.procedures.rules.online import level_on
from motcua.workdays.rules.limits import Unit

Status = ProcedureVersion.Status
HEADER = (
    *CARRIED, "name", "levels_text", "category", "decision_number", "issuer", "audiences", "agency_text", "source",
)  # fmt: skip
# What a row of the papers' form says.
PAPER_FIELDS = (
    "position", "case", "name", "originals", "copies", "required", "presented_only", "note_only",
    "available_in_database", "form_name", "note",
)  # fmt: skip


@transaction.atomic
def draft_procedure(
    code: str, name: str, field: str, *, actor: User, at: datetime, kind: str = Procedure.Kind.PUBLIC
) -> ProcedureVersion:
    """A new procedure with an empty draft of version 1. Raises RuleViolation for a bad or taken code."""
    require_catalogue(actor, Permission.CATALOGUE_EDIT, at)
    code = _checked_code(code)
    if Procedure.objects.filter(code=code).exists():
        raise RuleViolation(
            f"Mã {code} đã có trong danh mục. Mở thủ tục đó và lập dự thảo sửa đổi.", field="code"
        )
    if not nfc(name) or not nfc(field):
        raise RuleViolation("Nhập tên thủ tục và lĩnh vực.", field="name")
    procedure = Procedure.objects.create(code=code, kind=kind)
    row = Field.objects.get_or_create(name=nfc(field))[0]
    version = ProcedureVersion(procedure=procedure, number=1, name=nfc(name), field=row)
    save_version(version)
    append(chain(procedure.pk), "procedure.drafted", actor=actor, at=at, data={"version": 1}, first=True)
    return version


def _checked_code(code: str) -> str:
    notes = Notes()
    found = cells.code(code, notes)
    if notes:
        raise RuleViolation(str(notes[0]), field="code")
    return found


@transaction.atomic
def draft_version(code: str, *, actor: User, at: datetime) -> ProcedureVersion:
    """A draft of the next number, a copy of the last published version, its online level in the words of today's law.

    Raises RuleViolation while another draft is open.
    """
    require_catalogue(actor, Permission.CATALOGUE_EDIT, at)
    procedure = lock_procedure(code)
    open_draft = procedure.versions.filter(status=Status.DRAFT).first()
    if open_draft:
        raise RuleViolation(
            f"Thủ tục đang có dự thảo phiên bản {open_draft.number}. Sửa tiếp hoặc hủy dự thảo đó."
        )
    before = latest_version(procedure)
    if before is None:
        raise NotFound()
    version = next_version(before, online_level=level_on(before.online_level, legal_date(at)))
    append(chain(procedure.pk), "procedure.drafted", actor=actor, at=at, data={"version": version.number})
    return version


@transaction.atomic
def edit_draft(
    version_id: int,
    *,
    actor: User,
    at: datetime,
    header: Mapping[str, Any] | None = None,
    parts: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    field: str = "",
    levels: Sequence[int] | None = None,
    related: Sequence[str] | None = None,
) -> ProcedureVersion:
    """Change a draft: header fields, and whole lists of channels, papers, results, legal_bases; `related` by code.

    Raises RuleViolation when the version is published or a related code unknown, NotFound when there is no version.
    """
    require_catalogue(actor, Permission.CATALOGUE_EDIT, at)
    version = _draft(version_id)
    _write_header(version, header or {}, field)
    for name, rows in (parts or {}).items():
        _replace(version, name, rows)
    if levels is not None:
        version.levels.set(levels)
    if related is not None:
        version.related.set(_related(version, related))
    version.stated_counts = {k: v for k, v in version.stated_counts.items() if k not in (parts or {})}
    save_version(version)
    wholes = {"field": field or None, "levels": levels, "related": related}
    changed = sorted([*(header or {}), *(parts or {}), *(k for k, v in wholes.items() if v is not None)])
    data = {"version": version.number, "parts": changed}
    append(chain(version.procedure_id), "procedure.draft_edited", actor=actor, at=at, data=data)
    return version


def _write_header(version: ProcedureVersion, header: Mapping[str, Any], field: str) -> None:
    for name, value in header.items():
        if name not in HEADER:
            raise ValueError(f"{name} is not a field of a draft")
        setattr(version, name, value)
    if field:
        version.field = Field.objects.get_or_create(name=nfc(field))[0]


def _related(version: ProcedureVersion, codes: Sequence[str]) -> list[Procedure]:
    """The procedures of the codes. Raises RuleViolation for one that is not in the catalogue, or the procedure itself."""
    found = list(Procedure.objects.filter(code__in=codes).exclude(pk=version.procedure_id))
    unknown = [code for code in codes if code not in {procedure.code for procedure in found}]
    if unknown:
        raise RuleViolation(
            f"Thủ tục liên quan không có trong danh mục: {', '.join(unknown)}. Ghi mỗi dòng một mã khác mã của thủ tục này.",
            field="related",
        )
    return found


def _draft(version_id: int) -> ProcedureVersion:
    version = ProcedureVersion.objects.select_related("procedure", "field").filter(pk=version_id).first()
    if version is None:
        raise NotFound()
    lock_procedure(version.procedure_id)
    if version.status != Status.DRAFT:
        raise RuleViolation("Phiên bản đã công bố không sửa được. Lập dự thảo phiên bản mới.")
    return version


def _replace(version: ProcedureVersion, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put a whole list in the place of the one before."""
    if name == "papers":
        return _write_papers(version, rows)
    getattr(version, name).all().delete()
    if name == "channels":
        channels = by_channel([(row["channel"], limit_row(row)) for row in rows])
        made = [channel_rule(version, channel, limits) for channel, limits in channels.items()]
    else:
        made = [PARTS[name](version=version, **row) for row in rows]
    PARTS[name].objects.bulk_create(made)


def _write_papers(version: ProcedureVersion, rows: Sequence[Mapping[str, Any]]) -> None:
    """Papers in the order given. A row that names the paper it was ("pk") keeps what a row does not speak of: its files."""
    before = {paper.pk: paper for paper in version.papers.all()}
    papers = [_taken(before, row.get("pk")) or Paper(version=version) for row in rows]
    for position, (paper, row) in enumerate(zip(papers, rows, strict=True), 1):
        for name, value in ({**row, "position": position}).items():
            if name != "pk":
                setattr(paper, name, value)
    Paper.objects.filter(pk__in=before).delete()
    Paper.objects.bulk_update([paper for paper in papers if paper.pk], PAPER_FIELDS)
    Paper.objects.bulk_create([paper for paper in papers if not paper.pk])


def _taken(papers: dict[int, Paper], pk: int | None) -> Paper | None:
    return papers.pop(pk) if pk in papers else None


@transaction.atomic
def discard_draft(version_id: int, *, actor: User, at: datetime) -> None:
    """Throw a draft away. Nothing rests on it; the log keeps that it was."""
    require_catalogue(actor, Permission.CATALOGUE_EDIT, at)
    version = _draft(version_id)
    append(
        chain(version.procedure_id),
        "procedure.draft_discarded",
        actor=actor,
        at=at,
        data={"version": version.number},
    )
    version.delete()


@transaction.atomic
def settle_units(
    version_id: int, units: Mapping[str, str], document: str, *, actor: User, at: datetime
) -> ProcedureVersion:
    """Say what the amounts of a published version count, per channel: a correction with its document, as a new version
    in force from today. Raises RuleViolation without a document or for a unit that is not one.
    """
    require_catalogue(actor, Permission.CATALOGUE_EDIT, at)
    version = ProcedureVersion.objects.select_related("procedure", "field").filter(pk=version_id).first()
    if version is None:
        raise NotFound()
    lock_procedure(version.procedure_id)
    if not document.strip():
        raise RuleViolation("Ghi văn bản làm căn cứ xác định đơn vị thời hạn.", field="document")
    wanted = {channel: Unit.parse(unit).value for channel, unit in units.items() if unit}
    if not wanted:
        raise RuleViolation("Chọn đơn vị cho ít nhất một cách thức.", field="unit")
    for rule in version.channels.filter(channel__in=wanted):
        as_limit(rule.amount, wanted[rule.channel])
    today = legal_date(at)
    settled = next_version(version, status=Status.PUBLISHED, valid_from=today, source=document.strip()[:300])
    for channel, unit in wanted.items():
        settled.channels.filter(channel=channel).update(unit=unit, unit_text="")
    ProcedureVersion.objects.filter(pk=version.pk).update(valid_to=today - timedelta(days=1))
    save_version(settled)
    data = {"version": settled.number, "units": wanted, "document": document.strip()[:300]}
    append(chain(version.procedure_id), "procedure.units_settled", actor=actor, at=at, data=data)
    return settled
