"""A stored process against its limit and the agencies on the ground."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motcua.agencies.models import Agency, Role
from motcua.agencies.queries import offices_seating
from motcua.procedures.models import Offering, Process, Stage, TaskTemplate
from motcua.procedures.queries.limits import rule_for
from motcua.procedures.queries.processes import Where, resolve_places, stages_of
from motcua.procedures.queries.versions import latest_version, offering_of, version_in_force
from motcua.procedures.rules.diagram import Diagram, StageBox, TaskBox, draw
from motcua.procedures.rules.limits import describe
from motcua.procedures.rules.process import Finding, Totals, check, errors, totals


def limit_figures(process: Process, day: date) -> tuple[Decimal | None, str, bool]:
    """The limit that a process must keep on a day: the agency's reduced one, else the statutory one at the counter; and
    whether the procedure knows a financial obligation."""
    version = version_in_force(process.procedure, day) or latest_version(process.procedure)
    if version is None:
        return None, "none", False
    offering = offering_of(process.procedure, process.agency, day) if process.agency else None
    if offering and offering.reduced_unit:
        return offering.reduced_amount, offering.reduced_unit, version.has_financial_obligation
    rule = rule_for(list(version.channels.all()), "counter")
    amount, unit = (rule.amount, rule.unit) if rule else (None, "none")
    return amount, unit, version.has_financial_obligation


def findings_of(process: Process, day: date) -> tuple[Finding, ...]:
    """Every hole of a stored process on a day."""
    amount, unit, obligation = limit_figures(process, day)
    stages = stages_of(process, places_of(process, day))
    return check(stages, limit_amount=amount, limit_unit=unit, has_financial_obligation=obligation)


def places_of(process: Process, day: date) -> dict[int, Agency | None] | None:
    """Where each task would go at the process's agency, or for a model process at one that offers the procedure on the
    day; None when nobody does, so that nothing can be tried."""
    agency = process.agency or _example(process, day)
    if agency is None:
        return None
    office = offices_seating(agency, day).first()
    tasks = [task for stage in process.stages.all() for task in stage.tasks.all()]
    return resolve_places(tasks, Where(agency, office, day))


def _example(process: Process, day: date) -> Agency | None:
    rows = Offering.objects.filter(Offering.in_force(day), procedure_id=process.procedure_id)
    found = rows.select_related("agency__parent").order_by("id").first()
    return found.agency if found else None


@dataclass(frozen=True)
class StageRow:
    """A stage as the editor shows it: its hours, its tasks with their agencies and role names, its holes."""

    stage: Stage
    hours: Decimal
    tasks: tuple[tuple[TaskTemplate, Agency | None, str], ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class ProcessSheet:
    """Everything that the page of a process shows."""

    rows: tuple[StageRow, ...]
    totals: Totals
    findings: tuple[Finding, ...]
    limit_text: str
    example: Agency | None

    @property
    def diagram(self) -> Diagram:
        """The process drawn."""
        return draw([_stage_box(row) for row in self.rows])

    @property
    def publishable(self) -> bool:
        """Whether nothing forbids publication."""
        return not errors(self.findings)


def process_sheet(process: Process, day: date) -> ProcessSheet:
    """A process against its limit on a day."""
    amount, unit, obligation = limit_figures(process, day)
    places = places_of(process, day)
    stages = stages_of(process, places)
    findings = check(stages, limit_amount=amount, limit_unit=unit, has_financial_obligation=obligation)
    roles = dict(Role.objects.values_list("code", "name"))
    rows = tuple(
        StageRow(
            stage,
            data.hours,
            tuple(
                (task, (places or {}).get(task.pk), roles.get(task.role_code, task.role_code))
                for task in stage.tasks.all()
            ),
            tuple(finding for finding in findings if finding.stage == number),
        )
        for number, (stage, data) in enumerate(zip(process.stages.all(), stages, strict=True), 1)
    )
    example = process.agency or _example(process, day)
    return ProcessSheet(rows, totals(stages, amount, unit), findings, describe(amount, unit), example)


def _stage_box(row: StageRow) -> StageBox:
    tasks = [
        TaskBox(task.name, _who(task, agency), task.hours, task.is_lead, task.required)
        for task, agency, _ in row.tasks
    ]
    return StageBox(row.stage.name, row.stage.kind, row.hours, tasks)


def _who(task: TaskTemplate, agency: Agency | None) -> str:
    return agency.name if agency else task.get_place_display()
