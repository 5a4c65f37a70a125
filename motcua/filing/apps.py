from typing import Any

from django.apps import AppConfig


def may_open(file: Any, user: Any, authority: Any) -> bool:
    """The signed copy opens for whoever may see the dossier; the owner made it."""
    from motcua.filing.queries.files import may_open as rule

    return rule(file, user, authority)


def left_with_visit(file: Any, user: Any) -> bool:
    """Files taken in with somebody who was helped close to the helper with the visit."""
    from motcua.filing.queries.files import left_with_visit as rule

    return rule(file, user)


def past_time(*, actor: Any, at: Any) -> str:
    """Warn of drafts, end them, make copies that are missing."""
    from motcua.filing import actions

    warned = actions.warn_drafts(actor=actor, at=at)
    ended = actions.expire_drafts(actor=actor, at=at)
    made = actions.make_missing_copies(actor=actor, at=at)
    return f"báo trước {warned}, xóa {ended}, lập bản sao {made}"


class FilingConfig(AppConfig):
    """Filing online: drafts, uploads, submission."""

    name = "motcua.filing"
    label = "filing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.accounts.signals import assistance_claimed
        from motcua.audit.rules.words import teach
        from motcua.core import timer
        from motcua.files.queries import register_reader, register_veto
        from motcua.filing import receivers

        teach(
            {
                "application.started": "Bắt đầu soạn hồ sơ trực tuyến",
                "application.carried_over": "Chuyển bản nháp sang phiên bản mới",
                "application.discarded": "Bỏ bản nháp",
                "application.expired": "Xóa bản nháp hết hạn",
                "application.submitted": "Nộp hồ sơ trực tuyến",
                "application.claimed": "Công dân nhận về hồ sơ soạn hộ",
            }
        )
        register_reader(may_open)
        register_veto(left_with_visit)
        assistance_claimed.connect(receivers.assistance_claimed, dispatch_uid="filing.assistance_claimed")
        timer.register("hồ sơ đang soạn", past_time)
