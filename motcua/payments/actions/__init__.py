"""Acts on money. Each is one transaction, checks its permission, and is in the log."""

from motcua.payments.actions.accounts import end_account, open_account
from motcua.payments.actions.books import close_book, open_book
from motcua.payments.actions.charges import cancel_charge, charge, exempt
from motcua.payments.actions.collecting import cancel_receipt, collect, collect_cash, confirm_transfer
from motcua.payments.actions.days import close_day
from motcua.payments.actions.refunds import refund
from motcua.payments.actions.transfers import record_transfer, resolve_transfer

__all__ = [
    "cancel_charge",
    "cancel_receipt",
    "charge",
    "close_book",
    "close_day",
    "collect",
    "collect_cash",
    "confirm_transfer",
    "end_account",
    "exempt",
    "open_account",
    "open_book",
    "record_transfer",
    "refund",
    "resolve_transfer",
]
