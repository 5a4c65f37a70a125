from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def ship_rules(sender: Any, using: str = "default", **_: Any) -> None:
    """Put the starting rule of each class into the table where the class has none; changed rows stay."""
    from motcua.privacy.models import RetentionRule
    from motcua.privacy.rules.retention import CLASSES

    there = set(RetentionRule.objects.using(using).values_list("data_class", flat=True))
    rows = [RetentionRule.starting(one) for one in CLASSES if one.code not in there]
    RetentionRule.objects.using(using).bulk_create(rows, ignore_conflicts=True)


def may_open(file: Any, user: Any, authority: Any) -> bool:
    """The proof of a request opens for who may decide it, and for who sent it."""
    from motcua.privacy.queries import may_open_proof

    return may_open_proof(file, user, authority)


def chain_of_code(code: str) -> str | None:
    """The chain in the log of a request's code."""
    from motcua.privacy.models import DataRequest
    from motcua.privacy.rules.requests import number_in

    number = number_in(code)
    found = DataRequest.objects.filter(pk=number).exists() if number else False
    return f"privacy/{number}" if found else None


def all_requests() -> Any:
    """Every request has a chain of events, and every such chain a request."""
    from motcua.privacy.models import DataRequest

    return DataRequest.objects.all()


def carry_out(*, actor: Any, at: Any) -> str:
    """Once a day: what was kept long enough."""
    from motcua.privacy.actions import carry_out_daily

    done = carry_out_daily(actor=actor, at=at)
    return ", ".join(f"{code} {count}" for code, count in done.items()) or "không có gì"


WORDS = {
    "privacy.received": "Nhận yêu cầu về dữ liệu cá nhân",
    "privacy.accepted": "Xác minh người yêu cầu, nhận giải quyết",
    "privacy.corrected": "Sửa dữ liệu theo yêu cầu",
    "privacy.erased": "Xóa dữ liệu theo yêu cầu",
    "privacy.copied": "Lấy bản sao dữ liệu cho người yêu cầu",
    "privacy.answered": "Trả lời yêu cầu về dữ liệu cá nhân",
    "privacy.extended": "Gia hạn yêu cầu về dữ liệu cá nhân",
    "privacy.refused": "Từ chối yêu cầu về dữ liệu cá nhân",
    "privacy.taken_back": "Người dân rút yêu cầu về dữ liệu cá nhân",
    "privacy.downloaded": "Người dân tải dữ liệu của mình",
    "retention.carried_out": "Xóa dữ liệu hết thời hạn lưu giữ",
    "retention.decided": "Đặt thời hạn lưu giữ",
}


class PrivacyConfig(AppConfig):
    """Personal data: requests, retention."""

    name = "motcua.privacy"
    label = "privacy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make settings, words of the log, files, menu, the daily task known to the apps below."""
        from motcua.agencies.rules.permissions import Permission as P
        from motcua.agencies.rules.settings import add_settings
        from motcua.audit.queries import register_names, register_records, register_resolver
        from motcua.audit.rules.words import teach
        from motcua.core import timer
        from motcua.core.navigation import Item, register
        from motcua.files.queries import register_reader
        from motcua.privacy.rules.retention import BY_CODE
        from motcua.privacy.rules.settings import SETTINGS

        add_settings(SETTINGS)
        teach(WORDS)
        register_reader(may_open)
        register_resolver(chain_of_code)
        register_records("privacy", all_requests)
        register_names(
            "retention", lambda rests: {code: BY_CODE[code].label for code in rests if code in BY_CODE}
        )
        register(
            Item(
                "Yêu cầu về dữ liệu cá nhân", "privacy:queue", "shield-lock", (P.PRIVACY_HANDLE, P.PRIVACY_RECEIVE), "Người dân", 30,
                words="quyền dữ liệu xem sửa xóa",
            ),
            Item("Thời hạn lưu giữ", "privacy:retention", "hourglass-split", P.PRIVACY_RETENTION, "Quản trị", 78, words="xóa dữ liệu hết hạn"),
        )  # fmt: skip
        timer.register("hết thời hạn lưu giữ", carry_out)
        post_migrate.connect(ship_rules, sender=self)
