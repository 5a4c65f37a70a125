"""Reception: at the counter, by post, online; declining and supplementing before acceptance (NĐ 61/2018, Điều 16, 17)."""

from datetime import date, datetime, timedelta
from typing import Any

from motcua.accounts.models import User
from motcua.core import identity, moments, store
from motcua.core.text import fold, nfc
from motcua.dossiers import slips
from motcua.dossiers.actions import _clock, _fees, _flow, _news, _notices, _numbers
from motcua.dossiers.actions._forms import require_pointed, save_form
from motcua.dossiers.actions._holders import save_holder
from motcua.dossiers.actions._journal import entry, log
from motcua.dossiers.actions._marks import lift_marks, require_free
from motcua.dossiers.actions._papers import add_papers, save_papers, standing
from motcua.dossiers.actions._reception import Reception, prepare
from motcua.dossiers.models import Dossier, DossierPaper, DossierTask, Notice, Party, SupplementRequest
from motcua.dossiers.queries import access, catalogue
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import codes, correction, ending, supplement
from motcua.dossiers.rules import intake as rules
from motcua.dossiers.rules.fees import Settled, settle, why_changed
from motcua.dossiers.rules.intake import Intake, PaperData, PartyData
from motcua.dossiers.rules.reception import require_moment
from motcua.dossiers.rules.states import Payment, TaskState
from motcua.dossiers.rules.transitions import Act, line_for
from motcua.payments.models import Charge
from motcua.procedures.models import ProcedureVersion
from motcua.workdays.rules.clock import add_working_hours

_RECEPTION_FIELDS = [
    "code", "status", "version", "field", "resolving_agency", "received_at", "received_on", "received_by", "limit_amount",
    "limit_unit", "statutory_amount", "statutory_unit", "payment", "register_year", "register_number",
]  # fmt: skip


@store.act
def receive(intake: Intake, *, actor: User, at: datetime, desk: Desk | None = None) -> Dossier:
    """Receive a complete dossier at the counter or by post: code, register number, clock, papers, tasks, Mẫu số 01.

    The version of the procedure, its limit, fees and process are those in force on the day, frozen in the dossier.
    Raises RuleViolation when incomplete, not offered here, back-dated; NotFound without the right to receive here.
    `desk`: the actor's own at this moment, when the caller has read with it already; saves a statement.
    """
    desk = desk or Desk(actor, at)
    received_at = intake.received_at or at
    _check(desk, intake, received_at)
    reception = prepare(desk, intake)
    _require_complete(desk, reception.version, intake)
    dossier = _new_dossier(intake, reception, *_save_parties(intake))
    slip = _enter(dossier, reception, desk, received_at)
    dossier.status = line_for(None, Act.RECEIVE).target.value
    store.insert([dossier])
    papers = save_papers(dossier, intake.papers, received_at)
    _begin(dossier, reception, desk, papers, slip)
    return dossier


def _require_complete(desk: Desk, version: ProcedureVersion, intake: Intake) -> None:
    rules.require_complete(catalogue.requirements(desk, version.pk), intake.case, intake.papers)


@store.act
def submit(intake: Intake, *, actor: User, at: datetime) -> Dossier:
    """Take in a dossier filed online, or left for checking: a temporary number, no statutory clock yet; acceptance is due
    within 8 working hours (dated setting).
    """
    desk = Desk(actor, at)
    _check(desk, intake, at)
    reception = prepare(desk, intake)
    rules.require_case(catalogue.requirements(desk, reception.version.pk), intake.case)
    dossier = _new_dossier(intake, reception, *_save_parties(intake))
    dossier.status = line_for(None, Act.SUBMIT).target.value
    dossier.submitted_at = at
    dossier.acceptance_due_at = _acceptance_due(desk, dossier)
    dossier.temporary_number = _temporary_number(desk, dossier)
    owed = _fees.owed_lines(reception.fee_lines) if _fees.charges_when_filed(desk, dossier) else []
    dossier.payment = Payment.DUE.value if owed else Payment.NONE.value
    store.insert([dossier])
    save_papers(dossier, intake.papers, at)
    save_form(desk, dossier, intake.form_version_id, intake.answers)
    save_holder(desk, dossier, intake.holder_id, intake.holder_right)
    about: dict[str, Any] = {"assistance": intake.assistance_id} if intake.assistance_id else {}
    about |= _fees.told(_fees.keep_claim(dossier, reception, intake))
    log(
        desk,
        dossier,
        entry(Act.SUBMIT, number=dossier.temporary_number, due=dossier.acceptance_due_at, **about),
        first=True,
    )
    _news.tell_submitted(desk, dossier, _fees.charge_received(desk, dossier, owed))
    return dossier


