"""Data that leave the database for a lake of files or for a process-mining tool: who took what, and why, is in the log before they go."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import agencies_under, authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.statistics.queries.scopes import Scope

LEAST_REASON = 5


@transaction.atomic
def announce_lake(
    agencies: list[Agency], *, folder: str, personal: bool, reason: str = "", actor: User | None, at: datetime
) -> None:
    """Record in the log of each agency at the top of a tree that its dossiers are exported. Without personal data the system
    itself may do it, by a timer.

    With personal data a person with dossier.view_personal there has to say why (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15).
    Raises RuleViolation without person or reason, NotFound without the right.
    """
    words = " ".join(reason.split())
    if personal:
        _require_answer(actor, words)
    for agency in agencies:
        if actor is not None:
            right = Permission.DOSSIER_VIEW_PERSONAL if personal else Permission.REPORT_READ
            _require([right], agencies_under(agency), actor, at)
        data: dict[str, Any] = {"personal": personal, "reason": words, "folder": folder}
        append(f"agency/{agency.pk}", "lake.exported", actor=actor, at=at, data=data)


@transaction.atomic
def announce_eventlog(
    scope: Scope, *, window: str, kind: str, codes: bool = False, reason: str = "", actor: User | None, at: datetime
) -> None:  # fmt: skip
    """Record in an agency's log that the events of its dossiers are exported. Who does it holds report.read and
    dossier.supervise in every agency counted; `codes`: under the dossiers' own codes, for which a person with
    dossier.view_personal there has to say why. Raises RuleViolation, NotFound.
    """
    words = " ".join(reason.split())
    if codes:
        _require_answer(actor, words)
    if actor is not None:
        more = Permission.DOSSIER_VIEW_PERSONAL if codes else Permission.DOSSIER_SUPERVISE
        houses = [scope.house(pk) for pk in set(scope.houses.values())]
        _require([Permission.REPORT_READ, more], houses, actor, at)
    data = {"window": window, "kind": kind, "below": scope.below, "codes": codes, "reason": words}
    append(f"agency/{scope.agency.pk}", "eventlog.exported", actor=actor, at=at, data=data)


def _require(rights: list[Permission], agencies: Iterable[Agency], actor: User, at: datetime) -> None:
    authority = authority_of(actor, legal_date(at))
    for agency in agencies:
        for right in rights:
            authority.require(right, agency)


def _require_answer(actor: User | None, reason: str) -> None:
    if actor is None:
        raise RuleViolation("Cho biết ai xuất dữ liệu có thể nhận ra người (--by tên đăng nhập).", field="by")
    if len(reason) < LEAST_REASON:
        raise RuleViolation("Cho biết lý do xuất dữ liệu có thể nhận ra người (--reason).", field="reason")
