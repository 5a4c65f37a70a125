"""Published boards: what hangs, what is to come, what is late."""

from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.core.text import fold
from motcua.files.models import StoredFile
from motcua.news.models import Board, DisclosureKind, PublishedDocument

State = PublishedDocument.Status


def boards() -> QuerySet[Board]:
    """All boards in their order, each with `count` of what hangs there."""
    shown = Count("documents", filter=Q(documents__status=State.PUBLISHED))
    return Board.objects.annotate(count=shown).order_by("position", "name")


def access_board(slug: str) -> Board:
    """One board with its kinds. Raises NotFound."""
    kinds = Prefetch("kinds", DisclosureKind.objects.order_by("id"))
    found = Board.objects.prefetch_related(kinds).filter(slug=slug).first()
    if found is None:
        raise NotFound("Không có bảng công khai này.")
    return found


def documents_on(board: Board | None = None, text: str = "") -> QuerySet[PublishedDocument]:
    """What hangs on a board, or on all, newest first."""
    rows = PublishedDocument.objects.filter(status=State.PUBLISHED).select_related("agency", "board", "kind")
    if board is not None:
        rows = rows.filter(board=board)
    for word in fold(text).split()[:12]:
        rows = rows.filter(search_text__contains=word)
    return rows.order_by("-published_at", "-id")


def access_public_document(pk: int) -> PublishedDocument:
    """One document that hangs. Raises NotFound."""
    found = documents_on().filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy tài liệu này.")
    return found


def access_public_file(pk: int) -> StoredFile:
    """The file of a document that hangs, once it may be opened. Raises NotFound."""
    found = StoredFile.objects.filter(pk=access_public_document(pk).file_id or 0).first()
    if found is None or not found.can_open:
        raise NotFound("Tài liệu này chưa có tệp mở được.")
    return found


def documents_within(authority: Authority, board: Board | None = None) -> QuerySet[PublishedDocument]:
    """Documents of the agencies in which somebody may enter or publish, what is not public yet first."""
    mine = authority.where(Permission.NEWS_EDIT, "agency") | authority.where(
        Permission.NEWS_PUBLISH, "agency"
    )
    rows = PublishedDocument.objects.filter(mine).select_related("agency", "board", "kind")
    return (rows.filter(board=board) if board else rows).order_by("-created_at", "-id")


def access_document(pk: int, authority: Authority) -> PublishedDocument:
    """One document, for who may enter or publish in its agency. Raises NotFound."""
    found = documents_within(authority).filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy tài liệu này.")
    return found


def documents_late(authority: Authority, day: date) -> QuerySet[PublishedDocument]:
    """What should be public by now and is not."""
    return documents_within(authority).filter(status=State.DRAFT, due_on__lt=day)
