from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def ship_templates(sender: Any, using: str = "default", **kwargs: Any) -> None:
    """Put the shipped texts into the table where they are missing; texts that somebody changed stay."""
    from motcua.notifications.models import Template
    from motcua.notifications.rules.texts import CHANNELS, TEXTS, shipped

    wanted = [(kind, channel) for kind in TEXTS for channel in CHANNELS]
    rows = [
        Template(
            kind=kind, channel=channel, subject=shipped(kind, channel)[0], body=shipped(kind, channel)[1]
        )
        for kind, channel in wanted
    ]
    Template.objects.using(using).bulk_create(rows, ignore_conflicts=True)


class NotificationsConfig(AppConfig):
    name = "motcua.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Ship the texts after every migration; put the outbox into the menu."""
        from motcua.core.navigation import Item, register

        manage = "notification.manage"
        register(
            Item(
                "Tin nhắn gửi đi",
                "notifications:outbox",
                "envelope",
                manage,
                "Quản trị",
                85,
                words="email sms mẫu",
            ),
            Item("Thông báo của tôi", "notifications:mine", "bell", "", "Hồ sơ", 95, words="tin nhắn"),
        )
        post_migrate.connect(ship_templates, sender=self)
