from django.apps import AppConfig


class ScenariosConfig(AppConfig):
    name = "motcua.scenarios"
    label = "scenarios"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the events of a replay for the pages of the log."""
        from motcua.audit.rules.words import teach

        teach(
            {"scenario.founded": "Lập địa phương của kịch bản", "scenario.replayed": "Phát lại xong kịch bản"}
        )
