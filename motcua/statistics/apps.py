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


def all_index_sets() -> Any:
    """Every set of the index has a chain of events, and every such chain a set."""
    from motcua.statistics.models import IndexSet

    return IndexSet.objects.all()


def guard(sender: Any, **kwargs: Any) -> None:
    """Put the triggers back: a migration that makes a table anew loses them."""
    from django.db import connection

    from motcua.statistics import stale, triggers

    triggers.install(connection)
    stale.install(connection)


def keep_counts(**who: Any) -> int:
    """Keep the counts of the halves of months that are over."""
    from motcua.statistics import actions

    return actions.keep_counts(**who)


def remind_reports(**who: Any) -> int:
    """Remind units of reports that they owe, for the timer."""
    from motcua.statistics import actions

    return actions.remind_reports(**who)


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
        from motcua.core import timer
        from motcua.core.definitions import know
        from motcua.core.navigation import Item, register
        from motcua.statistics.queries.keeping import broken_reports
        from motcua.statistics.rules.figures import REGISTRY
        from motcua.statistics.rules.index766_settings import SETTINGS as OF_INDEX
        from motcua.statistics.rules.points import POINT_SETTINGS
        from motcua.statistics.rules.reminders import REMINDER_SETTINGS
        from motcua.statistics.rules.signals import THRESHOLDS
        from motcua.statistics.rules.things import PUBLICATION_SETTINGS

        know(figure.definition for figure in REGISTRY.values())
        teach({
            "report_template.created": "Lập mẫu báo cáo",
            "report_template.column_added": "Thêm cột vào mẫu báo cáo",
            "report_template.column_removed": "Bỏ cột khỏi mẫu báo cáo",
            "report_template.ended": "Kết thúc mẫu báo cáo",
            "report.frozen": "Chốt báo cáo",
            "report.amended": "Điều chỉnh báo cáo",
            "report.signed": "Ký báo cáo",
            "report.sent": "Gửi báo cáo lên cấp trên",
            "report.reminded": "Nhắc gửi báo cáo",
            "lake.exported": "Xuất kho số liệu",
            "eventlog.exported": "Xuất nhật ký sự kiện của hồ sơ",
            "index_set.installed": "Cài bộ chỉ số",
            "index_set.begun": "Lập bộ chỉ số mới",
            "index_set.ended": "Kết thúc bộ chỉ số",
            "index_set.changed": "Sửa ngưỡng màu của bộ chỉ số",
            "index_component.changed": "Sửa thành phần chỉ số",
            "index_band.changed": "Sửa mức xếp loại",
        })  # fmt: skip
        register_records("report-template", all_templates)
        register_records("report", all_reports)
        register_records("index-set", all_index_sets)
        register_check(broken_reports)
        add_settings(THRESHOLDS)
        add_settings((*PUBLICATION_SETTINGS, *POINT_SETTINGS, *REMINDER_SETTINGS))
        add_settings(OF_INDEX)
        timer.register("số đếm giữ sẵn", keep_counts)
        timer.register("nhắc gửi báo cáo", remind_reports)
        post_migrate.connect(guard, sender=self, dispatch_uid="statistics.guard")
        register(
            Item("Bảng điều hành", "statistics:dashboard", "speedometer2", P.REPORT_READ, "Lãnh đạo", 20, words="số liệu biểu đồ hôm nay đúng hạn dự báo"),
            Item("Thời gian đi đâu", "statistics:stages", "hourglass-split", P.REPORT_READ, "Báo cáo", 15, words="từng bước cắt giảm trung vị"),
            Item("Báo cáo", "statistics:reports", "bar-chart", P.REPORT_READ, "Báo cáo", 10, "o", "thống kê biểu 06a 07a quá hạn đúng hạn"),
            Item("Báo cáo đã chốt", "statistics:kept_reports", "lock", P.REPORT_READ, "Báo cáo", 15, words="ký gửi điều chỉnh"),
            Item("Dấu hiệu cần xem", "statistics:signals", "flag", P.REPORT_READ, "Báo cáo", 18, words="bất thường kiểm tra thanh tra đồng hồ"),
            Item("Chỉ số 766", "statistics:index766", "star", P.REPORT_READ, "Báo cáo", 16, words="bộ chỉ số phục vụ người dân doanh nghiệp xếp hạng điểm công khai số hóa"),
            Item("Một cửa liên thông", "statistics:linked", "diagram-3", P.REPORT_READ, "Báo cáo", 17, words="liên thông cơ quan khác cấp bộ phận một cửa tỷ lệ"),
            Item("Bộ chỉ số", "statistics:index_sets", "sliders", P.REPORT_TEMPLATE, "Quản trị", 72, words="766 điểm chỉ tiêu trọng số xếp loại"),
            Item("Điểm đánh giá của tôi", "statistics:own_points", "person-check", (P.DOSSIER_PROCESS, P.DOSSIER_RECEIVE), "Hồ sơ", 96, words="tt 01/2018 chỉ số cán bộ hoàn thành nhiệm vụ"),
            Item("Từ điển chỉ tiêu", "statistics:figures", "book", P.REPORT_READ, "Báo cáo", 20, words="định nghĩa công thức"),
            Item("Mẫu báo cáo", "statistics:templates", "file-earmark-text", P.REPORT_TEMPLATE, "Quản trị", 70, words="thêm cột chỉ tiêu"),
        )  # fmt: skip
