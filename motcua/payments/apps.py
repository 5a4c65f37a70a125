from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "motcua.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the cashier's pages into the menu; tell the log what its records are called."""
        from motcua.agencies.rules.permissions import Permission as P
        from motcua.audit.queries import by_text, names_of, register_names
        from motcua.core.navigation import Item, register
        from motcua.payments.models import DayClosing, PaymentAccount, ReceiptBook

        register_names("fees", names_of)
        register_names("receipt-book", by_text(ReceiptBook.objects.all))
        register_names("payment-account", by_text(PaymentAccount.objects.all))
        register_names("cash-day", by_text(DayClosing.objects.all))
        register(
            Item("Thu phí, lệ phí", "payments:today", "cash-coin", P.FEE_COLLECT, "Quầy", 50, "f", "tiền biên lai"),
            Item("Sổ biên lai", "payments:register", "receipt", P.FEE_VIEW, "Quầy", 60, words="tìm biên lai"),
            Item("Ngày thu", "payments:days", "wallet2", P.FEE_VIEW, "Quầy", 70, words="khóa sổ tiền mặt"),
            Item("Chuyển khoản", "payments:transfers", "qr-code", P.FEE_VIEW, "Quầy", 75, words="đối soát sao kê"),
            Item("Quyển biên lai", "payments:books", "book", P.FEE_BOOK, "Quản trị", 60),
            Item("Tài khoản thu", "payments:accounts", "building", P.FEE_BOOK, "Quản trị", 65, words="ngân hàng"),
        )  # fmt: skip
