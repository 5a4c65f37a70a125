"""How soon messages leave: share within 10 seconds, p50, p95 and rate, through the partner simulator with real workers.

PYTHONPATH=. DATABASE_URL=... python bench/notify.py [messages] [per second] [workers]. Goal: 95 % within 10 s of being queued.
Two loads: a steady stream as acts make it, and all at once (how fast a queue drains).
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from datetime import date
from time import perf_counter, sleep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
os.environ.setdefault("MOTCUA_HOME", tempfile.mkdtemp(prefix="motcua-bench-"))

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from bench import machine  # noqa: E402
from motcua.agencies.models import DatedSetting  # noqa: E402
from motcua.core.moments import now  # noqa: E402
from motcua.notifications.actions import queue  # noqa: E402
from motcua.notifications.keys import SAFE  # noqa: E402
from motcua.notifications.models import Attempt, Message, Provider  # noqa: E402

SECRET = "bench"
PATIENCE = 300.0
CONTEXT = {"code": "H40.12-261123-0007", "link": "https://example.vn/tra-cuu", "due": "30/11/2026", "office": "Quầy 1"}  # fmt: skip


def put(number: int) -> None:
    """One message, as an act queues it."""
    queue(
        "received",
        reference=f"bench/{number}",
        context=CONTEXT,
        phone=f"+8490{number:07}",
        actor=None,
        at=now(),
    )


def stream(amount: int, rate: float) -> float:
    """Queue so many a second; seconds that it took."""
    start = perf_counter()
    for number in range(amount):
        if (ahead := start + number / rate - perf_counter()) > 0:
            sleep(ahead)
        put(number)
    return perf_counter() - start


def drained() -> float:
    """Seconds until nothing waits."""
    start = perf_counter()
    while Message.objects.filter(state="queued").exists():
        if perf_counter() - start > PATIENCE:
            raise SystemExit("the queue does not drain")
        sleep(0.1)
    return perf_counter() - start


def waits() -> list[float]:
    """Seconds from queued to taken by the partner, sorted."""
    rows = Message.objects.filter(reference__startswith="bench/", state="sent").values_list(
        "created_at", "sent_at"
    )
    return sorted((sent - made).total_seconds() for made, sent in rows)


def told(name: str, amount: int, seconds: float) -> None:
    found = waits()
    if len(found) != amount or Attempt.objects.count() != amount:
        raise SystemExit(f"{len(found)} of {amount} messages sent by {Attempt.objects.count()} tries")
    within = sum(wait <= 10 for wait in found) / amount
    p95 = found[int(0.95 * (amount - 1))]
    print(
        f"{name:24}{amount:8}{amount / seconds:10.1f}{statistics.median(found):8.2f}{p95:8.2f}{found[-1]:8.2f}{100 * within:9.1f} %"
    )


def empty() -> None:
    Attempt.objects.all().delete()
    Message.objects.filter(reference__startswith="bench/").delete()


def prepare(url: str) -> None:
    """One provider, no quiet hours, partners on loopback."""
    for key, value in (("notify_quiet_from", ""), ("notify_private_hosts", True)):
        DatedSetting.objects.get_or_create(key=key, agency=None, valid_from=date(2020, 1, 1), defaults={"value": value, "source": "bench"})  # fmt: skip
    fixed = {"name": "Bench", "channel": "sms", "adapter": "http", "valid_from": date(2020, 1, 1)}
    Provider.objects.update_or_create(code="bench", defaults={**fixed, "address": f"{url}/gui", "secret_sealed": SAFE.seal(SECRET)})  # fmt: skip


def main(amount: int, rate: float, workers: int) -> None:
    call_command("migrate", verbosity=0)
    partner = subprocess.Popen([sys.executable, "-m", "motcua.notifications.simulator", "--secret", SECRET], stdout=subprocess.PIPE, text=True)  # fmt: skip
    assert partner.stdout is not None
    url = f"http://127.0.0.1:{json.loads(partner.stdout.readline())['port']}"
    prepare(url)
    code = "import sys; from motcua.cli import main; sys.argv = ['motcua', 'notify', '--forever']; main()"
    sending = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        for _ in range(workers)
    ]
    try:
        for one in sending:
            assert one.stdout is not None
            one.stdout.readline()
        print(
            machine.name(),
            f"{connection.vendor}, {workers} workers of 4 threads, load {os.getloadavg()[0]:.1f}",
            sep=", ",
        )
        print(f"{'':24}{'messages':>8}{'per s':>10}{'p50 s':>8}{'p95 s':>8}{'max s':>8}{'in 10 s':>11}")
        seconds = stream(amount, rate)
        told(f"stream of {rate:g} a second", amount, seconds + drained())
        empty()
        with transaction.atomic():  # workers see them all in one moment
            for number in range(amount):
                put(number)
            Message.objects.filter(reference__startswith="bench/").update(created_at=now())
        told("all at once", amount, drained())
    finally:
        for one in [*sending, partner]:
            one.terminate()
            one.wait()


if __name__ == "__main__":
    given = [*sys.argv[1:], *["1000", "20", "1"][len(sys.argv) - 1 :]]
    main(int(given[0]), float(given[1]), int(given[2]))
