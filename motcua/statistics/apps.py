"""Figures: one definition each, reports as they stood, open to the dossiers behind them."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def all_templates() -> Any:
    """Every report template has a chain of events, and every such chain a template."""
    from motcua.statistics.models import ReportTemplate

    return ReportTemplate.objects.all()


def all_reports() -> Any:
    """Every kept report has a chain of events, and every such chain a report."""
    from motcua.statistics.models import KeptReport

    return KeptReport.objects.all()


def guard(sender: Any, **kwargs: Any) -> None:
    """Put the triggers back: a migration that makes a table anew loses them."""
    from django.db import connection

    from motcua.statistics.triggers import install

    install(connection)


class StatisticsConfig(AppConfig):
    name = "motcua.statistics"
    label = "statistics"
    verbose_name = "Số liệu"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the reports into the menu, and name the acts on templates."""
        from motcua.agencies.rules.permissions import Permission as P
        from motcua.agencies.rules.settings import add_settings
        from motcua.audit.queries import register_check, register_records
        from motcua.audit.rules.words import teach
        from motcua.core.navigation import Item, register
        from motcua.statistics.queries.keeping import broken_reports
        from motcua.statistics.rules.signals import THRESHOLDS

        teach({
            "report_template.created": "Lập mẫu báo cáo",
            "report_template.column_added": "Thêm cột vào mẫu báo cáo",
            "report_template.column_removed": "Bỏ cột khỏi mẫu báo cáo",
            "report_template.ended": "Kết thúc mẫu báo cáo",
            "report.frozen": "Chốt báo cáo",
            "report.amended": "Điều chỉnh báo cáo",
            "report.signed": "Ký báo cáo",
            "report.sent": "Gửi báo cáo lên cấp trên",
        })  # fmt: skip
        register_records("report-template", all_templates)
        register_records("report", all_reports)
        register_check(broken_reports)
        add_settings(THRESHOLDS)
        post_migrate.connect(guard, sender=self, dispatch_uid="statistics.guard")
        register(
            Item("Bảng điều hành", "statistics:dashboard", "speedometer2", P.REPORT_READ, "Lãnh đạo", 20, words="số liệu biểu đồ hôm nay đúng hạn dự báo"),
            Item("Thời gian đi đâu", "statistics:stages", "hourglass-split", P.REPORT_READ, "Báo cáo", 15, words="từng bước cắt giảm trung vị"),
            Item("Báo cáo", "statistics:reports", "bar-chart", P.REPORT_READ, "Báo cáo", 10, "o", "thống kê biểu 06a 07a quá hạn đúng hạn"),
            Item("Báo cáo đã chốt", "statistics:kept_reports", "lock", P.REPORT_READ, "Báo cáo", 15, words="ký gửi điều chỉnh"),
            Item("Dấu hiệu cần xem", "statistics:signals", "flag", P.REPORT_READ, "Báo cáo", 18, words="bất thường kiểm tra thanh tra đồng hồ"),
            Item("Từ điển chỉ tiêu", "statistics:figures", "book", P.REPORT_READ, "Báo cáo", 20, words="định nghĩa công thức"),
            Item("Mẫu báo cáo", "statistics:templates", "file-earmark-text", P.REPORT_TEMPLATE, "Quản trị", 70, words="thêm cột chỉ tiêu"),
        )  # fmt: skip
