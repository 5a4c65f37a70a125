"""Acts on forms: drafting, publishing, binding to procedures, files, printing. Forms are shared, like the catalogue."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from motcua.accounts.models import User
from motcua.agencies.queries import authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import fold, nfc
from motcua.eforms import queries
from motcua.eforms.models import Form, FormBinding, FormVersion
from motcua.eforms.printing import print_application
from motcua.eforms.rules.content import hash_of
from motcua.eforms.rules.files import read_file
from motcua.eforms.rules.reading import schema_of
from motcua.eforms.rules.schema import Schema
from motcua.procedures.models import Paper, ProcedureVersion
from motcua.procedures.queries.access import holds_at_top

__all__ = [
    "bind", "create_form", "discard_draft", "edit_draft", "import_form", "print_application", "publish", "start_draft",
]  # fmt: skip
Status = FormVersion.Status
PAGES = ("moi", "nhap-tep", "dia-danh")  # addresses beside those of forms
SKELETON: dict[str, Any] = {"sections": []}


def _require(actor: User, permission: str, at: datetime) -> None:
    """Forms are shared by all agencies. Raises NotFound for who may not, RuleViolation for who may only lower down."""
    authority = authority_of(actor, legal_date(at))
    authority.require_any(permission)
    if not holds_at_top(authority, permission):
        raise RuleViolation("Tờ khai điện tử dùng chung cho cả hệ thống, chỉ cơ quan cấp cao nhất được sửa.")


def _log(form: Form, kind: str, actor: User, at: datetime, *, first: bool = False, **data: Any) -> None:
    append(f"form/{form.pk}", kind, actor=actor, at=at, data=data, first=first)


@transaction.atomic
def create_form(
    name: str, *, actor: User, at: datetime, code: str = "", data: Mapping[str, Any] | None = None
) -> FormVersion:
    """A new form with a draft of version 1, blank or of `data`. Raises RuleViolation for a bad name or a taken code."""
    _require(actor, Permission.FORM_EDIT, at)
    name = nfc(name)
    if not name:
        raise RuleViolation("Nhập tên tờ khai.", field="name")
    code = code or slugify(fold(name))[:50].strip("-") or "to-khai"
    code = f"to-khai-{code}" if code in PAGES else code
    if Form.objects.filter(code=code).exists():
        raise RuleViolation(
            f"Đã có tờ khai mã {code}. Đặt tên khác, hoặc lập dự thảo mới của tờ khai đó.", field="name"
        )
    form = Form.objects.create(code=code, name=name[:300])
    content = dict(data) if data is not None else {"title": name[:300], **SKELETON}
    version = FormVersion.objects.create(form=form, number=1, schema=content, changed_at=at)
    _log(form, "form.created", actor, at, first=True, code=code, version=1)
    return version


def _locked_draft(code: str) -> FormVersion:
    """The open draft of a form, locked until the act ends. Raises NotFound."""
    rows = FormVersion.objects.select_for_update(of=("self",)).select_related("form")
    found = rows.filter(form__code=code, status=Status.DRAFT).first()
    if found is None:
        raise NotFound("Tờ khai này không có dự thảo nào. Lập dự thảo mới để sửa.")
    return found


@transaction.atomic
def start_draft(code: str, *, actor: User, at: datetime) -> FormVersion:
    """A draft of the next number, a copy of the last one. Raises RuleViolation while another is open."""
    _require(actor, Permission.FORM_EDIT, at)
    form = Form.objects.select_for_update().filter(code=code).first()
    if form is None:
        raise NotFound()
    last = form.versions.order_by("-number").first()
    if last is None or last.status == Status.DRAFT:
        raise RuleViolation("Tờ khai đang có dự thảo. Sửa tiếp hoặc hủy dự thảo đó.")
    version = FormVersion.objects.create(form=form, number=last.number + 1, schema=last.schema, changed_at=at)
    _log(form, "form.drafted", actor, at, version=version.number)
    return version


@transaction.atomic
def edit_draft(
    code: str, change: Callable[[Schema], Schema], *, what: str, actor: User, at: datetime
) -> FormVersion:
    """Change the open draft by one of `rules.editing`; `what` says which part, for the log."""
    _require(actor, Permission.FORM_EDIT, at)
    version = _locked_draft(code)
    schema, _ = queries.draft_schema(version)
    version.schema = change(schema).as_data()
    version.changed_at = at
    version.save(update_fields=["schema", "changed_at"])
    _log(version.form, "form.edited", actor, at, version=version.number, what=what[:120])
    return version


@transaction.atomic
def discard_draft(code: str, *, actor: User, at: datetime) -> bool:
    """Throw the open draft away; the form too, when it was never published. Returns whether the form is still there."""
    _require(actor, Permission.FORM_EDIT, at)
    version = _locked_draft(code)
    form = version.form
    _log(form, "form.discarded", actor, at, version=version.number)
    version.delete()
    if form.versions.exists():
        return True
    form.delete()
    return False


@transaction.atomic
def publish(code: str, *, actor: User, at: datetime) -> FormVersion:
    """Freeze the open draft. Raises RuleViolation naming every fault."""
    _require(actor, Permission.FORM_PUBLISH, at)
    version = _locked_draft(code)
    version.schema = schema_of(version.schema).as_data()
    version.content_hash = hash_of(version.schema)
    version.status, version.published_at, version.published_by = Status.PUBLISHED, at, actor
    version.changed_at = at
    version.save()
    Form.objects.filter(pk=version.form_id).update(name=version.schema["title"])
    _log(version.form, "form.published", actor, at, version=version.number, sha256=version.content_hash)
    return version


@transaction.atomic
def bind(
    procedure_version_id: int,
    form_version_id: int | None,
    *,
    actor: User,
    at: datetime,
    paper_id: int | None = None,
) -> FormBinding:
    """From this version of a procedure on, file it with this published form; with None, with no form any more.

    `paper_id`: the required paper that the form stands for. Raises NotFound, RuleViolation for a draft or a paper of another.
    """
    _require(actor, Permission.FORM_PUBLISH, at)
    version = ProcedureVersion.objects.select_related("procedure").filter(pk=procedure_version_id).first()
    if version is None:
        raise NotFound()
    form_version = _published(form_version_id)
    paper = _paper_of(version, paper_id)
    binding, _ = FormBinding.objects.update_or_create(
        version=version, defaults={"form_version": form_version, "paper": paper, "bound_at": at}
    )
    data = {
        "form_version": form_version.pk if form_version else None,
        "sha256": form_version.content_hash if form_version else "",
        "version": version.number,
        "paper": paper.position if paper else None,
    }
    append(f"procedure/{version.procedure_id}", "procedure.form_bound", actor=actor, at=at, data=data)
    return binding


def _published(form_version_id: int | None) -> FormVersion | None:
    if form_version_id is None:
        return None
    found = FormVersion.objects.select_related("form").filter(pk=form_version_id).first()
    if found is None:
        raise NotFound()
    if found.status != Status.PUBLISHED:
        raise RuleViolation("Chỉ gắn được phiên bản tờ khai đã ban hành.", field="form_version")
    return found


def _paper_of(version: ProcedureVersion, paper_id: int | None) -> Paper | None:
    if paper_id is None:
        return None
    found = version.papers.filter(pk=paper_id).first()
    if found is None:
        raise RuleViolation("Giấy tờ này không thuộc phiên bản thủ tục đã chọn.", field="paper")
    return found


@transaction.atomic
def import_form(content: bytes, *, actor: User, at: datetime, code: str = "") -> FormVersion:
    """A draft from a JSON file that was exported here or written by hand: of a new form, or of `code` when it has none open.

    The whole file is read and checked first. Raises RuleViolation with every fault; then nothing was written.
    """
    _require(actor, Permission.FORM_EDIT, at)
    data = read_file(content)
    if not code:
        return create_form(data["title"], actor=actor, at=at, data=data)
    version = start_draft(code, actor=actor, at=at)
    version.schema = data
    version.save(update_fields=["schema"])
    _log(version.form, "form.imported", actor, at, version=version.number, sha256=hash_of(data))
    return version
