"""`motcua gateway`: beside the demonstration, a simulated payment gateway, and a timer that asks it."""

import json
import secrets
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from motcua.agencies.models import Agency, DatedSetting
from motcua.core.commands import PlainCommand
from motcua.core.moments import now, today
from motcua.payments import actions
from motcua.payments.keys import SAFE
from motcua.payments.models import Gateway, GatewayUse

EVERY = 5  # seconds between two looks of the timer


class Command(PlainCommand):
    help = "Chạy cổng thanh toán giả lập và tiến trình hỏi cổng, chỉ bên cạnh bản minh họa."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8200, help="cổng của máy chủ giả lập")

    def handle(self, *args: Any, port: int = 8200, **options: Any) -> None:
        """Until stopped. Raises CommandError beside anything but the demonstration: nobody's money would come."""
        if not settings.DEMONSTRATION.exists():
            raise CommandError("Chỉ chạy bên cạnh bản minh họa (motcua demo): ở đây không có tiền thật.")
        secret = secrets.token_hex(16)
        program = [sys.executable, "-m", "motcua.payments.simulator"]
        command = [*program, "--port", str(port), "--secret", secret, "--merchant", "MINH-HOA"]
        gateway = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own program
        try:
            line = gateway.stdout.readline() if gateway.stdout else ""
            if not line:
                raise CommandError("Cổng giả lập không chạy được; thử --port khác.")
            url = f"http://127.0.0.1:{json.loads(line)['port']}"
            connect(url, secret)
            self.stdout.write(f"Cổng thanh toán giả lập: {url}/_seen. Dừng bằng Ctrl+C.")
            self.stdout.flush()
            while gateway.poll() is None:
                actions.ask_due(actor=None, at=now())
                time.sleep(EVERY)
        finally:
            gateway.terminate()
            gateway.communicate()


def connect(url: str, secret: str) -> None:
    """Rows of the demonstration that lead to the simulated gateway on this machine."""
    value = {"value": True, "source": "bản minh họa"}
    DatedSetting.objects.get_or_create(
        key="payment_private_hosts", agency=None, valid_from=today(), defaults=value
    )
    for root in Agency.objects.filter(parent=None, valid_to=None).order_by("pk")[:1]:
        fields = {"agency": root, "name": "Cổng thanh toán giả lập", "address": url, "merchant": "MINH-HOA", "secret_sealed": SAFE.seal(secret), "source": "bản minh họa", "valid_from": today()}  # fmt: skip
        made, _ = Gateway.objects.update_or_create(code="gia-lap", defaults=fields)
        GatewayUse.objects.get_or_create(gateway=made, agency=root, defaults={"valid_from": today()})
