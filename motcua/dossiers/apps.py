from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

WORK = ("dossier.process", "dossier.sign", "dossier.issue", "dossier.assign", "dossier.opinion")
LEAD = ("dossier.sign", "dossier.supervise")


def note_payment(sender: Any, *, reference: str, state: str, actor: Any, at: Any, **_: Any) -> None:
    """Payments tell that the charges of a record have changed; dossiers are named "dossier/<id>"."""
    from motcua.dossiers.actions.payment import note_payment as note

    kind, _sep, pk = reference.partition("/")
    if kind == "dossier":
        note(int(pk), state, actor=actor, at=at)


def hold(sender: Any, *, references: set[str], **_: Any) -> None:
    """Lock the dossiers whose charges are wanted: acts on dossiers lock them before their charges too."""
    from motcua.dossiers.models import Dossier

    pks = sorted(
        int(pk) for kind, _sep, pk in (name.partition("/") for name in references) if kind == "dossier"
    )
    list(Dossier.objects.select_for_update().order_by("pk").filter(pk__in=pks).values_list("pk", flat=True))


def chain_of_code(code: str) -> str | None:
    """The chain in the log of a dossier's code."""
    from motcua.dossiers.models import Dossier

    found = Dossier.objects.filter(code=code.strip()).values_list("pk", flat=True).first()
    return f"dossier/{found}" if found else None


def may_open(file: Any, user: Any, authority: Any) -> bool:
    """Scans and results open for who may see their dossier."""
    from motcua.dossiers.queries.files import may_open as rule

    return rule(file, user, authority)


def all_dossiers() -> Any:
    """Every dossier has a chain of events, and every such chain a dossier."""
    from motcua.dossiers.models import Dossier

    return Dossier.objects.all()


def guard(sender: Any, using: str = "default", **_: Any) -> None:
    """Put the triggers back after every migrate: SQLite drops them when a migration makes a table anew."""
    from django.db import connections

    from motcua.dossiers import triggers

    if "dossiers_referencestamp" in connections[using].introspection.table_names():
        triggers.install(connections[using])


class DossiersConfig(AppConfig):
    name = "motcua.dossiers"
    label = "dossiers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.audit.queries import register_check, register_records, register_resolver
        from motcua.audit.rules.words import teach
        from motcua.core.navigation import Item, register
        from motcua.dossiers.queries.integrity import breaks
        from motcua.dossiers.rules.transitions import ACT_LABELS
        from motcua.files.queries import register_reader
        from motcua.payments.signals import charge_changed, charges_wanted

        teach({f"dossier.{act.value}": label for act, label in ACT_LABELS.items()})
        teach(
            {
                "reply.written": "Thêm mẫu trả lời",
                "reply.changed": "Sửa mẫu trả lời",
                "reply.dropped": "Xóa mẫu trả lời",
            }
        )
        register_reader(may_open)
        register_resolver(chain_of_code)
        register_records("dossier", all_dossiers)
        register_check(breaks)
        charges_wanted.connect(hold, dispatch_uid="dossiers.hold")
        charge_changed.connect(note_payment, dispatch_uid="dossiers.note_payment")
        post_migrate.connect(guard, sender=self, dispatch_uid="dossiers.guard")
        register(
            Item("Hộp việc", "dossiers:inbox", icon="inbox", permission=WORK, group="Hồ sơ", order=10, key="v", words="của tôi"),
            Item("Mẫu trả lời", "dossiers:replies", icon="chat-left-text", permission="dossier.assign", group="Hồ sơ", order=30, words="mẫu ý kiến bổ sung từ chối"),
            Item("Tìm hồ sơ", "dossiers:search", icon="search", permission="dossier.view", group="Hồ sơ", order=20, key="k"),
            Item("Việc của lãnh đạo", "dossiers:leader", icon="pen", permission=LEAD, group="Lãnh đạo", order=10, key="l", words="trình ký quá hạn"),
            Item("Tính lại hạn theo lịch", "dossiers:reproject", icon="calendar3", permission="calendar.edit", group="Quản trị", order=45, words="lịch nghỉ thông báo"),
        )  # fmt: skip
