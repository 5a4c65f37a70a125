"""What bears on a running clock: supplement, opinions, financial obligation, apology (NĐ 61/2018, Điều 19)."""

import logging
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.rules.permissions import Permission
from motcua.core import moments, store
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers import slips
from motcua.dossiers.actions import _charges, _clock, _flow, _news, _notices
from motcua.dossiers.actions._doors import acting
from motcua.dossiers.actions._ending import end_by_stopping
from motcua.dossiers.actions._forms import require_pointed
from motcua.dossiers.actions._journal import entry, log
from motcua.dossiers.actions._papers import add_papers
from motcua.dossiers.actions._reviving import restart_tasks, resume_tasks
from motcua.dossiers.models import (
    ClockEntry,
    Dossier,
    DossierTask,
    FinancialObligation,
    Notice,
    Opinion,
    SupplementRequest,
)
from motcua.dossiers.queries import access
from motcua.dossiers.queries.clock import rows_of
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import apology, correction, ending, ledger, supplement
from motcua.dossiers.rules.intake import PaperData
from motcua.dossiers.rules.states import Payment, Status
from motcua.dossiers.rules.transitions import Act
from motcua.workdays.rules.clock import due_at, is_in_time_for_extension
from motcua.workdays.rules.limits import Limit, Unit

Kind = ClockEntry.Kind
logger = logging.getLogger(__name__)


# Supplement after acceptance ------------------------------------------------------------------------------------------


@store.act
def request_supplement(
    dossier_id: int,
    *,
    reason: str,
    items: list[dict[str, Any]],
    answer_by: date | None = None,
    actor: User,
    at: datetime,
) -> SupplementRequest:
    """Ask for more papers, once, within 3 working days of receipt (later: flagged, or refused by setting). The clock stops,
    and starts from zero when all is there.
    """
    desk = Desk(actor, at)
    dossier, _ = acting(desk, dossier_id, Act.ASK_SUPPLEMENT)
    reason = correction.reason_from(items, reason)
    supplement.require_items(reason, items)
    require_pointed(dossier, items)
    asked = store.find(SupplementRequest, dossier_id=dossier.pk, after_acceptance=True)
    supplement.require_first(len(asked))
    late = _is_late_request(desk, dossier)
    answer_due = supplement.answer_due(desk.day, _grace(desk, dossier), answer_by)
    _flow.move(dossier, Act.ASK_SUPPLEMENT)
    store.update(dossier, "status")
    notice = _notices.issue(
        desk,
        dossier,
        Notice.Kind.SUPPLEMENT,
        slips.supplement(dossier, reason, items, answer_due, actor),
        dossier.office,
    )
    request = store.new(SupplementRequest,
        dossier=dossier, notice=notice, after_acceptance=True, requested_at=at, requested_by=actor, reason=reason, items=items,
        answer_due_on=answer_due, flagged_late=late,
    )  # fmt: skip
    store.insert([request])
    _clock.record(
        dossier, desk, Kind.SUSPEND, "Chờ bổ sung hồ sơ", document=_notices.name_of(notice.data), flagged=late
    )
    log(
        desk,
        dossier,
        entry(
            Act.ASK_SUPPLEMENT, reason=reason, items=items, answer_due=answer_due, late=late, notice=notice.pk
        ),
    )
    _news.tell(desk, dossier, "supplement_needed", due=answer_due)
    return request


def _is_late_request(desk: Desk, dossier: Dossier) -> bool:
    """Working days from receipt to now against the window in force. Raises RuleViolation when late ones are refused."""
    agency = dossier.resolving_agency
    since = desk.calendar(agency).working_days_between(dossier.received_on or desk.day, desk.day)
    window = int(desk.setting("supplement_window_days", agency, dossier.received_on))
    return supplement.require_window(since, window, desk.setting("late_supplement", agency, default="flag"))


def _grace(desk: Desk, dossier: Dossier) -> int:
    """Days that the citizen has: of the procedure's version, else the dated setting."""
    return dossier.version.supplement_grace_days or int(
        desk.setting("supplement_grace_days", dossier.resolving_agency)
    )


