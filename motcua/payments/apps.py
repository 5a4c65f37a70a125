from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def ship_layouts(sender: Any, using: str = "default", **kwargs: Any) -> None:
    """Put the two layouts that come with the software where there is none yet."""
    from motcua.payments.models import StatementLayout

    columns = {"reference": "Số giao dịch", "memo": "Nội dung", "credit": "Số tiền ghi có", "debit": "Số tiền ghi nợ", "date": "Ngày giao dịch"}  # fmt: skip
    rows = StatementLayout.objects.using(using)
    for name, kind, given in (
        ("Mẫu chung (CSV)", "csv", columns | {"dates": "dd/mm/yyyy", "thousands": ".", "delimiter": ","}),
        ("MT940", "mt940", {}),
    ):
        rows.get_or_create(name=name, defaults={"kind": kind, "columns": given, "source": "theo phần mềm"})


WORDS = {
    "gateway.created": "Thêm cổng thanh toán",
    "gateway.changed": "Sửa cổng thanh toán",
    "gateway.used": "Cho cơ quan dùng cổng thanh toán",
    "gateway.use_ended": "Ngừng dùng cổng thanh toán",
    "payment_order.made": "Lập giao dịch thanh toán",
    "payment_order.moved": "Giao dịch thanh toán đổi tình trạng",
    "payment_order.refund_asked": "Yêu cầu cổng hoàn tiền",
    "payment_order.excess_returned": "Ghi nhận đã hoàn tiền nộp thừa",
    "statement.imported": "Nhập sao kê ngân hàng",
    "statement.layout_made": "Thêm mẫu sao kê",
    "transfer.matched": "Ghép giao dịch chuyển khoản vào khoản thu",
    "reconciliation.explained": "Giải trình chênh lệch đối soát",
    "reconciliation.closed": "Khóa bảng đối soát",
    "charge.part_refunded": "Hoàn trả một phần khoản thu",
    "charge.refund_due": "Xác định số tiền phải hoàn trả",
    "charge.named": "Khoản thu mang mã hồ sơ mới",
}


class PaymentsConfig(AppConfig):
    name = "motcua.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the cashier's pages into the menu; tell the log what its records are called."""
        from motcua.agencies.rules.permissions import Permission as P
        from motcua.agencies.rules.settings import add_settings
        from motcua.audit.queries import by_text, names_of, register_check, register_names
        from motcua.audit.rules.words import teach
        from motcua.core import store, timer
        from motcua.core.navigation import Item, register
        from motcua.payments.actions import ask_due, fetch_due
        from motcua.payments.models import (
            Charge,
            DayClosing,
            Gateway,
            PaymentAccount,
            PaymentOrder,
            ReceiptBook,
        )
        from motcua.payments.queries.integrity import breaks
        from motcua.payments.rules.settings import SETTINGS

        add_settings(SETTINGS)
        teach(WORDS)
        timer.register("cổng thanh toán", ask_due)
        timer.register("tệp đối soát", fetch_due)
        store.hold(Charge, "reference", lasts=lambda charge: charge.state == Charge.State.DUE)
        store.hold(ReceiptBook, "agency_id")
        store.hold(DayClosing, "cashier_id")

        register_check(breaks)
        register_names("fees", names_of)
        register_names("gateway", by_text(Gateway.objects.all))
        register_names("payment-order", by_text(PaymentOrder.objects.all))
        register_names("receipt-book", by_text(ReceiptBook.objects.all))
        register_names("payment-account", by_text(PaymentAccount.objects.all))
        register_names("cash-day", by_text(DayClosing.objects.all))
        register(
            Item("Thu phí, lệ phí", "payments:today", "cash-coin", P.FEE_COLLECT, "Quầy", 50, "f", "tiền biên lai"),
            Item("Sổ biên lai", "payments:register", "receipt", P.FEE_VIEW, "Quầy", 60, words="tìm biên lai"),
            Item("Ngày thu", "payments:days", "wallet2", P.FEE_VIEW, "Quầy", 70, words="khóa sổ tiền mặt"),
            Item("Chuyển khoản", "payments:transfers", "qr-code", P.FEE_VIEW, "Quầy", 75, words="đối soát sao kê"),
            Item("Giao dịch trực tuyến", "payments:orders", "phone", P.FEE_VIEW, "Quầy", 76, words="cổng thanh toán"),
            Item("Phải hoàn trả", "payments:refunds_due", "cash-coin", P.FEE_REFUND, "Quầy", 74, words="hoàn phí tiền thừa"),
            Item("Sao kê ngân hàng", "payments:statements", "file-earmark-text", P.FEE_VIEW, "Quầy", 77, words="nhập sao kê mt940"),
            Item("Đối soát", "payments:reconciliation", "clipboard-check", P.FEE_VIEW, "Quầy", 78, words="đối chiếu ngày tháng"),
            Item("Cổng thanh toán", "payments:gateways", "wallet2", P.FEE_GATEWAY, "Quản trị", 66, words="thanh toán trực tuyến"),
            Item("Quyển biên lai", "payments:books", "book", P.FEE_BOOK, "Quản trị", 60),
            Item("Tài khoản thu", "payments:accounts", "building", P.FEE_BOOK, "Quản trị", 65, words="ngân hàng"),
        )  # fmt: skip
        post_migrate.connect(ship_layouts, sender=self, dispatch_uid="payments.ship_layouts")
