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


def note_settled(sender: Any, *, charge: Any, receipt: str, at: Any, **_: Any) -> None:
    """Payments tell that a charge is paid: an obligation that is paid here is met by that, in the name of the system."""
    from motcua.dossiers.actions import meet_by_payment
    from motcua.payments.actions import system_account

    kind, _sep, pk = charge.reference.partition("/")
    if kind == "dossier" and charge.kind == charge.Kind.OBLIGATION:
        meet_by_payment(int(pk), document=receipt or charge.key, actor=system_account(), at=at)


def note_returned(sender: Any, *, charge: Any, amount: int, actor: Any, at: Any, **_: Any) -> None:
    """Payments tell that money has gone back: so does the person hear of it."""
    from motcua.dossiers.actions.payment import tell_returned

    kind, _sep, pk = charge.reference.partition("/")
    if kind == "dossier":
        tell_returned(int(pk), amount, actor=actor, at=at)


def hold(sender: Any, *, references: set[str], **_: Any) -> None:
    """Lock the dossiers whose charges are wanted: acts on dossiers lock them before their charges too."""
    from motcua.core import store
    from motcua.dossiers.models import Dossier

    pks = sorted(
        int(pk) for kind, _sep, pk in (name.partition("/") for name in references) if kind == "dossier"
    )
    store.find(Dossier, lock=True, id=pks)


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


def ship_reasons(sender: Any, using: str = "default", **_: Any) -> None:
    """Put the shipped reasons to correct there, once; changed or ended ones stay as they are."""
    from django.db import connections

    from motcua.dossiers.models import CorrectionReason
    from motcua.dossiers.rules.reasons import SHIPPED, SINCE

    if CorrectionReason._meta.db_table not in connections[using].introspection.table_names():
        return
    kept = CorrectionReason.objects.using(using)
    known = set(kept.filter(agency=None).values_list("code", flat=True))
    kept.bulk_create(
        CorrectionReason(code=code, name=name, words=words, valid_from=SINCE)
        for code, name, words in SHIPPED
        if code not in known
    )


class DossiersConfig(AppConfig):
    name = "motcua.dossiers"
    label = "dossiers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.audit.queries import register_check, register_records, register_resolver
        from motcua.audit.rules.words import teach
        from motcua.core.navigation import Item, register
        from motcua.dossiers.holding import announce
        from motcua.dossiers.queries.integrity import breaks
        from motcua.dossiers.queries.news import real_context
        from motcua.dossiers.rules.transitions import ACT_LABELS
        from motcua.files.queries import register_reader
        from motcua.notifications.queries import register_real_contexts
        from motcua.payments.signals import charge_changed, charge_settled, charges_wanted, money_returned

        announce()
        teach({f"dossier.{act.value}": label for act, label in ACT_LABELS.items()})
        teach(
            {
                "dossier.fee_demanded": "Yêu cầu nộp thêm phí, lệ phí",
                "reply.written": "Thêm mẫu trả lời",
                "reply.changed": "Sửa mẫu trả lời",
                "reply.dropped": "Xóa mẫu trả lời",
                "dossier.seen": "Mở xem lần đầu",
                "dossier.check_taken": "Nhận kiểm tra",
                "dossier.check_given": "Giao kiểm tra",
                "dossier.check_released": "Trả lại việc kiểm tra",
                "dossier.acceptance_escalated": "Báo lãnh đạo việc chưa tiếp nhận",
                "dossier.form_corrected": "Công dân sửa tờ khai",
                "dossier.citizen_message": "Công dân nhắn tin",
                "dossier.message_read": "Đã đọc tin nhắn",
                "correction_reason.written": "Thêm lý do cần sửa",
                "correction_reason.changed": "Sửa lý do cần sửa",
            }
        )
        register_reader(may_open)
        register_resolver(chain_of_code)
        register_records("dossier", all_dossiers)
        register_check(breaks)
        register_real_contexts(real_context)
        charges_wanted.connect(hold, dispatch_uid="dossiers.hold")
        charge_changed.connect(note_payment, dispatch_uid="dossiers.note_payment")
        charge_settled.connect(note_settled, dispatch_uid="dossiers.note_settled")
        money_returned.connect(note_returned, dispatch_uid="dossiers.note_returned")
        post_migrate.connect(guard, sender=self, dispatch_uid="dossiers.guard")
        post_migrate.connect(ship_reasons, sender=self, dispatch_uid="dossiers.ship_reasons")
        register(
            Item("Hộp việc", "dossiers:inbox", icon="inbox", permission=WORK, group="Hồ sơ", order=10, key="v", words="của tôi"),
            Item("Mẫu trả lời", "dossiers:replies", icon="chat-left-text", permission="dossier.assign", group="Hồ sơ", order=30, words="mẫu ý kiến bổ sung từ chối"),
            Item("Lý do cần sửa", "dossiers:reasons", icon="pencil", permission="dossier.assign", group="Hồ sơ", order=31, words="bổ sung hồ sơ trực tuyến hướng dẫn"),
            Item("Tìm hồ sơ", "dossiers:search", icon="search", permission="dossier.view", group="Hồ sơ", order=20, key="k"),
            Item("Việc của lãnh đạo", "dossiers:leader", icon="pen", permission=LEAD, group="Lãnh đạo", order=10, key="l", words="trình ký quá hạn"),
            Item("Tính lại hạn theo lịch", "dossiers:reproject", icon="calendar3", permission="calendar.edit", group="Quản trị", order=45, words="lịch nghỉ thông báo"),
        )  # fmt: skip
