from django import forms
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "motcua.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say of an empty field what to do, in words for everybody, in every form."""
        forms.Field.default_error_messages["required"] = _("Bạn chưa điền hoặc chưa chọn.")
