"""What reception reads of the catalogue on a day: version and limit, who offers it, papers asked for, planned tasks.

Reads go through `Desk.recall`: they cost nothing while the catalogue does not change.
"""

from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from motcua.agencies.models import Agency, OneStopOffice, Seat
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules.intake import Requirement
from motcua.dossiers.rules.reception import Offer
from motcua.procedures.models import Offering, Paper, ProcedureVersion, Process, Stage, TaskTemplate
from motcua.procedures.queries.fees import fee_lines
from motcua.procedures.queries.limits import Limits, limit_cases, limit_for
from motcua.procedures.queries.processes import Where, process_for, resolve_places
from motcua.procedures.queries.versions import version_in_force
from motcua.procedures.rules.fees import FeeLine
from motcua.procedures.rules.hours import HOURS_A_DAY, comparable_hours

QUARTER = Decimal("0.25")


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """A task as it will be frozen in the dossier."""

    stage: int
    stage_name: str
    stage_kind: str
    position: int
    name: str
    agency: Agency
    role_code: str
    hours: Decimal
    is_lead: bool = True
    required: bool = True
    at_office: bool = False


def office(desk: Desk, office_id: int) -> OneStopOffice:
    """A one-stop office in force on the day of the act, with its agency. Raises NotFound."""
    found = desk.recall(
        ("office", office_id, desk.span),
        lambda: (
            OneStopOffice.objects.select_related("agency")
            .filter(OneStopOffice.in_force(desk.day), pk=office_id)
            .first()
        ),
    )
    if found is None:
        raise NotFound("Không tìm thấy bộ phận một cửa đang hoạt động.")
    return found


def seated_ids(desk: Desk, office_id: int) -> frozenset[int]:
    """Ids of the agencies seated at an office on the day of the act."""
    return desk.recall(
        ("seats", office_id, desk.span),
        lambda: frozenset(
            Seat.objects.filter(Seat.in_force(desk.day), office_id=office_id).values_list(
                "agency_id", flat=True
            )
        ),
    )


def version(desk: Desk, procedure_id: int) -> ProcedureVersion:
    """The version of a procedure in force on the day of the act. Raises RuleViolation."""
    found = desk.recall(
        ("version", procedure_id, desk.span), lambda: version_in_force(procedure_id, desk.day)
    )
    if found is None:
        raise RuleViolation(
            f"Ngày {desk.day:%d/%m/%Y} thủ tục này chưa có hiệu lực hoặc đã bãi bỏ. Kiểm tra danh mục thủ tục.",
            field="procedure",
        )
    return found


def limits(
    desk: Desk, of: ProcedureVersion, channel: str, resolving: Agency, case: str, cutoff: time
) -> Limits:
    """The statutory limit, and the agency's own shorter one, on the day of the act. Raises RuleViolation."""
    key = ("limits", of.pk, channel, resolving.pk, case, cutoff, desk.span)
    return desk.recall(key, lambda: limit_for(of, channel, resolving, desk.day, case=case, cutoff=cutoff))


def fees(desk: Desk, procedure_id: int, channel: str, agency: Agency) -> tuple[FeeLine, ...]:
    """The fee lines that hold on the day of the act."""
    key = ("fees", procedure_id, channel, agency.pk, desk.span)
    return desk.recall(key, lambda: fee_lines(procedure_id, channel, agency, desk.day))


def requirements(desk: Desk, version_id: int) -> tuple[Requirement, ...]:
    """The papers that a version asks for."""
    return desk.recall(
        ("papers", version_id),
        lambda: tuple(_requirement(p) for p in Paper.objects.filter(version_id=version_id)),
    )


def timed_cases(desk: Desk, of: ProcedureVersion) -> tuple[str, ...]:
    """Cases of a version that have a time limit of their own."""
    return desk.recall(("timed cases", of.pk), lambda: limit_cases(list(of.channels.all())))


def _requirement(paper: Paper) -> Requirement:
    return Requirement(
        paper.pk, paper.name, paper.case, paper.required, paper.presented_only, paper.note_only,
        paper.originals, paper.copies, paper.available_in_database, paper.note,
    )  # fmt: skip


