"""Internal processes: the one that holds, its data for the rules, the agencies that its tasks lead to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet

from motcua.agencies.models import Agency, OneStopOffice, Seat
from motcua.agencies.queries import successor_at
from motcua.core.errors import NotFound
from motcua.core.text import fold
from motcua.procedures.models import Procedure, Process, Stage, TaskTemplate
from motcua.procedures.rules.process import StageData, TaskData

Place = TaskTemplate.Place
SECTORS = (Place.POLICE, Place.INSURANCE, Place.TAX, Place.LAND)


def with_stages(rows: QuerySet[Process]) -> QuerySet[Process]:
    """Processes with their stages and tasks, three statements in all."""
    tasks = TaskTemplate.objects.select_related("agency").order_by("position", "id")
    stages = Stage.objects.order_by("position").prefetch_related(Prefetch("tasks", tasks))
    return rows.select_related("procedure", "agency").prefetch_related(Prefetch("stages", stages))


def access_process(pk: int) -> Process:
    """One process with its stages. Raises NotFound."""
    found = with_stages(Process.objects.filter(pk=pk)).first()
    if found is None:
        raise NotFound("Không tìm thấy quy trình này.")
    return found


def access_stage(process_id: int, pk: int) -> Stage:
    """One stage of a process. Raises NotFound."""
    found = Stage.objects.filter(process_id=process_id, pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def access_task(process_id: int, pk: int) -> TaskTemplate:
    """One task of a process. Raises NotFound."""
    found = TaskTemplate.objects.select_related("stage").filter(stage__process_id=process_id, pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def process_for(procedure: Procedure | int, agency: Agency, day: date) -> Process | None:
    """The process in force at an agency on a legal date: its own, else of the nearest agency above, else the model one."""
    pk = procedure if isinstance(procedure, int) else procedure.pk
    chain = agency.chain_ids
    rows = Process.objects.filter(Process.in_force(day), procedure_id=pk)
    found = list(with_stages(rows.filter(Q(agency=None) | Q(agency_id__in=chain))))
    nearness = {None: -1} | {pk: depth for depth, pk in enumerate(chain)}
    return max(found, key=lambda p: (nearness[p.agency_id], p.number), default=None)


def processes_of(procedure: Procedure) -> QuerySet[Process]:
    """All processes of a procedure, the newest first within each agency; the model ones first."""
    rows = Process.objects.filter(procedure=procedure).select_related("agency", "procedure")
    return rows.order_by(F("agency__path").asc(nulls_first=True), "-number")


def stages_of(process: Process, found: dict[int, Agency | None] | None = None) -> tuple[StageData, ...]:
    """Stages and tasks as the rules want them; `found` maps task ids to the agencies that they lead to."""
    return tuple(
        StageData(stage.name, stage.kind, tuple(_task(task, found) for task in stage.tasks.all()))
        for stage in process.stages.all()
    )


def _task(task: TaskTemplate, found: dict[int, Agency | None] | None) -> TaskData:
    return TaskData(
        name=task.name,
        place=task.place,
        hours=task.hours,
        role_code=task.role_code,
        is_lead=task.is_lead,
        required=task.required,
        agency_id=task.agency_id,
        division_name=task.division_name,
        agency_found=None if found is None else found.get(task.pk) is not None,
    )


@dataclass(frozen=True)
class Where:
    """Where a dossier is: who resolves it, at which office it came in, on which legal date."""

    resolving: Agency
    office: OneStopOffice | None
    day: date


def resolve_agency(template: TaskTemplate, where: Where) -> Agency | None:
    """The agency that a task goes to for one dossier; None when there is none. See `resolve_places`."""
    return resolve_places([template], where)[template.pk]


def resolve_places(templates: Iterable[TaskTemplate], where: Where) -> dict[int, Agency | None]:
    """The agency of each task, by the task's id; at most two statements however many tasks.

    Police, insurance, tax and land: the one seated at the office, else the nearest in the tree on the day, going up
    from the resolving agency. A division is found by its name under the resolving agency, which does the work itself
    when there is none. A fixed agency that has ended gives way to its successor.
    """
    tasks = list(templates)
    candidates = _candidates(tasks, where)
    return {task.pk: _agency_of(task, where, candidates) for task in tasks}


@dataclass(frozen=True)
class _Candidates:
    """Vertical agencies and divisions in force on the day, and the ids of those seated at the office."""

    agencies: tuple[Agency, ...] = ()
    seated: frozenset[int] = frozenset()


def _candidates(tasks: list[TaskTemplate], where: Where) -> _Candidates:
    sectors = {task.place for task in tasks} & set(SECTORS)
    divisions = any(task.place == Place.DIVISION and task.division_name for task in tasks)
    if not sectors and not divisions:
        return _Candidates()
    wanted = Q(sector__in=sectors)
    if divisions:
        wanted |= Q(path__startswith=where.resolving.path) & ~Q(pk=where.resolving.pk)
    agencies = tuple(Agency.objects.filter(Agency.in_force(where.day)).filter(wanted).order_by("pk"))
    return _Candidates(agencies, _seated(where) if sectors else frozenset())


def _seated(where: Where) -> frozenset[int]:
    if where.office is None:
        return frozenset()
    rows = Seat.objects.filter(Seat.in_force(where.day), office=where.office)
    return frozenset(rows.values_list("agency_id", flat=True))


def _agency_of(task: TaskTemplate, where: Where, candidates: _Candidates) -> Agency | None:
    if task.place == Place.OFFICE:
        return where.office.agency if where.office else where.resolving
    if task.place == Place.PARENT:
        return where.resolving.parent
    if task.place == Place.FIXED:
        return successor_at(task.agency, where.day) if task.agency else None
    if task.place == Place.DIVISION:
        return _division(task, where, candidates)
    if task.place in SECTORS:
        return _vertical(task, where, candidates)
    return where.resolving


def _division(task: TaskTemplate, where: Where, candidates: _Candidates) -> Agency:
    name = fold(task.division_name)
    under = [
        a for a in candidates.agencies if a.path.startswith(where.resolving.path) and name in fold(a.name)
    ]
    return min(under if name else [], key=lambda a: (len(a.name), a.pk), default=where.resolving)


def _vertical(task: TaskTemplate, where: Where, candidates: _Candidates) -> Agency | None:
    if where.resolving.sector == task.place:
        return where.resolving
    depth = {pk: number for number, pk in enumerate(where.resolving.chain_ids)}
    ranked = [
        ((agency.pk in candidates.seated, depth.get(agency.parent_id or 0, -1), -agency.pk), agency)
        for agency in candidates.agencies
        if agency.sector == task.place and (agency.pk in candidates.seated or agency.parent_id in depth)
    ]
    return max(ranked, key=lambda row: row[0])[1] if ranked else None
