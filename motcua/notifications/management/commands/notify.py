"""`motcua notify`: send what is due in the outbox, once or (`--forever`) as a worker beside the web server."""

from typing import Any

from django.core.management.base import CommandParser
from django.db import connection

from motcua.core import moments
from motcua.core.commands import PlainCommand
from motcua.notifications import actions
from motcua.notifications.worker import Worker


class Command(PlainCommand):
    help = "Gửi các tin nhắn đến hạn trong hộp thư đi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--forever", action="store_true", help="chạy liên tục, mỗi giây xem một lần")
        parser.add_argument("--threads", type=int, default=4, help="số luồng gửi khi chạy liên tục")
        parser.add_argument("--every", type=float, default=1.0, help="số giây giữa hai lần xem")

    def handle(
        self, *args: Any, forever: bool = False, threads: int = 4, every: float = 1.0, **options: Any
    ) -> None:
        """Once: as the timer does. For ever: until the process is told to stop."""
        if forever:
            connection.close()
            Worker(threads, every).run(lambda: self._say("Đang chờ tin để gửi."))
            return
        done = actions.deliver_due(at=moments.now(), clock=moments.now)
        self.stdout.write(f"Đã gửi {done.sent}, không gửi được {done.failed} (sẽ thử lại).")
        if done.waiting:
            self.stdout.write(f"{done.waiting} tin đang chờ: chưa cấu hình kênh.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