@store.act
def accept(
    dossier_id: int,
    *,
    fee_quantities: dict[str, int] | None = None,
    exemption_reason: str | None = None,
    exemption_refusal: str = "",
    actor: User,
    at: datetime,
) -> Dossier:
    """Receive a dossier that was filed before: the clock starts now, not at submission (DOMAIN 13, trap 6).

    What decides the fee (numbers, exemption) is what the person stated, unless it is given here. An exemption that was claimed
    and is not given takes `exemption_refusal`: the person reads it in the message. Raises RuleViolation without it.
    """
    desk = Desk(actor, at)
    dossier = _before_reception(desk, dossier_id, Act.ACCEPT)
    stored = standing(store.find(DossierPaper, dossier_id=dossier.pk))
    claim = _fees.claim_of(dossier)
    settled = settle(_fees.stated(claim), fee_quantities, exemption_reason, exemption_refusal)
    intake = _intake_of(dossier, stored, dict(settled.quantities), settled.exemption)
    reception = prepare(desk, intake)
    _require_complete(desk, reception.version, intake)
    was_charged = dossier.channel == "online" and store.exists(Charge, reference=f"dossier/{dossier.pk}")
    slip = _enter(dossier, reception, desk, at)
    _flow.move(dossier, Act.ACCEPT)
    store.update(dossier, *_RECEPTION_FIELDS)
    _fees.keep_settled(desk, dossier, claim, settled)
    reason = why_changed(_fees.stated(claim), settled) if was_charged else ""
    _begin(dossier, reception, desk, stored, slip, settled, reason)
    return dossier


@store.act
def decline(
    dossier_id: int, *, reason: str, legal_basis: str = "", guidance: str = "", actor: User, at: datetime
) -> Dossier:
    """Refuse to accept a dossier before reception, in writing (Mẫu số 03), with the reason and the law that says so.
    Raises RuleViolation without one of them.
    """
    desk = Desk(actor, at)
    dossier = _before_reception(desk, dossier_id, Act.DECLINE)
    ending.require_refusal(reason, legal_basis)
    text, basis = reason.strip(), legal_basis.strip()
    _flow.move(dossier, Act.DECLINE)
    dossier.ended_at = at
    store.update(dossier, "status", "ended_at")
    content = slips.rejection(dossier, text, basis, guidance, actor)
    notice = _notices.issue(desk, dossier, Notice.Kind.REJECTION, content, dossier.office)
    log(desk, dossier, entry(Act.DECLINE, reason=text, legal_basis=basis, notice=notice.pk))
    _news.tell(desk, dossier, "not_accepted")
    _fees.let_go(desk, dossier, "hồ sơ không được tiếp nhận")
    return dossier


@store.act
def request_supplement_before(
    dossier_id: int, *, reason: str, items: list[dict[str, Any]], actor: User, at: datetime
) -> SupplementRequest:
    """Ask for what is missing before reception (Mẫu số 02): no clock runs, and it does not use up the one request."""
    desk = Desk(actor, at)
    dossier = _before_reception(desk, dossier_id, Act.ASK_PRE_SUPPLEMENT)
    reason = correction.reason_from(items, reason)
    supplement.require_items(reason, items)
    require_pointed(dossier, items)
    _flow.move(dossier, Act.ASK_PRE_SUPPLEMENT)
    store.update(dossier, "status")
    content = slips.supplement(dossier, reason, items, None, actor)
    notice = _notices.issue(desk, dossier, Notice.Kind.SUPPLEMENT, content, dossier.office)
    request = store.new(
        SupplementRequest,
        dossier=dossier,
        notice=notice,
        after_acceptance=False,
        requested_at=at,
        requested_by=actor,
        reason=reason,
        items=items,
        acceptance_due_at=dossier.acceptance_due_at,
    )
    store.insert([request])
    log(desk, dossier, entry(Act.ASK_PRE_SUPPLEMENT, reason=reason, items=items, notice=notice.pk))
    _news.tell(desk, dossier, "supplement_needed")
    return request


