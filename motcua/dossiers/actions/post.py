"""What became of a result sent by post: delivered, or come back to wait at the counter again (NĐ 61/2018, Điều 20)."""

from datetime import date, datetime

from motcua.accounts.models import User
from motcua.core import store
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.dossiers.actions import _news
from motcua.dossiers.actions._doors import acting
from motcua.dossiers.actions._journal import entry, log
from motcua.dossiers.models import Dossier, PostalItem
from motcua.dossiers.queries.post import is_on_the_way, items_of
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import post
from motcua.dossiers.rules.states import DeliveryState
from motcua.dossiers.rules.transitions import Act


@store.act
def confirm_delivery(
    dossier_id: int, *, received_by: str, delivered_on: date, actor: User, at: datetime
) -> PostalItem:
    """The post says who took the item on which legal date. Raises RuleViolation when nothing is on its way."""
    desk = Desk(actor, at)
    dossier, _ = acting(desk, dossier_id, Act.CONFIRM_DELIVERY)
    item = _item(dossier)
    item.received_by = post.require_delivery(received_by, delivered_on, legal_date(item.posted_at), desk.day)
    item.delivered_on, item.noted_by = delivered_on, actor
    store.update(item, "received_by", "delivered_on", "noted_by")
    dossier.delivery_state = DeliveryState.DELIVERED.value
    store.update(dossier, "delivery_state")
    log(desk, dossier, entry(Act.CONFIRM_DELIVERY, postal_number=item.number, delivered_on=delivered_on))
    return item


@store.act
def take_back(dossier_id: int, *, reason: str, note: str = "", actor: User, at: datetime) -> PostalItem:
    """The post brought the item back: the result waits at the counter again, and the person is told. It is handed out by
    `return_result`, at the counter or by a new item. `reason`: a code of `post.BACK_REASONS`. Raises RuleViolation.
    """
    desk = Desk(actor, at)
    dossier, _ = acting(desk, dossier_id, Act.TAKE_BACK)
    item = _item(dossier)
    item.back_note = post.require_back(reason, note)
    item.back_reason, item.came_back_at, item.noted_by = reason, at, actor
    store.update(item, "back_note", "back_reason", "came_back_at", "noted_by")
    dossier.delivery_state = DeliveryState.CAME_BACK.value
    store.update(dossier, "delivery_state")
    log(desk, dossier, entry(Act.TAKE_BACK, postal_number=item.number, reason=reason))
    _news.tell(desk, dossier, "came_back")
    return item


def _item(dossier: Dossier) -> PostalItem:
    """The item on its way. Raises RuleViolation when there is none."""
    if not is_on_the_way(dossier):
        raise RuleViolation("Hồ sơ này không có bưu gửi nào đang trên đường. Tải lại trang.")
    return items_of(dossier)[-1]
