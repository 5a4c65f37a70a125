from django.apps import AppConfig

from motcua.core.navigation import Item, register


class FilesConfig(AppConfig):
    name = "motcua.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the quarantine on the menu."""
        register(
            Item(
                "Tệp cách ly",
                "files:quarantine",
                icon="shield-lock",
                permission="file.release",
                group="Quản trị",
                order=80,
                words="vi rút mã độc quét tệp",
            )
        )
