"""`motcua notify`: send what is due in the outbox."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.core import moments
from motcua.notifications import actions


class Command(BaseCommand):
    help = "Gửi các tin nhắn đến hạn trong hộp thư đi."

    def handle(self, *args: Any, **options: Any) -> None:
        done = actions.deliver_due(at=moments.now())
        self.stdout.write(f"Đã gửi {done.sent}, không gửi được {done.failed} (sẽ thử lại).")
        if done.waiting:
            self.stdout.write(f"{done.waiting} tin đang chờ: chưa cấu hình kênh.")
