"""The list of reasons that an agency keeps for pointing at what must be corrected; rows are ended, never deleted."""

from datetime import date, datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import authority_of
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import fold, nfc
from motcua.dossiers.models import CorrectionReason
from motcua.dossiers.queries.replies import KEEPER


@transaction.atomic
def write_reason(
    agency: Agency,
    *,
    name: str,
    words: str,
    valid_from: date,
    valid_to: date | None,
    actor: User,
    at: datetime,
) -> CorrectionReason:
    """Keep a new reason for the offices of an agency and of those under it."""
    authority_of(actor, legal_date(at)).require(KEEPER, agency)
    code = "-".join(fold(name).split())[:30] or "ly-do"
    row = CorrectionReason(agency=agency, code="".join(c for c in code if c.isalnum() or c == "-"))
    return _saved(row, "written", name, words, valid_from, valid_to, actor, at)


@transaction.atomic
def change_reason(
    reason_id: int,
    *,
    name: str,
    words: str,
    valid_from: date,
    valid_to: date | None,
    actor: User,
    at: datetime,
) -> CorrectionReason:
    """Change a reason, or end it; requests that were sent keep their words."""
    row = (
        CorrectionReason.objects.select_for_update(of=("self",))
        .select_related("agency")
        .filter(pk=reason_id)
        .first()
    )
    if row is None or row.agency is None or not authority_of(actor, legal_date(at)).can(KEEPER, row.agency):
        raise NotFound("Không tìm thấy lý do này.")
    return _saved(row, "changed", name, words, valid_from, valid_to, actor, at)


def _saved(
    row: CorrectionReason, act: str, name: str, words: str, valid_from: date, valid_to: date | None, actor: User, at: datetime
) -> CorrectionReason:  # fmt: skip
    row.name, row.words, row.valid_from, row.valid_to = (
        nfc(name).strip(),
        nfc(words).strip(),
        valid_from,
        valid_to,
    )
    if not row.name:
        raise RuleViolation("Đặt tên cho lý do.", field="name")
    if valid_to is not None and valid_to < valid_from:
        raise RuleViolation("Ngày hết hiệu lực phải từ ngày bắt đầu trở đi.", field="valid_to")
    row.save()
    about = {
        "reason": row.pk,
        "code": row.code,
        "name": row.name,
        "valid_to": valid_to and valid_to.isoformat(),
    }
    append(f"agency/{row.agency_id}", f"correction_reason.{act}", actor=actor, at=at, data=about)
    return row