@store.act
def complete_supplement(
    dossier_id: int, papers: tuple[PaperData, ...] = (), *, actor: User, at: datetime
) -> Dossier:
    """All that was asked for is there: the limit runs anew from now (NĐ 61/2018, Điều 19 khoản 4)."""
    desk = Desk(actor, at)
    dossier, tasks = acting(desk, dossier_id, Act.COMPLETE_SUPPLEMENT)
    add_papers(dossier, papers, at)
    requests = store.find(SupplementRequest, dossier_id=dossier.pk, after_acceptance=True)
    asked = max(requests, key=lambda one: one.pk)
    asked.completed_at = at
    store.update(asked, "completed_at")
    _flow.move(dossier, Act.COMPLETE_SUPPLEMENT)
    store.update(dossier, "status")
    (notice,) = store.find(Notice, id=asked.notice_id)
    before, document = dossier.due_at, _notices.name_of(notice.data)
    _clock.record(dossier, desk, Kind.RESTART, "Đã bổ sung đủ hồ sơ", document=document)
    restart_tasks(desk, dossier, tasks)
    log(
        desk,
        dossier,
        entry(Act.COMPLETE_SUPPLEMENT, papers=len(papers), due_before=before, due_at=dossier.due_at),
    )
    _news.tell(desk, dossier, "accepted")
    return dossier


@store.act
def expire_supplements(*, actor: User, at: datetime) -> list[Dossier]:
    """Stop the dossiers whose time for the supplement has run out, with a stop notice, where the setting
    `supplement_expiry` says so ("stop"; "remind" leaves it to a person).
    """
    desk = Desk(actor, at)
    due = SupplementRequest.objects.filter(
        after_acceptance=True, completed_at=None, answer_due_on__lt=desk.day
    )
    ids = due.filter(dossier__status=Status.POST_SUPPLEMENT).values_list("dossier_id", flat=True)
    return [found for pk in list(ids) if (found := _expire(desk, pk)) is not None]


def _expire(desk: Desk, dossier_id: int) -> Dossier | None:
    """One dossier, in a transaction of its own: what is wrong with one does not keep the others waiting."""
    try:
        return _expire_one(desk, dossier_id)
    except (RuleViolation, NotFound) as error:
        logger.warning("hồ sơ %s chưa dừng được: %s", dossier_id, error.message)
        return None


@store.act
def _expire_one(desk: Desk, dossier_id: int) -> Dossier | None:
    dossier, tasks = acting(desk, dossier_id, Act.STOP)
    if desk.setting("supplement_expiry", dossier.resolving_agency, default="stop") != "stop":
        return None
    return end_by_stopping(desk, dossier, tasks, "no_supplement", "")


# Opinions: they never pause ---------------------------------------------------------------------------------------------


@store.act
def ask_opinion(
    dossier_id: int, *, to_agency_id: int, question: str, due_working_days: int, actor: User, at: datetime
) -> Opinion:
    """Ask another agency, with a deadline of its own. The dossier's clock runs on (Điều 19 khoản 5)."""
    desk = Desk(actor, at)
    dossier, tasks = acting(desk, dossier_id, Act.ASK_OPINION)
    text = ending.require_text(question, "Ghi nội dung xin ý kiến.", "question")
    agency = Agency.objects.filter(Agency.in_force(desk.day), pk=to_agency_id).first()
    if agency is None:
        raise RuleViolation("Chọn cơ quan được hỏi đang hoạt động.", field="to_agency")
    if due_working_days < 1:
        raise RuleViolation("Hạn trả lời phải từ 1 ngày làm việc.", field="due_working_days")
    opinion = store.new(Opinion,
        dossier=dossier, from_agency=_asking_agency(desk, dossier, tasks), to_agency=agency, question=text, asked_by=actor, asked_at=at,
        due_at=_working_days_later(desk, agency, due_working_days),
    )  # fmt: skip
    store.insert([opinion])
    _flow.move(dossier, Act.ASK_OPINION)
    store.update(dossier, "status")
    log(desk, dossier, entry(Act.ASK_OPINION, opinion=opinion.pk, agency=agency.pk, due=opinion.due_at))
    return opinion


