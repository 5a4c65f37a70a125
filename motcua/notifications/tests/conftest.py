"""A commune that sends messages, partners that are told how to answer, and the simulator as a process of its own."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from motcua.agencies.models import Agency, DatedSetting
from motcua.agencies.testing import make_agency, make_user_with
from motcua.notifications import actions, adapters
from motcua.notifications.adapters import Outgoing, Reply
from motcua.notifications.keys import SAFE
from motcua.notifications.models import Message, Provider
from motcua.notifications.rules.delivery import Outcome

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 09:00 on a Monday in Viet Nam
PHONE, MAIL = "+84900000001", "a.nguyen@example.test"
SECRET = "khoa-thu-nghiem"
CONTEXT = {"code": "H40.12-261123-0007", "link": "https://example.vn/t/1", "due": "30/11/2026", "office": "Quầy 1"}  # fmt: skip


@pytest.fixture
def commune(db: None) -> Agency:
    return make_agency("UBND xã An Phú", code="H40.12")


@pytest.fixture
def clerk(commune: Agency) -> Any:
    return make_user_with("receptionist", commune, username="tiep.nhan")


@pytest.fixture
def admin(commune: Agency) -> Any:
    return make_user_with("administrator", commune, username="quan.tri", subtree=True)


@pytest.fixture
def queue(commune: Agency) -> Callable[..., list[Message]]:
    """Put messages into the outbox, by default an SMS that a dossier was received."""

    def queue(kind: str = "received", *, at: datetime = AT, context: dict[str, str] | None = None, **given: Any) -> list[Message]:  # fmt: skip
        given = given or {"phone": PHONE}
        fixed = {"reference": "dossier/7", "agency": commune, "actor": None, "at": at}
        return actions.queue(kind, context=CONTEXT | (context or {}), **fixed, **given)

    return queue


def make_provider(code: str, channel: str = "sms", adapter: str = "told", **fields: Any) -> Provider:
    """A provider in force; "told" is the adapter of the fixture `partners`."""
    fixed = {
        "name": f"Nhà cung cấp {code}",
        "valid_from": date(2026, 1, 1),
        "secret_sealed": SAFE.seal(SECRET),
    }
    return Provider.objects.create(code=code, channel=channel, adapter=adapter, **(fixed | fields))


class Partners:
    """Answers that providers give, by code; what each was handed."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.got: list[tuple[str, Outgoing]] = []

    def __call__(self, outgoing: Outgoing) -> Reply:
        self.got.append((outgoing.provider.code, outgoing))
        answer = self.answers.get(outgoing.provider.code, Outcome.ACCEPTED)
        if callable(answer):
            answer = answer(outgoing)
        return answer if isinstance(answer, Reply) else Reply(answer, f"{answer}", "P-1")

    @property
    def asked(self) -> list[str]:
        """The codes of those asked, in order."""
        return [code for code, _ in self.got]


@pytest.fixture
def partners(db: None, monkeypatch: pytest.MonkeyPatch) -> Partners:
    made = Partners()
    monkeypatch.setattr(adapters, "_adapters", dict(adapters._adapters))
    adapters.register_adapter("told", "Thử", frozenset({"sms", "zalo", "email"}), made)
    return made


def put_setting(key: str, value: Any, agency: Agency | None = None) -> None:
    DatedSetting.objects.create(
        key=key, value=value, agency=agency, valid_from=date(2020, 1, 1), source="thử"
    )


class Simulator:
    """The partner in its own process."""

    def __init__(self, folder: Path) -> None:
        self.record = folder / "delivered.txt"
        command = [sys.executable, "-m", "motcua.notifications.simulator", "--secret", SECRET, "--record", str(self.record)]  # fmt: skip
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, cwd=settings.BASE_DIR.parent
        )
        assert self.process.stdout is not None
        ports = json.loads(self.process.stdout.readline())
        self.url, self.smtp = f"http://127.0.0.1:{ports['port']}", f"smtp://127.0.0.1:{ports['smtp_port']}"

    def behave(self, mode: str = "ok", seconds: float = 0, reports: str = "") -> None:
        self._post("/_mode", mode=mode, seconds=seconds, reports=reports)

    def report(self, key: Any, state: str, **how: Any) -> int:
        """Let the partner tell what became of a message; the status that it got."""
        return int(self._post("/_report", key=str(key), state=state, **how)["status"])

    @property
    def seen(self) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self.url}/_received", timeout=30) as answer:
            return dict(json.load(answer))

    def _post(self, path: str, **said: Any) -> dict[str, Any]:
        ask = urllib.request.Request(f"{self.url}{path}", json.dumps(said).encode())
        with urllib.request.urlopen(ask, timeout=30) as answer:
            return dict(json.load(answer))

    def stop(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[Simulator]:
    made = Simulator(tmp_path)
    yield made
    made.stop()
