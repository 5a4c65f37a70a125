"""Publication decisions: new, amended, replaced, repealed, suspended (Nghị định 63/2010/NĐ-CP, Điều 13-15, 24)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.core.text import nfc
from motcua.files.actions import store
from motcua.files.models import StoredFile
from motcua.procedures.actions._guard import chain, lock_procedure, require_catalogue
from motcua.procedures.models import Procedure, ProcedureVersion, PublicationChange, PublicationDecision
from motcua.procedures.queries.diffs import parts_of
from motcua.procedures.rules.completeness import check_version
from motcua.procedures.rules.process import errors

Kind = PublicationChange.Kind
Status = ProcedureVersion.Status
WITH_VERSION = (Kind.NEW, Kind.AMENDED, Kind.REPLACED)


@dataclass(frozen=True)
class Decision:
    """A decision as a person enters it. `received_on` starts the days within which it must be posted."""

    number: str
    issued_on: date
    effective_on: date
    issuer: str
    title: str = ""
    received_on: date | None = None
    scan: "UploadedFile[bytes] | None" = None


@dataclass(frozen=True)
class Item:
    """What the decision does to one procedure; `replaces` is the code of the procedure that a replacement ends."""

    kind: str
    code: str
    replaces: str = ""


@transaction.atomic
def publish(decision: Decision, items: Sequence[Item], *, actor: User, at: datetime) -> PublicationDecision:
    """Record a decision and put it into force.

    New, amended and replaced procedures take their open draft, in force from the decision's day; the version before
    ends the day before. Repealed and suspended ones end the day before. Raises RuleViolation with every hole of a
    draft, for a decision recorded already, or for days that do not fit.
    """
    require_catalogue(actor, Permission.CATALOGUE_PUBLISH, at)
    _check_decision(decision, items)
    scan = store(decision.scan, actor=actor, at=at, personal=False) if decision.scan else None
    row = _record(decision, scan)
    about: dict[str, object] = {"decision": row.number, "from": row.effective_on.isoformat()}
    about |= {"file": scan.pk, "sha256": scan.sha256} if scan else {}
    for item in items:
        procedure = lock_procedure(item.code)
        version = (
            _enter(procedure, row, item) if item.kind in WITH_VERSION else _end(procedure, row, item.kind)
        )
        PublicationChange.objects.create(decision=row, procedure=procedure, version=version, kind=item.kind)
        data = about | {"version": version.number}
        append(chain(procedure.pk), f"procedure.{item.kind}", actor=actor, at=at, data=data)
        if item.replaces:
            _replace(item, procedure, row, actor, at)
    return row


def _record(decision: Decision, scan: StoredFile | None) -> PublicationDecision:
    return PublicationDecision.objects.create(
        number=nfc(decision.number),
        issued_on=decision.issued_on,
        effective_on=decision.effective_on,
        received_on=decision.received_on,
        issuer=nfc(decision.issuer),
        title=nfc(decision.title),
        file_id=scan.pk if scan else None,
    )


def _check_decision(decision: Decision, items: Sequence[Item]) -> None:
    if not nfc(decision.number) or not nfc(decision.issuer):
        raise RuleViolation("Nhập số quyết định và cơ quan ban hành.", field="number")
    if not items:
        raise RuleViolation("Quyết định phải nêu ít nhất một thủ tục.")
    if decision.effective_on < decision.issued_on:
        raise RuleViolation("Ngày hiệu lực không thể trước ngày ban hành.", field="effective_on")
    if decision.received_on and decision.received_on < decision.issued_on:
        raise RuleViolation("Ngày nhận không thể trước ngày ban hành.", field="received_on")
    if PublicationDecision.objects.filter(number=nfc(decision.number), issued_on=decision.issued_on).exists():
        raise RuleViolation(f"Quyết định {decision.number} đã được ghi nhận.", field="number")
    if len({item.code for item in items}) < len(items):
        raise RuleViolation("Một thủ tục chỉ được nêu một lần trong quyết định.")


def _enter(procedure: Procedure, decision: PublicationDecision, item: Item) -> ProcedureVersion:
    """The open draft into force."""
    draft = procedure.versions.select_related("field", "procedure").filter(status=Status.DRAFT).first()
    if draft is None:
        raise RuleViolation(f"Thủ tục {procedure.code} chưa có dự thảo. Lập dự thảo trước khi công bố.")
    later = procedure.versions.exclude(status=Status.DRAFT).filter(number__gt=draft.number)
    if later.exists():
        raise RuleViolation(
            f"Thủ tục {procedure.code} đã có phiên bản mới hơn dự thảo. Hủy dự thảo và lập lại."
        )
    holes = errors(check_version(parts_of(draft), decision.effective_on))
    if holes:
        raise RuleViolation(
            f"Chưa công bố được thủ tục {procedure.code}: " + " ".join(hole.message for hole in holes)
        )
    before = _current(procedure, decision.effective_on)
    if item.kind == Kind.NEW and before is not None:
        raise RuleViolation(f"Thủ tục {procedure.code} đã công bố trước đó. Chọn “Sửa đổi, bổ sung”.")
    _close(before, decision.effective_on)
    draft.status, draft.valid_from = Status.PUBLISHED, decision.effective_on
    draft.decision_number = decision.number
    draft.issuer = decision.issuer
    draft.save(update_fields=["status", "valid_from", "decision_number", "issuer"])
    return draft


def _current(procedure: Procedure, day: date) -> ProcedureVersion | None:
    rows = procedure.versions.exclude(status=Status.DRAFT).order_by("-number")
    before = rows.first()
    if before is not None and before.valid_from and before.valid_from > day:
        raise RuleViolation(
            f"Phiên bản {before.number} của thủ tục {procedure.code} có hiệu lực từ {before.valid_from:%d/%m/%Y}, "
            "sau ngày hiệu lực của quyết định. Kiểm tra lại ngày."
        )
    return before


def _close(version: ProcedureVersion | None, day: date, status: str = "") -> None:
    """End a version the day before `day`, unless it ended earlier."""
    if version is None:
        return
    last = day - timedelta(days=1)
    if version.valid_to is None or version.valid_to > last:
        version.valid_to = last
    version.status = status or version.status
    version.save(update_fields=["valid_to", "status"])


def _end(procedure: Procedure, decision: PublicationDecision, kind: str) -> ProcedureVersion:
    version = _current(procedure, decision.effective_on)
    if version is None or version.status == Status.REPEALED:
        raise RuleViolation(f"Thủ tục {procedure.code} không còn phiên bản nào để bãi bỏ hoặc tạm dừng.")
    _close(version, decision.effective_on, Status.REPEALED if kind == Kind.REPEALED else "")
    return version


def _replace(item: Item, by: Procedure, decision: PublicationDecision, actor: User, at: datetime) -> None:
    """End the procedure that is replaced, and point it at its successor."""
    if item.replaces == by.code:
        raise RuleViolation("Một thủ tục không thể thay thế chính nó.")
    old = lock_procedure(item.replaces)
    version = _end(old, decision, Kind.REPEALED)
    old.replaced_by = by
    old.save(update_fields=["replaced_by"])
    PublicationChange.objects.create(decision=decision, procedure=old, version=version, kind=Kind.REPEALED)
    data = {"decision": decision.number, "from": decision.effective_on.isoformat(), "replaced_by": by.code}
    append(chain(old.pk), "procedure.repealed", actor=actor, at=at, data=data)
