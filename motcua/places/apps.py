from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Administrative units (đơn vị hành chính), both sets with their dates."""

    name = "motcua.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
