"""Charges, receipts and the cashier's days. Payments know amounts and payers, not dossiers: `reference` is a name."""

from motcua.payments.models.accounts import BankTransfer, PaymentAccount
from motcua.payments.models.charges import Charge, Refund
from motcua.payments.models.receipts import DayClosing, Receipt, ReceiptBook, ReceiptLine

__all__ = [
    "BankTransfer",
    "Charge",
    "DayClosing",
    "PaymentAccount",
    "Receipt",
    "ReceiptBook",
    "ReceiptLine",
    "Refund",
]
