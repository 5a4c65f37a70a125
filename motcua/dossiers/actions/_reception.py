"""What holds for a dossier on the day that it is received: read once, checked by the rules."""

from dataclasses import dataclass
from datetime import date

from motcua.accounts.models import User
from motcua.accounts.queries import access_visit
from motcua.agencies.models import Agency, OneStopOffice
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers.actions import _clock
from motcua.dossiers.queries import access, catalogue
from motcua.dossiers.queries.catalogue import PlannedTask
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import payment
from motcua.dossiers.rules.intake import Intake, case_of_limit
from motcua.dossiers.rules.ledger import Basis
from motcua.dossiers.rules.reception import choose
from motcua.dossiers.rules.states import Payment
from motcua.payments.rules.lines import FeeLine
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries.limits import Limits
from motcua.procedures.rules.fees import Bill, Due, Quantities, compute


@dataclass(frozen=True)
class Reception:
    """The law and the organisation as they are for one dossier on its day."""

    office: OneStopOffice
    resolving: Agency
    version: ProcedureVersion
    limits: Limits
    basis: Basis
    plan: tuple[PlannedTask, ...]
    bill: Bill
    payment: Payment
    code_agency: str
    new_code_since: date

    @property
    def fee_lines(self) -> list[FeeLine]:
        """The bill as the payments want it, one line for each fee or charge due."""
        return fee_lines(self.bill)


def fee_lines(bill: Bill) -> list[FeeLine]:
    """A bill as the payments want it."""
    return [_fee_line(due) for due in bill.dues]


def _fee_line(due: Due) -> FeeLine:
    """A due as the payments want it: wholly exempt fees keep their amount and the reason, a share off is already taken off."""
    whole = due.exemption is not None and due.exemption.percent_off == 100
    purpose = (
        f"{due.line.name} (giảm: {due.exemption.reason})" if due.exemption and not whole else due.line.name
    )
    reason = due.exemption.reason if whole and due.exemption else ""
    return FeeLine(
        str(due.line.kind),
        purpose[:300],
        due.before_dong if whole else due.dong,
        due.line.legal_basis,
        reason,
        due.line.name[:300],
    )


def prepare(desk: Desk, intake: Intake) -> Reception:
    """Read and check all that reception rests on. Raises RuleViolation, and NotFound without the right to receive."""
    office = catalogue.office(desk, intake.office_id)
    version = catalogue.version(desk, intake.procedure_id)
    offer = choose(catalogue.offers(desk, intake.procedure_id, office), intake.resolving_agency_id, desk.day)
    resolving = catalogue.offerings(desk, intake.procedure_id)[offer.agency_id].agency
    if not _files_as_citizen(desk, intake):
        _require_right(desk, office, resolving, offer.is_seated)
    if intake.channel == "post" and not offer.by_post:
        raise RuleViolation(
            f"{offer.agency_name} không nhận thủ tục này qua bưu chính công ích.", field="channel"
        )
    timed = case_of_limit(catalogue.timed_cases(desk, version), intake.case, intake.limit_case)
    basis = _clock.basis_for(desk, resolving, _rule(version, timed), version.decision_number)
    limits = catalogue.limits(desk, version, intake.channel, resolving, timed, basis.same_day_cutoff)
    limit = limits.effective
    bill = _bill(desk, intake, resolving)
    return Reception(
        office=office,
        resolving=resolving,
        version=version,
        limits=limits,
        basis=basis,
        plan=catalogue.plan(desk, version.procedure_id, resolving, office, limit.amount, limit.unit.value),
        bill=bill,
        payment=payment.after_reception(bill.total_dong, bool(intake.exemption_reason and bill.dues)),
        code_agency=_code_agency(desk, office.agency),
        new_code_since=date.fromisoformat(str(desk.setting("code_form_new_since", office.agency))),
    )


def _rule(version: ProcedureVersion, timed: str) -> str:
    """What the derivation names as the source of the limit, with the case when the limit is made for one."""
    return f"thủ tục {version.procedure.code}" + (f", trường hợp “{timed}”" if timed else "")


def _files_as_citizen(desk: Desk, intake: Intake) -> bool:
    """Whether a citizen files online, alone or with who helps them in a visit that is not over: nobody's leave is needed for
    that (NĐ 61/2018, Điều 16). Raises NotFound for a visit that has ended or is another helper's.
    """
    if intake.channel != "online":
        return False
    if intake.assistance_id is not None:
        access_visit(desk.actor, intake.assistance_id, desk.at)
        return True
    return desk.actor.kind == User.Kind.CITIZEN


def _require_right(desk: Desk, office: OneStopOffice, resolving: Agency, is_seated: bool) -> None:
    """The right to receive: of the office's agency, or of the resolving agency at its own seat. Raises NotFound."""
    permission = ("dossier.receive",)
    own_seat = is_seated and access.holds(desk, permission, resolving)
    if not own_seat and not access.holds(desk, permission, office.agency):
        raise NotFound("Không tìm thấy bộ phận một cửa này hoặc bạn không được tiếp nhận tại đây.")


def _bill(desk: Desk, intake: Intake, resolving: Agency) -> Bill:
    lines = catalogue.fees(desk, intake.procedure_id, intake.channel, resolving)
    wanted = {
        key: int(value) for key, value in intake.fee_quantities.items() if key in ("cases", "copies", "pages")
    }
    return compute(lines, Quantities(**wanted), exemption_reason=intake.exemption_reason if lines else "")


def _code_agency(desk: Desk, agency: Agency) -> str:
    """The identifier for codes: of the receiving agency, else of the nearest one above that has one. Raises RuleViolation."""

    def find() -> str:
        known = dict(Agency.objects.filter(pk__in=agency.chain_ids).values_list("pk", "code"))
        return next((known[pk] for pk in reversed(agency.chain_ids) if known.get(pk)), "")

    found = agency.code or desk.recall(("code agency", agency.pk), find)
    if not found:
        raise RuleViolation(
            f"{agency.name} chưa có mã định danh nên không cấp được mã hồ sơ. Bổ sung mã định danh của cơ quan."
        )
    return found
