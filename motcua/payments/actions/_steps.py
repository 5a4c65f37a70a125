"""Steps that several acts on money share; they are not acts of their own."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority, authority_in_batch, authority_of
from motcua.audit.actions import append_many
from motcua.core import store
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.payments import queries
from motcua.payments.models import Charge, DayClosing, ReceiptBook
from motcua.payments.rules.lines import REFUSALS, next_state
from motcua.payments.signals import charge_changed, charge_settled, charges_wanted


def chain_of(reference: str) -> str:
    """The chain of events of all charges of a record."""
    return f"fees/{reference}"


def lock(charge_ids: Sequence[int]) -> list[Charge]:
    """The charges, locked, after the apps above have had the chance to lock the records that they belong to.

    Raises NotFound when one is missing.
    """
    references = {one.reference for one in store.find(Charge, id=charge_ids)}
    charges_wanted.send(Charge, references=references)
    return queries.lock_charges(charge_ids)


def move(
    charges: Collection[Charge],
    act: str,
    *fields: str,
    actor: User | None,
    at: datetime,
    facts: Mapping[str, object],
) -> None:
    """Take locked charges to their next state, log it, tell the apps above. Raises RuleViolation."""
    by_reference: dict[str, list[Charge]] = {}
    for one in charges:
        state = next_state(one.state, act)
        if state is None:
            raise RuleViolation(REFUSALS[act])
        one.state = state
        store.update(one, "state", *fields)
        by_reference.setdefault(one.reference, []).append(one)
    for reference, moved in by_reference.items():
        entries = [(f"charge.{act}", {"key": one.key, "amount": one.amount, **facts}) for one in moved]
        append_many(chain_of(reference), entries, actor=actor, at=at)
        charge_changed.send(
            Charge, reference=reference, state=queries.state_of(reference), actor=actor, at=at
        )
    if act == "pay":
        for one in charges:
            charge_settled.send(Charge, charge=one, receipt=facts.get("receipt", ""), actor=actor, at=at)


def open_day(agency: Agency, cashier: User, day: date) -> DayClosing:
    """The cashier's day, locked until the transaction ends, made when it is the first money. Raises when closed."""
    found = _day(agency, cashier, day)
    if found.is_closed:
        raise RuleViolation(
            f"Bạn đã khóa sổ thu ngày {day:%d/%m/%Y}. Khoản này thu vào ngày làm việc tiếp theo hoặc do người khác thu."
        )
    return found


def _day(agency: Agency, cashier: User, day: date) -> DayClosing:
    if store.batching():
        found = store.find(DayClosing, cashier_id=cashier.pk, day=day, agency_id=agency.pk)
        return found[0] if found else store.insert([DayClosing(agency=agency, cashier=cashier, day=day)])[0]
    DayClosing.objects.get_or_create(agency=agency, cashier=cashier, day=day)
    return DayClosing.objects.select_for_update().get(agency=agency, cashier=cashier, day=day)


def system_account() -> User:
    """The account in whose name money that nobody takes by hand comes in; made when absent, it cannot sign in."""
    defaults = {"full_name": "Hệ thống", "kind": User.Kind.SYSTEM, "password": "!"}
    found = User.objects.filter(kind=User.Kind.SYSTEM).order_by("pk").first()
    return found or User.objects.get_or_create(username="he-thong", defaults=defaults)[0]


def authority_on(actor: User, at: datetime) -> Authority:
    """What a person may do on the day of an act."""
    held = authority_in_batch if store.batching() else authority_of
    return held(actor, legal_date(at))


def next_number(owed: Charge, book_id: int | None, at: datetime) -> ReceiptBook:
    """The locked book for a charge with `last_number` moved to the number now taken.

    The lock is held to the end of the transaction: an act that fails gives its number back, so there are no gaps.
    """
    book = queries.lock_book(book_id or _only_book(owed, at))
    if (
        book.agency_id not in (owed.agency_id, owed.counter_id)
        or book.closed_at
        or book.year != legal_date(at).year
    ):
        raise RuleViolation(
            "Quyển biên lai không phải của cơ quan thu hoặc nơi tiếp nhận, đã đóng, hoặc của năm khác. Chọn quyển khác."
        )
    if book.is_used_up:
        raise RuleViolation(f"Quyển {book} đã hết số. Đóng quyển này và mở quyển mới.")
    book.last_number += 1
    store.update(book, "last_number")
    return book


def _only_book(owed: Charge, at: datetime) -> int:
    places = [pk for pk in (owed.agency_id, owed.counter_id) if pk]
    usable = [
        book
        for book in store.find(ReceiptBook, agency_id=places)
        if book.year == legal_date(at).year and book.closed_at is None and not book.is_used_up
    ]
    books = [book for book in usable if book.agency_id == owed.agency_id] or usable
    if not books:
        raise RuleViolation(
            "Chưa có quyển biên lai nào đang mở cho năm nay. Mở quyển biên lai trước khi thu."
        )
    if len(books) > 1:
        raise RuleViolation("Có nhiều quyển biên lai đang mở: chọn quyển để lập biên lai.", field="book")
    return books[0].pk
