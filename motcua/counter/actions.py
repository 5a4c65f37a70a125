"""Acts of the counter that are two acts of the dossier in one: a dossier not received is still recorded, with its slip."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.accounts.models import User
from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules.intake import Intake
from motcua.dossiers.rules.receivers import Letter
from motcua.tickets.actions import link_dossier

MISSING = "Hồ sơ còn thiếu thành phần theo quy định."


def take_in(
    intake: Intake,
    decision: str,
    *,
    reason: str = "",
    legal_basis: str = "",
    missing: Sequence[dict[str, Any]] = (),
    desk: Desk | None = None,
    ticket: int | None = None,
    actor: User,
    at: datetime,
) -> Dossier:
    """Receive a dossier handed in at the counter; or keep it with the slip that says what is missing (Mẫu số 02), or
    with the refusal in writing (Mẫu số 03); or leave it among those waiting for acceptance.

    Decree 61/2018, article 17: whatever the outcome, the person leaves with a paper. `ticket`: the queue ticket that the actor
    serves, which the dossier then came of: both or neither. Raises RuleViolation, NotFound.
    """
    if ticket is None:
        return _take_in(intake, decision, reason, legal_basis, missing, desk, actor, at)
    with transaction.atomic():
        dossier = _take_in(intake, decision, reason, legal_basis, missing, desk, actor, at)
        link_dossier(ticket, dossier, desk=desk, actor=actor, at=at)
    return dossier


def _take_in(
    intake: Intake, decision: str, reason: str, legal_basis: str, missing: Sequence[dict[str, Any]], desk: Desk | None,
    actor: User, at: datetime,
) -> Dossier:  # fmt: skip
    if decision in ("", "receive"):
        return dossiers.receive(intake, actor=actor, at=at, desk=desk)
    return _keep(intake, decision, reason, legal_basis, missing, actor, at)


@transaction.atomic
def _keep(
    intake: Intake, decision: str, reason: str, legal_basis: str, missing: Sequence[dict[str, Any]], actor: User, at: datetime
) -> Dossier:  # fmt: skip
    """Keep a dossier that is not received yet, with the slip that the person leaves with."""
    dossier = dossiers.submit(intake, actor=actor, at=at)
    if decision == "supplement":
        dossiers.request_supplement_before(
            dossier.pk, reason=reason or MISSING, items=list(missing), actor=actor, at=at
        )
    elif decision == "decline":
        dossiers.decline(dossier.pk, reason=reason, legal_basis=legal_basis, actor=actor, at=at)
    return dossier


@transaction.atomic
def give_back(dossier_id: int, typed: dict[str, Any], *, actor: User, at: datetime) -> Dossier:
    """Hand the result over, and with it the original papers that were kept for comparison: both or neither.

    `typed`: receiver_name, receiver_identity, with_slip, letter_number, letter_day, method, postal_number, originals (ids of
    papers).
    """
    papers = typed.get("originals") or []
    if papers:
        dossiers.return_originals(
            dossier_id, papers, receiver_name=typed["receiver_name"], actor=actor, at=at
        )
    return dossiers.return_result(
        dossier_id,
        receiver_name=typed["receiver_name"],
        receiver_identity=typed["receiver_identity"],
        with_slip=typed["with_slip"],
        method=typed["method"],
        postal_number=typed["postal_number"],
        letter=Letter(typed["letter_number"], typed["letter_day"]),
        actor=actor,
        at=at,
    )
