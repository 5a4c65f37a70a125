"""Items of the post beside other acts: kept when a result is sent, ended when it is fetched, in the way of archiving."""

from datetime import datetime

from motcua.accounts.models import User
from motcua.core import store
from motcua.core.errors import RuleViolation
from motcua.dossiers.models import Dossier, PostalItem
from motcua.dossiers.queries.post import is_settled, items_of, waits_again


def sent(dossier: Dossier, number: str, addressee: str, *, actor: User, at: datetime) -> None:
    """Keep an item that leaves with the result."""
    item = store.new(PostalItem,
        dossier=dossier, number=number, addressee=addressee, posted_at=at, posted_by=actor,
    )  # fmt: skip
    store.insert([item])


def waits_no_longer(dossier: Dossier, name: str, at: datetime) -> None:
    """What came back was handed out again, or (`name` empty) is to be corrected. The dossier's own hand-over stays the first, for
    the registers of that time.
    """
    waiting = [item for item in items_of(dossier) if item.came_back_at and not item.again_at]
    for item in waiting:
        item.again_at, item.again_to = at, name
    store.update_many(waiting, ["again_at", "again_to"])


def require_undelivered(dossier: Dossier) -> None:
    """Raises RuleViolation unless what was handed out came back: a result is handed out once."""
    if not waits_again(dossier):
        raise RuleViolation("Kết quả đã trả. Chỉ trả lại lần nữa khi bưu chính đã hoàn bưu gửi về.")


def require_settled(dossier: Dossier) -> None:
    """Raises RuleViolation while the post has the result, or it waits again: then the dossier is not over."""
    if not is_settled(dossier):
        raise RuleViolation(
            "Kết quả gửi bưu chính chưa đến tay người nhận. Ghi nhận đã phát, hoặc trả lại, rồi mới lưu hồ sơ."
        )
