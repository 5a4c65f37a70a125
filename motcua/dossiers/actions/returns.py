"""Results and papers to the citizen, archive (NĐ 61/2018, Điều 20)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from motcua.accounts.models import User
from motcua.core import store
from motcua.core.errors import RuleViolation
from motcua.dossiers.actions import _flow, _news, _post
from motcua.dossiers.actions._journal import entry, log
from motcua.dossiers.actions._papers import give_back, kept_originals
from motcua.dossiers.actions._receivers import identify
from motcua.dossiers.models import Dossier, DossierPaper, ErrorCorrection, FinancialObligation, ResultPaper
from motcua.dossiers.queries import access
from motcua.dossiers.queries.post import items_of
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import ending, payment, post
from motcua.dossiers.rules.receivers import NO_LETTER, Letter
from motcua.dossiers.rules.states import DeliveryState, Status
from motcua.dossiers.rules.transitions import Act, line_for

METHODS = {"counter": "Trực tiếp", "post": "Bưu chính công ích", "online": "Điện tử"}


@store.act
def notify_ready(dossier_id: int, *, actor: User, at: datetime) -> Dossier:
    """Tell the citizen that the result waits (again); the dossier waits for collection."""
    desk = Desk(actor, at)
    dossier = _mine(desk, dossier_id, Act.NOTIFY_READY)
    _flow.move(dossier, Act.NOTIFY_READY)
    store.update(dossier, "status")
    _news.tell_ready(desk, dossier)
    log(desk, dossier, entry(Act.NOTIFY_READY))
    return dossier


@store.act
def return_result(
    dossier_id: int, *, receiver_name: str, receiver_identity: str = "", with_slip: bool = True, method: str = "counter",
    postal_number: str = "", letter: Letter = NO_LETTER, actor: User, at: datetime,
) -> Dossier:  # fmt: skip
    """Hand the result to whoever shows the receipt slip; without it the loss is recorded and the receiver's number must be that
    of the applicant, of who handed the dossier in, or of who acts for the applicant by a record here, unless they bring a
    paper of authorisation (`letter`). The fee must be paid or exempted and the obligation met. By post: the item's number.
    What the post brought back is handed out again, at the counter or under a new number.

    Raises RuleViolation that says which of these is missing.
    """
    desk = Desk(actor, at)
    dossier = _mine(desk, dossier_id, Act.RETURN)
    name = ending.require_text(receiver_name, "Nhập họ tên người nhận kết quả.", "receiver_name")
    again = dossier.status == Status.RETURNED
    if again:
        _post.require_undelivered(dossier)
    item = _postal(dossier, method, postal_number)
    who = identify(desk, dossier, receiver_identity, with_slip=with_slip, method=method, letter=letter)
    owed = store.find(FinancialObligation, dossier_id=dossier.pk, met_at=None)
    payment.require_paid(dossier.payment, len(owed))
    if method == "online":
        _require_electronic(dossier)
    _flow.move(dossier, Act.RETURN)
    _hand_out(dossier, name, actor, at)
    if dossier.delivery_state == DeliveryState.CAME_BACK:
        _post.waits_no_longer(dossier, name, at)
    dossier.delivery, dossier.postal_number = method, item
    dossier.delivery_state = (DeliveryState.IN_TRANSIT if item else DeliveryState.DELIVERED).value
    if item:
        _post.sent(dossier, item, name, actor=actor, at=at)
    fields = [
        "status",
        "returned_at",
        "returned_to",
        "returned_by",
        "delivery",
        "delivery_state",
        "postal_number",
    ]
    store.update(dossier, *fields)
    facts: dict[str, Any] = {"method": method, "with_slip": with_slip, "postal_number": item}
    facts |= {"again": True} if again else {}
    log(desk, dossier, entry(Act.RETURN, **facts, **who))
    _news.tell(desk, dossier, "returned")
    return dossier


def _require_electronic(dossier: Dossier) -> None:
    """Raises RuleViolation when a result that stands is on paper only: then nothing has reached anybody."""
    papers = store.find(ResultPaper, dossier_id=dossier.pk, revoked_at=None)
    if not papers or not all(one.file_id for one in papers):
        raise RuleViolation(
            "Kết quả chưa có bản điện tử. Ký số bản điện tử trước, hoặc trả tại quầy, qua bưu chính.",
            field="method",
        )


def _hand_out(dossier: Dossier, name: str, actor: User, at: datetime) -> None:
    """Who got the result, and when: at first in the dossier, where it stays for the registers and reports of that time; a
    corrected result in its correction.
    """
    if dossier.returned_at is None:
        dossier.returned_at, dossier.returned_to, dossier.returned_by = at, name, actor
    else:
        waiting = store.find(ErrorCorrection, dossier_id=dossier.pk, returned_at=None)
        for one in waiting:
            one.returned_at, one.returned_to, one.returned_by = at, name, actor
        store.update_many(waiting, ["returned_at", "returned_to", "returned_by"])


def _postal(dossier: Dossier, method: str, number: str) -> str:
    """The number of a new item, empty unless by post. Raises RuleViolation."""
    if method not in METHODS:
        raise RuleViolation(f"Chọn hình thức trả kết quả: {', '.join(METHODS.values())}.", field="method")
    if method != "post":
        return ""
    return post.require_new_number(number, {one.number for one in items_of(dossier)})


@store.act
def return_originals(
    dossier_id: int, paper_ids: Iterable[int], *, receiver_name: str, actor: User, at: datetime
) -> list[DossierPaper]:
    """Give back original papers that were kept for comparison, at any time; each one once."""
    desk = Desk(actor, at)
    dossier = access.locked(desk, dossier_id)
    line = line_for("result_ready", Act.RETURN)
    access.require_side(desk, dossier, line)
    name = ending.require_text(receiver_name, "Nhập họ tên người nhận lại bản chính.", "receiver_name")
    wanted = set(paper_ids)
    papers = [p for p in kept_originals(dossier) if p.pk in wanted]
    if not papers:
        raise RuleViolation("Chọn ít nhất một bản chính chưa trả.")
    give_back(papers, at)
    log(desk, dossier, entry("return_originals", papers=[p.pk for p in papers], receiver=bool(name)))
    return papers


@store.act
def archive(dossier_id: int, *, actor: User, at: datetime) -> Dossier:
    """Put a finished dossier away."""
    desk = Desk(actor, at)
    dossier = _mine(desk, dossier_id, Act.ARCHIVE)
    _post.require_settled(dossier)
    _flow.move(dossier, Act.ARCHIVE)
    store.update(dossier, "status")
    log(desk, dossier, entry(Act.ARCHIVE))
    return dossier


def _mine(desk: Desk, dossier_id: int, act: Act) -> Dossier:
    """The dossier, locked, by somebody who may do the act."""
    dossier = access.locked(desk, dossier_id)
    line = line_for(dossier.status, act)
    access.require_side(desk, dossier, line, access.tasks_of(dossier, desk) if len(line.sides) > 1 else ())
    return dossier
