"""The catalogue as text in the forms of file in which it is passed around."""

from datetime import date

from django.db.models import Q

from motcua.procedures.models import Process, TaskTemplate
from motcua.procedures.queries.facts import catalogue, facts_of
from motcua.procedures.queries.processes import with_stages
from motcua.procedures.rules import portal_csv, portal_json, process_files
from motcua.procedures.rules.process_files import ProcessRow, StageRow, TaskRow


def catalogue_text(form: str, day: date | None = None) -> str:
    """Every procedure, by code, in the "csv" or "json" form; with a day, only versions in force on it."""
    facts = (facts_of(held) for held in catalogue(day))
    return portal_csv.write(facts) if form == "csv" else portal_json.write(facts)


def processes_text(day: date | None = None) -> str:
    """Every published process in force on a day (None: those without an end)."""
    rows = Process.objects.filter(Process.in_force(day) if day else Q(status="published", valid_to=None))
    return process_files.write(
        process_row(process) for process in with_stages(rows).order_by("procedure__code", "agency_id")
    )


def process_row(process: Process) -> ProcessRow:
    """A stored process as a row of a file."""
    stages = tuple(
        StageRow(stage.name, stage.kind, tuple(_task(task) for task in stage.tasks.all()))
        for stage in process.stages.all()
    )
    agency = process.agency.code if process.agency else ""
    return ProcessRow(0, process.procedure.code, agency, process.document, process.source, stages)


def _task(task: TaskTemplate) -> TaskRow:
    return TaskRow(
        name=task.name,
        place=task.place,
        role_code=task.role_code,
        hours=task.hours,
        division_name=task.division_name,
        agency_code=task.agency.code if task.agency else "",
        is_lead=task.is_lead,
        required=task.required,
    )
