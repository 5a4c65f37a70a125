"""Acts on messages: queueing them inside the act that they tell of, sending them afterwards, and what staff may do."""

from motcua.notifications.actions.choices import choose
from motcua.notifications.actions.outbox import mark_read, queue, send_again, send_all_again
from motcua.notifications.actions.providers import change_provider, create_provider, send_test
from motcua.notifications.actions.reports import Taken, take_report
from motcua.notifications.actions.retention import blank_messages, blank_messages_to
from motcua.notifications.actions.sending import Delivered, deliver_due
from motcua.notifications.actions.templates import change_template

__all__ = [
    "Delivered",
    "Taken",
    "blank_messages",
    "blank_messages_to",
    "change_provider",
    "change_template",
    "choose",
    "create_provider",
    "deliver_due",
    "mark_read",
    "queue",
    "send_again",
    "send_all_again",
    "send_test",
    "take_report",
]
