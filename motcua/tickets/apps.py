"""Queue tickets of one-stop offices."""

from typing import Any

from django.apps import AppConfig


def all_tickets() -> Any:
    """Every ticket has a chain of events, and every such chain a ticket."""
    from motcua.tickets.models import Ticket

    return Ticket.objects.all()


def all_lines() -> Any:
    """Every line has a chain of events, and every such chain a line."""
    from motcua.tickets.models import QueueLine

    return QueueLine.objects.all()


class TicketsConfig(AppConfig):
    """Lines and tickets."""

    name = "motcua.tickets"
    label = "tickets"
    verbose_name = "Số thứ tự"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the page into the menu, name the acts, make the settings known."""
        from motcua.agencies.rules.permissions import Permission as P
        from motcua.agencies.rules.settings import add_settings
        from motcua.audit.queries import register_records
        from motcua.audit.rules.words import teach
        from motcua.core.definitions import know
        from motcua.core.navigation import Item, register
        from motcua.tickets.rules.figures import FIGURES
        from motcua.tickets.rules.settings import SETTINGS

        teach({
            "ticket.taken": "Lấy số thứ tự",
            "ticket.called": "Gọi số thứ tự",
            "ticket.called_again": "Gọi lại số thứ tự",
            "ticket.served": "Ghi người có số đã đến quầy",
            "ticket.ended": "Xong số thứ tự",
            "ticket.absent": "Ghi số thứ tự vắng mặt",
            "ticket.put_back": "Đưa số thứ tự trở lại hàng chờ",
            "ticket.linked": "Ghi hồ sơ theo số thứ tự",
            "queue_line.opened": "Mở hàng chờ",
            "queue_line.changed": "Sửa hàng chờ",
            "queue_line.ended": "Kết thúc hàng chờ",
        })  # fmt: skip
        register_records("ticket", all_tickets)
        register_records("queue_line", all_lines)
        add_settings(SETTINGS)
        know(FIGURES)
        register(
            Item("Hàng chờ, số thứ tự", "tickets:offices", "ticket-perforated", (P.REPORT_READ, P.AGENCY_EDIT), "Quầy", 60, words="lấy số ki-ốt màn hình gọi số chờ"),
        )  # fmt: skip
