"""`motcua tick`: what time itself brings about. Run it every minute by a timer; running it twice does no harm."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from motcua.accounts.models import User
from motcua.audit import actions as audit
from motcua.core import moments, timer
from motcua.core.commands import PlainCommand
from motcua.dossiers import actions
from motcua.files.actions import rescan_waiting
from motcua.notifications.actions import deliver_due

SYSTEM = "he-thong"


def system_account() -> User:
    """The account in whose name time acts; made when absent, it cannot sign in."""
    defaults = {"full_name": "Hệ thống", "kind": User.Kind.SYSTEM, "password": "!"}
    found = User.objects.filter(kind=User.Kind.SYSTEM).order_by("pk").first()
    return found or User.objects.create(username=SYSTEM, **defaults)


class Command(PlainCommand):
    help = "Việc theo thời gian: hết hạn bổ sung, báo chậm tiếp nhận, gửi thông báo, quét tệp chờ, niêm phong nhật ký."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-seal", action="store_true", help="không niêm phong nhật ký lần này")

    def handle(self, *args: Any, **options: Any) -> None:
        """Each job on its own: when one fails the others still run; exit status 1 then."""
        at, system = moments.now(), system_account()
        jobs: list[tuple[str, Callable[[], object]]] = [
            ("hết hạn bổ sung", lambda: len(actions.expire_supplements(actor=system, at=at))),
            ("báo chậm tiếp nhận", lambda: actions.escalate_acceptance(actor=system, at=at)),
            ("quét tệp chờ", lambda: rescan_waiting(at=at, actor=system)),
            ("gửi thông báo", lambda: deliver_due(at=at, actor=system)),
            *timer.jobs(system, at),
        ]
        if not options["no_seal"]:
            jobs.append(("niêm phong", lambda: audit.seal_when_due(at=at)))
            jobs.append(("dấu thời gian", lambda: audit.stamp_pending(at=at)))
        failed = [name for name, job in jobs if not self._run(name, job)]
        if failed:
            raise SystemExit(1)

    def _run(self, name: str, job: Callable[[], object]) -> bool:
        try:
            self.stdout.write(f"{name}: {job()}")
        except Exception as error:  # the timer must go on with the other jobs
            self.stderr.write(f"{name}: LỖI {error!r}")
            return False
        return True
