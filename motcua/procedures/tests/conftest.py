"""A small province for the tests of the catalogue: one commune with police, insurance, tax and land at its counter."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
import time_machine
from hypothesis import settings as hypothesis_settings

from motcua.accounts.models import User
from motcua.agencies.models import Agency, OneStopOffice
from motcua.agencies.testing import (
    make_agency,
    make_level,
    make_office,
    make_seat,
    make_system_user,
    make_user_with,
)
from motcua.procedures import actions
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.testing import make_version

# A busy machine is no failure.
hypothesis_settings.register_profile("patient", deadline=None)
hypothesis_settings.load_profile("patient")

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@dataclass
class World:
    """Agencies and people; `controller` keeps the province's catalogue, `local` only the commune's part."""

    province: Agency
    commune: Agency
    economy: Agency
    culture: Agency
    police: Agency
    insurance: Agency
    tax: Agency
    land: Agency
    office: OneStopOffice
    system: User
    controller: User
    local: User
    clerk: User


@pytest.fixture
def world(db) -> World:
    """The province, seen on 20-11-2026."""
    for code in ("central", "province", "district", "commune"):
        make_level(code)
    province = make_agency("Ủy ban nhân dân tỉnh Lam Sơn", level="province", code="H99")
    commune = make_agency("Ủy ban nhân dân xã An Phú", province, code="H99.12", place_name="An Phú")
    vertical = {
        sector: make_agency(name, province, kind="vertical", sector=sector)
        for sector, name in (
            ("police", "Công an xã An Phú"),
            ("insurance", "Bảo hiểm xã hội cơ sở An Phú"),
            ("tax", "Thuế cơ sở 3"),
            ("land", "Chi nhánh Văn phòng đăng ký đất đai khu vực 2"),
        )
    }
    office = make_office(commune)
    for agency in vertical.values():
        make_seat(office, agency)
    return World(
        province=province,
        commune=commune,
        economy=make_agency("Phòng Kinh tế", commune, kind="division"),
        culture=make_agency("Phòng Văn hóa - Xã hội", commune, kind="division"),
        office=office,
        system=make_system_user(),
        controller=make_user_with("procedure_controller", province, subtree=True, username="kiem-soat"),
        local=make_user_with("procedure_controller", commune, username="can-bo-xa"),
        clerk=make_user_with("receptionist", commune, username="tiep-nhan"),
        **vertical,
    )


@pytest.fixture
def catalogue(world) -> World:
    """The same province with the starting catalogue, offered by the commune and the agencies at its counter."""
    actions.load_starting_catalogue(actor=world.system, at=AT)
    start = date(2025, 7, 1)
    for agency in (world.commune, world.police, world.insurance):
        actions.offer_all(agency, "commune", start, actor=world.system, at=AT)
    return world


@pytest.fixture
def version(world) -> ProcedureVersion:
    return make_version(
        "1.900001", online_level="none", agency_text="UBND xã", steps_text="Bước 1", audiences=["Công dân"]
    )


@pytest.fixture
def frozen_day():
    """The clock stands at AT."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def keeper(world, client):
    """A browser of the keeper of the province's catalogue."""
    client.force_login(world.controller)
    return client
