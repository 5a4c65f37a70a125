"""One's own dossiers in plain words: what must be done now, where each stands, who has it, what may be downloaded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.accounts.models import User
from motcua.core.errors import NotFound
from motcua.dossiers.models import Dossier, FeeClaim, MessageFile, Notice, SupplementRequest
from motcua.dossiers.queries.fees import claim_of
from motcua.dossiers.queries.held import held_by
from motcua.dossiers.queries.post import WAITS_AGAIN, waits_again
from motcua.dossiers.queries.talk import unread_by_citizen
from motcua.dossiers.rules.states import Payment, Status
from motcua.files.models import StoredFile
from motcua.portal.queries.tracking import LIVE, TrackedView, lies_in_store, tracked, words_in_list

ASKED = (Status.PRE_SUPPLEMENT.value, Status.POST_SUPPLEMENT.value)
COLLECT = (Status.RESULT_READY.value, Status.WAIT_COLLECT.value)
TO_DO = (*ASKED, Status.WAIT_FINANCE.value, *COLLECT)
WITHDRAWABLE = (
    Status.SUBMITTED.value, Status.PRE_SUPPLEMENT.value, Status.RECEIVED.value, Status.TRANSFERRED.value, Status.IN_REVIEW.value,
    Status.WAIT_OPINION.value, Status.POST_SUPPLEMENT.value, Status.WAIT_FINANCE.value, Status.FOR_SIGNATURE.value,
)  # fmt: skip
OWES = Q(payment=Payment.DUE, returned_at__isnull=True)
MOST = 100


@dataclass(frozen=True)
class Todo:
    """What the holder must do now: words, and the page on which it is done ("" when it is done elsewhere)."""

    words: Any
    url_name: str = ""
    button: Any = ""


@dataclass(frozen=True)
class Row:
    """One dossier of the list."""

    dossier: Dossier
    headline: Any
    next_step: Any
    todo: Todo | None
    has_unread: bool


def own(user: User, at: datetime) -> QuerySet[Dossier]:
    """The dossiers of the list, each with whether a message waits to be read."""
    rows = held_by(user, at).select_related("version", "office")
    return rows.annotate(has_unread=unread_by_citizen())


def to_do(user: User, at: datetime) -> list[Row]:
    """Those that wait for the holder, the newest first."""
    waiting = own(user, at).filter(Q(status__in=TO_DO) | WAITS_AGAIN | OWES | Q(has_unread=True))
    return rows_of(waiting.order_by("-id")[:MOST])


def others(user: User, at: datetime) -> QuerySet[Dossier]:
    """The rest, the newest first."""
    return (
        own(user, at).exclude(Q(status__in=TO_DO) | WAITS_AGAIN | OWES | Q(has_unread=True)).order_by("-id")
    )


def rows_of(dossiers: Iterable[Any]) -> list[Row]:
    """Dossiers as the list shows them."""
    found = []
    for dossier in dossiers:
        headline, _why, next_step = words_in_list(dossier)
        found.append(Row(dossier, headline, next_step, todo_of(dossier), dossier.has_unread))
    return found


def todo_of(dossier: Dossier) -> Todo | None:
    """What the holder must do now; None when nothing."""
    if dossier.status in ASKED:
        return Todo(_("Bạn được yêu cầu sửa hoặc bổ sung."), "portal:mine_reply", _("Xem và bổ sung"))
    if dossier.status == Status.WAIT_FINANCE:
        return Todo(_("Bạn cần nộp tiền theo thông báo."))
    if dossier.payment == Payment.DUE and not dossier.returned_at:
        return Todo(_("Bạn cần nộp phí, lệ phí."), "portal:mine_dossier", _("Xem và nộp tiền"))
    if dossier.status in COLLECT:
        return Todo(_("Đã có kết quả, chờ bạn nhận."))
    if waits_again(dossier):
        return Todo(_("Bưu chính đã hoàn lại kết quả, chờ bạn nhận."))
    return None


@dataclass(frozen=True)
class Document:
    """Something to download: what it is, when it was made."""

    title: str
    at: Any
    url_name: str
    pk: int


@dataclass(frozen=True)
class MineView:
    """The page of one dossier: what tracking shows, and what only its holder may see."""

    tracked: TrackedView
    todo: Todo | None
    officers: str
    agency: str
    request: SupplementRequest | None
    documents: list[Document]
    may_withdraw: bool
    may_cancel: bool
    unread: int
    in_store: bool
    fee_claim: FeeClaim | None


def view_of(dossier: Dossier) -> MineView:
    """What the holder sees of a dossier that `access_held` has found (NĐ 224/2026: state, officer, agency, times)."""
    live = [t for t in dossier.tasks.select_related("agency", "officer") if t.state in LIVE]
    signed = dossier.results.filter(revoked_at=None).exists()
    return MineView(
        tracked=tracked(dossier),
        todo=todo_of(dossier),
        officers=", ".join(dict.fromkeys(t.officer.full_name for t in live if t.officer)),
        agency=", ".join(dict.fromkeys(t.agency.name for t in live)) or dossier.resolving_agency.name,
        request=open_request(dossier) if dossier.status in ASKED else None,
        documents=documents_of(dossier),
        may_withdraw=dossier.status in WITHDRAWABLE and not signed,
        may_cancel=dossier.status == Status.WITHDRAW_REQUESTED.value,
        unread=dossier.messages.filter(to_citizen=True, read_at=None).count(),
        in_store=lies_in_store(dossier),
        fee_claim=claim_of(dossier),
    )


def open_request(dossier: Dossier) -> SupplementRequest | None:
    """The request that waits for the holder's answer."""
    rows = dossier.supplement_requests.filter(completed_at=None).select_related("requested_by", "notice")
    return rows.order_by("-id").first()