def _asking_agency(desk: Desk, dossier: Dossier, tasks: list[DossierTask]) -> Agency:
    """The agency of the actor's live task, else the resolving one."""
    mine = (
        t.agency
        for t in tasks
        if t.state in ("open", "accepted") and desk.authority.can(Permission.DOSSIER_PROCESS, t.agency)
    )
    return next(mine, dossier.resolving_agency)


def _working_days_later(desk: Desk, agency: Agency, days: int) -> datetime:
    found = due_at(Limit(Decimal(days), Unit.WORKING_DAY), desk.local, desk.calendar(agency))
    return moments.to_utc(cast(datetime, found))  # working days always come to an end


@store.act
def answer_opinion(opinion_id: int, *, answer: str, actor: User, at: datetime) -> Opinion:
    """Answer for the agency that was asked; after the last answer the dossier is in review again."""
    desk = Desk(actor, at)
    opinion = next(iter(store.find(Opinion, id=opinion_id)), None)
    if opinion is None or not desk.authority.can(
        Permission.DOSSIER_OPINION, desk.agency(opinion.to_agency_id)
    ):
        raise NotFound("Không tìm thấy yêu cầu ý kiến này hoặc bạn không có quyền trả lời.")
    text = ending.require_text(answer, "Nhập ý kiến trả lời.", "answer")
    dossier = access.locked(desk, opinion.dossier_id)
    (opinion,) = store.find(
        Opinion, id=opinion_id
    )  # anew: somebody may have answered while we waited for the lock
    if opinion.answered_at or opinion.lapsed_at:
        raise RuleViolation("Ý kiến này đã trả lời hoặc đã hết hạn và được bỏ qua.")
    opinion.answer, opinion.answered_by, opinion.answered_at = text, actor, at
    store.update(opinion, "answer", "answered_by", "answered_at")
    waiting = store.exists(Opinion, dossier_id=dossier.pk, answered_at=None, lapsed_at=None)
    if dossier.status == Status.WAIT_OPINION and not waiting:
        _flow.move(dossier, Act.END_OPINIONS)
        store.update(dossier, "status")
    log(desk, dossier, entry(Act.ANSWER_OPINION, opinion=opinion.pk, late=opinion.due_at < at))
    return opinion


@store.act
def end_opinions(dossier_id: int, *, actor: User, at: datetime) -> Dossier:
    """Go on without the answers whose deadline has passed."""
    desk = Desk(actor, at)
    dossier, _ = acting(desk, dossier_id, Act.END_OPINIONS)
    entries = _flow.close_opinions(desk, dossier)
    store.update(dossier, "status")
    log(desk, dossier, *entries)
    return dossier


# Financial obligation: it suspends --------------------------------------------------------------------------------------


@store.act
def issue_obligation(
    dossier_id: int,
    *,
    amount_dong: int,
    notice_number: str,
    payable_here: bool = False,
    actor: User,
    at: datetime,
) -> FinancialObligation:
    """Tell the citizen what to pay (land, tax): the clock rests until it is paid. `payable_here`: it is charged here as well, to
    be paid by QR or gateway, and met by its receipt.
    """
    desk = Desk(actor, at)
    dossier, _ = acting(desk, dossier_id, Act.ISSUE_OBLIGATION)
    number = ending.require_text(notice_number, "Nhập số thông báo nghĩa vụ tài chính.", "notice_number")
    if amount_dong <= 0:
        raise RuleViolation("Số tiền phải lớn hơn 0.", field="amount_dong")
    obligation = store.new(
        FinancialObligation,
        dossier=dossier,
        amount_dong=amount_dong,
        notice_number=number,
        issued_at=at,
        issued_by=actor,
    )
    store.insert([obligation])
    _flow.move(dossier, Act.ISSUE_OBLIGATION)
    store.update(dossier, "status")
    _clock.record(
        dossier, desk, Kind.SUSPEND, "Chờ thực hiện nghĩa vụ tài chính", document=f"Thông báo số {number}"
    )
    log(
        desk,
        dossier,
        entry(Act.ISSUE_OBLIGATION, obligation=obligation.pk, amount_dong=amount_dong, document=number),
    )
    link = _charges.charge_obligation(desk, dossier, amount_dong, number) if payable_here else ""
    if link:
        _news.tell(desk, dossier, "obligation", link=link)
    else:
        _news.tell(desk, dossier, "obligation")
    return obligation


