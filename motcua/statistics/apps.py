"""Figures: one definition each, reports as they stood, open to the dossiers behind them."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "motcua.statistics"
    label = "statistics"
    verbose_name = "Số liệu"
    default_auto_field = "django.db.models.BigAutoField"
