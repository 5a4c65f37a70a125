from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def guard(sender: Any, using: str = "default", **_: Any) -> None:
    """Put the triggers back after every migrate: SQLite drops them when a migration makes a table anew."""
    from django.db import connections

    from motcua.dossiers import triggers

    if "dossiers_referencestamp" in connections[using].introspection.table_names():
        triggers.install(connections[using])


class DossiersConfig(AppConfig):
    name = "motcua.dossiers"
    label = "dossiers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(guard, sender=self, dispatch_uid="dossiers.guard")
