"""Taking internal processes from a file, and writing them from rows of any source."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.procedures.actions._guard import chain, require_catalogue
from motcua.procedures.actions._writing import agency_of, write_process
from motcua.procedures.actions.importing import ImportReport, Outcome, RowReport, import_catalogue
from motcua.procedures.models import Procedure, Process
from motcua.procedures.queries.export import process_row
from motcua.procedures.queries.process_checks import findings_of
from motcua.procedures.queries.processes import access_process, with_stages
from motcua.procedures.rules.notes import Note
from motcua.procedures.rules.portal import Parsed
from motcua.procedures.rules.process import errors
from motcua.procedures.rules.process_files import ParsedProcesses, ProcessRow


def import_file(
    parsed: Parsed | ParsedProcesses, *, actor: User, at: datetime, **options: Any
) -> ImportReport:
    """Take a parsed file of either kind, procedures or internal processes; options as for these."""
    if isinstance(parsed, ParsedProcesses):
        return import_processes(parsed, actor=actor, at=at, **options)
    return import_catalogue(parsed, actor=actor, at=at, **options)


@transaction.atomic
def import_processes(
    parsed: ParsedProcesses,
    *,
    actor: User,
    at: datetime,
    skip_bad: bool = False,
    dry_run: bool = False,
    effective_on: date | None = None,
    source: str = "",
) -> ImportReport:
    """Take a parsed file of processes into the catalogue, in force from `effective_on` (today). Unchanged ones are left.

    A row is refused when its procedure or agency is not known, or the process has a hole. With a refused row nothing is
    written unless `skip_bad`.
    """
    require_catalogue(actor, Permission.PROCESS_EDIT, at)
    day = effective_on or legal_date(at)
    save = transaction.savepoint()
    rows = tuple(_take(row, day, source, actor, at) for row in parsed.rows)
    counts = Counter(row.outcome for row in rows)
    applied = not dry_run and (skip_bad or not counts[Outcome.REFUSED])
    if applied:
        transaction.savepoint_commit(save)
    else:
        transaction.savepoint_rollback(save)
    return ImportReport("processes", applied, rows, parsed.notes, counts)


def _take(row: ProcessRow, day: date, source: str, actor: User, at: datetime) -> RowReport:
    if row.refused:
        return RowReport(row.line, row.code, Outcome.REFUSED, row.notes)
    try:
        with transaction.atomic():
            outcome = _write(row, day, source, actor, at)
    except RuleViolation as error:
        return RowReport(
            row.line, row.code, Outcome.REFUSED, (*row.notes, Note(True, error.message.rstrip(".")))
        )
    return RowReport(row.line, row.code, outcome, row.notes)


def _write(row: ProcessRow, day: date, source: str, actor: User, at: datetime) -> Outcome:
    procedure = Procedure.objects.filter(code=row.code).first()
    if procedure is None:
        raise RuleViolation(f"Không có thủ tục {row.code} trong danh mục. Nhập thủ tục trước.")
    agency = agency_of(row.agency_code, day) if row.agency_code else None
    before = _in_force(procedure, agency, day)
    if before and process_row(before).stages == row.stages:
        return Outcome.UNCHANGED
    process = write_process(procedure, agency, row, day, source)
    holes = errors(findings_of(access_process(process.pk), day))
    if holes:
        raise RuleViolation(" ".join(hole.message for hole in holes))
    data = {"process": process.pk, "number": process.number, "document": process.document, "source": source}
    append(chain(procedure.pk), "process.imported", actor=actor, at=at, data=data)
    return Outcome.NEW_VERSION if before else Outcome.CREATED


def _in_force(procedure: Procedure, agency: Agency | None, day: date) -> Process | None:
    rows = Process.objects.filter(Process.in_force(day), procedure=procedure, agency=agency)
    return with_stages(rows).order_by("-number").first()
