"""A payment gateway in a process of its own, whose clock says what a journey needs."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.conf import settings

from motcua.agencies.models import DatedSetting
from motcua.payments import actions
from tests.world import NOW, Province

SECRET = "khoa-cua-cong-thu"
SIMULATOR = """
import runpy, sys, time_machine
time_machine.travel(float(sys.argv.pop()), tick=True).start()
runpy.run_module("motcua.payments.simulator", run_name="__main__")
"""


@contextmanager
def running(stage: Province, clock: datetime) -> Iterator[None]:
    """The commune uses a gateway "Cổng Mẫu": the simulator, while the block lasts."""
    command = [sys.executable, "-c", SIMULATOR, "--secret", SECRET, str(clock.timestamp())]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=settings.BASE_DIR.parent)
    assert process.stdout is not None
    address = f"http://127.0.0.1:{json.loads(process.stdout.readline())['port']}"
    DatedSetting.objects.create(
        key="payment_private_hosts", value=True, valid_from=date(2020, 1, 1), source="thử"
    )
    about = {"name": "Cổng Mẫu", "adapter": "http", "merchant": "DV-1", "timeout_seconds": 5, "order_minutes": 30, "valid_from": date(2026, 1, 1), "valid_to": None, "source": "HĐ 1", "secret_env": ""}  # fmt: skip
    people = {"actor": stage.cast.local_admin, "at": NOW}
    actions.create_gateway(
        stage.base.commune, code="cong-mau", secret=SECRET, address=address, **people, **about
    )
    yield
    process.kill()
    process.communicate()
