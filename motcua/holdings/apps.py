from django.apps import AppConfig


class HoldingsConfig(AppConfig):
    """A person's store: results and papers given already (kho dữ liệu của tổ chức, cá nhân)."""

    name = "motcua.holdings"
    label = "holdings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.accounts.signals import assistance_claimed
        from motcua.audit.rules.words import teach
        from motcua.core.navigation import Item, register
        from motcua.dossiers.signals import result_signed
        from motcua.files.queries import register_reader
        from motcua.holdings import receivers
        from motcua.holdings.queries import may_open

        teach(
            {
                "held.dossier_claimed": "Công dân nhận về hồ sơ lập hộ",
                "held.kept": "Đưa giấy tờ vào kho",
                "held.shared": "Chia sẻ giấy tờ trong kho",
                "held.share_ended": "Thôi chia sẻ giấy tờ trong kho",
                "held.revoked": "Thu hồi kết quả đã cấp",
                "held.replaced": "Thay thế kết quả đã cấp",
            }
        )
        register_reader(may_open)
        result_signed.connect(receivers.result_signed, dispatch_uid="holdings.result_signed")
        assistance_claimed.connect(receivers.assistance_claimed, dispatch_uid="holdings.assistance_claimed")
        register(
            Item("Lập hồ sơ hộ", "holdings:assist", icon="person", permission="dossier.assist", group="Người dân", order=30, words="hỗ trợ người dân tổ công nghệ số"),
            Item("Kết quả đã cấp", "holdings:results", icon="shield-check", permission="dossier.correct", group="Người dân", order=40, words="thu hồi thay thế kho giấy tờ hỏi lại")
        )  # fmt: skip
