"""Sending: everything is checked once more here, and exactly one dossier comes of it, however often the button is pressed."""

import logging
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.accounts.models import Assistance, User
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Dossier, DossierPaper
from motcua.dossiers.rules.intake import Intake
from motcua.files.actions import store
from motcua.filing.actions._cleaning import chain_of
from motcua.filing.actions._copies import signed_copy
from motcua.filing.models import Application
from motcua.filing.queries.changes import is_outdated
from motcua.filing.queries.drafts import access_application, locked
from motcua.filing.queries.forms import replaced_papers
from motcua.filing.queries.journey import Journey
from motcua.filing.rules.intake import Owner, intake_of
from motcua.holdings.actions import note_asked_again
from motcua.holdings.queries import held_for

log = logging.getLogger(__name__)
NOT_CONFIRMED = "Đọc lại hoặc cho người dân xem toàn bộ câu trả lời, rồi đánh dấu khi họ xác nhận đúng."


@transaction.atomic
def submit(application_id: UUID, *, key: UUID, confirmed: bool = False, actor: User, at: datetime) -> Dossier:
    """Send an application: a dossier with a temporary number, filed online, whose acceptance is due within 8 working hours.

    An application that was sent already gives its dossier back, so a second click, a second device and a retry after a lost
    answer do no harm. `key`: of the page that sends. `confirmed`: the person who is helped has read or heard the answers and
    says that they are right. Raises RuleViolation that lists what is missing; NotFound for another's.
    """
    application = locked(actor, application_id, at)
    if application.dossier is not None:
        return application.dossier
    if application.expires_at <= at:
        raise NotFound("Bản nháp này đã hết hạn. Bắt đầu lại từ trang thủ tục.")
    journey = Journey(application, actor, at)
    _require_ready(journey, key)
    if journey.visit and not confirmed:
        raise RuleViolation(NOT_CONFIRMED, field="confirmed")
    dossier = dossiers.submit(_intake(journey), actor=actor, at=at)
    application.dossier, application.submission_key, application.submitted_at = dossier, key, at
    application.state, application.updated_at = Application.State.SUBMITTED, at
    application.revision += 1
    application.save(
        update_fields=["dossier", "submission_key", "submitted_at", "state", "updated_at", "revision"]
    )
    _count_asked_again(journey)
    about = {"dossier": dossier.pk, "number": dossier.temporary_number, "papers": len(journey.uploads)}
    append(chain_of(application), "application.submitted", actor=actor, at=at, data=about)
    if journey.visit:
        _note_help(journey.visit, about, actor, at)
    return dossier


def _note_help(visit: Assistance, about: dict[str, Any], actor: User, at: datetime) -> None:
    """In the log of the visit: what was sent, and that the person said it was right, by word or by the code as well."""
    by = "code" if visit.phone_confirmed_at else "word"
    data = {"dossier": about["dossier"], "number": about["number"], "confirmed": by}
    append(f"assistance/{visit.pk}", "assistance.filed", actor=actor, at=at, data=data)


def _require_ready(journey: Journey, key: UUID) -> None:
    if is_outdated(journey.application, journey.desk):
        raise RuleViolation(
            "Thủ tục hoặc tờ khai vừa được thay đổi. Mở lại hồ sơ, xem lại các mục rồi nộp.", field="version"
        )
    if journey.problems:
        said = "; ".join(f"{one.label}: {one.text}" for one in journey.problems[:20])
        raise RuleViolation(f"Hồ sơ chưa nộp được. {said}", field="review")
    if Application.objects.filter(submission_key=key).exists():
        raise RuleViolation("Trang này đã dùng để nộp một hồ sơ khác. Tải lại trang rồi nộp.", field="key")


def _intake(journey: Journey) -> Intake:
    party = journey.party
    intake = intake_of(
        journey.application,
        _owner(journey),
        party.kind if party else "citizen",
        journey.papers,
        journey.filled.answers,
        quantities=journey.fee_quantities,
        exemption=journey.exemption.reason if journey.exemption else "",
    )
    return replace(intake, assistance_id=journey.visit.pk) if journey.visit else intake


def _owner(journey: Journey) -> Owner:
    """Who sends it: the account, or who is helped, with their account once the visit is theirs."""
    profile, visit, user = journey.profile, journey.visit, journey.owner
    if visit:
        told = (profile.email, profile.address) if profile else ("", "")
        return Owner(
            visit.citizen_id,
            visit.full_name,
            visit.identity_number,
            visit.phone,
            *told,
            visit.document_country,
        )
    return Owner(
        user.pk,
        user.full_name,
        profile.identity_number if profile else "",
        (profile.phone if profile else "") or user.phone,
        (profile.email if profile else "") or user.email,
        profile.address if profile else "",
        profile.document_country if profile else "",
    )


def _count_asked_again(journey: Journey) -> None:
    """Note the papers that were handed in anew although the person has them here ("chỉ nộp một lần", NĐ 224/2026/NĐ-CP)."""
    anew = [line for line in journey.papers if line.files and not any(one.held for one in line.files)]
    if not anew or journey.account is None or not held_for(journey.account, journey.day):
        return
    for line in anew:
        note_asked_again(
            journey.account,
            name=line.name,
            procedure_code=journey.application.procedure.code,
            reference=f"dossier/{journey.application.dossier_id}",
            actor=journey.owner,
            at=journey.at,
        )


def keep_copy(application_id: UUID, *, actor: User, at: datetime) -> Application:
    """Print what was sent, signed by the office, and keep it with the application and in the place of the paper form. Nothing when
    it is there; when it cannot be signed now, time tries again (`make_missing_copies`).
    """
    try:
        with transaction.atomic():
            return _keep_copy(locked(actor, application_id, at), actor, at)
    except RuleViolation as error:
        log.warning("no copy of application %s yet: %s", application_id, error.message)
        return access_application(actor, application_id, at)


def keep_missing_copy(application_id: UUID, *, actor: User, at: datetime) -> bool:
    """The same by time itself, whoever's application it is. Whether the copy is there now."""
    try:
        with transaction.atomic():
            rows = Application.objects.select_for_update(of=("self",)).select_related(
                "version__procedure", "form_version", "office__agency", "owner", "assistance"
            )
            found = rows.get(pk=application_id)
            return _keep_copy(found, found.owner, at).copy_id is not None
    except RuleViolation as error:
        log.warning("no copy of application %s yet: %s", application_id, error.message)
        return False


def _keep_copy(application: Application, actor: User, at: datetime) -> Application:
    if application.copy_id or application.dossier is None:
        return application
    journey = Journey(application, actor, application.submitted_at or at)
    pdf = signed_copy(journey, application.dossier, at)
    name = f"ho-so-{application.dossier.temporary_number}.pdf"
    application.copy = store(pdf, name=name, actor=actor, at=at, made_here=True)
    application.save(update_fields=["copy"])
    rows = DossierPaper.objects.filter(dossier=application.dossier, paper_id__in=replaced_papers(application))
    rows.filter(file=None).update(file=application.copy)
    return application
