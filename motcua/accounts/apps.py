from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def guard(sender: Any, using: str = "default", **_: Any) -> None:
    """Put the triggers back after every migrate: SQLite drops them when a migration makes a table anew."""
    from django.db import connections

    from motcua.accounts import triggers

    if "accounts_consent" in connections[using].introspection.table_names():
        triggers.install(connections[using])


class AccountsConfig(AppConfig):
    name = "motcua.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to sign-in and sign-out."""
        from motcua.accounts import receivers  # noqa: F401

        post_migrate.connect(guard, sender=self)