def offerings(desk: Desk, procedure_id: int) -> dict[int, Offering]:
    """Who resolves the procedure on the day of the act: agency id -> offering, with the agency."""

    def read() -> dict[int, Offering]:
        rows = Offering.objects.filter(Offering.in_force(desk.day), procedure_id=procedure_id).order_by(
            "valid_from"
        )
        return {row.agency_id: row for row in rows.select_related("agency__parent")}

    return desk.recall(("offerings", procedure_id, desk.span), read)


def offers(desk: Desk, procedure_id: int, at_office: OneStopOffice) -> tuple[Offer, ...]:
    """Who resolves the procedure on the day, as seen from an office."""
    key = ("offers", procedure_id, at_office.pk, desk.span)
    return desk.recall(key, lambda: _offers(desk, procedure_id, at_office))


def _offers(desk: Desk, procedure_id: int, at_office: OneStopOffice) -> tuple[Offer, ...]:
    seated = seated_ids(desk, at_office.pk)
    return tuple(
        Offer(
            row.agency_id,
            row.agency.name,
            _is_own(row.agency, at_office),
            row.agency_id in seated,
            row.non_territorial,
            row.by_post,
        )
        for row in offerings(desk, procedure_id).values()
    )


def _is_own(agency: Agency, at_office: OneStopOffice) -> bool:
    """The agency that keeps the office, or one of its divisions."""
    own = at_office.agency_id
    return agency.pk == own or (agency.kind == Agency.Kind.DIVISION and agency.parent_id == own)


def plan(
    desk: Desk,
    procedure_id: int,
    resolving: Agency,
    at_office: OneStopOffice,
    amount: Decimal | None,
    unit: str,
) -> tuple[PlannedTask, ...]:
    """The tasks of the process in force for the procedure at the agency, else of the model process, else a minimal one."""
    key = ("plan", procedure_id, resolving.pk, at_office.pk, desk.span, amount, unit)
    return desk.recall(key, lambda: _plan(desk, procedure_id, resolving, at_office, amount, unit))


def _plan(
    desk: Desk,
    procedure_id: int,
    resolving: Agency,
    at_office: OneStopOffice,
    amount: Decimal | None,
    unit: str,
) -> tuple[PlannedTask, ...]:
    process = process_for(procedure_id, resolving, desk.day)
    pairs = _pairs(process) if process else []
    if not pairs:
        return minimal_plan(resolving, at_office, amount, unit)
    places = resolve_places([template for _, template in pairs], Where(resolving, at_office, desk.day))
    return tuple(_planned(stage, template, places[template.pk]) for stage, template in pairs)


def _pairs(process: Process) -> list[tuple[Stage, TaskTemplate]]:
    return [(stage, template) for stage in process.stages.all() for template in stage.tasks.all()]


def _planned(stage: Stage, template: TaskTemplate, agency: Agency | None) -> PlannedTask:
    if agency is None:
        raise RuleViolation(
            f"Quy trình cần “{template.get_place_display()}” cho việc “{template.name}” nhưng chưa có cơ quan nào như vậy. "
            "Bổ sung cơ quan, hoặc sửa quy trình."
        )
    return PlannedTask(
        stage.position, stage.name, stage.kind, template.position, template.name, agency, template.role_code,
        template.hours, template.is_lead, template.required, template.place == TaskTemplate.Place.OFFICE,
    )  # fmt: skip


def minimal_plan(
    resolving: Agency, at_office: OneStopOffice, amount: Decimal | None, unit: str
) -> tuple[PlannedTask, ...]:
    """Where no process was issued: review and signature in the resolving agency, the result back at the counter.

    They fill the limit and do not pass it (whole quarters of an hour, an hour at least); without a limit a working day.
    """
    hours = max(comparable_hours(amount, unit) or HOURS_A_DAY, Decimal(1))
    hours -= hours % QUARTER
    quarter = hours / 4 - hours / 4 % QUARTER
    review = PlannedTask(
        1,
        "Thẩm tra, xử lý",
        "review",
        1,
        "Thẩm tra, dự thảo kết quả",
        resolving,
        "officer",
        hours - 2 * quarter,
    )
    signature = PlannedTask(2, "Trình ký", "signature", 1, "Ký kết quả", resolving, "leader", quarter)
    result = PlannedTask(
        3, "Chuyển kết quả", "result", 1, "Nhận kết quả tại bộ phận một cửa", at_office.agency, "receptionist",
        quarter, at_office=True,
    )  # fmt: skip
    return review, signature, result
