from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def ship_topics(sender: Any, using: str = "default", **_: Any) -> None:
    """Put the content types of the decree into their table where they are missing; changed rows stay."""
    from datetime import date

    from motcua.feedback.models import Topic
    from motcua.feedback.rules.topics import TOPICS

    there = set(Topic.objects.using(using).values_list("code", flat=True))
    rows = [
        Topic(code=code, kind=kind, name=name, help=text, position=10 * number, valid_from=date(2008, 3, 14))
        for number, (code, kind, name, text) in enumerate(TOPICS, 1)
        if code not in there
    ]
    Topic.objects.using(using).bulk_create(rows, ignore_conflicts=True)


def guard(sender: Any, using: str = "default", **_: Any) -> None:
    """Put the triggers back after every migrate: SQLite drops them when a migration makes a table anew."""
    from django.db import connections

    from motcua.feedback import triggers

    if "feedback_feedbackstep" in connections[using].introspection.table_names():
        triggers.install(connections[using])


def may_open(file: Any, user: Any, authority: Any) -> bool:
    """Files of feedback open for who may see the feedback."""
    from motcua.feedback.queries import may_open_file

    return may_open_file(file, user, authority)


def hidden(user_id: int) -> list[str]:
    """Feedback about a person is hidden from that person on every page of every app."""
    from motcua.feedback.queries import hidden_from

    return hidden_from(user_id)


def chain_of_code(code: str) -> str | None:
    """The chain in the log of a feedback's code."""
    from motcua.feedback.models import Feedback

    found = Feedback.objects.filter(code=code.strip().upper()).values_list("pk", flat=True).first()
    return f"feedback/{found}" if found else None


def all_feedback() -> Any:
    """Every feedback has a chain of events, and every such chain a feedback."""
    from motcua.feedback.models import Feedback

    return Feedback.objects.all()


class FeedbackConfig(AppConfig):
    """Phản ánh, kiến nghị."""

    name = "motcua.feedback"
    label = "feedback"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make settings, words of the log, files, menu known to the apps below."""
        from motcua.agencies.rules.permissions import Permission as P
        from motcua.agencies.rules.settings import add_settings
        from motcua.audit.queries import register_records, register_resolver
        from motcua.audit.rules.words import teach
        from motcua.core.hidden import register as register_hidden
        from motcua.core.navigation import Item, register
        from motcua.feedback.rules.settings import SETTINGS
        from motcua.feedback.rules.states import ACTS
        from motcua.files.queries import register_reader

        add_settings(SETTINGS)
        teach({f"feedback.{act.value}": f"{label}" for act, label in ACTS.items()})
        teach({"feedback.confirm": "Người gửi xác nhận nơi nhận tin"})
        register_reader(may_open)
        register_hidden(hidden)
        register_resolver(chain_of_code)
        register_records("feedback", all_feedback)
        register(
            Item(
                "Phản ánh, kiến nghị", "feedback:register", "chat-left-text", (P.FEEDBACK_VIEW, P.FEEDBACK_HANDLE), "Người dân", 20,
                words="pakn sổ phản ánh khiếu nại tố cáo",
            ),
            Item("Ghi nhận phản ánh", "feedback:new", "pencil", P.FEEDBACK_RECEIVE, "Người dân", 21, words="pakn điện thoại tiếp công dân"),
        )  # fmt: skip
        post_migrate.connect(ship_topics, sender=self)
        post_migrate.connect(guard, sender=self)