@store.act
def complete_presupplement(
    dossier_id: int,
    papers: tuple[PaperData, ...] = (),
    *,
    fees: Settled | None = None,
    actor: User,
    at: datetime,
) -> Dossier:
    """Take in what was missing before reception; acceptance is due anew. `fees`: what decides the fee, where it is stated anew."""
    desk = Desk(actor, at)
    dossier = _before_reception(desk, dossier_id, Act.COMPLETE_PRE_SUPPLEMENT)
    _flow.move(dossier, Act.COMPLETE_PRE_SUPPLEMENT)
    dossier.acceptance_due_at = _acceptance_due(desk, dossier)
    add_papers(dossier, papers, at)
    store.update(dossier, "status", "acceptance_due_at")
    lift_marks(dossier)
    asked = store.find(SupplementRequest, dossier_id=dossier.pk, completed_at=None)
    for request in asked:
        request.completed_at = at
    store.update_many(asked, ["completed_at"])
    about = _fees.restate(desk, dossier, fees) if fees else {}
    due = dossier.acceptance_due_at
    log(desk, dossier, entry(Act.COMPLETE_PRE_SUPPLEMENT, papers=len(papers), due=due, **about))
    return dossier


# Steps ------------------------------------------------------------------------------------------------------------


def _check(desk: Desk, intake: Intake, received_at: datetime) -> None:
    """Parties, counts, and that nobody back-dates. The office is asked for its tolerance."""
    rules.require_parties(intake)
    rules.require_counts(intake)
    at_office = catalogue.office(desk, intake.office_id)
    minutes = int(desk.setting("reception_backdate_minutes", at_office.agency, default=30))
    require_moment(received_at, desk.at, timedelta(minutes=minutes))


def _save_parties(intake: Intake) -> tuple[Party, Party | None]:
    """The applicant and, if somebody else, the submitter. One statement."""
    wanted = [intake.applicant, *([intake.submitter] if intake.submitter else [])]
    saved = store.insert([_party(data) for data in wanted])
    return saved[0], saved[1] if len(saved) > 1 else None


def _party(data: PartyData) -> Party:
    name = nfc(data.name)
    return store.new(
        Party,
        kind=data.kind,
        name=name,
        search_name=fold(name),
        identity_number=_identity(data),
        identity_country=data.identity_country if data.identity_number.strip() else "",
        tax_code=identity.tax_code(data.tax_code) if data.tax_code.strip() else "",
        birth_date=data.birth_date,
        gender=data.gender,
        phone=identity.phone(data.phone) if data.phone.strip() else "",
        email=data.email.strip(),
        address=nfc(data.address),
    )


def _identity(data: PartyData) -> str:
    if not data.identity_number.strip():
        return ""
    if data.identity_country:
        return identity.passport(data.identity_number, data.identity_country)
    return identity.identity_number(data.identity_number)


def _new_dossier(intake: Intake, reception: Reception, applicant: Party, submitter: Party | None) -> Dossier:
    """The dossier as stated, not yet received."""
    return store.new(
        Dossier,
        channel=intake.channel,
        procedure=reception.version.procedure,
        version=reception.version,
        field=reception.version.field,
        case=intake.case,
        limit_case=intake.limit_case,
        office=reception.office,
        receiving_agency=reception.office.agency,
        resolving_agency=reception.resolving,
        applicant=applicant,
        submitter=submitter,
        authorisation=intake.authorisation.strip(),
        content=intake.content.strip(),
        copies_of_dossier=intake.copies_of_dossier,
        delivery=intake.delivery,
        postal_number=intake.postal_number,
        external_code=intake.external_code,
    )


def _enter(dossier: Dossier, reception: Reception, desk: Desk, received_at: datetime) -> int:
    """Set what reception fixes for ever; numbers are taken here, late, in one statement. Gives the number of the slip."""
    day = moments.legal_date(received_at)
    effective, statutory = reception.limits.effective, reception.limits.statutory
    keys = _keys(reception, day)
    numbers = _numbers.take(list(keys.values()))
    dossier.code = codes.make(
        reception.code_agency, day, numbers[keys["code"]], new_since=reception.new_code_since
    )
    dossier.register_year, dossier.register_number = day.year, numbers[keys["register"]]
    dossier.version, dossier.field = reception.version, reception.version.field
    dossier.resolving_agency = reception.resolving
    dossier.received_at, dossier.received_on, dossier.received_by = received_at, day, desk.actor
    dossier.limit_amount, dossier.limit_unit = effective.amount, effective.unit.value
    dossier.statutory_amount, dossier.statutory_unit = statutory.amount, statutory.unit.value
    dossier.payment = reception.payment.value
    return numbers[keys["slip"]]


def _keys(reception: Reception, day: date) -> dict[str, str]:
    """The counters that reception takes from: code per agency and day, register and slips per office and year."""
    office = reception.office
    return {
        "code": f"code/{reception.code_agency}/{day.isoformat()}",
        "register": f"register/{office.pk}/{day.year}",
        "slip": _notices.key_of(_notices.series_of(office), Notice.Kind.RECEIPT, day.year),
    }


