from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def guard(sender: Any, using: str = "default", **kwargs: Any) -> None:
    """Put the triggers back after every migrate: SQLite drops them when a migration makes a table anew."""
    from django.db import connections

    from motcua.audit import triggers

    if set(triggers.TABLES) <= set(connections[using].introspection.table_names()):
        triggers.install(connections[using])


class AuditConfig(AppConfig):
    name = "motcua.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Guard the triggers; put the log into the menu."""
        from motcua.audit.models import Event
        from motcua.core import store
        from motcua.core.navigation import Item, register

        store.hold(Event, late_key=True)
        post_migrate.connect(guard, sender=self)
        register(
            Item(
                "Nhật ký",
                "audit:events",
                "journal-text",
                ("audit.read", "privacy.manage"),
                "Quản trị",
                70,
                words="sự kiện ai đã làm",
            ),
            Item(
                "Niêm phong nhật ký",
                "audit:seals",
                "shield-check",
                "audit.read",
                "Quản trị",
                75,
                words="toàn vẹn",
            ),
        )
