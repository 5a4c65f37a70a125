"""Acts on published boards: what must be shown, what is shown, what is taken down."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import access_agency, authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import fold, nfc
from motcua.files.actions import store
from motcua.news.models import Board, DisclosureKind, PublishedDocument
from motcua.news.rules.deadlines import due_on, stays_until
from motcua.news.rules.starting import BOARDS
from motcua.workdays.queries import calendar_of

State = PublishedDocument.Status


@dataclass(frozen=True)
class DocumentData:
    """A document as a person enters it."""

    title: str
    kind_id: int | None = None
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None
    summary: str = ""
    event_on: date | None = None


@transaction.atomic
def draft_document(
    board_id: int, agency_id: int, data: DocumentData, *, actor: User, at: datetime
) -> PublishedDocument:
    """Enter a document that is to be made public; its deadline follows from its kind and the event's date. Raises RuleViolation."""
    agency = access_agency(agency_id)
    _require(actor, Permission.NEWS_EDIT, agency, at)
    board = Board.objects.filter(pk=board_id).first()
    if board is None:
        raise NotFound("Không có bảng công khai này.")
    document = PublishedDocument(board=board, agency=agency, created_at=at, created_by=actor)
    _fill(document, data)
    document.save()
    _record(document, "document.entered", actor, at)
    return document


@transaction.atomic
def edit_document(document_id: int, data: DocumentData, *, actor: User, at: datetime) -> PublishedDocument:
    """Correct a document that is not public yet. Raises RuleViolation once it is: a corrected one is a new document."""
    document = _locked(document_id)
    _require(actor, Permission.NEWS_EDIT, document.agency, at)
    if document.status != State.DRAFT:
        raise RuleViolation("Tài liệu đã công khai thì không sửa. Gỡ xuống và công khai bản đính chính.")
    _fill(document, data)
    document.save()
    _record(document, "document.changed", actor, at)
    return document


@transaction.atomic
def attach_file(
    document_id: int, file: "UploadedFile[bytes] | bytes", *, actor: User, at: datetime, name: str = ""
) -> PublishedDocument:
    """Put the file to a document that is not public yet. Raises RuleViolation for a file that cannot be taken."""
    document = _locked(document_id)
    _require(actor, Permission.NEWS_EDIT, document.agency, at)
    if document.status != State.DRAFT:
        raise RuleViolation("Tài liệu đã công khai thì không thay tệp. Gỡ xuống và công khai bản đính chính.")
    document.file_id = store(file, actor=actor, at=at, name=name, personal=False).pk
    document.save(update_fields=["file_id"])
    _record(document, "document.file_attached", actor, at, file=document.file_id)
    return document


@transaction.atomic
def publish_document(document_id: int, *, actor: User, at: datetime) -> PublishedDocument:
    """Make a document public; from now on it must stay for the days of its kind. Raises RuleViolation, NotFound."""
    document = _locked(document_id)
    _require(actor, Permission.NEWS_PUBLISH, document.agency, at)
    if document.status != State.DRAFT:
        raise RuleViolation("Tài liệu này đã công khai hoặc đã gỡ.")
    if not document.file_id and not document.summary.strip():
        raise RuleViolation("Đính tệp hoặc ghi nội dung chính trước khi công khai.", field="summary")
    days = document.kind.stays_days if document.kind else 0
    document.status, document.published_at = State.PUBLISHED, at
    document.stays_until = stays_until(legal_date(at), days)
    document.save(update_fields=["status", "published_at", "stays_until"])
    _record(document, "document.published", actor, at)
    return document


@transaction.atomic
def remove_document(document_id: int, *, reason: str, actor: User, at: datetime) -> PublishedDocument:
    """Take a document down, saying why; the row stays. Raises RuleViolation before the last day on which it must hang,
    unless the reason says that it is corrected ("đính chính").
    """
    document = _locked(document_id)
    _require(actor, Permission.NEWS_PUBLISH, document.agency, at)
    if document.status != State.PUBLISHED:
        raise RuleViolation("Tài liệu này không đang công khai.")
    if not nfc(reason):
        raise RuleViolation("Nêu lý do gỡ.", field="reason")
    early = document.stays_until is not None and legal_date(at) <= document.stays_until
    if early and "dinh chinh" not in fold(reason):
        raise RuleViolation(
            f"Tài liệu phải giữ đến hết ngày {document.stays_until:%d/%m/%Y}. Gỡ sớm chỉ khi đính chính: ghi “đính chính …”.",
            field="reason",
        )
    document.status, document.removed_at = State.REMOVED, at
    document.save(update_fields=["status", "removed_at"])
    _record(document, "document.removed", actor, at, reason=nfc(reason), early=early)
    return document


