"""The document from which an agency makes the result of a procedure; scanned or held back as every file is."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import access_agency
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.core.validity import end_before, not_over
from motcua.files.actions import store
from motcua.procedures.actions._guard import chain, lock_procedure, require_in
from motcua.procedures.models import Offering, Procedure, ResultTemplate
from motcua.procedures.queries.templates import access_template


@transaction.atomic
def set_template(
    code: str, agency_id: int, upload: "UploadedFile[bytes]", valid_from: date, *, actor: User, at: datetime
) -> ResultTemplate:
    """An agency makes results from this document from a legal date on; the one before ends the day before, one of the same day
    gives way to it. Raises RuleViolation where the agency does not resolve the procedure, or for a later template.
    """
    agency = access_agency(agency_id)
    require_in(actor, Permission.CATALOGUE_EDIT, agency, at)
    procedure = lock_procedure(code)
    rows = ResultTemplate.objects.filter(procedure=procedure, agency=agency)
    _require_offered(procedure, agency, valid_from)
    if rows.filter(valid_from__gt=valid_from).exists():
        raise RuleViolation(
            f"Cơ quan đã có mẫu áp dụng sau ngày {valid_from:%d/%m/%Y}. Chọn ngày muộn hơn.",
            field="valid_from",
        )
    end_before(rows.filter(valid_from__lt=valid_from), valid_from)
    stored = store(upload, actor=actor, at=at, personal=False)
    row, _ = ResultTemplate.objects.update_or_create(
        procedure=procedure, agency=agency, valid_from=valid_from, defaults={"file": stored, "valid_to": None}
    )
    data = {"agency": agency.pk, "from": valid_from.isoformat(), "file": stored.pk, "sha256": stored.sha256}
    append(chain(procedure.pk), "procedure.template_set", actor=actor, at=at, data=data)
    return row


def _require_offered(procedure: Procedure, agency: Agency, day: date) -> None:
    if not Offering.objects.filter(not_over(day), procedure=procedure, agency=agency).exists():
        raise RuleViolation(
            "Cơ quan không thực hiện thủ tục này từ ngày ghi. Khai báo nơi thực hiện trước.",
            field="valid_from",
        )


@transaction.atomic
def end_template(template_id: int, last_day: date, *, actor: User, at: datetime) -> ResultTemplate:
    """The agency no longer uses the document after a legal date. Raises RuleViolation for a day before it began, NotFound."""
    row = access_template(template_id)
    require_in(actor, Permission.CATALOGUE_EDIT, row.agency, at)
    lock_procedure(row.procedure_id)
    if last_day < row.valid_from:
        raise RuleViolation("Ngày kết thúc trước ngày bắt đầu.", field="last_day")
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])
    data = {"agency": row.agency_id, "until": last_day.isoformat()}
    append(chain(row.procedure_id), "procedure.template_ended", actor=actor, at=at, data=data)
    return row
