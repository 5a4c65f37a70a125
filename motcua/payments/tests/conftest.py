"""One commune with a cashier, a head of the office and an accountant; one charge to collect."""

from datetime import UTC, datetime

import pytest

from motcua.agencies.testing import make_agency, make_user_with
from motcua.payments import actions
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
