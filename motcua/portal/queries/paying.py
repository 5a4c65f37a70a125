"""What a person who pays sees: the charges of a record by whom they are owed to, the ways to pay, how an order went."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from motcua.accounts.models import User
from motcua.core.errors import NotFound
from motcua.core.identity import mask_name
from motcua.core.money import dong
from motcua.dossiers.queries.held import held_by
from motcua.payments import queries
from motcua.payments.models import (
    Charge,
    Gateway,
    PaymentAccount,
    PaymentOrder,
    Receipt,
    Refund,
    RefundDue,
)
from motcua.printing import qr


@dataclass(frozen=True)
class Shown:
    """A charge on the page; while it is due, its QR code and the account, which a phone cannot scan from its own screen; its
    receipt once there is one.
    """

    charge: Charge
    code: str
    account: PaymentAccount | None
    receipt: Receipt | None


@dataclass(frozen=True)
class Group:
    """What is owed to one agency: paid by one order, on one receipt."""

    agency: str
    charges: tuple[Charge, ...]
    total: int
    gateways: tuple[Gateway, ...]


@dataclass(frozen=True)
class PayPage:
    """The page of a record's charges. `gone`: those that are not to be paid any more; `back`: what must still go back, `given`:
    what has gone back.
    """

    code: str
    token: str
    charges: tuple[Shown, ...]
    gone: tuple[Charge, ...]
    back: tuple[RefundDue, ...]
    given: tuple[Refund, ...]
    due: int
    groups: tuple[Group, ...]
    orders: tuple[PaymentOrder, ...]


def pay_page(token: str, day: date) -> PayPage:
    """What stands behind a link to pay by. Raises NotFound."""
    known = queries.charges_by_token(token)
    if not known:
        raise NotFound()
    charges = [one for one in known if one.state != Charge.State.CANCELLED]
    receipts = queries.receipts_of(charges)
    shown = tuple(
        Shown(one, _code(one, day), queries.account_for(one, day), receipts.get(one.pk)) for one in charges
    )
    due = [one for one in charges if one.state == Charge.State.DUE]
    return PayPage(
        known[-1].code,
        token,
        shown,
        tuple(one for one in known if one.state == Charge.State.CANCELLED),
        tuple(queries.refunds_due_of(charges)),
        tuple(queries.refunds_of(charges)),
        sum(one.amount for one in due),
        _groups(due, day),
        _open_orders(known[0].reference),
    )


def _code(one: Charge, day: date) -> str:
    text = queries.transfer_code(one, day)
    return (
        qr.svg(text, label=str(_("Mã VietQR trả %(amount)s") % {"amount": dong(one.amount)})) if text else ""
    )


def _groups(due: list[Charge], day: date) -> tuple[Group, ...]:
    found: dict[tuple[int, int | None], list[Charge]] = {}
    for one in due:
        found.setdefault((one.agency_id, one.counter_id), []).append(one)
    return tuple(
        Group(
            own[0].agency.name,
            tuple(own),
            sum(one.amount for one in own),
            tuple(queries.gateways_of(own[0], day)),
        )
        for own in found.values()
    )


def _open_orders(reference: str) -> tuple[PaymentOrder, ...]:
    """Orders whose end is open, or that ended in a way the payer must hear of."""
    found = queries.orders_of(reference)
    return tuple(one for one in found if one.state in ("created", "sent", "unknown") or one.has_open_excess)


def group_of(token: str, agency_id: str, day: date) -> list[int]:
    """The due charges behind a link that are owed to an agency. Raises NotFound when nothing is (any more)."""
    for group in pay_page(token, day).groups:
        if str(group.charges[0].agency_id) == agency_id:
            return [one.pk for one in group.charges]
    raise NotFound(str(_("Không còn khoản nào chờ nộp. Có thể bạn đã nộp rồi.")))


def order_page(key: UUID) -> PaymentOrder:
    """An order by its unguessable key. Raises NotFound."""
    if found := queries.order_by_key(str(key)):
        return found
    raise NotFound()


# Headline, explanation and what to do next, for each state of an order.
WORDS: dict[str, tuple[Any, Any, Any]] = {
    "created": (_("Đang chuyển sang cổng thanh toán"), _("Giao dịch vừa được lập."), _("Chờ ít giây rồi bấm Xem lại.")),
    "sent": (
        _("Chưa nhận được tiền"),
        _("Nếu bạn đã trả trên trang của cổng thanh toán, kết quả thường về trong vài phút."),
        _("Chưa trả thì sang trang của cổng để trả. Đã trả thì bấm Xem lại, không trả lần nữa."),
    ),
    "unknown": (
        _("Chưa rõ kết quả"),
        _("Cổng thanh toán chưa trả lời rõ. Chúng tôi tự hỏi lại cho đến khi rõ."),
        _("Nếu tài khoản của bạn đã bị trừ tiền thì không trả lần nữa; tiền không mất."),
    ),
    "paid": (_("Đã nộp tiền"), _("Chúng tôi đã ghi nhận khoản tiền của bạn."), ""),
    "failed": (
        _("Trả tiền không thành công"),
        _("Cổng thanh toán báo giao dịch này không thành công; bạn không bị trừ tiền."),
        _("Quay lại để trả lần nữa hoặc chọn cách khác."),
    ),
    "expired": (
        _("Giao dịch đã hết hạn"),
        _("Giao dịch này không được trả trong thời gian cho phép."),
        _("Quay lại để trả lần nữa. Nếu bạn đã bị trừ tiền, chúng tôi sẽ nhận ra khi hỏi lại cổng."),
    ),
    "refunded": (_("Đã hoàn tiền"), _("Khoản tiền này đã được hoàn trả cho bạn qua cổng thanh toán."), ""),
}  # fmt: skip


def receipt_paper(token: str, receipt_id: int, user: User, at: datetime) -> tuple[Receipt, dict[str, Any]]:
    """A receipt behind a link, and what is printed. Whoever is not signed in as the dossier's holder gets the payer masked:
    a link may have been passed on (TT 01/2018, Điều 17). Raises NotFound.
    """
    found = queries.receipt_by_token(token, receipt_id)
    return found, _paper(found, queries.charges_by_token(token)[0].reference, user, at)


def order_receipt(order: PaymentOrder) -> tuple[Receipt, dict[str, Any]]:
    """The receipt of an order for who paid it, and what is printed. Raises NotFound while there is none."""
    if order.receipt is None or order.receipt.is_cancelled:
        raise NotFound()
    return order.receipt, queries.receipt_data(order.receipt)


def _paper(found: Receipt, reference: str, user: User, at: datetime) -> dict[str, Any]:
    printed = queries.receipt_data(found)
    kind, _sep, number = reference.partition("/")
    holds = user.is_authenticated and kind == "dossier" and held_by(user, at).filter(pk=number).exists()
    return printed if holds else {**printed, "payer": mask_name(found.payer_name), "payer_id": ""}