@transaction.atomic
def save_board(
    slug: str, *, name: str, actor: User, at: datetime, name_en: str = "", note: str = "", position: int = 100
) -> Board:
    """Make or change a board of the site. Raises RuleViolation, NotFound without news.publish."""
    authority_of(actor, legal_date(at)).require_any(Permission.NEWS_PUBLISH)
    if not nfc(name):
        raise RuleViolation("Nhập tên bảng.", field="name")
    fields = {"name": nfc(name), "name_en": nfc(name_en), "note": nfc(note), "position": position}
    board, _ = Board.objects.update_or_create(slug=slug, defaults=fields)
    append("setting/boards", "board.saved", actor=actor, at=at, data={"board": slug, "name": board.name})
    return board


@transaction.atomic
def save_kind(
    board: Board, *, name: str, source: str, actor: User, at: datetime, event: str = "", amount: int = 0,
    unit: str = "calendar_day", stays_days: int = 0,
) -> DisclosureKind:  # fmt: skip
    """Say what must be made public on a board, within how long, and by which text. Documents entered before keep their dates."""
    authority_of(actor, legal_date(at)).require_any(Permission.NEWS_PUBLISH)
    if not nfc(name) or not nfc(source):
        raise RuleViolation("Nhập loại tài liệu và căn cứ.", field="name")
    fields = {
        "event": nfc(event),
        "amount": amount,
        "unit": unit,
        "stays_days": stays_days,
        "source": nfc(source),
    }
    kind, _ = DisclosureKind.objects.update_or_create(board=board, name=nfc(name), defaults=fields)
    append(
        "setting/boards",
        "board.kind_saved",
        actor=actor,
        at=at,
        data={"board": board.slug, "kind": kind.name},
    )
    return kind


@transaction.atomic
def load_starting_boards(*, actor: User, at: datetime) -> int:
    """Put in the boards that an installation starts with, with what the law asks to be shown there; only while there is none."""
    if Board.objects.exists():
        return 0
    for number, start in enumerate(BOARDS, 1):
        board = save_board(
            start.slug, name=start.name, name_en=start.name_en, note=start.note, position=number * 10, actor=actor, at=at
        )  # fmt: skip
        for kind in start.kinds:
            save_kind(board, actor=actor, at=at, **asdict(kind))
    return len(BOARDS)


def _fill(document: PublishedDocument, data: DocumentData) -> None:
    """Fields and deadline; raises RuleViolation for a kind of another board."""
    if not nfc(data.title):
        raise RuleViolation("Nhập tên tài liệu.", field="title")
    kind = document.board.kinds.filter(pk=data.kind_id).first() if data.kind_id else None
    if data.kind_id and kind is None:
        raise RuleViolation("Loại tài liệu không thuộc bảng này.", field="kind_id")
    document.kind = kind
    document.title, document.number, document.issuer = nfc(data.title), nfc(data.number), nfc(data.issuer)
    document.issued_on, document.summary, document.event_on = (
        data.issued_on,
        data.summary.strip(),
        data.event_on,
    )
    document.due_on = None
    if kind and kind.amount and data.event_on:
        document.due_on = due_on(data.event_on, kind.amount, kind.unit, calendar_of(document.agency))
    document.search_text = fold(f"{data.title} {data.number} {data.issuer} {data.summary}")


def _locked(document_id: int) -> PublishedDocument:
    rows = PublishedDocument.objects.select_for_update(of=("self",)).select_related("agency", "board", "kind")
    found = rows.filter(pk=document_id).first()
    if found is None:
        raise NotFound("Không tìm thấy tài liệu này.")
    return found


def _require(actor: User, permission: Permission, agency: Agency, at: datetime) -> None:
    authority_of(actor, legal_date(at)).require(permission, agency)


def _record(document: PublishedDocument, kind: str, actor: User, at: datetime, **more: Any) -> None:
    data = {"document": document.pk, "board": document.board.slug, "title": document.title, **more}
    append(f"agency/{document.agency_id}", kind, actor=actor, at=at, data=data)
