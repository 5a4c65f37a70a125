from django.apps import AppConfig


class ApiConfig(AppConfig):
    """JSON and XML for other systems."""

    name = "motcua.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say the events of keys in words."""
        from motcua.api.models import ApiKey
        from motcua.audit.queries import by_text, register_names
        from motcua.audit.rules.words import teach

        teach({"api_key.created": "Cấp khóa nối phần mềm", "api_key.ended": "Ngừng khóa nối phần mềm"})
        register_names("api-key", by_text(ApiKey.objects.all))