@store.act
def meet_obligation(dossier_id: int, *, document: str, actor: User, at: datetime) -> Dossier:
    """The obligation is met, by this document: the clock goes on."""
    desk = Desk(actor, at)
    dossier, tasks = acting(desk, dossier_id, Act.MEET_OBLIGATION)
    text = ending.require_text(document, "Nhập số chứng từ nộp tiền.", "document")
    unmet = store.find(FinancialObligation, dossier_id=dossier.pk, met_at=None)
    obligation = max(unmet, key=lambda one: one.issued_at)
    obligation.met_at, obligation.met_document = at, text
    store.update(obligation, "met_at", "met_document")
    if dossier.payment == Payment.DUE:
        _charges.drop_obligations(desk, dossier, text)
    _flow.move(dossier, Act.MEET_OBLIGATION)
    store.update(dossier, "status")
    before = dossier.due_at
    _clock.record(dossier, desk, Kind.RESUME, "Đã thực hiện nghĩa vụ tài chính", document=text)
    resume_tasks(desk, tasks, obligation.issued_at)
    log(desk, dossier, entry(Act.MEET_OBLIGATION, document=text, due_before=before, due_at=dossier.due_at))
    return dossier


# Apology ------------------------------------------------------------------------------------------------------------------


@store.act
def apologise(
    dossier_id: int,
    *,
    extra_working_days: int,
    reason: str,
    signer_id: int | None = None,
    actor: User,
    at: datetime,
) -> Notice:
    """Apologise and re-appoint, once, at least one working day before the due date (later: allowed, flagged for ever). The
    original due date stays beside the new one (Điều 19 khoản 9; Mẫu số 04).
    """
    desk = Desk(actor, at)
    dossier, _ = acting(desk, dossier_id, Act.APOLOGISE)
    apology.require_words(extra_working_days, reason)
    entries = _clock.entries_of(dossier)
    apology.require_first(sum(e.kind == Kind.EXTEND for e in entries))
    apology.require_limit(dossier.due_at is not None, ledger.is_paused(rows_of(entries)))
    due_before = dossier.due_at
    calendar = _clock.loaded(desk, str(entries[-1].calendar_id))
    late = not is_in_time_for_extension(desk.local, moments.to_local(due_before or at), calendar)
    signer = _signer(desk, dossier, signer_id)
    kind, agency = Notice.Kind.APOLOGY, dossier.resolving_agency
    number = _notices.reserve(desk, kind, agency)
    document = _notices.name_of(slips.heading(kind, dossier, agency, number, desk.day))
    _clock.record(
        dossier, desk, Kind.EXTEND, reason, document=document, amount=extra_working_days, flagged=late
    )
    content = slips.apology(dossier, reason, due_before, desk.day, signer)
    notice = _notices.issue(desk, dossier, kind, content, agency, signer=signer, number=number)
    facts = {
        "due_before": due_before,
        "due_at": dossier.due_at,
        "late": late,
        "notice": notice.pk,
        "reason": reason,
    }
    log(desk, dossier, entry(Act.APOLOGISE, **facts))
    _news.tell(desk, dossier, "apology")
    return notice


def _signer(desk: Desk, dossier: Dossier, signer_id: int | None) -> User:
    """Who signs the apology: the head, not the counter. Raises RuleViolation for somebody without the power to sign."""
    if signer_id is None or signer_id == desk.actor.pk:
        return desk.actor
    signer = User.objects.filter(pk=signer_id, is_active=True).first()
    if signer is None or not Desk(signer, desk.at).authority.can(
        Permission.DOSSIER_APOLOGISE, dossier.resolving_agency
    ):
        raise RuleViolation("Người ký phiếu xin lỗi phải là lãnh đạo cơ quan giải quyết.", field="signer")
    return signer
