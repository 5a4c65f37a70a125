from django.apps import AppConfig


class WorkdaysConfig(AppConfig):
    name = "motcua.workdays"
    label = "workdays"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.core.navigation import Item, register

        register(
            Item(
                "Lịch làm việc",
                "workdays:index",
                icon="calendar3",
                permission="calendar.edit",
                group="Quản trị",
                order=30,
                words="ngày nghỉ lễ tết làm bù ca giờ",
            ),
            Item(
                "Thử tính hạn trả",
                "workdays:clock",
                icon="calendar-check",
                group="Hồ sơ",
                order=90,
                words="thời hạn đồng hồ ngày làm việc",
            ),
        )
