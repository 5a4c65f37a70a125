"""Acts on money. Each is one transaction, checks its permission, and is in the log."""

from motcua.payments.actions._steps import system_account
from motcua.payments.actions.accounts import end_account, open_account
from motcua.payments.actions.asking import ask_due, look_again
from motcua.payments.actions.books import close_book, open_book
from motcua.payments.actions.callbacks import Verdict, take_callback
from motcua.payments.actions.charges import cancel_charge, charge, exempt
from motcua.payments.actions.collecting import cancel_receipt, collect, collect_cash, confirm_transfer
from motcua.payments.actions.days import close_day
from motcua.payments.actions.gateways import (
    change_gateway,
    check_gateway,
    create_gateway,
    end_use,
    use_gateway,
)
from motcua.payments.actions.online_refunds import refund_online, settle_excess
from motcua.payments.actions.orders import ask, open_order, pay_online
from motcua.payments.actions.reconciling import close_reconciliation, explain, fetch_day_file, fetch_due
from motcua.payments.actions.refunds import refund
from motcua.payments.actions.settling import Owing, Settlement, settle_charges
from motcua.payments.actions.statements import (
    create_layout,
    import_statement,
    match_by_hand,
    resolve_transfer,
)
from motcua.payments.actions.transfers import record_transfer

__all__ = [
    "Owing",
    "Settlement",
    "Verdict",
    "ask",
    "ask_due",
    "cancel_charge",
    "cancel_receipt",
    "change_gateway",
    "charge",
    "check_gateway",
    "close_book",
    "close_day",
    "close_reconciliation",
    "collect",
    "collect_cash",
    "confirm_transfer",
    "create_gateway",
    "create_layout",
    "end_account",
    "end_use",
    "exempt",
    "explain",
    "fetch_day_file",
    "fetch_due",
    "import_statement",
    "look_again",
    "match_by_hand",
    "open_account",
    "open_book",
    "open_order",
    "pay_online",
    "record_transfer",
    "refund",
    "refund_online",
    "resolve_transfer",
    "settle_charges",
    "settle_excess",
    "system_account",
    "take_callback",
    "use_gateway",
]
