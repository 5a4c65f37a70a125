"""Receipts and their books."""

from datetime import date
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When

from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core import store
from motcua.core.errors import NotFound
from motcua.core.moments import to_local
from motcua.core.text import fold
from motcua.payments.models import Charge, DayClosing, Receipt, ReceiptBook, ReceiptLine
from motcua.payments.queries.reach import receipts_within
from motcua.printing import tokens


def usable_books(owed: Charge, year: int) -> QuerySet[ReceiptBook]:
    """Open books of a year that still have numbers: of the agency that a charge is owed to (first), of its counter."""
    left = Q(final_number=None) | Q(last_number__lt=F("final_number"))
    places = [pk for pk in (owed.agency_id, owed.counter_id) if pk]
    found = ReceiptBook.objects.filter(left, agency_id__in=places, year=year, closed_at=None)
    elsewhere = Case(When(agency_id=owed.agency_id, then=0), default=1)
    return found.select_related("agency").order_by(elsewhere, "symbol", "first_number")


def books_visible(authority: Authority) -> QuerySet[ReceiptBook]:
    """Books that this person may see, newest year first."""
    return ReceiptBook.objects.filter(authority.where(Permission.FEE_VIEW, "agency")).select_related("agency")


def access_book(authority: Authority, book_id: int) -> ReceiptBook:
    """A book that this person may see. Raises NotFound."""
    if found := books_visible(authority).filter(pk=book_id).first():
        return found
    raise NotFound()


def lock_book(book_id: int) -> ReceiptBook:
    """A book, locked until the transaction ends. For actions."""
    if found := store.find(ReceiptBook, lock=True, id=book_id):
        return found[0]
    raise NotFound("Không tìm thấy quyển biên lai này.")


def _receipts() -> QuerySet[Receipt]:
    return Receipt.objects.select_related("book", "agency", "cashier", "day__agency", "cancelled_by")


def register(
    authority: Authority, text: str = "", first_day: date | None = None, last_day: date | None = None
) -> QuerySet[Receipt]:
    """The register of receipts that this person may see, newest first.

    `text` is looked for without marks in payer, number and dossier codes; days are inclusive.
    """
    found = _receipts().filter(receipts_within(authority, Permission.FEE_VIEW)).order_by("-id")
    for word in fold(text).split():
        found = found.filter(search_text__contains=word)
    if first_day:
        found = found.filter(day__day__gte=first_day)
    if last_day:
        found = found.filter(day__day__lte=last_day)
    return found


def receipts_of_day(day: DayClosing) -> QuerySet[Receipt]:
    """The receipts of one cashier's day, newest first."""
    return _receipts().filter(day=day).prefetch_related("lines__charge").order_by("-id")


def access_receipt(authority: Authority, receipt_id: int) -> Receipt:
    """A receipt that this person may see. Raises NotFound."""
    visible = _receipts().filter(receipts_within(authority, Permission.FEE_VIEW))
    if found := visible.prefetch_related("lines__charge").filter(pk=receipt_id).first():
        return found
    raise NotFound()


def may_cancel(authority: Authority, receipt: Receipt) -> bool:
    """Whether a receipt can still be cancelled, and by this person: one who collects into the drawer that it was paid into."""
    is_open = not (receipt.is_cancelled or receipt.day.is_closed)
    return is_open and authority.can(Permission.FEE_COLLECT, receipt.day.agency)


def books_in_use(authority: Authority, year: int) -> QuerySet[ReceiptBook]:
    """Open books of a year where this person may collect."""
    return ReceiptBook.objects.filter(
        authority.where(Permission.FEE_COLLECT, "agency"), year=year, closed_at=None
    ).select_related("agency")


def receipts_for(charge: Charge) -> QuerySet[Receipt]:
    """The receipts that name a charge, newest first; at most one of them is not cancelled."""
    return _receipts().filter(lines__charge=charge).order_by("-id")


def charge_ids_on(receipt_id: int) -> list[int]:
    """Which charges a receipt is for; that never changes."""
    return list(ReceiptLine.objects.filter(receipt_id=receipt_id).values_list("charge_id", flat=True))


def lock_receipt(receipt_id: int) -> Receipt:
    """A receipt and its day, locked. For actions."""
    found = Receipt.objects.filter(pk=receipt_id).values_list("day_id", flat=True).first()
    if found is None:
        raise NotFound("Không tìm thấy biên lai này.")
    DayClosing.objects.select_for_update().get(pk=found)
    locked = Receipt.objects.select_for_update(of=("self",)).select_related("book", "agency", "day__agency")
    return locked.get(pk=receipt_id)


def _note(receipt: Receipt, lines: list[ReceiptLine]) -> str:
    """The dossiers, and the counter that took the money for another agency."""
    dossiers = "Hồ sơ " + ", ".join(dict.fromkeys(one.charge.code for one in lines))
    at_counter = receipt.day.agency_id != receipt.agency_id
    return f"{dossiers}; thu tại Bộ phận Một cửa {receipt.day.agency.name}" if at_counter else dossiers


def receipt_data(receipt: Receipt) -> dict[str, Any]:
    """What the printed form payment_receipt wants (printing.rules.forms.PaymentReceipt)."""
    agency, local = receipt.agency, to_local(receipt.issued_at)
    lines = list(receipt.lines.select_related("charge"))
    return {
        "form_title": "Biên lai thu tiền phí, lệ phí",
        "form_number": receipt.book.template_code,
        "agency": agency.name,
        "parent_agency": agency.parent.name if agency.parent else "",
        "place": agency.place_name,
        "date": local.date(),
        "series": receipt.book.symbol,
        "receipt_number": f"{receipt.number:07d}",
        "payer": receipt.payer_name,
        "payer_id": receipt.payer_code,
        "items": [{"name": str(one.charge), "amount": one.amount} for one in lines],
        "total": receipt.amount,
        "method": receipt.get_method_display(),
        "paid_at": local,
        "note": _note(receipt, lines),
        "cashier": {"titles": ["Người thu tiền"], "name": str(receipt.cashier)},
        "cancelled": receipt.cancel_reason,
        "copies": 2,
        "verify_url": tokens.verify_url(tokens.token(tokens.PAYMENT_RECEIPT, receipt.pk)),
    }
