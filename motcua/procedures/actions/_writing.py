"""Writing processes: numbers, rows of a file as stages and tasks, putting into force."""

from datetime import date

from django.db.models import Max

from motcua.agencies.models import Agency
from motcua.agencies.queries import agency_by_code
from motcua.core.errors import RuleViolation
from motcua.core.validity import end_before
from motcua.procedures.models import Procedure, Process, Stage, TaskTemplate
from motcua.procedures.rules.process_files import ProcessRow, StageRow

Status = Process.Status


def next_number(procedure: Procedure, agency: Agency | None) -> int:
    """The number of the next process of a procedure at an agency."""
    rows = Process.objects.filter(procedure=procedure, agency=agency)
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def put_into_force(process: Process, document: str, valid_from: date) -> None:
    """Publish a process and end the one before it at the same place."""
    rows = Process.objects.filter(procedure=process.procedure, agency=process.agency, status=Status.PUBLISHED)
    if rows.filter(valid_from__gt=valid_from).exists():
        raise RuleViolation(
            "Đã có quy trình có hiệu lực sau ngày này. Chọn ngày muộn hơn.", field="valid_from"
        )
    end_before(rows, valid_from)
    process.status, process.document, process.valid_from = Status.PUBLISHED, document, valid_from
    process.save(update_fields=["status", "document", "valid_from"])


def agency_of(code: str, day: date) -> Agency:
    found = agency_by_code(code, day)
    if found is None:
        raise RuleViolation(
            f"Không có cơ quan mang mã định danh {code} vào ngày {day:%d/%m/%Y}. Khai báo cơ quan trước."
        )
    return found


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
            agency=agency_of(task.agency_code, day) if task.agency_code else None,
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