def may_take(dossier: Dossier) -> bool:
    """Whether the result may be had: it is there, and nothing is owed (NĐ 61/2018, Điều 20)."""
    return bool(dossier.ready_at) and dossier.payment != Payment.DUE


def documents_of(dossier: Dossier) -> list[Document]:
    """Slips and letters issued, then results; the newest first among each."""
    slips = [
        Document(notice.get_kind_display(), notice.issued_at, "portal:mine_notice", notice.pk)
        for notice in dossier.notices.order_by("-id")
    ]
    results = [
        Document(f"{paper.name} ({paper.number})", paper.signed_on, "portal:mine_result", paper.pk)
        for paper in dossier.results.filter(revoked_at=None).order_by("-id")
        if may_take(dossier)
    ]
    return [*results, *slips]


def access_notice(dossier: Dossier, notice_id: int) -> Notice:
    """A slip of one's own dossier. Raises NotFound."""
    found: Notice | None = dossier.notices.filter(pk=notice_id).first()
    if found is None:
        raise NotFound()
    return found


def access_result(dossier: Dossier, result_id: int) -> Any:
    """A result of one's own dossier, once it is there. Raises NotFound."""
    found = dossier.results.select_related("file").filter(pk=result_id, revoked_at=None).first()
    if found is None or not may_take(dossier):
        raise NotFound()
    return found


def access_paper_file(dossier: Dossier, paper_id: int) -> StoredFile:
    """The file of a paper of one's own dossier. Raises NotFound."""
    paper = dossier.papers.select_related("file").filter(pk=paper_id).exclude(file=None).first()
    if paper is None or paper.file is None:
        raise NotFound()
    return paper.file


def access_message_file(dossier: Dossier, file_id: int) -> StoredFile:
    """A file of a message that the holder may read. Raises NotFound."""
    mine = Q(message__to_citizen=True) | Q(message__from_citizen=True)
    row = (
        MessageFile.objects.filter(mine, message__dossier=dossier, pk=file_id).select_related("file").first()
    )
    if row is None:
        raise NotFound()
    return row.file
