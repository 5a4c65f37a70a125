from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def ship_templates(sender: Any, using: str = "default", **kwargs: Any) -> None:
    """Put the shipped texts into the table where they are missing; texts that somebody changed stay."""
    from motcua.notifications.models import Template
    from motcua.notifications.rules.texts import CHANNELS, LANGUAGES, TEXTS, shipped

    wanted = [(kind, channel, language) for kind in TEXTS for channel in CHANNELS for language in LANGUAGES]
    there = set(Template.objects.using(using).values_list("kind", "channel", "language"))
    rows = [
        Template(
            kind=kind,
            channel=channel,
            language=language,
            subject=shipped(kind, channel, language)[0],
            body=shipped(kind, channel, language)[1],
        )
        for kind, channel, language in wanted
        if (kind, channel, language) not in there
    ]
    Template.objects.using(using).bulk_create(rows, ignore_conflicts=True)


def ship_provider(sender: Any, using: str = "default", **kwargs: Any) -> None:
    """The mail server of the settings carries e-mail as soon as it is configured."""
    from motcua.notifications.models import BEFORE_RECORDS, Provider

    fixed = {
        "name": "Máy chủ thư của hệ thống",
        "channel": "email",
        "adapter": "mail",
        "valid_from": BEFORE_RECORDS,
        "priority": 100,
    }
    if not Provider.objects.using(using).filter(adapter="mail").exists():
        Provider.objects.using(using).create(code="may-chu-thu", **fixed)


WORDS = {
    "message.tested": "Gửi tin thử",
    "provider.created": "Thêm nhà cung cấp gửi tin",
    "provider.changed": "Sửa nhà cung cấp gửi tin",
}


class NotificationsConfig(AppConfig):
    name = "motcua.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Ship the texts after every migration; make the settings known; put the pages into the menu."""
        from motcua.accounts.rules.consents import Purpose, add_purposes
        from motcua.agencies.rules.settings import add_settings
        from motcua.audit.queries import register_names
        from motcua.audit.rules.words import teach
        from motcua.core import store
        from motcua.core.navigation import Item, register
        from motcua.notifications.models import Template
        from motcua.notifications.queries.record_names import NAMERS
        from motcua.notifications.rules.events import PURPOSES
        from motcua.notifications.rules.settings import SETTINGS

        store.hold(Template, "kind")
        add_settings(SETTINGS)
        add_purposes(Purpose(code, label) for code, label in PURPOSES.items())
        teach(WORDS)
        for prefix, namer in NAMERS.items():
            register_names(prefix, namer)
        manage = "notification.manage"
        register(
            Item("Tin nhắn gửi đi", "notifications:outbox", "envelope", manage, "Quản trị", 85, words="email sms zalo mẫu nhà cung cấp"),
            Item("Thông báo của tôi", "notifications:mine", "bell", "", "Hồ sơ", 95, words="tin nhắn"),
        )  # fmt: skip
        post_migrate.connect(ship_templates, sender=self)
        post_migrate.connect(ship_provider, sender=self)
