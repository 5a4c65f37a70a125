from django.apps import AppConfig


class EformsConfig(AppConfig):
    """Electronic forms built without code, and what people answer in them."""

    name = "motcua.eforms"
    label = "eforms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the builder into the menu; name forms in the log."""
        from motcua.agencies.rules.permissions import Permission
        from motcua.audit.queries import register_names
        from motcua.core.navigation import Item, register
        from motcua.eforms.queries import names_in_log

        register_names("form", names_in_log)
        register(
            Item(
                "Tờ khai điện tử",
                "eforms:list",
                "card-checklist",
                Permission.FORM_EDIT,
                "Người dân",
                10,
                words="biểu mẫu",
            )
        )
