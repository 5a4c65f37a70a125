from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "motcua.counter"
    label = "counter"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.core.navigation import Item, register

        register(
            Item("Tiếp nhận hồ sơ", "counter:receive", icon="plus-lg", permission="dossier.receive", group="Quầy", order=10, key="t"),
            Item("Chờ tiếp nhận", "counter:waiting", icon="hourglass-split", permission="dossier.receive", group="Quầy", order=20, key="c"),
            Item("Bàn giao hồ sơ", "counter:hand_over", icon="truck", permission=("dossier.receive", "dossier.return_result"), group="Quầy", order=30, key="b"),
            Item("Trả kết quả", "counter:return_desk", icon="box-arrow-in-right", permission="dossier.return_result", group="Quầy", order=40, key="r"),
            Item("Sổ theo dõi", "counter:register", icon="book", permission="dossier.receive", group="Quầy", order=50, key="s"),
        )  # fmt: skip
