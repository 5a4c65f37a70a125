"""One commune with a cashier, a head of the office and an accountant; one charge to collect."""

import json
import subprocess
import sys
import urllib.request
from datetime import UTC, datetime

import pytest
from django.conf import settings

from motcua.agencies.models import DatedSetting
from motcua.agencies.testing import make_agency, make_user_with
from motcua.payments import actions
from motcua.payments.actions.orders import note_sent
from motcua.payments.adapters import Reply, Sort
from motcua.payments.rules.lines import FeeLine

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CODE = "H40.12-261123-0007"


@pytest.fixture
def province(db):
    return make_agency("Tỉnh Lam Sơn", level="province", code="H40")


@pytest.fixture
def commune(province):
    return make_agency("UBND xã An Phú", province, code="H40.12", place_name="An Phú")


@pytest.fixture
def cashier(commune):
    return make_user_with("cashier", commune, username="thu.ngan", full_name="Lê Thị Mẫu Thu")


@pytest.fixture
def head(commune):
    return make_user_with("office_head", commune, username="truong.bo.phan")


@pytest.fixture
def stranger(province):
    other = make_agency("UBND xã Bình Yên", province, code="H40.13")
    return make_user_with("cashier", other, username="xa.khac")


@pytest.fixture
def book(commune, head):
    return actions.open_book(commune, symbol="AP-26", year=2026, source="TB 01/TB-UBND", actor=head, at=AT)


@pytest.fixture
def make_charge(commune, cashier):
    def make(amount=8000, number=7, **fields):
        line = FeeLine(
            fields.pop("kind", "le_phi"), "Lệ phí bản sao trích lục", amount, "NQ 10/2021/NQ-HĐND", **fields
        )
        return actions.charge(
            f"dossier/{number}",
            [line],
            agency=commune,
            code=f"H40.12-261123-{number:04d}",
            payer_name="Nguyễn Văn Mẫu",
            actor=cashier,
            at=AT,
        )[0]

    return make


SECRET = "khoa-thu-nghiem"


class Simulator:
    """The gateway in its own process."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "motcua.payments.simulator", "--secret", SECRET]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, cwd=settings.BASE_DIR.parent
        )
        assert self.process.stdout is not None
        self.url = f"http://127.0.0.1:{json.loads(self.process.stdout.readline())['port']}"

    def behave(self, mode="ok", seconds=0):
        self._post("/_mode", mode=mode, seconds=seconds)

    def pay(self, order, how="succeed"):
        """Do as a tester on the gateway's page; the statuses that callbacks got."""
        return self._post("/_pay", order=str(order.key), how=how)["statuses"]

    @property
    def seen(self):
        with urllib.request.urlopen(f"{self.url}/_seen", timeout=30) as answer:
            return json.load(answer)

    def _post(self, path, **said):
        ask = urllib.request.Request(f"{self.url}{path}", json.dumps(said).encode())
        with urllib.request.urlopen(ask, timeout=30) as answer:
            return json.load(answer)

    def stop(self):
        self.process.kill()
        self.process.communicate()


@pytest.fixture(scope="session")
def simulator_process():
    made = Simulator()
    yield made
    made.stop()


@pytest.fixture
def simulator(simulator_process):
    simulator_process.behave("ok")
    return simulator_process


@pytest.fixture
def private(db):
    """Gateways of tests live on loopback."""
    DatedSetting.objects.create(
        key="payment_private_hosts", value=True, valid_from=AT.date().replace(year=2020), source="thử"
    )


@pytest.fixture
def accountant(commune):
    return make_user_with("accountant", commune, username="ke.toan")


@pytest.fixture
def make_gateway(commune, accountant, private):
    def make(address="http://127.0.0.1:9", code="cong-1", **fields):
        fixed = {"name": "Cổng thử", "adapter": "http", "merchant": "DV-1", "timeout_seconds": 5, "order_minutes": 30, "valid_from": AT.date(), "valid_to": None, "source": "HĐ 1", "secret_env": ""}  # fmt: skip
        return actions.create_gateway(
            fields.pop("agency", commune),
            code=code,
            secret=SECRET,
            address=address,
            actor=accountant,
            at=AT,
            **(fixed | fields),
        )

    return make


@pytest.fixture
def gateway(make_gateway):
    return make_gateway()


@pytest.fixture
def make_order(gateway, make_charge):
    """An order that the gateway has taken."""

    def make(*charges, at=AT):
        ids = [one.pk for one in charges or [make_charge()]]
        order, _ = actions.open_order(ids, gateway_id=gateway.pk, actor=None, at=at)
        said = {"reference": f"G{order.pk}", "pay_url": "http://127.0.0.1:9/pay"}
        return note_sent(order.pk, Reply(Sort.ACCEPTED, said), actor=None, at=at)

    return make
