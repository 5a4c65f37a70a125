"""Receipt books: opening, closing, and the next number."""

from datetime import datetime

from django.db import IntegrityError, transaction

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import nfc
from motcua.payments import queries
from motcua.payments.models import ReceiptBook


@transaction.atomic
def open_book(
    agency: Agency,
    *,
    symbol: str,
    year: int,
    first_number: int = 1,
    final_number: int | None = None,
    template_code: str = "",
    is_electronic: bool = False,
    source: str = "",
    actor: User,
    at: datetime,
) -> ReceiptBook:
    """Open a book of receipts whose numbers run from `first_number` to `final_number` (none: without end)."""
    authority_of(actor, legal_date(at)).require(Permission.FEE_BOOK, agency)
    if final_number is not None and final_number < first_number:
        raise RuleViolation("Số cuối của quyển phải từ số đầu trở lên.", field="final_number")
    book = ReceiptBook(
        agency=agency,
        symbol=nfc(symbol),
        year=year,
        first_number=first_number,
        final_number=final_number,
        last_number=first_number - 1,
        template_code=nfc(template_code),
        is_electronic=is_electronic,
        source=nfc(source),
        opened_at=at,
    )
    _refuse_overlap(book)
    try:
        book.save(force_insert=True)
    except IntegrityError as error:
        raise RuleViolation("Quyển biên lai này đã có.", field="symbol") from error
    about = {
        "symbol": book.symbol,
        "year": year,
        "first": first_number,
        "final": final_number,
        "source": source,
    }
    append(f"receipt-book/{book.pk}", "receipt_book.opened", actor=actor, at=at, data=about, first=True)
    return book


def _refuse_overlap(book: ReceiptBook) -> None:
    """Two books of one symbol and year must not share a number."""
    for other in ReceiptBook.objects.filter(agency=book.agency, symbol=book.symbol, year=book.year):
        starts_after = other.final_number is not None and book.first_number > other.final_number
        ends_before = book.final_number is not None and book.final_number < other.first_number
        if not (starts_after or ends_before):
            raise RuleViolation(f"Dãy số trùng với quyển {other} đã mở.", field="first_number")


@transaction.atomic
def close_book(book_id: int, *, actor: User, at: datetime) -> ReceiptBook:
    """Close a book: no more numbers are given from it."""
    book = queries.lock_book(book_id)
    authority_of(actor, legal_date(at)).require(Permission.FEE_BOOK, book.agency)
    if book.closed_at:
        raise RuleViolation("Quyển biên lai này đã đóng.")
    book.closed_at = at
    book.save(update_fields=["closed_at"])
    about = {"last": book.last_number}
    append(f"receipt-book/{book.pk}", "receipt_book.closed", actor=actor, at=at, data=about)
    return book
