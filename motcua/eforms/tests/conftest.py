"""A province with a keeper of forms, a procedure, and people who may not."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from motcua.agencies.testing import make_agency, make_level, make_user_with
from motcua.places.testing import make_units
from motcua.procedures.testing import make_version

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture
def world(db):
    for code in ("province", "commune"):
        make_level(code)
    province = make_agency("Ủy ban nhân dân tỉnh Lam Sơn", level="province", code="H99")
    commune = make_agency("Ủy ban nhân dân xã An Phú", province, code="H99.12", place_name="An Phú")
    make_units(AT)
    return SimpleNamespace(
        keeper=make_user_with("procedure_controller", province, subtree=True, username="kiem-soat"),
        local=make_user_with("procedure_controller", commune, username="can-bo-xa"),
        clerk=make_user_with("receptionist", commune, username="tiep-nhan"),
        version=make_version("1.001193", "Đăng ký khai sinh"),
    )


@pytest.fixture
def keeper(world, client):
    """A browser of the keeper of forms."""
    client.force_login(world.keeper)
    return client
