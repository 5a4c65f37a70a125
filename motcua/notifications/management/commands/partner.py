"""`motcua partner`: beside the demonstration, a simulated partner for e-mail, SMS and Zalo, and a worker that sends to it."""

import json
import secrets
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import connection

from motcua.agencies.models import DatedSetting
from motcua.core.commands import PlainCommand
from motcua.core.moments import today
from motcua.notifications.keys import SAFE
from motcua.notifications.models import BEFORE_RECORDS, Provider
from motcua.notifications.worker import Worker

CHANNELS = {"email": "Thư giả lập", "sms": "SMS giả lập", "zalo": "Zalo giả lập"}


class Command(PlainCommand):
    help = "Chạy đối tác gửi tin giả lập và tiến trình gửi, chỉ bên cạnh bản minh họa."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8100, help="cổng của đối tác giả lập")

    def handle(self, *args: Any, port: int = 8100, **options: Any) -> None:
        """Until stopped. Raises CommandError beside anything but the demonstration: messages would reach nobody."""
        if not settings.DEMONSTRATION.exists():
            raise CommandError("Chỉ chạy bên cạnh bản minh họa (motcua demo): tin sẽ không tới người thật.")
        secret = secrets.token_hex(16)
        command = [
            sys.executable,
            "-m",
            "motcua.notifications.simulator",
            "--port",
            str(port),
            "--secret",
            secret,
        ]
        partner = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own program
        try:
            url = f"http://127.0.0.1:{self._ports(partner)['port']}"
            _connect(f"{url}/gui", secret)
            connection.close()
            Worker().run(lambda: self._say(url))
        finally:
            partner.terminate()
            partner.communicate()

    def _ports(self, partner: "subprocess.Popen[str]") -> dict[str, int]:
        line = partner.stdout.readline() if partner.stdout else ""
        if not line:
            raise CommandError("Đối tác giả lập không chạy được; thử --port khác.")
        return dict(json.loads(line))

    def _say(self, url: str) -> None:
        self.stdout.write(f"Đối tác giả lập: {url}/_received (tin đã nhận). Đang gửi; dừng bằng Ctrl+C.")
        self.stdout.flush()


def _connect(address: str, secret: str) -> None:
    """Rows of the demonstration that lead to the simulated partner on this machine."""
    value = {"value": True, "source": "bản minh họa"}
    DatedSetting.objects.get_or_create(
        key="notify_private_hosts", agency=None, valid_from=today(), defaults=value
    )
    for channel, name in CHANNELS.items():
        fields = {"name": name, "channel": channel, "adapter": "http", "address": address, "priority": 500, "secret_sealed": SAFE.seal(secret), "valid_from": BEFORE_RECORDS, "rest_until": None}  # fmt: skip
        Provider.objects.update_or_create(code=f"gia-lap-{channel}", defaults=fields)
