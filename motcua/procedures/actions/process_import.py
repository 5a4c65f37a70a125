"""Taking internal processes from a file, and writing them from rows of any source."""

from collections import Counter
from datetime import date, datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import agency_by_code
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.procedures.actions.guard import chain, require_catalogue
from motcua.procedures.actions.importing import ImportReport, Outcome, RowReport
from motcua.procedures.actions.processes import next_number, put_into_force
from motcua.procedures.models import Procedure, Process, Stage, TaskTemplate
from motcua.procedures.queries.export import process_row
from motcua.procedures.queries.process_checks import findings_of
from motcua.procedures.queries.processes import access_process, with_stages
from motcua.procedures.rules.notes import Note
from motcua.procedures.rules.process import errors
from motcua.procedures.rules.process_files import ParsedProcesses, ProcessRow, StageRow


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
    agency = _agency(row.agency_code, day) if row.agency_code else None
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


def _agency(code: str, day: date) -> Agency:
    found = agency_by_code(code, day)
    if found is None:
        raise RuleViolation(
            f"Không có cơ quan mang mã định danh {code} vào ngày {day:%d/%m/%Y}. Khai báo cơ quan trước."
        )
    return found


def _in_force(procedure: Procedure, agency: Agency | None, day: date) -> Process | None:
    rows = Process.objects.filter(Process.in_force(day), procedure=procedure, agency=agency)
    return with_stages(rows).order_by("-number").first()


def write_process(
    procedure: Procedure, agency: Agency | None, row: ProcessRow, valid_from: date, source: str = ""
) -> Process:
    """Write a row as a published process in force from a day; the one before ends the day before."""
    process = Process.objects.create(
        procedure=procedure,
        agency=agency,
        number=next_number(procedure, agency),
        source=(row.source or source)[:300],
    )
    for position, stage in enumerate(row.stages, 1):
        made = Stage.objects.create(process=process, position=position, name=stage.name, kind=stage.kind)
        TaskTemplate.objects.bulk_create(_tasks(made, stage, valid_from))
    put_into_force(process, row.document, valid_from)
    return process


def _tasks(made: Stage, stage: StageRow, day: date) -> list[TaskTemplate]:
    return [
        TaskTemplate(
            stage=made,
            position=position,
            name=task.name,
            place=task.place,
            agency=_agency(task.agency_code, day) if task.agency_code else None,
            division_name=task.division_name,
            role_code=task.role_code,
            hours=task.hours,
            is_lead=task.is_lead,
            required=task.required,
        )
        for position, task in enumerate(stage.tasks, 1)
    ]


def write_processes(rows: list[tuple[Procedure, ProcessRow, date]]) -> None:
    """Write many first model processes at once, each in force from its day; three statements."""
    source = "Quy trình mẫu đi kèm phần mềm"
    made = Process.objects.bulk_create(
        Process(procedure=procedure, number=1, status=Process.Status.PUBLISHED, valid_from=day, source=source)
        for procedure, _, day in rows
    )
    pairs = [
        (Stage(process=process, position=position, name=stage.name, kind=stage.kind), stage)
        for process, (_, row, _) in zip(made, rows, strict=True)
        for position, stage in enumerate(row.stages, 1)
    ]
    Stage.objects.bulk_create([stage for stage, _ in pairs], batch_size=500)
    tasks = [task for made_stage, stage in pairs for task in _tasks(made_stage, stage, date.max)]
    TaskTemplate.objects.bulk_create(tasks, batch_size=500)
