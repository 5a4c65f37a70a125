"""Figures: one definition each, reports as they stood, open to the dossiers behind them."""

from typing import Any

from django.apps import AppConfig


def all_templates() -> Any:
    """Every report template has a chain of events, and every such chain a template."""
    from motcua.statistics.models import ReportTemplate

    return ReportTemplate.objects.all()


class StatisticsConfig(AppConfig):
    name = "motcua.statistics"
    label = "statistics"
    verbose_name = "Số liệu"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the reports into the menu, and name the acts on templates."""
        from motcua.agencies.rules.permissions import Permission as P
        from motcua.audit.queries import register_records
        from motcua.audit.rules.words import teach
        from motcua.core.navigation import Item, register

        teach({
            "report_template.created": "Lập mẫu báo cáo",
            "report_template.column_added": "Thêm cột vào mẫu báo cáo",
            "report_template.column_removed": "Bỏ cột khỏi mẫu báo cáo",
            "report_template.ended": "Kết thúc mẫu báo cáo",
        })  # fmt: skip
        register_records("report-template", all_templates)
        register(
            Item("Báo cáo", "statistics:reports", "bar-chart", P.REPORT_READ, "Báo cáo", 10, "o", "thống kê biểu 06a 07a quá hạn đúng hạn"),
            Item("Từ điển chỉ tiêu", "statistics:figures", "book", P.REPORT_READ, "Báo cáo", 20, words="định nghĩa công thức"),
            Item("Mẫu báo cáo", "statistics:templates", "file-earmark-text", P.REPORT_TEMPLATE, "Quản trị", 70, words="thêm cột chỉ tiêu"),
        )  # fmt: skip
