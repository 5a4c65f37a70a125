"""Endings without a result: refusal, stopping, withdrawal (NĐ 61/2018, Điều 6, 19; NĐ 118/2025)."""

from datetime import datetime

from motcua.accounts.models import User
from motcua.agencies.rules.duties import Duty
from motcua.core import store
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers import slips
from motcua.dossiers.actions import _fees, _flow, _news, _notices
from motcua.dossiers.actions._charges import drop_charges
from motcua.dossiers.actions._doors import acting
from motcua.dossiers.actions._ending import end, end_by_stopping
from motcua.dossiers.actions._journal import entry, log
from motcua.dossiers.actions._papers import give_back, kept_originals
from motcua.dossiers.models import ClockEntry, Dossier, Notice, ResultPaper
from motcua.dossiers.queries import access
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import ending
from motcua.dossiers.rules.states import Status
from motcua.dossiers.rules.transitions import Act

Kind = ClockEntry.Kind


@store.act
def refuse(
    dossier_id: int, *, reason: str, legal_basis: str, guidance: str = "", late_cause: str = "", late_note: str = "",
    actor: User, at: datetime,
) -> Dossier:  # fmt: skip
    """Refuse to resolve: in writing, with reason and legal basis, within the limit. It counts as resolved, on time or late."""
    desk = Desk(actor, at)
    dossier, tasks = acting(desk, dossier_id, Act.REFUSE)
    if not access.decides(desk, dossier, tasks):
        raise NotFound("Không tìm thấy hồ sơ này hoặc bạn không có quyền làm việc này.")
    _flow.separate(desk, dossier, tasks, Duty.RESOLVE)
    ending.require_refusal(reason, legal_basis)
    late = _flow.end_late(desk, dossier, late_cause, late_note)
    end(desk, dossier, tasks, Act.REFUSE, "Từ chối giải quyết", ["late_cause", "late_note"])
    content = slips.rejection(dossier, reason, legal_basis, guidance, actor)
    notice = _notices.issue(
        desk, dossier, Notice.Kind.REJECTION, content, dossier.resolving_agency, signer=actor
    )
    facts = {
        "reason": reason,
        "legal_basis": legal_basis,
        "late": late,
        "cause": dossier.late_cause,
        "notice": notice.pk,
    }
    log(desk, dossier, entry(Act.REFUSE, **facts))
    _news.tell(desk, dossier, "refused")
    return dossier


@store.act
def stop(dossier_id: int, *, reason_code: str, reason: str = "", actor: User, at: datetime) -> Dossier:
    """Stop a dossier for a reason of `rules.ending.STOP_REASONS`, with a notice; it stays outside the on-time ratio."""
    desk = Desk(actor, at)
    dossier, tasks = acting(desk, dossier_id, Act.STOP)
    return end_by_stopping(desk, dossier, tasks, reason_code, reason)


@store.act
def request_withdrawal(dossier_id: int, *, reason: str = "", actor: User, at: datetime) -> Dossier:
    """The citizen asks for the dossier back; the office confirms. Not after a result was signed. The clock runs on."""
    desk = Desk(actor, at)
    dossier, _ = acting(desk, dossier_id, Act.ASK_WITHDRAWAL)
    text = reason.strip() or "Theo đề nghị của người nộp hồ sơ"
    if store.exists(ResultPaper, dossier_id=dossier.pk, revoked_at=None):
        raise RuleViolation("Kết quả đã được ký nên không rút hồ sơ được nữa. Trả kết quả cho người nộp.")
    dossier.status_before, dossier.withdrawal_reason = dossier.status, text[:500]
    _flow.move(dossier, Act.ASK_WITHDRAWAL)
    store.update(dossier, "status", "status_before", "withdrawal_reason")
    log(desk, dossier, entry(Act.ASK_WITHDRAWAL, reason=text))
    return dossier


@store.act
def cancel_withdrawal(dossier_id: int, *, reason: str = "", actor: User, at: datetime) -> Dossier:
    """The citizen keeps the dossier going after all: back to the state before."""
    desk = Desk(actor, at)
    dossier, _ = acting(desk, dossier_id, Act.CANCEL_WITHDRAWAL)
    _flow.move(dossier, Act.CANCEL_WITHDRAWAL, Status(dossier.status_before))
    dossier.status_before = ""
    store.update(dossier, "status", "status_before")
    log(desk, dossier, entry(Act.CANCEL_WITHDRAWAL, reason=reason))
    return dossier


@store.act
def confirm_withdrawal(dossier_id: int, *, actor: User, at: datetime) -> Dossier:
    """Give the dossier back: all papers returned, the code never used again. Before reception no request is needed."""
    desk = Desk(actor, at)
    dossier, tasks = acting(desk, dossier_id, Act.CONFIRM_WITHDRAWAL)
    if dossier.received_at is None:
        _flow.move(dossier, Act.CONFIRM_WITHDRAWAL)
        dossier.ended_at = at
        store.update(dossier, "status", "ended_at")
    else:
        end(desk, dossier, tasks, Act.CONFIRM_WITHDRAWAL, "Người nộp rút hồ sơ")
    papers = kept_originals(dossier)
    give_back(papers, at)
    log(desk, dossier, entry(Act.CONFIRM_WITHDRAWAL, papers_returned=len(papers)))
    _news.tell(desk, dossier, "withdrawn")
    if dossier.received_at is None:
        _fees.let_go(desk, dossier, "hồ sơ đã được rút theo đề nghị của bạn")
    else:
        drop_charges(desk, dossier, "Người nộp rút hồ sơ")
    return dossier