def _begin(
    dossier: Dossier, reception: Reception, desk: Desk, papers: list[DossierPaper], slip: int,
    settled: Settled | None = None, recount: str = "",
) -> None:  # fmt: skip
    """Start the clock, freeze the tasks, print the slip, charge, log, tell. `settled`: what an accepted filing is charged by;
    `recount`: why it may come to something else than was charged when it was filed, empty when nothing was.
    """
    head = slips.heading(Notice.Kind.RECEIPT, dossier, dossier.office, slip, desk.day)
    _clock.start(dossier, desk, reception.basis, _notices.name_of(head))
    _save_tasks(dossier, reception, desk)
    content = slips.receipt(dossier, papers, reception.bill, desk.actor)
    notice = _notices.issue(desk, dossier, Notice.Kind.RECEIPT, content, dossier.office, number=slip)
    charges, money = _fees.charge_accepted(desk, dossier, reception.fee_lines, recount)
    data = {
        "code": dossier.code,
        "procedure": reception.version.procedure.code,
        "version": reception.version.number,
        "received_at": dossier.received_at,
        "due_at": dossier.due_at,
        "limit": f"{dossier.limit_amount} {dossier.limit_unit}",
        "office": dossier.office_id,
        "resolving": dossier.resolving_agency_id,
        "papers": len(papers),
        "register": f"{dossier.register_year}/{dossier.register_number}",
        "notice": notice.number,
        "amount_dong": reception.bill.total_dong,
        **(_fees.told(settled) if settled else {}),
    }
    first = settled is None
    log(desk, dossier, entry(Act.RECEIVE if first else Act.ACCEPT, **data), first=first)
    if dossier.channel != "counter":
        _news.tell_received(desk, dossier, charges, settled, recount if money and money.changed else "")
    if money:
        _news.tell_settled(desk, dossier, money, recount, told_owed=True)


def _save_tasks(dossier: Dossier, reception: Reception, desk: Desk) -> None:
    """Freeze the process in force as tasks; the counter's own first step is at once in the clerk's hands. One statement."""
    first = min((t.stage for t in reception.plan), default=0)
    rows = [
        store.new(DossierTask,
            dossier=dossier, stage=t.stage, stage_name=t.stage_name, stage_kind=t.stage_kind, position=t.position, name=t.name,
            agency=t.agency, role_code=t.role_code, hours=t.hours, is_lead=t.is_lead, required=t.required,
            at_office=t.at_office, dossier_due_at=dossier.due_at,
        )
        for t in reception.plan
    ]  # fmt: skip
    for row in rows:
        if row.stage == first and row.at_office and row.stage_kind != "result":
            row.state, row.officer = TaskState.ACCEPTED.value, desk.actor
            row.taken_by, row.taken_at, row.given_at = desk.actor, desk.at, desk.at
            row.due_at = moments.to_utc(add_working_hours(desk.local, row.hours, desk.calendar(row.agency)))
    store.insert(rows)


def _acceptance_due(desk: Desk, dossier: Dossier) -> datetime:
    """Eight working hours of the office from now (dated setting)."""
    agency = dossier.office.agency
    hours = desk.setting("acceptance_hours", agency)
    return moments.to_utc(add_working_hours(desk.local, hours, desk.calendar(agency)))


def _temporary_number(desk: Desk, dossier: Dossier) -> str:
    key = f"temporary/{dossier.office_id}/{desk.day.isoformat()}"
    return f"T-{dossier.office_id}-{desk.day:%y%m%d}-{_numbers.take([key])[key]:04d}"


def _before_reception(desk: Desk, dossier_id: int, act: Act) -> Dossier:
    """A dossier not yet received, locked, by somebody who may do the act at its office and whom nobody else's check stops."""
    dossier = access.locked(desk, dossier_id)
    access.require_side(desk, dossier, line_for(dossier.status, act))
    if act is not Act.COMPLETE_PRE_SUPPLEMENT:
        require_free(desk, dossier)
    return dossier


def _intake_of(
    dossier: Dossier, papers: list[DossierPaper], quantities: dict[str, int], exemption_reason: str
) -> Intake:
    """The intake that a filed dossier amounts to."""
    applicant = PartyData(dossier.applicant.kind, dossier.applicant.name)
    return Intake(
        office_id=dossier.office_id, procedure_id=dossier.procedure_id, channel=dossier.channel, applicant=applicant,
        papers=tuple(
            PaperData(p.name, p.paper_id, p.originals, p.copies, p.electronic, p.presented_only, p.file_id, p.waiver) for p in papers
        ),
        resolving_agency_id=dossier.resolving_agency_id, case=dossier.case, limit_case=dossier.limit_case, fee_quantities=quantities,
        exemption_reason=exemption_reason,
    )  # fmt: skip
