"""Checking what was submitted, before reception: who has opened it, who does it, and word to the head when nobody does."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from motcua.accounts.models import User
from motcua.agencies.queries import people_with
from motcua.agencies.rules.permissions import Permission
from motcua.core import store
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import to_local
from motcua.dossiers.actions._journal import entry, log
from motcua.dossiers.actions._marks import own_mark
from motcua.dossiers.models import AcceptanceCheck, Dossier
from motcua.dossiers.queries import access
from motcua.dossiers.queries.acceptance import hours_left, to_watch
from motcua.dossiers.queries.news import office_context_of
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import acceptance
from motcua.dossiers.rules.states import Status
from motcua.notifications.actions import queue

logger = logging.getLogger(__name__)
RECEIVE = (Permission.DOSSIER_RECEIVE,)
WAITING = (Status.SUBMITTED, Status.PRE_SUPPLEMENT)
KINDS = {"unseen": "acceptance_unseen", "overdue": "acceptance_late"}


@store.act
def note_seen(dossier_id: int, *, actor: User, at: datetime) -> AcceptanceCheck:
    """Somebody who may receive it has opened a submission; only the first look is kept, and logged."""
    desk = Desk(actor, at)
    dossier, mark = _waiting(desk, dossier_id)
    if mark.seen_at is None:
        mark.seen_by, mark.seen_at = actor, at
        store.update(mark, "seen_by", "seen_at")
        log(desk, dossier, entry("seen"))
    return mark


@store.act
def take_check(dossier_id: int, *, instead: bool = False, actor: User, at: datetime) -> AcceptanceCheck:
    """Take a submission for checking. Raises RuleViolation when a colleague has it, unless one takes it over knowingly."""
    desk = Desk(actor, at)
    dossier, mark = _waiting(desk, dossier_id)
    before = mark.officer_id
    if before == actor.pk:
        return mark
    if before and not instead:
        raise RuleViolation(f"{mark.officer} đã nhận kiểm tra hồ sơ này. Chọn hồ sơ khác hoặc nhận thay.")
    return _given(desk, dossier, mark, actor, "check_taken", before)


@store.act
def give_check(dossier_id: int, officer_id: int, *, actor: User, at: datetime) -> AcceptanceCheck:
    """Give a submission to a colleague who may receive at the office; by who assigns work there."""
    desk = Desk(actor, at)
    dossier, mark = _waiting(desk, dossier_id)
    if not access.at_office(desk, dossier, (Permission.DOSSIER_ASSIGN,)):
        raise NotFound("Không tìm thấy hồ sơ này hoặc bạn không được giao việc kiểm tra.")
    officer = (
        people_with(Permission.DOSSIER_RECEIVE, dossier.office.agency, desk.day).filter(pk=officer_id).first()
    )
    if officer is None:
        raise RuleViolation("Chọn cán bộ tiếp nhận của bộ phận một cửa này.", field="officer")
    return _given(desk, dossier, mark, officer, "check_given", mark.officer_id)


@store.act
def release_check(dossier_id: int, *, actor: User, at: datetime) -> AcceptanceCheck:
    """Put a submission back for colleagues."""
    desk = Desk(actor, at)
    dossier, mark = _waiting(desk, dossier_id)
    if mark.officer_id != actor.pk and not access.at_office(desk, dossier, (Permission.DOSSIER_ASSIGN,)):
        raise NotFound("Không tìm thấy hồ sơ này trong việc kiểm tra của bạn.")
    return _given(desk, dossier, mark, None, "check_released", mark.officer_id)


def take_next(dossier_ids: Iterable[int], *, actor: User, at: datetime) -> int | None:
    """Take the first of these that nobody has by now; its id, None when all are taken. Each try is an act of its own, so that
    two clerks who ask at once get two dossiers.
    """
    for pk in dossier_ids:
        try:
            take_check(pk, actor=actor, at=at)
        except (RuleViolation, NotFound):
            continue
        return pk
    return None


def _waiting(desk: Desk, dossier_id: int) -> tuple[Dossier, AcceptanceCheck]:
    """A submission that waits, locked, for who may receive at its office. Raises NotFound, RuleViolation."""
    dossier = access.locked(desk, dossier_id)
    if not access.at_office(desk, dossier, RECEIVE):
        raise NotFound("Không tìm thấy hồ sơ này hoặc bạn không có quyền xem.")
    if dossier.status not in WAITING:
        raise RuleViolation("Hồ sơ này không còn chờ tiếp nhận.")
    return dossier, own_mark(dossier)


def _given(
    desk: Desk, dossier: Dossier, mark: AcceptanceCheck, officer: User | None, kind: str, before: int | None
) -> AcceptanceCheck:
    mark.officer, mark.taken_at = officer, desk.at if officer else None
    store.update(mark, "officer", "taken_at")
    log(desk, dossier, entry(kind, officer=officer.pk if officer else None, before=before))
    return mark


# Escalation -----------------------------------------------------------------------------------------------------------


def escalate_acceptance(*, actor: User, at: datetime) -> int:
    """Tell the head of the office of submissions that nobody has opened shortly before acceptance is due, and of those past it;
    each once. How many were told of. For the timer; raises NotFound for anybody but the system's own account.
    """
    if actor.kind != User.Kind.SYSTEM:
        raise NotFound()
    return sum(_escalated(pk, actor=actor, at=at) for pk in to_watch(at + timedelta(days=7)))


def _escalated(dossier_id: int, *, actor: User, at: datetime) -> bool:
    """One submission, in a transaction of its own: what is wrong with one does not keep the others waiting."""
    try:
        return _escalate(dossier_id, actor=actor, at=at)
    except (RuleViolation, NotFound) as error:
        logger.warning("hồ sơ %s: chưa báo được việc chậm tiếp nhận: %s", dossier_id, error.message)
        return False


@store.act
def _escalate(dossier_id: int, *, actor: User, at: datetime) -> bool:
    desk = Desk(actor, at)
    dossier = access.locked(desk, dossier_id)
    if dossier.status != Status.SUBMITTED:
        return False
    stage = _stage(desk, dossier)
    if not stage:
        return False
    mark = own_mark(dossier)
    told = "warned_at" if stage == "unseen" else "overdue_told_at"
    setattr(mark, told, at)
    store.update(mark, told)
    people = _heads(desk, dossier)
    _tell(desk, dossier, KINDS[stage], people)
    log(desk, dossier, entry("acceptance_escalated", stage=stage, people=[p.pk for p in people]))
    return True


def _stage(desk: Desk, dossier: Dossier) -> str:
    """What the head is owed now, by the office's settings."""
    agency = dossier.office.agency
    mark = next(iter(store.find(AcceptanceCheck, dossier_id=dossier.pk)), None)
    told = {
        name
        for name, when in (("unseen", mark and mark.warned_at), ("overdue", mark and mark.overdue_told_at))
        if when
    }
    return acceptance.stage_to_tell(
        hours_left(desk, dossier),
        seen=bool(mark and mark.seen_at),
        before=desk.setting("acceptance_warning_hours", agency),
        after=desk.setting("acceptance_escalation_hours", agency),
        told=frozenset(told),
    )


def _heads(desk: Desk, dossier: Dossier) -> list[User]:
    """Who leads the counter: receives there and watches over it; else whoever watches over the agency."""
    agency = dossier.office.agency
    watching = list(people_with(Permission.DOSSIER_SUPERVISE, agency, desk.day))
    receiving = set(people_with(Permission.DOSSIER_RECEIVE, agency, desk.day).values_list("pk", flat=True))
    return [person for person in watching if person.pk in receiving] or watching


def _tell(desk: Desk, dossier: Dossier, kind: str, people: Iterable[User]) -> None:
    due = to_local(dossier.acceptance_due_at)  # type: ignore[arg-type]  # only who has one is watched
    for person in people:
        queue(
            kind,
            reference=f"dossier/{dossier.pk}",
            context={**office_context_of(dossier), "due": f"{due:%H:%M %d/%m/%Y}"},
            email=person.email,
            user=person,
            agency=dossier.receiving_agency,
            actor=desk.actor,
            at=desk.at,
        )
