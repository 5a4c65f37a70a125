"""The receipt of money that nobody took by hand."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.payments import queries
from motcua.payments.actions._receipts import issue
from motcua.payments.actions._steps import open_day, system_account
from motcua.payments.models import Charge, PaymentOrder, Receipt


def give_receipt(order: PaymentOrder, charges: Sequence[Charge], at: datetime) -> Receipt | None:
    """One numbered receipt for the charges that an order settled, kept on the order; None while no book is open.

    The order is locked, and waits for a receipt: it gets one once. It lies in the day of the system's account at the agency
    that is owed.
    """
    book = queries.online_book(charges[0], legal_date(at).year)
    if book is None:
        return None
    try:
        with transaction.atomic():
            system = system_account()
            day = open_day(charges[0].agency, system, legal_date(at))
            method, reference = Receipt.Method.GATEWAY, order.gateway_reference or str(order.key)
            receipt = issue(charges, method, book.pk, day, "", reference, system, at)
    except RuleViolation:
        return None
    order.receipt, order.wants_receipt = receipt, False
    order.save(update_fields=["receipt", "wants_receipt"])
    return receipt
