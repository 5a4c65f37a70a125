"""Acts by which answers come in: by link, by phone, from paper typed twice."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.queries import authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.surveys.actions._inviting import invite
from motcua.surveys.models import Invitee, Response, Sheet, Stratum, Survey
from motcua.surveys.queries.surveys import (
    GONE,
    access_invitee,
    access_sheet,
    access_survey,
    invitation,
    takes_answers,
)
from motcua.surveys.rules.questionnaire import check_all, differing

Raw = Mapping[str, str]
LOST = (Invitee.State.REFUSED, Invitee.State.UNREACHED)


@transaction.atomic
def answer_invitation(token: str, answers: Raw, *, actor: User | None, at: datetime) -> None:
    """Take the answers of somebody invited by link, once. Neither the answer nor the log says whose it is. Raises NotFound for
    an invitation that is used, forged or late; RuleViolation for answers that do not hold.
    """
    del actor
    invitee = invitation(token, at)
    held = _held(invitee.stratum.survey, answers)
    _use(invitee)
    Response.objects.create(stratum=invitee.stratum, mode=Invitee.Mode.LINK, answers=held)


@transaction.atomic
def answer_by_phone(invitee_id: int, answers: Raw, *, actor: User, at: datetime) -> None:
    """Keep what somebody drawn has answered on the phone. Raises NotFound; RuleViolation for answers that do not hold, an
    invitation that is used, or a survey that takes none.
    """
    invitee = access_invitee(authority_of(actor, legal_date(at)), invitee_id, lock=True)
    survey = _taking(invitee.stratum.survey, at)
    held = _held(survey, answers)
    _use(invitee)
    Response.objects.create(stratum=invitee.stratum, mode=Invitee.Mode.PHONE, answers=held)
    append(f"survey/{survey.pk}", "survey.phoned", actor=actor, at=at)


@transaction.atomic
def mark_unreached(invitee_id: int, state: str, *, actor: User, at: datetime) -> Invitee | None:
    """Somebody drawn refuses or cannot be reached: the next in reserve of the same group takes the place, in the order of the
    draw, and is returned; None when the reserve is used up. Raises NotFound; RuleViolation for another state.
    """
    invitee = access_invitee(authority_of(actor, legal_date(at)), invitee_id, lock=True)
    survey = _taking(invitee.stratum.survey, at)
    if state not in LOST or invitee.state != Invitee.State.WAITING:
        raise RuleViolation("Chỉ ghi được người còn chờ trả lời là từ chối hoặc không liên hệ được.")
    invitee.state = state
    invitee.save(update_fields=["state"])
    rows = Invitee.objects.select_related("dossier__applicant", "dossier__office")
    following = rows.filter(stratum=invitee.stratum, state=Invitee.State.RESERVE).order_by("rank").first()
    if following:
        following.state = Invitee.State.WAITING
        following.save(update_fields=["state"])
        invite(following, survey, actor, at)
    append(
        f"survey/{survey.pk}",
        "survey.unreached",
        actor=actor,
        at=at,
        data={"state": state, "replaced": following is not None},
    )
    return following


@transaction.atomic
def type_sheet(
    survey_id: int, stratum_id: int, number: int, answers: Raw, *, actor: User, at: datetime
) -> Sheet:
    """Type in a paper sheet: the first time it waits; the second time, by somebody else, it becomes an answer when both agree,
    else the questions that differ are named. Raises NotFound; RuleViolation for answers that do not hold, the same person
    twice, another group, or a sheet that is done.
    """
    authority = authority_of(actor, legal_date(at))
    survey = _taking(access_survey(authority, survey_id, Permission.SURVEY_ENTER), at)
    stratum = Stratum.objects.filter(pk=stratum_id, survey=survey).first()
    if stratum is None:
        raise NotFound()
    held = _held(survey, answers)
    sheet = Sheet.objects.select_for_update().filter(survey=survey, number=number).first()
    append(f"survey/{survey.pk}", "survey.typed", actor=actor, at=at, data={"sheet": number})
    if sheet is None:
        return Sheet.objects.create(
            survey=survey, stratum=stratum, number=number, answers=held, entered_by=actor
        )
    return _second(sheet, stratum, held, actor)


def _second(sheet: Sheet, stratum: Stratum, held: dict[str, str], actor: User) -> Sheet:
    if sheet.state != Sheet.State.FIRST:
        raise RuleViolation(f"Phiếu số {sheet.number} đã nhập đủ hai lần.", field="number")
    if sheet.entered_by_id == actor.pk:
        raise RuleViolation("Lần nhập thứ hai phải do người khác nhập.", field="number")
    if sheet.stratum_id != stratum.pk:
        raise RuleViolation("Nhóm mẫu khác lần nhập thứ nhất. Xem lại phiếu giấy.", field="stratum")
    sheet.differences = differing(sheet.survey.version.form, sheet.answers, held)
    if not sheet.differences:
        return _agree(sheet, held)
    sheet.state = Sheet.State.DIFFERS
    sheet.save(update_fields=["state", "differences"])
    return sheet


@transaction.atomic
def settle_sheet(sheet_id: int, answers: Raw, *, actor: User, at: datetime) -> Sheet:
    """Say with the paper in hand what a sheet typed differently really holds. Raises NotFound; RuleViolation for a sheet that
    does not differ or answers that do not hold.
    """
    sheet = access_sheet(authority_of(actor, legal_date(at)), sheet_id, lock=True)
    survey = _taking(sheet.survey, at)
    if sheet.state != Sheet.State.DIFFERS:
        raise RuleViolation("Phiếu này không có câu nào nhập khác nhau.")
    held = _held(survey, answers)
    append(f"survey/{survey.pk}", "survey.settled", actor=actor, at=at, data={"sheet": sheet.number})
    return _agree(sheet, held)


def _agree(sheet: Sheet, held: dict[str, str]) -> Sheet:
    """The answers move to where all answers are; the numbered sheet keeps none."""
    Response.objects.create(stratum=sheet.stratum, mode=Invitee.Mode.PAPER, answers=held)
    sheet.state, sheet.answers, sheet.differences = Sheet.State.AGREED, {}, []
    sheet.save(update_fields=["state", "answers", "differences"])
    return sheet


def _held(survey: Survey, raw: Raw) -> dict[str, str]:
    """The answers that hold. Raises RuleViolation naming what is missing."""
    form = survey.version.form
    held, wrong = check_all(form, raw)
    if wrong:
        texts = [f"“{q.text}”" for q in form.questions if q.code in wrong]
        raise RuleViolation(f"Còn thiếu hoặc sai: {', '.join(texts[:5])}.", field=next(iter(wrong)))
    return held


def _use(invitee: Invitee) -> None:
    """Spend the invitation. Raises NotFound when another answer was quicker."""
    waiting = Invitee.objects.filter(pk=invitee.pk, state=Invitee.State.WAITING)
    if not waiting.update(state=Invitee.State.ANSWERED):
        raise NotFound(GONE)


def _taking(survey: Survey, at: datetime) -> Survey:
    if not takes_answers(survey, legal_date(at)):
        raise RuleViolation("Khảo sát này không thu phiếu nữa.")
    return survey
