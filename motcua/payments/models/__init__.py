"""Charges, receipts and the cashier's days. Payments know amounts and payers, not dossiers: `reference` is a name."""

from motcua.payments.models.accounts import BankTransfer, PaymentAccount
from motcua.payments.models.charges import Charge, Refund, RefundDue
from motcua.payments.models.online import (
    Gateway,
    GatewayEvent,
    GatewayUse,
    OnlineRefund,
    OrderLine,
    PaymentOrder,
)
from motcua.payments.models.receipts import DayClosing, Receipt, ReceiptBook, ReceiptLine
from motcua.payments.models.statements import (
    BankStatement,
    Explanation,
    GatewayFile,
    Reconciliation,
    StatementLayout,
)

__all__ = [
    "BankStatement",
    "BankTransfer",
    "Charge",
    "DayClosing",
    "Explanation",
    "Gateway",
    "GatewayEvent",
    "GatewayFile",
    "GatewayUse",
    "OnlineRefund",
    "OrderLine",
    "PaymentAccount",
    "PaymentOrder",
    "Receipt",
    "ReceiptBook",
    "ReceiptLine",
    "Reconciliation",
    "Refund",
    "RefundDue",
    "StatementLayout",
]
